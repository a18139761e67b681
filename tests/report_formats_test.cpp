#include "attest/report/file.hpp"
#include "attest/report/latex.hpp"
#include "attest/report/math.hpp"
#include "attest/report/report.hpp"
#include "tests/report_folder.hpp"
#include "tests/report_sample.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <regex>

namespace {

using namespace attest;
namespace fs = std::filesystem;
using Verdicts = std::map<std::string, std::string>;

const std::string words = "(holds|fails|undecided|not-checked|disagreement)";

Verdicts collect(const std::string& text, const std::regex& pattern)
{
    Verdicts found;
    for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end;
         ++match) {
        found[(*match)[1]] = (*match)[2];
    }
    return found;
}

Verdicts true_verdicts(const ledger::Results& results)
{
    Verdicts all;
    for (const ledger::ClaimResult& claim : results.claims) {
        all[claim.id] = to_string(claim.as_stated.verdict);
    }
    return all;
}

std::string without_tex_markup(std::string text)
{
    text = report::replace_all(text, "-{}", "-");
    text = report::replace_all(text, "\\allowbreak{}", "");
    return report::replace_all(text, "\\_", "_");
}

class Reports : public ::testing::Test {
protected:
    static void SetUpTestSuite()
    {
        folder = std::make_unique<sample::Folder>();
        results = sample::inventory_results();
        report::write_reports(results, "json,md,tex,junit,margins", folder->path());
    }
    static void TearDownTestSuite() { folder.reset(); }
    static std::string read(const char* name) { return report::read_file(folder->path() / name); }

    static std::unique_ptr<sample::Folder> folder;
    static ledger::Results results;
};
std::unique_ptr<sample::Folder> Reports::folder;
ledger::Results Reports::results;

TEST_F(Reports, VerdictsAreEqualInMarkdown)
{
    const std::regex row("\\n\\| \\[?`([^`]+)`(?:\\]\\([^)]*\\))? \\| \\*{0,2}" + words);
    EXPECT_EQ(collect(read("report.md"), row), true_verdicts(results));
}

TEST_F(Reports, VerdictsAreEqualInLatex)
{
    const std::regex row("\\\\texttt\\{([^{}]+)\\}\\}? & (?:\\\\failing\\{)?" + words);
    EXPECT_EQ(collect(without_tex_markup(read("report.tex")), row), true_verdicts(results));
}

TEST_F(Reports, VerdictsAreEqualInMargins)
{
    const std::string data = read("attest-margins.tex");
    const std::regex entry("\\\\attestclaim\\{([^{}]+)\\}\\{" + words + "\\}");
    EXPECT_EQ(collect(data, entry), true_verdicts(results));
    const std::regex amended("\\\\attestclaim\\{([^{}]+)\\}\\{[a-z-]+\\}\\{[a-z]*\\}\\{" + words
                             + "\\}");
    Verdicts expected;
    for (const ledger::ClaimResult& claim : results.claims) {
        if (claim.amended) {
            expected[claim.id] = to_string(claim.amended->judgement.verdict);
        }
    }
    EXPECT_EQ(collect(data, amended), expected);
}

TEST_F(Reports, VerdictsAreEqualInJunit)
{
    const std::regex entry("<testcase classname=\"[^\"]*\" name=\"([^\"]+)\"[^>]*>\\s*<properties>"
                           "\\s*<property name=\"verdict\" value=\""
                           + words + "\"");
    EXPECT_EQ(collect(read("junit.xml"), entry), true_verdicts(results));
}

TEST_F(Reports, VerdictsAreEqualInJson)
{
    const ledger::Results again = report::read_results(folder->path() / "results.json");
    EXPECT_EQ(true_verdicts(again), true_verdicts(results));
    EXPECT_EQ(report::to_json(again), report::to_json(results));
}

TEST_F(Reports, NothingUncheckedIsHidden)
{
    const std::string text = read("report.md");
    const std::string list = text.substr(text.find("## Not checked"));
    for (const ledger::ClaimResult& claim : results.claims) {
        const bool listed = list.find("`" + claim.id + "`") != std::string::npos;
        EXPECT_EQ(listed, claim.as_stated.verdict == ledger::Verdict::NotChecked) << claim.id;
    }
}

TEST_F(Reports, EqualResultsGiveEqualBytes)
{
    const sample::Folder second;
    const auto written =
        report::write_reports(report::read_results(folder->path() / "results.json"),
                              "json,md,tex,junit,margins", second.path());
    std::size_t compared = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder->path())) {
        if (entry.is_regular_file()) {
            const fs::path name = fs::relative(entry.path(), folder->path());
            EXPECT_EQ(report::read_file(entry.path()), report::read_file(second.path() / name))
                << name;
            ++compared;
        }
    }
    EXPECT_EQ(compared, written.size());
}

