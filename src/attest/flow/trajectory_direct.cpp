#include "attest/flow/series_rates.hpp"
#include "attest/flow/taylor.hpp"
#include "attest/flow/taylor_simplify.hpp"
#include "attest/flow/trajectory_run.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

// The recorded equations of Appendix A, with epsilon = 1 - gamma as a state, integrated in t, ln t
// or gamma. Slower than the logistic clock and independent of its reduction: a check on it, and
// the way for schemes whose rates do not separate.

namespace attest::flow::detail {
namespace {

struct Point {
    Real t;
    Real epsilon;
    Real r;
};

class DirectRun {
public:
    DirectRun(const TrajectoryRequest& request, const TrajectorySetting& setting) :
        request_(request), setting_(setting)
    {
        options_.digits = setting.digits;
        options_.bits = bits_for_digits(setting.digits) + 32 + setting.extra_bits;
        options_.order = static_cast<long>(1.3 * static_cast<double>(setting.digits)) + 4;
        options_.order += options_.order * setting.extra_order / 100;
        options_.step_scale = setting.step_scale;
        options_.max_steps = 100'000;
    }

    TrajectoryRun run()
    {
        const PrecisionScope precision(options_.bits);
        const model::SymmetricProblem& p = request_.problem;
        const bool switches = has_switch(p);
        Point start;
        start.t = 0;
        start.epsilon = to_real(Rational(1 - p.gamma0));
        start.r =
            switches && p.mix_magnitude == model::MixMagnitude::Table1 ? Real(1) : to_real(p.r0);
        bool more = true;
        if (switches && p.tau > 0) {
            more = stage(false, start, p.tau);
        }
        if (more) {
            stage(switches, start, std::nullopt);
        }
        return collect();
    }

private:
    using Variable = TrajectoryVariable;
    /// A stretch in one variable x; the states are eps, then r, then t where x is gamma's epsilon.
    struct Piece {
        Variable variable;
        TaylorSolution<Real> solution;
        Real t_end;
    };

    System equations(const TimeRates& rates) const
    {
        return {"t", {"eps", "r"}, {rates.epsilon, rates.r}};
    }

    /// Runs from `point` (updated) to time `until` (the switch) or to the request's end. Returns
    /// whether there is more to do.
    bool stage(bool late, Point& point, const std::optional<Rational>& until)
    {
        const TimeRates rates = time_rates(request_.problem, late);
        spherical_ = rates.spherical;
        const std::optional<Rational> time_end =
            !until ? request_.until_time
                   : (request_.until_time && *request_.until_time <= *until ? request_.until_time
                                                                            : until);
        const bool ends_here = !until || (request_.until_time && time_end == request_.until_time);
        if (request_.variable == Variable::Gamma) {
            return by_gamma(equations(rates), point, time_end) && !ends_here;
        }
        if (request_.variable == Variable::LogTime && (!time_end || *time_end > 1)) {
            if (point.t < 1) {
                if (!by_time(equations(rates), point, Rational(1), false)) {
                    return false;
                }
            }
            return by_time(equations(rates), point, time_end, true) && !ends_here;
        }
        return by_time(equations(rates), point, time_end, false) && !ends_here;
    }

    /// Returns false where the level of gamma was found.
    bool by_time(const System& system, Point& point, const std::optional<Rational>& end,
                 bool logarithmic)
    {
        System in_x = system;
        Real from = point.t;
        Real to = end ? to_real(*end) : pow(Real(10), 40);
        if (logarithmic) {
            const Expr clock = exp(Expr::symbol("x"));
            in_x.independent = "x";
            for (Expr& rate : in_x.rates) {
                rate = simplify(rate.substitute("t", clock) * clock, {"eps", "r"});
            }
            from = log(from);
            to = log(to);
        }
        const TaylorIntegrator<Real> integrator(in_x, options_, {"eps", "r"});
        const std::vector<Real> start{point.epsilon, point.r};
        const auto event = request_.until_gamma;
        const Real level = event ? to_real(Rational(1 - *event)) : Real(0);
        TaylorSolution<Real> solution = event ? integrator.until(from, start, {0, level}, to)
                                              : integrator.integrate(from, start, to);
        if (event && !end && !solution.event_found()) {
            throw Undecidable(
                fmt::format("gamma = {} is not reached up to t = 1e40", to_string(*event)));
        }
        const std::vector<Real> final_state = solution.final_state();
        const bool found = solution.event_found();
        point.epsilon = found ? level : final_state[0];
        point.r = final_state[1];
        point.t = logarithmic ? Real(exp(solution.end())) : solution.end();
        if (!found && end) {
            point.t = to_real(*end);
        }
        pieces_.push_back({logarithmic ? Variable::LogTime : Variable::Time, solution, point.t});
        last_ = point;
        return !found;
    }

