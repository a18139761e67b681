// Section 3: under which weights Post-LN is a gradient flow of the energy.
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/reduction.hpp"
#include "theorems/units.hpp"
#include "theorems/weight_conditions.hpp"
#include "theorems/witnesses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace attest::theorems {
namespace {

// --- field against gradient ---------------------------------------------------------------------

using TokenEntries = std::vector<Rational>;

/// Unit vectors of the plane, several tokens at one place included.
const std::vector<std::vector<TokenEntries>>& planar_token_lists()
{
    static const std::vector<std::vector<TokenEntries>> all = {
        {{1, 0}, {1, 0}, {0, 1}},
        {{1, 0}, {1, 0}, {Rational(3, 5), Rational(4, 5)}},
        {{Rational(3, 5), Rational(4, 5)},
         {Rational(5, 13), Rational(12, 13)},
         {Rational(-4, 5), Rational(3, 5)}},
    };
    return all;
}

Rational form(const Matrix<Rational>& A, const TokenEntries& x, const TokenEntries& y)
{
    Rational sum = 0;
    for (Eigen::Index i = 0; i < A.rows(); ++i) {
        for (Eigen::Index k = 0; k < A.cols(); ++k) {
            sum += x[static_cast<std::size_t>(i)] * A(i, k) * y[static_cast<std::size_t>(k)];
        }
    }
    return sum;
}

/// The tangential components at token j of the Post-LN field and of grad E, over beta.
struct Components {
    Expr field;
    Expr gradient;
    Expr Z;
    std::string where;
};

/// E = -sum_{i,k} e^{beta <Q theta_k, K theta_i>} expanded to first order in theta_j + h v.
Components components(const Weights& w, const std::vector<TokenEntries>& theta, std::size_t j)
{
    const Matrix<Rational> S = w.Q.transpose() * w.K; // <Q x, K y> = x^T S y
    const TokenEntries v = {-theta[j][1], theta[j][0]};
    const TokenEntries zero = {0, 0};
    const Expr beta = sym("beta");
    std::optional<Expr> numerator;
    std::optional<Expr> Z;
    std::optional<Expr> slope;
    const auto add = [](std::optional<Expr>& sum, const Rational& factor, const Expr& part) {
        if (factor != 0) {
            const Expr one = factor == 1 ? part : Expr(factor) * part;
            sum = sum ? *sum + one : one;
        }
    };
    const auto power = [&](const Rational& score) {
        return score == 0 ? Expr(1) : exp(Expr(score) * beta);
    };
    for (std::size_t k = 0; k < theta.size(); ++k) {
        const Expr weight = power(form(S, theta[j], theta[k]));
        add(Z, 1, weight);
        add(numerator, form(w.V, v, theta[k]), weight);
        for (std::size_t i = 0; i < theta.size(); ++i) {
            const Rational change =
                form(S, k == j ? v : zero, theta[i]) + form(S, theta[k], i == j ? v : zero);
            add(slope, -change, beta * power(form(S, theta[k], theta[i])));
        }
    }
    std::vector<std::string> tokens;
    for (const TokenEntries& x : theta) {
        tokens.push_back(fmt::format("({}, {})", to_string(x[0]), to_string(x[1])));
    }
    return {numerator ? *numerator / *Z : Expr(0), slope.value_or(Expr(0)), *Z,
            fmt::format("theta = {}, token {}", fmt::join(tokens, ", "), j + 1)};
}

Ball value_at_one(const Expr& formula)
{
    return formula.evaluate(std::map<std::string, Ball>{{"beta", Ball(1L)}});
}

/// The first pair of tokens or configurations for which no c > 0 makes both sides of
///   field = -c modulator(Z) grad E
/// agree, for one set of weights at beta = 1.
std::optional<Judgement> refuted_by(const Weights& w, const Expr& modulator, const Effort& effort)
{
    std::vector<Components> samples;
    for (const auto& theta : planar_token_lists()) {
        for (std::size_t j = 0; j < theta.size(); ++j) {
            samples.push_back(components(w, theta, j));
        }
    }
    const auto answer = [&](const Expr& lhs, const std::string& relation, const Expr& rhs,
                            const std::string& shows, const std::string& where) {
        Judgement judgement;
        judgement.evidence.push_back({"explicit weights and tokens",
                                      shows + "; " + where,
                                      Truth::False,
                                      Strength::Enclosed,
                                      {ScopeKind::Points, "explicit weights, beta = 1"}});
        attach(judgement, effort, proof::point_certificate(lhs, relation, rhs, {{"beta", 1}}));
        judgement.counterexample = ledger::Counterexample{
            {{"weights", describe(w)}, {"beta", "1"}, {"configuration", where}},
            shows,
            replay_command(lhs, rhs, {{"beta", 1}})};
        return judgement;
    };
    for (std::size_t a = 0; a < samples.size(); ++a) {
        const Components& A = samples[a];
        const Expr first = modulator.substitute("Z", A.Z) * A.gradient;
        if (is_true(is_positive(value_at_one(A.field * first)))) {
            return answer(A.field * first, ">", Expr(0), "the field points along +grad E", A.where);
        }
        const Ball field = value_at_one(A.field);
        if (field.is_finite() && !field.contains_zero()
            && is_true(proof::identical(first, Expr(0)))) {
            return answer(A.field, "!=", Expr(0), "the field is not 0, modulator grad E is",
                          A.where);
        }
        for (std::size_t b = 0; b < a; ++b) {
            const Components& B = samples[b];
            const Expr lhs = A.field * modulator.substitute("Z", B.Z) * B.gradient;
            const Expr rhs = B.field * first;
            const Ball difference = value_at_one(lhs) - value_at_one(rhs);
            if (difference.is_finite() && !difference.contains_zero()) {
                return answer(lhs, "!=", rhs, "no constant c serves both places",
                              B.where + " and " + A.where);
            }
        }
    }
    return std::nullopt;
}

/// For all weights that meet words["condition"] there is c > 0 with field = -c modulator grad E for
/// all tokens, formula "modulator" over Z = Z_j.
Judgement check_gradient(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(bits_for_digits(effort.digits));
    const WeightCondition condition(statement.words.at("condition"));
    const Expr& modulator = statement.formulas.at("modulator");
    std::size_t met = 0;
    for (const Weights& w : example_weights()) {
        if (!condition.met_by(w)) {
            continue;
        }
        ++met;
        if (std::optional<Judgement> refuted = refuted_by(w, modulator, effort)) {
            return std::move(*refuted);
        }
    }
    Judgement judgement;
    judgement.evidence.push_back(
        {"explicit weights and tokens",
         fmt::format("{} of {} sets of weights meet the condition, 9 tokens each", met,
                     example_weights().size()),
         truth_of(met > 0),
         Strength::Enclosed,
         {ScopeKind::Points, "explicit weights, beta = 1"}});
    judgement.evidence.back().carries = false;
    // Term by term: theta_k enters A_j with e^{beta score}/Z, and E through the scores (j, k) and
    // (k, j), whose slopes along v are <v, Q^T K theta_k> and <v, K^T Q theta_k>.
    const bool slopes = condition.implies("V", "Q^T K") && condition.implies("V", "K^T Q");
    const Expr e = exp(sym("beta") * sym("score"));
    const Expr y = sym("y");
    const Expr field = e / sym("Z") * y;
    const Expr gradient = -(sym("beta") * e * y + sym("beta") * e * y);
    const Expr factor = -field / (gradient * modulator); // c
    const Expr constant = derivative(1 / (2 * sym("beta") * sym("Z")) / modulator, "Z");
    const bool positive = is_true(is_positive(factor.evaluate(std::map<std::string, Ball>{
        {"beta", Ball(1L)}, {"score", Ball(0L)}, {"y", Ball(1L)}, {"Z", Ball(1L)}})));
    StepsOnRanges steps;
    steps.identical(factor, 1 / (2 * sym("beta") * sym("Z")) / modulator);
    steps.identical(constant, Expr(0));
    judgement.evidence.push_back(
        {"exact algebra",
         "from V = Q^T K = K^T Q: <Q theta_j, K theta_k> = <Q theta_k, K theta_j>, and every term "
         "of -grad_j E is 2 beta Z_j times the term of the field",
         slopes && positive ? steps.outcome() : Truth::Unknown,
         Strength::Exact,
         {ScopeKind::All, "all n, d, directions, beta > 0, weights that meet the condition"}});
    if (slopes && !effort.control) {
        judgement.evidence.back().certificates = steps.certificates();
    }
    return judgement;
}

void add_gradient_condition(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec3/gradient-condition";
    claim.printed.words = {{"condition", "K Q^T = Q K^T = V"}};
    claim.printed.formulas = {{"modulator", 1 / sym("Z")}};
    claim.printed.latex =
        "KQ^\\top = QK^\\top = V \\implies \\dot\\theta_j = -\\frac{c}{Z_j}\\nabla_{\\theta_j}E, "
        "\\quad c > 0,\\ E = -\\sum_{j,k}e^{\\beta\\langle Q\\theta_k,K\\theta_j\\rangle}";
    claim.amended = claim.printed;
    claim.amended->words.at("condition") = "V = Q^T K = K^T Q";
    claim.amended->latex =
        "V = Q^\\top K = K^\\top Q \\implies \\dot\\theta_j = -\\frac{c}{Z_j}\\nabla_{\\theta_j}E, "
        "\\quad c = \\frac{1}{2\\beta}";
    claim.check = check_gradient;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("only V = Q^T K", holds, "condition", std::string("V = Q^T K")),
        fault("only Q^T K = K^T Q", holds, "condition", std::string("Q^T K = K^T Q")),
        fault("sign of V", holds, "condition", std::string("Q = I and K = mu I and V = I")),
        fault("Z_j left out", holds, "modulator", Expr(1)),
        fault("1/Z_j^2", holds, "modulator", 1 / pow(sym("Z"), 2)),
        fault("Z_j", holds, "modulator", sym("Z")),
        fault("+grad E", holds, "modulator", -1 / sym("Z")),
    };
    claim.depends_on = {"sec3/gradient-identity"};
    claim.witness = orthogonal_pair_witness;
    claim.note =
        "the scores are <Q theta, K theta'> = theta^T Q^T K theta', so that Q^T K has to be "
        "symmetric and V a multiple of it; K Q^T = Q K^T = V is that condition for Q^T, K^T in "
        "place of Q, K. Another counterexample: Q, K with Q K^T = diag(1, 2) and Q^T K not "
        "symmetric; two "
        "tokens at e_1 rest and are no critical point of E";
    registry.add(std::move(claim));
}

