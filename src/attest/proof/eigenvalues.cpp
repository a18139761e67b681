#include "attest/proof/eigenvalues.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <arb_mat.h>

#include <Eigen/Eigenvalues>

#include <algorithm>

namespace attest::proof {
namespace {

/// An Arb matrix that clears itself.
class ArbMatrix {
public:
    explicit ArbMatrix(Eigen::Index size) { arb_mat_init(value_, size, size); }
    explicit ArbMatrix(const Matrix<Ball>& m) : ArbMatrix(m.rows())
    {
        for (Eigen::Index i = 0; i < m.rows(); ++i) {
            for (Eigen::Index j = 0; j < m.cols(); ++j) {
                arb_set(arb_mat_entry(value_, i, j), m(i, j).raw());
            }
        }
    }
    ArbMatrix(const ArbMatrix&) = delete;
    ArbMatrix& operator=(const ArbMatrix&) = delete;
    ArbMatrix(ArbMatrix&&) = delete;
    ArbMatrix& operator=(ArbMatrix&&) = delete;
    ~ArbMatrix() { arb_mat_clear(value_); }

    Ball at(Eigen::Index i, Eigen::Index j) const
    {
        Ball entry;
        arb_set(entry.raw(), arb_mat_entry(value_, i, j));
        return entry;
    }
    arb_mat_struct* raw() noexcept { return value_; }

private:
    arb_mat_t value_;
};

std::vector<Ball> nothing_known(Eigen::Index size)
{
    return std::vector<Ball>(static_cast<std::size_t>(size), Ball::indeterminate());
}

} // namespace

std::vector<Ball> symmetric_eigenvalues(const Matrix<Ball>& A)
{
    const Eigen::Index size = A.rows();
    if (size == 0 || A.cols() != size) {
        throw InputError(
            fmt::format("matrix {} x {}: eigenvalues need a square one", A.rows(), A.cols()));
    }
    Matrix<double> middle(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        for (Eigen::Index j = 0; j < size; ++j) {
            if (!A(i, j).is_finite()) {
                return nothing_known(size);
            }
            middle(i, j) = (A(i, j).to_double() + A(j, i).to_double()) / 2;
        }
    }
    const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(middle);
    Matrix<Ball> V(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        for (Eigen::Index j = 0; j < size; ++j) {
            V(i, j) = Ball::exactly(solver.eigenvectors()(i, j));
        }
    }
    ArbMatrix basis(V);
    ArbMatrix image(product(A, V));
    ArbMatrix similar(size);
    if (arb_mat_solve(similar.raw(), basis.raw(), image.raw(), attest::working_bits()) == 0) {
        return nothing_known(size);
    }
    std::vector<Ball> discs;
    for (Eigen::Index i = 0; i < size; ++i) {
        Ball radius;
        for (Eigen::Index j = 0; j < size; ++j) {
            if (j != i) {
                radius += abs(similar.at(i, j));
            }
        }
        discs.push_back(Ball::hull(similar.at(i, i) - radius, similar.at(i, i) + radius));
    }
    std::sort(discs.begin(), discs.end(),
              [](const Ball& a, const Ball& b) { return a.lower() < b.lower(); });
    for (std::size_t first = 0; first < discs.size();) {
        std::size_t end = first + 1;
        Ball hull = discs[first];
        while (end < discs.size() && hull.overlaps(discs[end])) {
            hull = Ball::hull(hull, discs[end++]);
        }
        std::fill(discs.begin() + static_cast<std::ptrdiff_t>(first),
                  discs.begin() + static_cast<std::ptrdiff_t>(end), hull);
        first = end;
    }
    return discs;
}

Inertia inertia_of(const std::vector<Ball>& eigenvalues)
{
    Inertia result;
    for (const Ball& value : eigenvalues) {
        if (is_true(is_positive(value))) {
            ++result.positive;
        } else if (is_true(is_negative(value))) {
            ++result.negative;
        } else {
            ++result.open;
        }
    }
    return result;
}

} // namespace attest::proof
