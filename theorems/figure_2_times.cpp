#include "theorems/figure_2_times.hpp"

#include "attest/flow/clock.hpp"
#include "attest/flow/terminal.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "theorems/order_tubes.hpp"
#include "theorems/terminal_order.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr long clock_bits = 160;

model::SymmetricProblem figure_2_problem(const std::string& scheme, const Rational& tau)
{
    model::SymmetricProblem problem;
    problem.scheme = scheme;
    problem.n = 256;
    problem.beta = 5;
    problem.tau = tau;
    return problem;
}

ledger::Counterexample order_counterexample(const std::string& early, const Ball& early_time,
                                            const std::string& late, const Ball& late_time,
                                            const Rational& epsilon)
{
    const std::string level = to_string(Rational(1 - epsilon));
    return {{{"n", "256"}, {"beta", "5"}, {"gamma", level}},
            fmt::format("{} is there at t = {}, {} at t = {}", early, early_time.to_string(8), late,
                        late_time.to_string(8)),
            fmt::format("attest trajectory --scheme {} --n 256 --beta 5 --until gamma={}", early,
                        level)};
}

/// The equation of the scheme while t <= tau, r = r_0 = 1, alpha_t = 1.
Expr early_equation(const std::string& scheme)
{
    auto p = symbolic_point();
    p.late = 0;
    p.alpha = 1;
    return *model::with_scheme(
        scheme, [&](auto s) { return std::optional<Expr>(decltype(s)::gamma_dot(p)); });
}

/// Ahead for all small t > 0 by exact algebra, all n >= 2, beta >= 0, r_0 = 1, alpha_t = 1: the
/// start is faster by a factor above 1, or the slow scheme is the fast one with gamma' divided by
/// an s that is 1 at t = 0 and larger later (s = sqrt(t+1), or s = r with r' > 0). Not proved: open
/// steps.
Steps ahead_at_once(const std::string& fast, const std::string& slow)
{
    const Expr n = sym("n");
    const Expr r = sym("r");
    const Expr t = sym("t");
    const Expr f = early_equation(fast);
    const Expr s = early_equation(slow);
    const auto at_start = [](const Expr& velocity) {
        return velocity.substitute("gamma", Expr(0))
            .substitute("r", Expr(1))
            .substitute("t", Expr(0));
    };
    Steps steps;
    const Expr square = pow(at_start(f) / at_start(s), 2);
    const Expr surplus = 1 / (exp(2 * sym("beta")) + n - 1);
    if (is_true(proof::at_least(square, 1 + surplus).outcome)) {
        steps.at_least(fmt::format("{} against {}: squared ratio of the initial velocities above 1",
                                   fast, slow),
                       square, 1 + surplus);
    } else if (is_true(proof::identical(f, s * sqrt(t + 1)))) {
        steps.identity(fmt::format("gamma' of {} is that of {} over sqrt(t+1)", slow, fast), f,
                       s * sqrt(t + 1));
    } else {
        steps.identity(fmt::format("gamma' of {} is that of {} over r", slow, fast), f, s * r);
        const auto p = symbolic_point();
        steps.at_least("r' >= 1/n at the start",
                       model::PreLN::symmetric_r_dot(p).substitute("gamma", Expr(0)), 1 / n);
        steps.at_least("r' >= 0", model::PreLN::symmetric_r_dot(p), Expr(0));
    }
    return steps;
}

Judgement comparison(std::string route, std::string detail, Truth outcome, std::string scope)
{
    Judgement judgement;
    judgement.evidence.push_back({std::move(route),
                                  std::move(detail),
                                  outcome,
                                  Strength::Enclosed,
                                  {ScopeKind::Points, std::move(scope)},
                                  std::nullopt,
                                  true,
                                  clock_bits});
    return judgement;
}

/// Who is past a level and who is not at one moment between their times.
struct LevelOrder {
    std::vector<model::SymmetricProblem> earlier;
    std::vector<model::SymmetricProblem> later;
    Rational epsilon;
    Rational moment;
};

/// The same orders by validated integration; `expected` is what they say of the statement.
Evidence by_integration(const std::vector<LevelOrder>& orders, Truth expected, const Scope& scope)
{
    std::vector<Judgement> parts;
    for (const LevelOrder& order : orders) {
        parts.emplace_back();
        parts.back().evidence.push_back(
            order_at_moment(order.earlier, order.later, order.epsilon, order.moment, scope));
    }
    Evidence joined = all_of(parts).evidence.front();
    if (is_true(joined.outcome)) {
        joined.outcome = expected;
    }
    return joined;
}

} // namespace

