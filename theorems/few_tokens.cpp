// Two and three tokens: the upper bounds of V' without Appendix C's way to them.
#include "theorems/few_tokens.hpp"

#include "attest/numbers/ball.hpp"
#include "attest/numbers/symbolic.hpp"
#include "attest/proof/boxes.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/named_vectors.hpp"
#include "theorems/reduction.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::theorems {
namespace {

/// With g = <theta_1, theta_2> and mean (theta_1 + theta_2)/2: V = (1 - g)/2, and token 1 adds
/// w_12 <theta_1 - mean, P_1 theta_2>/s_1 = -2V(1-V) w_12/s_1 to V'.
void rate_of_two(StepsOnRanges& steps)
{
    const Expr g = sym("g");
    InnerProducts table;
    table.set("one", "one", Expr(1));
    table.set("two", "two", Expr(1));
    table.set("one", "two", g);
    const auto one = Combination::of("one");
    const auto two = Combination::of("two");
    const Combination off = Expr(Rational(1, 2)) * one - Expr(Rational(1, 2)) * two;
    const Expr V = (1 - g) / 2;
    steps.identical(inner(table, off, off), V);
    steps.identical(inner(table, off, project(table, one, two)), -2 * V * (1 - V));
}

/// The rational function in lowest terms, so that common factors are gone.
Expr lowest_terms(const Expr& formula)
{
    const SymbolicField field;
    const std::vector<std::string> names = formula.symbols();
    std::map<std::string, Symbolic> environment;
    for (const std::string& name : names) {
        environment.emplace(name, Symbolic::symbol(name));
    }
    const Symbolic value = formula.evaluate(environment);
    const Symbolic denominator = value.denominator();
    return parse_expr((value * denominator).text(), names) / parse_expr(denominator.text(), names);
}

} // namespace

Evidence two_tokens_on_boxes(const Statement& relation, const Effort& effort)
{
    const Expr V = sym("V");
    const Expr q = sym("q");
    const Expr x = sym("beta");
    StepsOnRanges steps;
    rate_of_two(steps);
    // Scores differ by |theta_1 - theta_2| <= sqrt(2 delta) at most: w_12, w_21 >= 1/(1 + e^x). The
    // unit of s is min s.
    const Expr rate = -2 * V * (1 - V) * (1 + q) / (1 + exp(x));
    Expr difference = relation.formulas.at("rhs") - relation.formulas.at("lhs");
    difference = difference.substitute("beta", x / sqrt(2 * sym("delta")));
    for (const auto& [name, value] :
         std::vector<std::pair<std::string, Expr>>{{"rate", rate},
                                                   {"n", Expr(2)},
                                                   {"maxs", 1 / q},
                                                   {"mins", Expr(1)},
                                                   {"delta", 2 * V + sym("excess")}}) {
        difference = difference.substitute(name, value);
    }
    const Expr form = lowest_terms(difference / (2 * V));
    steps.identical(difference, 2 * V * form);
    const Expr least_form = form.substitute("excess", Expr(0));
    steps.at_least(form, least_form,
                   {{"V", from(0)}, {"q", between(0, 1)}, {"beta", from(0)}, {"excess", from(0)}});
    proof::SignClaim claim;
    claim.formula = least_form;
    claim.sign = proof::Sign::NonNegative;
    // 708/10000 > sqrt(2)/20.
    claim.ranges = {
        {"V", between(0, 1)}, {"q", between(0, 1)}, {"beta", between(0, Rational(708, 10000))}};
    const proof::BoxProof proof = proof::prove_sign(claim);
    Evidence evidence{
        "boxes for two tokens",
        fmt::format("V' = -2V(1-V)(w_12/s_1 + w_21/s_2), w_12, w_21 >= 1/(1+e^x), x = beta "
                    "sqrt(2 delta) < sqrt(2)/20, 2V <= delta: right minus left over 2V/min s in "
                    "(V, min s/max s, x); {}{}",
                    proof.summary(), proof.place.empty() ? "" : "; open: " + proof.place),
        // The least weights need not occur together: a negative sign refutes nothing.
        is_true(steps.outcome()) && is_true(proof.outcome) ? Truth::True : Truth::Unknown,
        Strength::Enclosed,
        {ScopeKind::Box, "n = 2, all d, Q, K with |Q^T K| <= 1, s_k > 0, the whole cone"}};
    evidence.carries = false;
    evidence.bits = proof.bits;
    if (!effort.control) {
        evidence.certificates = steps.certificates();
        if (std::optional<std::string> body = proof::cover_certificate(claim, proof)) {
            evidence.certificates.push_back({std::move(*body)});
        }
    }
    return evidence;
}

