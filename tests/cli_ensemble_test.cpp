// `attest ensemble` as a user runs it: any number of threads and processes, killed and resumed,
// another setting in the same folder, bad input.

#include "tests/run_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <sstream>

namespace attest::testing {
namespace {

std::vector<std::string> ensemble(const std::string& out, std::vector<std::string> more,
                                  const std::string& runs = "24")
{
    std::vector<std::string> arguments = {"ensemble", "--panel",  "5d", "--runs",
                                          runs,       "--layers", "6",  "--precision",
                                          "f32",      "--out",    out,  "--threads"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

/// The CSV and the HDF5 file, which are equal bit for bit for equal ensembles.
struct Files {
    std::string csv;
    std::string hdf5;
    bool operator==(const Files&) const = default;
};
Files files_of(const std::filesystem::path& folder)
{
    return {text_of(folder / "5d.csv"), text_of(folder / "5d.h5")};
}

class CliEnsemble : public ::testing::Test {
protected:
    Files of(const std::string& out, const std::vector<std::string>& more)
    {
        const Outcome outcome = run_attest(ensemble(out, more), folder_.path());
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        return files_of(folder_.path() / out);
    }
    TemporaryFolder folder_;
};

TEST_F(CliEnsemble, ThreadsAndCheckpointsChangeNoBit)
{
    const Files one = of("one", {"1"});
    ASSERT_FALSE(one.csv.empty());
    ASSERT_FALSE(one.hdf5.empty());
    EXPECT_EQ(of("three", {"3"}), one);
    EXPECT_EQ(of("kept", {"2", "--checkpoint", "runs"}), one);
    EXPECT_EQ(of("again", {"1", "--checkpoint", "runs"}), one) << "nothing left to do";
}

TEST_F(CliEnsemble, SeveralProcessesShareTheRuns)
{
    const Files one = of("one", {"1"});
    std::vector<std::future<Outcome>> processes;
    for (int k = 0; k < 3; ++k) {
        processes.push_back(std::async(std::launch::async, [&] {
            return run_attest(ensemble("many", {"1", "--checkpoint", "runs"}), folder_.path());
        }));
    }
    for (auto& process : processes) {
        const Outcome outcome = process.get();
        EXPECT_EQ(outcome.status, 0) << outcome.err;
    }
    EXPECT_EQ(files_of(folder_.path() / "many"), one);
}

TEST_F(CliEnsemble, AKilledProcessLosesNoFinishedCheckpointAndNoBit)
{
    const auto limited = [&](const std::string& seconds) {
        std::vector<std::string> arguments = {"-s", "KILL", seconds, ATTEST_PROGRAM};
        const auto rest = ensemble("killed", {"2", "--checkpoint", "runs", "--every", "0"}, "1500");
        arguments.insert(arguments.end(), rest.begin(), rest.end());
        return run_program("/usr/bin/timeout", arguments, folder_.path());
    };
    (void)limited("0.3");
    (void)limited("0.5");
    EXPECT_FALSE(std::filesystem::is_empty(folder_.path() / "runs"));
    const Outcome whole =
        run_attest(ensemble("killed", {"2", "--checkpoint", "runs"}, "1500"), folder_.path());
    ASSERT_EQ(whole.status, 0) << whole.err;
    const Outcome plain = run_attest(ensemble("plain", {"2"}, "1500"), folder_.path());
    ASSERT_EQ(plain.status, 0) << plain.err;
    EXPECT_EQ(files_of(folder_.path() / "killed"), files_of(folder_.path() / "plain"));
}

TEST_F(CliEnsemble, TheLimitsOfTheLawAreWritten)
{
    const Outcome outcome = run_attest(ensemble("law", {"1"}), folder_.path());
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("together with confidence 95 %"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("runs for 0.001"), std::string::npos) << outcome.out;
    std::istringstream lines(files_of(folder_.path() / "law").csv);
    std::string line;
    std::getline(lines, line);
    const std::vector<std::string> names = cells_of(line);
    const auto column = [&](const char* name) {
        return static_cast<std::size_t>(std::find(names.begin(), names.end(), name)
                                        - names.begin());
    };
    int rows = 0;
    while (std::getline(lines, line)) {
        const std::vector<std::string> cells = cells_of(line);
        ASSERT_EQ(cells.size(), names.size()) << line;
        const auto number = [&](const char* name) { return std::stod(cells.at(column(name))); };
        EXPECT_LE(number("law_mean_lower"), number("mean")) << line;
        EXPECT_GE(number("law_mean_upper"), number("mean")) << line;
        EXPECT_LE(number("law_q0.05_lower"), number("q0.05_upper")) << line;
        EXPECT_GE(number("law_q0.95_upper"), number("q0.95_lower")) << line;
        ++rows;
    }
    EXPECT_EQ(rows, 6 * 7);
}

TEST_F(CliEnsemble, AnotherSettingIsRefused)
{
    (void)of("one", {"1", "--checkpoint", "runs"});
    const Outcome other =
        run_attest(ensemble("two", {"1", "--checkpoint", "runs", "--seed", "9"}), folder_.path());
    EXPECT_EQ(other.status, 2);
    EXPECT_NE(other.err.find("another setting"), std::string::npos) << other.err;
}

/// The same runs in another arithmetic differ in their rounding.
TEST_F(CliEnsemble, RunsOfAnotherArithmeticAreNotMixedIn)
{
    (void)of("one", {"1", "--checkpoint", "runs"});
    for (const std::string precision : {"f64", "tiles"}) { // without tiles, refused as such
        std::vector<std::string> arguments = ensemble("two", {"1", "--checkpoint", "runs"});
        std::replace(arguments.begin(), arguments.end(), std::string("f32"), precision);
        const Outcome other = run_attest(arguments, folder_.path());
        EXPECT_EQ(other.status, 2) << precision;
        EXPECT_TRUE(other.err.find("another setting") != std::string::npos
                    || (precision == "tiles" && other.err.find("AMX") != std::string::npos))
            << other.err;
    }
}

TEST_F(CliEnsemble, ABrokenPartIsNamed)
{
    (void)of("one", {"1", "--checkpoint", "runs"});
    std::filesystem::path part;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "runs")) {
        if (entry.path().filename().string().starts_with("part-")) {
            part = entry.path();
        }
    }
    std::string content = text_of(part);
    content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
    std::ofstream(part, std::ios::binary) << content;
    const Outcome again =
        run_attest(ensemble("two", {"1", "--checkpoint", "runs"}), folder_.path());
    EXPECT_EQ(again.status, 2);
    EXPECT_NE(again.err.find(part.filename().string()), std::string::npos) << again.err;
}

TEST_F(CliEnsemble, BadInputIsOneLineAndStatusTwo)
{
    const std::vector<std::vector<std::string>> wrong = {
        {"ensemble", "--panel", "6"},
        {"ensemble", "--panel", "5d", "--runs", "0"},
        {"ensemble", "--panel", "5d", "--runs", "1e3x"},
        {"ensemble", "--panel", "5d", "--layers", "-1"},
        {"ensemble", "--panel", "5d", "--threads", "0"},
        {"ensemble", "--panel", "5d", "--precision", "f16"},
        {"ensemble", "--panel", "5g", "--weights", "uniform"},
        {"ensemble", "--panel", "5d", "--out", "/proc/nowhere"},
        {"ensemble", "--panel", "5d", "--checkpoint", "/proc/nowhere"},
    };
    for (const auto& arguments : wrong) {
        const Outcome outcome = run_attest(arguments, folder_.path());
        EXPECT_EQ(outcome.status, 2) << as_typed(arguments) << outcome.err;
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1)
            << as_typed(arguments) << ": " << outcome.err;
    }
}

} // namespace
} // namespace attest::testing
