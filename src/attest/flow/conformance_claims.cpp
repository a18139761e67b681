#include "attest/flow/conformance_rows.hpp"
#include "attest/flow/terminal_recorded.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace attest::flow {
namespace {

constexpr double terminal_epsilon = 0.1; ///< where the terminal regime is taken to begin
constexpr std::size_t first_rows = 16;   ///< that the initial velocity is read from

std::vector<double> means(const std::vector<Rational>& low, const std::vector<Rational>& high)
{
    std::vector<double> out;
    for (std::size_t k = 0; k < low.size(); ++k) {
        out.push_back((low[k].convert_to<double>() + high[k].convert_to<double>()) / 2);
    }
    return out;
}

// --- Theorem 4.1 and the limits of Appendix A -------------------------------------------------

/// Where the two columns of Theorem 4.1 stand: a scheme outside the paper has its own claims.
std::string_view table_of(const std::string& scheme)
{
    return model::is_own(scheme) ? "x" : "thm4.1";
}

/// The column t -> 0 of Theorem 4.1. For the paper's schemes it is written as the theorem prints it
/// and not derived by initial_velocity: a file is held against the claim, and a slip in the model's
/// equations cannot change what the claim says. The tests hold both
/// against the column.
double claimed_velocity(const model::SymmetricProblem& problem)
{
    if (model::is_own(problem.scheme)) {
        return initial_velocity(problem).value.to_double();
    }
    const PrecisionScope scope(128);
    const Ball beta(problem.beta);
    const Ball others(problem.n - 1);
    const Ball plain = 2 / (exp(beta) + others);
    const Ball rooted = 2 / sqrt(exp(2 * beta) + others);
    if (problem.scheme == "pre-ln") {
        return (plain / Ball(problem.r0)).to_double();
    }
    if (problem.scheme == "peri-ln") {
        return (rooted / Ball(problem.r0)).to_double();
    }
    if (problem.scheme == "ngpt") {
        return (problem.alpha.formula.evaluate<Ball>({{"t", Ball(0)}}) * rooted).to_double();
    }
    return plain.to_double();
}

void check_initial_velocity(std::vector<Contradiction>& out, const Rows& rows,
                            const model::SymmetricProblem& problem)
{
    if (problem.gamma0 != 0 || rows.t.front() != 0) {
        return;
    }
    const double claimed = claimed_velocity(problem);
    const std::vector<double>& exact = rows.result.gamma.exact;
    for (std::size_t k = 1; k < std::min(rows.t.size(), first_rows); ++k) {
        const double secant = (rows.gamma[k] - rows.gamma[0]) / rows.t[k];
        const double true_secant = (exact[k] - exact[0]) / rows.t[k];
        const double allowed = std::abs(true_secant - claimed)
                               + (rows.gamma_error(0) + rows.gamma_error(k)) / rows.t[k];
        if (std::abs(secant - claimed) > allowed) {
            out.push_back(
                {fmt::format("{}/{}/initial-velocity", table_of(rows.scheme), rows.scheme),
                 fmt::format("from 0 to t = {:.6g} gamma rises at {:.6g}, the theorem "
                             "gives {:.6g} at t = 0; steps and curvature explain {:.2g}",
                             rows.t[k], secant, claimed, allowed)});
            return;
        }
    }
}

void check_monotone(std::vector<Contradiction>& out, const Rows& rows)
{
    const char* id = rows.scheme == "post-ln"  ? "appA/post-ln/monotone-limit"
                     : rows.scheme == "pre-ln" ? "appA/pre-ln/gamma-nonnegative"
                                               : nullptr;
    if (id == nullptr) {
        return;
    }
    std::size_t highest = 0;
    for (std::size_t k = 1; k < rows.t.size(); ++k) {
        if (rows.gamma[highest] - rows.gamma[k] > rows.gamma_error(highest) + rows.gamma_error(k)) {
            out.push_back(
                {id, fmt::format("gamma falls from {:.9g} at t = {:.6g} to {:.9g} at "
                                 "t = {:.6g}",
                                 rows.gamma[highest], rows.t[highest], rows.gamma[k], rows.t[k])});
            return;
        }
        highest = rows.gamma[k] > rows.gamma[highest] ? k : highest;
    }
}

/// ln of the factor by which 1 - gamma falls from a to b.
using LawDecay = std::function<double(double a, double b)>;

/// The same for a scheme of one's own: of the law's two kinds, e^{-rate C} and C^{1-order}.
std::optional<LawDecay> own_decay(const model::SymmetricProblem& problem)
{
    const PrecisionScope scope(128);
    try {
        const RecordedLaw law = recorded_law(problem);
        if (!law.speed.integral) {
            return std::nullopt;
        }
        const auto clock = [integral = *law.speed.integral](double t) {
            return integral.evaluate<double>({{"t", t}});
        };
        if (law.exponential) {
            return [clock, rate = law.rate.convert_to<double>()](double a, double b) {
                return rate * (clock(b) - clock(a));
            };
        }
        return [clock, order = law.order.convert_to<double>()](double a, double b) {
            return (order - 1) * std::log(clock(b) / clock(a));
        };
    } catch (const Undecidable&) {
        return std::nullopt;
    }
}

/// By the law of Theorem 4.1, as it is printed there (see claimed_velocity); nothing where the
/// integral of alpha is not known.
std::optional<LawDecay> law_decay(const model::SymmetricProblem& problem)
{
    if (model::is_own(problem.scheme)) {
        return own_decay(problem);
    }
    if (problem.scheme == "post-ln") {
        return [](double a, double b) { return 2 * (b - a); };
    }
    if (problem.scheme == "sqrt-scaling") {
        return [](double a, double b) { return 4 * (std::sqrt(b) - std::sqrt(a)); };
    }
    if (problem.scheme == "ngpt") {
        if (!problem.alpha.integral) {
            return std::nullopt;
        }
        return [integral = *problem.alpha.integral](double a, double b) {
            return 2
                   * (integral.evaluate<double>({{"t", b}})
                      - integral.evaluate<double>({{"t", a}}));
        };
    }
    return [](double a, double b) { return 2 * std::log(b / a); };
}

/// ln(a / b); what is not positive counts as next to 0.
double log_quotient(double a, double b)
{
    constexpr double infinite = std::numeric_limits<double>::infinity();
    if (b <= 0) {
        return infinite;
    }
    return a <= 0 ? -infinite : std::log(a / b);
}

void check_terminal(std::vector<Contradiction>& out, const Rows& rows,
                    const model::SymmetricProblem& problem)
{
    const std::vector<double>& epsilon = rows.result.epsilon;
    std::size_t a = 0;
    while (a < rows.t.size() && (epsilon[a] > terminal_epsilon || rows.t[a] < 1)) {
        ++a;
    }
    if (a + 1 >= rows.t.size()) {
        return;
    }
    const std::optional<LawDecay> decay_by_law = law_decay(problem);
    for (std::size_t b = a + 1; b < rows.t.size(); ++b) {
        const double rounding = (rows.gamma_rounding(a) + rows.gamma_rounding(b)) / epsilon[b];
        if (!decay_by_law || rounding > 0.25) {
            return;
        }
        const double law = (*decay_by_law)(rows.t[a], rows.t[b]);
        // Of 1 - gamma no less is known than its rounding: a method that falls faster than the
        // exact solution may have gone below that, to 0 even.
        const double least_a = rows.gamma_rounding(a);
        const double least_b = rows.gamma_rounding(b);
        const double exact = std::log(epsilon[a] / epsilon[b]);
        const double explained = rows.explained(exact, [&](const MethodRun& method) {
            return std::log(std::max(1 - method.gamma[a], least_a)
                            / std::max(1 - method.gamma[b], least_b));
        });
        const double slow = log_quotient(1 - rows.gamma[a] - least_a, 1 - rows.gamma[b] + least_b);
        const double fast = log_quotient(1 - rows.gamma[a] + least_a, 1 - rows.gamma[b] - least_b);
        const double decay = law < slow ? slow : std::min(law, fast);
        const double allowed = std::abs(exact - law) + explained;
        if (!(std::abs(decay - law) <= allowed)) {
            out.push_back(
                {fmt::format("{}/{}/terminal-velocity", table_of(rows.scheme), rows.scheme),
                 fmt::format("from t = {:.6g} to {:.6g} 1 - gamma falls by e^{:.4g}, by "
                             "the law e^{:.4g}, exactly e^{:.4g}; steps and distance "
                             "from the limit explain {:.2g}",
                             rows.t[a], rows.t[b], decay, law, exact, allowed)});
            return;
        }
    }
}

void check_magnitude(std::vector<Contradiction>& out, const Rows& rows)
{
    if (rows.r.empty()) {
        return;
    }
    const std::vector<double>& exact = rows.result.r.exact;
    if (rows.scheme == "pre-ln" || rows.scheme == "peri-ln") {
        for (std::size_t k = 1; k < rows.t.size(); ++k) {
            if (rows.r[k] - rows.r[0] > rows.t[k] - rows.t[0] + rows.r_error(0) + rows.r_error(k)) {
                out.push_back(
                    {rows.scheme == "pre-ln" ? "appA/pre-ln/clock" : "appA/peri-ln/r-dot-le-1",
                     fmt::format("r grows by {:.6g} up to t = {:.6g}: more than t",
                                 rows.r[k] - rows.r[0], rows.t[k])});
                break;
            }
        }
        for (std::size_t k = 1; k < rows.t.size(); ++k) {
            const double t = rows.t[k];
            if (rows.result.epsilon[k] > terminal_epsilon || t < 1) {
                continue;
            }
            if (std::abs(rows.r[k] / t - 1) > std::abs(exact[k] / t - 1) + rows.r_error(k) / t) {
                out.push_back(
                    {fmt::format("appA/{}/limits", rows.scheme),
                     fmt::format("r/t is {:.6g} at t = {:.6g} and {:.6g} at the end: "
                                 "further from 1 than the exact solution's {:.6g}",
                                 rows.r[k] / t, t, rows.r.back() / rows.t.back(), exact[k] / t)});
                break;
            }
        }
    }
}

/// What only the tokens themselves show.
void check_tokens(std::vector<Contradiction>& out, const Rows& rows, const RecordedRun& run)
{
    if (!run.tokens) {
        return;
    }
    for (std::size_t k = 0; k < rows.t.size(); ++k) {
        const double spread = Rational(run.gamma_high[k] - run.gamma_low[k]).convert_to<double>();
        if (spread > 2 * rows.gamma_error(k)) {
            out.push_back({"thm4.1/common-gamma",
                           fmt::format("at t = {:.6g} the cosine similarities of the pairs differ "
                                       "by {:.3g}",
                                       rows.t[k], spread)});
            break;
        }
    }
    for (std::size_t k = 0; k < rows.t.size() && model::is_spherical(rows.scheme); ++k) {
        const double off = std::max(std::abs(run.r_low[k].convert_to<double>() - 1),
                                    std::abs(run.r_high[k].convert_to<double>() - 1));
        if (off > rows.r_error(k)) {
            out.push_back(
                {"sec2.3/sphere-invariance",
                 fmt::format("at t = {:.6g} a token is {:.3g} off the sphere", rows.t[k], off)});
            break;
        }
    }
}

} // namespace

std::vector<Contradiction> contradictions(const model::SymmetricProblem& problem,
                                          const RecordedRun& run, const Conformance& result,
                                          const ConformanceOptions& options)
{
    Rows rows{problem.scheme,
              {},
              means(run.gamma_low, run.gamma_high),
              means(run.r_low, run.r_high),
              run,
              result,
              options.safety};
    for (const Rational& t : run.t) {
        rows.t.push_back(t.convert_to<double>());
    }
    std::vector<Contradiction> out;
    if (!options.layers) {
        check_monotone(out, rows);
        check_initial_velocity(out, rows, problem);
        check_equations(out, rows, problem);
        check_terminal(out, rows, problem);
        check_magnitude(out, rows);
    }
    check_tokens(out, rows, run);
    return out;
}

} // namespace attest::flow
