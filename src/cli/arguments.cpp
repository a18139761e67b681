#include "cli/arguments.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace attest::cli {
namespace {

constexpr std::size_t longest_shown = 40;

std::string shown(std::string_view text)
{
    return text.size() <= longest_shown ? std::string(text)
                                        : std::string(text.substr(0, longest_shown)) + "...";
}

} // namespace

long parse_integer(std::string_view option, std::string_view text, long low, long high)
{
    long value = 0;
    const char* const last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, value);
    if (error != std::errc() || end != last || value < low || value > high) {
        throw InputError(
            fmt::format("{} '{}': must be an integer in {}..{}", option, shown(text), low, high));
    }
    return value;
}

Rational parse_number(std::string_view option, std::string_view text, std::string_view range)
{
    try {
        return parse_rational(text);
    } catch (const InputError&) {
        throw InputError(fmt::format("{} '{}': must be a number {}, written as a decimal or a "
                                     "fraction such as 0.01, 1/100 or 2.5e-3",
                                     option, shown(text), range));
    }
}

std::string parse_choice(std::string_view option, std::string_view text,
                         const std::vector<std::string>& choices)
{
    if (std::find(choices.begin(), choices.end(), text) == choices.end()) {
        throw InputError(fmt::format("{} '{}': must be one of {}", option, shown(text),
                                     fmt::join(choices, ", ")));
    }
    return std::string(text);
}

void check_times(const std::vector<Rational>& times,
                 const std::function<std::string(std::size_t)>& place)
{
    for (std::size_t k = 0; k < times.size(); ++k) {
        const Rational& t = times[k];
        if (t < 0 || t > latest_time) {
            throw InputError(fmt::format("{}: t '{:.6g}': must be in 0..{}", place(k),
                                         t.convert_to<double>(), latest_time_text));
        }
        if (k > 0 && t <= times[k - 1]) {
            throw InputError(fmt::format("{}: t '{:.6g}': must be above the time before, {:.6g}",
                                         place(k), t.convert_to<double>(),
                                         times[k - 1].convert_to<double>()));
        }
    }
}

} // namespace attest::cli
