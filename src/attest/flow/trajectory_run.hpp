#pragma once

#include "attest/flow/trajectory.hpp"

#include <vector>

namespace attest::flow::detail {

/// One run of the integration: how it is carried out, and what it gives.
struct TrajectorySetting {
    long digits = 30;
    long extra_bits = 0;
    long extra_order = 0;
    double step_scale = 1;
    /// Times of the samples before the last; taken from the former run, made up when empty.
    std::vector<Rational> times;
    bool times_given = false;
};

struct TrajectoryRun {
    std::vector<TrajectorySample> samples;
    std::vector<Rational> times;
    long order = 0;
    std::size_t steps = 0;
};

/// Exact times of all samples before the end at t_end: equally spaced or geometric, see trajectory.
std::vector<Rational> sample_times(const TrajectoryRequest& request, const Real& t_end);

/// Through the logistic clock (see SymmetricSeries).
TrajectoryRun run_logistic(const TrajectoryRequest& request, const TrajectorySetting& setting);
/// The recorded equations themselves in t, ln t or gamma (see TaylorIntegrator).
TrajectoryRun run_direct(const TrajectoryRequest& request, const TrajectorySetting& setting);

} // namespace attest::flow::detail
