// `attest particles` as a user runs it: the same bits again, the stops, the refusals.

#include "tests/run_program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace attest::testing {
namespace {

using nlohmann::json;

Outcome run_particles(const std::vector<std::string>& more)
{
    const TemporaryFolder folder;
    std::vector<std::string> arguments{"particles", "--scheme", "pre-ln", "--n", "30",
                                       "--d",       "4",        "--beta", "2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_attest(arguments, folder.path());
}

TEST(CliParticles, ReachTheirGoalWithTheSameBitsOnEveryNumberOfThreads)
{
    for (const std::string goal : {"synchronised", "cone", "hemisphere", "stationary"}) {
        const Outcome one = run_particles({"--until", goal, "--tolerance", "1e-3", "--json"});
        ASSERT_EQ(one.status, 0) << one.err;
        const json result = json::parse(one.out);
        EXPECT_EQ(result.at("stop"), "goal") << goal;
        EXPECT_EQ(result.contains("least_height"), goal == "hemisphere");
        const Outcome three =
            run_particles({"--until", goal, "--tolerance", "1e-3", "--json", "--threads", "3"});
        EXPECT_EQ(one.out, three.out);
    }
}

TEST(CliParticles, AnotherRunIsAnotherStart)
{
    const Outcome first = run_particles({"--until", "time", "--last-time", "1"});
    const Outcome second = run_particles({"--until", "time", "--last-time", "1", "--run", "1"});
    EXPECT_EQ(first.status, 0);
    EXPECT_NE(first.out, second.out);
    EXPECT_NE(first.out.find("least product"), std::string::npos);
}

TEST(CliParticles, NamesBadInput)
{
    for (const auto& [option, value] :
         std::vector<std::pair<std::string, std::string>>{{"--until", "asleep"},
                                                          {"--tolerance", "3"},
                                                          {"--r0", "0"},
                                                          {"--tau", "-1"},
                                                          {"--accuracy", "1"},
                                                          {"--threads", "0"},
                                                          {"--last-time", "never"}}) {
        const Outcome outcome = run_particles({option, value});
        EXPECT_EQ(outcome.status, 2) << option;
        EXPECT_NE(outcome.err.find(value), std::string::npos) << outcome.err;
        EXPECT_TRUE(outcome.out.empty());
    }
}

} // namespace
} // namespace attest::testing
