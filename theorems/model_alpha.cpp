// alpha_t and its integral: the integral vanishes at 0 and its derivative, by the rules of
// calculus, is alpha_t.
#include "theorems/model_claims.hpp"

#include "attest/model/alpha.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace alpha_formulas {
namespace {

proof::Domain alpha_domain()
{
    return {{"t", {Rational(1, 64), 8, false, {Rational(1, 2), 1, 3}}}};
}

Judgement check_alpha(const Statement& statement, const Effort& effort)
{
    const Expr& alpha = statement.formulas.at("alpha");
    const Expr& integral = statement.formulas.at("integral");
    const PrecisionScope precision(2 * bits_for_digits(effort.digits));
    PointTrial trial("derivative of the integral", "t in (0, 8] at random points and next to 0");
    const Expr slope = derivative(integral, "t");
    for (const proof::Point& point : trial_points(alpha_domain(), effort)) {
        const Ball by_rule = proof::evaluate_at(slope, point);
        const Ball stated = proof::evaluate_at(alpha, point);
        trial.compare(by_rule, stated, "slope", point);
        trial.compare(stated, by_rule, "alpha_t", point); // either may have no value
    }
    // The integrals are at most 10 t there; a constant that is too large or small by 10^-6 shows.
    const proof::Point start = {{"t", pow(Rational(1, 10), 40)}};
    const Rational room = pow(Rational(1, 10), 30);
    trial.compare(proof::evaluate_at(integral, start), Ball::interval(-room, room), "value", start);
    const Truth proved = proof::identical(slope, alpha);
    return with(trial.added_to({}, effort, true), {"exact algebra",
                                                   "the derivative of the integral is alpha_t",
                                                   is_true(proved) ? Truth::True : Truth::Unknown,
                                                   Strength::Exact,
                                                   {ScopeKind::All, "all t > 0"},
                                                   {},
                                                   false});
}

} // namespace
} // namespace alpha_formulas

void add_alpha_formulas(std::vector<Claim>& claims)
{
    using namespace alpha_formulas;
    for (const model::Alpha& one :
         {model::Alpha::constant(), model::Alpha::root(), model::Alpha::linear(),
          model::Alpha::sine_cosine(), model::Alpha::cosine_sine()}) {
        Claim claim;
        claim.id = fmt::format("model/alpha/{}", one.name);
        claim.printed.latex = "\\alpha_t = " + one.formula.latex();
        claim.printed.formulas = {{"alpha", one.formula}, {"integral", *one.integral}};
        claim.check = check_alpha;
        claims.push_back(std::move(claim));
    }
}

} // namespace attest::theorems
