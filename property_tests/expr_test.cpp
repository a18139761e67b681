#include "attest/numbers/expr.hpp"
#include "attest/numbers/jet.hpp"
#include "attest/numbers/precision.hpp"
#include "expr_cases.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <type_traits>

namespace attest {
namespace {

using testing::any_formula;
using testing::any_symmetric_point;
using testing::any_xy;
using testing::environment;
using testing::symmetric_point;

static_assert(!std::is_constructible_v<Expr, double>);
static_assert(!std::is_convertible_v<float, Expr>);
static_assert(std::is_convertible_v<int, Expr>);

/// Braces and \left \right pairs close in order.
bool balanced(const std::string& latex)
{
    long braces = 0;
    long delimiters = 0;
    for (std::size_t i = 0; i < latex.size(); ++i) {
        braces += latex[i] == '{' ? 1 : latex[i] == '}' ? -1 : 0;
        delimiters += latex.compare(i, 6, "\\left(") == 0    ? 1
                      : latex.compare(i, 7, "\\right)") == 0 ? -1
                                                             : 0;
        if (braces < 0 || delimiters < 0) {
            return false;
        }
    }
    return braces == 0 && delimiters == 0;
}

Ball value_at(const Expr& formula, const std::map<std::string, Rational>& point)
{
    return formula.evaluate<Ball>(environment<Ball>(point));
}

RC_GTEST_PROP(ExprText, ParsesBackToTheSameValue, ())
{
    const PrecisionScope scope(512);
    const Expr formula = any_formula(*rc::gen::inRange(0, 5));
    const Expr back = parse_expr(formula.text(), {"x", "y"});
    const auto point = any_xy();
    const Ball a = value_at(formula, point);
    const Ball b = value_at(back, point);
    RC_ASSERT(a.overlaps(b));
    RC_ASSERT(!a.is_finite() || is_true(less(abs(a - b), Ball(Rational(1, 1'000'000)))));
    // A second trip changes nothing: the text is a normal form of what is read.
    RC_ASSERT(parse_expr(back.text(), {"x", "y"}).text() == back.text());
}

TEST(ExprText, EveryPrintedFormulaParsesBack)
{
    const PrecisionScope scope(256);
    const std::vector<std::string> symbols = {"gamma", "r", "n", "beta", "alpha", "t", "late"};
    const std::map<std::string, Rational> point = {{"gamma", Rational(1, 3)},
                                                   {"r", 2},
                                                   {"n", 5},
                                                   {"beta", Rational(3, 2)},
                                                   {"alpha", Rational(4, 7)},
                                                   {"t", 3},
                                                   {"late", Rational(1, 2)}};
    for (const auto& [name, formula] : testing::printed_formulas()) {
        const Ball a = value_at(formula, point);
        const Ball b = value_at(parse_expr(formula.text(), symbols), point);
        EXPECT_TRUE(a.overlaps(b) && a.certified_digits() >= 60) << name << ": " << formula.text();
    }
}

TEST(ExprText, PowersOfPowersAndSigns)
{
    const Expr x = Expr::symbol("x");
    const std::map<std::string, Rational> point = {{"x", 3}};
    for (const Expr& formula :
         {pow(pow(x, 2), 3), pow(pow(x, -1), -2), pow(-x, 2), -pow(x, 2), pow(Expr(-2), 3) * x,
          x - (x - (x - 1)), x / (x / (x / 2)), -(-(-x)), pow(x / 2, 3), pow(2 * x, 2),
          x * Expr(Rational(-1, 2)), 1 - Expr(-1)}) {
        const Rational value = formula.evaluate<Rational>(point);
        EXPECT_EQ(parse_expr(formula.text(), {"x"}).evaluate<Rational>(point), value)
            << formula.text();
    }
}

RC_GTEST_PROP(ExprLatex, IsBalancedAndNotEmpty, ())
{
    const std::string latex = any_formula(*rc::gen::inRange(0, 5)).latex();
    RC_ASSERT(!latex.empty());
    RC_ASSERT(balanced(latex));
}

TEST(ExprLatex, PrintedFormulas)
{
    for (const auto& [name, formula] : testing::printed_formulas()) {
        EXPECT_TRUE(balanced(formula.latex()) && !formula.latex().empty()) << name;
    }
    const Expr x = Expr::symbol("x");
    EXPECT_EQ((x / 2).latex(), "\\frac{x}{2}");
    EXPECT_EQ(exp(-(2 * x)).latex(), "e^{-2 \\, x}");
    EXPECT_EQ((2 * (x + 1)).latex(), "2 \\, \\left(x + 1\\right)");
    EXPECT_EQ((x - (x - 1)).latex(), "x - \\left(x - 1\\right)");
    EXPECT_EQ(pow(x + 1, Rational(1, 2)).latex(), "\\left(x + 1\\right)^{\\tfrac{1}{2}}");
    EXPECT_EQ(latex_symbol("gamma"), "\\gamma");
    EXPECT_EQ(latex_symbol("r0"), "r_0");
    EXPECT_EQ(latex_symbol("x"), "x");
    EXPECT_EQ(latex_symbol("width"), "\\mathrm{width}");
}

// A formula is written once: its record has the value of the template, in every number type.
template <class T, class Same>
void expect_one_formula(const std::map<std::string, Rational>& at, const Same& same)
{
    const auto values = environment<T>(at);
    const auto point = symmetric_point<T>(at);
    std::apply(
        [&](auto... scheme) {
            const auto check = [&](auto s) {
                using S = decltype(s);
                const auto recorded = theorems::symbolic_point();
                RC_ASSERT(
                    same(S::gamma_dot(point), S::gamma_dot(recorded).template evaluate<T>(values)));
                RC_ASSERT(same(S::symmetric_r_dot(point),
                               S::symmetric_r_dot(recorded).template evaluate<T>(values)));
            };
            (check(scheme), ...);
        },
        model::Schemes{});
}

RC_GTEST_PROP(ExprEvaluate, AgreesWithTheTemplateInDouble, ())
{
    // Constants of the template are integers here and there, so the order of operations is one.
    expect_one_formula<double>(any_symmetric_point(), [](double a, double b) {
        return std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b));
    });
}

