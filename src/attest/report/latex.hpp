#pragma once

#include "attest/ledger/result.hpp"

#include <filesystem>
#include <string>

namespace attest::report {

/// report.tex: one self-contained article with overview, errata, disagreements and weak checks,
/// slacks by nearness to failure, proofs (TikZ),
/// claims unit by unit, constants, figures (pgfplots, data inline), what was not checked,
/// statements and evidence, and the paper in the bibliography.
std::string to_latex(const ledger::Results& results);

/// The figures alone, as they stand in to_latex.
std::string latex_figure(const ledger::Figure& figure);

/// What became of a compilation.
struct PdfStatus {
    enum class Outcome { Made, LatexmkMissing, Failed } outcome = Outcome::Failed;
    std::filesystem::path log; ///< for Failed: the log that was kept
    std::string message;       ///< for Failed: the first error in it, one line
};

/// Compiles folder/report.tex into folder/report.pdf with latexmk, in a temporary folder, without
/// shell escape and without a date, so that equal sources give equal PDFs. On failure the log is
/// kept as folder/report.log and a previous report.pdf is left as it was. Throws IoError when
/// report.tex cannot be read or the result cannot be written.
PdfStatus compile_pdf(const std::filesystem::path& folder);

} // namespace attest::report
