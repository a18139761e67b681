// Section 3 and Appendix D.3: what regulates the speed, and the dynamics as it is recalled.
#include "attest/flow/particle_system.hpp"
#include "attest/proof/algebra.hpp"
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"
#include "theorems/weight_conditions.hpp"
#include "theorems/witnesses.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

// --- regulation by the magnitude ----------------------------------------------------------------

/// Pre-LN and Peri-LN among three tokens: whether the recorded velocity of direction 1 mentions
/// another token's magnitude.
bool mentions_other_magnitudes(const std::string& scheme)
{
    flow::ExactParticles particles;
    particles.scheme = scheme;
    particles.theta = Matrix<Rational>::Zero(2, 3);
    particles.theta(0, 0) = particles.theta(1, 1) = particles.theta(1, 2) = 1;
    particles.r = Vector<Rational>::Constant(3, Rational(1));
    const flow::System system = flow::particle_system(particles, true, "t", 0);
    for (std::size_t k = 0; k < 2; ++k) {
        for (const std::string& name : system.rates[k].symbols()) {
            if (name == "r2" || name == "r3") {
                return true;
            }
        }
    }
    return false;
}

Judgement check_magnitude_regulation(const Statement& statement, const Effort& effort)
{
    const Expr c = sym("c");
    const Rational& degree = statement.numbers.at("degree");
    const Scope scope{ScopeKind::All, "all n, d, Q, K, V, directions, beta, r_j > 0"};
    std::vector<Judgement> parts;
    for (const std::string& scheme : names_in(statement.words.at("schemes"))) {
        const Expr s = speed_factor_of(scheme);
        const std::vector<Instance> tokens = {{{{"scheme", scheme},
                                                {"r_j", "2"},
                                                {"c", "3"},
                                                {"|A_j|", "1/2"},
                                                {"t", "3"},
                                                {"alpha_t", "2"},
                                                {"later", "t = 8, alpha_t = 5, Mix-LN before tau"}},
                                               {{"r", 2},
                                                {"c", 3},
                                                {"normA", Rational(1, 2)},
                                                {"thetaA", Rational(1, 4)},
                                                {"t", 3},
                                                {"alpha", 2},
                                                {"late", 1}},
                                               {}}};
        // Table 2's s_j is homogeneous in r_j ...
        parts.push_back(decide_reduced(
            relation_part(s.substitute("r", c * sym("r")), "=", pow(c, degree) * s), effort,
            {"s_j(c r_j) = c^degree s_j, s_j of Table 2", {}, {}}, tokens, scope));
        // ... and has neither a clock nor a parameter of its own.
        const Expr later =
            s.substitute("t", Expr(8)).substitute("alpha", Expr(5)).substitute("late", Expr(0));
        parts.push_back(decide_reduced(relation_part(later, "=", s), effort,
                                       {"s_j at another t, alpha_t and side of tau", {}, {}},
                                       tokens, scope));
        if (parts.back().counterexample || parts[parts.size() - 2].counterexample) {
            return parts.back().counterexample ? parts.back() : parts[parts.size() - 2];
        }
    }
    Judgement judgement = all_of(parts);
    if (!effort.control) {
        Truth own = Truth::True;
        for (const std::string& scheme : names_in(statement.words.at("schemes"))) {
            own = own && truth_of(!mentions_other_magnitudes(scheme));
        }
        judgement.evidence.push_back(remark(
            "recorded particle system",
            "the velocity of theta_1 among three tokens, as it is recorded from Table 2, mentions "
            "r_1 and no other magnitude",
            own, {ScopeKind::Points, "n = 3, d = 2, beta = 1"}));
    }
    return judgement;
}

