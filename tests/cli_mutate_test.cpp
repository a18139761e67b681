// `attest mutate`: planted faults from the command line.

#include "tests/run_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace attest::testing::mutate_command {

std::string content(const std::filesystem::path& path)
{
    std::ifstream in(path);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

TEST(CliMutate, WritesWhatWasTriedAndWhatWasCaught)
{
    const TemporaryFolder folder;
    const Outcome outcome = run_attest(
        {"mutate", "table2/*-ln/speed-factor", "model/pre-ln/*dot", "--sample", "10", "--out", "m"},
        folder.path());
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("missed"), std::string::npos) << outcome.out;
    const std::string markdown = content(folder.path() / "m/mutants.md");
    EXPECT_NE(markdown.find("| table2/peri-ln/speed-factor |"), std::string::npos) << markdown;
    EXPECT_NE(markdown.find("| model/pre-ln/gamma-dot |"), std::string::npos);
    EXPECT_NE(content(folder.path() / "m/mutants.json").find("\"attest-mutants/1\""),
              std::string::npos);
}

TEST(CliMutate, GoesOnWhereItWasInterrupted)
{
    const TemporaryFolder folder;
    const std::vector<std::string> all = {"mutate", "model/p*-ln/*dot", "--sample", "6", "--out",
                                          "m",      "--jobs",           "1"};
    ASSERT_EQ(run_attest(all, folder.path()).status, 0);
    const std::filesystem::path lines = folder.path() / "m/mutants.jsonl";
    const std::string whole = content(lines);
    // As a kill leaves it: some claims, and half of a line.
    const std::size_t second = whole.find('\n', whole.find('\n') + 1);
    std::ofstream(lines) << whole.substr(0, second + 40);
    std::vector<std::string> resume = all;
    resume.emplace_back("--resume");
    const Outcome outcome = run_attest(resume, folder.path());
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    const std::string again = content(lines);
    EXPECT_EQ(std::count(again.begin(), again.end(), '\n'),
              std::count(whole.begin(), whole.end(), '\n'));
    resume.insert(resume.end(), {"--seed", "3"});
    const Outcome other = run_attest(resume, folder.path());
    EXPECT_EQ(other.status, 2);
    EXPECT_EQ(std::count(other.err.begin(), other.err.end(), '\n'), 1) << other.err;
}

TEST(CliMutate, RejectsWhatItCannotDo)
{
    const TemporaryFolder folder;
    for (const std::vector<std::string>& bad : std::vector<std::vector<std::string>>{
             {"mutate", "no-such-claim"},
             {"mutate", "table2/*", "--sample", "0"},
             {"mutate", "table2/*", "--digits", "4"},
             {"mutate", "table2/*", "--jobs", "none"},
             {"mutate", "table2/*", "--seconds", "-1"},
             {"mutate", "table2/*", "--resume", "--out", "nothing-there"},
             {"mutate", "table2/*", "--out", "/proc/attest"}}) {
        const Outcome outcome = run_attest(bad, folder.path());
        EXPECT_EQ(outcome.status, 2) << as_typed(bad) << "\n" << outcome.err;
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    }
}

} // namespace attest::testing::mutate_command
