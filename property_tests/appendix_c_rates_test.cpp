#include "claim_cases.hpp"
#include "theorems/clouds.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixCRates, BoundsOnI2AndEquations4And5)
{
    testing::expect_claims(theorems::add_appendix_c_rates,
                           {{"appC/eq4/lower", Verdict::Fails}, {"appC/eq5/upper", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

// The cloud that refutes the printed left side of (5) meets every hypothesis.
TEST(AppendixCRates, TheCounterexampleIsAdmissible)
{
    const theorems::Cloud cloud = theorems::pushed_apart();
    EXPECT_EQ(cloud.beta, 1);
    EXPECT_LT(900 * cloud.delta, 1);
    const Matrix<Rational> product = cloud.Q->transpose() * *cloud.K;
    const Matrix<Rational> gram = product.transpose() * product;
    EXPECT_EQ(gram(0, 0), 1);
    EXPECT_EQ(gram(0, 1), 0);
    EXPECT_EQ(gram(1, 1), 1);
    const Ball rate = theorems::rate_formula(cloud).evaluate<Ball>({{"beta", Ball(1)}});
    EXPECT_TRUE(is_true(is_positive(rate)));
}

} // namespace
} // namespace attest
