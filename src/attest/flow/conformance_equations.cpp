#include "attest/flow/conformance_rows.hpp"
#include "attest/model/schemes.hpp"

#include <fmt/format.h>

#include <functional>

namespace attest::flow {
namespace {

struct Slopes {
    double gamma;
    double r;
};
using Field = std::function<Slopes(double t, double gamma, double r)>;

Field field_of(const model::SymmetricProblem& problem)
{
    return model::with_scheme(problem.scheme, [&](auto scheme) -> Field {
        using S = decltype(scheme);
        const auto n = static_cast<double>(problem.n);
        const auto beta = problem.beta.convert_to<double>();
        const auto tau = problem.tau.convert_to<double>();
        const bool uses_alpha = model::uses_alpha<S>;
        const Expr alpha = problem.alpha.formula;
        return [=](double t, double gamma, double r) {
            const double a = uses_alpha ? alpha.evaluate<double>({{"t", t}}) : 1;
            const model::SymmetricPoint<double> p{gamma, r, n, beta, a, t, t > tau ? 1.0 : 0.0};
            return Slopes{S::gamma_dot(p), S::symmetric_r_dot(p)};
        };
    });
}

/// What gamma and r gain up to each row beyond the trapezoidal integral of the equations along
/// these very values: 0 up to the error of the steps for a solution of them.
struct Residuals {
    std::vector<double> gamma;
    std::vector<double> r;
};

Residuals residuals(const Field& field, const std::vector<double>& t,
                    const std::vector<double>& gamma, const std::vector<double>& r)
{
    Residuals out{{0}, {0}};
    double gamma_sum = 0;
    double r_sum = 0;
    Slopes left = field(t[0], gamma[0], r[0]);
    for (std::size_t k = 1; k < t.size(); ++k) {
        const Slopes right = field(t[k], gamma[k], r[k]);
        const double half = (t[k] - t[k - 1]) / 2;
        gamma_sum += half * (left.gamma + right.gamma);
        r_sum += half * (left.r + right.r);
        out.gamma.push_back(gamma[k] - gamma[0] - gamma_sum);
        out.r.push_back(r[k] - r[0] - r_sum);
        left = right;
    }
    return out;
}

/// Magnitudes that the equation of r gives along the file's gamma.
std::vector<double> integrated_r(const Field& field, const Rows& rows)
{
    std::vector<double> r{rows.result.methods.front().r.front()};
    for (std::size_t k = 1; k < rows.t.size(); ++k) {
        const double half = (rows.t[k] - rows.t[k - 1]) / 2;
        r.push_back(r.back()
                    + half
                          * (field(rows.t[k - 1], rows.gamma[k - 1], r.back()).r
                             + field(rows.t[k], rows.gamma[k], r.back()).r));
    }
    return r;
}

std::string gamma_equation(const std::string& scheme)
{
    if (model::is_own(scheme)) {
        return fmt::format("x/{}/gamma-ode", scheme);
    }
    if (scheme == "mix-ln") {
        return "table2/mix-ln/speed-factor";
    }
    return scheme == "post-ln" ? "appA/post-ln/ode" : fmt::format("appA/{}/gamma-ode", scheme);
}

std::string r_equation(const std::string& scheme)
{
    if (model::is_own(scheme)) {
        return fmt::format("x/{}/r-ode", scheme);
    }
    if (scheme == "mix-ln") {
        return "table2/mix-ln/r-dot";
    }
    return magnitudes_move(scheme) ? fmt::format("appA/{}/r-ode", scheme)
                                   : "table2/spherical/r-dot";
}

} // namespace

bool magnitudes_move(const std::string& scheme)
{
    return model::with_scheme(scheme, []<class S>(S) { return !S::spherical; });
}

void check_equations(std::vector<Contradiction>& out, const Rows& rows,
                     const model::SymmetricProblem& problem)
{
    if (rows.result.methods.empty()) {
        return;
    }
    const Field field = field_of(problem);
    const std::vector<double> r = rows.r.empty() ? integrated_r(field, rows) : rows.r;
    const Residuals mine = residuals(field, rows.t, rows.gamma, r);
    std::vector<double> gamma_allowed(rows.t.size(), 0);
    std::vector<double> r_allowed(rows.t.size(), 0);
    for (const MethodRun& method : rows.result.methods) {
        const Residuals its = residuals(field, rows.t, method.gamma, method.r);
        double gamma = 0;
        double magnitude = 0;
        for (std::size_t k = 0; k < rows.t.size(); ++k) {
            gamma = std::max(gamma, std::abs(its.gamma[k]));
            magnitude = std::max(magnitude, std::abs(its.r[k]));
            gamma_allowed[k] = std::max(gamma_allowed[k], gamma);
            r_allowed[k] = std::max(r_allowed[k], magnitude);
        }
    }
    const auto complain = [&](const std::string& id, const char* what,
                              const std::vector<double>& residual,
                              const std::vector<double>& step_error,
                              const std::vector<double>& rounding) {
        for (std::size_t k = 0; k < rows.t.size(); ++k) {
            const double allowed = rows.safety * step_error[k] + rounding[k];
            if (!(std::abs(residual[k]) <= allowed)) {
                out.push_back({id, fmt::format("up to t = {:.6g} {} changes by {:+.3g} against the "
                                               "integral of the equation along the file's own "
                                               "values; the steps explain {:.2g}",
                                               rows.t[k], what, residual[k], allowed)});
                return;
            }
        }
    };
    // What is allowed beyond the steps' own error is rounding: of both ends and of the rates.
    const auto beyond_steps = [&](const Comparison& c, std::size_t k, bool magnitudes) {
        double steps = 0;
        for (const MethodRun& method : rows.result.methods) {
            const double value = magnitudes ? method.r[k] : method.gamma[k];
            steps = std::max(steps, std::abs(value - c.exact[k]));
        }
        return std::max(0.0, c.allowed[k] - rows.safety * steps);
    };
    const double sensitivity = 4 * (1 + problem.beta.convert_to<double>());
    std::vector<double> gamma_rounding;
    std::vector<double> r_rounding;
    for (std::size_t k = 0; k < rows.t.size(); ++k) {
        double both = beyond_steps(rows.result.gamma, k, false);
        if (!rows.r.empty()) {
            both += beyond_steps(rows.result.r, k, true);
        }
        gamma_rounding.push_back((1e-14 + both) * sensitivity * (1 + rows.t[k]));
        r_rounding.push_back(gamma_rounding.back()
                             + (rows.r.empty() ? 0.0 : 1e-14 * std::abs(rows.r[k])));
    }
    complain(gamma_equation(rows.scheme), "gamma", mine.gamma, gamma_allowed, gamma_rounding);
    if (!rows.r.empty()) {
        complain(r_equation(rows.scheme), "r", mine.r, r_allowed, r_rounding);
    }
}

} // namespace attest::flow
