// The ensembles of `attest verify`: killed and resumed, computed beforehand by others, in a folder
// that cannot be used. Panel 5d, whose runs take hundredths of a second.

#include "tests/run_program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace attest::testing {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> panel_verification(const std::string& out,
                                            const std::vector<std::string>& more = {})
{
    std::vector<std::string> arguments = {
        "verify", "x/panel-5d/late", "--extensions", "--format", "json", "--threads", "2", "--out",
        out};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

class CliVerifyEnsembles : public ::testing::Test {
protected:
    /// The claims of a finished run without what a clock says.
    nlohmann::json claims_of(const std::string& out) const
    {
        nlohmann::json claims =
            nlohmann::json::parse(text_of(folder() / out / "results.json")).at("claims");
        for (nlohmann::json& claim : claims) {
            claim.erase("seconds");
        }
        return claims;
    }
    nlohmann::json verified(const std::string& out, const std::vector<std::string>& more = {})
    {
        const Outcome outcome = run_attest(panel_verification(out, more), folder());
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        return claims_of(out);
    }
    /// Kills a run as soon as its ensemble has a part on the disk.
    void killed(const std::string& out, const std::vector<std::string>& more = {})
    {
        std::string command = std::string("'") + ATTEST_PROGRAM + "'";
        for (const std::string& argument : panel_verification(out, more)) {
            command += " '" + argument + "'";
        }
        const std::size_t before = parts(out).size();
        const std::string count = "$(ls " + out + "/ensembles/*/part-* 2>/dev/null | wc -l)";
        const Outcome outcome = run_program("/bin/sh",
                                            {"-c", command + " >/dev/null 2>&1 & pid=$!; while [ "
                                                       + count + " -le " + std::to_string(before)
                                                       + " ] && kill -0 $pid; do sleep 0.02; done; "
                                                       + "kill -KILL $pid; wait $pid"},
                                            folder());
        EXPECT_EQ(outcome.status, 128 + 9) << "was not killed: " << outcome.err;
    }
    std::vector<fs::path> parts(const std::string& out) const
    {
        std::vector<fs::path> found;
        std::error_code none;
        for (const auto& entry :
             fs::recursive_directory_iterator(folder() / out / "ensembles", none)) {
            if (entry.path().filename().string().starts_with("part-")) {
                found.push_back(entry.path());
            }
        }
        std::sort(found.begin(), found.end());
        return found;
    }
    Outcome filled(const std::string& checkpoint, const std::string& runs,
                   const std::vector<std::string>& more)
    {
        std::vector<std::string> arguments = {"ensemble", "--runs",    runs,
                                              "--layers", "32",        "--checkpoint",
                                              checkpoint, "--threads", "2"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Outcome outcome = run_attest(arguments, folder());
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        return outcome;
    }
    const fs::path& folder() const { return folder_.path(); }

private:
    TemporaryFolder folder_;
};

TEST_F(CliVerifyEnsembles, AKilledRunGoesOnWithTheRunsThatItMade)
{
    const nlohmann::json plain = verified("plain");
    killed("killed");
    ASSERT_FALSE(parts("killed").empty());
    const fs::path first = parts("killed").front();
    const std::string made = text_of(first);
    killed("killed", {"--resume"});
    EXPECT_EQ(verified("killed", {"--resume"}), plain);
    EXPECT_EQ(text_of(first), made) << "used as it was left";
    EXPECT_GE(parts("killed").size(), 3U);
    // Without --resume nothing of it counts.
    EXPECT_EQ(verified("killed"), plain);
    EXPECT_FALSE(fs::exists(first));
    EXPECT_EQ(parts("killed").size(), 1U);
}

TEST_F(CliVerifyEnsembles, RunsMadeBeforehandAreTakenOver)
{
    // More runs than the claim needs, of another arithmetic, in a folder of any name.
    (void)filled("made/any-name", "40", {"--panel", "5d", "--precision", "f64"});
    const std::string setting = text_of(folder() / "attest-ensemble" / "5d.setting");
    EXPECT_NE(setting.find("seed 20251\narithmetic f64\nruns 40\n"), std::string::npos) << setting;
    const std::string with_40 =
        verified("forty", {"--ensembles", "made"}).front().at("as_stated").dump();
    EXPECT_NE(with_40.find("40 runs"), std::string::npos) << with_40;
    EXPECT_NE(with_40.find("arithmetic f64"), std::string::npos) << with_40;
    EXPECT_FALSE(fs::exists(folder() / "forty" / "ensembles"));
    // The folder itself; runs that are missing are made there.
    (void)filled("few", "9", {"--panel", "5d", "--precision", "f32"});
    EXPECT_EQ(verified("completed", {"--ensembles", "few"}), verified("plain"));
    const Outcome again = filled("few", "32", {"--panel", "5d", "--precision", "f32"});
    EXPECT_NE(again.out.find("32 were there"), std::string::npos) << again.out;
    // Another setting is left alone: a folder of its own beside it.
    (void)filled("seeded/other", "8", {"--panel", "5d", "--precision", "f32", "--seed", "4"});
    EXPECT_EQ(verified("beside", {"--ensembles", "seeded"}), claims_of("plain"));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder() / "seeded"), fs::directory_iterator()),
              2);
}

