#include "attest/flow/validated_symmetric.hpp"

#include "attest/flow/series_rates.hpp"
#include "attest/flow/taylor_simplify.hpp"
#include "attest/flow/validated_stages.hpp"
#include "attest/numbers/digits.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::flow {
namespace {

using Coordinate = SymmetricCoordinate;

constexpr long symmetric_guard_digits = 7;

Rational upper_rational(const Ball& x)
{
    return Rational(x.upper().convert_to<boost::multiprecision::mpq_rational>());
}
Rational lower_rational(const Ball& x)
{
    return Rational(x.lower().convert_to<boost::multiprecision::mpq_rational>());
}

bool moves(const System& system, const std::string& state)
{
    return std::find(system.states.begin(), system.states.end(), state) != system.states.end();
}

/// One run through all stages.
std::vector<SymmetricTube::Stage> run(const model::SymmetricProblem& problem,
                                      const std::vector<detail::StagePlan>& plans,
                                      Coordinate coordinate, ValidatedOptions options)
{
    const long bits =
        static_cast<long>(std::ceil(log2_10 * static_cast<double>(options.digits))) + 24 + 8
        + static_cast<long>(
            std::ceil(std::log2(1 + std::fabs(plans.back().to.convert_to<double>()))));
    options.bits = std::max(64L, std::max(bits, options.bits));
    options.as_written = true;
    const PrecisionScope scope(options.bits + 32);
    const bool fresh = has_switch(problem) && problem.mix_magnitude == model::MixMagnitude::Table1;
    InitialRange v = Rational(0);
    InitialRange r = fresh ? Rational(1) : problem.r0;
    std::vector<SymmetricTube::Stage> stages;
    for (const detail::StagePlan& plan : plans) {
        const System system =
            symmetric_system(problem, coordinate, plan.late, plan.clock, plan.t0, plan.root);
        const bool with_r = moves(system, "r");
        std::vector<InitialRange> start{v};
        options.absolute = {true};
        if (with_r) {
            start.push_back(r);
            options.absolute.push_back(false);
        }
        const Ball last = detail::variable_at(plan.clock, plan.t0, plan.root, plan.to);
        const Ball first = detail::variable_at(plan.clock, plan.t0, plan.root, plan.from);
        // A root clock starts at 0, the others where t0 = from.
        const Tube tube = ValidatedIntegrator(system, options)
                              .integrate(lower_rational(first), start, upper_rational(last));
        stages.push_back({plan.clock, plan.t0, plan.root, plan.from, plan.to, tube});
        if (&plan != &plans.back()) {
            const std::vector<Ball> here = tube.at(last);
            v = InitialRange(lower_rational(here[0]), upper_rational(here[0]));
            if (with_r) {
                r = InitialRange(lower_rational(here[1]), upper_rational(here[1]));
            }
        }
    }
    return stages;
}

long digits_of(const SymmetricState& state)
{
    const auto of = [](const Ball& x) {
        return x.is_exact() ? 1'000'000L : std::max(0L, x.certified_digits());
    };
    return std::min(of(state.epsilon), of(state.r));
}

SymmetricTube proved(const model::SymmetricProblem& problem,
                     const std::vector<detail::StagePlan>& plans, Coordinate coordinate,
                     const Rational& until, const SymmetricTubeOptions& options)
{
    long carried = options.digits + symmetric_guard_digits;
    long reached = 0;
    while (carried <= 3 * options.digits + 60) {
        ValidatedOptions how = options.step;
        how.digits = carried;
        SymmetricTube tube(problem, coordinate, run(problem, plans, coordinate, how));
        reached = digits_of(tube.at(until));
        if (reached >= options.digits) {
            return tube;
        }
        carried += options.digits - reached + 1;
    }
    throw Undecidable(fmt::format("{} digits proved at t = {}, {} were asked for", reached,
                                  to_string(until), options.digits));
}

} // namespace

Expr symmetric_epsilon(const model::SymmetricProblem& problem, SymmetricCoordinate coordinate)
{
    const Rational eps0 = 1 - problem.gamma0;
    const Expr v = Expr::symbol("v");
    if (coordinate == Coordinate::Decay) {
        return eps0 == 1 ? exp(-v) : Expr(eps0) * exp(-v);
    }
    const Rational odds = (problem.n - (problem.n - 1) * eps0) / eps0;
    return Expr(problem.n) / (Expr(problem.n - 1) + (odds == 1 ? exp(v) : Expr(odds) * exp(v)));
}

