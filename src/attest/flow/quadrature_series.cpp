#include "attest/flow/quadrature_series.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <arb_poly.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace attest::flow {
namespace {

/// The disc of analyticity that is checked has radius 4 in units of the half-width of a cell: two
/// bits per term, near the optimum of (number of cells) x (cost per cell).
constexpr long radius_ratio = 4;
constexpr long bits_per_term = 2;
/// A cell is split when its integrand may exceed its centre's value by more bits than this: terms
/// that only make up for growth should stay a small part of all terms.
long tolerated_growth(long bits)
{
    return std::max(40L, bits / 8);
}
/// Each side of the square around the disc is cut into this many parts when it is bounded.
long parts_for(long bits)
{
    return bits < 300 ? 8 : 16; // larger discs pay off when a cell is dear
}

/// Truncated power series with ball coefficients; order is the number of terms that are known.
class Series {
public:
    explicit Series(long order) : order_(order) { arb_poly_init(value_); }
    Series(long order, const Ball& constant) : Series(order)
    {
        arb_poly_set_coeff_arb(value_, 0, constant.raw());
    }
    Series(const Series& other) : Series(other.order_) { arb_poly_set(value_, other.value_); }
    Series(Series&& other) noexcept : order_(other.order_)
    {
        arb_poly_init(value_);
        arb_poly_swap(value_, other.value_);
    }
    Series& operator=(Series&& other) noexcept
    {
        arb_poly_swap(value_, other.value_);
        order_ = other.order_;
        return *this;
    }
    Series& operator=(const Series& other)
    {
        Series copy(other);
        return *this = std::move(copy);
    }
    ~Series() { arb_poly_clear(value_); }

    long order() const noexcept { return order_; }
    void set(long k, const Ball& coefficient)
    {
        arb_poly_set_coeff_arb(value_, k, coefficient.raw());
    }
    Ball operator[](long k) const
    {
        Ball result;
        arb_poly_get_coeff_arb(result.raw(), value_, k);
        return result;
    }
    Ball operator()(const Ball& x) const
    {
        Ball result;
        arb_poly_evaluate(result.raw(), value_, x.raw(), working_bits());
        return result;
    }
    arb_poly_struct* raw() noexcept { return value_; }
    const arb_poly_struct* raw() const noexcept { return value_; }

private:
    arb_poly_t value_;
    long order_;
};

Series operator+(const Series& a, const Series& b)
{
    Series result(a.order());
    arb_poly_add_series(result.raw(), a.raw(), b.raw(), a.order(), working_bits());
    return result;
}
Series operator-(const Series& a, const Series& b)
{
    Series result(a.order());
    arb_poly_sub_series(result.raw(), a.raw(), b.raw(), a.order(), working_bits());
    return result;
}
Series operator*(const Series& a, const Series& b)
{
    Series result(a.order());
    arb_poly_mullow(result.raw(), a.raw(), b.raw(), a.order(), working_bits());
    return result;
}
Series operator*(const Series& a, const Ball& b)
{
    Series result(a.order());
    arb_poly_scalar_mul(result.raw(), a.raw(), b.raw(), working_bits());
    return result;
}
Series operator/(const Series& a, const Series& b)
{
    Series result(a.order());
    arb_poly_div_series(result.raw(), a.raw(), b.raw(), a.order(), working_bits());
    return result;
}
Series exp(const Series& a)
{
    Series result(a.order());
    arb_poly_exp_series(result.raw(), a.raw(), a.order(), working_bits());
    return result;
}
Series sqrt(const Series& a)
{
    Series result(a.order());
    arb_poly_sqrt_series(result.raw(), a.raw(), a.order(), working_bits());
    return result;
}
/// int_0^x a; keeps the order.
Series integral(const Series& a)
{
    Series result(a.order());
    arb_poly_integral(result.raw(), a.raw(), working_bits());
    arb_poly_truncate(result.raw(), a.order());
    return result;
}

/// log2 of an upper bound of |x|, rounded up; nothing for an infinite one.
std::optional<long> log2_upper(const ComplexBall& x)
{
    if (!x.is_finite()) {
        return std::nullopt;
    }
    const Real bound = abs(x).upper();
    if (!boost::multiprecision::isfinite(bound)) {
        return std::nullopt;
    }
    return bound == 0 ? -1000L : static_cast<long>(ilogb(bound)) + 1;
}

/// Calls visit on boxes that cover the disc |z - centre| <= radius; false as soon as visit is.
template <class Visit>
bool cover_disc(const Ball& centre, const Ball& radius, long parts, const Visit& visit)
{
    // The integrands are real on the real line, so the upper half suffices (Schwarz).
    for (long i = 0; i < parts; ++i) {
        for (long j = 0; j < parts / 2; ++j) {
            const Ball left = radius * Ball(Rational(2 * i - parts, parts));
            const Ball right = radius * Ball(Rational(2 * i + 2 - parts, parts));
            const Ball down = radius * Ball(Rational(2 * j, parts));
            const Ball up = radius * Ball(Rational(2 * j + 2, parts));
            ComplexBall box;
            const Ball re = centre + Ball::hull(left, right);
            const Ball im = Ball::hull(down, up);
            acb_set_arb_arb(box.raw(), re.raw(), im.raw());
            if (!visit(box)) {
                return false;
            }
        }
    }
    return true;
}

/// log2 of the largest modulus on a disc, and of how much that exceeds the value at its centre.
struct Size {
    long largest = 0;
    long growth = 0;
};

/// A power series in y = x/4 for x on [-1, 1], so that its coefficients are of one size (which
/// makes products by FFT fast), with a bound for what its truncation leaves out.
struct Model {
    Series series;
    Ball remainder; ///< absolute, on |x| <= 1 + 1/(2 order)
};

} // namespace