Evidence three_tokens_by_half_angles(const Statement& relation, const Expr& second,
                                     const Effort& effort)
{
    const Expr A = sym("A");
    const Expr B = sym("B");
    const Expr C = sym("C");
    const Expr S = A + B + C;
    const Expr q = sym("q");
    StepsOnRanges steps;
    // 1 - <theta_j, theta_k> = 2A, 2B, 2C; u_k = 1 - <theta_k, mean> is a third of the sum of two.
    const Expr V = 1 - (3 + 2 * (3 - 2 * S)) / 9;
    const auto u = [](const Expr& one, const Expr& two) { return 2 * (one + two) / 3; };
    const Expr mean_square = (pow(u(A, B), 2) + pow(u(B, C), 2) + pow(u(C, A), 2)) / 3;
    // |P_k theta_j| = |sin| <= 2 |sin of the half angle| = 2a, and |<theta_k - mean, P_k theta_j>|
    // is at most a third of |P_k theta_j| (|P_k theta_i| + |P_k theta_j|): summed over j at most
    // (2a + 2b)^2/3 <= 8 (a^2 + b^2)/3.
    const Expr b = sym("b");
    const Expr larger = b + sym("e"); // a or b is the larger one
    steps.at_least(8 * (larger * larger + b * b), pow(2 * larger + 2 * b, 2),
                   {{"b", from(0)}, {"e", from(0)}});
    // |w_kj - 1/3| <= Y/3, Y = e^x - 1: I_2 is at most (2/3)(Y/3)(8/3) 2S in the unit min s = 1.
    // That is part of the term of I_2 in the relation.
    const Expr& rhs = relation.formulas.at("rhs");
    const std::vector<std::string> symbols = second.symbols();
    const bool has_beta = std::find(symbols.begin(), symbols.end(), "beta") != symbols.end();
    const Expr Y = has_beta ? exp(sym("beta")) - 1 : Expr(Rational(1, 20));
    const auto at_three = [](const Expr& formula) {
        return formula.substitute("beta", sym("beta") / sqrt(2 * sym("delta")))
            .substitute("n", Expr(3));
    };
    const Expr term = at_three(second) * Expr(Rational(4, 9));
    steps.at_least(term, Expr(Rational(32, 27)) * Y, {{"beta", from(0)}, {"delta", from(0)}});
    const Expr rate = -q * (2 * V - 2 * mean_square) - sym("loss") + term * S * sym("part");
    const Ball most = exp(sqrt(Ball(2)) / 30) - 1;
    const bool small = is_true(less(most, Ball(Rational(1, 20))));
    Expr left = at_three(rhs);
    // 2A, 2B, 2C <= delta.
    for (const auto& [name, value] : std::vector<std::pair<std::string, Expr>>{
             {"maxs", 1 / q}, {"mins", Expr(1)}, {"V", V}, {"delta", 2 * S / 3 + sym("excess")}}) {
        left = left.substitute(name, value);
    }
    steps.at_least(left, rate,
                   {{"A", from(0)},
                    {"B", from(0)},
                    {"C", from(0)},
                    {"q", between(0, 1)},
                    {"excess", from(0)},
                    {"loss", from(0)},
                    {"beta", from(0)},
                    {"delta", from(0)},
                    {"part", between(0, 1)}});
    Evidence evidence = remark(
        "half angles of three tokens",
        "V = (4/9)(A+B+C), mean u^2 = (4/27)((A+B)^2+(B+C)^2+(C+A)^2) with A, B, C = sin^2 of the "
        "half angles; |w_kj - 1/3| <= (e^x-1)/3, |P_k theta_j| <= 2|sin|: |I_2| <= (32/27)(A+B+C)"
        "(e^x-1)/min s, e^x - 1 < 1/20",
        small ? steps.outcome() : Truth::Unknown,
        {ScopeKind::Box, "n = 3, all d, Q, K with |Q^T K| <= 1, s_k > 0, the whole cone"});
    if (!effort.control) {
        evidence.certificates = steps.certificates();
    }
    return evidence;
}

} // namespace attest::theorems
