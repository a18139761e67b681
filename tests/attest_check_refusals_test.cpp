// attest-check on certificates at the bounds of what it takes: each one past a bound is rejected
// with the reason that names it, its neighbour within the bound is accepted.
#include "check/certificate.hpp"
#include "check/interval.hpp"
#include "tests/certificate_samples.hpp"

#include <gtest/gtest.h>

namespace attest::testing {
namespace {

using Ends = std::vector<std::string>;
using RangeMap = std::map<std::string, Ends>;

CertificateJson identity(const std::string& lhs, const std::string& rhs)
{
    return {{"kind", "identity"}, {"lhs", lhs}, {"rhs", rhs}};
}

CertificateJson at_a_point(const std::string& lhs, const std::string& relation,
                           const std::string& rhs)
{
    return {{"kind", "point"},
            {"lhs", lhs},
            {"rhs", rhs},
            {"relation", relation},
            {"at", CertificateJson::object()}};
}

/// One box, the ranges themselves or what is given.
CertificateJson cover(const std::string& formula, const std::string& relation,
                      const RangeMap& ranges,
                      const CertificateJson& more = CertificateJson::object())
{
    CertificateJson result = {
        {"kind", "cover"}, {"formula", formula}, {"relation", relation}, {"ranges", ranges}};
    CertificateJson box = CertificateJson::array();
    for (const auto& [name, range] : ranges) {
        result["order"].push_back(name);
        box.push_back(range);
    }
    result["boxes"] = CertificateJson::array({box});
    result.update(more);
    return result;
}

CertificateJson integral(const std::string& integrand, const Ends& cell, const Ends& enclosure,
                         const CertificateJson& more = CertificateJson::object())
{
    CertificateJson result = {{"kind", "integral"}, {"integrand", integrand}, {"name", "x"},
                              {"from", cell[0]},    {"to", cell[1]},          {"cells", cell},
                              {"orders", 3},        {"enclosure", enclosure}, {"bits", 128}};
    result.update(more);
    return result;
}

/// Of a formula that is its own reduced form, as g -> 1.
CertificateJson limit_at_one(const std::string& formula, const std::string& limit, RangeMap ranges)
{
    ranges["g"] = {"0", "1"};
    return {{"kind", "limit"},    {"formula", formula}, {"name", "g"},      {"to", "1"},
            {"reduced", formula}, {"limit", limit},     {"ranges", ranges}, {"method", "value"}};
}

/// "v0+v1+...", and the same backwards.
std::string sum_of_names(int count, bool backwards = false)
{
    std::string sum;
    for (int i = 0; i < count; ++i) {
        sum += (i > 0 ? "+v" : "v") + std::to_string(backwards ? count - 1 - i : i);
    }
    return sum;
}

RangeMap unit_ranges(int count)
{
    RangeMap ranges;
    for (int i = 0; i < count; ++i) {
        ranges["v" + std::to_string(i)] = {"0", "1"};
    }
    return ranges;
}

std::string huge_product(int factors)
{
    std::string product = "1e200000";
    for (int i = 1; i < factors; ++i) {
        product += "*1e200000";
    }
    return product;
}

void expect_accepted(const CertificateJson& certificate)
{
    const check::Outcome outcome = judged(certificate);
    EXPECT_TRUE(outcome.accepted) << outcome.why << "\n" << certificate.dump().substr(0, 300);
}

void expect_rejected(const CertificateJson& certificate, const std::string& reason)
{
    const check::Outcome outcome = judged(certificate);
    EXPECT_FALSE(outcome.accepted) << certificate.dump().substr(0, 300);
    EXPECT_NE(outcome.why.find(reason), std::string::npos)
        << outcome.why << "\ninstead of " << reason << "\n"
        << certificate.dump().substr(0, 300);
}

TEST(AttestCheckRefusals, MistypedFormulas)
{
    expect_accepted(at_a_point("2^(1/3)", ">", "1"));
    expect_rejected(at_a_point("2^(1/3", ">", "1"), "expected ')' at character 7");
    expect_rejected(at_a_point("2^(1/0)", ">", "1"), "expected a denominator at character 7");
    expect_rejected(at_a_point("*2", ">", "1"), "expected a number, a name or '(' at character 1");
    expect_rejected(at_a_point("1+", ">", "1"), "expected a number, a name or '(' at character 3");
    expect_rejected(at_a_point("exp 1", ">", "1"), "expected '(' after exp at character 5");
    expect_rejected(at_a_point("exp(1", ">", "1"), "expected ')' at character 6");
}

TEST(AttestCheckRefusals, TooLongAndTooMany)
{
    expect_rejected(at_a_point("1" + std::string(2'000'000, ' '), ">", "0"),
                    "a formula has more than 2000000 characters");
    CertificateJson long_number = at_a_point("x", ">", "0");
    long_number["at"]["x"] = std::string(200'001, '1');
    expect_rejected(long_number, "a number has more than 200000 characters");
    std::string many = "0";
    for (int i = 1; i <= 200'001; ++i) {
        many += "+" + std::to_string(i);
    }
    expect_rejected(at_a_point(many, ">", "0"), "formulas of more than 400000 operations");
    expect_accepted(identity(sum_of_names(40), sum_of_names(40, true)));
    expect_rejected(identity(sum_of_names(41), sum_of_names(41, true)),
                    "more than 40 names, exponentials and roots");
}

TEST(AttestCheckRefusals, NamesDefinedTwice)
{
    const CertificateJson let = CertificateJson::parse(R"({"let": [["x", "1"]]})");
    expect_rejected(integral("x", {"0", "1"}, {"0", "1"}, let), "name 'x' is defined twice");
    expect_rejected(
        cover("b", ">=", {{"b", {"0", "1"}}}, CertificateJson::parse(R"({"chart": {"b": "b"}})")),
        "name 'b' is defined twice");
    CertificateJson twice = at_a_point("a", ">", "0");
    twice["let"] = CertificateJson::parse(R"([["a", "1"], ["a", "2"]])");
    expect_rejected(twice, "a let name is defined twice");
}

TEST(AttestCheckRefusals, TooLargePolynomials)
{
    expect_accepted(identity("(x^1000)^32", "x^1000*(x^1000)^31"));
    expect_rejected(identity("(x^1000)^33", "(x^1000)^33"),
                    "an exponent of a polynomial is too large");
    const std::string tower = "(((x+1)^1000)^1000)^1000";
    expect_rejected(identity(tower, tower), "a power of a polynomial is too high");
    expect_accepted(identity("exp(1000*x)", "exp(x)^1000"));
    expect_rejected(identity("exp(1001*x)", "exp(x)*exp(1000*x)"),
                    "an exponential of a multiple beyond 1000");
    expect_accepted(identity(huge_product(5) + "+x", "x+" + huge_product(5)));
    const std::string product = "(x+" + huge_product(4) + ")*(x+" + huge_product(4) + ")";
    expect_rejected(identity(product, product), "a polynomial grows too large");
    const std::string quotient = "1/(" + huge_product(6) + "*x+1)";
    expect_rejected(identity(quotient, quotient), "a coefficient grows too large");
}

TEST(AttestCheckRefusals, RootsAndFunctionsInIdentities)
{
    expect_accepted(identity("sqrt(x-x)", "0"));
    expect_rejected(identity("sqrt(0-2)^2", "-2"), "square root of a negative number");
    // x^2 + 2 x + 1 is a square; which of its roots is the square root, only the range tells.
    CertificateJson square = identity("sqrt(x^2+2*x+1)", "x+1");
    expect_rejected(square, "normal form");
    square["ranges"] = {{"x", {"0", "inf"}}};
    expect_accepted(square);
    square["rhs"] = "-x-1";
    expect_rejected(square, "normal form");
    expect_accepted(identity("sin(x-x)+cos(x-x)", "1"));
    expect_accepted(identity("sin(x)*cos(x)", "cos(x)*sin(x)"));
    expect_rejected(identity("sin(x)", "cos(x)"), "normal form");
}

TEST(AttestCheckRefusals, LimitsThatOnlyOneEndOfARangeSpoils)
{
    // At b = 1 the formula is 0/(g - 1) = 0, and so is its limit: the 1 of every other b is wrong.
    const std::string reason = "the denominator of reduced may vanish at the limit";
    expect_rejected(limit_at_one("(1-b)/(g-b)", "1", {{"b", {"0", "1"}}}), reason);
    expect_accepted(limit_at_one("(1-b)/(g-b)", "1", {{"b", {"0", "999/1000"}}}));
    expect_rejected(
        limit_at_one("(2-b)*(1+c)/(2*g-b)", "1+c", {{"b", {"0", "2"}}, {"c", {"0", "1"}}}), reason);
    expect_rejected(limit_at_one("b/(g-1+b)", "1", {{"b", {"0", "1"}}}), reason);
    expect_rejected(
        limit_at_one("(1-b)*(1-c)/(g-b)/(g-c)", "1", {{"b", {"0", "1/2"}}, {"c", {"0", "1"}}}),
        reason);
    expect_accepted(
        limit_at_one("(1-b)*(1-c)/(g-b)/(g-c)", "1", {{"b", {"0", "1/2"}}, {"c", {"0", "1/2"}}}));
}

TEST(AttestCheckRefusals, LimitsWithDivisors)
{
    const RangeMap any = {{"b", {"0", "inf"}}};
    expect_accepted(
        limit_at_one("1/(g/(b+1)+1/(b+2))", "(b+1)*(b+2)/(2*b+3)", {{"b", {"0", "inf"}}}));
    expect_accepted(limit_at_one("1/(g/(b+1)-2/(b+1))", "-(b+1)", any));
    expect_rejected(limit_at_one("1/(g/(b+1)-2/(b+1))", "b+1", any), "");
    expect_rejected(limit_at_one("log(g)", "0", {}), "a limit under a function without algebra");
    expect_accepted(limit_at_one("1/(g+" + sum_of_names(10) + ")", "1/(1+" + sum_of_names(10) + ")",
                                 unit_ranges(10)));
    // The corners of more than ten ranges are not looked at.
    expect_rejected(limit_at_one("1/(g+" + sum_of_names(11) + ")", "1/(1+" + sum_of_names(11) + ")",
                                 unit_ranges(11)),
                    "the denominator of reduced may vanish at the limit");
}

TEST(AttestCheckRefusals, RelationsAtAPoint)
{
    expect_accepted(at_a_point("1", "<=", "2"));
    expect_accepted(at_a_point("2", "<=", "2"));
    expect_rejected(at_a_point("3", "<=", "2"), "the relation is false");
    expect_accepted(at_a_point("sin(1e30)", ">", "-2"));
    expect_rejected(at_a_point("sin(1e30)", ">", "-1/2"), "not decided");
}

TEST(AttestCheckRefusals, FactorsOfACover)
{
    const RangeMap unit = {{"x", {"0", "1"}}};
    const auto with = [](const char* factor, const char* form) {
        return CertificateJson{{"factor", factor}, {"form", form}};
    };
    expect_accepted(cover("(1+x)/(2+x)*(x+1)", ">", unit, with("(1+x)/(2+x)", "x+1")));
    expect_accepted(cover("x^(-1/2)*(x+1)", ">", {{"x", {"1", "2"}}}, with("x^(-1/2)", "x+1")));
    // Where x = 0 the formula has no value, so that 1/x is positive wherever it has one.
    expect_accepted(cover("(x+1)/x", ">", unit, with("1/x", "x+1")));
    const std::string reason = "factor is not shown to be positive";
    expect_rejected(cover("x/(x-2)*(x+1)", ">=", unit, with("x/(x-2)", "x+1")), reason);
    expect_rejected(cover("x*(x+1)", ">", unit, with("x", "x+1")), reason);
    expect_rejected(cover("x*(x+1)", ">", {{"x", {"-1", "1"}}}, with("x", "x+1")), reason);
}

TEST(AttestCheckRefusals, BoxesOfACover)
{
    // 10^-20 is lost at 32 bits, and found at twice as many or more.
    const RangeMap point = {{"x", {"1", "1"}}};
    expect_accepted(
        cover("exp(x)-exp(1)+1e-20", ">", point, CertificateJson::object({{"bits", 32}})));
    expect_rejected(
        cover("exp(x)-exp(1)+1e-200", ">", point, CertificateJson::object({{"bits", 32}})),
        "the sign is not shown for x in");
    expect_rejected(cover("1/x", ">", {{"x", {"-1", "1"}}}), "division by [-1, 1]");
    expect_rejected(cover("x^(1/3)+5", ">", {{"x", {"-1", "1"}}}), "fractional power of [-1, 1]");
    expect_rejected(cover("exp(x)-exp(x)+2", ">", {{"x", {"0", "inf"}}}),
                    "form is enclosed in [-inf, inf]");
    expect_accepted(cover("sin(x)+2", ">", {{"x", {"0", "inf"}}}));
    expect_rejected(cover("sin(x)+1/2", ">", {{"x", {"0", "inf"}}}), "form is enclosed in");
}

/// b + 1 > 0 over 0 <= b, with a chart coordinate w that the form does not need.
CertificateJson charted(const std::string& w, const Ends& b, const Ends& box)
{
    CertificateJson chart = {{"form", "b+1"}, {"order", Ends{"w", "b"}}};
    chart["chart"]["w"] = w;
    chart["boxes"] = std::vector<std::vector<Ends>>{{box, b}};
    return cover("b+1", ">", {{"b", b}}, chart);
}

TEST(AttestCheckRefusals, ChartsBeyondTheReachOfExactNumbers)
{
    // e^200000 is above 2^100000: the chart's range counts as unbounded, never as smaller than it
    // is.
    expect_accepted(charted("exp(b)", {"0", "200000"}, {"1/2", "inf"}));
    expect_rejected(charted("exp(b)", {"0", "200000"}, {"1/2", "1e100000"}),
                    "the boxes leave a part uncovered");
    expect_accepted(charted("exp(-b)", {"0", "200000"}, {"0", "2"}));
    expect_rejected(charted("exp(-b)", {"100000", "200000"}, {"0", "1e-40000"}),
                    "the boxes leave a part uncovered");
    expect_rejected(charted("exp(-b)", {"0", "200000"}, {"1e-80000", "2"}),
                    "the boxes leave a part uncovered");
    expect_accepted(charted("-exp(-b)", {"100000", "200000"}, {"-1", "0"}));
    expect_rejected(charted("x", {"0", "1"}, {"0", "1"}), "unknown name 'x'");
}

TEST(AttestCheckRefusals, IntegralsWithParameters)
{
    const CertificateJson parameter = CertificateJson::parse(R"({"ranges": {"p": ["1", "2"]}})");
    expect_accepted(integral("p*x", {"0", "1"}, {"1/2", "1"}, parameter));
    expect_rejected(integral("p*x", {"0", "1"}, {"1/2", "999/1000"}, parameter),
                    "the integral is only shown to lie in [0.5, 1]");
    expect_rejected(integral("q*x", {"0", "1"}, {"1/2", "1"}, parameter), "unknown name 'q'");
    expect_accepted(integral("x^0", {"0", "1"}, {"1", "1"}));
    // exprel beyond the reach of its series.
    expect_accepted(integral("exprel(x)", {"1000", "1001"}, {"0", "1e440"}));
    expect_rejected(integral("exprel(x)", {"1000", "1001"}, {"0", "1e400"}), "only shown to lie");
}

TEST(AttestCheckInterval, WhatIsUndeterminedIsEverything)
{
    const check::Interval line(check::Real::infinity(-1), check::Real::infinity(1));
    const check::Interval above(check::Real(0, MPFR_RNDD), check::Real::infinity(1));
    const check::Interval difference = above - above;
    EXPECT_TRUE(line.inside(difference));
    const check::Interval far(check::Real::infinity(1), check::Real::infinity(1));
    EXPECT_TRUE(line.inside(far - far));
    EXPECT_TRUE(sin(far - far).inside(check::Interval(-1, 1)));
    EXPECT_FALSE(sin(far).inside(check::Interval(0, 1)));
}

} // namespace
} // namespace attest::testing