struct SeriesIntegral::Cells {
    /// A dyadic interval of the logit: p = (index + 1/2 + x/2) 2^-level, |x| <= 1.
    using Key = std::pair<long, long>; // level, index
    struct Cell {
        Model integral; ///< from the centre, of the density over r(centre)
        Ball r;         ///< r(centre)/2; 1 for NormExcess
        Ball left;      ///< integral at x = -1 and x = 1, times r
        Ball right;
        Ball rest; ///< bound for the integral from x = 1 to the end (drifts only)
    };

    Density density;
    long n;
    Rational beta;
    const BrakeIntegral& brake;
    Ball scale;
    Ball wide_end;
    Ball end;                                         ///< its centre
    mutable long bits = 0;                            ///< precision of the series
    mutable std::map<Key, std::optional<Cell>> cells; ///< nullopt: to be split
    mutable std::optional<Model> origin;              ///< series around epsilon = 0
    mutable long origin_log2 = 0;                     ///< it covers epsilon <= 2^-origin_log2
    mutable Ball origin_edge_value;

    bool drifts() const { return density != Density::NormExcess; }
    Ball logit(const Ball& epsilon) const
    {
        return log(epsilon / (Ball(n) - Ball(n - 1) * epsilon));
    }
    Ball epsilon_of(const Ball& p) const { return Ball(n) / (Ball(n - 1) + exp(-p)); }
    Ball magnitude(const Ball& epsilon) const
    {
        return scale * exp(-(brake(epsilon) / Ball(2))) / sqrt(epsilon);
    }

    /// Density with respect to p over r(centre), given relative r; T is Series or ComplexBall.
    template <class T>
    T density_in_p(const T& epsilon, const T& q, const T& pull, const T& r, const T& m,
                   const T& inverse_n) const
    {
        if (density == Density::PreDrift) {
            return m * r * epsilon * inverse_n;
        }
        const T norm = sqrt(T(pull * pull + m * epsilon * q));
        if (density == Density::PeriDrift) {
            return m * r * epsilon * q * inverse_n / (norm + pull);
        }
        return (norm - q) * inverse_n;
    }
    /// The density without its factor scale/sqrt(epsilon), as a function of epsilon near 0, given
    /// exp(-I/2).
    template <class T>
    T density_in_epsilon(const T& epsilon, const T& q, const T& pull, const T& lift, const T& fall,
                         const T& m) const
    {
        if (density == Density::PreDrift) {
            return m * fall / q;
        }
        const T norm = sqrt(T(pull * pull + m * epsilon * q));
        if (density == Density::PeriDrift) {
            return m * fall / (norm + pull);
        }
        return (lift * (pull + q) + m * q) / ((norm + q) * q);
    }

    std::optional<Size> bound_in_p(const Ball& centre, const Ball& radius) const;
    std::optional<Size> bound_at_origin(const Ball& radius) const;
    void build_origin() const;
    const Cell* cell(const Key& key) const;
    Ball near_origin(const Ball& epsilon) const;
    Ball in_cells(const Ball& from) const;
    Key leaf_at(const Ball& p) const;
    Ball value(const Cell& cell, const Key& key, const Ball& p) const;
    Ball end_error() const;
};

