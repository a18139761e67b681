#include "attest/flow/terminal_box.hpp"

#include "attest/flow/terminal.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

namespace attest::flow {
namespace {

std::string boxed_scheme()
{
    return *rc::gen::element(std::string("pre-ln"), std::string("peri-ln"), std::string("post-ln"),
                             std::string("sqrt-scaling"), std::string("ngpt"));
}

Ball log_constant(const std::string& scheme, long n, const Rational& beta)
{
    model::SymmetricProblem problem;
    problem.scheme = scheme;
    problem.n = n;
    problem.beta = beta;
    return log(terminal(problem, {20, false, 0}).constant);
}

// int_0^1 de/q = ln n/(n-1) and int_0^1 lift de, for points and for balls around them.
RC_GTEST_PROP(TerminalBox, KnownIntegrals, ())
{
    const PrecisionScope scope(128);
    const long n = *rc::gen::inRange(2L, 80L);
    const Rational beta(*rc::gen::inRange(0, 400), 100);
    const Expr e = Expr::symbol("e");
    const Expr density = 1 / (Expr::symbol("n") * (1 - e) + e);
    const Rational tight = pow(Rational(1, 10), 15);
    const Ball value = integrate_density(density, Ball(n), Ball(beta), {tight, 12, 4096}).value;
    const Ball exact = log(Ball(n)) / Ball(n - 1);
    RC_ASSERT(value.overlaps(exact));
    RC_ASSERT(value.certified_digits() >= 10);
    const Ball near = Ball::interval(Rational(n), n + Rational(1, 100));
    const Ball wide = integrate_density(density, near, Ball(beta), {tight, 4, 4096}).value;
    RC_ASSERT(wide.contains(exact));
    const Ball entire = integrate_density(Expr::symbol("lift"), Ball(n), Ball(beta)).value;
    RC_ASSERT(entire.overlaps(entire_ei(Ball(beta))));
}

// ln C at a point of the box by exponential integrals or another quadrature lies in the range.
RC_GTEST_PROP(TerminalBox, TheRangeContainsTheConstants, ())
{
    const PrecisionScope scope(128);
    const std::string scheme = boxed_scheme();
    const long n = *rc::gen::inRange(2L, 12L);
    const long width = *rc::gen::inRange(0L, 4L);
    const Rational beta(*rc::gen::inRange(0, 400), 100);
    const Rational more(*rc::gen::inRange(0, 100), 100);
    ConstantRangeOptions options;
    options.tolerance = Rational(1, 10);
    const ConstantRange range = constant_range(scheme, {n, n + width, beta, beta + more}, options);
    const Ball inside = log_constant(scheme, n + *rc::gen::inRange(0L, width + 1),
                                     beta + more * Rational(*rc::gen::inRange(0, 11), 10));
    RC_ASSERT(!is_true(less(inside, Ball(range.lower.lower()))));
    RC_ASSERT(!is_true(less(Ball(range.upper.upper()), inside)));
}

// Pre-LN: the ends are the values at two corners. All: a point box is tight.
TEST(TerminalBox, EndsAreAttained)
{
    const PrecisionScope scope(128);
    const ConstantRange pre = constant_range("pre-ln", {3, 10, Rational(1, 4), 1});
    EXPECT_LT(abs(pre.lower - log_constant("pre-ln", 10, Rational(1, 4))).upper(), 1e-5);
    EXPECT_LT(abs(pre.upper - log_constant("pre-ln", 3, 1)).upper(), 1e-5);
    for (const std::string scheme : {"post-ln", "ngpt", "sqrt-scaling"}) {
        const ConstantRange point = constant_range(scheme, {128, 128, 9, 9});
        EXPECT_LT((point.upper - point.lower).upper(), 1e-3) << scheme;
        EXPECT_TRUE(point.constant().contains(
            exp(log_constant(scheme, 128, 9)).midpoint().convert_to<Rational>()))
            << scheme;
    }
}

TEST(TerminalBox, BadInput)
{
    EXPECT_THROW(constant_range("mix-ln", {2, 3, 0, 1}), InputError);
    EXPECT_THROW(constant_range("pre-ln", {1, 3, 0, 1}), InputError);
    EXPECT_THROW(constant_range("pre-ln", {3, 2, 0, 1}), InputError);
    EXPECT_THROW(constant_range("pre-ln", {2, 3, -1, 1}), InputError);
    EXPECT_THROW(constant_range("pre-ln", {2, 3, 1, 0}), InputError);
    EXPECT_THROW(integrate_density(Expr(1), Ball(2), Ball(1), {Rational(1, 2), 3, 10}), InputError);
    // A pole inside: the cells run out.
    const Expr e = Expr::symbol("e");
    EXPECT_THROW(integrate_density(1 / (e - Expr(Rational(1, 3))), Ball(2), Ball(1),
                                   {Rational(1, 100), 4, 200}),
                 Undecidable);
    ConstantRangeOptions starved;
    starved.max_boxes = 3;
    EXPECT_THROW(constant_range("ngpt", {3, 100, 0, 1}, starved), Undecidable);
}

TEST(TerminalBox, CertificateSaysWhatWasIntegrated)
{
    const auto json =
        nlohmann::json::parse(integral_certificate(constant_density("pre-ln"), 3, 1, 12));
    EXPECT_EQ(json.at("kind"), "integral");
    EXPECT_EQ(json.at("cells").front(), "0");
    EXPECT_EQ(json.at("cells").back(), "1");
    EXPECT_EQ(json.at("ranges").at("n").at(0), "3");
    // ln(C/2) of n = 3, beta = 1.
    const double lo = std::stod(json.at("enclosure").at(0).get<std::string>());
    const double hi = std::stod(json.at("enclosure").at(1).get<std::string>());
    EXPECT_LT(lo, 0.759921465022);
    EXPECT_GT(hi, 0.759921465022);
    EXPECT_LT(hi - lo, 1e-11);
}

} // namespace
} // namespace attest::flow
