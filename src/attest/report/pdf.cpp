#include "attest/report/file.hpp"
#include "attest/report/latex.hpp"
#include "attest/report/process.hpp"

#include <string>

namespace attest::report {
namespace {

namespace fs = std::filesystem;

/// The first line of a TeX log that reports an error.
std::string first_error(const std::string& log)
{
    std::size_t start = 0;
    while (start < log.size()) {
        const std::size_t end = std::min(log.find('\n', start), log.size());
        std::string line = log.substr(start, end - start);
        if (line.starts_with("! ") || line.find("report.tex:") != std::string::npos) {
            return line;
        }
        start = end + 1;
    }
    return "no error line found in the log";
}

} // namespace

PdfStatus compile_pdf(const fs::path& folder)
{
    const TemporaryFolder work;
    write_file(work.path() / "report.tex", read_file(folder / "report.tex"));
    // Settings for reproducible files and readable logs.
    const int status = run_program(
        {"latexmk", "-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error",
         "-file-line-error", "-latexoption=-no-shell-escape", "report.tex"},
        work.path(), work.path() / "output.txt",
        {{"SOURCE_DATE_EPOCH", "0"}, {"FORCE_SOURCE_DATE", "1"}, {"max_print_line", "1000"}});
    if (status == program_missing) {
        return {PdfStatus::Outcome::LatexmkMissing, {}, "latexmk is not installed"};
    }
    const fs::path pdf = work.path() / "report.pdf";
    if (status == 0 && fs::exists(pdf)) {
        write_file(folder / "report.pdf", read_file(pdf));
        return {PdfStatus::Outcome::Made, {}, {}};
    }
    const fs::path log = work.path() / "report.log";
    const std::string text = read_file(fs::exists(log) ? log : work.path() / "output.txt");
    write_file(folder / "report.log", text);
    return {PdfStatus::Outcome::Failed, folder / "report.log", first_error(text)};
}

} // namespace attest::report
