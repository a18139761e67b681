#include "attest/report/file.hpp"
#include "attest/report/format.hpp"
#include "attest/report/latex.hpp"

#include <fmt/format.h>

namespace attest::report {
namespace {

Written outcome(const PdfStatus& status, const std::filesystem::path& file)
{
    switch (status.outcome) {
    case PdfStatus::Outcome::Made:
        return {"pdf", file, true, ""};
    case PdfStatus::Outcome::LatexmkMissing:
        return {"pdf", file, false,
                "latexmk is not installed (packages latexmk, texlive-latex-extra, "
                "texlive-pictures, lmodern)"};
    case PdfStatus::Outcome::Failed:
        break;
    }
    return {"pdf", file, false,
            fmt::format("latexmk failed: {} (log: {})", status.message, status.log.string())};
}

} // namespace

Format pdf_format()
{
    return {"pdf", "report.pdf, compiled from report.tex by latexmk where it is installed",
            [](const ledger::Results& results, const std::filesystem::path& folder) {
                write_file(folder / "report.tex", to_latex(results));
                return std::vector<Written>{outcome(compile_pdf(folder), folder / "report.pdf")};
            }};
}

} // namespace attest::report
