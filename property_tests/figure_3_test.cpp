#include "claim_cases.hpp"

#include "attest/model/alpha.hpp"
#include "attest/numbers/precision.hpp"

namespace attest {
namespace {

using ledger::Verdict;
using testing::verdict_on;

// The integral of t sin 4t + cos 4t swings with growing amplitude, and gamma with it.
TEST(Figure3, VerdictsAndAmendments)
{
    testing::expect_claims(theorems::add_figure_3, {{"fig3/caption/sin-cos", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

TEST(Figure3, AFalseCaptionIsRefuted)
{
    const auto registry = testing::registry_with(theorems::add_figure_3);
    const ledger::Claim& claim = *registry.find("fig3/caption/constant-root-linear");
    ledger::Statement statement = claim.printed;
    EXPECT_EQ(verdict_on(claim, statement), Verdict::Holds);
    statement.words.insert_or_assign("alphas", "sine-cosine");
    EXPECT_EQ(verdict_on(claim, statement), Verdict::Fails);
    statement.words.insert_or_assign("gamma -> 1", "no");
    EXPECT_EQ(verdict_on(claim, statement), Verdict::Holds);
}

// The closed form of int alpha that everything about nGPT rests on: its derivative is alpha, and it
// is 0 at 0.
RC_GTEST_PROP(Figure3, TheIntegralOfAlphaIsOne, ())
{
    const PrecisionScope scope(256);
    const auto alpha = model::Alpha::parse(
        *rc::gen::element(std::string("constant"), std::string("root"), std::string("linear"),
                          std::string("sine-cosine"), std::string("cosine-sine"),
                          std::string("3*t^2"), std::string("-5/2"), std::string("2*t^(1/3)")));
    RC_ASSERT(alpha.integral.has_value());
    const std::map<std::string, Ball> at = {{"t", Ball(Rational(*rc::gen::inRange(1, 900), 37))}};
    const Ball slope = derivative(*alpha.integral, "t").evaluate<Ball>(at);
    RC_ASSERT(slope.overlaps(alpha.formula.evaluate<Ball>(at)));
    const Ball start = alpha.integral->evaluate<Ball>({{"t", Ball(0)}});
    RC_ASSERT(start.contains(Rational(0)));
}

} // namespace
} // namespace attest
