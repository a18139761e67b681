// Mix-LN's constant over boxes.
#include "attest/flow/terminal_box.hpp"

#include "attest/flow/ball_ends.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace attest::flow {
namespace {

/// One edge beta = const, tau = const.
class MixEdge {
public:
    MixEdge(const Rational& beta, const Rational& tau, const ConstantRangeOptions& options,
            ConstantRange& tally) :
        density_(constant_density("pre-ln")),
        beta_(beta), tau_(tau), options_(options), tally_(tally)
    {
    }

    Ball range(const Rational& lo, const Rational& hi, int depth)
    {
        if (++tally_.boxes > options_.max_boxes) {
            throw Undecidable(
                fmt::format("ln C of Mix-LN: more than {} boxes", options_.max_boxes));
        }
        tally_.depth = std::max(tally_.depth, depth);
        const Ball here = over(lo, hi);
        if (lo == hi
            || Ball(here.upper() - here.lower()).upper() < Ball(options_.tolerance).upper()) {
            return here;
        }
        const Rational middle = geometric_middle(lo, hi);
        return Ball::hull(range(lo, middle, depth + 1), range(middle, hi, depth + 1));
    }

private:
    Ball brake(const Rational& n, const Rational& from) const
    {
        CellOptions cells;
        cells.tolerance = options_.tolerance / 10000;
        cells.order = 8;
        cells.from = from;
        return integrate_density(density_, Ball(n), Ball(beta_), cells).value;
    }

    /// -ln e + ln(n_q (1-e) + e) + int_e^1 lift/q with n = n_brake: Post-LN's clock 2t at e for
    /// n_q = n_brake. It falls in e and in n_brake, and rises with n_q.
    Ball clock(const Rational& n_q, const Rational& n_brake, const Rational& e) const
    {
        return log(Ball(Rational(n_q * (1 - e) + e)) / Ball(e)) + brake(n_brake, e);
    }

    /// A rational e close to the root of clock = 2 tau; not certified.
    double approximate_root(const Rational& n_q, const Rational& n_brake) const
    {
        const double target = 2 * tau_.convert_to<double>();
        const double n = n_q.convert_to<double>();
        const double beta = beta_.convert_to<double>();
        double x = -target / 2; // ln e, between -2 tau and 0
        for (int step = 0; step < 8; ++step) {
            const double e = std::exp(x);
            const double slope = (n - 1 + std::exp(beta * e)) / (n * (1 - e) + e);
            const double change = (clock(n_q, n_brake, rational(e)).to_double() - target) / slope;
            x = std::clamp(x + change, -target, 0.0);
            if (std::abs(change) < 1e-9) {
                break;
            }
        }
        return std::exp(x);
    }

    static Rational rational(double value)
    {
        constexpr double grid = 1099511627776.0; // 2^40
        return std::max(Rational(1, 1L << 40), Rational(static_cast<long>(value * grid), 1L << 40));
    }

    /// e with the clock at least 2 tau (below the root for all n of the part) or at most 2 tau.
    Rational certified(const Rational& n_q, const Rational& n_brake, bool below) const
    {
        const double root = approximate_root(n_q, n_brake);
        const Ball target(Rational(2 * tau_));
        for (double margin = 1e-7; margin < 1; margin *= 8) {
            const Rational e =
                rational(below ? root * (1 - margin) : std::min(1.0, root * (1 + margin)));
            const Ball value = clock(n_q, n_brake, e);
            if (is_true(below ? less_equal(target, value) : less_equal(value, target))) {
                return e;
            }
        }
        throw Undecidable(
            fmt::format("Mix-LN's switching point is not enclosed for n near {}", to_string(n_q)));
    }

    Ball over(const Rational& lo, const Rational& hi) const
    {
        // clock(lo, hi, .) is below the clock of every n of the part, clock(hi, lo, .) above.
        const Rational least = certified(lo, hi, true);
        const Rational most = certified(hi, lo, false);
        const Ball q = Ball::interval(lo * (1 - most) + most, hi * (1 - least) + least);
        const Ball integral = Ball::hull(brake(hi, 0), brake(lo, 0));
        return log(2 * q) + integral - Ball(Rational(2 * tau_));
    }

    Expr density_;
    Rational beta_;
    Rational tau_;
    const ConstantRangeOptions& options_;
    ConstantRange& tally_;
};

} // namespace

ConstantRange mix_constant_range(const ParameterBox& box, const Rational& tau_lo,
                                 const Rational& tau_hi, const ConstantRangeOptions& options)
{
    validate(box);
    if (tau_lo <= 0 || tau_hi < tau_lo) {
        throw InputError(fmt::format("tau in [{}, {}]: must satisfy 0 < tau_lo <= tau_hi",
                                     to_string(tau_lo), to_string(tau_hi)));
    }
    const auto start = std::chrono::steady_clock::now();
    const PrecisionScope precision(options.bits);
    ConstantRange result;
    result.bits = options.bits;
    result.lower =
        lower_point(MixEdge(box.beta_lo, tau_hi, options, result).range(box.n_lo, box.n_hi, 0));
    result.upper =
        upper_point(MixEdge(box.beta_hi, tau_lo, options, result).range(box.n_lo, box.n_hi, 0));
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

} // namespace attest::flow