void add_magnitude_regulation(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec3/prose/magnitude-regulation";
    claim.printed.latex =
        "\\text{Pre-LN, Peri-LN: } s_j(c\\,r_j) = c\\,s_j(r_j), \\quad s_j \\text{ depends on no "
        "other magnitude, on no } t, \\alpha_t, \\tau";
    claim.printed.words = {{"schemes", "pre-ln peri-ln"}};
    claim.printed.numbers = {{"degree", 1}};
    claim.check = check_magnitude_regulation;
    claim.faults = {
        fault("Mix-LN too", claim.printed, "schemes", std::string("pre-ln mix-ln")),
        fault("nGPT too", claim.printed, "schemes", std::string("peri-ln ngpt")),
        fault("sqrt-scaling too", claim.printed, "schemes", std::string("pre-ln sqrt-scaling")),
        fault("Post-LN too", claim.printed, "schemes", std::string("post-ln peri-ln")),
        fault("s_j ~ r_j^2", claim.printed, "degree", Rational(2)),
        fault("s_j independent of r_j", claim.printed, "degree", Rational(0)),
        fault("s_j ~ 1/r_j", claim.printed, "degree", Rational(-1)),
    };
    claim.depends_on = {"table2/pre-ln/speed-factor", "table2/peri-ln/speed-factor"};
    claim.witness = orthogonal_pair_witness;
    claim.note = "an explicit mechanism is read as a factor that depends on t, alpha_t or tau: the "
                 "speed |theta_j'| = |P_j A_j|/s_j is divided by the token's own r_j alone";
    registry.add(std::move(claim));
}

// --- the dynamics as Appendix D.3 recalls it ----------------------------------------------------

/// One term of theta_j': coordinate of P_j V theta_k (y), scores <Q theta_j, K theta_k> and
/// <Q theta_k, K theta_j>, the sums Z_j over the first and Zt_j over the second.
Expr velocity_term(const Expr& score, const Expr& Z)
{
    return 1 / sym("s") * (exp(sym("beta") * score) / Z) * sym("y");
}

/// Both formulas against the recorded Post-LN system (s = 1) for Q, K, V without symmetry.
Truth matches_recorded(const Expr& formula)
{
    const Weights& w = sheared_weights();
    flow::ExactParticles particles;
    particles.scheme = "post-ln";
    particles.attention = {Rational(2), w.Q, w.K, w.V};
    particles.theta = Matrix<Rational>::Identity(2, 2);
    particles.r = Vector<Rational>::Constant(2, Rational(1));
    const flow::System system = flow::particle_system(particles, true, "t", 0);
    const auto theta = [](long j, long i) { return sym(fmt::format("theta{}_{}", j, i)); };
    const Matrix<Rational> S = w.Q.transpose() * w.K;
    const auto score = [&](long j, long k) {
        Expr sum(0);
        for (long a = 1; a <= 2; ++a) {
            for (long b = 1; b <= 2; ++b) {
                sum = sum + Expr(S(a - 1, b - 1)) * theta(j, a) * theta(k, b);
            }
        }
        return sum;
    };
    const auto value = [&](long k, long i) { // (V theta_k)_i, V diagonal
        return Expr(w.V(i - 1, i - 1)) * theta(k, i);
    };
    const Expr beta(2);
    for (long i = 1; i <= 2; ++i) {
        Expr sum(0);
        for (long k = 1; k <= 2; ++k) {
            const Expr y =
                value(k, i) - (value(k, 1) * theta(1, 1) + value(k, 2) * theta(1, 2)) * theta(1, i);
            sum = sum
                  + formula.substitute("y", y)
                        .substitute("s", Expr(1))
                        .substitute("jk", score(1, k))
                        .substitute("kj", score(k, 1))
                        .substitute("Z", exp(beta * score(1, 1)) + exp(beta * score(1, 2)))
                        .substitute("beta", beta);
        }
        if (!is_true(proof::identical(sum, system.rates[static_cast<std::size_t>(i - 1)]))) {
            return Truth::Unknown;
        }
    }
    return Truth::True;
}

