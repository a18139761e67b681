#include "attest/numbers/truth.hpp"

#include <gtest/gtest.h>

#include <array>
#include <type_traits>

namespace attest {
namespace {

static_assert(!std::is_convertible_v<Truth, bool>);
static_assert(!std::is_constructible_v<Truth, bool>);
static_assert(!std::is_convertible_v<bool, Truth>);
static_assert(!std::is_convertible_v<Truth, int>);
static_assert(std::is_same_v<decltype(Truth::True && Truth::True), Truth>);
static_assert(std::is_same_v<decltype(Truth::True || Truth::True), Truth>);
static_assert(std::is_same_v<decltype(!Truth::True), Truth>);

constexpr std::array all = {Truth::False, Truth::Unknown, Truth::True};
constexpr Truth F = Truth::False;
constexpr Truth U = Truth::Unknown;
constexpr Truth T = Truth::True;

TEST(TruthTables, StrongKleene)
{
    constexpr std::array<std::array<Truth, 3>, 3> conjunction = {{{F, F, F}, {F, U, U}, {F, U, T}}};
    constexpr std::array<std::array<Truth, 3>, 3> disjunction = {{{F, U, T}, {U, U, T}, {T, T, T}}};
    constexpr std::array<Truth, 3> negation = {T, U, F};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(!all[i], negation[i]);
        for (std::size_t j = 0; j < 3; ++j) {
            EXPECT_EQ(all[i] && all[j], conjunction[i][j]) << i << ' ' << j;
            EXPECT_EQ(all[i] || all[j], disjunction[i][j]) << i << ' ' << j;
        }
    }
}

// What defines them: Unknown stands for either value, and a compound is decided exactly when every
// choice gives the same answer.
TEST(TruthTables, DecidedOnlyWhenEveryChoiceAgrees)
{
    const auto choices = [](Truth a) {
        return is_unknown(a) ? std::pair{false, true} : std::pair{is_true(a), is_true(a)};
    };
    for (const Truth a : all) {
        for (const Truth b : all) {
            const auto [a0, a1] = choices(a);
            const auto [b0, b1] = choices(b);
            const auto joined = [](bool lowest, bool highest) {
                return lowest == highest ? truth_of(lowest) : Truth::Unknown;
            };
            EXPECT_EQ(a && b, joined(a0 && b0, a1 && b1));
            EXPECT_EQ(a || b, joined(a0 || b0, a1 || b1));
        }
    }
}

TEST(TruthTables, Laws)
{
    for (const Truth a : all) {
        EXPECT_EQ(!!a, a);
        EXPECT_EQ(static_cast<int>(is_true(a)) + static_cast<int>(is_false(a))
                      + static_cast<int>(is_unknown(a)),
                  1);
        for (const Truth b : all) {
            EXPECT_EQ(!(a && b), (!a) || (!b));
            EXPECT_EQ(a && b, b && a);
            EXPECT_EQ(a || b, b || a);
            for (const Truth c : all) {
                EXPECT_EQ((a && b) && c, a && (b && c));
                EXPECT_EQ(a && (b || c), (a && b) || (a && c));
            }
        }
    }
}

TEST(TruthTables, UnknownIsNeitherAndStaysOne)
{
    EXPECT_FALSE(is_true(Truth::Unknown));
    EXPECT_FALSE(is_false(Truth::Unknown));
    EXPECT_EQ(U || !U, U); // no excluded middle
    EXPECT_EQ(truth_of(true), T);
    EXPECT_EQ(truth_of(false), F);
    EXPECT_EQ(to_string(T), "true");
    EXPECT_EQ(to_string(F), "false");
    EXPECT_EQ(to_string(U), "unknown");
    EXPECT_EQ(Truth{}, Truth::Unknown); // a forgotten value decides nothing
}

} // namespace
} // namespace attest