/// Bounds the density over r(centre) on the disc; nothing when the disc is too large.
std::optional<Size> SeriesIntegral::Cells::bound_in_p(const Ball& centre, const Ball& radius) const
{
    const long parts = parts_for(bits);
    const PrecisionScope low(64);
    const Reduction<ComplexBall> on{ComplexBall(n), ComplexBall(Ball(beta))};
    const ComplexBall inverse_n = ComplexBall(1) / on.n;
    std::vector<ComplexBall> at; // epsilon of each box
    Ball fastest(0);
    const auto epsilon_in = [&](const ComplexBall& p) { return on.n / (on.m() + exp(-p)); };
    if (drifts()) {
        // |r/r(centre)| = |exp(-int pull/(2n) dp)|
        const bool fine = cover_disc(centre, radius, parts, [&](const ComplexBall& box) {
            const Ball size = abs(on.pull(epsilon_in(box)));
            arb_max(fastest.raw(), fastest.raw(), size.raw(), working_bits());
            return fastest.is_finite();
        });
        if (!fine) {
            return std::nullopt;
        }
    }
    const Ball exponent = radius * fastest / Ball(2 * n);
    if (!is_true(less(exponent, Ball(tolerated_growth(bits))))) {
        return std::nullopt;
    }
    const ComplexBall r(Ball(exp(exponent).upper()));
    long largest = -1000;
    const auto log2_density = [&](const ComplexBall& p, const ComplexBall& ratio) {
        const ComplexBall epsilon = epsilon_in(p);
        return log2_upper(density_in_p<ComplexBall>(epsilon, on.q(epsilon), on.pull(epsilon), ratio,
                                                    on.m(), inverse_n));
    };
    const bool fine = cover_disc(centre, radius, parts, [&](const ComplexBall& box) {
        const auto size = log2_density(box, r);
        largest = std::max(largest, size.value_or(0));
        return size.has_value();
    });
    const auto typical = log2_density(ComplexBall(centre), ComplexBall(1));
    if (!fine || !typical || largest - *typical > tolerated_growth(bits)) {
        return std::nullopt;
    }
    return Size{largest, std::max(0L, largest - *typical)};
}

std::optional<Size> SeriesIntegral::Cells::bound_at_origin(const Ball& radius) const
{
    const long parts = parts_for(bits);
    const PrecisionScope low(64);
    const Reduction<ComplexBall> on{ComplexBall(n), ComplexBall(Ball(beta))};
    Ball fastest(0);
    if (drifts()) {
        const bool fine = cover_disc(Ball(0), radius, parts, [&](const ComplexBall& e) {
            const Ball size = abs(on.lift(e) / on.q(e));
            arb_max(fastest.raw(), fastest.raw(), size.raw(), working_bits());
            return fastest.is_finite();
        });
        if (!fine) {
            return std::nullopt;
        }
    }
    const Ball exponent = radius * fastest / Ball(2);
    if (!is_true(less(exponent, Ball(tolerated_growth(bits))))) {
        return std::nullopt;
    }
    const ComplexBall fall(Ball(exp(exponent).upper()));
    long largest = -1000;
    const auto log2_density = [&](const ComplexBall& e, const ComplexBall& factor) {
        return log2_upper(
            density_in_epsilon<ComplexBall>(e, on.q(e), on.pull(e), on.lift(e), factor, on.m()));
    };
    const bool fine = cover_disc(Ball(0), radius, parts, [&](const ComplexBall& box) {
        const auto size = log2_density(box, fall);
        largest = std::max(largest, size.value_or(0));
        return size.has_value();
    });
    const auto typical = log2_density(ComplexBall(0), ComplexBall(1));
    if (!fine || !typical || largest - *typical > tolerated_growth(bits)) {
        return std::nullopt;
    }
    return Size{largest, std::max(0L, largest - *typical)};
}

