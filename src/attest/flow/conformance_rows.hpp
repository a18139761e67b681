#pragma once

#include "attest/flow/conformance.hpp"

#include <algorithm>
#include <cmath>

namespace attest::flow {

/// The rows of a file in double, one value of gamma and r each, with what they allow.
struct Rows {
    std::string scheme;
    std::vector<double> t;
    std::vector<double> gamma;
    std::vector<double> r; ///< of the file; empty where it has none
    const RecordedRun& run;
    const Conformance& result;
    double safety;

    double gamma_error(std::size_t k) const { return result.gamma.allowed[k]; }
    double r_error(std::size_t k) const { return result.r.allowed[k]; }

    /// Rounding and printing of gamma at row k.
    double gamma_rounding(std::size_t k) const { return result.gamma.rounding[k]; }
    double r_rounding(std::size_t k) const { return result.r.rounding[k]; }
    /// safety times how far a number made from a run is from `exact` for the methods of
    /// comparison: what the steps explain of it.
    template <class F>
    double explained(double exact, const F& number) const
    {
        double largest = 0;
        for (const MethodRun& method : result.methods) {
            const double off = std::abs(number(method) - exact);
            largest = std::isfinite(off) ? std::max(largest, off) : largest;
        }
        return safety * largest;
    }
};

/// Claims that state the equations of gamma and r, judged on the file's own values: what gamma and
/// r gain against the integral of the equation along them, beyond what the steps explain.
void check_equations(std::vector<Contradiction>& out, const Rows& rows,
                     const model::SymmetricProblem& problem);

} // namespace attest::flow
