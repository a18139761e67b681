#include "theorems/convergence.hpp"
#include "theorems/limit_plots.hpp"
#include "theorems/terminal_steps.hpp"

#include "attest/flow/clock.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace attest::theorems {
namespace {

Ball tenth_to(long k)
{
    return Ball(pow(Rational(1, 10), k));
}

Evidence numeric_route(const std::string& detail, Truth outcome, Scope scope)
{
    // The values are enclosed; that they go on like this is an observation.
    return {"quadrature along trajectories",
            detail,
            outcome,
            Strength::Numeric,
            std::move(scope),
            std::nullopt,
            true,
            working_bits()};
}

bool has_magnitude(const std::string& scheme)
{
    return scheme == "pre-ln" || scheme == "peri-ln";
}

/// r' = 0: r/t -> 0.
bool constant_magnitude(const std::string& scheme)
{
    return model::with_scheme(scheme, [](auto s) { return decltype(s)::spherical; });
}

Evidence exact_route(const Statement& statement)
{
    const std::string& scheme = statement.words.at("scheme");
    const auto p = symbolic_point();
    const ClockBound bound = clock_bound(scheme);
    Steps steps;
    steps.at_least("gamma' >= rate (1-gamma) in the scheme's clock, rate " + bound.rate.text(),
                   bound.velocity, bound.rate * (1 - p.gamma));
    std::string detail = "1-gamma <= exp(-rate * clock)";
    const Expr r_dot =
        scheme == "peri-ln" ? model::PeriLN::symmetric_r_dot(p) : model::PreLN::symmetric_r_dot(p);
    if (has_magnitude(scheme)) {
        steps.at_least("r' <= 1", Expr(1), r_dot);
        steps.at_least("r' >= 0", r_dot, Expr(0));
        steps.limit_at_one("r' -> 1 as gamma -> 1, hence r/t -> 1", r_dot, Expr(1));
        detail += "; r stays positive and the clock int ds/r is at least ln(1 + t/r(0))";
    }
    if (scheme == "post-ln") {
        detail += "; the clock is t";
    } else if (scheme == "sqrt-scaling") {
        const Expr t = sym("t");
        steps.identity("the clock int_0^t ds/sqrt(s+1) is 2 (sqrt(t+1) - 1), which exceeds every "
                       "bound",
                       derivative(2 * (sqrt(t + 1) - 1), "t"), 1 / sqrt(t + 1));
    } else if (scheme == "ngpt") {
        detail += "; the clock is int_0^t alpha_s ds, which tends to infinity by hypothesis";
    }
    Evidence item = steps.evidence("exact algebra and Gronwall", detail,
                                   {ScopeKind::All, "all n >= 2, beta >= 0, r(0) > 0"});
    // What is proved is the limit 1 of gamma, r' and r/t; another number is thereby refuted.
    if (is_true(item.outcome)) {
        const auto limit_is = [&](const char* name, const Rational& value) {
            const auto found = statement.numbers.find(name);
            return truth_of(found == statement.numbers.end() || found->second == value);
        };
        item.outcome = item.outcome && limit_is("gamma", 1);
        for (const char* name : {"r/t", "r'"}) {
            const bool proved_above = has_magnitude(scheme);
            const bool constant = constant_magnitude(scheme);
            item.outcome = item.outcome
                           && (proved_above || constant ? limit_is(name, proved_above ? 1 : 0)
                               : statement.numbers.contains(name) ? Truth::Unknown
                                                                  : Truth::True);
        }
    }
    return item;
}

/// gamma passes every level below 1 in finite time and never reaches 1.
Truth passes_every_level(const flow::SymmetricClock& clock, const Rational& limit)
{
    if (limit > 1) {
        return Truth::False;
    }
    if (limit < 1) {
        const Rational beyond = (1 - limit) / 2; // epsilon of a level above the alleged limit
        return clock.time_at(Ball(beyond)).is_finite() ? Truth::False : Truth::Unknown;
    }
    Truth grows = Truth::True;
    Ball former(0);
    for (const long k : {4L, 8L, 16L, 32L, 64L}) {
        const Ball time = clock.time_at(tenth_to(k));
        grows = grows && less(former + 1, time);
        former = time;
    }
    return grows;
}

Ball r_over_t(const flow::SymmetricClock& clock, const Ball& epsilon)
{
    return clock.magnitude_at(epsilon) / clock.time_at(epsilon);
}

Ball slope_of_magnitude(const flow::SymmetricClock& clock, const Ball& epsilon)
{
    model::SymmetricPoint<Ball> p;
    p.gamma = 1 - epsilon;
    p.n = Ball(clock.problem().n);
    p.beta = Ball(clock.problem().beta);
    return clock.problem().scheme == "peri-ln" ? model::PeriLN::symmetric_r_dot(p)
                                               : model::PreLN::symmetric_r_dot(p);
}

Truth magnitude_limits(const Statement& statement, const flow::SymmetricClock& clock)
{
    Truth outcome = Truth::True;
    const auto target = [&](const char* name) { return statement.numbers.find(name); };
    std::vector<Ball> slope_distance;
    std::vector<Ball> r_dot_distance;
    // 1 - gamma ~ (K/t)^2: six decades of epsilon are three of t. Start after the regime has set
    // in.
    for (long k = 12; k <= 36; k += 6) {
        const Ball epsilon = tenth_to(k) / (clock.magnitude_at(tenth_to(12)) + 1);
        if (const auto found = target("r/t"); found != statement.numbers.end()) {
            slope_distance.push_back(abs(r_over_t(clock, epsilon) - Ball(found->second)));
        }
        if (const auto found = target("r'"); found != statement.numbers.end()) {
            const Ball r_dot = slope_of_magnitude(clock, epsilon);
            r_dot_distance.push_back(abs(r_dot - Ball(found->second)));
        }
    }
    if (!slope_distance.empty()) {
        outcome = outcome && shrinks_to_zero(slope_distance);
    }
    if (!r_dot_distance.empty()) {
        outcome = outcome && shrinks_to_zero(r_dot_distance);
    }
    return outcome;
}

/// gamma, r/t and r', as far as the statement names their limits, for the plots.
class ConvergencePlots {
public:
    explicit ConvergencePlots(const Statement& statement)
    {
        const bool ngpt = statement.words.at("scheme") == "ngpt";
        const std::string time = ngpt ? "\\textstyle\\int_0^t \\alpha_s\\,ds" : "t";
        for (const auto& [name, latex] :
             {std::pair("gamma", "\\gamma"), std::pair("r/t", "r/t"), std::pair("r'", "\\dot r")}) {
            const auto found = statement.numbers.find(name);
            if (found != statement.numbers.end()) {
                plots_.emplace(name, LimitPlot{latex, time, limit_text(found->second), {}});
            }
        }
    }

