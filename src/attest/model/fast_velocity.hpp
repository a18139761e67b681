#pragma once

#include "attest/model/particles.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace attest::model {

/// The normalized attention dynamics (NA) of one problem in double, prepared for many evaluations:
/// the same function as particle_velocity<double>, at the speed of matrix products, on several
/// threads. Nothing is allocated after construction.
///
/// - Q = K = V = I and beta >= 0: scores are symmetric, so each is computed once, with its weight
///   e^{beta (s - 1)} (no overflow since |theta_j| = 1): n^2 d/2 + n^2 d multiply-adds, n^2/2
///   exponentials.
/// - otherwise Q^T K is merged once (or kept as two factors where they have fewer rows), and each
///   column of scores is shifted by its largest.
///
/// Rounding: each coordinate of A_j has an absolute error of order (n + beta d) 2^-53 times the
/// largest |V theta_k|, as in particle_velocity; it is not bounded rigorously. The result is
/// bit-identical for every number of threads (on one instruction set).
class FastVelocity {
public:
    /// Throws InputError for an unknown scheme, n or d < 1, matrices that do not fit, or a number
    /// of threads outside 1..1024.
    FastVelocity(std::string_view scheme, const Attention<double>& attention, long d, long n,
                 int threads = 1);
    ~FastVelocity();
    FastVelocity(FastVelocity&&) noexcept;
    FastVelocity& operator=(FastVelocity&&) = delete;

    /// theta_j' and r_j' at a state with unit directions, into a state of the same size (resized
    /// where it is not). Division by zero as in particle_velocity: not finite where A_j = 0 and the
    /// scheme divides by |A_j|. Throws InputError for a state of another size.
    void evaluate(const Particles<double>& state, const Regulation<double>& at,
                  Particles<double>& velocity);

    /// Of the state evaluated last: min over j, k of <theta_j, theta_k> (for free where the scores
    /// are these products, n^2 d/2 multiply-adds elsewhere).
    double least_product();
    /// Of the state evaluated last: what the schemes are told of each token, and s_j.
    const std::vector<TokenView<double>>& tokens() const;
    const std::vector<double>& speed_factors() const;
    /// The softmax denominators of the state evaluated last over e^{beta}: sum_k e^{beta (s_jk -
    /// 1)}. Q = K = V = I only; empty otherwise.
    const std::vector<double>& denominators() const;

private:
    struct Work;
    std::unique_ptr<Work> work_;
};

} // namespace attest::model