    bool by_gamma(const System& system, Point& point, const std::optional<Rational>& time_end)
    {
        const System in_eps = parametrise_by(system, "eps", {"eps", "r"});
        const TaylorIntegrator<Real> integrator(in_eps, options_, {"eps", "r"});
        const std::vector<Real> start{point.r, point.t};
        const Real limit =
            request_.until_gamma ? to_real(Rational(1 - *request_.until_gamma)) : Real(0);
        TaylorSolution<Real> solution =
            time_end ? integrator.until(point.epsilon, start, {1, to_real(*time_end)}, limit)
                     : integrator.integrate(point.epsilon, start, limit);
        const std::vector<Real> final_state = solution.final_state();
        point.r = final_state[0];
        point.t = solution.event_found() ? to_real(*time_end) : final_state[1];
        point.epsilon = solution.end();
        pieces_.push_back({Variable::Gamma, solution, point.t});
        last_ = point;
        return solution.event_found();
    }

    /// State at time t, on the piece that holds it.
    Point at(const Real& t) const
    {
        for (const Piece& piece : pieces_) {
            if (t > piece.t_end) {
                continue;
            }
            if (piece.variable == Variable::Gamma) {
                return at_by_gamma(piece, t);
            }
            const std::vector<Real> y =
                piece.solution.at(piece.variable == Variable::LogTime ? Real(log(t)) : t);
            return {t, y[0], y[1]};
        }
        return last_;
    }

    /// Inverts t(eps), which is monotone, by the secant method kept inside a bracket (Illinois).
    Point at_by_gamma(const Piece& piece, const Real& t) const
    {
        Real a = piece.solution.start();
        Real b = piece.solution.end();
        Real fa = piece.solution.at(a)[1] - t;
        Real fb = piece.solution.at(b)[1] - t;
        if (fa >= 0) {
            b = a;
            fb = fa;
        }
        const Real tiny = ldexp(Real(1), -static_cast<int>(options_.bits) + 4);
        int side = 0;
        Real c = b;
        for (int i = 0; i < 400 && abs(a - b) > tiny * abs(b) && fb != fa; ++i) {
            c = (fa * b - fb * a) / (fa - fb);
            const Real fc = piece.solution.at(c)[1] - t;
            if (fc == 0 || abs(fc) < tiny * abs(t)) {
                break;
            }
            if ((fc > 0) == (fb > 0)) {
                b = c;
                fb = fc;
                if (side == -1) {
                    fa = fa / 2;
                }
                side = -1;
            } else {
                a = c;
                fa = fc;
                if (side == 1) {
                    fb = fb / 2;
                }
                side = 1;
            }
        }
        return {t, c, piece.solution.at(c)[0]};
    }

    TrajectoryRun collect()
    {
        TrajectoryRun result;
        result.times = setting_.times_given ? setting_.times : sample_times(request_, last_.t);
        const auto add = [&](const Point& point) {
            result.samples.push_back(
                {point.t, Real(1 - point.epsilon), point.epsilon, spherical_ ? Real(1) : point.r});
        };
        for (const Rational& time : result.times) {
            add(at(to_real(time)));
        }
        add(last_);
        result.order = options_.order;
        for (const Piece& piece : pieces_) {
            result.steps += piece.solution.steps();
        }
        return result;
    }

    const TrajectoryRequest& request_;
    const TrajectorySetting& setting_;
    TaylorOptions options_;
    bool spherical_ = false;
    std::vector<Piece> pieces_;
    Point last_;
};

} // namespace

TrajectoryRun run_direct(const TrajectoryRequest& request, const TrajectorySetting& setting)
{
    return DirectRun(request, setting).run();
}

} // namespace attest::flow::detail
