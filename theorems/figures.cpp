// The curves of Figures 2 and 3, computed afresh by the symmetric ODE in ball arithmetic, and those
// of the ensembles.
#include "attest/flow/clock.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/ensembles.hpp"
#include "theorems/registry.hpp"
#include "theorems/support.hpp"

namespace attest::theorems {
namespace {

constexpr long points_per_curve = 121;
constexpr long curve_bits = 96;
constexpr long last_time_figure_2 = 40;
constexpr long last_time_figure_3 = 10;

model::SymmetricProblem figure_problem(std::string_view scheme)
{
    model::SymmetricProblem problem;
    problem.scheme = std::string(scheme);
    problem.n = 256;
    problem.beta = 5;
    problem.tau = 3;
    return problem;
}

/// The logit of gamma at the k-th point: from -7 to 21, in small steps where gamma itself moves, so
/// that the phase plot has no corners.
Rational logit_at(long k)
{
    constexpr long early = 16;
    constexpr long middle = 72;
    if (k <= early) {
        return Rational(-7) + Rational(4 * k, early);
    }
    if (k <= early + middle) {
        return Rational(-3) + Rational(6 * (k - early), middle);
    }
    return Rational(3) + Rational(18 * (k - early - middle), points_per_curve - 1 - early - middle);
}

/// Values of epsilon = 1 - gamma that show the whole curve: dense where gamma changes.
std::vector<Ball> epsilons()
{
    // From gamma = 10^-3 to 1 - 10^-9.
    std::vector<Ball> values;
    for (long k = 0; k < points_per_curve; ++k) {
        const Ball logit(logit_at(k));
        values.push_back(1 / (1 + exp(logit)));
    }
    return values;
}

ledger::Figure figure_2()
{
    ledger::Figure figure;
    figure.id = "figure_2";
    figure.caption =
        "Cosine similarity gamma(t), its speed, and the phase plot for n = 256, beta = 5, "
        "r_0 = 1, alpha_t = 1, tau = 3 (Mix-LN); from the equations of Appendix A.";
    figure.panels = {{"gamma over time", "t", "\\gamma", false, false, {}},
                     {"speed over time", "t", "\\dot\\gamma", false, true, {}},
                     {"phase plot", "\\gamma", "\\dot\\gamma", false, false, {}}};
    const std::vector<Ball> levels = epsilons();
    std::apply(
        [&](auto... scheme) {
            const auto add = [&](std::string_view name, std::string_view title) {
                const flow::SymmetricClock clock(figure_problem(name));
                ledger::Curve over_time{std::string(title), {0}, {0}};
                const double start = clock.gamma_dot_at(clock.start_epsilon()).to_double();
                ledger::Curve speed{std::string(title), {0}, {start}};
                ledger::Curve phase{std::string(title), {0}, {start}};
                const auto add_point = [&](const Ball& t, const Ball& epsilon) {
                    const double velocity = clock.gamma_dot_at(epsilon).to_double();
                    over_time.x.push_back(t.to_double());
                    over_time.y.push_back((1 - epsilon).to_double());
                    speed.x.push_back(t.to_double());
                    speed.y.push_back(velocity);
                };
                const Ball end(last_time_figure_2);
                for (const Ball& epsilon : levels) {
                    const Ball t = clock.time_at(epsilon);
                    if (is_true(less(t, end))) {
                        add_point(t, epsilon);
                    }
                    phase.x.push_back((1 - epsilon).to_double());
                    phase.y.push_back(clock.gamma_dot_at(epsilon).to_double());
                }
                add_point(end, clock.epsilon_at(end));
                figure.panels[0].curves.push_back(std::move(over_time));
                figure.panels[1].curves.push_back(std::move(speed));
                figure.panels[2].curves.push_back(std::move(phase));
            };
            (add(decltype(scheme)::name, decltype(scheme)::title), ...);
        },
        model::Schemes{});
    return figure;
}

ledger::Figure figure_3()
{
    ledger::Figure figure;
    figure.id = "figure_3";
    figure.caption =
        "nGPT from the orthogonal start for alpha_t = 1, sqrt(t), t and both readings of the "
        "sine-cosine mix; n = 256, beta = 5.";
    figure.panels = {{"nGPT", "t", "\\gamma", false, false, {}}};
    for (const model::Alpha& alpha :
         {model::Alpha::constant(1), model::Alpha::root(), model::Alpha::linear(),
          model::Alpha::sine_cosine(), model::Alpha::cosine_sine()}) {
        model::SymmetricProblem problem = figure_problem("ngpt");
        problem.alpha = alpha;
        const flow::SymmetricClock clock(problem);
        ledger::Curve curve{alpha.name, {0}, {0}};
        for (long k = 1; k < 2 * points_per_curve; ++k) {
            const Ball t = Ball(last_time_figure_3) * k / (2 * points_per_curve - 1);
            const Ball A = alpha.integral->evaluate<Ball>({{"t", t}});
            curve.x.push_back(t.to_double());
            curve.y.push_back((1 - clock.epsilon_at(A)).to_double());
        }
        figure.panels[0].curves.push_back(std::move(curve));
    }
    return figure;
}

} // namespace

std::vector<ledger::Figure> figures(const ledger::Effort& effort)
{
    const PrecisionScope precision(curve_bits);
    std::vector<ledger::Figure> all = {figure_2(), figure_3()};
    for (ledger::Figure& figure : ensemble_figures(effort)) {
        all.push_back(std::move(figure));
    }
    return all;
}

} // namespace attest::theorems
