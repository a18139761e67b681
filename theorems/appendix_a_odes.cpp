// Appendix A: the ODEs of gamma and r. Each printed right side is compared with the one that the
// particle system (NA) implies for the symmetric configuration, exactly and for all n.
#include "attest/numbers/precision.hpp"
#include "theorems/explicit_particles.hpp"
#include "theorems/symmetric.hpp"
#include "theorems/units.hpp"
#include "theorems/witnesses.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

Statement ode(const std::string& left, const Expr& printed, const Expr& derived)
{
    Statement statement;
    statement.latex = left + " = " + printed.latex();
    statement.formulas = {{"lhs", printed}, {"rhs", derived}};
    return statement;
}

/// The printed right side against the algebra of invariant matrices, and against the velocity of
/// explicit particles.
Judgement check_ode(std::string_view scheme, bool of_gamma, const Statement& statement,
                    const Effort& effort)
{
    Judgement judgement = check_identity(statement, effort);
    PointTrial trial("particles in balls", "explicit particles with n <= 6 at random points");
    const PrecisionScope precision(2 * bits_for_digits(effort.digits));
    for (const proof::Point& point : trial_points(explicit_domain(), effort)) {
        const FirstPair pair = first_pair_velocity(scheme, symmetric_particles(point), point);
        trial.compare(proof::evaluate_at(statement.formulas.at("lhs"), point),
                      of_gamma ? pair.product_dot : pair.r_dot, of_gamma ? "gamma'" : "r'", point);
        if (effort.control && trial.refuted()) {
            break;
        }
    }
    return trial.added_to(std::move(judgement), effort);
}

Claim ode_claim(const std::string& id, Statement statement, std::string_view scheme, bool of_gamma)
{
    Claim claim;
    claim.id = id;
    claim.faults = faults_of(statement, "lhs");
    claim.printed = std::move(statement);
    claim.check = [=](const Statement& asked, const Effort& effort) {
        return check_ode(scheme, of_gamma, asked, effort);
    };
    claim.witness = symmetric_gram_witness;
    claim.note =
        "right side derived from (NA) by exact algebra with permutation-invariant matrices "
        "aI + bJ, n symbolic";
    return claim;
}

template <class S>
void add_gamma_ode(ledger::Registry& registry, const std::string& id)
{
    registry.add(ode_claim(
        id, ode("\\dot\\gamma", S::gamma_dot(symbolic_point()), derived_velocity<S>().gamma_dot),
        S::name, true));
}

template <class S>
void add_r_ode(ledger::Registry& registry, const std::string& id)
{
    registry.add(ode_claim(
        id, ode("\\dot r", S::symmetric_r_dot(symbolic_point()), derived_velocity<S>().r_dot),
        S::name, false));
}

template <class S>
Statement half_velocity_part(const Expr& factor)
{
    Statement part;
    part.formulas = {{"lhs", derived_velocity<S>().gamma_dot},
                     {"rhs", factor * derived_half_velocity<S>()}};
    return part;
}

Judgement check_gamma_dot_form(const Statement& statement, const Effort& effort)
{
    const Expr& factor = statement.formulas.at("factor");
    return for_every(
        {half_velocity_part<model::PostLN>(factor), half_velocity_part<model::PreLN>(factor),
         half_velocity_part<model::MixLN>(factor), half_velocity_part<model::PeriLN>(factor),
         half_velocity_part<model::NGPT>(factor), half_velocity_part<model::SqrtScaling>(factor)},
        effort, check_identity);
}

void add_gamma_dot_form(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appA/gamma-dot-form";
    claim.printed.latex =
        "\\dot\\gamma(t) = 2\\langle\\dot\\theta_k(t),\\theta_1(t)\\rangle, \\quad k \\ne 1";
    claim.printed.formulas = {{"factor", Expr(2)}};
    claim.check = check_gamma_dot_form;
    claim.faults = faults_of(claim.printed, "factor");
    claim.witness = symmetric_gram_witness;
    registry.add(std::move(claim));
}

/// "This scheme's equation is that one's with ... replaced": both sides are the printed formulas.
void add_substitution(ledger::Registry& registry, const std::string& id, const std::string& latex,
                      const Expr& formula, const Expr& source, const std::string& symbol,
                      const Expr& replacement)
{
    Claim claim;
    claim.id = id;
    claim.printed.latex = latex;
    claim.printed.formulas = {{"lhs", formula}, {"source", source}, {"replacement", replacement}};
    claim.printed.words = {{"symbol", symbol}};
    claim.check = [](const Statement& statement, const Effort& effort) {
        Statement equation;
        equation.formulas = {
            {"lhs", statement.formulas.at("lhs")},
            {"rhs", statement.formulas.at("source").substitute(
                        statement.words.at("symbol"), statement.formulas.at("replacement"))}};
        return decide_identity(equation, effort);
    };
    claim.faults = faults_of(claim.printed, "replacement");
    claim.faults.push_back(
        fault("replacement inverted", claim.printed, "replacement", 1 / replacement));
    claim.faults.push_back(
        fault("replacement doubled", claim.printed, "replacement", 2 * replacement));
    claim.faults.push_back(
        fault("replacement squared", claim.printed, "replacement", replacement * replacement));
    claim.witness = "n = 2, beta = 1, gamma = 1/2, t = 3, alpha = 1/2";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_a_odes(ledger::Registry& registry)
{
    using namespace model;
    add_gamma_dot_form(registry);
    add_gamma_ode<PostLN>(registry, "appA/post-ln/ode");
    add_r_ode<PreLN>(registry, "appA/pre-ln/r-ode");
    add_gamma_ode<PreLN>(registry, "appA/pre-ln/gamma-ode");
    add_r_ode<PeriLN>(registry, "appA/peri-ln/r-ode");
    add_gamma_ode<PeriLN>(registry, "appA/peri-ln/gamma-ode");
    add_gamma_ode<NGPT>(registry, "appA/ngpt/gamma-ode");
    add_gamma_ode<SqrtScaling>(registry, "appA/sqrt-scaling/gamma-ode");
    const auto p = symbolic_point();
    add_substitution(registry, "appA/ngpt/peri-ln-substitution",
                     "\\dot\\gamma_{\\text{nGPT}} = \\dot\\gamma_{\\text{Peri-LN}}\\big|_{r(t) = "
                     "\\alpha_t^{-1}}",
                     NGPT::gamma_dot(p), PeriLN::gamma_dot(p), "r", 1 / p.alpha);
    add_substitution(registry, "appA/sqrt-scaling/pre-ln-substitution",
                     "\\dot\\gamma_{\\text{sqrt-scaling}} = "
                     "\\dot\\gamma_{\\text{Pre-LN}}\\big|_{r(t) = \\sqrt{t+1}}",
                     SqrtScaling::gamma_dot(p), PreLN::gamma_dot(p), "r", sqrt(p.t + 1));
}

} // namespace attest::theorems