// Figure 4 is panel (a) of Figure 5: either name serves.
TEST_F(CliVerifyEnsembles, APanelMayHaveBothOfItsNames)
{
    (void)filled("made", "25", {"--panel", "5a", "--precision", "f32"});
    const Outcome outcome = run_attest({"verify", "fig4/caption/early", "--format", "json",
                                        "--threads", "2", "--out", "four", "--ensembles", "made"},
                                       folder());
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    const std::string answer = claims_of("four").front().at("as_stated").dump();
    EXPECT_NE(answer.find("25 runs of 32 layers"), std::string::npos) << answer;
}

TEST_F(CliVerifyEnsembles, WhatCannotBeUsedIsNamed)
{
    const Outcome missing =
        run_attest(panel_verification("out", {"--ensembles", "nowhere"}), folder());
    EXPECT_EQ(missing.status, 2);
    EXPECT_NE(missing.err.find("nowhere"), std::string::npos) << missing.err;
    EXPECT_EQ(std::count(missing.err.begin(), missing.err.end(), '\n'), 1) << missing.err;
    // A part that is no part: the claim says so and is not decided.
    (void)filled("broken", "8", {"--panel", "5d", "--precision", "f32"});
    std::ofstream(folder() / "broken" / "part-zero") << "attest ensemble part 2\nno more";
    const Outcome broken =
        run_attest(panel_verification("out", {"--ensembles", "broken"}), folder());
    const std::string answer = claims_of("out").front().at("as_stated").dump();
    EXPECT_NE(answer.find("part-zero"), std::string::npos) << answer << broken.err;
    EXPECT_NE(answer.find("undecided"), std::string::npos) << answer;
    std::ofstream(folder() / "broken" / "part-zero") << "attest ensemble part 1\n";
    const Outcome old = run_attest({"ensemble", "--panel", "5d", "--runs", "8", "--layers", "32",
                                    "--precision", "f32", "--checkpoint", "broken"},
                                   folder());
    EXPECT_EQ(old.status, 2);
    EXPECT_NE(old.err.find("another version"), std::string::npos) << old.err;
}

TEST_F(CliVerifyEnsembles, WithoutAFolderRunsAreKeptInMemory)
{
    killed("out");
    fs::remove_all(folder() / "out" / "ensembles");
    std::ofstream(folder() / "out" / "ensembles") << "a file";
    const Outcome outcome = run_attest(panel_verification("out", {"--resume"}), folder());
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NE(outcome.err.find("kept in memory"), std::string::npos) << outcome.err;
    EXPECT_EQ(claims_of("out"), verified("plain"));
    // It is removed by a run that does not resume.
    EXPECT_EQ(verified("out"), claims_of("plain"));
    EXPECT_TRUE(fs::is_directory(folder() / "out" / "ensembles"));
}

} // namespace
} // namespace attest::testing
