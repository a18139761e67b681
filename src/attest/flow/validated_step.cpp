#include "attest/flow/validated_step.hpp"

#include "attest/flow/taylor_step.hpp"
#include "attest/flow/validated_frame.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::flow::detail {
namespace {

constexpr double log2_10 = 3.321928094887362;
constexpr std::size_t most_tangent_order = 12;
/// How much wider than what was computed the new set is made, so that a reader with an arithmetic
/// of his own finds his result inside: 1 + 2^-12 for what comes from the old set, the remainder
/// taken 16 times, rounding errors 1024 times (the point series has bits to spare for that).
constexpr long room_exponent = -12;
constexpr long remainder_room = 4;
constexpr long rounding_room = 10;

Ball power_of_two(long exponent)
{
    Ball out(1);
    arb_mul_2exp_si(out.raw(), out.raw(), exponent);
    return out;
}

/// [0, h].
Ball from_zero(const Ball& h)
{
    return Ball::hull(Ball(0), h);
}

/// 2^log2 with a mantissa of 12 bits, rounded down.
Ball short_length(double log2)
{
    const double whole = std::floor(log2);
    const double mantissa = std::ldexp(std::floor(std::ldexp(std::exp2(log2 - whole), 12)), -12);
    Ball out = Ball::exactly(mantissa);
    arb_mul_2exp_si(out.raw(), out.raw(), static_cast<slong>(whole));
    return out;
}

double log2_magnitude(const Ball& x)
{
    return ArbField<true>(64).log2_magnitude(x.raw());
}

Ball lower_end(const Ball& x)
{
    Ball out;
    arb_get_lbound_arf(arb_midref(out.raw()), x.raw(), StepEngine::low_bits);
    return out;
}
Ball upper_end(const Ball& x)
{
    Ball out;
    arb_get_ubound_arf(arb_midref(out.raw()), x.raw(), StepEngine::low_bits);
    return out;
}
Ball between(const Ball& lo, const Ball& hi)
{
    Ball out;
    arb_set_interval_arf(out.raw(), arb_midref(lo.raw()), arb_midref(hi.raw()),
                         StepEngine::low_bits);
    // A short mantissa; what is cut off goes to the radius.
    arb_set_round(out.raw(), out.raw(), 40);
    return out;
}
/// The interval with `part` of its width more on each side.
Ball widened(const Ball& x, double part)
{
    Ball out = x;
    mag_t extra;
    mag_init(extra);
    mag_set_d(extra, 2 * part);
    mag_mul(extra, extra, arb_radref(x.raw()));
    mag_add(arb_radref(out.raw()), arb_radref(out.raw()), extra);
    mag_clear(extra);
    arb_set_round(out.raw(), out.raw(), 40);
    return out;
}

/// sum c_k s^k.
Ball horner(const ArbVector& c, std::size_t terms, const Ball& s, long bits)
{
    Ball value;
    for (std::size_t k = terms; k-- > 0;) {
        arb_mul(value.raw(), value.raw(), s.raw(), bits);
        arb_add(value.raw(), value.raw(), c.at(k), bits);
    }
    return value;
}

} // namespace

StepEngine::StepEngine(const ValidatedData& data) :
    data_(data), m_(data.tape.states),
    tangent_order_(std::min(most_tangent_order, static_cast<std::size_t>(data.order))),
    point_(data.tape, ArbField<true>(data.bits), static_cast<std::size_t>(data.order - 1)),
    low_(data.tape, ArbField<true>(low_bits), tangent_order_ - 1),
    wide_(data.tape, ArbField<true>(low_bits), static_cast<std::size_t>(data.order)),
    low_tangents_(data.tape, low_bits, tangent_order_ - 1),
    wide_tangents_(data.tape, low_bits, tangent_order_)
{
}

StateSet StepEngine::initial_set() const
{
    const PrecisionScope scope(data_.bits);
    StateSet set;
    set.frame = Matrix<Ball>(static_cast<Eigen::Index>(m_), static_cast<Eigen::Index>(m_));
    for (std::size_t i = 0; i < m_; ++i) {
        const InitialRange& range = data_.initial[i];
        const Ball all = Ball::interval(range.lo, range.hi);
        const Ball center = rounded_centre(all, data_.bits);
        set.center.push_back(center);
        set.radius.push_back(
            magnitude(Ball::hull(Ball(range.lo) - center, Ball(range.hi) - center)));
        set.frame(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(i)) = Ball(1);
    }
    return set;
}

