// Signs by boxes in every direction, their certificates' relations, and ranges of every function.

#include "attest/proof/boxes.hpp"
#include "attest/proof/extended_range.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace attest::proof {
namespace {

const Expr x = Expr::symbol("x");
const std::map<std::string, ExtendedRange> unit = {{"x", {Rational(0), Rational(1)}}};

TEST(SignProofs, EveryRelationIsProvedAndWritten)
{
    struct Case {
        Sign sign;
        Expr formula;
        const char* relation;
    };
    const Expr positive = x * x + Expr(Rational(1, 4));
    for (const Case& item :
         {Case{Sign::Positive, positive, "\">\""}, Case{Sign::NonNegative, positive, "\">=\""},
          Case{Sign::Negative, -positive, "\"<\""}, Case{Sign::NonPositive, -positive, "\"<=\""}}) {
        const SignClaim claim{item.formula, item.sign, unit};
        const BoxProof proof = prove_sign(claim);
        ASSERT_TRUE(is_true(proof.outcome)) << item.relation;
        const auto certificate = cover_certificate(claim, proof);
        ASSERT_TRUE(certificate);
        EXPECT_NE(certificate->find(item.relation), std::string::npos) << *certificate;
        const SignClaim wrong{-item.formula, item.sign, unit};
        EXPECT_FALSE(is_true(prove_sign(wrong).outcome)) << item.relation;
    }
}

TEST(SignProofs, RangesOfEveryFunction)
{
    const std::map<std::string, ExtendedRange> ranges = {{"x", {Rational(1), Rational(4)}},
                                                         {"y", {Rational(-2), Rational(1)}},
                                                         {"z", {}},
                                                         {"w", {Rational(0), Rational(0)}}};
    const Expr y = Expr::symbol("y");
    const Expr z = Expr::symbol("z");
    const Expr w = Expr::symbol("w");
    const auto expect_range = [&](const Expr& formula, double lo, double hi) {
        const ExtendedRange range = range_of(formula, ranges);
        ASSERT_TRUE(range.bounded()) << formula.text();
        EXPECT_NEAR(range.lo->convert_to<double>(), lo, 1e-9) << formula.text();
        EXPECT_NEAR(range.hi->convert_to<double>(), hi, 1e-9) << formula.text();
        EXPECT_LE(range.lo->convert_to<double>(), lo + 1e-15) << formula.text();
        EXPECT_GE(range.hi->convert_to<double>(), hi - 1e-15) << formula.text();
    };
    expect_range(log(x), 0, std::log(4.0));
    expect_range(sqrt(x), 1, 2);
    expect_range(pow(x, Rational(3, 2)), 1, 8);
    expect_range(sin(z), -1, 1);
    expect_range(cos(z), -1, 1);
    // A square knows that it is one; what is squared has both signs.
    const ExtendedRange square = range_of(pow(y, 2), ranges);
    ASSERT_TRUE(square.bounded());
    EXPECT_GE(*square.lo, 0);
    EXPECT_GE(*square.hi, 4);
    for (const Expr& unknown : {log(y), sqrt(y), Expr(1L) / w, pow(z, Rational(1, 3))}) {
        const ExtendedRange range = range_of(unknown, ranges);
        EXPECT_FALSE(range.lo || range.hi) << unknown.text() << " in " << range.to_string();
    }
}

TEST(SignProofs, PositiveTermByTerm)
{
    const std::map<std::string, ExtendedRange> ranges = {{"x", {Rational(1), std::nullopt}},
                                                         {"y", {Rational(0), Rational(1)}}};
    const Expr y = Expr::symbol("y");
    for (const Expr& positive : {x, sqrt(x), pow(x, 3), x + exp(y), x * x / (x + Expr(1L)),
                                 log(x + Expr(1L)), x - Expr(Rational(1, 2))}) {
        EXPECT_TRUE(is_true(positive_term_by_term(positive, ranges))) << positive.text();
    }
    for (const Expr& open : {y, sqrt(y), x * y, log(x), Expr(0L), y - Expr(1L)}) {
        EXPECT_FALSE(is_true(positive_term_by_term(open, ranges))) << open.text();
    }
}

} // namespace
} // namespace attest::proof
