#include "attest/flow/validated_interval.hpp"
#include "attest/flow/validated_step.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>

// The a priori enclosure of a step: guessed, inflated, verified by Picard's operator.

namespace attest::flow::detail {
namespace {

/// A state that happens to turn round moves little, and so does one that waits; its rate over the
/// hull of the others does not know that. States of one scale, the absolute ones, get the same
/// margin.
void share_margin(std::vector<Ball>& hull, const std::vector<bool>& absolute)
{
    Ball margin;
    for (std::size_t i = 0; i < absolute.size(); ++i) {
        if (absolute[i]) {
            Ball width;
            arb_get_rad_arb(width.raw(), hull[i].raw());
            margin = is_true(less(margin, width)) ? width : margin;
        }
    }
    arb_mul_2exp_si(margin.raw(), margin.raw(), -6);
    for (std::size_t i = 0; i < absolute.size(); ++i) {
        if (absolute[i]) {
            hull[i] = Ball::hull(hull[i] - margin, hull[i] + margin);
        }
    }
}

} // namespace

std::vector<Ball> StepEngine::guess(const Ball& h) const
{
    const auto terms = static_cast<std::size_t>(data_.order);
    Ball half;
    arb_mul_2exp_si(half.raw(), h.raw(), -1);
    std::vector<Ball> out;
    for (std::size_t i = 0; i < m_; ++i) {
        Ball range = box_[i];
        for (const Ball& s : {half, h}) {
            const Ball moved =
                horner(point_.state(i), terms, s, low_bits) + box_[i] - set_->center[i];
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
        image.push_back(
            between(lower_end(lower_end(box_[i]) + lo), upper_end(upper_end(box_[i]) + hi)));
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
            h = shorter(short_length(log2_h), limit);
        }
        std::vector<Ball> hull = guess(h);
        if (attempt > 2) {
            share_margin(hull, data_.options.absolute);
        }
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

} // namespace attest::flow::detail
