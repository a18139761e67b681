#include "attest/numbers/real.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <algorithm>

namespace attest {

Real to_real(const Rational& value)
{
    Real result;
    mpfr_set_q(result.backend().data(), value.backend().data(), MPFR_RNDN);
    return result;
}

Rational to_rational(const Real& value)
{
    if (!boost::multiprecision::isfinite(value)) {
        throw DomainError("NaN and infinity are not rational");
    }
    Rational result;
    mpfr_get_q(result.backend().data(), value.backend().data());
    return result;
}

std::string to_decimal(const Real& value, long digits)
{
    if (digits < 1) {
        throw InputError("digits must be positive");
    }
    if (boost::multiprecision::isnan(value)) {
        return "nan";
    }
    if (boost::multiprecision::isinf(value)) {
        return value < 0 ? "-inf" : "inf";
    }
    if (value == 0) {
        return "0";
    }
    mpfr_exp_t point = 0;
    char* raw = mpfr_get_str(nullptr, &point, 10, static_cast<std::size_t>(digits),
                             value.backend().data(), MPFR_RNDN);
    std::string mantissa(raw);
    mpfr_free_str(raw);
    std::string sign;
    if (mantissa.front() == '-') {
        sign = "-";
        mantissa.erase(0, 1);
    }
    if (point > -5 && point <= digits) {
        if (point <= 0) {
            return sign + "0." + std::string(static_cast<std::size_t>(-point), '0') + mantissa;
        }
        const auto whole = static_cast<std::size_t>(point);
        if (whole >= mantissa.size()) {
            return sign + mantissa + std::string(whole - mantissa.size(), '0');
        }
        return sign + mantissa.substr(0, whole) + "." + mantissa.substr(whole);
    }
    const long exponent = static_cast<long>(point) - 1;
    std::string text = sign + mantissa.substr(0, 1);
    if (mantissa.size() > 1) {
        text += "." + mantissa.substr(1);
    }
    return text + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

std::string to_directed_decimal(const Real& value, long digits, mpfr_rnd_t direction)
{
    const int precision = static_cast<int>(digits);
    const mpfr_srcptr raw = value.backend().data();
    const int length = mpfr_snprintf(nullptr, 0, "%.*R*g", precision, direction, raw);
    std::string text(static_cast<std::size_t>(length) + 1, '\0');
    mpfr_snprintf(text.data(), text.size(), "%.*R*g", precision, direction, raw);
    text.pop_back();
    return text;
}

long agreeing_digits(const Real& a, const Real& b)
{
    const long bits = static_cast<long>(
        std::min(mpfr_get_prec(a.backend().data()), mpfr_get_prec(b.backend().data())));
    const long most = digits_for_bits(bits);
    if (!boost::multiprecision::isfinite(a) || !boost::multiprecision::isfinite(b)) {
        return 0;
    }
    const Real difference = abs(a - b);
    if (difference == 0) {
        return most;
    }
    const Real scale = (std::max)(Real(abs(a)), Real(abs(b)));
    const Real digits = floor(-log10(difference / scale));
    return std::clamp(static_cast<long>(digits), 0L, most);
}

} // namespace attest
