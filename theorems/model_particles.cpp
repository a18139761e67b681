// The particle system of each scheme: theta_1' and r_1' of two tokens in the plane. Other route:
// Table 1's velocity x_1' of the same tokens, of which theta_1' = (x_1' - <theta_1, x_1'>
// theta_1)/r and r_1' = <theta_1, x_1'>; the points of the circle are (1-u^2, 2u)/(1+u^2).
#include "theorems/model_claims.hpp"

#include "attest/model/attention_impl.hpp"
#include "attest/model/particles.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace particle_formulas {
namespace {

constexpr std::array<const char*, 2> circle_parameters = {"u1", "u2"};

proof::Domain planar_domain()
{
    return {{"u1", {-3, 3, false, {0, Rational(1, 2)}}},
            {"u2", {-3, 3, false, {1, -2}}},
            {"beta", {0, 4, false, {0, 1}}},
            {"r1", {Rational(1, 10), 10, false, {1, 2}}},
            {"r2", {Rational(1, 10), 10, false, {1, 3}}},
            {"alpha", {Rational(1, 10), 5, false, {Rational(1, 3), 2}}},
            {"t", {0, 20, false, {0, 3}}},
            {"late", {0, 1, true, {0, 1}}}};
}

std::string entry_name(long i, long j)
{
    return fmt::format("theta{}{}", i + 1, j + 1);
}

/// theta_ij as functions of u1, u2: column j is a point of the circle.
Expr on_the_circle(Expr formula)
{
    for (long j = 0; j < 2; ++j) {
        const Expr u = sym(circle_parameters[static_cast<std::size_t>(j)]);
        const Expr size = 1 + pow(u, 2);
        formula = formula.substitute(entry_name(0, j), (1 - pow(u, 2)) / size)
                      .substitute(entry_name(1, j), 2 * u / size);
    }
    return formula;
}

struct PlanarVelocity {
    Vector<Expr> theta;
    Expr r;
};

model::Particles<Expr> planar_state()
{
    model::Particles<Expr> state{Matrix<Expr>(2, 2), Vector<Expr>(2)};
    for (long j = 0; j < 2; ++j) {
        for (long i = 0; i < 2; ++i) {
            state.theta(i, j) = sym(entry_name(i, j));
        }
        state.r(j) = sym(fmt::format("r{}", j + 1));
    }
    return state;
}

model::Attention<Expr> planar_attention()
{
    model::Attention<Expr> attention;
    attention.beta = sym("beta");
    return attention;
}

/// Token 1 by Table 1, with |theta_j| = 1 used: no length is taken of what has length one.
template <class S>
PlanarVelocity by_table_one(const model::Particles<Expr>& state, const Expr& r,
                            const model::Regulation<Expr>& at)
{
    const Matrix<Expr> A = model::attend(planar_attention(), state.theta);
    const Vector<Expr> theta = state.theta.col(0);
    const Vector<Expr> A_1 = A.col(0);
    const Vector<Expr> x = r * theta;
    const Vector<Expr> x_dot =
        model::LayerRule<S>::velocity(model::LayerInput<Vector<Expr>>{x, A_1, A_1}, at);
    const Expr radial = model::inner(theta, x_dot);
    return {Vector<Expr>((1 / r) * Vector<Expr>(x_dot - Vector<Expr>(radial * theta))), radial};
}

/// The values of late for which Table 1 has one formula, and r there.
struct PlanarPhase {
    long late;
    Expr r;
};

template <class S>
std::vector<PlanarPhase> planar_phases()
{
    if constexpr (std::same_as<S, model::MixLN>) {
        return {{0, Expr(1)}, {1, sym("r1")}};
    }
    return {{0, S::spherical ? Expr(1) : sym("r1")}};
}

template <class S>
Judgement check_planar(const Statement& statement, const Effort& effort)
{
    std::vector<Statement> parts;
    for (const PlanarPhase& phase : planar_phases<S>()) {
        const auto there = [&](const Expr& formula) {
            return on_the_circle(
                formula.substitute("late", Expr(phase.late)).substitute("r1", phase.r));
        };
        const PlanarVelocity other =
            by_table_one<S>(planar_state(), phase.r, {sym("alpha"), sym("t"), Expr(phase.late)});
        const std::vector<std::pair<const char*, Expr>> all = {
            {"theta11'", other.theta(0)}, {"theta21'", other.theta(1)}, {"r1'", other.r}};
        for (const auto& [name, reference] : all) {
            // Next to 0 no digit is significant: compare on top of 17.
            parts.push_back(ledger::relation(17 + there(statement.formulas.at(name)), "=",
                                             17 + on_the_circle(reference)));
        }
    }
    if (effort.control) { // most mutants show at once
        PointTrial trial("Table 1 in balls", "two tokens at random points");
        for (const proof::Point& point : proof::sample_points(planar_domain(), 2, effort.seed)) {
            for (const Statement& one : parts) {
                trial.compare(proof::evaluate_at(one.formulas.at("lhs"), point),
                              proof::evaluate_at(one.formulas.at("rhs"), point), "17 + component",
                              point);
                if (trial.refuted()) {
                    return trial.added_to({}, effort);
                }
            }
        }
    }
    return for_every(parts, effort, [](const Statement& one, const Effort& how) {
        Judgement judgement = decide_identity(one, how, planar_domain());
        if (!judgement.evidence.empty() && is_true(judgement.evidence.front().outcome)) {
            judgement.evidence.front().carries = true; // where the algebra is out of reach
        }
        return judgement;
    });
}

template <class S>
void add_planar(std::vector<Claim>& claims)
{
    const auto dot =
        model::particle_velocity(S::name, planar_attention(), planar_state(),
                                 model::Regulation<Expr>{sym("alpha"), sym("t"), sym("late")});
    Claim claim;
    claim.id = fmt::format("model/{}/particles", S::name);
    claim.printed.latex = "\\dot\\theta_1, \\dot r_1 \\text{ of two tokens in the plane}";
    claim.printed.formulas = {
        {"theta11'", dot.theta(0, 0)}, {"theta21'", dot.theta(1, 0)}, {"r1'", dot.r(0)}};
    claim.check = check_planar<S>;
    claims.push_back(std::move(claim));
}

} // namespace
} // namespace particle_formulas

void add_particle_formulas(std::vector<Claim>& claims)
{
    using namespace particle_formulas;
    std::apply([&](auto... scheme) { (add_planar<decltype(scheme)>(claims), ...); },
               model::Schemes{});
}

} // namespace attest::theorems
