// A trajectory file of a simulator (CSV or .npy), as `attest conform` reads it. The first byte says
// how, the second how many tokens the problem has; a form feed ends the file and begins the times.
#include "fuzz/target.hpp"

#include "cli/recorded_file.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    std::string_view bytes = fuzz::view(data, size);
    if (bytes.size() < 2) {
        return 0;
    }
    const auto how = static_cast<unsigned char>(bytes[0]);
    cli::RecordedFileOptions options;
    options.layers = (how & 1U) != 0;
    options.single = (how & 2U) != 0;
    options.n = 2 + static_cast<unsigned char>(bytes[1]) % 8;
    bytes.remove_prefix(2);
    if ((how & 4U) != 0) {
        options.step = Rational(1, 10);
    }
    const std::size_t page = bytes.rfind('\f');
    if ((how & 8U) != 0 && page != std::string_view::npos) {
        options.times = fuzz::put("times", bytes.substr(page + 1));
        bytes = bytes.substr(0, page);
    }
    const std::filesystem::path file = fuzz::put((how & 16U) != 0 ? "run.npy" : "run.csv", bytes);
    fuzz::may_refuse([&] { (void)cli::read_recorded(file, options); });
    return 0;
}
