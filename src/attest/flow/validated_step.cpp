#include "attest/flow/validated_step.hpp"

#include "attest/flow/taylor_step.hpp"
#include "attest/flow/validated_frame.hpp"
#include "attest/flow/validated_interval.hpp"
#include "attest/numbers/digits.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::flow::detail {
namespace {

/// Order of the Jacobian's series: about as much work as the point series, in m states 4 m times
/// the products of one.
std::size_t tangent_order(std::size_t order, std::size_t states)
{
    constexpr double least = 5;
    constexpr double most = 12;
    const double balanced =
        static_cast<double>(order) / (2 * std::sqrt(static_cast<double>(states)));
    return std::min(order, static_cast<std::size_t>(std::clamp(balanced, least, most)));
}

/// How much wider than what was computed the new set is made, so that a reader with an arithmetic
/// of his own finds his result inside: 1 + 2^-12 for what comes from the old set, the remainder
/// taken 64 times, rounding errors 1024 times (the point series has bits to spare for that).
constexpr long room_exponent = -12;
constexpr long remainder_room = 6;
constexpr long rounding_room = 10;

} // namespace

StepEngine::StepEngine(const ValidatedData& data) :
    data_(data), m_(data.tape.states),
    tangent_order_(tangent_order(static_cast<std::size_t>(data.order), m_)),
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
            std::max(log2_scale(i), -static_cast<double>(data_.bits) + log2_magnitude(hull_[i]));
        const double excess = size + static_cast<double>(p) * log2_h - tolerance - scale;
        stretch = std::min(stretch, -excess / static_cast<double>(p));
    }
    stretch_ = stretch;
    h_ = stretch >= 0 ? hull_h_ : shorter(short_length(log2_h + stretch - 0.001), hull_h_);
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
        natural =
            std::min(natural, log2_step(field, point_.state(i), p - 1, tolerance, log2_scale(i)));
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
        length = log2_magnitude(hull_h_) - 2;
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
