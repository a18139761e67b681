// The options of a symmetric problem as they stand on a command line, one word a line.
#include "fuzz/target.hpp"

#include "cli/problem_options.hpp"

#include <CLI/CLI.hpp>

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    std::string_view text = fuzz::view(data, size);
    std::vector<std::string> words;
    while (!text.empty() && words.size() < 64) {
        words.insert(words.begin(),
                     std::string(fuzz::take_line(text))); // CLI11 takes from the back
    }
    CLI::App app("fuzzed");
    cli::ProblemOptions options;
    options.add_to(app);
    try {
        app.parse(words);
    } catch (const CLI::Error&) {
        return 0;
    }
    fuzz::may_refuse([&] { (void)options.problem(); });
    fuzz::may_refuse([&] { (void)options.digits(); });
    return 0;
}
