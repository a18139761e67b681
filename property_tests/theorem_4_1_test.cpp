#include "claim_cases.hpp"

#include "attest/flow/clock.hpp"
#include "attest/flow/terminal.hpp"
#include "attest/flow/trajectory.hpp"
#include "attest/numbers/precision.hpp"

namespace attest {
namespace {

using flow::SymmetricClock;
using ledger::Verdict;
using model::SymmetricProblem;

/// n in 2..1000, beta in [0, 12], r0 in [1/10, 10], alpha in [1/4, 4], with the hard ends often.
SymmetricProblem any_problem(const std::string& scheme)
{
    const auto between = [](const Rational& lo, const Rational& hi) {
        const long k = *rc::gen::element(0L, 97L, *rc::gen::inRange(0L, 98L));
        return Rational(lo + (hi - lo) * Rational(k, 97));
    };
    SymmetricProblem problem;
    problem.scheme = scheme;
    problem.n = *rc::gen::element(2L, 3L, 1000L, *rc::gen::inRange(2L, 1001L));
    problem.beta = between(0, 12);
    problem.r0 = between(Rational(1, 10), 10);
    problem.tau = between(Rational(1, 100), 20);
    problem.alpha = model::Alpha::constant(between(Rational(1, 4), 4));
    return problem;
}

/// The column t -> 0 as the theorem prints it.
Ball printed_initial_velocity(const SymmetricProblem& problem)
{
    const Ball e = exp(Ball(problem.beta));
    const Ball plain = 2 / (e + Ball(problem.n - 1));
    const Ball normed = 2 / sqrt(e * e + Ball(problem.n - 1));
    if (problem.scheme == "pre-ln") {
        return plain / Ball(problem.r0);
    }
    if (problem.scheme == "peri-ln") {
        return normed / Ball(problem.r0);
    }
    if (problem.scheme == "ngpt") {
        return problem.alpha.formula.evaluate<Ball>({{"t", Ball(0)}}) * normed;
    }
    return plain; // Post-LN, Mix-LN, sqrt-scaling
}

bool close(const Ball& a, const Ball& b, long digits)
{
    return a.overlaps(b) && a.certified_digits() >= digits && b.certified_digits() >= digits;
}

// Theorem 4.1, t -> 0: the printed cell, the formula of Appendix A, and the clock's velocity.
RC_GTEST_PROP(Theorem41, InitialVelocity, ())
{
    const PrecisionScope scope(192);
    const SymmetricProblem problem = any_problem(*testing::scheme_name());
    const Ball printed = printed_initial_velocity(problem);
    const Ball alpha = problem.alpha.formula.evaluate<Ball>({{"t", Ball(0)}});
    const model::SymmetricPoint<Ball> start{
        Ball(0), Ball(problem.r0), Ball(problem.n), Ball(problem.beta), alpha, Ball(0), Ball(0)};
    const Ball formula =
        model::with_scheme(problem.scheme, [&](auto s) { return decltype(s)::gamma_dot(start); });
    RC_ASSERT(close(formula, printed, 40));
    const SymmetricClock clock(problem);
    const Ball unit = clock.gamma_dot_at(clock.start_epsilon());
    RC_ASSERT(close(problem.scheme == "ngpt" ? unit * alpha : unit, printed, 20));
}

// gamma' > 0 all along: gamma increases, r never falls, and time passes.
RC_GTEST_PROP(Theorem41, GammaIsMonotone, ())
{
    const PrecisionScope scope(160);
    const SymmetricProblem problem = any_problem(*testing::scheme_name());
    const SymmetricClock clock(problem);
    Ball former_time(-1);
    Ball former_r(0);
    for (const Rational& level :
         {Rational(1), Rational(2, 3), Rational(1, 10), Rational(1, 1000), pow(Rational(10), -9)}) {
        const Ball epsilon = clock.start_epsilon() * Ball(level);
        const Ball time = clock.time_at(epsilon);
        const Ball r = clock.magnitude_at(epsilon);
        RC_ASSERT(is_true(is_positive(clock.gamma_dot_at(epsilon))));
        RC_ASSERT(is_true(less(former_time, time)));
        RC_ASSERT(!is_true(less(r, former_r)));
        former_time = time;
        former_r = r;
    }
}

// Theorem 4.1, t -> infinity: gamma'/(C law) stays within the bound on what remains, which shrinks.
RC_GTEST_PROP(Theorem41, TerminalLawWithinItsBound, ())
{
    const PrecisionScope scope(256);
    const SymmetricProblem problem = any_problem(*testing::scheme_name());
    const SymmetricClock clock(problem);
    const long k = *rc::gen::inRange(12L, 30L);
    const Ball late = clock.growth_epsilon() * Ball(pow(Rational(10), -k));
    const Ball later = late * Ball(pow(Rational(10), -8));
    const Ball bound = clock.law_deviation_bound(late);
    RC_ASSERT(bound.is_finite());
    for (const Ball& epsilon : {late, later}) {
        const Ball deviation = abs(clock.law_ratio_at(epsilon) - 1);
        RC_ASSERT(!is_true(less(bound, deviation)));
    }
    RC_ASSERT(is_true(less(clock.law_deviation_bound(later), bound)));
    RC_ASSERT(is_true(is_positive(clock.terminal_constant())));
}

// The ratio from its parts, typed here: gamma' and t of the clock, the law of the theorem, C.
RC_GTEST_PROP(Theorem41, TheLawIsThePrintedOne, ())
{
    const PrecisionScope scope(256);
    const SymmetricProblem problem = any_problem(*testing::scheme_name());
    const SymmetricClock clock(problem);
    const Ball epsilon = clock.growth_epsilon() * Ball(pow(Rational(10), -20));
    const Ball t = clock.time_at(epsilon); // nGPT: int alpha
    const Ball velocity = clock.gamma_dot_at(epsilon);
    Ball law = 1 / (t * t * t);
    if (problem.scheme == "post-ln" || problem.scheme == "ngpt") {
        law = exp(-2 * t);
    } else if (problem.scheme == "sqrt-scaling") {
        law = exp(-4 * sqrt(t)) / sqrt(t);
    }
    const Ball ratio = velocity / (clock.terminal_constant() * law);
    const Ball bound = clock.law_deviation_bound(epsilon);
    RC_ASSERT(ratio.is_finite());
    RC_ASSERT(!is_true(less(bound, abs(ratio - 1))));
    RC_ASSERT(ratio.overlaps(clock.law_ratio_at(epsilon)));
}

// Two routes without a line in common: Taylor integration, and closed forms with quadrature.
TEST(Theorem41, TaylorAndQuadratureAgree)
{
    for (const std::string_view scheme : model::scheme_names) {
        SymmetricProblem problem;
        problem.scheme = scheme;
        problem.n = 7;
        problem.beta = Rational(3, 2);
        problem.r0 = Rational(1, 10);
        problem.tau = Rational(1, 2);
        problem.alpha = model::Alpha::constant(Rational(5, 2));
        flow::TrajectoryRequest request;
        request.problem = problem;
        request.until_time = Rational(3);
        request.digits = 25;
        request.samples = 1;
        request.confirm = false;
        const auto sample = flow::trajectory(request).samples.back();
        const auto state = flow::states_at(problem, {3}, 25).front();
        EXPECT_GE(agreeing_digits(sample.gamma, state.gamma.midpoint()), 24) << scheme;
        EXPECT_GE(agreeing_digits(sample.epsilon, state.epsilon.midpoint()), 24) << scheme;
        EXPECT_GE(agreeing_digits(sample.r, state.r.midpoint()), 24) << scheme;
    }
}

// Corners of the parameter box, where formulas lose digits first.
TEST(Theorem41, HardCorners)
{
    const PrecisionScope scope(256);
    for (const std::string_view scheme : model::scheme_names) {
        for (const long n : {2L, 1000L}) {
            for (const long beta : {0L, 12L}) {
                for (const Rational& r0 : {Rational(1, 10), Rational(10)}) {
                    SymmetricProblem problem;
                    problem.scheme = scheme;
                    problem.n = n;
                    problem.beta = beta;
                    problem.r0 = r0;
                    const SymmetricClock clock(problem);
                    EXPECT_TRUE(close(clock.gamma_dot_at(clock.start_epsilon()),
                                      printed_initial_velocity(problem), 50))
                        << scheme << n << beta;
                    const Ball epsilon = clock.growth_epsilon() * Ball(pow(Rational(10), -25));
                    EXPECT_FALSE(is_true(less(clock.law_deviation_bound(epsilon),
                                              abs(clock.law_ratio_at(epsilon) - 1))))
                        << scheme << n << beta;
                    EXPECT_GE(clock.terminal_constant().certified_digits(), 25) << scheme;
                }
            }
        }
    }
}

// Post-LN at beta = 0 by hand: epsilon = n/(n - 1 + e^{2t}), so gamma' ~ 2n e^{-2t}; and Pre-LN and
// Peri-LN have one constant, Mix-LN's is that of Post-LN's switching point.
TEST(Theorem41, ConstantsKnownByHand)
{
    const PrecisionScope scope(256);
    for (const long n : {2L, 10L, 1000L}) {
        SymmetricProblem problem;
        problem.n = n;
        problem.beta = 0;
        EXPECT_TRUE(SymmetricClock(problem).terminal_constant().contains(Rational(2 * n)));
        problem.scheme = "sqrt-scaling"; // e^4 times that: int ds/sqrt(1+s) = 2 sqrt(1+t) - 2
        EXPECT_TRUE(SymmetricClock(problem).terminal_constant().overlaps(2 * n * exp(Ball(4))));
        problem.r0 = 3;
        problem.scheme = "pre-ln"; // int_0^1 0 = 0: C = 2 r_0^2
        EXPECT_TRUE(SymmetricClock(problem).terminal_constant().contains(Rational(18)));
        problem.scheme = "peri-ln";
        EXPECT_TRUE(SymmetricClock(problem).terminal_constant().contains(Rational(18)));
    }
    SymmetricProblem problem;
    problem.n = 12;
    problem.beta = 4;
    problem.scheme = "pre-ln";
    const Ball pre = SymmetricClock(problem).terminal_constant();
    problem.scheme = "peri-ln";
    EXPECT_TRUE(close(pre, SymmetricClock(problem).terminal_constant(), 30));
}

using testing::verdict_on;

// All claims of the unit that are decided in a moment: verdicts, amended statements, faults.
TEST(Theorem41, InitialVelocitiesAndConsistency)
{
    ledger::Registry registry = testing::registry_with(theorems::add_theorem_4_1);
    for (const std::string_view scheme : model::scheme_names) {
        const std::string id = "thm4.1/" + std::string(scheme) + "/initial-velocity";
        const auto result = ledger::decide(registry, id, {});
        EXPECT_EQ(result.as_stated.verdict, Verdict::Holds) << id;
        EXPECT_EQ(result.as_stated.strength, ledger::Strength::Exact) << id;
        EXPECT_EQ(result.controls.caught, result.controls.planted) << id;
        EXPECT_GE(result.controls.planted, 3) << id;
    }
    // Normalised up to tau or not: the two tables agree for r_0 = 1 only.
    const auto magnitude = ledger::decide(registry, "thm4.1/mix-ln/magnitude", {});
    EXPECT_EQ(magnitude.as_stated.verdict, Verdict::Fails);
    ASSERT_TRUE(magnitude.amended);
    EXPECT_EQ(magnitude.amended->judgement.verdict, Verdict::Holds);
    EXPECT_EQ(magnitude.controls.caught, magnitude.controls.planted);
    for (const char* id : {"thm4.1/table-vs-appendix", "thm4.1/ngpt/lower-limit",
                           "thm4.1/post-ln/terminal-velocity"}) {
        const auto result = ledger::decide(registry, id, {});
        EXPECT_EQ(result.as_stated.verdict, Verdict::Holds) << id;
        EXPECT_EQ(result.controls.caught, result.controls.planted) << id;
    }
}

// Sabotage: another formula under the same id gets the verdict that it deserves.
TEST(Theorem41, AFalseFormulaIsRefuted)
{
    const auto registry = testing::registry_with(theorems::add_theorem_4_1);
    const Expr n = Expr::symbol("n");
    const Expr beta = Expr::symbol("beta");
    const ledger::Claim& initial = *registry.find("thm4.1/post-ln/initial-velocity");
    ledger::Statement statement = initial.printed;
    EXPECT_EQ(verdict_on(initial, statement), Verdict::Holds);
    for (const Expr& wrong : {2 / (exp(beta) + n), 2 / (exp(beta) + n - 2), 1 / (exp(beta) + n - 1),
                              2 / sqrt(exp(2 * beta) + n - 1), Expr(0)}) {
        statement.formulas.insert_or_assign("rhs", wrong);
        EXPECT_EQ(verdict_on(initial, statement), Verdict::Fails) << wrong.text();
    }
    // Another way to write the same is accepted: the check reads the formula, not the claim.
    statement.formulas.insert_or_assign("rhs", 2 * exp(-beta) / (1 + (n - 1) * exp(-beta)));
    EXPECT_EQ(verdict_on(initial, statement), Verdict::Holds);

    const Expr t = Expr::symbol("t");
    const ledger::Claim& terminal = *registry.find("thm4.1/post-ln/terminal-velocity");
    ledger::Statement law = terminal.printed;
    for (const Expr& wrong : {pow(t, -3), exp(-t), exp(-(3 * t)), t * exp(-(2 * t))}) {
        law.formulas.insert_or_assign("law", wrong);
        EXPECT_EQ(verdict_on(terminal, law), Verdict::Fails) << wrong.text();
    }
    // A constant factor is part of C > 0; a negative one is not.
    law.formulas.insert_or_assign("law", 7 * exp(-(2 * t)));
    EXPECT_EQ(ledger::judge(terminal.check(law, {})).verdict, Verdict::Holds);
    law.formulas.insert_or_assign("law", -exp(-(2 * t)));
    EXPECT_EQ(verdict_on(terminal, law), Verdict::Fails);
    law.formulas.insert_or_assign("law", exp(-(2 * t)));
    law.words.insert_or_assign("scheme", "pre-ln");
    EXPECT_EQ(verdict_on(terminal, law), Verdict::Fails);
}

} // namespace
} // namespace attest
