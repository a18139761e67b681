// The program without what usually lies beside it: no attest-check, another one, no reference run.

#include "tests/run_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace attest::testing {
namespace {

namespace fs = std::filesystem;

/// A copy of the program in a folder of its own.
class CliAlone : public ::testing::Test {
protected:
    CliAlone()
    {
        fs::create_directory(folder_.path() / "bin");
        fs::copy_file(ATTEST_PROGRAM, program());
    }
    std::string program() const { return (folder_.path() / "bin" / "attest").string(); }
    /// Puts a shell script beside the program that is found as its checker.
    void put_checker(const std::string& script) const
    {
        const fs::path file = folder_.file("bin/attest-check", "#!/bin/sh\n" + script + "\n");
        fs::permissions(file, fs::perms::owner_all);
    }
    /// Without a PATH on which another checker could be found.
    Outcome run(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), {"PATH=/usr/bin:/bin", program()});
        return run_program("/usr/bin/env", arguments, folder_.path());
    }
    Outcome verify() const
    {
        return run({"verify", "table2/pre-ln/r-dot", "--format", "json", "--out", "out"});
    }

    TemporaryFolder folder_;
};

TEST_F(CliAlone, VerdictsNeedAResultsFile)
{
    const Outcome outcome = run({"list", "--verdict", "holds"});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.err, "attest: verdict, strength: need a results file: --results FILE, or run "
                           "'attest verify' first\n");
    EXPECT_EQ(run({"list", "--ids"}).status, 0);
    fs::create_directory(folder_.path() / "attest-report");
    fs::copy_file(ATTEST_REFERENCE_RESULTS, folder_.path() / "attest-report" / "results.json");
    const Outcome found = run({"list", "--verdict", "holds"});
    EXPECT_EQ(found.status, 0) << found.err;
    EXPECT_NE(found.out.find("\tholds\t"), std::string::npos);
}

TEST_F(CliAlone, WithoutACheckerNothingIsRechecked)
{
    const Outcome outcome = verify();
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("1 certificate written; no independent checker ran"),
              std::string::npos)
        << outcome.out;
    EXPECT_NE(outcome.out.find("No baseline was found"), std::string::npos) << outcome.out;
}

TEST_F(CliAlone, ACheckerThatGivesNoAnswersIsAnError)
{
    put_checker("exit 3");
    const Outcome outcome = verify();
    EXPECT_EQ(outcome.status, 2) << outcome.out;
    EXPECT_EQ(outcome.err.substr(outcome.err.find("attest: ")),
              "attest: attest-check ended with status 3 and gave no answers\n");
}

TEST_F(CliAlone, ARejectedCertificateIsNamedAndIsARegression)
{
    // The true checker's answers, turned round.
    put_checker("'" + std::string(ATTEST_CHECK_PROGRAM)
                + "' \"$@\"\nsed -i 's/\"accepted\": *true/\"accepted\": false/; "
                  "s/\"why\": *\"\"/\"why\": \"by hand\"/' \"$4\"\nexit 1");
    const Outcome outcome = verify();
    EXPECT_EQ(outcome.status, 1) << outcome.err << outcome.out;
    EXPECT_NE(outcome.out.find("0 accepted, 1 rejected"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("\nRejected: "), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("by hand"), std::string::npos) << outcome.out;
}

} // namespace
} // namespace attest::testing
