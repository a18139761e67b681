#pragma once

#include "attest/numbers/eigen.hpp"

#include <cstddef>
#include <vector>

namespace attest::proof {

/// Enclosures of the eigenvalues of every symmetric matrix that A contains, in ascending order of
/// midpoints. An approximate eigenbasis V in double precision turns A into V^{-1} A V, enclosed in
/// balls; Gershgorin's discs of that matrix hold the eigenvalues, k of them in every union of k
/// discs that is disjoint from the others, so that overlapping balls are replaced by their hull.
/// Balls are indeterminate where V could not be inverted or A is not finite. Throws InputError
/// unless A is square and not empty. (Golub and Van Loan, Matrix Computations, 7.2.1.)
std::vector<Ball> symmetric_eigenvalues(const Matrix<Ball>& A);

/// How many eigenvalues are certainly positive, certainly negative, and neither.
struct Inertia {
    std::size_t positive = 0;
    std::size_t negative = 0;
    std::size_t open = 0;
};
Inertia inertia_of(const std::vector<Ball>& eigenvalues);

} // namespace attest::proof
