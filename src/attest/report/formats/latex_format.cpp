#include "attest/report/file.hpp"
#include "attest/report/format.hpp"
#include "attest/report/latex.hpp"

namespace attest::report {

Format latex_format()
{
    return {"tex", "report.tex, an article with its figures in it",
            [](const ledger::Results& results, const std::filesystem::path& folder) {
                const std::filesystem::path file = folder / "report.tex";
                write_file(file, to_latex(results));
                return std::vector<Written>{{"tex", file, true, ""}};
            }};
}

} // namespace attest::report
