// Runs a target over kept inputs and over random changes of them, with any compiler:
//   PROGRAM [--changed COUNT] FILE|FOLDER ...
// The changed inputs are the same on every machine. The number of the last line names the one that
// was under way; --case NUMBER runs it alone and leaves its bytes in ./case-NUMBER.
#include "fuzz/limits.hpp"
#include "fuzz/mutated.hpp"
#include "fuzz/target.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include <sys/resource.h>

namespace {

namespace fs = std::filesystem;
using attest::fuzz::require;

std::vector<fs::path> inputs_of(const std::vector<std::string>& arguments)
{
    std::vector<fs::path> files;
    for (const std::string& argument : arguments) {
        if (!fs::is_directory(argument)) {
            files.emplace_back(argument);
            continue;
        }
        for (const auto& entry : fs::directory_iterator(argument)) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string bytes_of(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void run(const std::string& name, const std::string& bytes)
{
    std::fprintf(stderr, "%s\n", name.c_str());
    ::alarm(attest::fuzz::most_seconds); // its signal ends the program
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    ::alarm(0);
}

struct Options {
    std::size_t changed = 0;
    std::optional<std::size_t> only;
    std::vector<std::string> places;
};

Options options_of(int argc, char** argv)
{
    Options options;
    for (int k = 1; k < argc; ++k) {
        const std::string word = argv[k];
        if (word != "--changed" && word != "--case") {
            options.places.push_back(word);
            continue;
        }
        require(++k < argc, "an option has a number");
        const std::size_t number = std::stoul(argv[k]);
        if (word == "--case") {
            options.only = number;
        } else {
            options.changed = number;
        }
    }
    return options;
}

} // namespace

int main(int argc, char** argv)
{
    const Options options = options_of(argc, argv);
    const std::vector<fs::path> files = inputs_of(options.places);
    require(!files.empty(), "there are inputs to replay");
    std::vector<std::string> inputs;
    for (const fs::path& file : files) {
        inputs.push_back(bytes_of(file));
        if (!options.only) {
            run(file.string(), inputs.back());
        }
    }
    const std::size_t first = options.only.value_or(0);
    const std::size_t end = options.only ? first + 1 : options.changed;
    for (std::size_t k = first; k < end; ++k) {
        const std::string& one = inputs[k % inputs.size()];
        const std::string& other = inputs[(k / inputs.size()) % inputs.size()];
        const std::string bytes =
            attest::fuzz::mutated(one, other, attest::chance::Stream(20251, "fuzz", k));
        if (options.only) {
            std::ofstream("case-" + std::to_string(k), std::ios::binary) << bytes;
        }
        run("change " + std::to_string(k), bytes);
    }
    struct rusage used = {};
    ::getrusage(RUSAGE_SELF, &used);
    require(used.ru_maxrss / 1024 < attest::fuzz::most_mebibytes, "memory stays within the limit");
    std::printf("%zu inputs replayed, %zu changed ones\n", options.only ? 0 : files.size(),
                end - first);
    return 0;
}