void add_gradient_flow(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec3/gradient-flow";
    claim.printed.words = {{"condition", "Q = I and K = I and V = I"}};
    claim.printed.formulas = {{"modulator", Expr(1)}};
    claim.printed.latex =
        "\\exists\\,c > 0:\\ \\dot\\theta_j = -c\\,\\nabla_{\\theta_j}E \\text{ (Post-LN, } Q = K "
        "= V = I)";
    claim.amended = claim.printed;
    claim.amended->formulas.at("modulator") = 1 / sym("Z");
    claim.amended->latex =
        "\\dot\\theta_j = -\\frac{1}{2\\beta Z_j}\\nabla_{\\theta_j}E: \\text{ a gradient flow for "
        "the metric } \\sum_j 2\\beta Z_j\\,|d\\theta_j|^2, \\text{ not for the round one}";
    claim.check = check_gradient;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("Z_j left out", holds, "modulator", Expr(1)),
        fault("1/Z_j^2", holds, "modulator", 1 / pow(sym("Z"), 2)),
        fault("1/sqrt(Z_j)", holds, "modulator", 1 / sqrt(sym("Z"))),
        fault("1/(Z_j + 1)", holds, "modulator", 1 / (sym("Z") + 1)),
        fault("+grad E", holds, "modulator", -1 / sym("Z")),
        fault("V any", holds, "condition", std::string("Q = I and K = I")),
    };
    claim.depends_on = {"sec3/gradient-condition"};
    claim.witness = orthogonal_pair_witness;
    claim.note =
        "read with the round metric of the sphere, as the row says. Z_j differs between tokens "
        "(two tokens at e_1, one at e_2: Z_1 = 2e^beta + 1, Z_3 = e^beta + 2) and along the flow; "
        "with the energy in place of time it is still a descent, which is all that Lemma D.1 needs";
    registry.add(std::move(claim));
}

} // namespace

void add_section_3_gradient(ledger::Registry& registry)
{
    add_gradient_condition(registry);
    add_gradient_flow(registry);
}

} // namespace attest::theorems
