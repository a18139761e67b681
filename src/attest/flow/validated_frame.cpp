#include "attest/flow/validated_frame.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <arb_mat.h>

#include <Eigen/QR>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace attest::flow::detail {
namespace {

/// arb_mat_t, owned.
class ArbMatrix {
public:
    explicit ArbMatrix(const Matrix<Ball>& from)
    {
        arb_mat_init(value_, from.rows(), from.cols());
        for (Eigen::Index i = 0; i < from.rows(); ++i) {
            for (Eigen::Index j = 0; j < from.cols(); ++j) {
                arb_set(arb_mat_entry(value_, i, j), from(i, j).raw());
            }
        }
    }
    ~ArbMatrix() { arb_mat_clear(value_); }
    ArbMatrix(const ArbMatrix&) = delete;
    ArbMatrix& operator=(const ArbMatrix&) = delete;

    /// The inverse of every matrix inside; throws Undecidable where one may be singular.
    Matrix<Ball> inverse(Eigen::Index size)
    {
        if (arb_mat_inv(value_, value_, working_bits()) == 0) {
            throw Undecidable("the frame of a set of states is close to singular");
        }
        Matrix<Ball> out(size, size);
        for (Eigen::Index i = 0; i < size; ++i) {
            for (Eigen::Index j = 0; j < size; ++j) {
                arb_set(out(i, j).raw(), arb_mat_entry(value_, i, j));
            }
        }
        return out;
    }

private:
    arb_mat_t value_;
};

Ball scaled(const Ball& x, long exponent)
{
    Ball out;
    arb_mul_2exp_si(out.raw(), x.raw(), exponent);
    return out;
}

/// An exact ball with the value of a double, to 24 bits.
Ball short_number(double x)
{
    Ball out = Ball::exactly(x);
    arf_set_round(arb_midref(out.raw()), arb_midref(out.raw()), 24, ARF_RND_NEAR);
    return out;
}

/// Rounded orthogonal matrix whose leading columns span the longest of the map's (already scaled)
/// columns times their radii.
Matrix<Ball> orthogonal_frame(const Matrix<Ball>& map, const std::vector<Ball>& radius)
{
    const Eigen::Index m = map.rows();
    constexpr long none = -(1L << 60);
    Eigen::MatrixXd columns(m, m);
    std::vector<double> length(static_cast<std::size_t>(m));
    for (Eigen::Index j = 0; j < m; ++j) {
        long top = none;
        for (Eigen::Index i = 0; i < m; ++i) {
            top = std::max(top, log2_above(map(i, j), none));
        }
        for (Eigen::Index i = 0; i < m; ++i) {
            columns(i, j) = top == none ? 0 : scaled(map(i, j), -top).to_double();
        }
        const auto index = static_cast<std::size_t>(j);
        const long size = log2_above(radius[index], none);
        if (top == none || size == none) {
            length[index] = -HUGE_VAL;
        } else {
            const double mantissa = scaled(radius[index], -size).to_double();
            length[index] = static_cast<double>(top + size)
                            + std::log2(columns.col(j).norm() * mantissa + 1e-300);
        }
    }
    std::vector<Eigen::Index> order(static_cast<std::size_t>(m));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) {
        return length[static_cast<std::size_t>(a)] > length[static_cast<std::size_t>(b)];
    });
    Eigen::MatrixXd sorted(m, m);
    for (Eigen::Index j = 0; j < m; ++j) {
        sorted.col(j) = columns.col(order[static_cast<std::size_t>(j)]);
    }
    Eigen::MatrixXd q = Eigen::MatrixXd::Identity(m, m);
    if (sorted.allFinite()) {
        q = Eigen::HouseholderQR<Eigen::MatrixXd>(sorted).householderQ();
    }
    Matrix<Ball> out(m, m);
    for (Eigen::Index i = 0; i < m; ++i) {
        for (Eigen::Index j = 0; j < m; ++j) {
            out(i, j) = short_number(std::isfinite(q(i, j)) ? q(i, j) : (i == j ? 1.0 : 0.0));
        }
    }
    return out;
}

} // namespace

long log2_above(const Ball& x, long none)
{
    mag_t bound;
    mag_init(bound);
    arb_get_mag(bound, x.raw());
    long exponent = none;
    if (mag_is_special(bound) == 0) {
        // The bound is below 2^exponent by construction of mag_t.
        exponent = fmpz_get_si(MAG_EXPREF(bound));
    }
    mag_clear(bound);
    return exponent;
}

Ball magnitude(const Ball& x)
{
    mag_t bound;
    mag_init(bound);
    arb_get_mag(bound, x.raw());
    Ball out;
    arf_set_mag(arb_midref(out.raw()), bound);
    mag_clear(bound);
    return out;
}

Ball rounded_centre(const Ball& x, long bits)
{
    Ball out;
    arf_set_round(arb_midref(out.raw()), arb_midref(x.raw()), bits, ARF_RND_NEAR);
    return out;
}

StateSet enclose_image(std::vector<Ball> center, const Matrix<Ball>& map,
                       const std::vector<Ball>& radius, const std::vector<Ball>& error,
                       const std::vector<long>& scale, const Ball& room)
{
    const Eigen::Index m = map.rows();
    const auto at = [](const auto& v, Eigen::Index i) -> const auto&
    {
        return v[static_cast<std::size_t>(i)];
    };
    Matrix<Ball> scaled_map(m, m);
    for (Eigen::Index i = 0; i < m; ++i) {
        for (Eigen::Index j = 0; j < m; ++j) {
            scaled_map(i, j) = scaled(map(i, j), -at(scale, i));
        }
    }
    const Matrix<Ball> q = orthogonal_frame(scaled_map, radius);
    const Matrix<Ball> inverse = ArbMatrix(q).inverse(m);
    const Matrix<Ball> turned = product(inverse, scaled_map);
    StateSet out;
    out.center = std::move(center);
    out.frame = Matrix<Ball>(m, m);
    for (Eigen::Index i = 0; i < m; ++i) {
        Ball old_part;
        Ball new_part;
        for (Eigen::Index j = 0; j < m; ++j) {
            old_part += magnitude(turned(i, j)) * at(radius, j);
            new_part += magnitude(inverse(i, j)) * scaled(at(error, j), -at(scale, j));
            out.frame(i, j) = scaled(q(i, j), at(scale, i));
        }
        out.radius.push_back(magnitude(old_part * room + new_part));
    }
    return out;
}

} // namespace attest::flow::detail