System symmetric_system(const model::SymmetricProblem& problem, SymmetricCoordinate coordinate,
                        bool late, StageClock clock, const Rational& t0, long root)
{
    const TimeRates rates = time_rates(problem, late);
    const Expr t = detail::time_formula(clock, t0, root);
    // dt/dx
    const Expr pace = clock == StageClock::Shifted ? Expr(1L)
                      : clock == StageClock::Root
                          ? root * pow(Expr::symbol(detail::stage_variable), root - 1)
                          : t;
    const Expr eps = Expr::symbol("eps");
    const Expr n(problem.n);
    const Expr epsilon = symmetric_epsilon(problem, coordinate);
    // Everything recorded is over eps, r and t; what is substituted is not simplified further.
    const auto staged = [&](const Expr& rate) {
        const Expr in_time =
            clock == StageClock::Root
                ? simplify(rate.substitute("t", t) * pace, {"eps", "r", detail::stage_variable})
                : rate.substitute("t", t);
        const Expr full = clock == StageClock::Logarithmic ? in_time * pace : in_time;
        return full.substitute("eps", epsilon);
    };
    System system;
    system.independent = detail::stage_variable;
    system.states = {"v"};
    // eps = eps0 e^{-v}: v' = -eps'/eps. Logit: (ln(q/eps))' = -eps' n/(eps q), q = n - (n-1) eps.
    const Expr per_change =
        coordinate == Coordinate::Decay ? 1 / eps : n / (eps * (n - (n - 1) * eps));
    system.rates = {staged(simplify(-rates.epsilon * per_change, {"eps", "r"}))};
    if (!(rates.r == Expr(0L))) {
        system.states.emplace_back("r");
        system.rates.push_back(staged(rates.r));
    }
    return system;
}

SymmetricTube::SymmetricTube(model::SymmetricProblem problem, SymmetricCoordinate coordinate,
                             std::vector<Stage> stages) :
    problem_(std::move(problem)),
    coordinate_(coordinate), stages_(std::move(stages))
{
    const bool fresh =
        has_switch(problem_) && problem_.mix_magnitude == model::MixMagnitude::Table1;
    const PrecisionScope scope(stages_.front().tube.bits() + 32);
    resting_r_ = time_rates(problem_, true).spherical || fresh ? Ball(1) : Ball(problem_.r0);
}

std::size_t SymmetricTube::steps() const
{
    std::size_t sum = 0;
    for (const Stage& stage : stages_) {
        sum += stage.tube.steps().size();
    }
    return sum;
}

Expr SymmetricTube::epsilon_formula() const
{
    return symmetric_epsilon(problem_, coordinate_);
}

Ball SymmetricTube::clock_value(const Stage& stage, const Rational& t, long bits) const
{
    const PrecisionScope scope(bits);
    return detail::variable_at(stage.clock, stage.t0, stage.root, t);
}

SymmetricState SymmetricTube::state_of(const std::vector<Ball>& values, const Ball& t) const
{
    SymmetricState state;
    state.t = t;
    state.epsilon = symmetric_epsilon(problem_, coordinate_).evaluate<Ball>({{"v", values[0]}});
    state.gamma = Ball(1) - state.epsilon;
    state.r = values.size() > 1 ? values[1] : resting_r_;
    return state;
}

SymmetricState SymmetricTube::at(const Rational& t) const
{
    if (t < 0 || t > until()) {
        throw InputError(
            fmt::format("t = {}: must lie in 0..{}", to_string(t), to_string(until())));
    }
    for (const Stage& stage : stages_) {
        if (t <= stage.to) {
            const PrecisionScope scope(stage.tube.bits() + 32);
            const Ball x = clock_value(stage, t, stage.tube.bits() + 32);
            return state_of(stage.tube.at(x), Ball(t));
        }
    }
    throw std::logic_error("a time lies in no stage");
}

SymmetricState SymmetricTube::over(const Rational& from, const Rational& to) const
{
    if (from < 0 || to > until() || from > to) {
        throw InputError(fmt::format("times {}..{}: must lie in 0..{}", to_string(from),
                                     to_string(to), to_string(until())));
    }
    SymmetricState out;
    bool empty = true;
    for (const Stage& stage : stages_) {
        if (stage.to < from || to < stage.from) {
            continue;
        }
        const PrecisionScope scope(stage.tube.bits() + 32);
        const long bits = stage.tube.bits() + 32;
        const Ball first = clock_value(stage, std::max(from, stage.from), bits);
        const Ball last = clock_value(stage, std::min(to, stage.to), bits);
        const SymmetricState here =
            state_of(stage.tube.over(first, last), Ball::interval(from, to));
        if (empty) {
            out = here;
            empty = false;
            continue;
        }
        out.epsilon = Ball::hull(out.epsilon, here.epsilon);
        out.gamma = Ball::hull(out.gamma, here.gamma);
        out.r = Ball::hull(out.r, here.r);
    }
    return out;
}

SymmetricTube symmetric_tube(const model::SymmetricProblem& problem, const Rational& until,
                             const SymmetricTubeOptions& options)
{
    model::validate(problem);
    if (until <= 0) {
        throw InputError(fmt::format("end t = {}: must be above 0", to_string(until)));
    }
    if (options.digits < 1 || options.digits > 3000) {
        throw InputError(fmt::format("digits = {}: must lie in 1..3000", options.digits));
    }
    const std::vector<detail::StagePlan> plans =
        detail::plan_stages(problem, until, options.log_time);
    try {
        return proved(problem, plans, Coordinate::Decay, until, options);
    } catch (const Undecidable&) {
        // Near gamma = -1/(n-1), which a negative alpha_t approaches, the other end's distance
        // needs its own accuracy.
        return proved(problem, plans, Coordinate::Logit, until, options);
    }
}

} // namespace attest::flow
