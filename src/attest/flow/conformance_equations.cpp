#include "attest/flow/conformance_rows.hpp"

#include <fmt/format.h>

namespace attest::flow {
namespace {

/// What gamma and r gain up to each row beyond the trapezoidal integral of the equations along
/// these very values: 0 up to the error of the steps for a solution of them.
struct Residuals {
    std::vector<double> gamma;
    std::vector<double> r;
};

Residuals residuals(const SymmetricField& field, const std::vector<double>& t,
                    const std::vector<double>& gamma, const std::vector<double>& r)
{
    Residuals out{{0}, {0}};
    double gamma_sum = 0;
    double r_sum = 0;
    SymmetricPair left = field(t[0], {gamma[0], r[0]});
    for (std::size_t k = 1; k < t.size(); ++k) {
        const SymmetricPair right = field(t[k], {gamma[k], r[k]});
        const double half = (t[k] - t[k - 1]) / 2;
        gamma_sum += half * (left[0] + right[0]);
        r_sum += half * (left[1] + right[1]);
        out.gamma.push_back(gamma[k] - gamma[0] - gamma_sum);
        out.r.push_back(r[k] - r[0] - r_sum);
        left = right;
    }
    return out;
}

/// Magnitudes that the equation of r gives along gamma.
std::vector<double> integrated_r(const SymmetricField& field, const std::vector<double>& t,
                                 const std::vector<double>& gamma, double start)
{
    std::vector<double> r{start};
    for (std::size_t k = 1; k < t.size(); ++k) {
        const double half = (t[k] - t[k - 1]) / 2;
        r.push_back(r.back()
                    + half
                          * (field(t[k - 1], {gamma[k - 1], r.back()})[1]
                             + field(t[k], {gamma[k], r.back()})[1]));
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
    return model::is_spherical(scheme) ? "table2/spherical/r-dot"
                                       : fmt::format("appA/{}/r-ode", scheme);
}

} // namespace

void check_equations(std::vector<Contradiction>& out, const Rows& rows,
                     const model::SymmetricProblem& problem)
{
    if (rows.result.methods.empty()) {
        return;
    }
    const SymmetricField field = symmetric_field(problem);
    // Without magnitudes in the file those of its gamma are made up, and so are the methods': a
    // file that is one of them then has that method's residuals.
    const double start = rows.result.methods.front().r.front();
    const auto residuals_of = [&](const std::vector<double>& gamma, const std::vector<double>& r) {
        return residuals(field, rows.t, gamma,
                         rows.r.empty() ? integrated_r(field, rows.t, gamma, start) : r);
    };
    const Residuals mine = residuals_of(rows.gamma, rows.r);
    std::vector<double> gamma_allowed(rows.t.size(), 0);
    std::vector<double> r_allowed(rows.t.size(), 0);
    for (const MethodRun& method : rows.result.methods) {
        const Residuals its = residuals_of(method.gamma, method.r);
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
    // Beyond the steps' own error: rounding of both ends and of the rates.
    const double sensitivity = 4 * (1 + problem.beta.convert_to<double>());
    std::vector<double> gamma_rounding;
    std::vector<double> r_rounding;
    for (std::size_t k = 0; k < rows.t.size(); ++k) {
        const double both = rows.gamma_rounding(k) + (rows.r.empty() ? 0.0 : rows.r_rounding(k));
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
