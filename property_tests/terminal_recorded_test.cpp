#include "clock_cases.hpp"

#include "attest/flow/scheme_clock.hpp"
#include "attest/flow/terminal_recorded.hpp"
#include "attest/flow/trajectory.hpp"
#include "attest/numbers/errors.hpp"

namespace attest::flow {
namespace {

using attest::testing::agree;
using attest::testing::any_problem;

constexpr long shared_digits_asked = 25;

Rational any_terminal_weight()
{
    return Rational(*rc::gen::inRange(1L, 40L), *rc::gen::element(1L, 3L, 7L, 100L));
}

model::SymmetricProblem weighted_problem(const char* scheme)
{
    model::SymmetricProblem problem = any_problem(scheme);
    problem.alpha = model::Alpha::constant(any_terminal_weight());
    return problem;
}

/// Precision that the size of e^beta takes from closed forms and quadrature alike.
long bits_of_problem(const model::SymmetricProblem& problem)
{
    return 200 + static_cast<long>(12 * problem.beta.convert_to<double>());
}

// The derivation knows no scheme; the closed forms of the paper's schemes know no derivation.
RC_GTEST_PROP(RecordedLaw, GivesTheConstantsOfThePaper, ())
{
    const model::SymmetricProblem problem =
        any_problem(*rc::gen::element<std::string>("post-ln", "pre-ln", "peri-ln", "ngpt"));
    const PrecisionScope scope(bits_of_problem(problem));
    const RecordedLaw law = recorded_law(problem);
    const bool grows = problem.scheme == "pre-ln" || problem.scheme == "peri-ln";
    RC_ASSERT(law.exponential != grows);
    RC_ASSERT((grows ? law.order == 3 : law.rate == 2));
    const Ball closed = terminal(problem, {30, false, 0}).constant;
    RC_ASSERT(agree(law.constant, closed, shared_digits_asked));
    const Ball distance = abs(law.numeric / closed - Ball(1));
    RC_ASSERT(is_true(less(distance, pow(Ball(10), -shared_digits_asked))));
}

// Rates that are no scheme's: s_j r times Pre-LN's and r' over r. There r^2 ~ 2t takes the place of
// r ~ t, so that gamma' ~ K^2/(2 t^2), a quarter of Pre-LN's constant 2 K^2.
RC_GTEST_PROP(RecordedLaw, OtherPowersOfTheMagnitudeGiveOtherOrders, ())
{
    model::SymmetricProblem problem = any_problem("pre-ln");
    problem.beta = *rc::gen::element(Rational(0), Rational(1), Rational(7, 2));
    const PrecisionScope scope(bits_of_problem(problem));
    LogisticRates rates = logistic_rates(problem, false);
    const Ball pre = recorded_law(rates, problem).constant;
    rates.clock_rate = rates.clock_rate * Expr::symbol("r");
    const RecordedLaw square = recorded_law(rates, problem);
    RC_ASSERT(square.order == 2);
    RC_ASSERT(agree(4 * square.constant, pre, shared_digits_asked));
    const Expr clock_rate = rates.clock_rate;
    rates.clock_rate = clock_rate * Expr::symbol("eps"); // 0 at the end
    RC_ASSERT_THROWS_AS(recorded_law(rates, problem), Undecidable);
    rates.clock_rate = clock_rate * (Expr::symbol("eps") * 1000 / 7 - 1); // turns on the way
    RC_ASSERT_THROWS_AS(recorded_law(rates, problem), Undecidable);
    rates.clock_rate = clock_rate / pow(Expr::symbol("r"), 5); // gamma = 1 in finite time
    RC_ASSERT_THROWS_AS(recorded_law(rates, problem), Undecidable);
}

RC_GTEST_PROP(RecordedLaw, ASlowerClockHasASmallerRate, ())
{
    model::SymmetricProblem problem = any_problem("post-ln");
    problem.beta = *rc::gen::element(Rational(0), Rational(1), Rational(7, 2));
    const PrecisionScope scope(bits_of_problem(problem));
    LogisticRates rates = logistic_rates(problem, false);
    const Rational factor = any_terminal_weight();
    const Ball post = recorded_law(rates, problem).constant;
    rates.clock_rate = Expr(factor) * rates.clock_rate;
    const RecordedLaw slow = recorded_law(rates, problem);
    RC_ASSERT(slow.rate == 2 / factor);
    RC_ASSERT(agree(slow.constant * Ball(factor), post, shared_digits_asked));
}

// DeepNorm: C_post/a and e^{-2t/a}. LayerScale: C_pre/lambda^2. Three routes each.
RC_GTEST_PROP(OwnTerminal, ConstantsAreThoseOfThePaperAtAnotherPace, ())
{
    const PrecisionScope scope(200);
    const bool deep = *rc::gen::arbitrary<bool>();
    const model::SymmetricProblem own = weighted_problem(deep ? "deepnorm" : "layerscale");
    const TerminalLaw law = terminal(own, {30, false, 0});
    RC_ASSERT(law.routes.size() == 3);
    RC_ASSERT(is_true(law.routes_agree));
    model::SymmetricProblem curve = own;
    curve.scheme = deep ? "post-ln" : "pre-ln";
    const Ball base = terminal(curve, {30, false, 0}).constant;
    const Rational weight = own.alpha.formula.evaluate<Rational>({});
    const Ball share = deep ? Ball(weight) : Ball(Rational(weight * weight));
    RC_ASSERT(agree(law.constant * share, base, 28));
    // A weight that differs by one part in 10^6 is told apart.
    const Ball off = Ball(Rational(1) + Rational(1, 1000000));
    RC_ASSERT(!(law.constant * share * off).overlaps(base));
    const double t = 3;
    const double one = law.law->evaluate<double>({{"C", 1}, {"t", t}});
    const double expected = deep ? std::exp(-2 * t / weight.convert_to<double>()) : 1 / (t * t * t);
    RC_ASSERT(std::abs(one - expected) <= 1e-12 * expected);
}

TEST(OwnTerminal, OnsetIsTheCurvesAtItsPace)
{
    model::SymmetricProblem problem;
    problem.scheme = "layerscale";
    problem.n = 16;
    problem.beta = 2;
    problem.alpha = model::Alpha::constant(Rational(1, 4));
    const TerminalLaw own = terminal(problem, {20, true, 2});
    problem.scheme = "pre-ln";
    const TerminalLaw pre = terminal(problem, {20, true, 2});
    ASSERT_TRUE(own.onset && pre.onset);
    EXPECT_TRUE(own.onset->t_star.overlaps(4 * pre.onset->t_star));
    EXPECT_EQ(own.tail.size(), pre.tail.size());
}

TEST(OwnTerminal, WeightsThatDependOnTime)
{
    model::SymmetricProblem problem;
    problem.n = 5;
    problem.scheme = "layerscale";
    problem.alpha = model::Alpha::root();
    const TerminalLaw root = terminal(problem, {20, true, 1});
    EXPECT_EQ(root.alpha_growth, AlphaGrowth::Diverges);
    // C sqrt(t)/((2/3) t^{3/2})^3
    EXPECT_NEAR(root.law->evaluate<double>({{"C", 1}, {"t", 4.0}}), 2 / std::pow(2.0 / 3.0 * 8, 3),
                1e-12);
    problem.alpha = model::Alpha::parse("1/(1+t)");
    EXPECT_EQ(terminal(problem, {20, false, 0}).alpha_growth, AlphaGrowth::Conditional);
    problem.alpha = model::Alpha::parse("-1");
    EXPECT_THROW((void)terminal(problem, {20, false, 0}), InputError);
    problem.alpha = model::Alpha::parse("0");
    EXPECT_THROW((void)terminal(problem, {20, false, 0}), InputError);
}

// The speed that is derived may be one that nobody could type.
TEST(OwnTerminal, ThePowerOfTheSpeedMayBeLarge)
{
    model::SymmetricProblem problem;
    problem.n = 5;
    problem.scheme = "layerscale";
    problem.alpha = model::Alpha::root();
    const TerminalLaw root = terminal(problem, {20, false, 0});
    problem.alpha = model::Alpha::parse("t^999*t^999");
    const TerminalLaw steep = terminal(problem, {20, false, 0});
    EXPECT_EQ(steep.alpha_growth, AlphaGrowth::Diverges);
    EXPECT_EQ(steep.routes_agree, Truth::True);
    EXPECT_TRUE(steep.constant.overlaps(root.constant)); // on the clock it is the same
    // 1/alpha_t has no value at 1/7: what is refused is the alpha_t that was typed.
    problem.alpha = model::Alpha::parse("(7*t-1)^2");
    problem.scheme = "deepnorm";
    try {
        (void)terminal(problem, {20, false, 0});
        ADD_FAILURE() << "accepted";
    } catch (const InputError& refusal) {
        EXPECT_NE(std::string(refusal.what()).find("must be positive; at t = 1/7"),
                  std::string::npos)
            << refusal.what();
    }
}

// The column t -> 0 of Theorem 4.1, as printed there, and of the two schemes outside the paper.
RC_GTEST_PROP(InitialVelocity, IsTheOneOfTheTable, ())
{
    const PrecisionScope scope(200);
    const auto name = *rc::gen::element<std::string>("post-ln", "pre-ln", "peri-ln", "ngpt",
                                                     "sqrt-scaling", "deepnorm", "layerscale");
    model::SymmetricProblem problem = weighted_problem(name.c_str());
    problem.gamma0 = 0;
    const Ball beta(problem.beta);
    const Ball others(problem.n - 1);
    const Ball r0(problem.r0);
    const Ball alpha = problem.alpha.formula.evaluate<Ball>({});
    const Ball plain = 2 / (exp(beta) + others);
    const Ball rooted = 2 / sqrt(exp(2 * beta) + others);
    const Ball expected = name == "pre-ln"       ? plain / r0
                          : name == "peri-ln"    ? rooted / r0
                          : name == "ngpt"       ? rooted * alpha
                          : name == "deepnorm"   ? plain / alpha
                          : name == "layerscale" ? plain * alpha / r0
                                                 : plain;
    RC_ASSERT(agree(initial_velocity(problem).value, expected, 40));
    const Ball of_formula = initial_velocity(problem).formula.evaluate<Ball>(
        {{"n", Ball(problem.n)}, {"beta", beta}, {"r0", r0}, {"alpha0", alpha}});
    RC_ASSERT(agree(of_formula, expected, 40));
}

TEST(InitialVelocity, ReadsAsInTheTheorem)
{
    model::SymmetricProblem problem;
    EXPECT_EQ(initial_velocity(problem).formula.text(), "(2/((n-1)+exp(beta)))");
    problem.scheme = "layerscale";
    EXPECT_EQ(initial_velocity(problem).formula.text(), "(2/((r0/alpha0)*((n-1)+exp(beta))))");
}

} // namespace
} // namespace attest::flow
