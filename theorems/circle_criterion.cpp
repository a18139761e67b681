// The gap criterion on the circle: instability of critical points for d = 2.
#include "theorems/circle_criterion.hpp"

#include "attest/numbers/precision.hpp"
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"

#include <functional>
#include <utility>

namespace attest::theorems {
namespace {

constexpr long circle_bits = 64;
constexpr int deepest_cell = 9;    ///< halvings of a cell of the angle
constexpr int deepest_box = 12;    ///< halvings of a box of beta or w
constexpr long far_cell_count = 8; ///< chart: cells of length 1 in [0, 8], the rest is a tail

/// sin(x)/x, 1 at 0.
Ball sinc(const Ball& x)
{
    Ball result;
    arb_sinc(result.raw(), x.raw(), working_bits());
    return result;
}
Ball arccos(const Ball& x)
{
    Ball result;
    arb_acos(result.raw(), x.raw(), working_bits());
    return result;
}
Ball arcsin(const Ball& x)
{
    Ball result;
    arb_asin(result.raw(), x.raw(), working_bits());
    return result;
}
Ball upper_end(const Ball& x)
{
    return Ball(x.upper());
}
Ball positive_part(const Ball& x)
{
    return is_true(is_negative(x)) ? Ball(0) : upper_end(x);
}

using Function = std::function<Ball(const Ball&)>;

/// An upper bound of the integral of max(slope, 0) over [lo, hi], slope the derivative of value: on
/// cells where the slope certainly has one sign it is an increment of value, or 0.
class Increase {
public:
    Increase(Function value, Function slope) : value_(std::move(value)), slope_(std::move(slope)) {}

    void add(const Rational& lo, const Rational& hi, int depth)
    {
        const Ball slope = slope_(Ball::interval(lo, hi));
        if (is_true(is_positive(slope))) {
            if (!rising_from_) {
                rising_from_ = lo;
            }
            rising_to_ = hi;
            return;
        }
        if (is_true(is_negative(slope))) {
            close();
            return;
        }
        if (depth < deepest_cell) {
            const Rational middle = (lo + hi) / 2;
            add(lo, middle, depth + 1);
            add(middle, hi, depth + 1);
            return;
        }
        close();
        sum_ += positive_part(slope) * Ball(Rational(hi - lo));
    }
    Ball total()
    {
        close();
        return sum_;
    }

private:
    void close()
    {
        if (rising_from_) {
            sum_ += positive_part(value_(Ball(rising_to_)) - value_(Ball(*rising_from_)));
            rising_from_.reset();
        }
    }