void add_dynamics(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/dynamics";
    claim.printed.formulas = {
        {"section 3", 1 / sym("s") * (sym("y") * exp(sym("beta") * sym("jk")) / sym("Z"))},
        {"appendix D.3", velocity_term(sym("jk"), sym("Z"))}};
    claim.printed.latex = "\\frac{1}{s_j}P_j\\sum_k V\\theta_k\\frac{e^{\\beta\\langle "
                          "Q\\theta_j,K\\theta_k\\rangle}}"
                          "{Z_j} \\text{ (Section 3)} = \\frac{1}{s_j}P_jA_j,\\ A_j = "
                          "\\sum_k\\frac{e^{\\beta\\langle "
                          "Q\\theta_j,K\\theta_k\\rangle}}{Z_j}V\\theta_k \\text{ (Appendix D.3)}";
    claim.check = [](const Statement& statement, const Effort& effort) {
        const Expr& recalled = statement.formulas.at("appendix D.3");
        const Expr& first = statement.formulas.at("section 3");
        Judgement judgement = decide_reduced(
            relation_part(first, "=", recalled), effort,
            {"the term of theta_k; scores, Z_j, s_j and a coordinate of P_j V theta_k free symbols",
             {},
             {}},
            // Z_j > e^{beta score}, and no two of the numbers are equal.
            {{{{"beta", "2"},
               {"<Q theta_j, K theta_k>", "1/5"},
               {"<Q theta_k, K theta_j>", "-1/2"},
               {"Z_j", "3"},
               {"s_j", "5"},
               {"<v, P_j V theta_k>", "-7"}},
              {{"beta", 2},
               {"jk", Rational(1, 5)},
               {"kj", Rational(-1, 2)},
               {"Z", 3},
               {"s", 5},
               {"y", -7}},
              {}},
             {{{"beta", "1/3"},
               {"<Q theta_j, K theta_k>", "-3/4"},
               {"<Q theta_k, K theta_j>", "2"},
               {"Z_j", "11"},
               {"s_j", "1/6"},
               {"<v, P_j V theta_k>", "3/5"}},
              {{"beta", Rational(1, 3)},
               {"jk", Rational(-3, 4)},
               {"kj", 2},
               {"Z", 11},
               {"s", Rational(1, 6)},
               {"y", Rational(3, 5)}},
              {}}},
            {ScopeKind::All, "all n, d, Q, K, V, directions, beta, s_j > 0"});
        if (!effort.control && !judgement.counterexample) {
            judgement.evidence.push_back(
                remark("recorded particle system",
                       "the sum over k of either form is the velocity recorded from (NA), two "
                       "tokens, Q and K without symmetry",
                       matches_recorded(first) && matches_recorded(recalled),
                       {ScopeKind::Points, "n = d = 2, explicit Q, K, V, all directions"}));
        }
        return judgement;
    };
    const Expr& s = sym("s");
    claim.faults = {
        fault("score <Q theta_k, K theta_j>", claim.printed, "appendix D.3",
              velocity_term(sym("kj"), sym("Z"))),
        fault("Z_j dropped", claim.printed, "appendix D.3", velocity_term(sym("jk"), Expr(1))),
        fault("times s_j", claim.printed, "appendix D.3",
              pow(s, 2) * velocity_term(sym("jk"), sym("Z"))),
        fault("beta dropped", claim.printed, "appendix D.3",
              1 / s * (exp(2 * sym("jk")) / sym("Z")) * sym("y")),
        fault("sign of V", claim.printed, "appendix D.3", -velocity_term(sym("jk"), sym("Z"))),
        fault("1/s_j^2", claim.printed, "appendix D.3", velocity_term(sym("jk"), sym("Z")) / s),
    };
    claim.witness = orthogonal_pair_witness;
    claim.note = "the table of Appendix D.3 that goes with it is compared in the rows of Table 3";
    registry.add(std::move(claim));
}

} // namespace

void add_section_3_dynamics(ledger::Registry& registry)
{
    add_magnitude_regulation(registry);
    add_dynamics(registry);
}

} // namespace attest::theorems
