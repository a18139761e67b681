#include "attest/numbers/rational.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>

namespace attest {
namespace {

constexpr std::size_t longest_literal = 10'000;
constexpr long largest_exponent = 100'000;

[[noreturn]] void reject(std::string_view text)
{
    std::string shown(text.substr(0, 40));
    std::replace_if(
        shown.begin(), shown.end(), [](unsigned char c) { return std::iscntrl(c) != 0; }, '?');
    throw InputError(fmt::format("'{}' is not a number: expected a decimal or a fraction such as "
                                 "0.01, -3, 1/100 or 2.5e-3",
                                 shown));
}

Integer power_of_ten(long exponent)
{
    return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

Integer parse_digits(std::string_view digits, std::string_view whole)
{
    if (digits.empty()) {
        reject(whole);
    }
    for (const char c : digits) {
        if (std::isdigit(static_cast<unsigned char>(c)) == 0) {
            reject(whole);
        }
    }
    const std::size_t first = digits.find_first_not_of('0');
    if (first == std::string_view::npos) {
        return Integer(0); // a leading zero would make GMP read octal
    }
    return Integer(std::string(digits.substr(first)));
}

Rational parse_decimal(std::string_view text, std::string_view whole)
{
    long exponent = 0;
    const std::size_t e = text.find_first_of("eE");
    if (e != std::string_view::npos) {
        std::string_view tail = text.substr(e + 1);
        if (tail.starts_with('+') && !tail.starts_with("+-")) {
            tail.remove_prefix(1);
        }
        const auto [end, error] = std::from_chars(tail.data(), tail.data() + tail.size(), exponent);
        if (tail.empty() || error != std::errc() || end != tail.data() + tail.size()
            || exponent > largest_exponent || exponent < -largest_exponent) {
            reject(whole);
        }
        text = text.substr(0, e);
    }
    std::string digits;
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) {
        digits = std::string(text);
    } else {
        digits = std::string(text.substr(0, dot)) + std::string(text.substr(dot + 1));
        exponent -= static_cast<long>(text.size() - dot - 1);
    }
    const Integer mantissa = parse_digits(digits, whole);
    return exponent >= 0 ? Rational(mantissa * power_of_ten(exponent))
                         : Rational(mantissa, power_of_ten(-exponent));
}

} // namespace

Rational parse_rational(std::string_view text)
{
    const std::string_view whole = text;
    if (text.size() > longest_literal) {
        reject(whole);
    }
    bool negative = false;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    Rational value;
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        value = parse_decimal(text, whole);
    } else {
        const Integer numerator = parse_digits(text.substr(0, slash), whole);
        const Integer denominator = parse_digits(text.substr(slash + 1), whole);
        if (denominator == 0) {
            reject(whole);
        }
        value = Rational(numerator, denominator);
    }
    return negative ? Rational(-value) : value;
}

std::string to_string(const Rational& value)
{
    return value.str();
}

Rational pow(const Rational& value, long exponent)
{
    if (exponent < 0 && value == 0) {
        throw DomainError("0 to a negative power has no value");
    }
    const auto magnitude = static_cast<unsigned>(std::labs(exponent));
    const Integer top =
        boost::multiprecision::pow(boost::multiprecision::numerator(value), magnitude);
    const Integer bottom =
        boost::multiprecision::pow(boost::multiprecision::denominator(value), magnitude);
    return exponent < 0 ? Rational(bottom) / Rational(top) : Rational(top) / Rational(bottom);
}

} // namespace attest
