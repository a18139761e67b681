#include "theorems/own/columns.hpp"

#include "attest/flow/clock.hpp"
#include "attest/flow/taylor_simplify.hpp"
#include "attest/flow/terminal.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/convergence.hpp"
#include "theorems/span.hpp"
#include "theorems/terminal_proof.hpp"
#include "theorems/witnesses.hpp"

namespace attest::theorems {
namespace {

Judgement check_own_layer(const Statement& statement, const Effort& effort)
{
    std::vector<Statement> parts;
    for (const auto& token : phases(statement.words.at("scheme"))) {
        const auto update = recorded_update(statement.words.at("scheme"), token);
        const auto stated = [&](const char* name) {
            return statement.formulas.at(name).substitute("r", token.r);
        };
        parts.push_back(part(update.theta.value, token.r));
        parts.push_back(part(update.A.value, Expr(0)));
        parts.push_back(part(stated("theta"), update.theta.slope));
        parts.push_back(part(stated("A"), update.A.slope));
    }
    return for_every(parts, effort, [](const Statement& one, const Effort& e) {
        return decide_weighted_identity(one.formulas.at("lhs"), one.formulas.at("rhs"), e);
    });
}

struct OwnPoint {
    long n;
    Rational beta;
    Rational r0;
    Rational alpha;
};

const std::vector<OwnPoint>& own_points()
{
    static const std::vector<OwnPoint> points = {
        {2, 0, 1, Rational(5, 2)}, {3, 1, 2, Rational(1, 3)}, {128, 2, Rational(1, 2), 4}};
    return points;
}

/// How many times faster the scheme runs than the curve, over alpha: the quotient of Table 2's
/// speed factors, which Steps prove to be one of alpha alone.
Expr pace_of_scheme(const std::string& scheme, const std::string& curve)
{
    const auto factor = [](const std::string& name) {
        return model::with_scheme(
            name, []<class S>(S) { return Expr(S::speed_factor(symbolic_token())); });
    };
    Expr quotient = factor(curve) / factor(scheme);
    for (const char* other : {"r", "thetaA", "normA"}) {
        quotient = quotient.substitute(other, Expr(1));
    }
    return flow::simplify(quotient, {"alpha"});
}

Steps law_from_curve(const Statement& statement)
{
    const std::string& scheme = statement.words.at("scheme");
    const std::string& curve = statement.words.at("curve");
    const Expr speed = pace_of_scheme(scheme, curve);
    const auto p = symbolic_point();
    const auto equations = [&](const std::string& name) {
        return model::with_scheme(name, [&]<class S>(S) {
            return std::pair<Expr, Expr>(S::gamma_dot(p), S::symmetric_r_dot(p));
        });
    };
    const auto own = equations(scheme);
    const auto of_curve = equations(curve);
    const TerminalProof& proof = terminal_proof(curve);
    Steps steps;
    steps.identity("gamma' is that of " + curve + " times " + speed.text(), own.first,
                   speed * of_curve.first);
    steps.identity("so is r'", own.second, speed * of_curve.second);
    steps.append(proof.law_steps);
    steps.identity("the stated law with its share of the constant is the law of " + curve + " at "
                       + speed.text() + " times the time",
                   statement.formulas.at("share") * statement.formulas.at("law"),
                   speed * proof.law.substitute("t", speed * sym("t")));
    return steps;
}

/// gamma' over the stated right side at late times tends to 1, and the stated constant is the one
/// that quadrature of the scheme's own equations gives.
Evidence own_law_along_trajectories(const Statement& statement, const Effort& effort,
                                    std::optional<ledger::Counterexample>& found)
{
    constexpr long digits = 30;
    const std::string& scheme = statement.words.at("scheme");
    const PrecisionScope precision(256);
    const Expr speed = pace_of_scheme(scheme, statement.words.at("curve"));
    Truth outcome = Truth::True;
    for (const OwnPoint& at : own_points()) {
        model::SymmetricProblem problem;
        problem.scheme = scheme;
        problem.n = at.n;
        problem.beta = at.beta;
        problem.r0 = at.r0;
        problem.alpha = model::Alpha::constant(at.alpha);
        model::SymmetricProblem curve = problem;
        curve.scheme = statement.words.at("curve");
        flow::TerminalOptions options;
        options.digits = digits;
        options.with_tail = false;
        const Ball alpha(at.alpha);
        const Ball constant = flow::terminal(curve, options).constant
                              * statement.formulas.at("share").evaluate<Ball>({{"alpha", alpha}});
        const bool spherical = model::with_scheme(scheme, []<class S>(S) { return S::spherical; });
        std::vector<Rational> times;
        for (const long k : {1L, 2L, 3L}) { // in the curve's time, so that each is late enough
            const Rational late = spherical ? Rational(15 * k) : pow(Rational(10), 6 * k);
            times.push_back(late / speed.evaluate<Rational>({{"alpha", at.alpha}}));
        }
        bool vanishes = false;
        std::vector<Ball> distances;
        for (const flow::ClockState& state : flow::states_at(problem, times, digits)) {
            const Ball law =
                statement.formulas.at("law").evaluate<Ball>({{"t", state.t}, {"alpha", alpha}});
            distances.push_back(abs(state.gamma_dot / (constant * law) - Ball(1)));
            vanishes = vanishes || arb_is_zero((constant * law).raw()) != 0;
        }
        // gamma' is positive: a right side that is 0 is no law of it.
        Truth here = vanishes ? Truth::False : shrinks_to_zero(distances);
        const bool same = flow::terminal(problem, options).constant.overlaps(constant);
        here = here && (same ? Truth::True : Truth::Unknown);
        if (is_false(here) && !found) {
            found = ledger::Counterexample{
                {{"n", std::to_string(at.n)},
                 {"beta", to_string(at.beta)},
                 {"r0", to_string(at.r0)},
                 {"alpha", to_string(at.alpha)}},
                vanishes
                    ? std::string("the stated right side is 0")
                    : "gamma' over the stated right side differs from 1 by "
                          + distances.back().to_string(6) + " at t = " + to_string(times.back()),
                fmt::format("attest terminal --scheme {} --n {} --beta {} --r0 {} --alpha {}",
                            scheme, at.n, to_string(at.beta), to_string(at.r0),
                            to_string(at.alpha))};
        }
        outcome = outcome && here;
        if (is_false(outcome) && effort.control) {
            break;
        }
    }
    return {"late times and the constant by quadrature (balls)",
            "gamma' over the stated right side tends to 1 at three late times; the constant is "
            "that of the scheme's own recorded equations to 30 digits",
            outcome,
            Strength::Numeric,
            {ScopeKind::Points, "(n, beta, r_0, alpha) in {(2, 0, 1, 5/2), (3, 1, 2, 1/3), (128, "
                                "2, 1/2, 4)}"},
            digits,
            false,
            working_bits()};
}

Judgement check_own_terminal(const Statement& statement, const Effort& effort)
{
    Judgement judgement;
    std::optional<ledger::Counterexample> found;
    const Evidence numbers = own_law_along_trajectories(statement, effort, found);
    Evidence algebra =
        law_from_curve(statement).evidence("law of the curve at its own pace (exact algebra)",
                                           "gamma' ~ C law for all parameters", everywhere());
    if (effort.control) {
        algebra.certificates.clear();
    }
    judgement.evidence = {std::move(algebra), numbers};
    judgement.counterexample = std::move(found);
    return judgement;
}

} // namespace

Judgement decide_weighted_identity(const Expr& lhs, const Expr& rhs, const Effort& effort)
{
    proof::Domain domain = token_domain();
    domain["alpha"] = symmetric_domain().at("alpha");
    // Next to 0 no digit is significant, and coordinates are often 0: compare them on top of 17.
    const auto simple = [](const Expr& side) { return 17 + flow::simplify(side, {"alpha"}); };
    Judgement judgement = decide_identity(part(simple(lhs), simple(rhs)), effort, domain);
    for (Evidence& item : judgement.evidence) {
        if (item.strength == Strength::Exact) {
            item.scope = all_configurations(", alpha_t > 0");
        }
    }
    return judgement;
}

Claim own_layer(const std::string& scheme, const Expr& theta, const Expr& A)
{
    Claim claim;
    claim.id = fmt::format("x/{}/layer", scheme);
    claim.printed.formulas = {{"theta", theta}, {"A", A}};
    claim.printed.words = {{"scheme", scheme}};
    claim.printed.latex =
        fmt::format("\\lim_{{h\\to 0}} \\frac{{x_j^h - x_j}}{{h}} = \\left({}\\right)\\theta_j + "
                    "\\left({}\\right)A_j",
                    theta.latex(), A.latex());
    claim.check = check_own_layer;
    for (const char* name : {"theta", "A"}) {
        for (Fault& miss : faults_of(claim.printed, name)) {
            claim.faults.push_back(std::move(miss));
        }
    }
    for (const std::string_view other : model::all_scheme_names) {
        if (other != scheme) {
            claim.faults.push_back(fault(fmt::format("layer of {} instead", other), claim.printed,
                                         "scheme", std::string(other)));
        }
    }
    claim.witness = symmetric_gram_witness;
    return claim;
}

Claim own_identity(const std::string& id, const std::string& latex, const Expr& derived,
                   const Expr& printed)
{
    Claim claim;
    claim.id = id;
    claim.printed.latex = latex + " = " + printed.latex();
    claim.printed.formulas = {{"lhs", derived}, {"rhs", printed}};
    claim.check = check_identity;
    claim.faults = faults_of(claim.printed, "rhs");
    claim.witness = symmetric_gram_witness;
    claim.note = "left side derived from (NA) by exact algebra with permutation-invariant "
                 "matrices aI + bJ, n symbolic";
    return claim;
}

Claim own_terminal_velocity(const std::string& scheme, const std::string& curve, const Expr& law,
                            const Expr& share)
{
    Claim claim;
    claim.id = fmt::format("x/{}/terminal-velocity", scheme);
    claim.printed.formulas = {{"law", law}, {"share", share}};
    claim.printed.words = {{"scheme", scheme}, {"curve", curve}};
    claim.printed.latex = fmt::format("\\dot\\gamma(t) \\sim C\\,{}, \\quad C = C_{{\\text{{{}}}}}"
                                      "\\,{} \\quad (t\\to\\infty)",
                                      law.latex(), curve, share.latex());
    claim.check = check_own_terminal;
    claim.faults = faults_of(claim.printed, "law");
    for (Fault& miss : faults_of(claim.printed, "share")) {
        claim.faults.push_back(std::move(miss));
    }
    claim.depends_on = {fmt::format("x/{}/gamma-ode", scheme)};
    claim.witness = symmetric_start_witness;
    return claim;
}

} // namespace attest::theorems
