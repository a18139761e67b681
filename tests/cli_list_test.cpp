// `attest list` and `attest show` with filters and globs, and the completion script.

#include "tests/run_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace attest::testing {
namespace {

long line_count(const std::string& text)
{
    return std::count(text.begin(), text.end(), '\n');
}

TEST(CliList, FiltersBySectionVerdictAndStrength)
{
    const std::string reference = ATTEST_DOCS "/../reports/reference/results.json";
    const TemporaryFolder folder;
    const Outcome all = run_attest({"list", "--ids"}, folder.path());
    const Outcome section = run_attest({"list", "--section", "appendix a"}, folder.path());
    EXPECT_EQ(section.status, 0) << section.err;
    EXPECT_GT(line_count(section.out), 10);
    EXPECT_LT(line_count(section.out), line_count(all.out));
    const Outcome failing = run_attest(
        {"list", "appA/*", "--section", "appendix a", "--verdict", "fails", "--results", reference},
        folder.path());
    EXPECT_EQ(failing.status, 0) << failing.err;
    EXPECT_NE(failing.out.find("appA/pre-ln/gronwall-bound\tfails"), std::string::npos);
    EXPECT_EQ(failing.out.find("\tholds\t"), std::string::npos);
    const Outcome exact =
        run_attest({"list", "table2/*", "--strength", "exact", "--ids", "--results", reference},
                   folder.path());
    EXPECT_NE(exact.out.find("table2/pre-ln/r-dot"), std::string::npos);
    for (const std::vector<std::string>& bad : std::vector<std::vector<std::string>>{
             {"list", "--verdict", "maybe"},
             {"list", "--strength", "strong"},
             {"list", "--section", "Chapter 9"},
             {"list", "--verdict", "holds", "--results", "none.json"}}) {
        const Outcome outcome = run_attest(bad, folder.path());
        EXPECT_EQ(outcome.status, 2) << as_typed(bad);
        EXPECT_EQ(line_count(outcome.err), 1) << outcome.err;
    }
}

TEST(CliList, HelpNamesTheWordsThatAreTaken)
{
    const TemporaryFolder folder;
    const std::string help = run_attest({"list", "--help"}, folder.path()).out;
    for (const char* word : {"not-checked", "disagreement", "statistical", "enclosed"}) {
        EXPECT_NE(help.find(word), std::string::npos) << word << "\n" << help;
    }
    for (const char* command : {"verify", "report"}) {
        const std::string formats = run_attest({command, "--help"}, folder.path()).out;
        EXPECT_NE(formats.find("margins"), std::string::npos) << formats;
    }
}

TEST(CliList, ShowTakesAGlob)
{
    const TemporaryFolder folder;
    const Outcome outcome = run_attest({"show", "appA/pre-ln/?-ode"}, folder.path());
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("appA/pre-ln/r-ode\n"), std::string::npos);
    EXPECT_EQ(outcome.out.find("gamma-ode\n"), std::string::npos);
    const Outcome both = run_attest({"show", "appA/pre-ln/*-ode"}, folder.path());
    EXPECT_NE(both.out.find("\n\nappA/pre-ln/gamma-ode\n"), std::string::npos);
}

TEST(CliList, TheCompletionScriptKnowsTheCommands)
{
    const TemporaryFolder folder;
    const Outcome script = run_attest({"completion"}, folder.path());
    ASSERT_EQ(script.status, 0) << script.err;
    folder.file("complete.sh", script.out
                                   + "COMP_WORDS=(attest conf); COMP_CWORD=1; _attest\n"
                                     "echo \"${COMPREPLY[@]}\"\n"
                                     "COMP_WORDS=(attest conform --lay); COMP_CWORD=2\n"
                                     "_attest; echo \"${COMPREPLY[@]}\"\n"
                                     "COMP_WORDS=(attest verify --profile ''); COMP_CWORD=3\n"
                                     "_attest; echo \"${COMPREPLY[@]}\"\n"
                                     "attest() { echo table2/known; }\n"
                                     "COMP_WORDS=(attest mutate tab); COMP_CWORD=2\n"
                                     "_attest; echo \"${COMPREPLY[@]}\"\n");
    const Outcome words = run_program("/bin/bash", {"complete.sh"}, folder.path());
    EXPECT_EQ(words.status, 0) << words.err;
    EXPECT_EQ(words.out, "conform\n--layers\nquick standard deep\ntable2/known\n");
}

} // namespace
} // namespace attest::testing