bool StepEngine::is_point() const
{
    return std::all_of(set_->radius.begin(), set_->radius.end(),
                       [](const Ball& r) { return arb_is_zero(r.raw()) != 0; });
}

double StepEngine::log2_scale(std::size_t state) const
{
    if (!data_.options.absolute.empty() && data_.options.absolute[state]) {
        return 0;
    }
    return log2_magnitude(set_->center[state]);
}

void StepEngine::expand(const Ball& x, const StateSet& set)
{
    x_ = x;
    set_ = &set;
    has_jacobian_ = false;
    ArbVector center(m_);
    for (std::size_t i = 0; i < m_; ++i) {
        arb_set(center.at(i), set.center[i].raw());
    }
    point_.expand(x.raw(), center);
    const PrecisionScope scope(low_bits);
    box_ = set.box();
}

std::vector<Ball> StepEngine::guess(const Ball& h) const
{
    const auto terms = static_cast<std::size_t>(data_.order);
    Ball half;
    arb_mul_2exp_si(half.raw(), h.raw(), -1);
    std::vector<Ball> out;
    for (std::size_t i = 0; i < m_; ++i) {
        Ball range = box_[i];
        for (const Ball& s : {half, h}) {
            const Ball moved = horner(point_.state(i), terms, s, low_bits) + box_[i]
                               - set_->center[i];
            range = Ball::hull(range, moved);
        }
        out.push_back(widened(range, 0.1));
    }
    return out;
}

bool StepEngine::inclusion(const std::vector<Ball>& hull, const Ball& h,
                           std::vector<Ball>& image) const
{
    std::vector<Ball> arguments = hull;
    arguments.push_back(x_ + from_zero(h));
    const std::vector<Ball> rates = (*data_.rates)(arguments);
    bool inside = true;
    image.clear();
    for (std::size_t i = 0; i < m_; ++i) {
        if (!rates[i].is_finite()) {
            return false;
        }
        const Ball zero;
        const Ball down = lower_end(rates[i]);
        const Ball up = upper_end(rates[i]);
        const Ball lo = is_negative(down) == Truth::True ? lower_end(down * h) : zero;
        const Ball hi = is_positive(up) == Truth::True ? upper_end(up * h) : zero;
        image.push_back(between(lower_end(lower_end(box_[i]) + lo),
                                upper_end(upper_end(box_[i]) + hi)));
        inside = inside && hull[i].contains(image[i]);
    }
    return inside;
}

void StepEngine::find_hull(double log2_h, const Ball& limit)
{
    constexpr int tries = 60;
    constexpr int passes = 5;
    std::vector<Ball> image;
    Ball h = limit;
    for (int attempt = 0; attempt < tries; ++attempt) {
        if (log2_magnitude(limit) > log2_h) {
            h = short_length(log2_h);
        }
        std::vector<Ball> hull = guess(h);
        for (int pass = 0; pass < passes; ++pass) {
            const bool inside = inclusion(hull, h, image);
            if (image.size() < m_) {
                break; // a rate has no value on some part of it
            }
            if (inside) {
                // Tighter, if the tighter one can be verified as well.
                std::vector<Ball> tight;
                for (const Ball& x : image) {
                    tight.push_back(widened(x, 0.03));
                }
                hull_ = inclusion(tight, h, image) ? tight : hull;
                hull_h_ = h;
                return;
            }
            for (std::size_t i = 0; i < m_; ++i) {
                hull[i] = widened(Ball::hull(hull[i], image[i]), 0.1);
            }
        }
        log2_h = std::min(log2_h, log2_magnitude(limit)) - 0.5;
    }
    throw Undecidable(fmt::format("no enclosure of the solution found at {} = {}",
                                  data_.system.independent, x_.to_string(10)));
}

void StepEngine::expand_over_hull()
{
    ArbVector values(m_);
    for (std::size_t i = 0; i < m_; ++i) {
        arb_set(values.at(i), hull_[i].raw());
    }
    const Ball x = x_ + from_zero(hull_h_);
    wide_.expand(x.raw(), values);
}

