#include "theorems/terminal_order.hpp"

#include <gtest/gtest.h>

namespace attest::theorems {
namespace {

TEST(TerminalOrder, KindsOfDecay)
{
    const std::map<std::string, DecayKind> expected = {
        {"post-ln", DecayKind::Exponential}, {"ngpt", DecayKind::Exponential},
        {"pre-ln", DecayKind::Polynomial},   {"peri-ln", DecayKind::Polynomial},
        {"mix-ln", DecayKind::Polynomial},   {"sqrt-scaling", DecayKind::Between}};
    for (const auto& [scheme, kind] : expected) {
        const Decay found = kind_of_decay(scheme);
        EXPECT_EQ(found.kind, kind) << scheme;
        EXPECT_EQ(found.steps.outcome(), Truth::True) << scheme;
    }
}

Truth behind(const std::string& slow, const std::string& fast)
{
    Statement statement;
    statement.words = {{"slow", slow}, {"fast", fast}};
    return ends_behind(statement).outcome;
}

TEST(TerminalOrder, EndsBehind)
{
    EXPECT_EQ(behind("pre-ln peri-ln", "post-ln mix-ln ngpt sqrt-scaling"), Truth::True);
    EXPECT_EQ(behind("sqrt-scaling", "post-ln ngpt"), Truth::True);
    EXPECT_EQ(behind("mix-ln", "pre-ln"), Truth::False);
    EXPECT_EQ(behind("ngpt", "sqrt-scaling"), Truth::False);
    EXPECT_EQ(behind("pre-ln", "pre-ln"), Truth::False);
    // One law and one constant, or two constants that no step compares.
    EXPECT_EQ(behind("pre-ln", "peri-ln"), Truth::Unknown);
    EXPECT_EQ(behind("post-ln", "ngpt"), Truth::Unknown);
}

} // namespace
} // namespace attest::theorems