    void follow(const flow::SymmetricClock& clock)
    {
        for (auto& [name, plot] : plots_) {
            Course course;
            course.label =
                fmt::format("n={}, beta={}", clock.problem().n, to_string(clock.problem().beta));
            for (const Ball& depth : decades(-1, 2, 10)) {
                const Ball epsilon = clock.start_epsilon() * exp(-depth);
                add_point(course, clock.time_at(epsilon),
                          name == "gamma" ? 1 - epsilon
                          : name == "r/t" ? r_over_t(clock, epsilon)
                                          : slope_of_magnitude(clock, epsilon));
            }
            add_course(plot, std::move(course));
        }
    }

    void attach_to(Evidence& evidence)
    {
        for (auto& [name, plot] : plots_) {
            attach_plot(evidence, std::move(plot));
        }
    }

private:
    std::map<std::string, LimitPlot> plots_;
};

/// epsilon = B/(1+w) with t = w, or t = e^w where logarithms matter: the relative error of the
/// premise is at most 1/(1+w), while 0 <= gamma'/law <= 4/(1+w) -> 0.
Evidence exact_decay_counterexample(const Statement& statement)
{
    const Expr w = sym("u");
    const bool iterated = statement.words.at("times") == "exp(10^k)";
    const Expr t = iterated ? exp(w) : w;
    const auto on_chart = [&](const char* name) {
        return statement.formulas.at(name).substitute("t", t);
    };
    const Expr epsilon = on_chart("solution") / (1 + w);
    const Expr epsilon_dot = derivative(epsilon, "u") / derivative(t, "u");
    const Expr relative_error = epsilon_dot / (epsilon * on_chart("decay")) + 1;
    const Expr ratio = -(epsilon_dot / on_chart("law"));
    Steps steps;
    steps.at_least("eps'/(a eps) + 1 <= 1/(1+w)", 1 / (1 + w), relative_error);
    steps.at_least("eps'/(a eps) + 1 >= -1/(1+w)", relative_error, -(1 / (1 + w)));
    steps.at_least("gamma'/law >= 0", ratio, Expr(0));
    steps.at_least("gamma'/law <= 4/(1+w)", 4 / (1 + w), ratio);
    return steps.refutation(
        "counterexample by exact algebra",
        fmt::format(
            "epsilon = ({})/(1+w), t = {}: the premise's relative error and gamma'/law both "
            "tend to 0, so no C > 0",
            statement.formulas.at("solution").text(), iterated ? "e^w" : "w"),
        {ScopeKind::All, "every law C L(t) with C > 0, for this epsilon(t)"});
}

} // namespace

