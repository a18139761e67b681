// Appendix A: the lower bounds on gamma', the Gronwall estimates that follow from them, and the
// upper bounds on r'. Where a bound fails, the region of (n, beta) in which it fails is bounded to
// 30 digits.
#include "attest/flow/clock.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/root.hpp"
#include "theorems/span.hpp"
#include "theorems/support.hpp"
#include "theorems/terminal_steps.hpp"
#include "theorems/units.hpp"
#include "theorems/witnesses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace attest::theorems {
namespace {

constexpr const char* constant_note = "the printed constant has e^{beta gamma} >= e where only "
                                      "e^{beta gamma} >= 1 is known; the amended "
                                      "constant is sharp (equality at gamma = 0)";

const std::string near_one_millionth = "right side times 1000001/1000000";

Expr millionth_more(const Expr& x)
{
    return Expr(Rational(1000001, 1000000)) * x;
}

// --- inequalities that are neither proved nor violated at the usual points -----------------------

/// Ranges far beyond those of the grid: some inequalities turn at n = 10^7.
proof::Domain far_domain()
{
    proof::Domain domain = symmetric_domain();
    const auto power_of_ten = [](long k) { return pow(Rational(10), k); };
    domain["n"] = {
        2, power_of_ten(12), true, {2, 3, 30, power_of_ten(4), power_of_ten(8), power_of_ten(12)}};
    domain["beta"] = {0, 200, false, {0, Rational(1, 1000), Rational(1, 2), 2, 30, 200}};
    domain["gamma"] = {
        0,
        1,
        false,
        {power_of_ten(-9), Rational(1, 10), Rational(1, 2), Rational(9, 10), 1 - power_of_ten(-9)}};
    return domain;
}

/// Throws DomainError where a side has no value at a point that the statement is about: it comes to
/// no answer then, because it says nothing there. Few points for planted faults, which are asked
/// again with more effort.
void require_sides(const Statement& statement, const Effort& effort)
{
    const bool few = effort.control;
    const std::vector<Rational> betas =
        few ? std::vector<Rational>{1} : std::vector<Rational>{0, 1, 9};
    const std::vector<Rational> sizes =
        few ? std::vector<Rational>{1} : std::vector<Rational>{Rational(1, 10), 1, 100};
    for (const Rational& gamma : {Rational(0), Rational(1, 2), Rational(99, 100)}) {
        for (const long n : {2L, 3L, 1000L}) {
            for (const Rational& beta : betas) {
                for (const Rational& r : sizes) {
                    const proof::Point point = {{"n", n},     {"beta", beta}, {"gamma", gamma},
                                                {"r", r},     {"r0", r},      {"t", 1},
                                                {"alpha", 1}, {"alpha0", 1},  {"late", 0}};
                    for (const char* side : {"lhs", "rhs"}) {
                        require_value(statement.formulas.at(side), point,
                                      fmt::format("gamma = {}, n = {}, beta = {}, r = {}",
                                                  to_string(gamma), n, to_string(beta),
                                                  to_string(r)));
                    }
                }
            }
        }
    }
}

// --- exponents that the exact algebra has no normal form for -------------------------------------

/// Exponents of e that it knows beside those, from small to large with 0 <= gamma <= 1 <= e.
std::vector<Expr> usual_exponents()
{
    const Expr beta = sym("beta");
    const Expr product = beta * sym("gamma");
    return {Expr(0),
            Expr(1),
            product,
            2 * beta * sym("gamma"),
            beta,
            2 * beta,
            beta * (1 + sym("gamma"))};
}

bool is_usual(const Expr& exponent)
{
    const std::vector<Expr> usual = usual_exponents();
    return std::any_of(usual.begin(), usual.end(),
                       [&](const Expr& one) { return is_true(proof::identical(exponent, one)); });
}

/// Subformulas that stand in the way: e to an unusual power, and a usual exponent itself.
void collect_obstacles(const Expr& formula, std::vector<Expr>& found)
{
    const Expr::Node& node = formula.node();
    const bool power = node.kind == Expr::Kind::Exp;
    const bool outside = node.kind != Expr::Kind::Constant && is_usual(formula);
    if (outside || (power && !is_usual(Expr::from_node(node.args.front())))) {
        if (std::find(found.begin(), found.end(), formula) == found.end()) {
            found.push_back(formula);
        }
        return;
    }
    if (!power) {
        for (const auto& arg : node.args) {
            collect_obstacles(Expr::from_node(arg), found);
        }
    }
}

/// What an obstacle may be replaced by, with a free symbol >= 0 for what is only known to be there.
std::vector<Expr> replacements(const Expr& obstacle)
{
    const Expr more = sym("more");
    if (obstacle.node().kind != Expr::Kind::Exp) { // 0 <= x <= e^x
        return {exp(obstacle) / (1 + more), more};
    }
    const Expr exponent = Expr::from_node(obstacle.node().args.front());
    std::vector<Expr> result;
    for (const Expr& usual : usual_exponents()) {
        if (is_true(proof::at_least(exponent, usual).outcome)) {
            result.push_back(exp(usual) * (1 + more));
        }
        if (is_true(proof::at_least(usual, exponent).outcome)) {
            result.push_back(exp(usual) / (1 + more));
        }
    }
    return result;
}

/// lhs >= rhs with one obstacle weakened in this way, and e >= 1 where that is what counts.
std::optional<std::string> proved_with_weaker_term(const Statement& statement)
{
    const Expr& lhs = statement.formulas.at("lhs");
    const Expr& rhs = statement.formulas.at("rhs");
    std::vector<Expr> obstacles;
    collect_obstacles(lhs, obstacles);
    collect_obstacles(rhs, obstacles);
    const Expr e = exp(Expr(1));
    const auto tidied = [&](const Expr& formula) {
        return replace_formula(replace_formula(formula, exp(Expr(0)), Expr(1)), e,
                               1 + sym("aboveone"));
    };
    const auto proved = [&](const Expr& left, const Expr& right) {
        return is_true(proof::at_least(tidied(left), tidied(right)).outcome);
    };
    if (obstacles.empty()) {
        return proved(lhs, rhs) ? std::optional<std::string>("e >= 1") : std::nullopt;
    }
    if (obstacles.size() > 1) {
        return std::nullopt;
    }
    const Expr& obstacle = obstacles.front();
    for (const Expr& replacement : replacements(obstacle)) {
        if (proved(replace_formula(lhs, obstacle, replacement),
                   replace_formula(rhs, obstacle, replacement))) {
            return obstacle.text() + " = " + replacement.text() + " with some more >= 0";
        }
    }
    return std::nullopt;
}

/// Whether both sides have a value wherever the statement is about; where one has none, it is not
/// proved by what holds elsewhere.
bool has_sides(const Statement& statement)
{
    try {
        require_sides(statement, Effort{});
        return true;
    } catch (const DomainError&) {
        return false;
    }
}

/// decide_at_least; where it comes to no answer, also at points far away.
Judgement decide_at_least_far(const Statement& statement, const Effort& effort)
{
    Judgement judgement = decide_at_least(statement, effort);
    if (judgement.counterexample || is_true(judgement.evidence.back().outcome)) {
        return judgement;
    }
    Effort wide = effort;
    wide.level = Effort::Level::Standard;
    wide.control = false;
    Judgement far = decide_at_least(statement, wide, far_domain());
    if (far.counterexample) {
        return far;
    }
    const std::optional<std::string> how =
        has_sides(statement) ? proved_with_weaker_term(statement) : std::nullopt;
    if (how) {
        Evidence& item = judgement.evidence.back();
        item.outcome = Truth::True;
        item.detail = *how
                      + "; left minus right, or the difference of their squares, then has "
                        "non-negative coefficients only";
    }
    return judgement;
}

/// The same; a statement without a value somewhere is none, unless it is violated elsewhere.
Judgement decide_at_least_widely(const Statement& statement, const Effort& effort)
{
    Judgement judgement = decide_at_least_far(statement, effort);
    if (!judgement.counterexample && !is_true(judgement.evidence.back().outcome)) {
        require_sides(statement, effort);
    }
    return judgement;
}

// --- the region in which a bound fails ---------------------------------------------------------

/// Where the printed rate exceeds the sharp one at gamma = 0 the bound fails there; where it does
/// not, it holds for all gamma by the sharp bound. So the region of failure is {excess > 0} in (n,
/// beta).
/// The boundary is located by bisection on certified signs and compared with its closed form.
Evidence failure_region_of_rate(const Expr& sharp_rate, const Expr& printed_rate,
                                const Expr& boundary, long digits)
{
    constexpr long largest_beta = 200;
    const Expr excess = printed_rate - sharp_rate;
    std::vector<std::string> rows;
    Truth outcome = Truth::Unknown;
    for (const long n : {2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 128L, 256L, 1000L}) {
        const auto at_beta = [&](const Ball& beta) {
            return excess.evaluate<Ball>({{"n", Ball(n)}, {"beta", beta}});
        };
        const PrecisionScope precision(1024);
        const Truth fails_at_zero = is_positive(at_beta(Ball(0)));
        const Truth fails_far = is_positive(at_beta(Ball(largest_beta)));
        if (is_true(fails_at_zero) && is_true(fails_far)) {
            rows.push_back(fmt::format("n = {}: fails at beta = 0 and beta = {}, no change of sign",
                                       n, largest_beta));
            outcome = Truth::False;
        } else if (is_true(fails_at_zero)) {
            const Ball edge = proof::enclose_zero(at_beta, 0, largest_beta, digits);
            const Ball closed = boundary.evaluate<Ball>({{"n", Ball(n)}});
            if (!edge.overlaps(closed)) {
                throw Undecidable(fmt::format("boundary at n = {}: bisection gives {}, the closed "
                                              "form {}",
                                              n, edge.to_string(20), closed.to_string(20)));
            }
            rows.push_back(
                fmt::format("n = {}: fails for beta below {}", n, edge.to_string(digits)));
            outcome = Truth::False;
        } else if (is_false(fails_at_zero) && is_false(fails_far)) {
            rows.push_back(fmt::format("n = {}: holds at beta = 0 and beta = {}", n, largest_beta));
        } else {
            rows.push_back(fmt::format("n = {}: not decided", n));
        }
    }
    return {"region of failure",
            fmt::format("beta*(n) = {}; {}", boundary.text(), fmt::join(rows, "; ")),
            outcome,
            Strength::Enclosed,
            {ScopeKind::Points, "the listed n, beta in [0, 200], gamma = 0"},
            digits};
}

/// The region of failure for all n and beta: printed rate^2 - sharp rate^2 (or the rates
/// themselves) is a positive multiple of `excess`.
struct FailureRegion {
    Expr sharp_rate;
    Expr excess;   ///< > 0 exactly where the printed bound fails
    Expr multiple; ///< the positive factor
    bool squared = false;
    Expr boundary;    ///< beta*(n) as a formula
    std::string text; ///< the region in words
    /// The largest n for which some beta >= 0 lies in the region; nothing where all n have such.
    std::optional<long> largest_n = {};
};

/// Where it is not positive for all beta, excess decreases in beta, so that beta = 0 tells which n
/// the region has: by algebra for all n, or, as it is a concave quadratic in n there, in balls on
/// both sides of the largest.
void add_reach(Steps& steps, const FailureRegion& region)
{
    const Expr at_zero = region.excess.substitute("beta", Expr(0));
    if (!region.largest_n) {
        steps.at_least("excess > 0 at beta = 0 for all n",
                       replace_formula(at_zero, exp(Expr(1)), 2 + sym("u")), Expr(1));
        return;
    }
    const long n = *region.largest_n;
    const auto excess_at = [&](long tokens) {
        return at_zero.evaluate<Ball>({{"n", Ball(tokens)}});
    };
    steps.decided(
        fmt::format("excess at beta = 0 is positive for n = {}, negative for n = {}", n, n + 1),
        is_positive(excess_at(n)) && is_negative(excess_at(n + 1)));
}

/// Exact: the bound fails where excess > 0 because gamma' = sharp rate/r at gamma = 0, and holds
/// elsewhere because the sharp bound holds for all gamma. The region contains n = 2 with all beta.
Evidence exact_failure_region(const FailureRegion& region, const Expr& unit_velocity,
                              const Expr& printed_rate)
{
    const auto p = symbolic_point();
    const auto power_of = [&](const Expr& rate) { return region.squared ? rate * rate : rate; };
    Steps steps;
    steps.identity("gamma' = sharp rate at gamma = 0", unit_velocity.substitute("gamma", Expr(0)),
                   region.sharp_rate);
    steps.at_least("the sharp bound holds for all gamma", unit_velocity,
                   region.sharp_rate * (1 - p.gamma));
    steps.identity("printed minus sharp rate is a positive multiple of the excess",
                   power_of(printed_rate) - power_of(region.sharp_rate),
                   region.multiple * region.excess);
    // e = e^1 enters with e >= 2 only.
    steps.at_least(
        "excess > 0 for n = 2 and all beta",
        replace_formula(region.excess.substitute("n", Expr(2)), exp(Expr(1)), 2 + sym("u")),
        Expr(1));
    add_reach(steps, region);
    const std::string reach = region.largest_n ? fmt::format("n <= {} have such beta >= 0 and no "
                                                             "larger n has",
                                                             *region.largest_n)
                                               : std::string("every n >= 2 has such beta");
    return steps.refutation("exact region of failure",
                            fmt::format("fails where {} (at gamma = 0) and holds everywhere else; "
                                        "{}",
                                        region.text, reach),
                            {ScopeKind::All, "exactly where " + region.text});
}

// --- lower bounds on gamma' --------------------------------------------------------------------

/// gamma' >= rate(n, beta)/r (1 - gamma).
Statement lower_bound(const Expr& gamma_dot, const Expr& rate)
{
    const auto p = symbolic_point();
    Statement statement = ledger::relation(gamma_dot, "\\ge", rate / p.r * (1 - p.gamma));
    statement.latex = "\\dot\\gamma \\ge " + (rate / p.r * (1 - p.gamma)).latex();
    statement.formulas.insert_or_assign("rate", rate);
    return statement;
}

/// The lower bound, and (for the report, not for planted faults) where it fails.
std::function<Judgement(const Statement&, const Effort&)>
lower_bound_check(const Expr& gamma_dot, const FailureRegion& region)
{
    return [gamma_dot, region](const Statement& statement, const Effort& effort) {
        Judgement judgement = decide_at_least_widely(statement, effort);
        if (judgement.counterexample && !effort.control) {
            const Expr& rate = statement.formulas.at("rate");
            judgement.evidence.push_back(failure_region_of_rate(
                region.sharp_rate, rate, region.boundary, std::max(30L, effort.digits)));
            judgement.evidence.push_back(
                exact_failure_region(region, gamma_dot.substitute("r", Expr(1)), rate));
        }
        return judgement;
    };
}

std::vector<Fault> stronger_rates(const Expr& gamma_dot, const Expr& rate)
{
    const auto p = symbolic_point();
    return {
        {near_one_millionth, lower_bound(gamma_dot, millionth_more(rate))},
        {"constant 2 -> 3", lower_bound(gamma_dot, Expr(Rational(3, 2)) * rate)},
        {"n -> n - 1", lower_bound(gamma_dot, rate.substitute("n", p.n - 1))},
        {"beta -> beta/2", lower_bound(gamma_dot, rate.substitute("beta", p.beta / 2))},
        {"e^beta-type constant of the printed bound",
         lower_bound(gamma_dot, 2 * exp(Expr(1)) / (p.n * exp(p.beta)))},
        {"factor 1 - gamma dropped",
         [&] {
             Statement s = lower_bound(gamma_dot, rate);
             s.formulas.insert_or_assign("rhs", rate / p.r);
             return s;
         }()},
    };
}

void add_lower_bound(ledger::Registry& registry, const std::string& id, const Expr& gamma_dot,
                     const Expr& printed_rate, const FailureRegion& region)
{
    const Expr& sharp_rate = region.sharp_rate;
    Claim claim;
    claim.id = id;
    claim.printed = lower_bound(gamma_dot, printed_rate);
    claim.amended = lower_bound(gamma_dot, sharp_rate);
    claim.check = lower_bound_check(gamma_dot, region);
    claim.faults = stronger_rates(gamma_dot, sharp_rate);
    claim.witness = symmetric_state_witness;
    claim.note = constant_note;
    registry.add(std::move(claim));
}

// --- Gronwall ----------------------------------------------------------------------------------

Statement gronwall(const std::string& clock, const std::string& integral, const Expr& rate)
{
    Statement statement;
    statement.latex =
        "1 - \\gamma(t) \\le \\exp\\left(-" + rate.latex() + " " + integral + "\\right)";
    statement.formulas = {{"rate", rate}};
    statement.words = {{"clock", clock}};
    return statement;
}

constexpr const char* nonnegative_clock = "int alpha >= 0";

/// In the clock T = int ds/r (Pre-LN, Peri-LN) or int alpha ds (nGPT) the direction dynamics are
/// those of the unit-speed scheme "post-ln" or "ngpt"; the estimate says -ln(1-gamma) >= rate T.
Judgement check_gronwall(const FailureRegion& region, const Statement& statement,
                         const Effort& effort)
{
    const Expr& rate = statement.formulas.at("rate");
    const std::string& name = statement.words.at("clock");
    // The slack near the start is about 1e-12 of its terms; 40 more bits leave it many digits.
    const PrecisionScope precision(128);
    const std::vector<Rational> epsilons = {1 - pow(Rational(1, 10), 12), Rational(999, 1000),
                                            Rational(1, 2), Rational(1, 1000),
                                            pow(Rational(1, 10), 12)};
    Judgement judgement;
    std::size_t points = 0;
    Truth outcome = Truth::True;
    std::optional<Ball> smallest;
    std::string no_value;
    for (const long n : grid_n()) {
        for (const Rational& beta : grid_beta()) {
            if (effort.control && (n > 10 || beta > 5)) {
                continue;
            }
            model::SymmetricProblem problem;
            problem.scheme = name;
            problem.n = n;
            problem.beta = beta;
            const flow::SymmetricClock clock(problem);
            const Ball c = rate.evaluate<Ball>({{"n", Ball(n)}, {"beta", Ball(beta)}});
            if (!c.is_finite()) {
                no_value = no_value.empty()
                               ? fmt::format("n = {}, beta = {}", n, attest::to_string(beta))
                               : no_value;
                continue;
            }
            for (const Rational& epsilon : epsilons) {
                const Ball e(epsilon);
                const Ball slack = -log(e) - c * clock.time_at(e);
                ++points;
                if (!smallest || slack.lower() < smallest->lower()) {
                    smallest = slack;
                }
                if (is_true(is_negative(slack)) && !judgement.counterexample) {
                    judgement.counterexample = ledger::Counterexample{
                        {{"n", std::to_string(n)},
                         {"beta", attest::to_string(beta)},
                         {"gamma", attest::to_string(Rational(1 - epsilon))}},
                        fmt::format("-ln(1-gamma) - rate * T = {} < 0 at this point of the "
                                    "trajectory",
                                    slack.to_string(10)),
                        fmt::format("attest trajectory --scheme {} --n {} --beta {} --until "
                                    "gamma={}",
                                    name, n, attest::to_string(beta),
                                    attest::to_string(Rational(1 - epsilon)))};
                }
                outcome = outcome && !is_negative(slack);
            }
        }
    }
    if (!judgement.counterexample && !no_value.empty()) {
        throw DomainError("the rate has no value at " + no_value);
    }
    if (smallest) {
        judgement.slack = ledger::Slack{attest::to_decimal(smallest->lower(), 6),
                                        attest::to_decimal(smallest->upper(), 6)};
    }
    judgement.evidence.push_back(
        {"rigorous quadrature along the trajectory",
         fmt::format("-ln(1-gamma) - rate * T at {} points", points), outcome, Strength::Enclosed,
         on_grid("1-gamma from 1 - 1e-12 to 1e-12"), std::nullopt, false, working_bits()});
    auto p = symbolic_point();
    p.alpha = 1;
    const Expr velocity =
        name == "post-ln" ? model::PostLN::gamma_dot(p) : model::NGPT::gamma_dot(p);
    if (is_false(outcome)) {
        // 1 - gamma = 1 - (sharp rate) T + O(T^2) exceeds e^{-rate T} for small T.
        if (!effort.control) {
            judgement.evidence.push_back(exact_failure_region(region, velocity, rate));
            if (statement.words.contains("sign")) {
                Evidence& item = judgement.evidence.back();
                item.scope.text += ", for alpha_t >= 0";
                item.detail += "; where int_0^t alpha_s ds < 0 the estimate fails outside the "
                               "region too: a smaller rate claims more there";
            }
        }
        return judgement;
    }
    Steps pointwise;
    pointwise.at_least("gamma' >= rate (1-gamma) in the clock T for all gamma", velocity,
                       rate * (1 - p.gamma));
    if (!is_true(pointwise.outcome())) {
        // A rate that is no larger than the sharp one claims less.
        Steps through_sharp;
        through_sharp.at_least("gamma' >= sharp rate (1-gamma) in the clock T for all gamma",
                               velocity, region.sharp_rate * (1 - p.gamma));
        Statement smaller;
        smaller.formulas = {{"lhs", region.sharp_rate}, {"rhs", rate}};
        const std::string says = "the rate is at most the sharp one";
        if (const std::optional<std::string> how = proved_with_weaker_term(smaller)) {
            through_sharp.decided(says + ": " + *how, Truth::True);
        } else {
            through_sharp.at_least(says, region.sharp_rate, rate);
        }
        if (is_true(through_sharp.outcome())) {
            pointwise = through_sharp;
        }
    }
    judgement.evidence.push_back(pointwise.evidence("Gronwall from the pointwise bound",
                                                    "-ln(1-gamma) >= rate * T", everywhere()));
    const auto sign = statement.words.find("sign");
    if (sign != statement.words.end() && sign->second != nonnegative_clock) {
        // Nothing here looks at a negative integral.
        for (Evidence& item : judgement.evidence) {
            item.outcome = Truth::Unknown;
        }
    }
    return judgement;
}

void add_gronwall(ledger::Registry& registry, const std::string& id, const std::string& clock,
                  const std::string& integral, const Expr& printed_rate,
                  const FailureRegion& region, const std::string& bound_id)
{
    const auto p = symbolic_point();
    const Expr& sharp_rate = region.sharp_rate;
    Claim claim;
    claim.id = id;
    claim.printed = gronwall(clock, integral, printed_rate);
    claim.amended = gronwall(clock, integral, sharp_rate);
    claim.check = [region](const Statement& statement, const Effort& effort) {
        return check_gronwall(region, statement, effort);
    };
    for (const auto& [change, rate] : std::vector<std::pair<std::string, Expr>>{
             {"rate times 1000001/1000000", millionth_more(sharp_rate)},
             {"constant 2 -> 3", Expr(Rational(3, 2)) * sharp_rate},
             {"n -> n - 1", sharp_rate.substitute("n", p.n - 1)},
             {"beta -> beta/2", sharp_rate.substitute("beta", p.beta / 2)}}) {
        claim.faults.push_back(fault(change, *claim.amended, "rate", rate));
    }
    claim.depends_on = {bound_id};
    claim.witness = symmetric_state_witness;
    claim.note = constant_note;
    if (integral.find("alpha") != std::string::npos) {
        claim.printed.words["sign"] = "alpha_t of any sign";
        claim.amended->words["sign"] = nonnegative_clock;
        claim.amended->latex += ", \\quad \\text{where } " + integral + " \\ge 0";
    }
    registry.add(std::move(claim));
}

// --- upper bounds on r' ------------------------------------------------------------------------

Judgement check_at_least(const Statement& statement, const Effort& effort)
{
    return decide_at_least_widely(statement, effort);
}

/// r' <= bound, as "lhs" >= "rhs".
Statement upper_bound(const Expr& bound, const Expr& r_dot, const std::string& latex)
{
    Statement statement = ledger::relation(bound, "\\ge", r_dot);
    statement.latex = latex;
    return statement;
}

std::vector<Fault> faults_of_unit_bound(const Statement& statement)
{
    return {
        fault("constant 1 -> 999999/1000000", statement, "lhs", Expr(Rational(999999, 1000000))),
        fault("constant 1 -> 1/2", statement, "lhs", Expr(Rational(1, 2))),
        fault("r' doubled", statement, "rhs", 2 * statement.formulas.at("rhs")),
        fault("sign flipped", statement, "lhs", Expr(-1)),
    };
}

void add_pre_ln_clock(ledger::Registry& registry)
{
    const auto p = symbolic_point();
    const Expr r_dot = model::PreLN::symmetric_r_dot(p);
    Claim claim;
    claim.id = "appA/pre-ln/clock";
    claim.printed = upper_bound(Expr(1), r_dot,
                                "\\dot r \\le 1, \\quad r(t) \\le t + r(0), \\quad "
                                "\\int_0^t \\tfrac{ds}{r(s)} \\to \\infty");
    claim.check = [](const Statement& statement, const Effort& effort) {
        Judgement judgement = decide_at_least_widely(statement, effort);
        if (judgement.counterexample) {
            return judgement;
        }
        // r(t) - r(0) <= slope t along trajectories, and int ds/r = Post-LN's time grows without
        // bound.
        const Expr& slope = statement.formulas.at("lhs");
        const PrecisionScope precision(256);
        Truth outcome = Truth::True;
        for (const long n : grid_n()) {
            model::SymmetricProblem problem;
            problem.n = n;
            problem.beta = 1;
            problem.scheme = "pre-ln";
            const flow::SymmetricClock pre(problem);
            problem.scheme = "post-ln";
            const flow::SymmetricClock post(problem);
            Ball former(0);
            for (const long k : {1L, 2L, 4L, 8L, 16L}) {
                const Ball epsilon(pow(Rational(1, 10), k));
                const Ball bound = slope.evaluate<Ball>({}) * pre.time_at(epsilon) + 1;
                outcome = outcome && less_equal(pre.magnitude_at(epsilon), bound)
                          && less(2 * former, 2 * post.time_at(epsilon) - 1);
                former = post.time_at(epsilon);
            }
        }
        judgement.evidence.push_back(
            {"rigorous quadrature along the trajectory",
             "r <= t + r(0), and int ds/r grows by more than 1/2 whenever -ln(1-gamma) doubles",
             outcome,
             Strength::Enclosed,
             {ScopeKind::Points,
              "n in {2, 3, 10, 128, 256, 1000}, beta = 1, 1-gamma = 1e-1..1e-16"},
             std::nullopt,
             false,
             working_bits()});
        return judgement;
    };
    claim.faults = faults_of_unit_bound(claim.printed);
    claim.witness = symmetric_state_witness;
    claim.note = "r <= t + r(0) integrates r' <= 1, and int_0^t ds/(s + r(0)) = ln(1 + t/r(0))";
    registry.add(std::move(claim));
}

void add_peri_r_dot(ledger::Registry& registry)
{
    const auto p = symbolic_point();
    const Expr r_dot = model::PeriLN::symmetric_r_dot(p);
    const Expr coarse = p.n * exp(p.beta) / sqrt(exp(2 * p.beta) + p.n - 1);

    Claim bounds;
    bounds.id = "appA/peri-ln/r-dot-bounds";
    bounds.printed.latex = "\\dot r \\le " + coarse.latex() + " \\le n";
    bounds.printed.formulas = {{"rdot", r_dot}, {"middle", coarse}, {"outer", p.n}};
    bounds.check = [](const Statement& statement, const Effort& effort) {
        const auto& f = statement.formulas;
        Statement first;
        first.formulas = {{"lhs", f.at("middle")}, {"rhs", f.at("rdot")}};
        Statement second;
        second.formulas = {{"lhs", f.at("outer")}, {"rhs", f.at("middle")}};
        Judgement judgement = for_every({first, second}, effort, decide_at_least_far);
        if (!judgement.counterexample && !is_true(judgement.evidence.back().outcome)) {
            require_sides(first, effort);
            require_sides(second, effort);
        }
        return judgement;
    };
    bounds.faults = {
        fault("factor n dropped in the middle", bounds.printed, "middle",
              exp(p.beta) / sqrt(exp(2 * p.beta) + p.n - 1)),
        fault("outer bound n -> n - 1", bounds.printed, "outer", p.n - 1),
        fault("outer bound n -> 999999/1000000 n", bounds.printed, "outer",
              Expr(Rational(999999, 1000000)) * p.n),
        fault("e^beta dropped in the middle", bounds.printed, "middle",
              p.n / sqrt(exp(2 * p.beta) + p.n - 1)),
    };
    bounds.witness = symmetric_state_witness;
    registry.add(std::move(bounds));

    Claim unit;
    unit.id = "appA/peri-ln/r-dot-le-1";
    unit.printed = upper_bound(Expr(1), r_dot, "\\dot r \\le 1");
    unit.check = check_at_least;
    unit.faults = faults_of_unit_bound(unit.printed);
    unit.witness = symmetric_state_witness;
    unit.note = "r' = <theta, A>/|A| <= 1 is the Cauchy-Schwarz inequality";
    registry.add(std::move(unit));

    Claim argument;
    argument.id = "appA/peri-ln/r-dot-argument";
    argument.printed = upper_bound(
        Expr(1), coarse, "\\dot r \\le " + coarse.latex() + " \\;\\Rightarrow\\; \\dot r \\le 1");
    argument.amended = upper_bound(
        Expr(1), r_dot,
        "\\dot r = \\langle\\theta,A\\rangle/\\|A\\| \\le 1 \\text{ by Cauchy--Schwarz}");
    argument.check = [](const Statement& statement, const Effort& effort) {
        Judgement judgement = decide_at_least_widely(statement, effort);
        if (judgement.counterexample && !effort.control) {
            Steps reverse;
            reverse.at_least("the bound is at least 1 everywhere", statement.formulas.at("rhs"),
                             statement.formulas.at("lhs"));
            judgement.evidence.push_back(reverse.refutation(
                "certificate for the opposite inequality", "it never gives r' <= 1", everywhere()));
        }
        return judgement;
    };
    argument.faults = faults_of_unit_bound(*argument.amended);
    argument.depends_on = {"appA/peri-ln/r-dot-bounds"};
    argument.witness = symmetric_state_witness;
    argument.note = "read as an inference: an upper bound shows r' <= 1 if it is at most 1 itself; "
                    "the conclusion is true (appA/peri-ln/r-dot-le-1), this argument for it is not";
    registry.add(std::move(argument));
}

void add_gamma_nonnegative(ledger::Registry& registry)
{
    const auto p = symbolic_point();
    Claim claim;
    claim.id = "appA/pre-ln/gamma-nonnegative";
    claim.printed = ledger::relation(model::PreLN::gamma_dot(p), "\\ge", Expr(0));
    claim.printed.latex = "\\dot\\gamma \\ge 0, \\quad \\gamma(t) \\ge \\gamma(0) = 0";
    claim.check = check_at_least;
    const Expr& velocity = claim.printed.formulas.at("lhs");
    claim.faults = {
        fault("0 -> 1/1000000", claim.printed, "rhs", Expr(Rational(1, 1000000))),
        fault("sign flipped", claim.printed, "lhs", -velocity),
        fault("zero of gamma' moved from 1 to 999999/1000000", claim.printed, "lhs",
              velocity * (Expr(Rational(999999, 1000000)) - p.gamma) / (1 - p.gamma)),
        fault("factor (n-1)gamma + 1 -> (n-1)gamma - 1", claim.printed, "lhs",
              velocity * ((p.n - 1) * p.gamma - 1)),
    };
    claim.witness = symmetric_state_witness;
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_a_bounds(ledger::Registry& registry)
{
    const auto p = symbolic_point();
    const Expr e = exp(Expr(1));
    const Expr printed = 2 * e / (p.n * exp(p.beta));
    const Expr printed_peri = 2 * e / (exp(p.beta) * sqrt(1 + pow(p.n - 1, 2)));
    const Expr sharp_pre = 2 / (p.n - 1 + exp(p.beta));
    const Expr sharp_peri = 2 / sqrt(exp(2 * p.beta) + p.n - 1);
    const Expr pre = model::PreLN::gamma_dot(p);
    const Expr peri = model::PeriLN::gamma_dot(p);

    const Expr E = exp(p.beta);
    const Expr m = p.n - 1;
    // beta*(n) as a formula, where the excess changes sign.
    const FailureRegion pre_region{
        sharp_pre,
        e * m - E * (p.n - e),
        2 / (p.n * E * (m + E)),
        false,
        1 + log((p.n - 1) / (p.n - e)),
        "e^beta (n - e) < e (n - 1): n = 2 and all beta, n >= 3 and beta < 1 + ln((n-1)/(n-e))"};
    const FailureRegion peri_first{
        sharp_peri,
        e * e * m - E * E * (1 + m * m - e * e),
        4 / (E * E * (1 + m * m) * (E * E + m)),
        true,
        1 + log((p.n - 1) / (1 + pow(p.n - 1, 2) - e * e)) / 2,
        "e^{2 beta} (1 + (n-1)^2 - e^2) < e^2 (n - 1): n = 2, 3 and all beta, n >= 4 and "
        "beta < 1 + ln((n-1)/(1+(n-1)^2-e^2))/2 where that is positive",
        9};
    const FailureRegion peri_chain{
        sharp_peri,
        e * e * m - E * E * (p.n * p.n - e * e),
        4 / (p.n * p.n * E * E * (E * E + m)),
        true,
        1 + log((p.n - 1) / (p.n * p.n - e * e)) / 2,
        "e^{2 beta} (n^2 - e^2) < e^2 (n - 1): n = 2 and all beta, n >= 3 and "
        "beta < 1 + ln((n-1)/(n^2-e^2))/2 where that is positive",
        7};

    add_gamma_nonnegative(registry);
    add_lower_bound(registry, "appA/pre-ln/gamma-lower-bound", pre, printed, pre_region);
    add_gronwall(registry, "appA/pre-ln/gronwall-bound", "post-ln", "\\int_0^t \\frac{ds}{r(s)}",
                 printed, pre_region, "appA/pre-ln/gamma-lower-bound");
    add_pre_ln_clock(registry);
    add_lower_bound(registry, "appA/peri-ln/lower-bound-1", peri, printed_peri, peri_first);
    add_lower_bound(registry, "appA/peri-ln/lower-bound-chain", peri, printed, peri_chain);
    add_gronwall(registry, "appA/peri-ln/gronwall-bound", "ngpt", "\\int_0^t \\frac{ds}{r(s)}",
                 printed, peri_chain, "appA/peri-ln/lower-bound-chain");
    add_gronwall(registry, "appA/ngpt/gronwall-bound", "ngpt", "\\int_0^t \\alpha_s\\,ds", printed,
                 peri_chain, "appA/peri-ln/lower-bound-chain");
    add_peri_r_dot(registry);

    Claim second;
    second.id = "appA/peri-ln/lower-bound-2";
    const Expr left = printed_peri / p.r * (1 - p.gamma);
    const Expr right = printed / p.r * (1 - p.gamma);
    second.printed = ledger::relation(left, "\\ge", right);
    second.check = check_at_least;
    second.faults = {
        fault("sqrt(1+(n-1)^2) -> sqrt(1+n^2)", second.printed, "lhs",
              2 * e / (exp(p.beta) * sqrt(1 + pow(p.n, 2))) / p.r * (1 - p.gamma)),
        fault("left side halved", second.printed, "lhs", left / 2),
        fault("right side n -> n - 1", second.printed, "rhs",
              2 * e / ((p.n - 1) * exp(p.beta)) / p.r * (1 - p.gamma)),
        fault("square root dropped", second.printed, "lhs",
              2 * e / (exp(p.beta) * (1 + pow(p.n - 1, 2))) / p.r * (1 - p.gamma)),
    };
    second.witness = symmetric_state_witness;
    second.note = "1 + (n-1)^2 <= n^2 is n >= 1";
    registry.add(std::move(second));
}

} // namespace attest::theorems
