// The symmetric equations gamma', r' of each scheme and the radicand of Peri-LN and nGPT. Other
// route: the particle system on the symmetric configuration, once in the algebra of permutation
// invariant matrices (every n at once, exact), once as explicit vectors in balls.
#include "theorems/model_claims.hpp"
#include "theorems/symmetric.hpp"

#include "attest/model/gram.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace symmetric_formulas {
namespace {

constexpr const char* symmetric_route = "symmetric particles in balls";

model::Attention<Ball> plain_attention(const proof::Point& point)
{
    model::Attention<Ball> attention;
    attention.beta = Ball(point.at("beta"));
    return attention;
}

/// (Z |A_1|)^2 of the explicit particles.
Ball radicand_of_particles(const proof::Point& point)
{
    const model::Particles<Ball> state = symmetric_particles(point);
    const Matrix<Ball> A = model::attend(plain_attention(point), state.theta);
    const Vector<Ball> A_1 = A.col(0);
    const Ball beta(point.at("beta"));
    const Ball Z =
        Ball(Rational(point.at("n") - 1)) * exp(beta * Ball(point.at("gamma"))) + exp(beta);
    return Z * Z * model::inner(A_1, A_1);
}

using BallAt = std::function<Ball(const proof::Point&)>;

/// The formula is the exact reference for all parameters, and the explicit value at points.
std::function<Judgement(const Statement&, const Effort&)>
check_symmetric(const Expr& reference, const BallAt& explicit_value)
{
    return [=](const Statement& statement, const Effort& effort) {
        const Expr& formula = statement.formulas.at("formula");
        Judgement judgement;
        PointTrial trial(symmetric_route, "explicit particles with n <= 6 at random points");
        const PrecisionScope precision(2 * bits_for_digits(effort.digits));
        for (const proof::Point& point : trial_points(explicit_domain(), effort)) {
            trial.compare(proof::evaluate_at(formula, point), explicit_value(point), "value",
                          point);
            if (effort.control && trial.refuted()) {
                return trial.added_to(judgement, effort);
            }
        }
        std::vector<Statement> parts;
        for (const long late : {0L, 1L}) {
            const auto there = [&](const Expr& e) { return e.substitute("late", Expr(late)); };
            parts.push_back(ledger::relation(there(formula), "=", there(reference)));
        }
        return trial.added_to(for_every(parts, effort,
                                        [](const Statement& one, const Effort& how) {
                                            return decide_identity(one, how);
                                        }),
                              effort);
    };
}

template <class S>
void add_equations(std::vector<Claim>& claims)
{
    const auto particles = derived_velocity<S>();
    for (const bool of_gamma : {true, false}) {
        Claim claim;
        claim.id = fmt::format("model/{}/{}", S::name, of_gamma ? "gamma-dot" : "symmetric-r-dot");
        claim.printed = formula_statement(of_gamma ? S::gamma_dot(symbolic_point())
                                                   : S::symmetric_r_dot(symbolic_point()),
                                          of_gamma ? "\\dot\\gamma" : "\\dot r");
        claim.check = check_symmetric(
            of_gamma ? particles.gamma_dot : particles.r_dot, [=](const proof::Point& point) {
                const FirstPair explicit_pair =
                    first_pair_velocity(S::name, symmetric_particles(point), point);
                return of_gamma ? explicit_pair.product_dot : explicit_pair.r_dot;
            });
        claims.push_back(std::move(claim));
    }
}

void add_radicand(std::vector<Claim>& claims)
{
    const model::InvariantMatrix<Expr> G{Expr(1), sym("gamma"), sym("n")};
    const auto W = model::softmax_rows(sym("beta") * G);
    const Expr A_squared = model::row_products(W, model::product(W, G)).value;
    const Expr Z = (sym("n") - 1) * exp(sym("beta") * sym("gamma")) + exp(sym("beta"));
    Claim claim;
    claim.id = "model/peri-ln/radicand";
    claim.printed = formula_statement(model::PeriLN::radicand(symbolic_point()), "(Z\\,|A_j|)^2");
    claim.check = check_symmetric(Z * Z * A_squared, radicand_of_particles);
    claims.push_back(std::move(claim));
}

} // namespace
} // namespace symmetric_formulas

void add_symmetric_equations(std::vector<Claim>& claims)
{
    using namespace symmetric_formulas;
    std::apply([&](auto... scheme) { (add_equations<decltype(scheme)>(claims), ...); },
               model::Schemes{});
    add_radicand(claims);
}

} // namespace attest::theorems
