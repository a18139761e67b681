#include "attest/numbers/errors.hpp"
#include "attest/numbers/functions.hpp"
#include "attest/numbers/rational.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace attest {
namespace {

Rational any_rational()
{
    const long num = *rc::gen::arbitrary<long>();
    const long den = *rc::gen::suchThat(rc::gen::arbitrary<long>(), [](long d) { return d > 0; });
    const Rational small(num, den);
    return *rc::gen::arbitrary<bool>() ? small : pow(small, *rc::gen::inRange(1L, 6L));
}

RC_GTEST_PROP(RationalText, ParsesBackToTheSameValue, ())
{
    const Rational x = any_rational();
    RC_ASSERT(parse_rational(to_string(x)) == x);
}

RC_GTEST_PROP(RationalText, DecimalIsExact, ())
{
    const long mantissa = *rc::gen::inRange(0L, 1'000'000'000L);
    const long exponent = *rc::gen::inRange(-400L, 400L);
    const bool negative = *rc::gen::arbitrary<bool>();
    const Rational expected =
        Rational(negative ? -mantissa : mantissa) * pow(Rational(10), exponent);
    const std::string sign = negative ? "-" : "";
    const std::string digits = std::to_string(mantissa);
    RC_ASSERT(parse_rational(sign + digits + "e" + std::to_string(exponent)) == expected);
    RC_ASSERT(parse_rational(sign + "0." + digits + "E"
                             + std::to_string(exponent + static_cast<long>(digits.size())))
              == expected);
}

TEST(RationalText, SpecialValues)
{
    const std::map<std::string, Rational> table = {
        {"0", 0},
        {"-0", 0},
        {"+3", 3},
        {"007", 7},
        {"010", 10}, // not octal
        {"08/010", Rational(4, 5)},
        {".5", Rational(1, 2)},
        {"1.", 1},
        {"0.01", Rational(1, 100)},
        {"-1/100", Rational(-1, 100)},
        {"6/4", Rational(3, 2)},
        {"2.5e-3", Rational(1, 400)},
        {"1e+2", 100},
        {"1E2", 100},
        {"0e100000", 0},
    };
    for (const auto& [text, value] : table) {
        EXPECT_EQ(parse_rational(text), value) << text;
    }
    EXPECT_EQ(parse_rational("1e33"), pow(Rational(10), 33));
    EXPECT_EQ(parse_rational("1e-100000"), pow(Rational(10), -100000));
    EXPECT_EQ(to_string(Rational(6, -4)), "-3/2");
    EXPECT_EQ(to_string(Rational(0)), "0");
    EXPECT_EQ(parse_rational("-9223372036854775808"), Rational(std::numeric_limits<long>::min()));
    EXPECT_EQ(parse_rational("9223372036854775808"), pow(Rational(2), 63));
}

TEST(RationalText, RejectsEverythingElseInOneLine)
{
    const std::vector<std::string> bad = {
        "",
        " ",
        "-",
        "+",
        ".",
        "e5",
        "1e",
        "1e+",
        "1e-",
        "1e+-5",
        "1e--5",
        "1e++5",
        "1e5.0",
        "1e100001",
        "1e-100001",
        "1e99999999999999999999",
        "nan",
        "NaN",
        "inf",
        "-inf",
        "infinity",
        "0x10",
        "1/0",
        "0/0",
        "1/",
        "/2",
        "1/2/3",
        "1/-2",
        "-1/-2",
        "1/2.5",
        "1.5/2",
        "1/2e3",
        "1.2.3",
        "1,5",
        "1 2",
        " 1",
        "1 ",
        "--1",
        "1\n2",
        "\n",
        "+-1",
        "1_000",
        "1'000",
        "one",
        "1e5e5",
        "\xe2\x88\x92"
        "1", // a typographical minus
        std::string("1\0", 2),
        std::string(10'001, '1'),
    };
    for (const std::string& text : bad) {
        try {
            const Rational value = parse_rational(text);
            ADD_FAILURE() << "'" << text.substr(0, 40) << "' was read as "
                          << to_string(value).substr(0, 40);
        } catch (const InputError& error) {
            const std::string message = error.what();
            EXPECT_EQ(message.find('\n'), std::string::npos) << message;
            EXPECT_LT(message.size(), 200U) << message;
        }
    }
}

RC_GTEST_PROP(RationalText, AnyBytesAreReadOrRejected, ())
{
    const auto text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789+-./eE x\t,")));
    try {
        const Rational value = parse_rational(text);
        RC_ASSERT(parse_rational(to_string(value)) == value);
    } catch (const InputError&) {
    }
}

RC_GTEST_PROP(RationalPower, IsRepeatedMultiplication, ())
{
    const Rational x(*rc::gen::inRange(-50, 50), *rc::gen::inRange(1, 50));
    const long p = *rc::gen::inRange(0L, 12L);
    Rational product = 1;
    for (long k = 0; k < p; ++k) {
        product *= x;
    }
    RC_ASSERT(pow(x, p) == product);
    if (x != 0) {
        RC_ASSERT(pow(x, -p) * product == 1);
    }
}

TEST(RationalPower, SpecialValues)
{
    EXPECT_EQ(pow(Rational(0), 0), 1);
    EXPECT_EQ(pow(Rational(0), 5), 0);
    EXPECT_EQ(pow(Rational(-2), -3), Rational(-1, 8));
    EXPECT_THROW(pow(Rational(0), -1), DomainError);
}

// A rational function value is never rounded: it is exact or there is none.
RC_GTEST_PROP(RationalFunctions, SquareRootOfASquareOnly, ())
{
    const Rational x(*rc::gen::inRange(0, 1000), *rc::gen::inRange(1, 1000));
    RC_ASSERT(sqrt(Rational(x * x)) == x);
    if (x != 0) {
        RC_ASSERT_THROWS_AS(sqrt(Rational(2 * x * x)), DomainError);
        RC_ASSERT_THROWS_AS(sqrt(Rational(-x * x)), DomainError);
        RC_ASSERT_THROWS_AS(exp(x), DomainError);
        RC_ASSERT_THROWS_AS(sin(x), DomainError);
        RC_ASSERT_THROWS_AS(cos(x), DomainError);
    }
    if (x != 1) {
        RC_ASSERT_THROWS_AS(log(x), DomainError);
    }
}

TEST(RationalFunctions, ExactValues)
{
    EXPECT_EQ(exp(Rational(0)), 1);
    EXPECT_EQ(log(Rational(1)), 0);
    EXPECT_EQ(sqrt(Rational(0)), 0);
    EXPECT_EQ(sin(Rational(0)), 0);
    EXPECT_EQ(cos(Rational(0)), 1);
}

} // namespace
} // namespace attest
