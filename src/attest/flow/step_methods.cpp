#include "attest/flow/step_methods.hpp"

#include "attest/flow/symmetric_tokens.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::flow {
namespace {

using State = SymmetricPair;
using Token = SymmetricToken<double>;

/// A method's coefficients in double.
struct Tableau {
    explicit Tableau(const RungeKutta& exact) : c(doubles(exact.c)), b(doubles(exact.b))
    {
        for (const std::vector<Rational>& row : exact.a) {
            a.push_back(doubles(row));
        }
    }

    std::vector<double> c;
    std::vector<std::vector<double>> a;
    std::vector<double> b;

private:
    static std::vector<double> doubles(const std::vector<Rational>& exact)
    {
        std::vector<double> out;
        for (const Rational& x : exact) {
            out.push_back(x.convert_to<double>());
        }
        return out;
    }
};

using StepMethod = std::function<State(double, double, const State&)>;

State runge_kutta(const Tableau& method, const SymmetricField& f, double t, double h,
                  const State& y)
{
    std::array<State, highest_order> k{}; // as many stages as the order
    for (std::size_t i = 0; i < method.b.size(); ++i) {
        State stage = y;
        for (std::size_t j = 0; j < i; ++j) {
            stage[0] += h * method.a[i][j] * k[j][0];
            stage[1] += h * method.a[i][j] * k[j][1];
        }
        k[i] = f(t + method.c[i] * h, stage);
    }
    State next = y;
    for (std::size_t i = 0; i < method.b.size(); ++i) {
        next[0] += h * method.b[i] * k[i][0];
        next[1] += h * method.b[i] * k[i][1];
    }
    return next;
}

/// Mix-LN's switch in double. A step starts at tau when it does up to the rounding of the times.
struct Switch {
    double tau;
    bool early; ///< the step that starts at tau is one after it

    double late(double t) const
    {
        const double rounding = 1e-12 * std::max(1.0, tau);
        return t > tau + (early ? -rounding : rounding) ? 1 : 0;
    }
};

/// Table 1 on symmetric tokens in double.
template <class S>
struct TokenSteps {
    double n;
    double beta;
    Switch tau;
    std::function<double(double)> alpha;

    model::Regulation<double> at(double t) const { return {alpha(t), t, tau.late(t)}; }
    State velocity(double t, const State& y) const
    {
        const Token v = model::LayerRule<S>::template velocity<double>(
            layer_input(beta, Token{y[0], y[1], n}), at(t));
        return {v.u, v.v};
    }
    State layer(double t, double h, const State& y) const
    {
        const Token x = model::LayerRule<S>::template update<double>(
            layer_input(beta, Token{y[0], y[1], n}), h, at(t));
        return {x.u, x.v};
    }
};

/// The run of one step rule; `tokens`: the state is (u, v), else (gamma, r).
MethodRun run(std::string name, const StepGrid& grid, double n, bool tokens, const StepMethod& step)
{
    MethodRun out{std::move(name), false, {}, {}};
    State y{grid.gamma, grid.r};
    if (tokens) {
        const Token x = symmetric_token<double>(n, grid.gamma, grid.r);
        y = {x.u, x.v};
    }
    const auto record = [&] {
        const Token x{y[0], y[1], n};
        out.gamma.push_back(tokens ? 1 - epsilon_of(x) : y[0]);
        out.r.push_back(tokens ? magnitude_of(x) : y[1]);
    };
    record();
    for (std::size_t k = 1; k < grid.times.size(); ++k) {
        const double from = grid.times[k - 1];
        const double length = grid.times[k] - from;
        // A step that fits up to rounding of the times is one step.
        const double steps =
            grid.step > 0 ? std::max(1.0, std::ceil(length / grid.step - 1e-6)) : 1.0;
        for (double i = 0; i < steps; ++i) {
            y = step(from + length * (i / steps), length / steps, y);
        }
        record();
    }
    return out;
}

template <class S>
void add_runs(std::vector<MethodRun>& out, const model::SymmetricProblem& problem,
              const StepGrid& grid, const std::vector<RungeKutta>& methods, bool early)
{
    const TokenSteps<S> d{static_cast<double>(problem.n), problem.beta.convert_to<double>(),
                          Switch{problem.tau.convert_to<double>(), early},
                          alpha_in_double(problem)};
    const SymmetricField reduced = symmetric_field(problem, early);
    const SymmetricField tokens = [&](double t, const State& y) { return d.velocity(t, y); };
    const auto on_sphere = [&](double t) {
        return S::spherical || (S::name == model::MixLN::name && d.tau.late(t) == 0);
    };
    const auto normalised = [&](const State& y) {
        const Token x = model::unit<double>(Token{y[0], y[1], d.n});
        return State{x.u, x.v};
    };
    for (const RungeKutta& exact : methods) {
        const Tableau method(exact);
        out.push_back(run(fmt::format("{} on gamma and r", exact.name), grid, d.n, false,
                          [&](double t, double h, const State& y) {
                              return runge_kutta(method, reduced, t, h, y);
                          }));
        out.push_back(run(fmt::format("{} on the tokens", exact.name), grid, d.n, true,
                          [&](double t, double h, const State& y) {
                              return runge_kutta(method, tokens, t, h, y);
                          }));
        out.back().drifts = S::spherical;
        if (S::spherical || S::name == model::MixLN::name) {
            out.push_back(run(fmt::format("{} on the tokens, put back on the sphere", exact.name),
                              grid, d.n, true, [&](double t, double h, const State& y) {
                                  const State next = runge_kutta(method, tokens, t, h, y);
                                  return on_sphere(t) ? normalised(next) : next;
                              }));
        }
    }
    if (methods.front().order == 1) {
        out.push_back(run("layers of Table 1", grid, d.n, true,
                          [&](double t, double h, const State& y) { return d.layer(t, h, y); }));
    }
}

bool is_finite(const MethodRun& run)
{
    const auto finite = [](double x) { return std::isfinite(x); };
    return std::all_of(run.gamma.begin(), run.gamma.end(), finite)
           && std::all_of(run.r.begin(), run.r.end(), finite);
}

} // namespace

