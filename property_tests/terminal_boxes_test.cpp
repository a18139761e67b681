#include "theorems/terminal_boxes.hpp"

#include "attest/numbers/precision.hpp"
#include "theorems/registry.hpp"

#include <gtest/gtest.h>

namespace attest::theorems {
namespace {

TEST(TerminalBoxes, EvidenceAndTails)
{
    const Effort effort;
    for (const std::string scheme : {"pre-ln", "post-ln", "mix-ln"}) {
        const std::vector<Evidence> items = constant_over_boxes(scheme, effort);
        ASSERT_FALSE(items.empty()) << scheme;
        for (const Evidence& item : items) {
            EXPECT_EQ(item.outcome, Truth::True) << scheme << ": " << item.route;
            EXPECT_FALSE(item.carries);
            EXPECT_FALSE(item.certificates.empty()) << item.route;
        }
    }
    const PrecisionScope scope(128);
    for (const ConstantTail& tail : constant_tails(effort)) {
        EXPECT_TRUE(is_true(less(Ball(2), tail.largest)));
    }
}

TEST(TerminalBoxes, EndsAreRoundedOutward)
{
    const PrecisionScope scope(128);
    for (const Rational& value : {Rational(4), Rational(-4), Rational(1, 3), Rational(-2, 7)}) {
        EXPECT_LT(parse_rational(decimal_below(Ball(value))), value);
        EXPECT_GT(parse_rational(decimal_above(Ball(value))), value);
    }
}

// Boxes and tails stand in the table of constants beside the points.
TEST(TerminalBoxes, RowsOfTheReport)
{
    std::size_t boxes = 0;
    std::size_t points = 0;
    std::size_t tails = 0;
    for (const ledger::ConstantRow& row : constants({})) {
        const bool box = row.n.front() == '[';
        boxes += box ? 1U : 0U;
        points += box ? 0U : 1U;
        tails += row.n.ends_with("inf]") ? 1U : 0U;
        EXPECT_FALSE(row.mid.empty());
        EXPECT_FALSE(row.rad.empty());
    }
    EXPECT_GE(boxes, 30U);
    EXPECT_GE(points, 36U);
    EXPECT_GE(tails, 6U);
}

} // namespace
} // namespace attest::theorems
