// Numbers of options: an exact number, an integer in a range, a word of a list; one a line.
#include "fuzz/target.hpp"

#include "attest/report/json.hpp"
#include "cli/arguments.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    std::string_view text = fuzz::view(data, size);
    const std::string_view number = fuzz::take_line(text);
    const std::string_view integer = fuzz::take_line(text);
    const std::string_view word = fuzz::take_line(text);
    fuzz::may_refuse([&] {
        const Rational value = cli::parse_number("beta", number, "in 0..1000");
        const std::string printed = to_string(value);
        if (printed.size() <= 10'000) { // what parse_rational reads
            fuzz::require(parse_rational(printed) == value, "a printed number reads back");
        }
    });
    fuzz::may_refuse([&] {
        const long value = cli::parse_integer("samples", integer, -5, 1'000'000);
        fuzz::require(value >= -5 && value <= 1'000'000, "an integer is in its range");
    });
    fuzz::may_refuse([&] {
        (void)cli::parse_choice("profile", word, {"quick", "standard", "deep"});
    });
    (void)report::is_number_or_infinity(number);
    return 0;
}