std::function<double(double)> alpha_in_double(const model::SymmetricProblem& problem)
{
    if (!model::has_alpha(problem.scheme)) {
        return [](double) { return 1.0; };
    }
    const Expr& formula = problem.alpha.formula;
    if (formula.symbols().empty()) {
        const auto value = formula.evaluate<double>({});
        return [value](double) { return value; };
    }
    return [formula](double t) { return formula.evaluate<double>({{"t", t}}); };
}

SymmetricField symmetric_field(const model::SymmetricProblem& problem, bool early)
{
    return model::with_scheme(problem.scheme, [&]<class S>(S) -> SymmetricField {
        return [n = static_cast<double>(problem.n), beta = problem.beta.convert_to<double>(),
                tau = Switch{problem.tau.convert_to<double>(), early},
                alpha = alpha_in_double(problem)](double t, const SymmetricPair& y) {
            const model::SymmetricPoint<double> p{y[0], y[1], n, beta, alpha(t), t, tau.late(t)};
            return SymmetricPair{S::gamma_dot(p), S::symmetric_r_dot(p)};
        };
    });
}

std::vector<MethodRun> method_runs(const model::SymmetricProblem& problem, const StepGrid& grid,
                                   int order)
{
    model::validate(problem);
    const std::vector<RungeKutta>& methods = methods_of_order(order);
    if (std::adjacent_find(grid.times.begin(), grid.times.end(), std::greater_equal<>())
        != grid.times.end()) {
        throw InputError("times: must ascend");
    }
    if (grid.times.empty()) {
        return {};
    }
    const double steps =
        static_cast<double>(grid.times.size())
        + (grid.step > 0 ? (grid.times.back() - grid.times.front()) / grid.step : 0);
    if (!(steps <= most_steps)) {
        throw InputError(fmt::format("{:.3g} steps of length {:.3g}: must be at most {:.0f}", steps,
                                     grid.step, most_steps));
    }
    std::vector<MethodRun> out;
    model::with_scheme(problem.scheme, [&](auto scheme) {
        using S = decltype(scheme);
        add_runs<S>(out, problem, grid, methods, false);
        if (S::name == model::MixLN::name) {
            add_runs<S>(out, problem, grid, methods, true);
        }
        return true;
    });
    out.erase(std::remove_if(out.begin(), out.end(),
                             [](const MethodRun& run) { return !is_finite(run); }),
              out.end());
    return out;
}

} // namespace attest::flow
