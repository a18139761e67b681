#include "theorems/support.hpp"

#include "theorems/limit_plots.hpp"

#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <tuple>

namespace attest::theorems {
namespace {

constexpr std::size_t control_points = 48;
constexpr std::size_t quick_points = 160;
constexpr std::size_t standard_points = 2000;
constexpr std::size_t deep_points = 50000;
constexpr long ball_digits = 30;

std::size_t point_count(const Effort& effort)
{
    if (effort.control) {
        return control_points;
    }
    switch (effort.level) {
    case Effort::Level::Quick:
        return quick_points;
    case Effort::Level::Standard:
        return standard_points;
    case Effort::Level::Deep:
        break;
    }
    return deep_points;
}

/// The part of the domain that the statement speaks about.
proof::Domain restricted(const proof::Domain& domain, const Statement& statement)
{
    proof::Domain used;
    for (const auto& [name, formula] : statement.formulas) {
        for (const std::string& symbol : formula.symbols()) {
            const auto found = domain.find(symbol);
            if (found == domain.end()) {
                throw DomainError("no range is known for symbol '" + symbol + "'");
            }
            used.insert(*found);
        }
    }
    return used;
}

/// "all n >= 2, beta >= 0, gamma in [0, 1]" for the symbols that occur. An identity of normal forms
/// asks no sign of gamma and alpha: it holds wherever both sides are defined.
Scope all_of_domain(const proof::Domain& domain, bool identity = false)
{
    static const std::map<std::string, std::string> of_any_sign = {
        {"gamma", "gamma"}, {"alpha", "alpha_t"}, {"alpha0", "alpha_0"}};
    static const std::map<std::string, std::string> ranges = {{"n", "n >= 2"},
                                                              {"beta", "beta >= 0"},
                                                              {"gamma", "gamma in [0, 1]"},
                                                              {"r", "r > 0"},
                                                              {"r0", "r_0 > 0"},
                                                              {"alpha", "alpha_t > 0"},
                                                              {"t", "t >= 0"},
                                                              {"alpha0", "alpha_0 > 0"},
                                                              {"late", "t <= tau and t > tau"},
                                                              {"alphaint", "int_0^t alpha_s ds"},
                                                              {"alphaC", "int_0^C alpha_s ds"}};
    std::vector<std::string> names;
    for (const auto& [name, range] : domain) {
        const auto found = ranges.find(name);
        const auto free = of_any_sign.find(name);
        names.push_back(identity && free != of_any_sign.end() ? free->second
                        : found == ranges.end()               ? name
                                                              : found->second);
    }
    return {ScopeKind::All,
            names.empty() ? "no parameters" : fmt::format("all {}", fmt::join(names, ", "))};
}

Scope at_points(std::size_t count, const proof::Domain& domain)
{
    std::vector<std::string> names;
    for (const auto& [name, range] : domain) {
        names.push_back(name);
    }
    return {ScopeKind::Points, fmt::format("{} points of ({})", count, fmt::join(names, ", "))};
}

ledger::Counterexample counterexample(const Statement& statement, const proof::PointCheck& check,
                                      const std::string& relation)
{
    const Expr& lhs = statement.formulas.at("lhs");
    const Expr& rhs = statement.formulas.at("rhs");
    const PrecisionScope precision(bits_for_digits(ball_digits));
    ledger::Counterexample found;
    for (const auto& [name, value] : *check.worst) {
        found.values.emplace_back(name, attest::to_string(value));
    }
    found.shows = fmt::format("left side {} is not {} right side {}",
                              proof::evaluate_at(lhs, *check.worst).to_string(15), relation,
                              proof::evaluate_at(rhs, *check.worst).to_string(15));
    found.replay = replay_command(lhs, rhs, *check.worst);
    return found;
}

} // namespace

model::SymmetricPoint<Expr> symbolic_point()
{
    return {sym("gamma"), sym("r"), sym("n"), sym("beta"), sym("alpha"), sym("t"), sym("late")};
}

Expr sym(std::string_view name)
{
    return Expr::symbol(name);
}

Expr ratio(long p, long q)
{
    return Expr(Rational(p, q));
}

std::vector<std::string> names_in(const std::string& list)
{
    std::istringstream stream(list);
    std::vector<std::string> names;
    for (std::string name; stream >> name;) {
        names.push_back(name);
    }
    return names;
}

const std::vector<long>& grid_n()
{
    static const std::vector<long> values = {2, 3, 10, 128, 256, 1000};
    return values;
}

const std::vector<Rational>& grid_beta()
{
    static const std::vector<Rational> values = {0, Rational(1, 100), 1, 5, 9, 12};
    return values;
}

const std::vector<Rational>& grid_r0()
{
    static const std::vector<Rational> values = {Rational(1, 10), 1, 10};
    return values;
}

proof::Domain symmetric_domain()
{
    const std::vector<Rational> n(grid_n().begin(), grid_n().end());
    const std::vector<Rational> positive = {Rational(1, 10), 1, 10};
    return {
        {"n", {2, 1000, true, n}},
        {"beta", {0, 12, false, grid_beta()}},
        {"gamma", {0, 1, false, {0, Rational(1, 2), Rational(999, 1000), 1}}},
        {"r", {Rational(1, 100), 100, false, positive}},
        {"r0", {Rational(1, 100), 100, false, positive}},
        {"alpha", {Rational(1, 100), 10, false, {Rational(1, 3), 1, 4}}},
        {"alpha0", {Rational(1, 100), 10, false, {Rational(1, 3), 1, 4}}},
        {"t", {0, 100, false, {0, 1, 100}}},
        {"late", {0, 1, true, {0, 1}}},
    };
}

Scope everywhere()
{
    return {ScopeKind::All, "all n >= 2, beta >= 0, gamma in [0, 1]"};
}

Scope on_grid(const std::string& more)
{
    return {ScopeKind::Points, "n in {2, 3, 10, 128, 256, 1000}, beta in {0, 1/100, 1, 5, 9, 12}"
                                   + (more.empty() ? more : ", " + more)};
}

Judgement with(Judgement judgement, Evidence evidence)
{
    judgement.evidence.push_back(std::move(evidence));
    return judgement;
}

Judgement decide_identity(const Statement& statement, const Effort& effort,
                          const proof::Domain& domain)
{
    const Expr& lhs = statement.formulas.at("lhs");
    const Expr& rhs = statement.formulas.at("rhs");
    const proof::Domain used = restricted(domain, statement);
    const auto points = proof::sample_points(used, point_count(effort), effort.seed);
    const proof::PointCheck check = proof::check_equal(lhs, rhs, points, effort.digits);
    Judgement judgement;
    judgement.evidence.push_back(
        {"ball arithmetic at points",
         fmt::format("{} points: equal to {} digits at {}, different at {}, open at {}",
                     points.size(), check.digits, check.certified, check.violated,
                     check.open + check.undefined),
         check.outcome(), Strength::Enclosed, at_points(points.size(), used), check.digits, false,
         check.bits});
    if (check.worst) {
        judgement.counterexample = counterexample(statement, check, "equal to");
        attach(judgement, effort, proof::point_certificate(lhs, "!=", rhs, *check.worst));
    }
    if (is_false(check.outcome())) {
        return judgement;
    }
    const Truth proved = proof::identical(lhs, rhs);
    judgement.evidence.push_back(
        {"exact algebra",
         "normal form of left minus right is 0 over Q(n, gamma, r, ...) with "
         "e^{beta gamma}, e^beta and square roots as free symbols",
         proved, Strength::Exact, all_of_domain(used, true)});
    if (is_true(proved)) {
        attach(judgement, effort, proof::identity_certificate(lhs, rhs));
    }
    return judgement;
}

Judgement check_identity(const Statement& statement, const Effort& effort)
{
    return decide_identity(statement, effort);
}

Judgement decide_at_least(const Statement& statement, const Effort& effort,
                          const proof::Domain& domain)
{
    const Expr& lhs = statement.formulas.at("lhs");
    const Expr& rhs = statement.formulas.at("rhs");
    const proof::Domain used = restricted(domain, statement);
    const auto points = proof::sample_points(used, point_count(effort), effort.seed);
    const proof::PointCheck check = proof::check_at_least(lhs, rhs, points, effort.digits);
    Judgement judgement;
    if (check.certified + check.violated + check.open > 0) {
        judgement.slack = ledger::Slack{attest::to_decimal(check.smallest_difference.lower(), 6),
                                        attest::to_decimal(check.smallest_difference.upper(), 6)};
    }
    judgement.evidence.push_back(
        {"ball arithmetic at points",
         fmt::format("{} points: certified at {}, violated at {}, equal or open at {}",
                     points.size(), check.certified, check.violated, check.open + check.undefined),
         check.outcome(), Strength::Enclosed, at_points(points.size(), used), std::nullopt, false,
         check.bits});
    if (check.worst) {
        judgement.counterexample = counterexample(statement, check, "at least");
        attach(judgement, effort, proof::point_certificate(lhs, "<", rhs, *check.worst));
        return judgement;
    }
    const proof::AlgebraicProof proved = proof::at_least(lhs, rhs);
    judgement.evidence.push_back({"certificate of non-negative coefficients", proved.certificate,
                                  proved.outcome, Strength::Exact, all_of_domain(used)});
    attach(judgement, effort, proof::at_least_certificate(lhs, rhs, proved));
    return judgement;
}

Judgement decide_limit_at_one(const Statement& statement, const Effort& effort)
{
    const Expr& formula = statement.formulas.at("lhs");
    const Expr& limit = statement.formulas.at("rhs");
    proof::Domain used = restricted(symmetric_domain(), statement);
    used.erase("gamma");
    const auto points = proof::sample_points(used, point_count(effort) / 4, effort.seed);
    // Distances at gamma = 1 - 10^-10 and 1 - 10^-20 tell a limit from a near miss of it.
    constexpr long coarse = 10;
    constexpr long fine = 20;
    const PrecisionScope precision(bits_for_digits(effort.digits) + 16 * fine);
    Judgement judgement;
    Truth outcome = Truth::True;
    LimitPlot plot{"\\text{left side}/\\text{limit}", "1-\\gamma", "1", {}};
    for (proof::Point point : points) {
        const auto value_of = [&](const Expr& side, long k) {
            point["gamma"] = 1 - pow(Rational(1, 10), k);
            return proof::evaluate_at(side, point);
        };
        const auto distance = [&](long k) {
            return abs(value_of(formula, k) - value_of(limit, k));
        };
        if (!effort.control && plot.courses.size() < most_courses) {
            Course course;
            for (const auto& [name, value] : point) {
                course.label += course.label.empty() ? "" : ", ";
                course.label += fmt::format("{}={:.4g}", name, value.convert_to<double>());
            }
            for (long k = 0; k <= coarse; ++k) {
                add_point(course, Ball(pow(Rational(1, 10), k)),
                          value_of(formula, k) / value_of(limit, k));
            }
            add_course(plot, std::move(course));
        }
        const Ball far = distance(coarse);
        const Ball near = distance(fine);
        const Ball tiny(pow(Rational(1, 10), fine - coarse - 1));
        if (is_true(less_equal(near, far * tiny)) || near.contains_zero()) {
            continue;
        }
        if (is_true(less(Ball(pow(Rational(1, 10), coarse)), near))) {
            outcome = Truth::False;
            ledger::Counterexample found;
            for (const auto& [name, value] : point) {
                found.values.emplace_back(name, attest::to_string(value));
            }
            found.shows = fmt::format("distance from the limit is {} at gamma = 1 - 1e-{}",
                                      near.to_string(10), fine);
            found.replay = replay_command(formula, limit, point);
            judgement.counterexample = std::move(found);
            break;
        }
        outcome = Truth::Unknown;
    }
    judgement.evidence.push_back(
        {"ball arithmetic towards gamma = 1",
         fmt::format("distance from the limit at gamma = 1 - 1e-{} against 1 - 1e-{}", fine,
                     coarse),
         outcome, Strength::Enclosed, at_points(points.size(), used), std::nullopt, false,
         working_bits()});
    attach_plot(judgement.evidence.back(), std::move(plot));
    if (is_false(outcome)) {
        return judgement;
    }
    const proof::AlgebraicProof proved = proof::limit_at_one(formula, limit);
    judgement.evidence.push_back({"exact algebra", proved.certificate, proved.outcome,
                                  Strength::Exact, all_of_domain(used)});
    attach(judgement, effort, proof::limit_certificate(formula, limit, proved));
    return judgement;
}

void attach(Judgement& judgement, const Effort& effort, std::optional<std::string> certificate)
{
    if (certificate && !effort.control) {
        judgement.evidence.back().certificates.push_back({std::move(*certificate)});
    }
}

Judgement all_of(const std::vector<Judgement>& parts)
{
    Judgement joined;
    for (const Judgement& part : parts) {
        for (const Evidence& item : part.evidence) {
            const auto same =
                std::find_if(joined.evidence.begin(), joined.evidence.end(),
                             [&](const Evidence& e) { return e.route == item.route; });
            if (same == joined.evidence.end()) {
                joined.evidence.push_back(item);
                continue;
            }
            if (is_false(item.outcome) && !is_false(same->outcome)) {
                same->detail = item.detail;
            }
            same->outcome = same->outcome && item.outcome;
            same->certificates.insert(same->certificates.end(), item.certificates.begin(),
                                      item.certificates.end());
            same->plots.insert(same->plots.end(), item.plots.begin(), item.plots.end());
            same->strength = std::min(same->strength, item.strength);
            same->carries = same->carries && item.carries;
            if (item.scope.kind < same->scope.kind) {
                same->scope = item.scope;
            }
            if (item.digits) {
                same->digits = same->digits ? std::min(*same->digits, *item.digits) : *item.digits;
            }
        }
        if (part.counterexample && !joined.counterexample) {
            joined.counterexample = part.counterexample;
        }
        if (part.slack && !joined.slack) {
            joined.slack = part.slack;
        }
    }
    // A route that some part lacks does not prove the conjunction.
    for (Evidence& item : joined.evidence) {
        const bool everywhere_present =
            std::all_of(parts.begin(), parts.end(), [&](const Judgement& p) {
                return std::any_of(p.evidence.begin(), p.evidence.end(),
                                   [&](const Evidence& e) { return e.route == item.route; });
            });
        if (!everywhere_present && is_true(item.outcome)) {
            item.outcome = Truth::Unknown;
        }
    }
    return joined;
}

Judgement first_failing(const std::vector<std::function<Judgement()>>& parts)
{
    std::vector<Judgement> judgements;
    for (const auto& part : parts) {
        judgements.push_back(part());
        if (judgements.back().counterexample) {
            return judgements.back();
        }
    }
    return all_of(judgements);
}

Judgement both(Judgement a, Judgement b)
{
    const Judgement left = ledger::judge(a);
    const Judgement right = ledger::judge(b);
    const bool hold =
        left.verdict == ledger::Verdict::Holds && right.verdict == ledger::Verdict::Holds;
    const bool left_is_weaker =
        std::tuple(left.scope.kind, left.strength) < std::tuple(right.scope.kind, right.strength);
    Judgement joined = std::move(a);
    const std::size_t boundary = joined.evidence.size();
    joined.evidence.insert(joined.evidence.end(), b.evidence.begin(), b.evidence.end());
    for (std::size_t i = 0; i < joined.evidence.size(); ++i) {
        const bool weaker_part = (i < boundary) == left_is_weaker;
        joined.evidence[i].carries = joined.evidence[i].carries && hold && weaker_part;
    }
    if (!joined.counterexample) {
        joined.counterexample = std::move(b.counterexample);
    }
    if (!joined.slack) {
        joined.slack = b.slack;
    }
    return joined;
}

std::string replay_command(const Expr& lhs, const Expr& rhs, const proof::Point& point)
{
    std::vector<std::string> values;
    for (const auto& [name, value] : point) {
        values.push_back(fmt::format("{}={}", name, attest::to_string(value)));
    }
    return fmt::format("attest evaluate '{}' '{}'{}{}", lhs.text(), rhs.text(),
                       values.empty() ? "" : " --at ", fmt::join(values, ","));
}

Fault fault(const std::string& change, Statement statement, const std::string& name,
            const Expr& formula)
{
    statement.formulas.insert_or_assign(name, formula);
    return {change, std::move(statement)};
}

Fault fault(const std::string& change, Statement statement, const std::string& name,
            const Rational& number)
{
    statement.numbers.insert_or_assign(name, number);
    return {change, std::move(statement)};
}

Fault fault(const std::string& change, Statement statement, const std::string& name,
            const std::string& word)
{
    statement.words.insert_or_assign(name, word);
    return {change, std::move(statement)};
}

} // namespace attest::theorems