Truth shrinks_to_zero(const std::vector<Ball>& distances)
{
    if (distances.size() < 3) {
        return Truth::Unknown;
    }
    const Ball& last = distances.back();
    const Ball& former = distances[distances.size() - 2];
    if (is_true(less(tenth_to(8), last)) && is_true(less(former * Ball(Rational(9, 10)), last))) {
        return Truth::False;
    }
    Truth shrinking = less(last, tenth_to(9));
    for (std::size_t k = 1; k < distances.size(); ++k) {
        const Truth tiny = less(distances[k], tenth_to(30));
        const Truth smaller = less_equal(distances[k], distances[k - 1] * Ball(Rational(3, 4)));
        shrinking = shrinking && (tiny || smaller);
    }
    return is_true(shrinking) ? Truth::True : Truth::Unknown;
}

Truth converges(const std::vector<Ball>& values)
{
    std::vector<Ball> increments;
    for (std::size_t k = 1; k < values.size(); ++k) {
        increments.push_back(abs(values[k] - values[k - 1]));
    }
    return shrinks_to_zero(increments);
}

ClockBound clock_bound(const std::string& scheme)
{
    auto p = symbolic_point();
    p.alpha = 1;
    const bool normed = scheme == "peri-ln" || scheme == "ngpt";
    ClockBound bound;
    bound.rate = normed ? 2 / sqrt(exp(2 * p.beta) + p.n - 1) : 2 / (p.n - 1 + exp(p.beta));
    bound.velocity = normed ? model::NGPT::gamma_dot(p) : model::PostLN::gamma_dot(p);
    return bound;
}

Judgement decide_terminal_limits(const Statement& statement, const Effort& effort)
{
    const std::string& scheme = statement.words.at("scheme");
    const PrecisionScope precision(192);
    Judgement judgement;
    Truth outcome = Truth::True;
    ConvergencePlots plots(statement);
    for (const long n : effort.control ? std::vector<long>{3} : std::vector<long>{2, 10, 256}) {
        for (const Rational& beta : {Rational(0), Rational(1), Rational(5)}) {
            if (effort.control && beta != 1) {
                continue;
            }
            model::SymmetricProblem problem;
            problem.scheme = scheme;
            problem.n = n;
            problem.beta = beta;
            const flow::SymmetricClock clock(problem);
            Truth here = passes_every_level(clock, statement.numbers.at("gamma"));
            if (has_magnitude(scheme)) {
                here = here && magnitude_limits(statement, clock);
            } else {
                // r' = 0 where the magnitude is constant; nothing is followed for Mix-LN.
                for (const char* name : {"r/t", "r'"}) {
                    const auto found = statement.numbers.find(name);
                    if (found != statement.numbers.end()) {
                        here = here
                               && (constant_magnitude(scheme) ? truth_of(found->second == 0)
                                                              : Truth::Unknown);
                    }
                }
            }
            if (is_false(here) && !judgement.counterexample) {
                judgement.counterexample = ledger::Counterexample{
                    {{"n", std::to_string(n)}, {"beta", attest::to_string(beta)}},
                    "the trajectory has other limits than stated",
                    fmt::format("attest trajectory --scheme {} --n {} --beta {} --until "
                                "gamma=0.999999999",
                                scheme, n, attest::to_string(beta))};
            }
            outcome = outcome && here;
            if (!effort.control && (n == 2 ? beta == 0 : beta == (n == 10 ? 1 : 5))) {
                plots.follow(clock);
            }
        }
    }
    judgement.evidence.push_back(
        numeric_route("times to reach 1-gamma = 1e-4 .. 1e-64, and r/t, r' there", outcome,
                      {ScopeKind::Points, "n in {2, 10, 256}, beta in {0, 1, 5}, r(0) = 1"}));
    plots.attach_to(judgement.evidence.back());
    judgement.evidence.push_back(exact_route(statement));
    return judgement;
}

