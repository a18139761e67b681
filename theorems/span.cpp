#include "theorems/span.hpp"

#include "attest/model/schemes.hpp"
#include "attest/proof/certificates.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

bool is_constant(const Expr& e, long value)
{
    return e.node().kind == Expr::Kind::Constant && e.node().value == value;
}

bool is_norm_squared(const Expr::Node& node)
{
    return node.kind == Expr::Kind::Power && node.value == 2
           && node.args[0]->kind == Expr::Kind::Symbol && node.args[0]->name == "normA";
}

template <class T>
model::Regulation<T> regulation(const model::TokenView<T>& token)
{
    return {token.alpha, token.t, token.late};
}

} // namespace

Statement part(const Expr& lhs, const Expr& rhs)
{
    Statement statement;
    statement.formulas = {{"lhs", lhs}, {"rhs", rhs}};
    return statement;
}

model::TokenView<Expr> symbolic_token()
{
    return {sym("r"), sym("normA"), sym("thetaA"), sym("alpha"), sym("t"), sym("late")};
}

SpanVector<Expr> recorded_velocity(std::string_view scheme, const model::TokenView<Expr>& token)
{
    return model::with_scheme(scheme, [&](auto s) {
        return model::LayerRule<decltype(s)>::velocity(
            layer_input<Expr>(token.r, token.theta_A, pow(token.norm_A, 2)), regulation(token));
    });
}

SpanVector<FirstOrder<Expr>> recorded_update(std::string_view scheme,
                                             const model::TokenView<Expr>& token)
{
    using Series = FirstOrder<Expr>;
    const auto constant = [](const Expr& e) { return Series(e, Expr(0)); };
    return model::with_scheme(scheme, [&](auto s) {
        return model::LayerRule<decltype(s)>::update(
            layer_input<Series>(constant(token.r), constant(token.theta_A),
                                constant(pow(token.norm_A, 2))),
            Series(Expr(0), Expr(1)),
            model::Regulation<Series>{constant(token.alpha), constant(token.t),
                                      constant(token.late)});
    });
}

SpanVector<Expr> recorded_layer(std::string_view scheme, const model::TokenView<Expr>& token,
                                const Expr& h)
{
    return model::with_scheme(scheme, [&](auto s) {
        return model::LayerRule<decltype(s)>::update(
            layer_input<Expr>(token.r, token.theta_A, pow(token.norm_A, 2)), h, regulation(token));
    });
}

Expr tidy(const Expr& formula)
{
    const Expr::Node& node = formula.node();
    if (node.args.empty()) {
        return formula;
    }
    const Expr a = tidy(Expr::from_node(node.args[0]));
    const Expr b = node.args.size() > 1 ? tidy(Expr::from_node(node.args[1])) : Expr(0);
    switch (node.kind) {
    case Expr::Kind::Negate:
        return is_constant(a, 0) ? a : -a;
    case Expr::Kind::Add:
        return is_constant(a, 0) ? b : is_constant(b, 0) ? a : a + b;
    case Expr::Kind::Subtract:
        if (a.node().kind == Expr::Kind::Constant && b.node().kind == Expr::Kind::Constant) {
            return Expr(Rational(a.node().value - b.node().value));
        }
        return is_constant(b, 0) ? a : is_constant(a, 0) ? -b : a - b;
    case Expr::Kind::Multiply:
        if (is_constant(a, 0) || is_constant(b, 0)) {
            return Expr(0);
        }
        return is_constant(a, 1) ? b : is_constant(b, 1) ? a : a * b;
    case Expr::Kind::Divide:
        return is_constant(a, 0) ? a : is_constant(b, 1) ? a : a / b;
    case Expr::Kind::Power:
        return pow(a, node.value);
    case Expr::Kind::Exp:
        return exp(a);
    case Expr::Kind::Log:
        return log(a);
    case Expr::Kind::Sqrt:
        return is_constant(a, 0) || is_constant(a, 1) ? a
               : is_norm_squared(a.node())            ? Expr::from_node(a.node().args[0])
                                                      : sqrt(a);
    case Expr::Kind::Sin:
        return sin(a);
    case Expr::Kind::Cos:
        return cos(a);
    case Expr::Kind::Constant:
    case Expr::Kind::Symbol:
        break;
    }
    return formula;
}

