#include "attest/report/file.hpp"
#include "attest/report/process.hpp"
#include "attest/report/report.hpp"
#include "tests/report_folder.hpp"
#include "tests/report_sample.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <regex>
#include <sstream>

// The article and the style file are set by TeX, and its log is read.
namespace {

using namespace attest;
namespace fs = std::filesystem;

/// What became of a document.
struct Typesetting {
    int status = 0;
    std::string log; ///< its lines are not broken, so that they can be searched
};

/// Sets a document of the folder twice, so that references find their labels; as a draft, without
/// writing pages, when only the log matters. Nothing where TeX is not installed.
std::optional<Typesetting> typeset(const fs::path& folder, const std::string& stem, bool draft)
{
    Typesetting done;
    for (int pass = 0; pass < 2 && done.status == 0; ++pass) {
        done.status = report::run_program(
            {"pdflatex", draft ? "-draftmode" : "-no-shell-escape", "-no-shell-escape",
             "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", stem + ".tex"},
            folder, folder / "output.txt", {{"max_print_line", "1000"}});
    }
    if (done.status == report::program_missing) {
        return std::nullopt;
    }
    const fs::path log = folder / (stem + ".log");
    done.log = report::read_file(fs::exists(log) ? log : folder / "output.txt");
    return done;
}

/// What a careful author would not leave in a paper: errors, references that lead nowhere, labels
/// given twice, lines and pages too full by more than the \hfuzz of the document.
std::vector<std::string> typesetting_complaints(const std::string& log)
{
    static const std::regex bad(
        "^! |^[^ ]*\\.(tex|sty):[0-9]+: |Warning:.*undefined|multiply defined|"
        "^Overfull|Warning: Token not allowed|Missing character|Fatal error");
    std::vector<std::string> found;
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        if (std::regex_search(line, bad)) {
            found.push_back(line);
        }
    }
    return found;
}

void expect_clean_article(const ledger::Results& results)
{
    const sample::Folder folder;
    report::write_reports(results, "tex", folder.path());
    const std::optional<Typesetting> done = typeset(folder.path(), "report", true);
    if (!done) {
        GTEST_SKIP() << "pdflatex is not installed";
    }
    EXPECT_EQ(done->status, 0);
    EXPECT_EQ(typesetting_complaints(done->log), std::vector<std::string>{});
}

TEST(LatexArticle, OfTheSampleHasACleanLog)
{
    expect_clean_article(sample::inventory_results());
}

TEST(LatexArticle, OfTheReferenceRunHasACleanLog)
{
    expect_clean_article(report::read_results(ATTEST_REFERENCE_RESULTS));
}

TEST(LatexArticle, BlocksAreClosedAndReferredTo)
{
    const sample::Folder folder;
    report::write_reports(sample::small_results(), "tex", folder.path());
    const std::string text = report::read_file(folder.path() / "report.tex");
    EXPECT_NE(text.find("\\begin{erratum}\\label{erratum:appA/peri-ln/gronwall-upper-bound-of-the-"
                        "velocity}"),
              std::string::npos);
    EXPECT_NE(text.find("\\begin{claim}\\label{claim:thm4.1/pre-ln/terminal-velocity}"),
              std::string::npos);
    EXPECT_NE(text.find("\\hyperref[claim:thm4.1/pre-ln/terminal-velocity]"), std::string::npos);
    // It is not checked, so it has no block, and nothing may lead there.
    EXPECT_EQ(text.find("\\hyperref[claim:" + sample::unchecked_claim().id), std::string::npos);
}

// --- attest-margin.sty -----------------------------------------------------------------------

/// Sets a document with the preamble given, in a folder that has the sample's verdicts.
std::optional<Typesetting> set_margins(const sample::Folder& folder, const std::string& preamble,
                                       const std::string& body)
{
    report::write_reports(sample::small_results(), "margins", folder.path());
    report::write_file(folder.path() / "paper.tex",
                       "\\pdfcompresslevel=0\n\\pdfobjcompresslevel=0\n" + preamble
                           + "\n\\begin{document}\n" + body + "\n\\end{document}\n");
    return typeset(folder.path(), "paper", false);
}

/// Every place where authors put a remark.
constexpr const char* margins_everywhere = R"tex(
\section{One \attestverdict{thm4.1/pre-ln/terminal-velocity}}
\begin{theorem}\attestverdict{thm4.1/pre-ln/terminal-velocity} A theorem with a text that needs more
than a single line, in one column or in two, and has a formula
\[ a = b \attestverdict{appA/peri-ln/gronwall-upper-bound-of-the-velocity} \]
inside.\attestverdict{fig2/phase-plot/ranking}
\end{theorem}
Words, \attestverdict{sec4.1/prose/initial-velocities-comparable} in the text,
$x\attestverdict{thm4.2/angle-bound}$ in a formula, below it\footnote{A
note.\attestverdict{thm4.2/angle-bound}}, and \attestverdict*{thm4.2/angle-bound} where they are.

