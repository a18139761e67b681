#include "theorems/terminal_proof.hpp"

#include "attest/flow/exponential_integral.hpp"
#include "attest/flow/terminal.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::theorems {
namespace {

TEST(TerminalProof, EveryStepIsProvedAndCertified)
{
    for (const std::string_view name : model::scheme_names) {
        const TerminalProof& proof = terminal_proof(std::string(name));
        EXPECT_EQ(proof.law_steps.outcome(), Truth::True) << name << ": " << proof.law_steps.text();
        EXPECT_EQ(proof.error_steps.outcome(), Truth::True)
            << name << ": " << proof.error_steps.text();
        EXPECT_GE(proof.law_steps.certificates().size(), 8U) << name;
        EXPECT_FALSE(proof.constant.empty());
        EXPECT_FALSE(proof.error.empty());
    }
    EXPECT_THROW(terminal_proof("post-norm"), InputError);
}

// The proved law and the one that the clock derives, which share no code.
TEST(TerminalProof, TheLawIsThatOfTheClock)
{
    for (const std::string_view name : model::scheme_names) {
        model::SymmetricProblem problem;
        problem.scheme = std::string(name);
        const flow::TerminalLaw law = flow::terminal(problem, {5, false, 0});
        const Expr ratio = law.law->substitute("C", Expr(1)) / terminal_proof(problem.scheme).law;
        for (const char* symbol : {"t", "alpha", "alphaint"}) {
            EXPECT_EQ(proof::identical(derivative(ratio, symbol), Expr(0)), Truth::True)
                << name << " " << symbol;
        }
    }
}

TEST(TerminalProof, BoundsOfTheConstantAreProved)
{
    EXPECT_EQ(constant_monotone().outcome(), Truth::True) << constant_monotone().text();
    EXPECT_EQ(constant_bounds().outcome(), Truth::True) << constant_bounds().text();
    EXPECT_EQ(mix_below_pre().outcome(), Truth::True) << mix_below_pre().text();
}

// What constant_bounds_text says, at random parameters: the elementary bounds of the brake
// integral.
RC_GTEST_PROP(TerminalProof, ElementaryBoundsOfTheBrakeIntegral, ())
{
    const PrecisionScope scope(256);
    const long n = *rc::gen::inRange(2L, 2000L);
    const Rational beta(*rc::gen::inRange(1, 2000), 100);
    const Ball I = flow::BrakeIntegral(n, beta)(Ball(1));
    const Ball b(beta);
    const Ball m(n - 1);
    const Ball spread = log(Ball(n)) / m;
    const Ball e = exp(b);
    RC_ASSERT(is_true(less_equal(b * spread, I)));
    RC_ASSERT(is_true(less_equal(I, (e - 1) * spread)));
    RC_ASSERT(is_true(less_equal(I, (e - 1 - b) / b + 3 * (e - 1 - b - b * b / 2) / (b * b))));
    RC_ASSERT(is_true(less_equal((e - exp(-m)) / (b + m) - spread, I)));
}

// C_mix = C_pre e^{-2 tau} (1 + (n-1) gamma(tau)) for r(tau) = r_0 = 1, from the two closed forms.
RC_GTEST_PROP(TerminalProof, MixLNsConstantComesFromPreLNs, ())
{
    const PrecisionScope scope(256);
    model::SymmetricProblem problem;
    problem.n = *rc::gen::inRange(2L, 300L);
    problem.beta = Rational(*rc::gen::inRange(0, 60), 10);
    problem.tau = Rational(*rc::gen::inRange(1, 400), 100);
    problem.scheme = "mix-ln";
    const flow::SymmetricClock mix(problem);
    problem.scheme = "pre-ln";
    const Ball pre = flow::SymmetricClock(problem).terminal_constant();
    problem.scheme = "post-ln";
    const Ball gamma = 1 - flow::SymmetricClock(problem).epsilon_at(Ball(problem.tau));
    const Ball expected = pre * exp(-2 * Ball(problem.tau)) * (1 + Ball(problem.n - 1) * gamma);
    RC_ASSERT(mix.terminal_constant().overlaps(expected));
    RC_ASSERT(expected.certified_digits() >= 20);
    RC_ASSERT(is_true(less(expected, pre)));
}

} // namespace
} // namespace attest::theorems
