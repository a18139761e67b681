#include "theorems/span.hpp"

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
        {"normA", {1, 10, false, {1, Rational(3, 2), 7}}},
        {"thetaA", {-1, 1, false, {-1, 0, Rational(1, 3), 1}}},
        {"alpha", {Rational(-5, 3), 10, false, {-2, Rational(1, 3), 1, 4}}},
        {"t", {0, 100, false, {0, 1, 100}}},
        {"late", {0, 1, true, {0, 1}}},
    };
}

Scope all_configurations(const std::string& more)
{
    return {ScopeKind::All, "all n, d, Q, K, V, beta, r_j > 0, t >= 0" + more};
}

Judgement decide_token_identity(const Statement& statement, const Effort& effort)
{
    Judgement judgement = decide_identity(statement, effort, token_domain());
    for (Evidence& item : judgement.evidence) {
        if (item.strength == Strength::Exact) {
            item.detail = "normal form of left minus right is 0 with r_j, <theta_j, A_j>, |A_j|, "
                          "alpha_t, sqrt(t+1) as free symbols: A_j may be any vector";
            item.scope = all_configurations();
        }
    }
    return judgement;
}

} // namespace attest::theorems
