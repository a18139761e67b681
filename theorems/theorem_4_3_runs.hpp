#pragma once

#include "attest/ledger/claim.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Trajectories of the particle system that start in Theorem 4.3's cone, in double precision: the
/// numeric route beside the proofs.
namespace attest::theorems {

struct ConeMoment {
    double t = 0;
    double variance = 0;       ///< Var
    double decay = 0;          ///< -Var'/Var
    double alpha = 1;          ///< alpha_t
    double alpha_integral = 0; ///< int_0^t alpha
    double least_growth = 0;   ///< min_k r_k(t) - (1 - delta) t
    double largest_s = 0;
    double least_s = 0;
};

struct ConeRun {
    std::string text; ///< n, d, beta, delta, weights, start, in words
    long n = 2;
    double beta = 1;
    double delta = 0; ///< 1 - the least product at the start, below 1/(100 n^2 beta^2)
    double rho = 1;   ///< the largest r_k(0); Mix-LN: r_k(tau)
    double tau = 1;
    std::string alpha = "1";         ///< alpha_t over t
    std::vector<ConeMoment> moments; ///< in the order of t, from t = 0
};

/// Runs of one scheme: n from 2 to 8, d from 2 to 8, beta from 1/20 to 5, Q^T K orthogonal and not
/// symmetric, delta up to 0.9, r_k(0) spread over three decades, alpha_t constant, rising and
/// falling; classical Runge-Kutta steps in ln(1 + t) (in t for the schemes that collapse
/// exponentially), until Var is near 1e-16. Not rigorous. The i-th run depends on the seed and i.
std::vector<ConeRun> cone_runs(std::string_view scheme, const ledger::Effort& effort);

} // namespace attest::theorems
