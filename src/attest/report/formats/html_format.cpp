#include "attest/report/file.hpp"
#include "attest/report/format.hpp"
#include "attest/report/html/html.hpp"

namespace attest::report {

Format html_format()
{
    return {"html", "report.html, one page with plots and a search, to be opened from disk",
            [](const ledger::Results& results, const std::filesystem::path& folder) {
                const std::filesystem::path file = folder / "report.html";
                write_file(file, to_html(results));
                return std::vector<Written>{{"html", file, true, ""}};
            }};
}

} // namespace attest::report
