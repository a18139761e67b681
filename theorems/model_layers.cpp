// Table 1 and Table 2 of the program against each other. The speed factor and r' are recovered from
// Table 1's velocity; the velocity has the coordinates that Table 2 gives, and is the slope of the
// layer; the layer is x + h c A with c = r/s, divided by its length where the tokens stay on the
// sphere. The coordinates are those along theta_j and A_j (theorems/span.hpp).
#include "theorems/model_claims.hpp"

#include "theorems/particle_claims.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace layer_formulas {
namespace {

/// Names of a phase's two coordinates: Mix-LN has two phases, all others one.
std::string coordinate_name(std::string_view scheme, const model::TokenView<Expr>& token,
                            const char* coordinate)
{
    if (scheme != model::MixLN::name) {
        return coordinate;
    }
    return fmt::format("{} {}", token.late == Expr(0) ? "early" : "late", coordinate);
}

/// Tokens have length one in this phase, before and after the layer.
bool on_the_sphere(std::string_view scheme, const model::TokenView<Expr>& token)
{
    const bool spherical =
        model::with_scheme(scheme, [](auto s) { return decltype(s)::spherical; });
    return spherical || (scheme == model::MixLN::name && token.late == Expr(0));
}

struct TableTwo {
    Expr s;
    Expr r_dot;
};

TableTwo table_two(std::string_view scheme, const model::TokenView<Expr>& token)
{
    return model::with_scheme(scheme, [&](auto s) {
        using S = decltype(s);
        return TableTwo{S::speed_factor(token), S::r_dot(token)};
    });
}

struct StatedPair {
    Expr theta;
    Expr A;
};

StatedPair stated_pair(const Statement& statement, std::string_view scheme,
                       const model::TokenView<Expr>& token)
{
    return {statement.formulas.at(coordinate_name(scheme, token, "theta")),
            statement.formulas.at(coordinate_name(scheme, token, "A"))};
}

/// x' = r' theta + (r/s) P_theta A, and x' is the slope of the layer at h = 0.
Judgement check_velocity(std::string_view scheme, const Statement& statement, const Effort& effort)
{
    std::vector<Statement> parts;
    for (const auto& token : phases(scheme)) {
        const auto [theta, A] = stated_pair(statement, scheme, token);
        const auto [s, r_dot] = table_two(scheme, token);
        const SpanVector<FirstOrder<Expr>> update = recorded_update(scheme, token);
        parts.push_back(part(A, token.r / s));
        parts.push_back(part(theta, r_dot - token.r / s * token.theta_A));
        parts.push_back(part(A, update.A.slope));
        parts.push_back(part(theta, update.theta.slope));
    }
    return decide_token_identities(parts, effort);
}

/// Norm(x + h c A) or x + h c A: parallel to it, and of length one or with x in front.
Judgement check_layer(std::string_view scheme, const Statement& statement, const Effort& effort)
{
    std::vector<Statement> parts;
    for (const auto& token : phases(scheme)) {
        const auto [theta, A] = stated_pair(statement, scheme, token);
        const Expr step = sym("h") * token.r / table_two(scheme, token).s;
        if (on_the_sphere(scheme, token)) {
            const Expr squared =
                pow(theta, 2) + 2 * theta * A * token.theta_A + pow(A, 2) * pow(token.norm_A, 2);
            parts.push_back(part(squared, Expr(1)));
            parts.push_back(part(A, theta * step));
            // Of the two directions on that line it is the one of theta_j, not the opposite one.
            parts.push_back(part(theta.substitute("h", Expr(0)), Expr(1)));
        } else {
            parts.push_back(part(theta, token.r));
            parts.push_back(part(A, step));
        }
    }
    return decide_token_identities(parts, effort);
}

using SchemeCheck = Judgement (*)(std::string_view, const Statement&, const Effort&);

void add_pair(std::vector<Claim>& claims, std::string_view scheme, const char* what,
              SpanVector<Expr> (*record)(std::string_view, const model::TokenView<Expr>&),
              SchemeCheck check)
{
    Claim claim;
    claim.id = fmt::format("model/{}/{}", scheme, what);
    for (const auto& token : phases(scheme)) {
        const SpanVector<Expr> recorded = record(scheme, token);
        for (const auto& [name, formula] :
             {std::pair("theta", recorded.theta), std::pair("A", recorded.A)}) {
            const Expr plain = tidy(formula);
            claim.printed.formulas.emplace(coordinate_name(scheme, token, name), plain);
            claim.printed.latex += fmt::format("{}: {};\\ ", name, plain.latex());
        }
    }
    claim.check = [=](const Statement& statement, const Effort& effort) {
        return check(scheme, statement, effort);
    };
    claims.push_back(std::move(claim));
}

SpanVector<Expr> layer_with_step(std::string_view scheme, const model::TokenView<Expr>& token)
{
    return recorded_layer(scheme, token, sym("h"));
}

template <class S>
void add_scheme(std::vector<Claim>& claims)
{
    Claim speed;
    speed.id = fmt::format("model/{}/speed-factor", S::name);
    speed.printed = formula_statement(tidy(S::speed_factor(symbolic_token())), "s_j");
    speed.check = [](const Statement& statement, const Effort& effort) {
        Statement asked;
        asked.formulas = {{"s", statement.formulas.at("formula")}};
        asked.words = {{"scheme", std::string(S::name)}};
        return check_speed_factor(asked, effort);
    };
    claims.push_back(std::move(speed));

    Claim magnitude;
    magnitude.id = fmt::format("model/{}/r-dot", S::name);
    magnitude.printed = formula_statement(tidy(S::r_dot(symbolic_token())), "\\dot r_j");
    magnitude.check = [](const Statement& statement, const Effort& effort) {
        Statement asked;
        asked.formulas = {{std::string(S::name), statement.formulas.at("formula")}};
        return check_magnitudes(asked, effort);
    };
    claims.push_back(std::move(magnitude));

    add_pair(claims, S::name, "velocity", recorded_velocity, check_velocity);
    add_pair(claims, S::name, "layer", layer_with_step, check_layer);
}

} // namespace
} // namespace layer_formulas

void add_layer_formulas(std::vector<Claim>& claims)
{
    using namespace layer_formulas;
    std::apply([&](auto... scheme) { (add_scheme<decltype(scheme)>(claims), ...); },
               model::Schemes{});
}

} // namespace attest::theorems