bool StepEngine::choose_length()
{
    const auto p = static_cast<std::size_t>(data_.order);
    const double log2_h = log2_magnitude(hull_h_);
    const double tolerance = -static_cast<double>(data_.options.digits) * log2_10;
    double stretch = 2;
    for (std::size_t i = 0; i < m_; ++i) {
        const arb_srcptr c = wide_.state(i).at(p);
        if (arb_is_finite(c) == 0) {
            return false;
        }
        const double size = ArbField<true>(low_bits).log2_magnitude(c);
        if (std::isinf(size)) {
            continue;
        }
        const double scale =
            std::max(log2_scale(i), -static_cast<double>(data_.bits)
                                        + log2_magnitude(hull_[i]));
        const double excess = size + static_cast<double>(p) * log2_h - tolerance - scale;
        stretch = std::min(stretch, -excess / static_cast<double>(p));
    }
    stretch_ = stretch;
    h_ = stretch >= 0 ? hull_h_ : short_length(log2_h + stretch - 0.001);
    return true;
}

void StepEngine::begin(const Ball& x, const StateSet& set, double log2_h, const Ball& limit)
{
    expand(x, set);
    const auto p = static_cast<std::size_t>(data_.order);
    const ArbField<true> field(data_.bits);
    const double tolerance = -static_cast<double>(data_.options.digits) * log2_10;
    double natural = HUGE_VAL;
    for (std::size_t i = 0; i < m_; ++i) {
        if (arb_is_finite(point_.state(i).at(p - 1)) == 0) {
            throw Undecidable(fmt::format("state '{}' has no finite Taylor series at {} = {}",
                                          data_.system.states[i], data_.system.independent,
                                          x.to_string(10)));
        }
        natural = std::min(
            natural, log2_step(field, point_.state(i), p - 1, tolerance, log2_scale(i)));
    }
    natural_ = natural;
    const PrecisionScope scope(low_bits);
    constexpr int tries = 24;
    double length = natural + log2_h;
    for (int attempt = 0; attempt < tries; ++attempt) {
        find_hull(length, limit);
        expand_over_hull();
        if (choose_length()) {
            return;
        }
        length = log2_magnitude(hull_h_) - 1;
    }
    throw Undecidable(fmt::format("no finite remainder of Taylor's series at {} = {}",
                                  data_.system.independent, x.to_string(10)));
}

void StepEngine::resume(const Ball& x, const StateSet& set, const ValidatedStep& step)
{
    expand(x, set);
    const PrecisionScope scope(low_bits);
    hull_ = step.hull;
    h_ = step.h;
    hull_h_ = step.h;
    expand_over_hull();
}

void StepEngine::prepare_jacobian()
{
    has_jacobian_ = true;
    const std::size_t q = tangent_order_;
    ArbVector values(m_);
    for (std::size_t i = 0; i < m_; ++i) {
        arb_set(values.at(i), box_[i].raw());
    }
    low_.expand(x_.raw(), values);
    low_tangents_.expand(low_);
    wide_tangents_.expand(wide_);
    // Over the step the variational matrix V solves V' = Df V with Df inside `slope`. In the
    // scaled maximum norm |V - 1| <= e^{h |Df|} - 1; one pass of the integral equation refines it.
    const auto m = static_cast<Eigen::Index>(m_);
    Matrix<Ball> slope(m, m);
    Matrix<Ball> highest(m, m);
    std::vector<long> scale;
    for (std::size_t i = 0; i < m_; ++i) {
        scale.push_back(log2_above(hull_[i], 0));
    }
    Ball norm;
    for (Eigen::Index i = 0; i < m; ++i) {
        Ball sum;
        for (Eigen::Index j = 0; j < m; ++j) {
            const auto row = static_cast<std::size_t>(i);
            const auto column = static_cast<std::size_t>(j);
            arb_set(slope(i, j).raw(), wide_tangents_.at(row, column, 1));
            arb_set(highest(i, j).raw(), wide_tangents_.at(row, column, q));
            sum += magnitude(slope(i, j)) * power_of_two(scale[column] - scale[row]);
        }
        if (is_true(less(norm, sum))) {
            norm = upper_end(sum);
        }
    }
    const Ball growth = upper_end(expm1(norm * hull_h_));
    Matrix<Ball> variation(m, m);
    for (Eigen::Index i = 0; i < m; ++i) {
        for (Eigen::Index j = 0; j < m; ++j) {
            const Ball bound = growth
                               * power_of_two(scale[static_cast<std::size_t>(i)]
                                              - scale[static_cast<std::size_t>(j)]);
            variation(i, j) = Ball(i == j ? 1 : 0) + Ball::hull(-bound, bound);
        }
    }
    const Matrix<Ball> turned = product(slope, variation);
    const Ball span = from_zero(hull_h_);
    for (Eigen::Index i = 0; i < m; ++i) {
        for (Eigen::Index j = 0; j < m; ++j) {
            variation(i, j) = Ball(i == j ? 1 : 0) + span * turned(i, j);
        }
    }
    jacobian_remainder_ = product(highest, variation);
}