RC_GTEST_PROP(ExprEvaluate, AgreesWithTheTemplateInReal, ())
{
    const PrecisionScope scope(400);
    expect_one_formula<Real>(any_symmetric_point(), [](const Real& a, const Real& b) {
        return agreeing_digits(a, b) >= 110;
    });
}

RC_GTEST_PROP(ExprEvaluate, AgreesWithTheTemplateInBall, ())
{
    const PrecisionScope scope(256);
    expect_one_formula<Ball>(any_symmetric_point(), [](const Ball& a, const Ball& b) {
        return a.overlaps(b) && (a.contains_zero() || a.certified_digits() >= 60)
               && (b.contains_zero() || b.certified_digits() >= 60);
    });
}

// The three of them against each other: a ball contains what the others round.
RC_GTEST_PROP(ExprEvaluate, NumberTypesAgree, ())
{
    const PrecisionScope scope(256);
    const Expr formula = any_formula(*rc::gen::inRange(0, 4));
    const auto point = any_xy();
    const Ball ball = formula.evaluate<Ball>(environment<Ball>(point));
    RC_PRE(ball.is_finite());
    const Real real = formula.evaluate<Real>(environment<Real>(point));
    const Ball close = Ball(real) - ball;
    const Ball tolerance = (abs(ball) + 1) * Ball(pow(Rational(10), -40));
    RC_ASSERT(is_true(less(abs(close), tolerance)));
    const double rough = formula.evaluate<double>(environment<double>(point));
    RC_ASSERT(std::abs(rough - ball.to_double()) <= 1e-6 * (1 + std::abs(rough)));
}

RC_GTEST_PROP(ExprSubstitute, IsEvaluationInTwoSteps, ())
{
    const PrecisionScope scope(256);
    const Expr formula = any_formula(3);
    const Expr inner = any_formula(2);
    auto point = any_xy();
    const Ball direct = value_at(formula.substitute("x", inner), point);
    auto values = environment<Ball>(point);
    values.insert_or_assign("x", inner.evaluate<Ball>(environment<Ball>(point)));
    RC_ASSERT(direct.overlaps(formula.evaluate<Ball>(values)));
    RC_ASSERT(formula.substitute("z", inner) == formula);
    const auto names = formula.substitute("x", Expr(3)).symbols();
    RC_ASSERT(std::find(names.begin(), names.end(), "x") == names.end());
}

TEST(ExprEvaluate, AMissingSymbolIsAnError)
{
    const Expr x = Expr::symbol("x");
    EXPECT_THROW((x + Expr::symbol("y")).evaluate<Ball>({{"x", Ball(1)}}), DomainError);
    EXPECT_THROW(exp(Expr(1)).evaluate<Rational>({}), DomainError);
    EXPECT_EQ((x + x).symbols(), std::vector<std::string>{"x"});
    EXPECT_TRUE(Expr(3).symbols().empty());
    EXPECT_EQ(Expr(), Expr(0));
}

// Doubling 60 times by shared operands is 60 nodes, not 2^60.
TEST(ExprEvaluate, SharedSubexpressionsAreEvaluatedOnce)
{
    Expr formula = Expr::symbol("x");
    for (int k = 0; k < 60; ++k) {
        formula = formula + formula;
    }
    EXPECT_EQ(formula.evaluate<Rational>({{"x", Rational(1)}}), pow(Rational(2), 60));
}

} // namespace
} // namespace attest