    Function value_;
    Function slope_;
    std::optional<Rational> rising_from_;
    Rational rising_to_;
    Ball sum_;
};

/// left/right of the criterion for tau and the integral over the whole circle.
Ball ratio_of(const Ball& tau, const Ball& tau_times_integral)
{
    return tau_times_integral / (4 + 2 * tau / Ball::pi());
}

} // namespace

Ball circle_ratio(const Ball& beta)
{
    // e^{-beta} h'' = e^{beta(c-1)} s (-1 - 3 beta c + beta^2 s^2), and its derivative.
    Increase half(
        [&](const Ball& x) {
            const Ball s = sin(x);
            const Ball c = cos(x);
            return exp(beta * (c - 1)) * s * (-1 - 3 * beta * c + beta * beta * s * s);
        },
        [&](const Ball& x) {
            const Ball c = cos(x);
            const Ball s2 = pow(sin(x), 2L);
            const Ball bs2 = beta * s2;
            return exp(beta * (c - 1))
                   * (4 * bs2 + 6 * beta * c * bs2 - beta * bs2 * bs2 - c - 3 * beta * c * c);
        });
    const Rational beyond_pi(355, 113); // a little more than pi: the integrand is not negative
    for (long k = 0; k < far_cell_count; ++k) {
        half.add(beyond_pi * k / far_cell_count, beyond_pi * (k + 1) / far_cell_count, 3);
    }
    const Ball tau = arccos(2 * beta / (1 + sqrt(1 + 4 * beta * beta)));
    return ratio_of(tau, 2 * tau * half.total());
}

Ball circle_ratio_at_large_beta(const Ball& w)
{
    // x = w y, w = beta^{-1/2}: e^{-beta} h'' = value/w, and its derivative in y is slope/w.
    const auto parts = [&](const Ball& y) {
        const Ball x = w * y;
        return std::pair(cos(x), pow(y * sinc(x), 2L));
    };
    const auto weight = [&](const Ball& y) {
        return exp(-pow(y * sinc(w * y / 2), 2L) / 2); // beta (c - 1) = -2 beta sin(x/2)^2
    };
    const Ball w2 = w * w;
    Increase half(
        [&](const Ball& y) {
            const auto [c, q] = parts(y); // q = beta s^2
            return weight(y) * y * sinc(w * y) * (q - w2 - 3 * c);
        },
        [&](const Ball& y) {
            const auto [c, q] = parts(y);
            return weight(y) * (4 * w2 * q + 6 * c * q - q * q - w2 * c - 3 * c * c);
        });
    // Up to y = pi/w or 8, whichever comes first.
    const Ball least = Ball(w.lower());
    for (long k = 0; k < far_cell_count; ++k) {
        if (is_true(less(Ball::pi(), least * k))) {
            break;
        }
        half.add(Rational(k), Rational(k + 1), 3);
    }
    // Beyond 8 the slope is at most 10 y^2 e^{-a y^2}, a = 2/pi^2, whose integral is at most
    // 10 * 8 e^{-64 a}/a.
    const Ball a = 2 / pow(Ball::pi(), 2L);
    const Ball tail = 80 * exp(-64 * a) / a;
    // sin tau = w sqrt(cos tau) = z; asin(z)/z increases with z.
    const Ball c = (sqrt(w2 * w2 + 4) - w2) / 2;
    const Ball z = upper_end(w * sqrt(c));
    const Ball tau_over_w = sqrt(c) * Ball::hull(Ball(1), arcsin(z) / z);
    return ratio_of(w * tau_over_w, 2 * tau_over_w * (half.total() + tail));
}

CircleCriterion prove_circle_criterion()
{
    const PrecisionScope precision(circle_bits);
    CircleCriterion result;
    result.outcome = Truth::True;
    const std::function<void(const std::function<Ball(const Ball&)>&, const Rational&,
                             const Rational&, int)>
        cover = [&](const std::function<Ball(const Ball&)>& ratio, const Rational& lo,
                    const Rational& hi, int depth) {
            const Ball value = ratio(Ball::interval(lo, hi));
            if (is_true(less(value, Ball(1)))) {
                ++result.boxes;
                if (!is_true(less(value, result.largest_ratio))) {
                    result.largest_ratio = Ball::hull(result.largest_ratio, upper_end(value));
                }
                return;
            }
            if (depth == deepest_box) {
                result.outcome = Truth::Unknown;
                return;
            }
            const Rational middle = (lo + hi) / 2;
            cover(ratio, lo, middle, depth + 1);
            cover(ratio, middle, hi, depth + 1);
        };
    cover(circle_ratio, 0, 1, 0);
    cover(circle_ratio_at_large_beta, 0, 1, 0);
    result.largest_ratio = upper_end(result.largest_ratio);
    return result;
}

Truth circle_steps(std::vector<ledger::Certificate>& certificates)
{
    using Order = FirstOrder<Expr>;
    const Expr beta = sym("beta");
    StepsOnRanges steps;
    // Derivatives of h = s E with c = cos x, s = sin x, E = e^{beta c}.
    const Expr c = sym("c");
    const Expr s = sym("s");
    const Expr E = sym("E");
    const Order cos_x(c, -s);
    const Order sin_x(s, c);
    const Order power(E, -(beta * s * E));
    const Order b(beta, Expr(0));
    const Order first = power * (cos_x - b * sin_x * sin_x);
    const Order second =
        power * sin_x
        * (b * b * sin_x * sin_x - Order(Expr(1), Expr(0)) - Order(Expr(3), Expr(0)) * b * cos_x);
    steps.identical((sin_x * power).slope, first.value);
    steps.identical(first.slope, second.value);
    steps.identical(second.slope, E
                                      * (4 * beta * s * s + 6 * pow(beta, 2) * c * s * s
                                         - pow(beta, 3) * pow(s, 4) - c - 3 * beta * c * c));
    // h' = E (c - beta (1 - c^2)) with beta (1 - z^2) = z, z = cos tau: it has the sign of c - z.
    const Expr z = sym("z");
    steps.identical(c - z / (1 - z * z) * (1 - c * c), (c - z) * (1 + z * c) / (1 - z * z));
    // Trapezoidal rule between two neighbours a < b with H(a) = H(b) = 0.
    const Order x(sym("x"), Expr(1));
    const Order H(sym("H"), sym("H1"));
    const Order H1(sym("H1"), sym("H2"));
    const Order H2(sym("H2"), sym("H3"));
    const Order at_a(sym("a"), Expr(0));
    const Order at_b(sym("b"), Expr(0));
    const Order T = (x - at_a) * (at_b - x) * H2 - (at_a + at_b - x - x) * H1 - (H + H);
    const Expr kernel = (sym("x") - sym("a")) * (sym("b") - sym("x"));
    steps.identical(T.slope, kernel * sym("H3"));
    steps.identical(pow(sym("b") - sym("a"), 2) / 4 - kernel,
                    pow(sym("x") - (sym("a") + sym("b")) / 2, 2));
    // One gap of length below P = 2 pi with X = n - y tokens at its ends, the others at most tau.
    const Expr tau = sym("tau");
    const Expr P = tau + sym("more");
    const Expr n = sym("n");
    const Expr X = n - sym("y");
    steps.at_least(X / P + (2 * n - X) / tau, n / tau + n / P,
                   {{"tau", from(0)}, {"more", from(0)}, {"n", from(2)}, {"y", from(0)}});
    for (const ledger::Certificate& certificate : steps.certificates()) {
        certificates.push_back(certificate);
    }
    return steps.outcome();
}

} // namespace attest::theorems