TEST_F(Reports, ErrataListsTheFailingStatementWithItsCounterexample)
{
    const std::string text = read("errata.md");
    EXPECT_NE(text.find("`appA/peri-ln/gronwall-upper-bound-of-the-velocity`"), std::string::npos);
    EXPECT_NE(text.find("`beta = 17/4`"), std::string::npos);
    EXPECT_NE(text.find("attest show appA/peri-ln"), std::string::npos);
    EXPECT_NE(text.find("Instead:"), std::string::npos);
    EXPECT_EQ(text.find("thm4.1/pre-ln"), std::string::npos);
}

TEST_F(Reports, JunitFailsOnlyOnDisagreement)
{
    const std::string text = read("junit.xml");
    const std::regex failure("<failure");
    EXPECT_EQ(std::distance(std::sregex_iterator(text.begin(), text.end(), failure),
                            std::sregex_iterator()),
              1);
    EXPECT_NE(text.find("failures=\"1\" errors=\"0\""), std::string::npos);
}

TEST_F(Reports, MarkdownTablesAreRectangular)
{
    std::istringstream lines(read("report.md"));
    std::string line;
    std::ptrdiff_t columns = 0;
    while (std::getline(lines, line)) {
        if (!line.starts_with('|')) {
            columns = 0;
            continue;
        }
        const std::ptrdiff_t bars = std::count(line.begin(), line.end(), '|');
        EXPECT_TRUE(columns == 0 || bars == columns) << line;
        columns = bars;
    }
}

TEST(Formats, ListIsCheckedAgainstTheKnownOnes)
{
    EXPECT_EQ(report::select_formats("all").size(), report::formats().size());
    EXPECT_EQ(report::select_formats("md,json,md").size(), 2U);
    for (const char* list : {"", "doc", "md,", ",md", "MD", "md json"}) {
        EXPECT_THROW(report::select_formats(list), InputError) << list;
    }
}

// --- LaTeX that is compiled ------------------------------------------------------------------

/// Replaces one variable of the environment for the length of a test.
class Environment {
public:
    Environment(const char* name, const std::string& value) : name_(name)
    {
        const char* const old = std::getenv(name);
        old_ = old == nullptr ? "" : old;
        ::setenv(name, value.c_str(), 1);
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
    ~Environment() { ::setenv(name_, old_.c_str(), 1); }

private:
    const char* name_;
    std::string old_;
};

bool have_latexmk()
{
    return std::system("command -v latexmk >/dev/null 2>&1") == 0;
}

TEST(Pdf, IsMadeAndReproducible)
{
    if (!have_latexmk()) {
        GTEST_SKIP() << "latexmk is not installed";
    }
    const sample::Folder first;
    const sample::Folder second;
    for (const sample::Folder* folder : {&first, &second}) {
        const auto written = report::write_reports(sample::small_results(), "pdf", folder->path());
        ASSERT_TRUE(written.at(0).made) << written.at(0).note;
    }
    EXPECT_EQ(report::read_file(first.path() / "report.pdf"),
              report::read_file(second.path() / "report.pdf"));
}

TEST(Pdf, MissingLatexmkIsSaid)
{
    const sample::Folder folder;
    const Environment no_programs("PATH", "/nonexistent");
    const auto written = report::write_reports(sample::small_results(), "pdf", folder.path());
    EXPECT_FALSE(written.at(0).made);
    EXPECT_NE(written.at(0).note.find("latexmk is not installed"), std::string::npos);
    EXPECT_FALSE(fs::exists(folder.path() / "report.pdf"));
}

TEST(Pdf, FailureKeepsTheLogAndThePreviousFile)
{
    if (!have_latexmk()) {
        GTEST_SKIP() << "latexmk is not installed";
    }
    const sample::Folder folder;
    report::write_file(folder.path() / "report.pdf", "previous");
    report::write_file(folder.path() / "report.tex",
                       "\\documentclass{article}\\begin{document}\\undefined\\end{document}");
    const report::PdfStatus status = report::compile_pdf(folder.path());
    EXPECT_EQ(status.outcome, report::PdfStatus::Outcome::Failed);
    EXPECT_NE(status.message.find("Undefined control sequence"), std::string::npos)
        << status.message;
    EXPECT_TRUE(fs::exists(status.log));
    EXPECT_EQ(report::read_file(folder.path() / "report.pdf"), "previous");
}

} // namespace
