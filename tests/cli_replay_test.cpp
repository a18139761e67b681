// Every counterexample of the reference run comes with a command; a reader who types it has to get
// an answer.

#include "tests/run_program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <set>

namespace attest::testing {
namespace {

std::set<std::string> replay_commands()
{
    std::ifstream in(ATTEST_REFERENCE_RESULTS);
    std::set<std::string> replays;
    const auto results = nlohmann::json::parse(in);
    for (const auto& claim : results.at("claims")) {
        for (const char* part : {"as_stated", "amended"}) {
            if (!claim.at(part).is_null() && claim.at(part).contains("counterexample")
                && claim.at(part).at("counterexample").is_object()) {
                replays.insert(claim.at(part).at("counterexample").value("replay", ""));
            }
        }
    }
    replays.erase("");
    return replays;
}

TEST(CliReplay, EveryCommandOfTheReferenceRunWorks)
{
    const TemporaryFolder folder;
    const std::string program = "attest ";
    const std::set<std::string> replays = replay_commands();
    EXPECT_GT(replays.size(), 40U);
    for (const std::string& command : replays) {
        ASSERT_TRUE(command.starts_with(program)) << command;
        if (command.starts_with("attest verify")) {
            continue; // decides the claim again; too long for this test
        }
        const Outcome outcome = run_program(
            "/bin/sh",
            {"-c", "'" + std::string(ATTEST_PROGRAM) + "' " + command.substr(program.size())},
            folder.path());
        EXPECT_EQ(outcome.status, 0) << command << "\n" << outcome.err;
        EXPECT_FALSE(outcome.out.empty()) << command;
    }
}

} // namespace
} // namespace attest::testing