Judgement decide_decay_inference(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(512);
    const Expr t = sym("t");
    const Expr& decay = statement.formulas.at("decay");
    const Expr& solution = statement.formulas.at("solution");
    const Expr& law = statement.formulas.at("law");
    const bool integrable = statement.words.at("error") == "integrable";
    const std::vector<std::pair<std::string, Expr>> corrections = {
        {"1", Expr(1)},
        {"1 + 1/(1+t)", 1 + 1 / (1 + t)},
        {"exp(-1/(1+t))", exp(-(1 / (1 + t)))},
        {"1/(1+t)", 1 / (1 + t)},
        {"1/sqrt(1+t)", 1 / sqrt(1 + t)},
        {"1/log(2+t)", 1 / log(2 + t)},
    };
    // Iterated logarithms show only where log t itself goes through decades.
    const bool iterated = statement.words.at("times") == "exp(10^k)";
    std::vector<Ball> times;
    for (long k = 1; k <= 12; ++k) {
        times.push_back(iterated ? exp(Ball(pow(Rational(10), k)))
                                 : Ball(pow(Rational(10), 2 * k)));
    }
    Judgement judgement;
    LimitPlot plot{
        "\\dot\\gamma(t)/L(t),\\ L = " + law.latex(), iterated ? "\\log t" : "t", "", {}};
    Truth outcome = Truth::Unknown;
    std::size_t admissible = 0;
    for (const auto& [name, h] : corrections) {
        const Expr epsilon = solution * h;
        const Expr epsilon_dot = derivative(epsilon, "t");
        std::vector<Ball> vanishing;
        std::vector<Ball> premise;
        std::vector<Ball> conclusion;
        for (const Ball& time : times) {
            const std::map<std::string, Ball> at = {{"t", time}};
            const Ball rate = epsilon_dot.evaluate(at) / epsilon.evaluate(at);
            const Ball a = decay.evaluate(at);
            // The relative error tends to 0; "integrable" asks that the absolute error also tend to
            // 0 faster than 1/(t log(t)^{3/2}), whose integral is finite.
            vanishing.push_back(abs(rate / a + 1));
            if (integrable) {
                premise.push_back(abs(rate + a) * time * pow(log(time), Rational(3, 2)));
            }
            conclusion.push_back(log(abs(epsilon_dot.evaluate(at) / law.evaluate(at))));
        }
        if (!is_true(shrinks_to_zero(vanishing))
            || (integrable && !is_true(shrinks_to_zero(premise)))) {
            continue;
        }
        ++admissible;
        Course course{"epsilon = B(t) (" + name + ")", {}, {}, {}};
        for (std::size_t k = 0; k < times.size(); ++k) {
            add_point(course, iterated ? log(times[k]) : times[k], exp(conclusion[k]));
        }
        add_course(plot, std::move(course));
        if (is_false(converges(conclusion))) {
            outcome = Truth::False;
            judgement.counterexample = ledger::Counterexample{
                {{"epsilon(t)", epsilon.text()}},
                "satisfies the premise, but gamma'/law has no limit in (0, infinity): compare it "
                "at t and t^2",
                replay_command(-epsilon_dot / law, (-epsilon_dot / law).substitute("t", t * t),
                               {{"t", 100}})};
            break;
        }
    }
    judgement.evidence.push_back(
        {"search among corrected solutions",
         fmt::format("epsilon = B(t) h(t) with h in 1, 1 + 1/(1+t), exp(-1/(1+t)), 1/(1+t), "
                     "1/sqrt(1+t), 1/log(2+t): {} satisfy the premise",
                     admissible),
         outcome,
         Strength::Numeric,
         {ScopeKind::Points, "12 values t = " + statement.words.at("times")},
         std::nullopt,
         false,
         working_bits()});
    if (!effort.control) {
        attach_plot(judgement.evidence.back(), std::move(plot));
    }
    if (!integrable) {
        judgement.evidence.push_back(exact_decay_counterexample(statement));
    }
    if (is_false(outcome)) {
        return judgement;
    }
    Steps steps;
    steps.identity("B' = -a B", derivative(solution, "t"), -decay * solution);
    steps.identity("(a B/law)' = 0", derivative(decay * solution / law, "t"), Expr(0));
    judgement.evidence.push_back(steps.evidence(
        "exact algebra",
        "(ln(eps/B))' = eps'/eps + a is the error, so ln(eps/B) converges when the error is "
        "integrable, and gamma' = a eps (1 + delta) with delta -> 0 then follows the law",
        {ScopeKind::All, "every epsilon(t) that satisfies the premise"},
        integrable ? Truth::True : Truth::Unknown));
    return judgement;
}

} // namespace attest::theorems
