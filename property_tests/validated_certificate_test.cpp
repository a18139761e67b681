// The text of a tube's certificate: complete, exact, and true of the tube.

#include "attest/flow/validated.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>

namespace attest::flow {
namespace {

using nlohmann::json;

/// Exact value of "m*2^e", an integer or a fraction.
Rational value_of(const json& number)
{
    const auto text = number.get<std::string>();
    const std::size_t star = text.find("*2^");
    if (star == std::string::npos) {
        return parse_rational(text);
    }
    return parse_rational(text.substr(0, star))
           * pow(Rational(2), std::stol(text.substr(star + 3)));
}

System pendulum()
{
    const Expr u = Expr::symbol("u");
    return {"x", {"u", "v"}, {Expr::symbol("v"), -sin(u) / (1 + u * u) + Expr::symbol("x") / 9}};
}

TEST(ValidatedCertificate, HasEveryStepExactly)
{
    ValidatedOptions options;
    options.absolute = {true, true};
    const Tube tube = ValidatedIntegrator(pendulum(), options)
                          .integrate(0, {Rational(1, 3), {Rational(0), Rational(1, 100)}}, 2);
    const Expr energy = Expr::symbol("v") * Expr::symbol("v");
    const json c = json::parse(tube_certificate(tube, {{1 - energy, ">", "always"}}));
    EXPECT_EQ(c.at("kind"), "tube");
    EXPECT_EQ(c.at("states"), json({"u", "v"}));
    EXPECT_EQ(value_of(c.at("start")), 0);
    EXPECT_EQ(value_of(c.at("initial")[0][0]), Rational(1, 3));
    EXPECT_EQ(value_of(c.at("initial")[1][1]), Rational(1, 100));
    EXPECT_EQ(c.at("conclusions")[0].at("where"), "always");
    ASSERT_EQ(c.at("steps").size(), tube.steps().size());
    Rational x = 0;
    for (std::size_t k = 0; k < tube.steps().size(); ++k) {
        const json& step = c.at("steps")[k];
        const ValidatedStep& made = tube.steps()[k];
        EXPECT_TRUE(made.start.contains(x));
        x += value_of(step.at("h"));
        EXPECT_EQ(step.at("order"), made.order);
        const PrecisionScope scope(1000);
        for (std::size_t i = 0; i < 2; ++i) {
            const Ball hull =
                Ball::interval(value_of(step.at("hull")[i][0]), value_of(step.at("hull")[i][1]));
            EXPECT_TRUE(hull.contains(made.hull[i]));
            EXPECT_TRUE(Ball(value_of(step.at("center")[i])).contains(made.end.center[i]));
            EXPECT_TRUE(Ball(value_of(step.at("radius")[i])).contains(made.end.radius[i]));
            EXPECT_GE(value_of(step.at("radius")[i]), 0);
            // The set lies in the hull.
            EXPECT_TRUE(hull.contains(made.end.box()[i]));
        }
    }
    EXPECT_GE(x, 2);
}

TEST(ValidatedCertificate, FormulasReadBackToTheRates)
{
    const Tube tube = ValidatedIntegrator(pendulum()).integrate(0, {Rational(1), Rational(1)}, 1);
    const json c = json::parse(tube_certificate(tube));
    const PrecisionScope scope(200);
    const std::map<std::string, Ball> start{
        {"x", Ball(Rational(2, 7))}, {"u", Ball(Rational(3, 5))}, {"v", Ball(Rational(-4, 9))}};
    std::map<std::string, Ball> at = start;
    std::vector<std::string> names{"x", "u", "v"};
    if (c.contains("let")) {
        for (const json& definition : c.at("let")) {
            at[definition[0]] =
                parse_expr(definition[1].get<std::string>(), names).evaluate<Ball>(at);
            names.push_back(definition[0]);
        }
    }
    for (std::size_t i = 0; i < 2; ++i) {
        const Ball read = parse_expr(c.at("rates")[i].get<std::string>(), names).evaluate<Ball>(at);
        const Ball meant = pendulum().rates[i].evaluate<Ball>(start);
        EXPECT_TRUE(read.overlaps(meant));
        EXPECT_GE(read.certified_digits(), 50);
    }
}

TEST(ValidatedCertificate, BadConclusionsAreNamed)
{
    const Tube tube = ValidatedIntegrator(pendulum()).integrate(0, {Rational(1), Rational(1)}, 1);
    EXPECT_THROW(tube_certificate(tube, {{Expr::symbol("u"), "=", "end"}}), InputError);
    EXPECT_THROW(tube_certificate(tube, {{Expr::symbol("u"), ">", "start"}}), InputError);
}

} // namespace
} // namespace attest::flow
