// `attest mutate`: planted faults from the command line.

#include "tests/run_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace attest::testing::mutate_command {

TEST(CliMutate, WritesWhatWasTriedAndWhatWasCaught)
{
    const TemporaryFolder folder;
    const Outcome outcome = run_attest(
        {"mutate", "table2/*-ln/speed-factor", "model/pre-ln/*dot", "--sample", "10", "--out", "m"},
        folder.path());
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("missed"), std::string::npos) << outcome.out;
    const std::string markdown = text_of(folder.path() / "m/mutants.md");
    EXPECT_NE(markdown.find("| table2/peri-ln/speed-factor |"), std::string::npos) << markdown;
    EXPECT_NE(markdown.find("| model/pre-ln/gamma-dot |"), std::string::npos);
    EXPECT_NE(text_of(folder.path() / "m/mutants.json").find("\"attest-mutants/1\""),
              std::string::npos);
}

TEST(CliMutate, GoesOnWhereItWasInterrupted)
{
    const TemporaryFolder folder;
    const std::vector<std::string> all = {"mutate", "model/p*-ln/*dot", "--sample", "6", "--out",
                                          "m",      "--jobs",           "1"};
    ASSERT_EQ(run_attest(all, folder.path()).status, 0);
    const std::filesystem::path lines = folder.path() / "m/mutants.jsonl";
    const std::string whole = text_of(lines);
    // As a kill leaves it: some claims, and half of a line.
    const std::size_t second = whole.find('\n', whole.find('\n') + 1);
    std::ofstream(lines) << whole.substr(0, second + 40);
    std::vector<std::string> resume = all;
    resume.emplace_back("--resume");
    const Outcome outcome = run_attest(resume, folder.path());
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    const std::string again = text_of(lines);
    EXPECT_EQ(std::count(again.begin(), again.end(), '\n'),
              std::count(whole.begin(), whole.end(), '\n'));
    resume.insert(resume.end(), {"--seed", "3"});
    const Outcome other = run_attest(resume, folder.path());
    EXPECT_EQ(other.status, 2);
    EXPECT_EQ(std::count(other.err.begin(), other.err.end(), '\n'), 1) << other.err;
}

TEST(CliMutate, IsPartOfVerifyWhereItIsAskedFor)
{
    const TemporaryFolder folder;
    const std::vector<std::string> words = {
        "verify", "table2/*-ln/speed-factor", "--format", "json", "--out", "r", "--mutants"};
    const auto with = [&](const std::vector<std::string>& more) {
        std::vector<std::string> all = words;
        all.insert(all.end(), more.begin(), more.end());
        return run_attest(all, folder.path());
    };
    const Outcome outcome = with({"2"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("r/mutants/mutants.md"), std::string::npos) << outcome.out;
    const Outcome resumed = with({"2", "--resume"});
    EXPECT_EQ(resumed.status, 0) << resumed.err;
    EXPECT_NE(resumed.err.find("Changing 0 claims"), std::string::npos) << resumed.err;
    EXPECT_EQ(with({"none"}).out.find("mutants.md"), std::string::npos);
    const Outcome wrong = with({"some"});
    EXPECT_EQ(wrong.status, 2);
    EXPECT_NE(wrong.err.find("'some'"), std::string::npos) << wrong.err;
    EXPECT_NE(wrong.err.find("or all or none"), std::string::npos) << wrong.err;
}

TEST(CliMutate, LeavesTheFolderToAnotherRun)
{
    const TemporaryFolder folder;
    const std::filesystem::path lines = folder.file("mutants.jsonl", "of another run\n");
    const int fd = ::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ASSERT_EQ(::flock(fd, LOCK_EX | LOCK_NB), 0);
    const std::vector<std::string> words = {"mutate", "model/pre-ln/*dot",   "--sample", "1",
                                            "--out",  folder.path().string()};
    const Outcome refused = run_attest(words, folder.path());
    EXPECT_EQ(refused.status, 2) << refused.err;
    EXPECT_NE(refused.err.find("another run"), std::string::npos) << refused.err;
    EXPECT_EQ(text_of(lines), "of another run\n");
    ::close(fd);
    EXPECT_EQ(run_attest(words, folder.path()).status, 0);
}

TEST(CliMutate, InterruptedItEndsAtOnceWhateverCannotBeWritten)
{
    const TemporaryFolder folder;
    // A first claim that takes a moment, so that a signal meets the run; then hours.
    std::filesystem::create_directories(folder.path() / "m" / "mutants.json"); // no file
    const Outcome outcome = run_program(
        "/bin/bash",
        {"-c", "timeout --foreground -s KILL 100 " ATTEST_PROGRAM
               " mutate --all --jobs 1 --out m 2>errors & "
               "until grep -qs '\"id\"' m/mutants.jsonl || ! kill -0 $!; do sleep 0.1; done; "
               "kill -TERM $!; wait $!; echo status $?"},
        folder.path());
    EXPECT_EQ(outcome.out, "status 2\n") << outcome.err;
    const std::string errors = text_of(folder.path() / "errors");
    EXPECT_NE(errors.find("attest: cannot write"), std::string::npos) << errors;
    EXPECT_NE(errors.find("mutants.json"), std::string::npos) << errors;
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
