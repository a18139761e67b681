#include "theorems/limit_plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::theorems {
namespace {

constexpr long course_digits = 8;

} // namespace

void add_point(Course& course, const Ball& x, const Ball& quantity)
{
    if (!x.is_finite() || !quantity.is_finite()) {
        return;
    }
    const long digits = std::clamp(x.certified_digits(), 1L, course_digits - 1);
    course.x.push_back(to_directed_decimal(x.midpoint(), digits, MPFR_RNDN));
    course.lo.push_back(to_directed_decimal(quantity.lower(), course_digits, MPFR_RNDD));
    course.hi.push_back(to_directed_decimal(quantity.upper(), course_digits, MPFR_RNDU));
}

void add_point(Course& course, double x, double quantity)
{
    if (!std::isfinite(x) || !std::isfinite(quantity)) {
        return;
    }
    course.x.push_back(fmt::format("{:.7g}", x));
    course.lo.push_back(fmt::format("{:.8g}", quantity));
    course.hi.push_back(course.lo.back());
}

std::vector<Ball> decades(long first, long last, long steps)
{
    std::vector<Ball> values;
    for (long k = first * steps; k <= last * steps; ++k) {
        const long floor_of = k >= 0 ? k / steps : -((steps - 1 - k) / steps);
        const long part = k - floor_of * steps;
        const double between =
            std::pow(10.0, static_cast<double>(part) / static_cast<double>(steps));
        const Rational scaled(std::lround(between * 1e6), 1'000'000);
        values.emplace_back(Rational(scaled * pow(Rational(10), floor_of)));
    }
    return values;
}

std::string limit_text(const Rational& limit)
{
    return denominator(limit) == 1 ? to_string(limit) : to_decimal(to_real(limit), course_digits);
}

void add_course(LimitPlot& plot, Course course)
{
    if (course.x.size() > 1) {
        plot.courses.push_back(std::move(course));
    }
}

void attach_plot(Evidence& evidence, LimitPlot plot)
{
    if (!plot.courses.empty()) {
        evidence.plots.push_back(std::move(plot));
    }
}

bool needs_log_time(const Ball& last_time)
{
    return is_true(less(Ball(pow(Rational(10), 300)), last_time));
}

} // namespace attest::theorems
