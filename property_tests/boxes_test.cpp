#include "attest/proof/boxes.hpp"

#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

namespace attest::boxes_tests {

using proof::BoxProof;
using proof::Chart;
using proof::ExtendedRange;
using proof::Sign;
using proof::SignClaim;

const Expr x = Expr::symbol("x");
const Expr y = Expr::symbol("y");
const Expr n = Expr::symbol("n");
const Expr beta = Expr::symbol("beta");

ExtendedRange between(const Rational& lo, const Rational& hi)
{
    return {lo, hi};
}
ExtendedRange from(const Rational& lo)
{
    return {lo, std::nullopt};
}

TEST(Boxes, polynomialThatIsPositiveByAThousandth)
{
    // (x - 1/3)^2 + y^2 + 1/1000, expanded
    const SignClaim claim{x * x - Expr(Rational(2, 3)) * x + y * y + Expr(Rational(1009, 9000)),
                          Sign::Positive,
                          {{"x", between(-2, 2)}, {"y", between(-2, 2)}}};
    const BoxProof found = proof::prove_sign(claim);
    EXPECT_EQ(found.outcome, Truth::True) << found.place;
    EXPECT_GT(found.cover.size(), 1U);
}

TEST(Boxes, aViolationComesWithItsPoint)
{
    const SignClaim claim{pow(x - Expr(Rational(1, 3)), 2) - Expr(Rational(1, 1000)),
                          Sign::Positive,
                          {{"x", between(-2, 2)}}};
    const BoxProof found = proof::prove_sign(claim);
    ASSERT_EQ(found.outcome, Truth::False);
    ASSERT_TRUE(found.counterexample);
    EXPECT_LT(pow(Rational(found.counterexample->at("x") - Rational(1, 3)), 2), Rational(1, 1000));
}

TEST(Boxes, anExactZeroIsNoProofOfPositivity)
{
    const SignClaim claim{
        pow(x - Expr(Rational(1, 3)), 2), Sign::Positive, {{"x", between(-2, 2)}}};
    proof::BoxOptions options;
    options.max_boxes = 500;
    options.max_bits = 128;
    const BoxProof found = proof::prove_sign(claim, options);
    EXPECT_EQ(found.outcome, Truth::Unknown);
    EXPECT_NE(found.place.find("x in ["), std::string::npos);
}

TEST(Boxes, unboundedRangeNeedsAChart)
{
    const SignClaim claim{1 / n + 1, Sign::Positive, {{"n", from(2)}}};
    EXPECT_THROW(proof::prove_sign(claim), InputError);
}

/// 6 n (e^{c/n} - 1) < 1 for c = 7/50 and all n >= 2: with w = 1/n and p = (e^{c w} - 1)/(c w) it
/// is 6 c p < 1, also at n = infinity.
SignClaim with_chart(const Rational& c)
{
    Chart chart;
    chart.names = {{"w", 1 / n}, {"p", Expr(c) * Expr::symbol("w"), true}};
    chart.form = 1 - Expr(6 * c) * Expr::symbol("p");
    chart.order = {"w"};
    return {1 - 6 * n * (exp(Expr(c) / n) - 1), Sign::Positive, {{"n", from(2)}}, chart};
}

TEST(Boxes, chartReachesInfinityAndRemovesTheSingularityThere)
{
    const BoxProof found = proof::prove_sign(with_chart(Rational(7, 50)));
    EXPECT_EQ(found.outcome, Truth::True) << found.place;
    // At n = infinity the left side tends to 6 c: c = 1/6 is too much there and nowhere else.
    const BoxProof too_much = proof::prove_sign(with_chart(Rational(167, 1000)));
    EXPECT_EQ(too_much.outcome, Truth::False);
}

TEST(Boxes, aWrongChartProvesNothing)
{
    SignClaim claim = with_chart(Rational(7, 50));
    claim.chart->form = claim.chart->form + Expr(Rational(1, 1000000));
    const BoxProof wrong_form = proof::prove_sign(claim);
    EXPECT_EQ(wrong_form.outcome, Truth::Unknown);
    EXPECT_NE(wrong_form.place.find("formula = factor * form"), std::string::npos);
    claim = with_chart(Rational(7, 50));
    claim.formula = -claim.formula;
    claim.chart->factor = Expr(-1);
    const BoxProof wrong_factor = proof::prove_sign(claim);
    EXPECT_EQ(wrong_factor.outcome, Truth::Unknown);
    EXPECT_NE(wrong_factor.place.find("factor"), std::string::npos);
}

TEST(Boxes, tailInBeta)
{
    // 1/2 <= 1/(1 + e^-beta) for all beta >= 0, as 1 - w >= 0 over w = e^-beta in [0, 1].
    Chart chart;
    chart.names = {{"w", exp(-beta)}};
    chart.factor = 1 / (2 * (1 + exp(-beta)));
    chart.form = 1 - Expr::symbol("w");
    chart.order = {"w"};
    const SignClaim claim{
        1 / (1 + exp(-beta)) - Expr(Rational(1, 2)), Sign::NonNegative, {{"beta", from(0)}}, chart};
    EXPECT_EQ(proof::prove_sign(claim).outcome, Truth::True);
}

TEST(Boxes, certificateNamesEveryBox)
{
    const SignClaim claim = with_chart(Rational(7, 50));
    const BoxProof found = proof::prove_sign(claim);
    const auto text = proof::cover_certificate(claim, found);
    ASSERT_TRUE(text);
    const auto json = nlohmann::json::parse(*text);
    EXPECT_EQ(json.at("kind"), "cover");
    EXPECT_EQ(json.at("boxes").size(), found.cover.size());
    EXPECT_EQ(json.at("ranges").at("n").at(1), "inf");
    EXPECT_EQ(json.at("chart").at("p"), "exprel(((7/50)*w))");
}

RC_GTEST_PROP(BoxesProperty, acceptedBoxesTileTheDomain, ())
{
    const Rational c(*rc::gen::inRange(1, 400), 400);
    const SignClaim claim{exp(x * y) - x * y - Expr(Rational(999, 1000)) + pow(x - Expr(c), 2),
                          Sign::Positive,
                          {{"x", between(-1, 1)}, {"y", between(-2, 1)}}};
    const BoxProof found = proof::prove_sign(claim);
    RC_ASSERT(found.outcome == Truth::True);
    Rational area = 0;
    for (const auto& box : found.cover) {
        area += (box[0].second - box[0].first) * (box[1].second - box[1].first);
    }
    RC_ASSERT(area == 6);
}

RC_GTEST_PROP(BoxesProperty, signAgreesWithTheDiscriminant, ())
{
    // x^2 + b x + c over the whole of [-30, 30] contains its minimum for |b| <= 40.
    const Rational b(*rc::gen::inRange(-400, 401), 10);
    const Rational c(*rc::gen::inRange(-4000, 4001), 10);
    const Rational discriminant = b * b - 4 * c;
    RC_PRE(discriminant != 0);
    const SignClaim claim{x * x + Expr(b) * x + Expr(c), Sign::Positive, {{"x", between(-30, 30)}}};
    const BoxProof found = proof::prove_sign(claim);
    RC_ASSERT(found.outcome == (discriminant < 0 ? Truth::True : Truth::False));
}

RC_GTEST_PROP(BoxesProperty, smallestBoundIsBelowTheMinimum, ())
{
    const Rational c(*rc::gen::inRange(1, 1000), 1000);
    const SignClaim claim{exp(x) - x - 1 + Expr(c), Sign::Positive, {{"x", between(-1, 1)}}};
    const BoxProof found = proof::prove_sign(claim);
    RC_ASSERT(found.outcome == Truth::True);
    RC_ASSERT(is_true(less_equal(found.smallest, Ball(c))));
    RC_ASSERT(is_true(is_positive(found.smallest)) || found.smallest.contains_zero());
}

} // namespace attest::boxes_tests
