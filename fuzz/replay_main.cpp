// Runs a target over kept inputs, with any compiler: PROGRAM FILE|FOLDER ...
#include "fuzz/limits.hpp"
#include "fuzz/target.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include <sys/resource.h>

namespace {

namespace fs = std::filesystem;

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

} // namespace

int main(int argc, char** argv)
{
    const std::vector<fs::path> files = inputs_of({argv + 1, argv + argc});
    attest::fuzz::require(!files.empty(), "there are inputs to replay");
    for (const fs::path& file : files) {
        std::ifstream in(file, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        std::fprintf(stderr, "%s\n", file.c_str());
        ::alarm(attest::fuzz::most_seconds); // its signal ends the program
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
        ::alarm(0);
    }
    struct rusage used = {};
    ::getrusage(RUSAGE_SELF, &used);
    attest::fuzz::require(used.ru_maxrss / 1024 < attest::fuzz::most_mebibytes,
                          "memory stays within the limit");
    std::printf("%zu inputs replayed\n", files.size());
    return 0;
}
