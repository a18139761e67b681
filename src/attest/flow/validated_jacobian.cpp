#include "attest/flow/validated_frame.hpp"
#include "attest/flow/validated_interval.hpp"
#include "attest/flow/validated_step.hpp"

// The Jacobian of the flow over a step, with remainder (docs/mathematics.md, section 9).

namespace attest::flow::detail {

void StepEngine::prepare_jacobian()
{
    has_jacobian_ = true;
    const std::size_t q = tangent_order_;
    ArbVector values(m_);
    for (std::size_t i = 0; i < m_; ++i) {
        arb_set(values.at(i), box_[i].raw());
    }
    low_.expand(x_.raw(), values);
    low_tangents_.expand(low_);
    wide_tangents_.expand(wide_);
    // Over the step the variational matrix V solves V' = Df V with Df inside `slope`. In the
    // scaled maximum norm |V - 1| <= e^{h |Df|} - 1; one pass of the integral equation refines it.
    const auto m = static_cast<Eigen::Index>(m_);
    Matrix<Ball> slope(m, m);
    Matrix<Ball> highest(m, m);
    std::vector<long> scale;
    for (std::size_t i = 0; i < m_; ++i) {
        scale.push_back(log2_above(hull_[i], 0));
    }
    Ball norm;
    for (Eigen::Index i = 0; i < m; ++i) {
        Ball sum;
        for (Eigen::Index j = 0; j < m; ++j) {
            const auto row = static_cast<std::size_t>(i);
            const auto column = static_cast<std::size_t>(j);
            arb_set(slope(i, j).raw(), wide_tangents_.at(row, column, 1));
            arb_set(highest(i, j).raw(), wide_tangents_.at(row, column, q));
            sum += magnitude(slope(i, j)) * power_of_two(scale[column] - scale[row]);
        }
        const Ball top = upper_end(sum);
        if (is_true(less(norm, top))) {
            norm = top;
        }
    }
    const Ball growth = upper_end(expm1(norm * hull_h_));
    Matrix<Ball> variation(m, m);
    for (Eigen::Index i = 0; i < m; ++i) {
        for (Eigen::Index j = 0; j < m; ++j) {
            const Ball bound = growth
                               * power_of_two(scale[static_cast<std::size_t>(i)]
                                              - scale[static_cast<std::size_t>(j)]);
            variation(i, j) = Ball(i == j ? 1 : 0) + Ball::hull(-bound, bound);
        }
    }
    const Matrix<Ball> turned = product(slope, variation);
    const Ball span = from_zero(hull_h_);
    for (Eigen::Index i = 0; i < m; ++i) {
        for (Eigen::Index j = 0; j < m; ++j) {
            variation(i, j) = Ball(i == j ? 1 : 0) + span * turned(i, j);
        }
    }
    jacobian_remainder_ = product(highest, variation);
}

Matrix<Ball> StepEngine::jacobian(const Ball& s)
{
    if (!has_jacobian_) {
        prepare_jacobian();
    }
    const auto m = static_cast<Eigen::Index>(m_);
    Matrix<Ball> out(m, m);
    for (Eigen::Index i = 0; i < m; ++i) {
        for (Eigen::Index j = 0; j < m; ++j) {
            Ball value = jacobian_remainder_(i, j);
            for (std::size_t k = tangent_order_; k-- > 0;) {
                arb_mul(value.raw(), value.raw(), s.raw(), low_bits);
                arb_add(
                    value.raw(), value.raw(),
                    low_tangents_.at(static_cast<std::size_t>(i), static_cast<std::size_t>(j), k),
                    low_bits);
            }
            out(i, j) = value;
        }
    }
    return out;
}

} // namespace attest::flow::detail
