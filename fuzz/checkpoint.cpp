// A checkpoint of an ensemble. The folder's parts carry a checksum, which is set right here, so
// that what lies behind it is reached. "raw" on the first line: the bytes of a part. Otherwise
// lines "index value" that change the numbers of a right part of one scheme and one time.
#include "fuzz/target.hpp"

#include "cli/ensemble_folder.hpp"

#include <charconv>
#include <cstring>

namespace {

using attest::chance::EnsembleStatistics;

constexpr std::string_view fuzzed_setting = "panel fuzz\n";

void append_number(std::string& out, std::uint64_t number)
{
    out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

std::string part_of(std::string_view lines)
{
    std::vector<std::int64_t> numbers = EnsembleStatistics(1, 1).numbers();
    std::uint64_t made = 0;
    while (!lines.empty()) {
        const std::string_view line = attest::fuzz::take_line(lines);
        std::uint64_t index = 0;
        std::int64_t value = 0;
        const char* const last = line.data() + line.size();
        const auto first = std::from_chars(line.data(), last, index);
        if (first.ptr == last || std::from_chars(first.ptr + 1, last, value).ec != std::errc()) {
            continue;
        }
        if (index < numbers.size()) {
            numbers[index] = value;
        } else {
            made = static_cast<std::uint64_t>(value);
        }
    }
    const std::vector<std::int64_t> packed = attest::cli::pack_zeros(numbers);
    std::string content = "attest ensemble part 2\n";
    append_number(content, fuzzed_setting.size());
    content += fuzzed_setting;
    append_number(content, 1);
    append_number(content, made);
    append_number(content, packed.size());
    for (const std::int64_t number : packed) {
        append_number(content, static_cast<std::uint64_t>(number));
    }
    return content;
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    std::string_view bytes = fuzz::view(data, size);
    std::string part;
    if (bytes.starts_with("raw\n")) {
        part = bytes.substr(4);
    } else {
        part = part_of(bytes);
    }
    append_number(part, cli::checksum(part));
    const std::filesystem::path folder = fuzz::work_folder() / "runs";
    std::filesystem::create_directories(folder);
    (void)fuzz::put("runs/setting", fuzzed_setting);
    (void)fuzz::put("runs/part-one", part);
    (void)fuzz::put("runs/part-two", part); // the same runs twice: refused unless there are none
    fuzz::may_refuse([&] {
        cli::EnsembleFolder ensemble(folder, std::string(fuzzed_setting), 1, 1);
        const EnsembleStatistics all = ensemble.combined();
        if (all.runs() > 0) {
            (void)all.quantile(0, 0, 0.5);
            (void)all.variance(0, 0);
        }
    });
    std::filesystem::remove(folder / "part-two");
    fuzz::may_refuse([&] {
        cli::EnsembleFolder ensemble(folder, std::string(fuzzed_setting), 1, 1);
        (void)ensemble.done(100);
        const EnsembleStatistics all = ensemble.combined();
        if (all.runs() > 0) {
            (void)all.quantile(0, 0, 0.5);
            (void)all.variance(0, 0);
            (void)all.variance_of_magnitude(0, 0);
            (void)all.exponent(0, 1);
        }
    });
    return 0;
}
