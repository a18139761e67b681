#include "number.hpp"

#include "limits.hpp"

#include <algorithm>

namespace check {
namespace {

[[noreturn]] void refuse(std::string_view text)
{
    throw Rejection("'" + shown(text) + "' is not an exact number");
}

mpz_class digits(std::string_view text, std::string_view whole)
{
    const bool sound = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c >= '0' && c <= '9';
    });
    return sound ? mpz_class(std::string(text), 10) : (refuse(whole), mpz_class());
}

mpz_class integer(std::string_view text, std::string_view whole)
{
    const bool negative = text.starts_with('-');
    const mpz_class size = digits(text.substr(negative ? 1 : 0), whole);
    return negative ? mpz_class(-size) : size;
}

/// value times base^exponent, the exponent within its bound.
mpq_class scaled(const mpq_class& value, unsigned long base, const mpz_class& exponent)
{
    if (abs(exponent) > largest_number_exponent) {
        throw Rejection("an exponent of a number exceeds "
                        + std::to_string(largest_number_exponent));
    }
    mpz_class power;
    mpz_ui_pow_ui(power.get_mpz_t(), base, mpz_class(abs(exponent)).get_ui());
    return exponent < 0 ? mpq_class(value / power) : mpq_class(value * power);
}

} // namespace

std::string shown(std::string_view text)
{
    std::string result(text.substr(0, 60));
    std::replace_if(
        result.begin(), result.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text.size() > 60 ? result + "..." : result;
}

mpq_class parse_number(std::string_view text)
{
    if (text.size() > longest_number) {
        throw Rejection("a number has more than " + std::to_string(longest_number) + " characters");
    }
    if (const auto slash = text.find('/'); slash != text.npos) {
        const mpz_class denominator = digits(text.substr(slash + 1), text);
        if (denominator == 0) {
            throw Rejection("'" + shown(text) + "' has denominator 0");
        }
        mpq_class value(integer(text.substr(0, slash), text), denominator);
        value.canonicalize();
        return value;
    }
    if (const auto mark = text.find("*2^"); mark != text.npos) {
        return scaled(integer(text.substr(0, mark), text), 2, integer(text.substr(mark + 3), text));
    }
    std::string_view mantissa = text;
    mpz_class exponent;
    if (const auto mark = text.find_first_of("eE"); mark != text.npos) {
        std::string_view tail = text.substr(mark + 1);
        exponent = integer(tail.starts_with('+') ? tail.substr(1) : tail, text);
        mantissa = text.substr(0, mark);
    }
    std::string plain(mantissa);
    if (const auto point = plain.find('.'); point != plain.npos) {
        plain.erase(point, 1);
        exponent -= static_cast<unsigned long>(plain.size() - point);
    }
    return scaled(integer(plain, text), 10, exponent);
}

} // namespace check
