#pragma once

#include "attest/numbers/eigen.hpp"

namespace attest::model {

/// C = A B by the kernels of FastVelocity, on one thread; C is resized where it has to be and must
/// be neither A nor B. Each entry is a sum in ascending order of the inner index, fused where the
/// instruction set can. Throws InputError where sizes do not fit.
void fast_product(const Matrix<double>& A, const Matrix<double>& B, Matrix<double>& C);

} // namespace attest::model
