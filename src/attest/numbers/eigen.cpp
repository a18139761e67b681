#include "attest/numbers/eigen.hpp"

#include "attest/numbers/precision.hpp"

namespace attest {

Matrix<Ball> product(const Matrix<Ball>& a, const Matrix<Ball>& b)
{
    // Arb walks the entries with a stride, so that a ball must be one arb_struct and no more.
    static_assert(sizeof(Ball) == sizeof(arb_struct));
    Matrix<Ball> out(a.rows(), b.cols());
    for (Eigen::Index j = 0; j < a.rows() && a.cols() > 0; ++j) {
        for (Eigen::Index k = 0; k < b.cols(); ++k) {
            arb_dot(out(j, k).raw(), nullptr, 0, a(j, 0).raw(), static_cast<slong>(a.rows()),
                    b(0, k).raw(), 1, static_cast<slong>(a.cols()), working_bits());
        }
    }
    return out;
}

} // namespace attest
