#include "attest/numbers/functions.hpp"

#include <fmt/format.h>

namespace attest {
namespace {

[[noreturn]] void irrational(const char* function, const Rational& x)
{
    throw DomainError(fmt::format("{}({}) is not rational", function, to_string(x)));
}

Integer exact_root(const Integer& value, const Rational& shown)
{
    if (value < 0) {
        irrational("sqrt", shown);
    }
    Integer root = boost::multiprecision::sqrt(value);
    if (root * root != value) {
        irrational("sqrt", shown);
    }
    return root;
}

} // namespace

Rational exp(const Rational& x)
{
    return x == 0 ? Rational(1) : (irrational("exp", x), Rational());
}
Rational log(const Rational& x)
{
    return x == 1 ? Rational(0) : (irrational("log", x), Rational());
}
Rational sqrt(const Rational& x)
{
    return {exact_root(boost::multiprecision::numerator(x), x),
            exact_root(boost::multiprecision::denominator(x), x)};
}
Rational sin(const Rational& x)
{
    return x == 0 ? Rational(0) : (irrational("sin", x), Rational());
}
Rational cos(const Rational& x)
{
    return x == 0 ? Rational(1) : (irrational("cos", x), Rational());
}

} // namespace attest
