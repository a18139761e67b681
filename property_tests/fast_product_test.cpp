#include "attest/model/fast_product.hpp"

#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest {
namespace {

RC_GTEST_PROP(FastProduct, IsTheProduct, ())
{
    const long rows = *rc::gen::inRange(1, 60);
    const long inner = *rc::gen::inRange(1, 600);
    const long columns = *rc::gen::inRange(1, 60);
    const Matrix<double> A = Matrix<double>::Random(rows, inner);
    const Matrix<double> B = Matrix<double>::Random(inner, columns);
    Matrix<double> C;
    model::fast_product(A, B, C);
    // |error| <= 2 inner units of |A| |B| for the two sums together.
    const Matrix<double> bound = A.cwiseAbs() * B.cwiseAbs();
    RC_ASSERT((C - A * B).cwiseAbs().maxCoeff()
              <= 2 * static_cast<double>(inner + 1) * 0x1p-53 * bound.maxCoeff());
}

TEST(FastProduct, RefusesSizesThatDoNotFit)
{
    Matrix<double> C;
    EXPECT_THROW(model::fast_product(Matrix<double>(2, 3), Matrix<double>(2, 3), C), InputError);
    model::fast_product(Matrix<double>(2, 0), Matrix<double>(0, 3), C);
    EXPECT_EQ(C, (Matrix<double>::Zero(2, 3)));
}

} // namespace
} // namespace attest
