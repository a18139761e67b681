// The Gram form of each scheme: <theta_1, theta_2>' and r_1' of three tokens as functions of the
// inner products. Other route: the particle system of three explicit directions with these inner
// products, in balls.
#include "theorems/model_claims.hpp"

#include "attest/model/gram.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace gram_formulas {
namespace {

constexpr long gram_tokens = 3;

std::string pair_name(long j, long k)
{
    return fmt::format("g{}{}", std::min(j, k) + 1, std::max(j, k) + 1);
}

std::string length_name(long j)
{
    return fmt::format("r{}", j + 1);
}

/// |g_jk| < 1/2 keeps the matrix positive definite.
proof::Domain gram_domain()
{
    const Rational widest(12, 25);
    proof::Domain domain = {{"beta", {0, 4, false, {0, 1}}},
                            {"alpha", {Rational(1, 10), 5, false, {Rational(1, 3), 2}}},
                            {"t", {0, 20, false, {0, 3}}},
                            {"late", {0, 1, true, {0, 1}}}};
    for (long j = 0; j < gram_tokens; ++j) {
        domain.insert({length_name(j), {Rational(1, 10), 10, false, {j + 1, Rational(1, 3)}}});
        for (long k = j + 1; k < gram_tokens; ++k) {
            domain.insert({pair_name(j, k), {-widest, widest, false, {Rational(j + k - 1, 5), 0}}});
        }
    }
    return domain;
}

/// Directions with the inner products of the point, by the Cholesky factor.
Matrix<Ball> directions_of(const proof::Point& point)
{
    const auto g = [&](long j, long k) { return Ball(point.at(pair_name(j, k))); };
    Matrix<Ball> theta = Matrix<Ball>::Constant(gram_tokens, gram_tokens, Ball(0));
    theta(0, 0) = Ball(1);
    theta(0, 1) = g(0, 1);
    theta(1, 1) = sqrt(1 - g(0, 1) * g(0, 1));
    theta(0, 2) = g(0, 2);
    theta(1, 2) = (g(1, 2) - g(0, 1) * g(0, 2)) / theta(1, 1);
    theta(2, 2) = sqrt(1 - theta(0, 2) * theta(0, 2) - theta(1, 2) * theta(1, 2));
    return theta;
}

model::Particles<Ball> particles_of(const proof::Point& point)
{
    model::Particles<Ball> state{directions_of(point), Vector<Ball>(gram_tokens)};
    for (long j = 0; j < gram_tokens; ++j) {
        state.r(j) = Ball(point.at(length_name(j)));
    }
    return state;
}

Judgement check_gram(std::string_view scheme, const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(2 * bits_for_digits(effort.digits));
    PointTrial trial("particles in balls", "three tokens at random points");
    for (const proof::Point& point : trial_points(gram_domain(), effort)) {
        const FirstPair other = first_pair_velocity(scheme, particles_of(point), point);
        trial.compare(proof::evaluate_at(statement.formulas.at("g12'"), point), other.product_dot,
                      "g12'", point);
        trial.compare(proof::evaluate_at(statement.formulas.at("r1'"), point), other.r_dot, "r1'",
                      point);
        if (effort.control && trial.refuted()) {
            break;
        }
    }
    return trial.added_to({}, effort, true);
}

template <class S>
void add_gram(std::vector<Claim>& claims)
{
    Matrix<Expr> G(gram_tokens, gram_tokens);
    Vector<Expr> r(gram_tokens);
    for (long j = 0; j < gram_tokens; ++j) {
        for (long k = 0; k < gram_tokens; ++k) {
            G(j, k) = j == k ? Expr(1) : sym(pair_name(j, k));
        }
        r(j) = sym(length_name(j));
    }
    const auto dot = model::gram_velocity<S>(
        G, r, sym("beta"), model::Regulation<Expr>{sym("alpha"), sym("t"), sym("late")});
    Claim claim;
    claim.id = fmt::format("model/{}/gram", S::name);
    claim.printed.latex = "\\dot g_{12}, \\dot r_1 \\text{ of three tokens}";
    claim.printed.formulas = {{"g12'", dot.G(0, 1)}, {"r1'", dot.r(0)}};
    claim.check = [](const Statement& statement, const Effort& effort) {
        return check_gram(S::name, statement, effort);
    };
    claims.push_back(std::move(claim));
}

} // namespace
} // namespace gram_formulas

void add_gram_formulas(std::vector<Claim>& claims)
{
    using namespace gram_formulas;
    std::apply([&](auto... scheme) { (add_gram<decltype(scheme)>(claims), ...); },
               model::Schemes{});
}

} // namespace attest::theorems