Ball time_to_epsilon(const std::string& scheme, const Rational& epsilon, const Rational& tau)
{
    return flow::SymmetricClock(figure_2_problem(scheme, tau)).time_at(Ball(epsilon));
}

Judgement decide_reaches_later(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(clock_bits);
    std::optional<ledger::Counterexample> counterexample;
    Truth outcome = Truth::True;
    std::size_t compared = 0;
    std::vector<LevelOrder> orders;
    std::optional<LevelOrder> reversed;
    for (const std::string& tau : names_in(statement.words.at("tau"))) {
        for (const std::string& level : names_in(statement.words.at("levels"))) {
            const Rational epsilon = pow(Rational(1, 10), std::stol(level));
            std::map<std::string, Ball> time;
            for (const std::string list : {"slow", "fast"}) {
                for (const std::string& scheme : names_in(statement.words.at(list))) {
                    if (!time.contains(scheme)) {
                        time.emplace(scheme, time_to_epsilon(scheme, epsilon, parse_rational(tau)));
                    }
                }
            }
            LevelOrder order{{}, {}, epsilon, {}};
            std::optional<Ball> last_fast;
            std::optional<Ball> first_slow;
            for (const std::string& fast : names_in(statement.words.at("fast"))) {
                order.earlier.push_back(figure_2_problem(fast, parse_rational(tau)));
                if (!last_fast || last_fast->upper() < time.at(fast).upper()) {
                    last_fast = time.at(fast);
                }
            }
            for (const std::string& slow : names_in(statement.words.at("slow"))) {
                order.later.push_back(figure_2_problem(slow, parse_rational(tau)));
                if (!first_slow || time.at(slow).lower() < first_slow->lower()) {
                    first_slow = time.at(slow);
                }
            }
            if (is_true(less(*last_fast, *first_slow))) {
                order.moment = moment_between(*last_fast, *first_slow);
                orders.push_back(std::move(order));
            }
            for (const std::string& slow : names_in(statement.words.at("slow"))) {
                for (const std::string& fast : names_in(statement.words.at("fast"))) {
                    const Truth later =
                        slow == fast ? Truth::False : less(time.at(fast), time.at(slow));
                    ++compared;
                    if (is_false(later) && !counterexample) {
                        counterexample =
                            order_counterexample(slow, time.at(slow), fast, time.at(fast), epsilon);
                        if (is_true(less(time.at(slow), time.at(fast)))) {
                            reversed = LevelOrder{{figure_2_problem(slow, parse_rational(tau))},
                                                  {figure_2_problem(fast, parse_rational(tau))},
                                                  epsilon,
                                                  moment_between(time.at(slow), time.at(fast))};
                        }
                    }
                    outcome = outcome && later;
                }
            }
        }
    }
    Judgement judgement = comparison(
        "times to reach a level (quadrature in balls)",
        fmt::format("{} comparisons of times to 1 - gamma = 10^-k, k in {{{}}}", compared,
                    statement.words.at("levels")),
        outcome,
        "n = 256, beta = 5, r_0 = 1, alpha_t = 1, tau in {" + statement.words.at("tau") + "}");
    judgement.counterexample = std::move(counterexample);
    // Integration follows what the quadratures found: one reversed pair refutes, all levels prove.
    const Scope scope = judgement.evidence.front().scope;
    if (!effort.control && reversed) {
        judgement.evidence.push_back(by_integration({*reversed}, Truth::False, scope));
    } else if (!effort.control && is_true(outcome) && !orders.empty()) {
        judgement.evidence.push_back(by_integration(orders, Truth::True, scope));
    }
    return judgement;
}

void support_by_times(Judgement& judgement, Judgement times, bool refuted)
{
    for (Evidence& item : times.evidence) {
        item.carries = false;
        item.outcome = !refuted && is_false(item.outcome) ? Truth::Unknown : item.outcome;
        judgement.evidence.push_back(std::move(item));
    }
}

