#include "attest/flow/scheme_clock.hpp"

#include "attest/flow/series_rates.hpp"
#include "attest/flow/taylor_simplify.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"

namespace attest::flow {
model::Alpha speed_of(const Expr& formula)
{
    const auto constant = constant_value(formula);
    return constant ? model::Alpha::constant(*constant) : model::Alpha::of(formula);
}

ClockedProblem clocked(const model::SymmetricProblem& problem)
{
    model::validate(problem);
    if (!model::is_own(problem.scheme)) {
        return {problem, problem.scheme == model::NGPT::name
                             ? std::optional<model::Alpha>(problem.alpha)
                             : std::nullopt};
    }
    if (!has_switch(problem)) {
        const LogisticRates own = logistic_rates(problem, false);
        for (const std::string_view name :
             {model::PostLN::name, model::PreLN::name, model::PeriLN::name, model::NGPT::name}) {
            model::SymmetricProblem curve = problem;
            curve.scheme = name;
            curve.alpha = model::Alpha::constant(1);
            const LogisticRates rates = logistic_rates(curve, false);
            const auto ratio =
                constant_value(simplify(own.clock_rate / rates.clock_rate, {"eps", "r"}));
            const bool same_magnitude =
                simplify(own.log_r_rate - rates.log_r_rate, {"eps", "r"}) == Expr(0L);
            if (ratio && same_magnitude) {
                const Expr speed = simplify(own.speed / Expr(*ratio), {"t"});
                return {std::move(curve), speed_of(speed)};
            }
        }
    }
    throw Undecidable("scheme '" + problem.scheme
                      + "' is none of the paper's on a clock of its own: it has no closed forms");
}

} // namespace attest::flow
