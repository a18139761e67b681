#include "theorems/inequality_attack.hpp"

#include "attest/numbers/precision.hpp"
#include "claim_cases.hpp"
#include "theorems/attack_starts.hpp"
#include "theorems/few_tokens.hpp"

#include <cmath>

namespace attest {
namespace {

using theorems::AttackReport;
using theorems::AttackSetting;
using theorems::relation_part;
using theorems::sym;

AttackReport attack(const ledger::Statement& relation, const AttackSetting& setting = {})
{
    return theorems::attack_relation(relation, {}, theorems::cloud_spaces(relation, {}, setting));
}

const std::set<std::string> every_symbol = {"rate", "delta", "maxs", "rdot", "alpha"};

/// Quantities in double against exact rational ones and balls, at rounded random configurations.
void expect_same_quantities(const std::set<std::string>& symbols, long n, long d,
                            const std::vector<std::string>& compared)
{
    const PrecisionScope precision(192);
    const auto space = theorems::cloud_space(n, d, symbols, {});
    std::size_t seen = 0;
    for (std::vector<double> x : space->starts(24, 5)) {
        x[0] = std::min(x[0], 1.0); // small clusters lose digits in double
        std::vector<std::vector<double>> places;
        space->values(x, places);
        for (std::size_t k = 0; k < places.size(); ++k) {
            const auto exact = space->exact(x, k, 1e-14);
            if (!exact) {
                continue;
            }
            ++seen;
            std::map<std::string, Ball> balls;
            for (const auto& [name, value] : exact->values.exact) {
                balls.emplace(name, Ball(value));
            }
            for (const auto& [name, formula] : exact->exponentials) {
                balls.emplace(name, formula.evaluate(balls));
            }
            for (auto it = exact->formulas.rbegin(); it != exact->formulas.rend(); ++it) {
                balls.emplace(it->first, it->second.evaluate(balls));
            }
            for (const std::string& name : compared) {
                const auto at = std::find(space->names().begin(), space->names().end(), name)
                                - space->names().begin();
                const double rounded = places[k][static_cast<std::size_t>(at)];
                const double certified = balls.at(name).to_double();
                EXPECT_NEAR(rounded, certified, 1e-8 * (1 + std::abs(certified)))
                    << name << ", place " << k << " of " << space->title();
            }
        }
    }
    EXPECT_GT(seen, 20U);
}

TEST(InequalityAttack, QuantitiesInDoubleAreTheExactOnes)
{
    expect_same_quantities({"rate", "maxs", "mins", "delta", "V"}, 4, 3,
                           {"n", "beta", "delta", "maxs", "mins", "V", "b", "S", "I1", "I2", "rate",
                            "diameter", "far", "E"});
    expect_same_quantities({"a", "lengths", "deviationnorm", "rdot", "rdotperi", "normA"}, 3, 2,
                           {"a", "projections", "squares", "sumg", "lengths", "deviationnorm", "Z",
                            "rdot", "rdotperi", "normA"});
    expect_same_quantities({"w", "c"}, 3, 3, {"w", "c"});
    expect_same_quantities({"score", "distance"}, 3, 2, {"score", "distance"});
    expect_same_quantities({"gain", "loss"}, 2, 2, {"gain", "loss"});
}

// Every exact configuration meets the hypotheses of Theorem 4.3.
RC_GTEST_PROP(InequalityAttack, ExactConfigurationsAreAdmissible, ())
{
    const long n = *rc::gen::inRange(2, 6);
    const long d = *rc::gen::inRange(2, 4);
    const auto space = theorems::cloud_space(n, d, every_symbol, {});
    const auto starts = space->starts(16, *rc::gen::arbitrary<std::uint64_t>());
    const auto& x = starts[*rc::gen::inRange<std::size_t>(0, starts.size())];
    const double rounding = std::pow(10, -*rc::gen::inRange(2, 13));
    const auto exact = space->exact(x, 0, rounding);
    if (!exact) {
        return;
    }
    const auto& v = exact->values.exact;
    RC_ASSERT(v.at("diameter") <= 2 * v.at("delta"));
    RC_ASSERT(100 * v.at("n") * v.at("n") * v.at("beta") * v.at("beta") * v.at("delta") < 1);
    RC_ASSERT(v.at("V") >= 0);
    RC_ASSERT(v.at("V") == 1 - v.at("b"));
    RC_ASSERT(v.at("mins") > 0);
}

// Q^T K is a rational matrix of norm max |sigma|: its square has that largest eigenvalue.
RC_GTEST_PROP(InequalityAttack, WeightsHaveNormOne, ())
{
    std::vector<Rational> p = {1, Rational(*rc::gen::inRange(-9, 10), 9)};
    p.emplace_back(*rc::gen::inRange(-20, 21), 7);
    p.emplace_back(*rc::gen::inRange(-20, 21), 11);
    const std::vector<Rational> m = theorems::bilinear_form<Rational>(2, p);
    const Rational trace = m[0] * m[0] + m[1] * m[1] + m[2] * m[2] + m[3] * m[3];
    const Rational det = m[0] * m[3] - m[1] * m[2];
    RC_ASSERT(trace == 1 + p[1] * p[1]);
    RC_ASSERT(det == p[1]);
}

// False variants of inequalities are refuted by the search alone, in exact or ball arithmetic.
TEST(InequalityAttack, RefutesNearMissesOnItsOwn)
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    const Expr delta = sym("delta");
    const Expr growth = exp(sym("beta") * sqrt(2 * delta)) - 1;
    const Expr c = sqrt(Expr(2)) / (3 * sqrt(n));
    const std::vector<ledger::Statement> wrong = {
        relation_part(sym("I1"),
                      ">=", (-2 * V + Expr(Rational(2001, 1000)) * pow(V, 2)) / sym("mins")),
        relation_part(sym("I1"), "<=", (-2 * V + n / 5 * pow(V, 2)) / sym("maxs")),
        relation_part(sym("rate"), "<=", (-2 + 2 * n * delta + c) / sym("maxs") * V),
        relation_part(sym("rate"), ">=", (-2 + c) / sym("mins") * V),
        relation_part(sym("rate"), ">=", (-2 * V + 2 * pow(V, 2)) / sym("maxs")),
        relation_part(sym("I2"), "<=", growth * V / (10 * sym("mins"))),
        relation_part(sym("w") - 1 / n, "<=", growth / (4 * n)),
        relation_part(sym("distance"), "<=", sqrt(Expr(Rational(199, 100)) * delta)),
        relation_part(sym("diameter"), "<=", Expr(Rational(399, 100)) * sym("far")),
        relation_part(sym("gain"), ">=", sym("loss")),
        relation_part(2 * sqrt(2 * n) * growth, "<=", Expr(Rational(29, 100)) * 3 * c),
    };
    for (const ledger::Statement& relation : wrong) {
        const AttackReport report = attack(relation);
        EXPECT_TRUE(is_false(report.outcome)) << relation.formulas.at("rhs").text();
        EXPECT_TRUE(is_true(is_negative(report.slack))) << relation.formulas.at("rhs").text();
        ASSERT_TRUE(report.counterexample);
        EXPECT_NE(report.counterexample->replay.find("attest evaluate"), std::string::npos);
        EXPECT_TRUE(report.certificate);
    }
}

// One that is proved for all parameters is never refuted, whatever the seed.
RC_GTEST_PROP(InequalityAttack, NeverRefutesWhatIsProved, ())
{
    ledger::Effort effort;
    effort.seed = *rc::gen::arbitrary<std::uint64_t>();
    const Expr V = sym("V");
    const ledger::Statement upper =
        relation_part(sym("I1"), "<=", (-2 * V + 2 * sym("n") * pow(V, 2)) / sym("maxs"));
    std::vector<std::unique_ptr<theorems::AttackSpace>> spaces;
    spaces.push_back(theorems::cloud_space(*rc::gen::inRange(2, 5), *rc::gen::inRange(2, 4),
                                           {"I1", "V", "n", "maxs"}, {}));
    const AttackReport report = theorems::attack_relation(upper, effort, spaces);
    RC_ASSERT(!is_false(report.outcome));
    RC_ASSERT(!is_true(is_negative(report.slack)));
}

TEST(InequalityAttack, SpeedFactorsOnTrajectoriesInClosedForm)
{
    const auto worst = [](std::string_view scheme, const Expr& bound, const std::string& sign) {
        return theorems::attack_relation(relation_part(sym("s"), sign, bound), {},
                                         theorems::speed_spaces(scheme, {}));
    };
    const Expr t = sym("t");
    EXPECT_TRUE(is_false(worst("pre-ln", t, "<=").outcome));
    EXPECT_TRUE(is_true(worst("pre-ln", sym("r0") + t, "<=").outcome));
    EXPECT_TRUE(is_false(worst("pre-ln", sym("r0") + t / 2, "<=").outcome));
    EXPECT_TRUE(is_false(worst("peri-ln", 2 * t, ">=").outcome));
    EXPECT_TRUE(is_false(worst("mix-ln", t, "<=").outcome));
    EXPECT_TRUE(is_true(worst("mix-ln", 1 + t, "<=").outcome));
    EXPECT_THROW(theorems::speed_spaces("no-such", {}), InputError);
}

// The slack of a judgement is the enclosure at the worst configuration found.
TEST(InequalityAttack, SlackComesFromTheWorstConfiguration)
{
    const auto eq5 = testing::decided(theorems::add_appendix_c_rates, "appC/eq5/upper");
    ASSERT_TRUE(eq5.as_stated.slack);
    EXPECT_LT(std::stod(eq5.as_stated.slack->hi), -0.9);
    ASSERT_TRUE(eq5.amended->judgement.slack);
    EXPECT_GT(std::stod(eq5.amended->judgement.slack->lo), 0.01);
    EXPECT_LT(std::stod(eq5.amended->judgement.slack->hi), 0.1);
    // Refuted where a root has no real value: there is no slack.
    const auto peri =
        testing::decided(theorems::add_appendix_c_speeds, "appC/s-range/peri-ln/lower");
    EXPECT_EQ(peri.as_stated.verdict, ledger::Verdict::Fails);
    EXPECT_FALSE(peri.as_stated.slack);
}

// Two tokens: proved on the whole cone, also as printed; three tokens: as amended only.
TEST(InequalityAttack, TwoAndThreeTokensOnTheWholeCone)
{
    const Expr V = sym("V");
    const Expr drift = -2 + 2 * sym("n") * sym("delta");
    const Expr c = sqrt(Expr(2)) / (3 * sqrt(sym("n")));
    const ledger::Statement printed =
        relation_part(sym("rate"), "<=", (drift + c) / sym("maxs") * V);
    const ledger::Statement amended =
        relation_part(sym("rate"), "<=", (drift / sym("maxs") + c / sym("mins")) * V);
    const ledger::Statement wrong =
        relation_part(sym("rate"), "<=", (drift / sym("maxs") - c / sym("mins")) * V);
    EXPECT_TRUE(is_true(theorems::two_tokens_on_boxes(printed, {}).outcome));
    EXPECT_TRUE(is_true(theorems::two_tokens_on_boxes(amended, {}).outcome));
    EXPECT_FALSE(is_true(theorems::two_tokens_on_boxes(wrong, {}).outcome));
    EXPECT_FALSE(is_true(theorems::three_tokens_by_half_angles(printed, c, {}).outcome));
    EXPECT_TRUE(is_true(theorems::three_tokens_by_half_angles(amended, c, {}).outcome));
    EXPECT_FALSE(is_true(theorems::three_tokens_by_half_angles(wrong, c, {}).outcome));
}

} // namespace
} // namespace attest