void SeriesIntegral::Cells::build_origin() const
{
    const auto edge_at = [](long k) { return pow(Ball(2), -k); };
    std::optional<Size> size;
    for (origin_log2 = 3; origin_log2 < 60; ++origin_log2) {
        size = bound_at_origin(Ball(radius_ratio) * edge_at(origin_log2));
        if (size) {
            break;
        }
    }
    if (!size) {
        throw Undecidable("no disc around gamma = 1 on which the time integral is analytic");
    }
    const Ball edge = edge_at(origin_log2);
    const Ball reach = Ball(radius_ratio) * edge; // y = epsilon/reach
    const long order = (bits + size->growth) / bits_per_term + 4;
    const Ball m(n - 1);
    const Ball exact_beta(beta);
    Series epsilon(order);
    epsilon.set(1, reach);
    Series lift(order); // (e^{beta e} - 1)/e
    Series rise(order, Ball(1));
    Ball term = exact_beta;
    for (long k = 0; k < order; ++k) {
        lift.set(k, term); // beta^{k+1} reach^k/(k+1)!
        rise.set(k + 1, term * reach);
        term = term * exact_beta * reach / Ball(k + 2);
    }
    arb_poly_truncate(rise.raw(), order);
    const Series one(order, Ball(1));
    const Series q = Series(order, Ball(n)) - epsilon * m;
    const Series pull = (one - epsilon) * m + rise;
    const Series fall = drifts() ? exp(integral(lift / q) * (reach / Ball(-2))) : one;
    auto f = density_in_epsilon<Series>(epsilon, q, pull, lift, fall, Series(order, m));
    // int_0^epsilon e^{-1/2} (e/reach)^k de = sqrt(epsilon) y^k/(k + 1/2); without the root k + 1.
    for (long k = 0; k < order; ++k) {
        const Ball divisor = drifts() ? Ball(Rational(2 * k + 1, 2)) : Ball(k + 1);
        f.set(k, f[k] / divisor);
    }
    const Ball remainder = pow(Ball(2), size->largest + 2 - bits_per_term * order);
    origin = Model{std::move(f), remainder};
    origin_edge_value = near_origin(edge);
}

/// The integral over [0, epsilon], epsilon inside the origin's disc.
Ball SeriesIntegral::Cells::near_origin(const Ball& epsilon) const
{
    if (arb_is_zero(epsilon.raw()) != 0) {
        return Ball(0);
    }
    const Ball y = epsilon * pow(Ball(2), origin_log2) / Ball(radius_ratio);
    Ball sum = origin->series(y);
    arb_add_error(sum.raw(), origin->remainder.raw());
    return drifts() ? scale * sqrt(epsilon) * sum / Ball(2) : epsilon * sum;
}

/// The cell of that key, or nothing when it has to be split.
const SeriesIntegral::Cells::Cell* SeriesIntegral::Cells::cell(const Key& key) const
{
    const auto [level, index] = key;
    if (const auto found = cells.find(key); found != cells.end()) {
        return found->second ? &*found->second : nullptr;
    }
    if (level > 60) {
        throw Undecidable("the time integral needs cells below the smallest size");
    }
    const PrecisionScope scope(bits); // whatever the precision of the call that needs it first
    const Ball half = pow(Ball(2), -level - 1);
    const Ball centre = Ball(2 * index + 1) * half;
    const auto size = bound_in_p(centre, Ball(radius_ratio) * half);
    if (!size) {
        cells.emplace(key, std::nullopt);
        return nullptr;
    }
    const long order = (bits + size->growth) / bits_per_term + 4;
    const Ball m(n - 1);
    const Ball reach = Ball(radius_ratio) * half; // y = (p - centre)/reach
    Series decay(order);                          // e^{-p}
    Ball term = exp(-centre);
    for (long k = 0; k < order; ++k) {
        decay.set(k, term);
        term = term * (-reach) / Ball(k + 1);
    }
    const Series epsilon = Series(order, Ball(n)) / (Series(order, m) + decay);
    const Series q = Series(order, Ball(n)) - epsilon * m;
    const Series one(order, Ball(1));
    const Series pull = (one - epsilon) * m + exp(epsilon * Ball(beta));
    const Series r = drifts() ? exp(integral(pull) * (reach / Ball(-2 * n))) : one;
    const auto f = density_in_p<Series>(epsilon, q, pull, r, Series(order, m),
                                        Series(order, Ball(1) / Ball(n)));
    Cell made{
        Model{integral(f) * reach, pow(Ball(2), size->largest + 3 - bits_per_term * order) * half},
        drifts() ? magnitude(epsilon_of(centre)) / Ball(2) : Ball(1), Ball(0), Ball(0), Ball(0)};
    const auto at_end = [&](long side) {
        Ball sum = made.integral.series(Ball(Rational(side, radius_ratio)));
        arb_add_error(sum.raw(), made.integral.remainder.raw());
        return made.r * sum;
    };
    made.left = at_end(-1);
    made.right = at_end(1);
    if (drifts()) {
        // r falls to the right and both densities are at most (m/2) r/q.
        const PrecisionScope low(64);
        const Ball from = epsilon_of(centre + half);
        const Ball span = log((Ball(n) - m * from) / (Ball(n) - m * end));
        made.rest = magnitude(from) * abs(span) / Ball(2);
    }
    return &*cells.emplace(key, std::move(made)).first->second;
}