Judgement decide_converges_last(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(clock_bits);
    const auto law_of = [](const std::string& scheme, const Rational& tau) {
        flow::TerminalOptions options;
        options.digits = 20;
        options.with_tail = false;
        return flow::terminal(figure_2_problem(scheme, tau), options);
    };
    const auto polynomial = [](const flow::TerminalLaw& law) {
        const Expr scaled = law.law->substitute("C", Expr(1)) * pow(sym("t"), 3);
        return is_true(proof::identical(scaled, Expr(1)));
    };
    std::optional<ledger::Counterexample> counterexample;
    Truth outcome = Truth::True;
    std::vector<std::string> constants;
    for (const std::string& tau : names_in(statement.words.at("tau"))) {
        for (const std::string& slow : names_in(statement.words.at("slow"))) {
            const flow::TerminalLaw s = law_of(slow, parse_rational(tau));
            for (const std::string& fast : names_in(statement.words.at("fast"))) {
                const flow::TerminalLaw f = law_of(fast, parse_rational(tau));
                Truth behind = Truth::Unknown;
                if (slow == fast || (!polynomial(s) && polynomial(f))) {
                    behind = Truth::False;
                } else if (polynomial(s)) {
                    behind = polynomial(f) ? less(f.constant, s.constant) : Truth::True;
                }
                if (fast == "mix-ln") {
                    constants.push_back(fmt::format("tau = {}: C = {} against {} of {}", tau,
                                                    f.constant.to_string(8),
                                                    s.constant.to_string(8), slow));
                }
                if (is_false(behind) && !counterexample) {
                    counterexample = ledger::Counterexample{
                        {{"n", "256"}, {"beta", "5"}, {"tau", tau}},
                        fmt::format("{} does not end behind {}", slow, fast),
                        fmt::format("attest terminal --scheme {} --n 256 --beta 5 --tau {}", slow,
                                    tau)};
                }
                outcome = outcome && behind;
            }
        }
    }
    Judgement judgement = comparison(
        "terminal laws and their enclosed constants",
        fmt::format("C/t^3 against faster laws, and {}", fmt::join(constants, "; ")), outcome,
        "n = 256, beta = 5, r_0 = 1, alpha_t = 1, tau in {" + statement.words.at("tau") + "}");
    judgement.counterexample = std::move(counterexample);
    if (!effort.control) {
        judgement.evidence.push_back(ends_behind(statement));
    }
    if (!effort.control && is_true(outcome)) {
        support_by_times(judgement, decide_reaches_later(statement, effort));
    }
    return judgement;
}

Judgement decide_ahead_early(const Statement& statement, const Effort& effort)
{
    Steps steps;
    Steps same;
    const PrecisionScope precision(clock_bits);
    const bool strict = statement.words.at("strict") == "yes";
    const Rational tau(1);
    std::optional<ledger::Counterexample> counterexample;
    Truth outcome = Truth::True;
    for (const std::string& fast : names_in(statement.words.at("fast"))) {
        for (const std::string& slow : names_in(statement.words.at("slow"))) {
            if (is_true(proof::identical(early_equation(fast), early_equation(slow)))) {
                if (strict && !counterexample) {
                    counterexample = ledger::Counterexample{
                        {{"n", "256"}, {"beta", "5"}, {"t", "every t <= tau"}},
                        fmt::format("{} and {} have the same equation for t <= tau", fast, slow),
                        fmt::format("attest trajectory --scheme {} --n 256 --beta 5 --until t=1/2",
                                    slow)};
                }
                outcome = outcome && truth_of(!strict);
                same.identity(fmt::format("{} and {} have one equation for t <= tau", fast, slow),
                              early_equation(fast), early_equation(slow));
                continue;
            }
            if (!effort.control) {
                steps.append(ahead_at_once(fast, slow));
            }
            for (const Rational& gamma : {Rational(1, 1000), Rational(1, 100), Rational(1, 10)}) {
                const Rational epsilon = 1 - gamma;
                const Ball t_fast = time_to_epsilon(fast, epsilon, tau);
                const Ball t_slow = time_to_epsilon(slow, epsilon, tau);
                const Truth ahead = less(t_fast, t_slow);
                if (is_false(ahead) && !counterexample) {
                    counterexample = order_counterexample(slow, t_slow, fast, t_fast, epsilon);
                }
                outcome = outcome && ahead;
            }
        }
    }
    Judgement judgement = comparison(
        "times to reach an early level (quadrature in balls)",
        "times to gamma = 1/1000, 1/100, 1/10, and exact comparison of the equations for "
        "t <= tau",
        outcome, "n = 256, beta = 5, r_0 = 1, alpha_t = 1, tau = 1");
    judgement.counterexample = std::move(counterexample);
    if (effort.control) {
        return judgement;
    }
    const Scope scope{ScopeKind::All, "all n >= 2, beta >= 0, tau > 0, r_0 = 1, alpha_t = 1, all "
                                      "small t > 0"};
    if (strict && same.size() > 0) {
        judgement.evidence.push_back(
            same.refutation("equations (exact algebra)", "equal, so not ahead", scope));
    } else {
        steps.append(same);
        judgement.evidence.push_back(
            steps.evidence("equations and initial velocities (exact algebra)",
                           "ahead for all small t > 0", scope));
    }
    return judgement;
}

} // namespace attest::theorems