Matrix<Ball> StepEngine::jacobian(const Ball& s)
{
    if (!has_jacobian_) {
        prepare_jacobian();
    }
    const auto m = static_cast<Eigen::Index>(m_);
    Matrix<Ball> out(m, m);
    for (Eigen::Index i = 0; i < m; ++i) {
        for (Eigen::Index j = 0; j < m; ++j) {
            Ball value = jacobian_remainder_(i, j);
            for (std::size_t k = tangent_order_; k-- > 0;) {
                arb_mul(value.raw(), value.raw(), s.raw(), low_bits);
                arb_add(value.raw(), value.raw(),
                        low_tangents_.at(static_cast<std::size_t>(i), static_cast<std::size_t>(j),
                                         k),
                        low_bits);
            }
            out(i, j) = value;
        }
    }
    return out;
}

std::vector<Ball> StepEngine::remainder(const Ball& s) const
{
    const Ball power = pow(s, data_.order);
    std::vector<Ball> out;
    for (std::size_t i = 0; i < m_; ++i) {
        Ball c;
        arb_set(c.raw(), wide_.state(i).at(static_cast<std::size_t>(data_.order)));
        out.push_back(c * power);
    }
    return out;
}

StateSet StepEngine::finish()
{
    const auto terms = static_cast<std::size_t>(data_.order);
    std::vector<Ball> center;
    std::vector<Ball> error;
    std::vector<long> scale;
    const PrecisionScope scope(low_bits);
    const std::vector<Ball> rest = remainder(h_);
    for (std::size_t i = 0; i < m_; ++i) {
        const Ball value = horner(point_.state(i), terms, h_, data_.bits);
        center.push_back(rounded_centre(value, data_.bits));
        Ball rounding;
        arb_sub(rounding.raw(), value.raw(), center.back().raw(), data_.bits);
        error.push_back(magnitude(rounding) * power_of_two(rounding_room)
                        + magnitude(rest[i]) * power_of_two(remainder_room));
        const bool absolute = !data_.options.absolute.empty() && data_.options.absolute[i];
        scale.push_back(absolute ? 0 : log2_above(center.back(), log2_above(hull_[i], 0)));
    }
    const auto m = static_cast<Eigen::Index>(m_);
    Matrix<Ball> map(m, m);
    if (is_point()) {
        for (Eigen::Index i = 0; i < m; ++i) {
            map(i, i) = Ball(1);
        }
    } else {
        map = product(jacobian(h_), set_->frame);
    }
    return enclose_image(std::move(center), map, set_->radius, error, scale,
                         Ball(1) + power_of_two(room_exponent));
}

std::vector<Ball> StepEngine::at(const Ball& s)
{
    const auto terms = static_cast<std::size_t>(data_.order);
    const PrecisionScope scope(low_bits);
    const std::vector<Ball> rest = remainder(s);
    Matrix<Ball> map;
    const bool point = is_point();
    if (!point) {
        map = product(jacobian(s), set_->frame);
    }
    std::vector<Ball> out;
    for (std::size_t i = 0; i < m_; ++i) {
        Ball spread;
        if (!point) {
            for (std::size_t j = 0; j < m_; ++j) {
                spread += magnitude(map(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)))
                          * set_->radius[j];
            }
        }
        Ball value = horner(point_.state(i), terms, s, data_.bits);
        arb_add(value.raw(), value.raw(), rest[i].raw(), data_.bits);
        arb_add_error(value.raw(), spread.raw());
        Ball common;
        out.push_back(arb_intersection(common.raw(), value.raw(), hull_[i].raw(), data_.bits) != 0
                          ? common
                          : value);
    }
    return out;
}

} // namespace attest::flow::detail
