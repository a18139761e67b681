#include "attest/report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::report {
namespace {

std::string power_label(int exponent)
{
    if (exponent == 0) {
        return "1";
    }
    if (exponent == 1) {
        return "10";
    }
    return fmt::format("10<tspan dy=\"-0.5em\" font-size=\"75%\">{}{}</tspan>",
                       exponent < 0 ? "−" : "", std::abs(exponent));
}

std::string plain_label(double value, double step)
{
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    std::string label = decimals > 6 || std::abs(value) >= 1e7
                            ? fmt::format("{:.3g}", value)
                            : fmt::format("{:.{}f}", value, decimals);
    if (label.find_first_not_of("-0.") == std::string::npos) {
        label = "0";
    }
    return label.starts_with('-') ? "−" + label.substr(1) : label;
}

Axis logarithmic_axis(double lo, double hi)
{
    int first = static_cast<int>(std::floor(std::log10(lo) + 1e-9));
    int last = static_cast<int>(std::ceil(std::log10(hi) - 1e-9));
    if (first == last) {
        --first;
        ++last;
    }
    constexpr int most_labels = 7;
    const int every = (last - first + most_labels - 1) / most_labels;
    Axis axis{true, std::pow(10.0, first), std::pow(10.0, last), {}};
    for (int e = first; e <= last; ++e) {
        const bool labelled = e % every == 0;
        axis.ticks.push_back({std::pow(10.0, e), labelled ? power_label(e) : ""});
        for (int k = 2; every == 1 && e < last && k < 10; ++k) {
            axis.ticks.push_back({k * std::pow(10.0, e), ""});
        }
    }
    return axis;
}

Axis linear_axis(double lo, double hi)
{
    if (!(hi > lo)) {
        const double pad = lo == 0 ? 1 : std::abs(lo) / 2;
        lo -= pad;
        hi += pad;
    }
    constexpr double wanted_labels = 5;
    const double raw = (hi - lo) / wanted_labels;
    const double decade = std::pow(10.0, std::floor(std::log10(raw)));
    const double ratio = raw / decade;
    const double step = decade * (ratio <= 1.02 ? 1 : ratio <= 2.04 ? 2 : ratio <= 5.1 ? 5 : 10);
    // A curve may leave the frame by a fiftieth of a step, which nobody sees: 1e-3 below 0 asks for
    // no tick below it.
    constexpr double unseen = 0.02;
    const double first = std::floor(lo / step + unseen);
    const double last = std::ceil(hi / step - unseen);
    Axis axis{false, first * step, last * step, {}};
    for (double k = first; k <= last; ++k) {
        axis.ticks.push_back({k * step, plain_label(k * step, step)});
    }
    return axis;
}

} // namespace

double Axis::place(double value) const
{
    if (logarithmic) {
        return (std::log10(value) - std::log10(lo)) / (std::log10(hi) - std::log10(lo));
    }
    return (value - lo) / (hi - lo);
}

bool Axis::shows(double value) const
{
    return std::isfinite(value) && (!logarithmic || value > 0);
}

Axis make_axis(const std::vector<double>& values, bool logarithmic)
{
    const Axis probe{logarithmic, 0, 1, {}};
    double lo = HUGE_VAL;
    double hi = -HUGE_VAL;
    for (const double value : values) {
        if (probe.shows(value)) {
            lo = std::min(lo, value);
            hi = std::max(hi, value);
        }
    }
    if (lo > hi) {
        lo = logarithmic ? 1 : 0;
        hi = logarithmic ? 10 : 1;
    }
    return logarithmic ? logarithmic_axis(lo, hi) : linear_axis(lo, hi);
}

} // namespace attest::report
