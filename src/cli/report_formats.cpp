#include "cli/report_formats.hpp"

#include "cli/console.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace attest::cli {
namespace {

/// How early a person would open the file: the text report, then the PDF, then anything else.
std::size_t preference(const report::Written& written)
{
    constexpr std::array preferred = {"report.md", "report.pdf", "report.tex", "results.json"};
    const auto found =
        std::find(preferred.begin(), preferred.end(), written.file.filename().string());
    return static_cast<std::size_t>(found - preferred.begin());
}

} // namespace

std::filesystem::path publish(const ledger::Results& results,
                              const std::vector<report::Format>& formats,
                              const std::filesystem::path& folder)
{
    std::vector<report::Written> made;
    fmt::print("\n");
    for (report::Written& written : report::write_reports(results, formats, folder)) {
        if (written.made) {
            made.push_back(std::move(written));
        } else {
            fmt::print("{}: not written: {}\n", written.format, one_line(written.note));
        }
    }
    std::filesystem::path first = folder;
    if (!made.empty()) {
        fmt::print("{} files written into {}\n", made.size(), folder.string());
        first = std::min_element(made.begin(), made.end(), [](const auto& a, const auto& b) {
                    return preference(a) < preference(b);
                })->file;
    }
    return std::filesystem::absolute(first).lexically_normal();
}

} // namespace attest::cli