model::TokenView<Expr> token_with(const model::TokenView<Expr>& token, long late, bool unit_length)
{
    model::TokenView<Expr> result = token;
    result.late = Expr(late);
    if (unit_length) {
        result.r = Expr(1);
    }
    return result;
}

std::vector<model::TokenView<Expr>> phases(std::string_view scheme)
{
    const auto token = symbolic_token();
    if (scheme == model::MixLN::name) {
        return {token_with(token, 0, true), token_with(token, 1, false)};
    }
    const bool spherical =
        model::with_scheme(scheme, [](auto s) { return decltype(s)::spherical; });
    return {token_with(token, 0, spherical)};
}

proof::Domain token_domain()
{
    return {
        {"r", {Rational(1, 1000), 1000, false, {Rational(1, 10), 1, 10}}},
        {"normA", {Rational(5, 4), 10, false, {Rational(5, 4), Rational(3, 2), 7}}},
        {"thetaA", {-1, 1, false, {-1, 0, Rational(1, 3), 1}}},
        {"alpha", {Rational(-5, 3), 10, false, {-2, Rational(1, 3), 1, 4}}},
        {"t", {0, 100, false, {0, 1, 100}}},
        {"L", {1, 100, true, {4, 16}}},
        {"h", {Rational(1, 100), 2, false, {Rational(1, 2), 1}}},
        {"late", {0, 1, true, {0, 1}}},
    };
}

Scope all_configurations(const std::string& more)
{
    return {ScopeKind::All, "all n, d, Q, K, V, beta, r_j > 0, t >= 0" + more};
}

namespace {

/// A configuration in which everything is rational: two tokens at beta = 0 with Q = K = V = I and
/// <theta_1, theta_2> = 2 a^2 - 1, so that |A_1| = a and <theta_1, A_1> = a^2.
struct Realised {
    Rational a;
    Rational t;
};

proof::Point point_of(const Realised& pair)
{
    return {{"normA", pair.a}, {"thetaA", pair.a * pair.a},
            {"r", 1},          {"alpha", 1},
            {"t", pair.t},     {"late", 1},
            {"h", 1},          {"L", 4}};
}

/// With a = 4/11 also |theta + A| = 13/11 is rational.
const std::vector<Realised>& realised_pairs()
{
    static const std::vector<Realised> pairs = {{Rational(4, 11), 0}, {Rational(3, 5), 3}};
    return pairs;
}

enum class Different { No, Enclosed, Exactly };

Different different_at(const Expr& lhs, const Expr& rhs, const proof::Point& point)
{
    try {
        return lhs.evaluate<Rational>(point) != rhs.evaluate<Rational>(point) ? Different::Exactly
                                                                              : Different::No;
    } catch (const DomainError&) {         // an irrational value
    } catch (const std::overflow_error&) { // division by zero
        return Different::No;
    }
    const Ball difference = proof::evaluate_at(lhs, point) - proof::evaluate_at(rhs, point);
    return difference.is_finite() && !difference.contains_zero() ? Different::Enclosed
                                                                 : Different::No;
}

std::string shown_value(const Expr& formula, const proof::Point& point)
{
    try {
        return attest::to_string(formula.evaluate<Rational>(point));
    } catch (const DomainError&) {
        return proof::evaluate_at(formula, point).to_string(15);
    }
}

/// The two sides at the realised configurations; a difference there is a readable counterexample.
std::optional<Judgement> refuted_at_realised(const Expr& lhs, const Expr& rhs, const Effort& effort)
{
    for (const Realised& pair : realised_pairs()) {
        const proof::Point point = point_of(pair);
        const Different difference = different_at(lhs, rhs, point);
        if (difference == Different::No) {
            continue;
        }
        const proof::Point used = restricted_to(point, {lhs, rhs});
        const Rational cosine = 2 * pair.a * pair.a - 1;
        ledger::Counterexample found;
        found.values = {{"n", "2"},
                        {"beta", "0"},
                        {"Q, K, V", "I"},
                        {"<theta_1, theta_2>", attest::to_string(cosine)}};
        for (const auto& [name, value] : used) {
            found.values.emplace_back(name, attest::to_string(value));
        }
        found.shows = fmt::format("left side {}, right side {}", shown_value(lhs, point),
                                  shown_value(rhs, point));
        found.replay = replay_command(lhs, rhs, used);
        Judgement judgement;
        judgement.evidence.push_back(
            {"evaluation at two tokens",
             "both sides at a configuration with rational coordinates",
             Truth::False,
             difference == Different::Exactly ? Strength::Exact : Strength::Enclosed,
             {ScopeKind::Points, "n = 2, beta = 0, Q = K = V = I"}});
        judgement.counterexample = std::move(found);
        attach(judgement, effort, proof::point_certificate(lhs, "!=", rhs, used));
        for (std::string& more : pair_certificates(cosine, point.at("thetaA"), point.at("normA"))) {
            attach(judgement, effort, std::move(more));
        }
        return judgement;
    }
    return std::nullopt;
}

} // namespace

