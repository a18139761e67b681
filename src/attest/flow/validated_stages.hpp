#pragma once

#include "attest/flow/validated_symmetric.hpp"

#include <vector>

namespace attest::flow::detail {

/// A stage of a symmetric run before it is integrated.
struct StagePlan {
    bool late = false; ///< after the scheme's switching time
    StageClock clock = StageClock::Shifted;
    Rational t0;
    long root = 1;
    Rational from;
    Rational to;
};

/// The stages from t = 0 to `until`: split at the scheme's switching time, at t = 1 where ln t
/// takes over, and where a root of t is needed at 0. Throws Undecidable for an alpha_t that no root
/// makes analytic at 0.
std::vector<StagePlan> plan_stages(const model::SymmetricProblem& problem, const Rational& until,
                                   bool log_time);

/// The paper's t as a formula over the independent variable x.
Expr time_formula(StageClock clock, const Rational& t0, long root);
/// Value of the independent variable at an exact time.
Ball variable_at(StageClock clock, const Rational& t0, long root, const Rational& t);

/// Name of the independent variable of every stage.
inline constexpr const char* stage_variable = "x";

} // namespace attest::flow::detail
