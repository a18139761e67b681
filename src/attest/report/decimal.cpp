#include "attest/report/decimal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace attest::report {
namespace {

/// sign * 0.d1d2d3... * 10^point, without leading or trailing zeros; no digits: zero.
struct Decimal {
    bool negative = false;
    std::string digits;
    long point = 0;
};

long to_exponent(std::string_view text)
{
    if (!text.empty() && text.front() == '+') {
        text.remove_prefix(1);
    }
    long value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Decimal read(std::string_view text)
{
    Decimal number;
    if (text.front() == '-' || text.front() == '+') {
        number.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
        number.point = to_exponent(text.substr(e + 1));
        text = text.substr(0, e);
    }
    const std::size_t dot = std::min(text.find('.'), text.size());
    number.point += static_cast<long>(dot);
    number.digits = std::string(text.substr(0, dot));
    if (dot < text.size()) {
        number.digits += text.substr(dot + 1);
    }
    const std::size_t first = std::min(number.digits.find_first_not_of('0'), number.digits.size());
    number.digits.erase(0, first);
    number.point -= static_cast<long>(first);
    number.digits.erase(number.digits.find_last_not_of('0') + 1);
    return number;
}

double plain_double(const std::string& text)
{
    return std::strtod(text.c_str(), nullptr);
}

/// The significand of an integer, 1 to 10, with its sign; 0 for zero.
double significand(const Decimal& integer)
{
    if (integer.digits.empty()) {
        return 0;
    }
    const double size = plain_double(integer.digits.substr(0, 1) + "." + integer.digits.substr(1));
    return integer.negative ? -size : size;
}

/// Keeps that many digits; away from zero when anything non-zero is dropped and away is set.
void cut(Decimal& number, std::size_t digits, bool away)
{
    if (number.digits.size() <= digits) {
        return;
    }
    number.digits.resize(digits);
    if (away) {
        std::size_t i = digits;
        while (i > 0 && number.digits[i - 1] == '9') {
            number.digits[--i] = '0';
        }
        if (i > 0) {
            ++number.digits[i - 1];
        } else {
            number.digits.insert(number.digits.begin(), '1');
            ++number.point;
        }
    }
    number.digits.erase(number.digits.find_last_not_of('0') + 1);
}

std::string print(const Decimal& number)
{
    if (number.digits.empty()) {
        return "0";
    }
    const std::string sign = number.negative ? "-" : "";
    const long count = static_cast<long>(number.digits.size());
    if (number.point > 6 || number.point < -3) {
        std::string significand = number.digits.substr(0, 1);
        if (count > 1) {
            significand += "." + number.digits.substr(1);
        }
        return fmt::format("{}{}e{}", sign, significand, number.point - 1);
    }
    if (number.point <= 0) {
        return sign + "0." + std::string(static_cast<std::size_t>(-number.point), '0')
               + number.digits;
    }
    if (count <= number.point) {
        return sign + number.digits
               + std::string(static_cast<std::size_t>(number.point - count), '0');
    }
    const auto split = static_cast<std::size_t>(number.point);
    return sign + number.digits.substr(0, split) + "." + number.digits.substr(split);
}

} // namespace

std::string shorten(std::string_view text, std::size_t digits, Rounding rounding)
{
    if (text.find_first_of("/i") != std::string_view::npos) {
        return std::string(text);
    }
    Decimal number = read(text);
    cut(number, digits, number.negative == (rounding == Rounding::Down));
    return print(number);
}

Scientific split_exponent(std::string_view text)
{
    const std::size_t e = text.find_first_of("eE");
    if (e == std::string_view::npos || text.find('/') != std::string_view::npos) {
        return {std::string(text), 0};
    }
    return {std::string(text.substr(0, e)), to_exponent(text.substr(e + 1))};
}

double nearest_double(std::string_view text)
{
    const std::size_t bar = text.find('/');
    if (bar == std::string_view::npos) {
        return plain_double(std::string(text));
    }
    // Each end alone may be beyond every double.
    const Decimal over = read(text.substr(0, bar));
    const Decimal under = read(text.substr(bar + 1));
    return plain_double(fmt::format("{:.17g}e{}", significand(over) / significand(under),
                                    over.point - under.point));
}

std::string show_seconds(double seconds)
{
    if (seconds >= 100) {
        return fmt::format("{:.0f}", seconds);
    }
    return seconds >= 1 ? fmt::format("{:.1f}", seconds) : fmt::format("{:.3f}", seconds);
}

} // namespace attest::report