std::vector<std::string> pair_certificates(const Rational& cosine, const Rational& theta_A,
                                           const Rational& norm_A)
{
    // A_1 = (theta_1 + theta_2)/2 with theta_1 = (1, 0), theta_2 = (c, s), s^2 = 1 - c^2.
    const Expr c(cosine);
    const Expr along = (1 + c) / 2;
    std::vector<std::string> all = {
        proof::identity_certificate(along, Expr(theta_A)),
        proof::identity_certificate(pow(along, 2) + (1 - pow(c, 2)) / 4, pow(Expr(norm_A), 2))};
    if (norm_A * norm_A > theta_A * theta_A) {
        all.push_back(proof::point_certificate(pow(sym("normA"), 2), ">", pow(sym("thetaA"), 2),
                                               {{"normA", norm_A}, {"thetaA", theta_A}}));
    }
    return all;
}

std::string value_certificate(const Expr& formula, const Rational& value, const proof::Point& point)
{
    Expr number = tidy(formula);
    for (const auto& [name, at] : point) {
        number = number.substitute(name, Expr(at));
    }
    return proof::identity_certificate(number, Expr(value));
}

proof::Point restricted_to(const proof::Point& point, const std::vector<Expr>& formulas)
{
    proof::Point used;
    for (const Expr& formula : formulas) {
        for (const std::string& name : formula.symbols()) {
            used[name] = point.at(name);
        }
    }
    return used;
}

void require_value(const Expr& formula, const proof::Point& point, const std::string& where)
{
    if (!proof::evaluate_at(formula, restricted_to(point, {formula})).is_finite()) {
        throw DomainError(formula.text() + " has no value at " + where);
    }
}

Expr speed_factor_of(std::string_view scheme)
{
    return model::with_scheme(scheme,
                              []<class S>(S) { return tidy(S::speed_factor(symbolic_token())); });
}

Expr r_dot_of(std::string_view scheme)
{
    return model::with_scheme(scheme, []<class S>(S) { return tidy(S::r_dot(symbolic_token())); });
}

Judgement decide_token_identity(const Statement& statement, const Effort& effort)
{
    const Expr lhs = tidy(statement.formulas.at("lhs"));
    const Expr rhs = tidy(statement.formulas.at("rhs"));
    if (std::optional<Judgement> refuted = refuted_at_realised(lhs, rhs, effort)) {
        return *refuted;
    }
    // Next to 0 no digit is significant, and coordinates are often 0: compare them on top of 17.
    Judgement judgement = decide_identity(part(17 + lhs, 17 + rhs), effort, token_domain());
    for (Evidence& item : judgement.evidence) {
        if (item.strength == Strength::Exact) {
            item.detail = is_true(item.outcome)
                              ? "normal form of left minus right is 0 with r_j, <theta_j, A_j>, "
                                "|A_j|, alpha_t, sqrt(t+1) as free symbols: A_j may be any vector"
                              : "the normal form of left minus right is not 0";
            item.scope = all_configurations();
        }
    }
    return judgement;
}

Judgement decide_token_identities(const std::vector<Statement>& parts, const Effort& effort)
{
    std::vector<Judgement> judgements;
    for (const Statement& one : parts) {
        judgements.push_back(decide_token_identity(one, effort));
        if (judge(judgements.back()).verdict == ledger::Verdict::Fails) {
            return judgements.back();
        }
    }
    return all_of(judgements);
}

} // namespace attest::theorems
