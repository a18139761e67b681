#include "attest/proof/certificates.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace attest::certificates_tests {

using Json = nlohmann::json;

const Expr gamma_ = Expr::symbol("gamma");
const Expr beta = Expr::symbol("beta");
const Expr n = Expr::symbol("n");

TEST(Certificates, sharedSubformulasAreNamedOnce)
{
    const Expr z = exp(beta) + n;
    const SharedText text = shared_text({z * z, 1 / z});
    ASSERT_EQ(text.let.size(), 1U);
    EXPECT_EQ(text.let[0].first, "v1");
    EXPECT_EQ(text.let[0].second, "(exp(beta)+n)");
    EXPECT_EQ(text.formulas[0], "(v1*v1)");
    EXPECT_EQ(text.formulas[1], "(1/v1)");
}

TEST(Certificates, namesDoNotMeetSymbolsOfTheFormula)
{
    const Expr v = Expr::symbol("v1");
    const Expr z = v + 1;
    const SharedText text = shared_text({z * z});
    ASSERT_EQ(text.let.size(), 1U);
    EXPECT_EQ(text.let[0].first, "vv1");
}

TEST(Certificates, identityAndPoint)
{
    const Json identity = Json::parse(proof::identity_certificate(beta + n, n + beta));
    EXPECT_EQ(identity.at("kind"), "identity");
    EXPECT_EQ(identity.at("lhs"), "(beta+n)");
    const Json point =
        Json::parse(proof::point_certificate(n, "<", beta, {{"n", 2}, {"beta", Rational(7, 3)}}));
    EXPECT_EQ(point.at("relation"), "<");
    EXPECT_EQ(point.at("at").at("beta"), "7/3");
}

TEST(Certificates, atLeastOnlyAfterAProof)
{
    const Expr left = n * exp(beta);
    const Expr right = exp(beta * gamma_);
    const auto proved = proof::at_least(left, right);
    ASSERT_TRUE(is_true(proved.outcome));
    const auto text = proof::at_least_certificate(left, right, proved);
    ASSERT_TRUE(text);
    const Json json = Json::parse(*text);
    EXPECT_EQ(json.at("method"), "difference");
    EXPECT_EQ(json.at("ranges").at("n"), Json::array({"2", "inf"}));
    EXPECT_EQ(json.at("ranges").at("gamma"), Json::array({"0", "1"}));
    EXPECT_FALSE(proof::at_least_certificate(right, left, proof::at_least(right, left)));
}

TEST(Certificates, limitBringsTheReducedQuotient)
{
    const Expr formula = (1 - gamma_ * gamma_) / (1 - gamma_);
    const auto proved = proof::limit_at_one(formula, Expr(2));
    ASSERT_TRUE(is_true(proved.outcome));
    const auto text = proof::limit_certificate(formula, Expr(2), proved);
    ASSERT_TRUE(text);
    EXPECT_EQ(Json::parse(*text).at("kind"), "limit");
    ASSERT_TRUE(proved.reduced);
    EXPECT_TRUE(is_true(proof::identical(*proved.reduced, 1 + gamma_)));
}

} // namespace attest::certificates_tests
