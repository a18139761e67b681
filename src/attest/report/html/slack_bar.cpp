#include "attest/report/decimal.hpp"
#include "attest/report/html/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::report {

using namespace ledger;

namespace {

constexpr double smallest = -12; // powers of ten at the middle and the ends of the bar
constexpr double largest = 3;

} // namespace

double slack_place_on_bar(std::string_view number)
{
    const double value = nearest_double(number);
    if (value == 0) {
        return 0.5;
    }
    const double height = (std::log10(std::abs(value)) - smallest) / (largest - smallest);
    return 0.5 + std::copysign(0.5, value) * std::clamp(height, 0.0, 1.0);
}

std::string slack_bar(const Judgement& judgement)
{
    if (!judgement.slack) {
        return "";
    }
    const double from = slack_place_on_bar(judgement.slack->lo);
    const double to = slack_place_on_bar(judgement.slack->hi);
    const char* const sign = to < 0.5 ? "fails" : from > 0.5 ? "holds" : "zero";
    // From zero to the enclosure, which is drawn at least as wide as can be seen.
    const double near = from > 0.5 ? from : to < 0.5 ? to : 0.5;
    return fmt::format(
        "<span class=\"bar {}\" aria-hidden=\"true\"><i style=\"left:{:.1f}%;width:{:.1f}%\"></i>"
        "<b style=\"left:{:.1f}%;width:{:.1f}%\"></b></span>",
        sign, 100 * std::min(0.5, near), 100 * std::abs(near - 0.5), 100 * from, 100 * (to - from));
}

} // namespace attest::report
