#include "attest/flow/series_rates.hpp"

#include "attest/flow/taylor_simplify.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"

#include <algorithm>
#include <array>

namespace attest::flow {
namespace {

struct RecordedRates {
    Expr gamma_dot;
    Expr r_dot;
    bool spherical = false;
};

RecordedRates record(const model::SymmetricProblem& problem, const Expr& late)
{
    return model::with_scheme(problem.scheme, [&]<class S>(S) {
        const model::SymmetricPoint<Expr> point{1 - Expr::symbol("eps"),
                                                Expr::symbol("r"),
                                                Expr(problem.n),
                                                Expr(problem.beta),
                                                Expr::symbol("alpha"),
                                                Expr::symbol("t"),
                                                late};
        return RecordedRates{S::gamma_dot(point), S::symmetric_r_dot(point), S::spherical};
    });
}

bool mentions(const Expr& formula, const std::vector<std::string>& names)
{
    const std::vector<std::string> symbols = formula.symbols();
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return std::find(symbols.begin(), symbols.end(), name) != symbols.end();
    });
}

Expr tidy(const Expr& formula)
{
    return simplify(formula, {"eps", "r"});
}

} // namespace

bool has_switch(const model::SymmetricProblem& problem)
{
    const RecordedRates recorded = record(problem, Expr::symbol("late"));
    return mentions(recorded.gamma_dot, {"late"}) || mentions(recorded.r_dot, {"late"});
}

LogisticRates logistic_rates(const model::SymmetricProblem& problem, bool late)
{
    const RecordedRates recorded = record(problem, Expr(late ? 1L : 0L));
    const Expr eps = Expr::symbol("eps");
    const Expr n(problem.n);
    const Expr logistic = 2 * eps * (n - (n - 1) * eps) / n;
    const Expr time_rate = tidy(logistic / recorded.gamma_dot);

    LogisticRates rates;
    rates.spherical = recorded.spherical;
    rates.log_r_rate = tidy(recorded.r_dot / Expr::symbol("r") * time_rate);
    // dt/d sigma = g(eps, r) q(t, alpha): read g off where t = 0 and alpha = 1.
    rates.clock_rate = tidy(time_rate.substitute("alpha", Expr(1L)).substitute("t", Expr(0L)));
    const Expr slowness = tidy(time_rate / rates.clock_rate);
    const bool separates =
        !mentions(slowness, {"eps", "r"}) && !mentions(rates.log_r_rate, {"t", "alpha", "r"});
    if (!separates) {
        throw Undecidable("scheme '" + problem.scheme
                          + "' does not separate into a speed in t and a curve in gamma");
    }
    rates.speed = tidy(tidy(1 / slowness).substitute("alpha", problem.alpha.formula));
    rates.grows = !(rates.log_r_rate == Expr(0L));
    rates.uses_r = mentions(rates.clock_rate, {"r"});
    return rates;
}

TimeRates time_rates(const model::SymmetricProblem& problem, bool late)
{
    const RecordedRates recorded = record(problem, Expr(late ? 1L : 0L));
    const auto finished = [&](const Expr& formula) {
        return tidy(formula.substitute("alpha", problem.alpha.formula));
    };
    return {finished(-recorded.gamma_dot), finished(recorded.r_dot), recorded.spherical};
}

} // namespace attest::flow
