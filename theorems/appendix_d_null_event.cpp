// Appendix D.3, Steps 3 and 5: the event whose probability is to be zero.
#include "theorems/instability.hpp"
#include "theorems/obstacle.hpp"
#include "theorems/reduction.hpp"
#include "theorems/units.hpp"

namespace attest::theorems {
namespace {

/// Two tokens with gamma = <theta_1, theta_2>: <theta_j, A_j> >= gamma, and gamma does not
/// decrease.
Truth pair_facts(std::vector<ledger::Certificate>& certificates)
{
    const Expr beta = sym("beta");
    const Expr gamma = sym("gamma");
    const Expr own = exp(beta);
    const Expr other = exp(beta * gamma);
    StepsOnRanges steps;
    steps.at_least((own + gamma * other) / (own + other), gamma,
                   {{"beta", from(0)}, {"gamma", between(0, 1)}});
    // gamma' = (B_12 - B_11 gamma)/s_1 + ...: one of the two equal terms, with weight
    // w = e^{beta gamma}/Z and speed 1/s; B_11 = 1 - w + w gamma, B_12 = (1 - w) gamma + w.
    const Expr w = sym("w");
    steps.identical((1 - w) * gamma + w - (1 - w + w * gamma) * gamma, w * (1 - gamma * gamma));
    for (const ledger::Certificate& certificate : steps.certificates()) {
        certificates.push_back(certificate);
    }
    return steps.outcome();
}

Judgement check_null_event(const Statement& statement, const Effort& effort)
{
    const std::string& limit = statement.words.at("limit");
    std::vector<ledger::Certificate> certificates;
    const Truth pair = pair_facts(certificates);
    if (statement.words.at("join") == "union" || limit == "any") {
        Judgement judgement;
        Evidence evidence{
            "two tokens in a cone",
            "n = d = 2, m = 2: gamma(t) = <theta_1, theta_2> does not decrease and <theta_j, A_j> "
            ">= gamma, so that every start with gamma(0) > 1/2 has r_j(t) >= r_j(0) + t/2 > t/2 "
            "for all t > 0 and lies in {q_j > 1/2 for all j, t > 0}; the angle of two uniform "
            "directions in the plane is uniform, so that P(gamma(0) > 1/2) = 1/3",
            is_true(pair) ? Truth::False : Truth::Unknown,
            Strength::Exact,
            {ScopeKind::Points, "n = d = 2, m = 2, every beta >= 0"}};
        evidence.certificates = certificates;
        judgement.evidence.push_back(std::move(evidence));
        if (is_true(pair)) {
            judgement.counterexample = ledger::Counterexample{
                {{"n", "2"},
                 {"d", "2"},
                 {"m", "2"},
                 {"beta", "1"},
                 {"start", "<theta_1, theta_2> > 1/2"}},
                "an open set of starts, of probability 1/3, lies in the event",
                "attest evaluate '(exp(beta)+3/4*exp(3/4*beta))/(exp(beta)+exp(3/4*beta))' '1/2' "
                "--at beta=1"};
        }
        return judgement;
    }
    if (statement.numbers.at("least_d") < 2) {
        return judged_by(
            {{{"n", "2"}, {"d", "1"}, {"m", "2"}, {"beta", "1"}, {"theta_2", "-theta_1"}},
             "with probability 1/2 two tokens on the line are antipodal, and stay so: P_j A_j = 0 "
             "there and r_j' = tanh 1 > 1/2 keeps q_j above 1/2",
             (exp(Expr(1)) - exp(Expr(-1))) / (exp(Expr(1)) + exp(Expr(-1))),
             ">",
             Expr(Rational(1, 2)),
             {}},
            effort);
    }
    Judgement judgement;
    Evidence two{"two tokens",
                 "gamma' = w (1 - gamma^2)(1/s_1 + 1/s_2) >= 0: gamma(0) > -1 excludes the only "
                 "critical point that is not synchronised, gamma = -1; the starts with theta_2 = "
                 "-theta_1 have codimension d - 1 >= 1",
                 pair,
                 Strength::Exact,
                 {ScopeKind::Box, "n = 2, all d >= 2, beta >= 0, m"}};
    two.certificates = certificates;
    judgement.evidence.push_back(std::move(two));
    judgement.evidence.push_back(
        {"proof graph",
         "for each m and Q: all critical points that are not synchronised are unstable (decided "
         "anew here: trace for d >= 3, gap criterion for d = 2; Lemma D.3), they form a compact "
         "set, and the centre-stable manifold theorem on the open set q > 0 makes their basin a "
         "null set; a union over m and Q",
         unstable_unless_synchronised(),
         Strength::Enclosed,
         {ScopeKind::All,
          "all n >= 2, d >= 2, beta >= 0, m; given the centre-stable manifold theorem"}});
    return judgement;
}

void add_event(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/step3/null-event";
    claim.printed.words = {{"join", "union"}, {"limit", "not synchronised"}};
    claim.printed.numbers = {{"least_d", 1}};
    claim.printed.latex =
        "\\mathbb P\\bigl[\\{q_j > \\tfrac1m\\ \\forall j, t > 0\\} \\cup \\{\\theta_j \\to "
        "\\theta_j^*,\\ \\Theta^* \\text{ not synchronised}\\}\\bigr] = 0";
    claim.amended = claim.printed;
    claim.amended->words.insert_or_assign("join", "intersection");
    claim.amended->numbers.insert_or_assign("least_d", 2);
    claim.amended->latex =
        "d \\ge 2: \\quad \\mathbb P\\bigl[\\{q_j > \\tfrac1m\\ \\forall j, t > 0\\} \\cap \\{"
        "\\theta_j \\to \\theta_j^*,\\ \\Theta^* \\text{ not synchronised}\\}\\bigr] = 0";
    claim.check = check_null_event;
    claim.faults = {
        fault("union", *claim.amended, "join", "union"),
        fault("d = 1 allowed", *claim.amended, "least_d", Rational(1)),
        fault("any limit", *claim.amended, "limit", "any"),
    };
    claim.witness =
        "n = d = 2, theta_1 = e_1, theta_2 = e_2, Q = K = V = I, beta = 1, r_1 = r_2 = 1";
    claim.depends_on = {"appD.3/step4/hessian",         "appD.3/step4/jacobian",
                        "appD.3/step5/stable-manifold", "appD.3/step5/compact-critical-set",
                        "appD.3/step5/interior",        "appD.3/step5/back-to-time-zero",
                        "appD.3/step1/common-segment"};
    claim.note = "the sign between the two events is printed twice, in Steps 3 and 5. The proof "
                 "graph uses appD.3/step5/interior and appD.3/step1/common-segment in their "
                 "amended forms (a larger interval; one for each start), and cites the "
                 "centre-stable manifold theorem";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d_null_event(ledger::Registry& registry)
{
    add_event(registry);
}

} // namespace attest::theorems