\attestverdict{thm4.2/angle-bound}

\begin{figure}\caption{A figure. \attestverdict{thm4.2/angle-bound}}
\attestverdict{thm4.2/angle-bound}\end{figure}

\begin{tabular}{lp{0.6\linewidth}}row & \attestverdict{thm4.2/angle-bound} and more\\\end{tabular}

\begin{minipage}{0.5\linewidth}Boxed. \attestverdict{thm4.2/angle-bound}\end{minipage}

From \attestsource.
)tex";

struct MarginsPreamble {
    const char* name;
    const char* text;
};

class MarginStyle : public ::testing::TestWithParam<MarginsPreamble> {};

TEST_P(MarginStyle, SetsVerdictsEverywhereWithoutComplaint)
{
    const sample::Folder folder;
    const auto done =
        set_margins(folder, std::string(GetParam().text) + "\n\\newtheorem{theorem}{Theorem}",
                    margins_everywhere);
    if (!done) {
        GTEST_SKIP() << "pdflatex is not installed";
    }
    EXPECT_NE(done->log.find("Output written on paper.pdf"), std::string::npos) << done->log;
    EXPECT_EQ(typesetting_complaints(done->log), std::vector<std::string>{});
    EXPECT_EQ(done->log.find("Package attest-margin Warning"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Classes, MarginStyle,
    ::testing::Values(
        MarginsPreamble{"Article", "\\documentclass{article}\n\\usepackage{attest-margin}"},
        MarginsPreamble{"TwoColumns",
                        "\\documentclass[twocolumn]{article}\n"
                        "\\usepackage[ids,link=https://example.org/r_1.html]{attest-margin}\n"
                        "\\usepackage{hyperref}"},
        MarginsPreamble{"Ams", "\\documentclass{amsart}\n\\usepackage{hyperref}\n"
                               "\\usepackage[results=attest-margins.tex]{attest-margin}"},
        MarginsPreamble{"ConferenceInOneColumn",
                        "\\documentclass{article}\n\\usepackage[letterpaper,textwidth=5.5in,"
                        "textheight=9in]{geometry}\n\\usepackage[ids]{attest-margin}"},
        MarginsPreamble{"NoMargins", "\\documentclass[twocolumn]{article}\n\\usepackage[margin=8mm,"
                                     "marginparwidth=0pt]{geometry}\n\\usepackage{attest-margin}"},
        MarginsPreamble{"InTheText",
                        "\\documentclass{article}\n\\usepackage[inline]{attest-margin}"}),
    [](const auto& each) { return std::string(each.param.name); });

constexpr const char* margins_known = "Known.\\attestverdict{thm4.1/pre-ln/terminal-velocity}\n"
                                      "\\sbox0{\\attestverdict*{thm4.1/no-such-claim}}"
                                      "\\typeout{The mark is \\the\\wd0 wide.}";

TEST(MarginStyleData, LinksToTheClaimsOfTheReport)
{
    const sample::Folder folder;
    const auto done = set_margins(folder,
                                  "\\documentclass{article}\n\\usepackage{hyperref}\n"
                                  "\\usepackage[link=https://example.org/a\\%20b]{attest-margin}",
                                  margins_known);
    if (!done) {
        GTEST_SKIP() << "pdflatex is not installed";
    }
    EXPECT_NE(report::read_file(folder.path() / "paper.pdf")
                  .find("https://example.org/a%20b#claim-thm4.1-pre-ln-terminal-velocity"),
              std::string::npos);
}

TEST(MarginStyleData, UnknownClaimIsWarnedOfAndSeen)
{
    for (const bool final : {false, true}) {
        const sample::Folder folder;
        const auto done = set_margins(folder,
                                      std::string("\\documentclass") + (final ? "[final]" : "")
                                          + "{article}\n\\usepackage{attest-margin}",
                                      margins_known);
        if (!done) {
            GTEST_SKIP() << "pdflatex is not installed";
        }
        EXPECT_NE(done->log.find("Package attest-margin Warning: No claim 'thm4.1/no-such-claim'"),
                  std::string::npos);
        const std::size_t place = done->log.find("The mark is ");
        ASSERT_NE(place, std::string::npos);
        const double width = std::stod(done->log.substr(place + 12));
        EXPECT_EQ(width > 50, !final) << width;
    }
}

TEST(MarginStyleData, MissingFileIsWarnedOf)
{
    const sample::Folder folder;
    const auto done =
        set_margins(folder, "\\documentclass{article}\n\\usepackage[results=gone]{attest-margin}",
                    margins_known);
    if (!done) {
        GTEST_SKIP() << "pdflatex is not installed";
    }
    EXPECT_NE(done->log.find("No data 'gone'"), std::string::npos);
    EXPECT_NE(done->log.find("Output written on paper.pdf"), std::string::npos);
}

} // namespace
