#pragma once

#include "attest/flow/step_methods.hpp"
#include "attest/flow/validated_symmetric.hpp"
#include "attest/model/parameters.hpp"

#include <optional>
#include <string>
#include <vector>

namespace attest::flow {

/// What somebody's simulator of the symmetric dynamics wrote down. Where it has tokens, a row keeps
/// the least and the largest cosine similarity of a pair and the least and the largest magnitude.
struct RecordedRun {
    std::string name;
    std::vector<Rational> t; ///< ascending, not negative
    std::vector<Rational> gamma_low;
    std::vector<Rational> gamma_high;
    std::vector<Rational> r_low; ///< empty where magnitudes are not recorded
    std::vector<Rational> r_high;
    /// Relative rounding of the arithmetic behind it: 2^-53, or 2^-24 for single precision.
    double unit = 0x1p-53;
    double gamma_print = 0; ///< half a unit of the last decimal that was written down
    double r_print = 0;
    bool tokens = false;
};

struct ConformanceOptions {
    bool layers = false; ///< against Table 1's discrete column (h = 1) instead of the equations
    int order = 1;       ///< of the simulator's method, 1..4
    /// Step of the simulator, where the file has only some of its steps.
    std::optional<Rational> step;
    /// Allowed |gamma - exact| and |r - exact| / max(1, r), instead of an estimate from the steps.
    std::optional<Rational> tolerance;
    /// Multiple of the largest error of the methods of that order which the steps may explain.
    double safety = 2;
};

/// One of gamma and r against its enclosure, row by row.
struct Comparison {
    std::vector<double> exact;   ///< midpoint of the enclosure
    std::vector<double> error;   ///< certified lower bound of the distance from the enclosure
    std::vector<double> allowed; ///< what step, rounding and printing explain
    /// What of `allowed` is not the steps': rounding and printing; of a tolerance that was given,
    /// what the methods' own error at that row leaves of it, if that is more.
    std::vector<double> rounding;
    bool empty() const noexcept { return error.empty(); }
    std::size_t worst() const; ///< row of the largest error
};

/// A row at which the file leaves what is allowed.
struct Departure {
    std::size_t row = 0;
    std::string quantity; ///< "gamma" or "r"
    Rational t;
    std::string value; ///< decimals: recorded, enclosure, distance, allowed
    std::string exact;
    double error = 0;
    double allowed = 0;
};

/// A claim of the paper that the file speaks against.
struct Contradiction {
    std::string id;
    std::string evidence; ///< one sentence with the numbers
};

struct Conformance {
    std::string reference; ///< what it was compared with, in words
    bool certified = true; ///< the reference is an enclosure
    double step = 0;       ///< longest step that was assumed
    Comparison gamma;
    Comparison r;                ///< empty where the file has none
    std::vector<double> epsilon; ///< 1 - gamma of the reference
    std::vector<MethodRun> methods;
    /// Estimated error of the reference, where it is not certified.
    double reference_error = 0;
    std::optional<Departure> first;
    std::vector<Contradiction> contradictions;
    /// The comparison along the curve may see what no single row shows.
    bool conforms() const noexcept { return !first && contradictions.empty(); }
};

/// Compares a recorded symmetric run with proved enclosures at its own times: of the differential
/// equations (symmetric_tube), or of the discrete layers of Table 1 (symmetric_layers), whose times
/// are integers. "Leaves" means that the distance from the enclosure is larger than allowed for
/// certain; what is allowed is an estimate: options.safety times the largest error of method_runs
/// at the file's own steps in the time window [t/2, t], plus rounding. Throws InputError for fewer
/// than two rows, times that do not ascend, are negative, or, with layers, are no integers.
Conformance conformance(const model::SymmetricProblem& problem, const RecordedRun& run,
                        const ConformanceOptions& options);

/// Largest of the values at times in [t/2, t], for every t (ascending).
std::vector<double> recent_maximum(const std::vector<double>& t, const std::vector<double>& values);

/// Relative rounding that a recorded run may have gathered after that many steps.
double gathered_rounding(double unit, double steps);

/// Steps that were made up to each time, as far as the times and options.step say.
std::vector<double> steps_until(const std::vector<double>& t, const ConformanceOptions& options);

/// The longest of them.
double longest_step(const std::vector<double>& t, const ConformanceOptions& options);

/// Throws InputError, naming the file, unless there are two times or more, ascending, not negative
/// and, with layers, integers.
void validate_times(const std::string& name, const std::vector<Rational>& t, bool layers);

/// Claims that the rows of the file speak against beyond its own error; conformance calls it.
std::vector<Contradiction> contradictions(const model::SymmetricProblem& problem,
                                          const RecordedRun& run, const Conformance& result,
                                          const ConformanceOptions& options);

/// Orders p between runs of falling step h from error ~ h^p: the largest errors up to the end of
/// the shortest run. Nothing for a pair whose errors are rounding alone.
struct ObservedOrder {
    double coarse = 0; ///< steps
    double fine = 0;
    std::optional<double> order;
    double coarse_error = 0;
    double fine_error = 0;
};
struct ErrorCurve {
    double step = 0;
    double rounding = 0;
    std::vector<double> t;
    std::vector<double> error;
};
std::vector<ObservedOrder> observed_orders(std::vector<ErrorCurve> curves);

} // namespace attest::flow
