#include "claim_cases.hpp"

#include <cmath>

namespace attest {
namespace {

TEST(AppendixDRemarks, PeriLNAndMixLN)
{
    testing::expect_claims(theorems::add_appendix_d_remarks,
                           {{"appD.3/remark/peri-ln-rest", ledger::Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

// Constants in front of the bounds: one on the wrong side of 1 is refuted, on the right side holds.
RC_GTEST_PROP(AppendixDRemarks, BoundsOfTheModulatorAreSharp, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_d_remarks);
    const ledger::Claim& claim = *registry.find("appD.3/remark/peri-ln-rest");
    ledger::Statement statement = *claim.amended;
    const Rational factor(*rc::gen::inRange(1, 30), 10);
    const bool upper = *rc::gen::arbitrary<bool>();
    Expr& bound = statement.formulas.at(upper ? "upper" : "lower");
    bound = Expr(factor) * bound;
    RC_ASSERT(
        testing::verdict_on(claim, statement)
        == ((upper ? factor >= 1 : factor <= 1) ? ledger::Verdict::Holds : ledger::Verdict::Fails));
}

// The trajectory without a bounded modulator: theta_1 = e_1, theta_2,3 = (-c, +-s), e^{2 beta} = 2.
RC_GTEST_PROP(AppendixDRemarks, AttentionOfTheFirstOfThreeTokensVanishes, ())
{
    const double beta = std::log(2.0) / 2;
    const double c = *rc::gen::inRange(7500, 9999) / 10000.0;
    const double s = std::sqrt(1 - c * c);
    Matrix<double> x(2, 3);
    x << 1, -c, -c, 0, s, -s;
    const Matrix<double> weights = (beta * (x.transpose() * x)).array().exp();
    const Vector<double> Z = weights.rowwise().sum();
    const Matrix<double> A = x * weights * Z.cwiseInverse().asDiagonal();
    RC_ASSERT(std::abs(A(1, 0)) < 1e-12);
    RC_ASSERT(A(0, 0) > 0);
    RC_ASSERT(A(0, 0) < 1 - c);                                    // to 0 as c -> 1
    RC_ASSERT(s * A(0, 1) + c * A(1, 1) < 0);                      // the angle to -e_1 falls
    RC_ASSERT(x.col(1).dot(A.col(1)) / A.col(1).norm() > 1.0 / 6); // r_2' of Peri-LN
}

} // namespace
} // namespace attest
