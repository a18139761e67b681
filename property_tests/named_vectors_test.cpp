#include "theorems/named_vectors.hpp"

#include "attest/numbers/eigen.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest {
namespace {

using namespace theorems;

Rational any_coordinate()
{
    return Rational(*rc::gen::inRange(-30, 31), *rc::gen::inRange(1, 9));
}

// Inner products of combinations agree with those of explicit vectors.
RC_GTEST_PROP(NamedVectors, InnerProductsOfExplicitVectors, ())
{
    const std::vector<Rational> x = {any_coordinate(), any_coordinate(), any_coordinate()};
    const std::vector<Rational> y = {any_coordinate(), any_coordinate(), any_coordinate()};
    const auto dot = [](const std::vector<Rational>& v, const std::vector<Rational>& w) {
        return Rational(v[0] * w[0] + v[1] * w[1] + v[2] * w[2]);
    };
    InnerProducts table;
    table.set("x", "x", Expr(dot(x, x)));
    table.set("y", "x", Expr(dot(x, y)));
    table.set("y", "y", Expr(dot(y, y)));
    const Rational s = any_coordinate();
    const Combination v = Expr(s) * Combination::of("x") - Combination::of("y");
    std::vector<Rational> explicit_v(3);
    for (std::size_t i = 0; i < 3; ++i) {
        explicit_v[i] = s * x[i] - y[i];
    }
    RC_ASSERT(inner(table, v, Combination::of("x")).evaluate<Rational>({}) == dot(explicit_v, x));
    RC_ASSERT(inner(table, v, v).evaluate<Rational>({}) == dot(explicit_v, explicit_v));
}

TEST(NamedVectors, ProjectionIsOrthogonalToTheUnitVector)
{
    InnerProducts table;
    table.set("theta", "theta", Expr(1));
    table.set("theta", "A", Expr(Rational(2, 3)));
    table.set("A", "A", Expr(5));
    const auto theta = Combination::of("theta");
    const auto flat = project(table, theta, Combination::of("A"));
    EXPECT_EQ(inner(table, flat, theta).evaluate<Rational>({}), 0);
    EXPECT_EQ(inner(table, flat, flat).evaluate<Rational>({}), 5 - Rational(4, 9));
    EXPECT_THROW((void)table.at("A", "B"), DomainError);
}

} // namespace
} // namespace attest