SeriesIntegral::Cells::Key SeriesIntegral::Cells::leaf_at(const Ball& p) const
{
    Ball scaled = centre_of(p);
    for (long level = 0;; ++level) {
        const auto position = scaled.lower().convert_to<double>();
        if (!(std::fabs(position) < 1e15)) {
            throw Undecidable("logit of epsilon out of range");
        }
        const Key key{level, static_cast<long>(std::floor(position))};
        if (cell(key) != nullptr) {
            return key;
        }
        scaled = scaled * Ball(2);
    }
}

Ball SeriesIntegral::Cells::value(const Cell& cell, const Key& key, const Ball& p) const
{
    const Ball x = p * pow(Ball(2), key.first + 1) - Ball(2 * key.second + 1);
    const Ball reach(
        Rational(2 * cell.integral.series.order() + 1, 2 * cell.integral.series.order()));
    if (!is_true(less(abs(x), reach))) {
        return Ball::indeterminate();
    }
    Ball sum = cell.integral.series(x / Ball(radius_ratio));
    arb_add_error(sum.raw(), cell.integral.remainder.raw());
    return cell.r * sum;
}

/// The integral from logit `from` to the end.
Ball SeriesIntegral::Cells::in_cells(const Ball& from) const
{
    const Ball last = logit(end);
    Key key = leaf_at(from);
    const Cell* current = cell(key);
    Ball total = -value(*current, key, from);
    for (;;) {
        const Ball boundary = Ball(key.second + 1) * pow(Ball(2), -key.first);
        if (!is_true(less(boundary, last))) {
            return total + value(*current, key, last);
        }
        total += current->right;
        if (drifts()) {
            // Once the rest cannot matter it is added as an error.
            const Ball& rest = current->rest;
            if (is_true(less(rest * pow(Ball(2), bits), abs(total)))) {
                arb_add_error(total.raw(), rest.raw());
                return total;
            }
        }
        key = leaf_at(boundary);
        current = cell(key);
        total -= current->left;
    }
}

/// What a wide end adds: its radius times the density there.
Ball SeriesIntegral::Cells::end_error() const
{
    const Reduction<Ball> at{Ball(n), Ball(beta)};
    Ball radius;
    arb_get_rad_arb(radius.raw(), wide_end.raw());
    const Ball density_bound = drifts() ? at.m() * magnitude(wide_end) / (2 * at.q(wide_end))
                                        : at.norm_excess(wide_end) / at.q(wide_end);
    return radius * density_bound;
}

SeriesIntegral::SeriesIntegral(Density density, long n, const Rational& beta,
                               const BrakeIntegral& brake, const Ball& scale, const Ball& end) :
    cells_(std::make_unique<Cells>(
        Cells{density, n, beta, brake, scale, end, centre_of(end), working_bits(), {}, {}, 0, {}}))
{
}
SeriesIntegral::~SeriesIntegral() = default;
SeriesIntegral::SeriesIntegral(SeriesIntegral&&) noexcept = default;
SeriesIntegral& SeriesIntegral::operator=(SeriesIntegral&&) noexcept = default;

Ball SeriesIntegral::operator()(const Ball& epsilon) const
{
    Cells& c = *cells_;
    if (c.bits < working_bits()) {
        c.cells.clear();
        c.origin.reset();
        c.bits = working_bits();
    }
    if (!c.origin) {
        const PrecisionScope scope(c.bits);
        c.build_origin();
    }
    const Ball edge = pow(Ball(2), -c.origin_log2);
    const bool inside = !is_true(less(edge, epsilon));
    const bool end_inside = !is_true(less(edge, c.end));
    Ball result = inside && end_inside ? c.near_origin(c.end) - c.near_origin(epsilon)
                  : inside
                      ? c.origin_edge_value - c.near_origin(epsilon) + c.in_cells(c.logit(edge))
                      : c.in_cells(c.logit(epsilon));
    if (!c.wide_end.is_exact()) {
        arb_add_error(result.raw(), c.end_error().raw());
    }
    return result;
}

} // namespace attest::flow
