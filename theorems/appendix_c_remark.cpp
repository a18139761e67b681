// Appendix C: the final remark, local rates as V -> 0.
#include "attest/flow/clock.hpp"
#include "attest/flow/taylor_simplify.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/clouds.hpp"
#include "theorems/convergence.hpp"
#include "theorems/limit_plots.hpp"
#include "theorems/theorem_4_3_proof.hpp"
#include "theorems/theorem_4_3_runs.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::theorems {
namespace {

// --- the final remark
// -----------------------------------------------------------------------------

struct ExponentInClock {
    Expr exponent; ///< over t; for nGPT over its clock int alpha, in the place of t
    Expr clock;
};

ExponentInClock in_clock(std::string_view scheme, const Statement& statement)
{
    ExponentInClock result{statement.formulas.at("exponent"), cone_rate(scheme).clock};
    if (scheme == "ngpt") {
        result.exponent = result.exponent.substitute("alphaint", sym("t"));
        result.clock = Expr(1);
    }
    return result;
}

/// -ln V/E -> 1 along symmetric trajectories in the cone, followed to 1 - gamma = exp(-1e14).
Truth symmetric_limit(std::string_view scheme, const ExponentInClock& law, bool control,
                      std::optional<ledger::Counterexample>& found, LimitPlot& plot)
{
    const PrecisionScope precision(192);
    struct Start {
        long n;
        Rational beta;
        Rational delta;
    };
    std::vector<Start> starts = {{2, 1, Rational(2, 1601)},
                                 {3, 2, Rational(1, 4000)},
                                 {128, Rational(1, 10), Rational(1, 20000)}};
    starts.resize(control ? 1 : starts.size());
    Truth all = Truth::True;
    for (const Start& start : starts) {
        model::SymmetricProblem problem;
        problem.scheme = scheme;
        problem.n = start.n;
        problem.beta = start.beta;
        problem.gamma0 = 1 - start.delta;
        const flow::SymmetricClock clock(problem);
        std::vector<Ball> distances;
        Ball time;
        const auto ratio_at = [&](const Ball& depth) {
            const Ball epsilon = clock.growth_epsilon() * exp(-depth);
            time = clock.time_at(epsilon);
            const Ball V = Ball(Rational(start.n - 1, start.n)) * epsilon;
            return -log(V) / law.exponent.evaluate<Ball>({{"t", time}});
        };
        if (!control) {
            ratio_at(Ball(pow(Rational(10), 14)));
            const bool log_time = needs_log_time(time);
            plot.variable = scheme == "ngpt" ? "\\textstyle\\int_0^t\\alpha_s\\,ds"
                            : log_time       ? "\\log t"
                                             : "t";
            Course course;
            course.label = fmt::format("n={}, beta={}", start.n, to_string(start.beta));
            for (const Ball& depth : decades(0, 14, 3)) {
                const Ball ratio = ratio_at(depth);
                if (is_true(less(Ball(2), time))) {
                    add_point(course, log_time ? log(time) : time, ratio);
                }
            }
            add_course(plot, std::move(course));
        }
        for (long k = 2; k <= 14; k += 3) {
            distances.push_back(abs(ratio_at(Ball(pow(Rational(10), k))) - 1));
        }
        const Truth here = shrinks_to_zero(distances);
        if (is_false(here) && !found) {
            found = ledger::Counterexample{
                {{"scheme", std::string(scheme)},
                 {"n", std::to_string(start.n)},
                 {"beta", to_string(start.beta)},
                 {"tokens", "symmetric, delta = " + to_string(start.delta)},
                 {"r_k(0)", "1"}},
                fmt::format("-ln V/E is {} from 1 at t = {}", distances.back().to_string(8),
                            time.to_string(6)),
                fmt::format("attest terminal --scheme {} --n {} --beta {}", scheme, start.n,
                            to_string(start.beta))};
        }
        all = all && here;
    }
    return all;
}

/// The local slope -V'/V over E' at the end of integrated runs: general weights and magnitudes.
Evidence slope_along_runs(std::string_view scheme, const ExponentInClock& law, const Effort& effort)
{
    const Expr slope = flow::simplify(derivative(law.exponent, "t"));
    double worst = 0;
    const std::vector<ConeRun> runs = cone_runs(scheme, effort);
    std::size_t used = 0;
    for (const ConeRun& run : runs) {
        const ConeMoment& end = run.moments.back();
        if (end.variance > 1e-6) {
            continue; // the run ended before its end was near
        }
        ++used;
        const double time = scheme == "ngpt" ? end.alpha_integral : end.t;
        const double decay = scheme == "ngpt" ? end.decay / end.alpha : end.decay;
        const double expected = slope.evaluate(std::map<std::string, double>{{"t", time}});
        worst = std::max(worst, std::abs(decay / expected - 1));
    }
    constexpr double near = 0.02;
    Evidence item{
        "trajectories (Runge-Kutta in double precision)",
        fmt::format("-V'/V over E' is within {:.2e} of 1 at the end of {} runs with "
                    "general Q, K and r_k(0)",
                    worst, used),
        used == 0 ? Truth::Unknown : truth_of(worst < near),
        Strength::Numeric,
        {ScopeKind::Sample, fmt::format("{} starts in the cone, seed {}", used, effort.seed)}};
    item.carries = false;
    return item;
}

Judgement check_exponent_in_clock(std::string_view scheme, const Statement& statement,
                                  const Effort& effort)
{
    const ExponentInClock law = in_clock(scheme, statement);
    // The derivative of log(-t) is 1/t as well.
    if (!law.exponent.evaluate<Ball>({{"t", Ball(100)}}).is_finite()) {
        throw DomainError("the exponent has no value at t = 100");
    }
    Judgement judgement;
    LimitPlot plot{"-\\log\\mathcal V/E", "t", "1", {}};
    const Truth observed =
        symmetric_limit(scheme, law, effort.control, judgement.counterexample, plot);
    Evidence trajectories{"trajectories (quadrature in balls)",
                          "-ln V/E along symmetric trajectories in the cone, to 1 - gamma = "
                          "exp(-1e14)",
                          observed,
                          Strength::Enclosed,
                          {ScopeKind::Points, "(n, beta) = (2, 1), (3, 2), (128, 1/10), r_0 = tau "
                                              "= 1; nGPT in its clock int alpha"}};
    trajectories.carries = is_false(observed);
    plot.quantity += ",\\ E = " + statement.formulas.at("exponent").latex();
    attach_plot(trajectories, std::move(plot));
    judgement.evidence.push_back(std::move(trajectories));
    if (is_false(observed)) {
        return judgement;
    }
    ToldSteps steps = cone_limit_steps();
    steps.append(cone_persistence_steps());
    steps.append(equal_speed_steps());
    const Expr slope = flow::simplify(derivative(law.exponent, "t"));
    const Expr quotient = slope / (2 * law.clock);
    if (is_true(proof::identical(quotient, Expr(1)))) {
        steps.identical("E' = 2/s in the limit s ~ 1/clock", slope, 2 * law.clock);
    } else {
        const Expr square = without_roots(pow(quotient, 2));
        steps.identical("(E'/(2 clock))^2 as a rational function", pow(quotient, 2), square);
        steps.limit_at_one("(E'/(2 clock))^2 -> 1 as t -> infinity",
                           square.substitute("t", 1 / (1 - sym("gamma"))), Expr(1));
    }
    judgement.evidence.push_back(steps.evidence(
        "exact algebra",
        "V'/V = -(2/s)(1 + o(1)) by both bounds of the lemma and s_k clock -> 1; integrated, and "
        "E -> infinity",
        cone(", V = I, r_k(0) > 0, along trajectories with 0 < V -> 0"
             + std::string(scheme == "ngpt" ? ", alpha_t of any sign" : ""))));
    if (!effort.control) {
        judgement.evidence.push_back(slope_along_runs(scheme, law, effort));
    } else {
        judgement.evidence.back().certificates.clear();
    }
    return judgement;
}

template <class Scheme>
void add_remark_row(ledger::Registry& registry, const Expr& exponent, const std::string& latex,
                    const std::vector<std::pair<std::string, Expr>>& faults,
                    const std::string& note = {})
{
    const std::string name(Scheme::name);
    Claim claim;
    claim.id = "appC/remark/" + name;
    claim.printed.formulas = {{"exponent", exponent}};
    claim.printed.latex = fmt::format(
        "\\text{{{}: }} \\mathcal V = e^{{-{}(1+o(1))}} \\text{{ where }} 0 < \\mathcal "
        "V \\to 0",
        Scheme::title, latex);
    claim.check = [name](const Statement& statement, const Effort& effort) {
        return check_exponent_in_clock(name, statement, effort);
    };
    for (const auto& [change, formula] : faults) {
        claim.faults.push_back(fault(change, claim.printed, "exponent", formula));
    }
    claim.witness = cone_witness;
    claim.depends_on = {"appC/min-max-s"};
    claim.note = note;
    registry.add(std::move(claim));
}

void add_remark_rows(ledger::Registry& registry)
{
    const Expr t = sym("t");
    const Expr A = sym("alphaint");
    const std::vector<std::pair<std::string, Expr>> logs = {
        {"2 log t -> 3 log t", 3 * log(t)},
        {"2 -> 2000001/1000000", Expr(Rational(2000001, 1000000)) * log(t)},
        {"log t -> sqrt t", 2 * sqrt(t)},
        {"2 log t -> log t", log(t)}};
    const std::string given = "V -> 0 is the remark's premise; for delta < 1 it is met by every "
                              "trajectory, because the least product m of two tokens has (1 - m)' "
                              "<= -(2 e^{-x}/(n max s))(1 - m)";
    add_remark_row<model::PostLN>(registry, 2 * t, "2t",
                                  {{"2t -> t", t},
                                   {"2 -> 2000001/1000000", Expr(Rational(2000001, 1000000)) * t},
                                   {"2t -> 2 log t", 2 * log(t)},
                                   {"2t -> t^2", t * t}},
                                  given);
    add_remark_row<model::PreLN>(registry, 2 * log(t), "2\\log t", logs, given);
    add_remark_row<model::PeriLN>(registry, 2 * log(t), "2\\log t", logs, given);
    add_remark_row<model::NGPT>(
        registry, 2 * A, "2\\int_0^t\\alpha_s ds",
        {{"2 int alpha -> int alpha", A},
         {"2 -> 2000001/1000000", Expr(Rational(2000001, 1000000)) * A},
         {"int alpha -> (int alpha)^2", 2 * A * A},
         {"int alpha -> log int alpha", 2 * log(A)}},
        "the directions are a function of int alpha alone, so V -> 0 exactly when int alpha -> "
        "infinity, whatever the sign of alpha_t in between");
    add_remark_row<model::MixLN>(registry, 2 * log(t), "2\\log t", logs, given);
    add_remark_row<model::SqrtScaling>(
        registry, 4 * sqrt(t), "4\\sqrt t",
        {{"4 sqrt t -> 2 sqrt t", 2 * sqrt(t)},
         {"4 -> 4000001/1000000", Expr(Rational(4000001, 1000000)) * sqrt(t)},
         {"sqrt t -> t", 4 * t},
         {"sqrt t -> log t", 4 * log(t)}},
        given);
}

} // namespace

void add_appendix_c_remark(ledger::Registry& registry)
{
    add_remark_rows(registry);
}

} // namespace attest::theorems
