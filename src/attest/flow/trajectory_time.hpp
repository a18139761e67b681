#pragma once

#include "attest/model/alpha.hpp"
#include "attest/numbers/ball.hpp"

#include <memory>

namespace attest::flow {

/// The clock C(t) = int_0^t speed(s) ds of a scheme whose symmetric dynamics depends on time
/// through it alone: t itself, int alpha for nGPT, 2(sqrt(1+t) - 1) for sqrt-scaling.
///
/// By closed form where one is known, otherwise by Taylor integration of the speed in s = t^{1/k},
/// with the smallest k in {1, 2, 3, 4, 6, 12} that makes the speed analytic at 0 (sqrt(t): k = 2).
/// Enclosures cover rounding, and truncation only as far as options.digits promise it.
class TimeMap {
public:
    /// digits and bits as in TaylorOptions; step_scale shortens the steps.
    TimeMap(const Expr& speed, const model::Alpha& alpha, long digits, long bits,
            double step_scale);
    ~TimeMap();

    /// C(t) for t >= 0. Throws Undecidable at a singularity of the speed, naming it.
    Ball clock_at(const Ball& t);
    /// First t > 0 with C(t) = clock, for a clock value other than 0. Throws Undecidable, naming
    /// how far it looked and the clock reached there, where there is none up to t = 10^40 or within
    /// 20000 Taylor steps.
    Ball first_time(const Ball& clock);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace attest::flow
