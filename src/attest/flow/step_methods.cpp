#include "attest/flow/step_methods.hpp"

#include "attest/flow/symmetric_tokens.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace attest::flow {
namespace {

using State = std::array<double, 2>;
using Token = SymmetricToken<double>;

/// Explicit Runge-Kutta coefficients; c_i is the sum of row i of a.
struct Tableau {
    const char* name;
    std::vector<std::vector<double>> a;
    std::vector<double> b;
};

const std::vector<Tableau>& tableaux(int order)
{
    static const std::vector<std::vector<Tableau>> all{
        {{"Euler", {{}}, {1}}},
        {{"midpoint", {{}, {0.5}}, {0, 1}}, {"Heun", {{}, {1}}, {0.5, 0.5}}},
        {{"Kutta", {{}, {0.5}, {-1, 2}}, {1.0 / 6, 2.0 / 3, 1.0 / 6}},
         {"Heun", {{}, {1.0 / 3}, {0, 2.0 / 3}}, {0.25, 0, 0.75}}},
        {{"Kutta", {{}, {0.5}, {0, 0.5}, {0, 0, 1}}, {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6}},
         {"3/8 rule",
          {{}, {1.0 / 3}, {-1.0 / 3, 1}, {1, -1, 1}},
          {1.0 / 8, 3.0 / 8, 3.0 / 8, 1.0 / 8}}}};
    return all[static_cast<std::size_t>(order - 1)];
}

using Velocity = std::function<State(double, const State&)>;
using StepMethod = std::function<State(double, double, const State&)>;

State runge_kutta(const Tableau& method, const Velocity& f, double t, double h, const State& y)
{
    std::array<State, highest_order> k{};
    for (std::size_t i = 0; i < method.b.size(); ++i) {
        State stage = y;
        double c = 0;
        for (std::size_t j = 0; j < i; ++j) {
            c += method.a[i][j];
            stage[0] += h * method.a[i][j] * k[j][0];
            stage[1] += h * method.a[i][j] * k[j][1];
        }
        k[i] = f(t + c * h, stage);
    }
    State next = y;
    for (std::size_t i = 0; i < method.b.size(); ++i) {
        next[0] += h * method.b[i] * k[i][0];
        next[1] += h * method.b[i] * k[i][1];
    }
    return next;
}

/// A problem in double, with the switch of Mix-LN just after (early = false) or at tau.
template <class S>
struct Doubles {
    double n;
    double beta;
    double tau;
    bool early;
    const Expr& alpha_formula;

    double late(double t) const { return t > tau || (early && t == tau) ? 1 : 0; }
    double alpha(double t) const
    {
        return model::uses_alpha<S> ? alpha_formula.evaluate<double>({{"t", t}}) : 1;
    }
    model::Regulation<double> at(double t) const { return {alpha(t), t, late(t)}; }
    State reduced(double t, const State& y) const
    {
        const model::SymmetricPoint<double> point{y[0], y[1], n, beta, alpha(t), t, late(t)};
        return {S::gamma_dot(point), S::symmetric_r_dot(point)};
    }
    State tokens(double t, const State& y) const
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
              const StepGrid& grid, int order, bool early)
{
    const Doubles<S> d{static_cast<double>(problem.n), problem.beta.convert_to<double>(),
                       problem.tau.convert_to<double>(), early, problem.alpha.formula};
    const auto on_sphere = [&](double t) {
        return S::spherical || (!S::spherical && d.late(t) == 0 && S::name == model::MixLN::name);
    };
    const auto normalised = [&](const State& y) {
        const Token x = model::unit<double>(Token{y[0], y[1], d.n});
        return State{x.u, x.v};
    };
    for (const Tableau& method : tableaux(order)) {
        const Velocity reduced = [&](double t, const State& y) { return d.reduced(t, y); };
        const Velocity tokens = [&](double t, const State& y) { return d.tokens(t, y); };
        out.push_back(run(fmt::format("{} on gamma and r", method.name), grid, d.n, false,
                          [&](double t, double h, const State& y) {
                              return runge_kutta(method, reduced, t, h, y);
                          }));
        out.push_back(run(fmt::format("{} on the tokens", method.name), grid, d.n, true,
                          [&](double t, double h, const State& y) {
                              return runge_kutta(method, tokens, t, h, y);
                          }));
        out.back().drifts = S::spherical;
        if (S::spherical || S::name == model::MixLN::name) {
            out.push_back(run(fmt::format("{} on the tokens, put back on the sphere", method.name),
                              grid, d.n, true, [&](double t, double h, const State& y) {
                                  const State next = runge_kutta(method, tokens, t, h, y);
                                  return on_sphere(t) ? normalised(next) : next;
                              }));
        }
    }
    if (order == 1) {
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

std::vector<MethodRun> method_runs(const model::SymmetricProblem& problem, const StepGrid& grid,
                                   int order)
{
    model::validate(problem);
    if (order < 1 || order > highest_order) {
        throw InputError(
            fmt::format("order {}: must be an integer in 1..{}", order, highest_order));
    }
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
        add_runs<S>(out, problem, grid, order, false);
        if (S::name == model::MixLN::name) {
            add_runs<S>(out, problem, grid, order, true);
        }
        return true;
    });
    out.erase(std::remove_if(out.begin(), out.end(),
                             [](const MethodRun& run) { return !is_finite(run); }),
              out.end());
    return out;
}

} // namespace attest::flow
