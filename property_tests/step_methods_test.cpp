// Runge-Kutta methods by their order conditions, in rationals; the field that they are applied to.

#include "attest/flow/step_methods.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>

namespace attest::flow {
namespace {

using RationalStages = std::vector<Rational>;

/// sum_i b_i x_i.
Rational weighted(const RungeKutta& method, const RationalStages& x)
{
    return std::inner_product(x.begin(), x.end(), method.b.begin(), Rational(0));
}

/// (sum_j a_ij x_j)_i.
RationalStages inner_stages(const RungeKutta& method, const RationalStages& x)
{
    RationalStages out;
    for (const RationalStages& row : method.a) {
        out.push_back(std::inner_product(row.begin(), row.end(), x.begin(), Rational(0)));
    }
    return out;
}

RationalStages times(const RationalStages& x, const RationalStages& y)
{
    RationalStages out;
    std::transform(x.begin(), x.end(), y.begin(), std::back_inserter(out), std::multiplies<>());
    return out;
}

/// Largest p up to 4 for which Butcher's conditions of the orders up to p hold.
int order_by_conditions(const RungeKutta& m)
{
    const RationalStages one(m.b.size(), Rational(1));
    const RationalStages c = inner_stages(m, one);
    EXPECT_EQ(c, m.c) << m.name;
    const RationalStages c2 = times(c, c);
    const RationalStages ac = inner_stages(m, c);
    if (weighted(m, one) != 1) {
        return 0;
    }
    if (weighted(m, c) != Rational(1, 2)) {
        return 1;
    }
    if (weighted(m, c2) != Rational(1, 3) || weighted(m, ac) != Rational(1, 6)) {
        return 2;
    }
    const bool fourth = weighted(m, times(c2, c)) == Rational(1, 4)
                        && weighted(m, times(c, ac)) == Rational(1, 8)
                        && weighted(m, inner_stages(m, c2)) == Rational(1, 12)
                        && weighted(m, inner_stages(m, ac)) == Rational(1, 24);
    return fourth ? 4 : 3;
}

TEST(MethodsOfOrder, HaveExactlyThatOrder)
{
    for (int order = 1; order <= highest_order; ++order) {
        const std::vector<RungeKutta>& methods = methods_of_order(order);
        ASSERT_FALSE(methods.empty());
        for (const RungeKutta& method : methods) {
            EXPECT_EQ(method.order, order) << method.name;
            EXPECT_EQ(method.b.size(), static_cast<std::size_t>(order)) << method.name;
            EXPECT_EQ(order_by_conditions(method), order) << method.name;
        }
    }
    EXPECT_EQ(order_by_conditions(RungeKutta::classical()), 4);
    EXPECT_EQ(order_by_conditions(RungeKutta::dormand_prince()), 4); // 5, of which 4 are tested
    for (const int none : {-1, 0, 5, 1000}) {
        EXPECT_THROW((void)methods_of_order(none), InputError) << none;
    }
}

RC_GTEST_PROP(SymmetricField, IsTheSchemesEquations, ())
{
    model::SymmetricProblem p;
    p.scheme = std::string(
        model::all_scheme_names[*rc::gen::inRange<std::size_t>(0, model::all_scheme_names.size())]);
    p.n = *rc::gen::inRange(2L, 50L);
    p.beta = Rational(*rc::gen::inRange(0L, 30L), 7);
    p.tau = 1;
    p.alpha = model::Alpha::parse(
        *rc::gen::element<std::string>("1/3", "exp(1)", "1/(1+t)", "root", "2+sin(t)"));
    const bool early = *rc::gen::arbitrary<bool>();
    const double t = *rc::gen::element(0.25, 1.0, 3.5);
    const double gamma = *rc::gen::inRange(0, 100) / 100.0;
    const double r = *rc::gen::inRange(1, 40) / 8.0;
    const double alpha =
        model::has_alpha(p.scheme) ? p.alpha.formula.evaluate<double>({{"t", t}}) : 1;
    const double late = t > 1 || (early && t == 1) ? 1 : 0;
    const model::SymmetricPoint<double> point{
        gamma, r, static_cast<double>(p.n), p.beta.convert_to<double>(), alpha, t, late};
    const auto expected = model::with_scheme(p.scheme, [&]<class S>(S) {
        return SymmetricPair{S::gamma_dot(point), S::symmetric_r_dot(point)};
    });
    RC_ASSERT(symmetric_field(p, early)(t, {gamma, r}) == expected);
    RC_ASSERT(alpha_in_double(p)(t) == alpha);
}

// A scheme has magnitudes if and only if its equations move them.
TEST(SymmetricField, SphericalSchemesHaveNoMagnitudes)
{
    for (const std::string_view scheme : model::all_scheme_names) {
        model::SymmetricProblem p;
        p.scheme = std::string(scheme);
        p.n = 5;
        const double after_any_switch = 3;
        EXPECT_EQ(model::is_spherical(scheme),
                  symmetric_field(p)(after_any_switch, {0.5, 2})[1] == 0)
            << scheme;
    }
    EXPECT_THROW((void)model::is_spherical("layer-norm"), InputError);
}

} // namespace
} // namespace attest::flow
