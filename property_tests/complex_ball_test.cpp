#include "attest/flow/complex_ball.hpp"

#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <complex>

namespace attest::complex_ball_tests {

using flow::ComplexBall;
using Complex = std::complex<double>;

ComplexBall point(const Rational& re, const Rational& im)
{
    ComplexBall z;
    arb_set(acb_realref(z.raw()), Ball(re).raw());
    arb_set(acb_imagref(z.raw()), Ball(im).raw());
    return z;
}

bool near(const ComplexBall& z, const Complex& w)
{
    const double scale = 1e-13 * (1 + std::abs(w));
    return std::abs(z.real().to_double() - w.real()) < scale
           && std::abs(z.imag().to_double() - w.imag()) < scale;
}

RC_GTEST_PROP(ComplexBall, FunctionsHaveTheValuesOfTheStandardLibrary, ())
{
    const PrecisionScope precision(128);
    const Rational a(*rc::gen::inRange(-300, 301), 100);
    const Rational b(*rc::gen::inRange(1, 301), 100); // off the cut
    const ComplexBall z = point(a, b);
    const Complex w(a.convert_to<double>(), b.convert_to<double>());
    RC_ASSERT(near(flow::exp(z), std::exp(w)));
    RC_ASSERT(near(flow::log(z), std::log(w)));
    RC_ASSERT(near(flow::sqrt(z), std::sqrt(w)));
    RC_ASSERT(near(flow::sin(z), std::sin(w)));
    RC_ASSERT(near(flow::cos(z), std::cos(w)));
    RC_ASSERT(near(flow::expm1_over(z), (std::exp(w) - 1.0) / w));
    RC_ASSERT(near(z / (z + ComplexBall(5)), w / (w + 5.0)));
    RC_ASSERT(near(z * -z - z, -w * w - w));
    RC_ASSERT(flow::abs(z).overlaps(sqrt(Ball(Rational(a * a + b * b)))));
}

// Identities hold on boxes, where both sides are enclosures of one function.
RC_GTEST_PROP(ComplexBall, EnclosesOnBoxes, ())
{
    const PrecisionScope precision(128);
    const Rational a(*rc::gen::inRange(-300, 301), 100);
    const Rational b(*rc::gen::inRange(-300, 301), 100);
    const Rational size(1, *rc::gen::element(4, 100, 1'000'000));
    ComplexBall box = point(a, b);
    arb_add_error(acb_realref(box.raw()), Ball(size).raw());
    arb_add_error(acb_imagref(box.raw()), Ball(size).raw());
    const auto meet = [](const ComplexBall& x, const ComplexBall& y) {
        return acb_overlaps(x.raw(), y.raw()) != 0;
    };
    RC_ASSERT(
        meet(flow::sin(box) * flow::sin(box) + flow::cos(box) * flow::cos(box), ComplexBall(1)));
    RC_ASSERT(meet(flow::sqrt(box) * flow::sqrt(box), box));
    RC_ASSERT(meet(flow::exp(flow::log(box)), box));
    RC_ASSERT(meet(flow::expm1_over(box) * box, flow::exp(box) - ComplexBall(1)));
    RC_ASSERT(acb_contains(box.raw(), box.midpoint().raw()) != 0);
    // Tight: a box of size s around a point has an exponential of size about |e^z| s.
    const Ball spread = flow::abs(flow::exp(box) - flow::exp(box.midpoint()));
    RC_ASSERT(is_true(less(spread, Ball(3) * flow::abs(flow::exp(box.midpoint())) * Ball(size))));
}

TEST(ComplexBall, NothingIsKnownOnTheCut)
{
    const PrecisionScope precision(128);
    for (const ComplexBall& z : {point(-1, 0), point(0, 0)}) {
        EXPECT_FALSE(flow::sqrt(z).is_finite());
        EXPECT_FALSE(flow::log(z).is_finite());
    }
    EXPECT_TRUE(flow::sqrt(point(1, 0)).is_finite());
    EXPECT_FALSE(ComplexBall::indeterminate().is_finite());
    EXPECT_FALSE((point(1, 1) / point(0, 0)).is_finite());
    EXPECT_TRUE(flow::expm1_over(point(0, 0)).is_finite());
    EXPECT_TRUE(point(0, 0).contains_zero());
}

} // namespace attest::complex_ball_tests
