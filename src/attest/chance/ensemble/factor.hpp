#pragma once

#include <cstddef>
#include <vector>

namespace attest::chance {

/// Cholesky factors of Gram matrices of unit rows, in double precision, vectorised for the
/// processor at hand. One object serves one thread.
class GramFactor {
public:
    /// L (n x n, row-major, lower triangular) with L L^T = X X^T for the n x width matrix X, up to
    /// rounding. A row within 2^-21 of the span of those before it, where rounding decides, is
    /// taken to lie there: a change of the size of single precision's errors. (Without that, noise
    /// over small pivots would grow from column to column.)
    void operator()(const float* X, std::size_t n, std::size_t width, float* L);

private:
    std::vector<double> columns_;
    std::vector<double> gram_;
};

} // namespace attest::chance
