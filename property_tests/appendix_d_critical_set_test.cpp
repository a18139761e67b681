#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(AppendixDCriticalSet, InteriorAndCompact)
{
    testing::expect_claims(theorems::add_appendix_d_critical_set,
                           {{"appD.3/step5/interior", ledger::Verdict::Fails}});
}

// Tokens in an open hemisphere: the lowest one is pulled up unless all are equal.
RC_GTEST_PROP(AppendixDCriticalSet, TheLowestTokenMovesUp, ())
{
    const int n = *rc::gen::inRange(2, 6);
    const double beta = *rc::gen::inRange(0, 500) / 100.0;
    Matrix<double> x(3, n);
    for (int j = 0; j < n; ++j) {
        x(0, j) = *rc::gen::inRange(-1000, 1001) / 1000.0;
        x(1, j) = *rc::gen::inRange(-1000, 1001) / 1000.0;
        x(2, j) = *rc::gen::inRange(1, 1000) / 1000.0;
        x.col(j).normalize();
    }
    Eigen::Index lowest = 0;
    x.row(2).minCoeff(&lowest);
    double up = 0;
    for (int k = 0; k < n; ++k) {
        const double c = x.col(k).dot(x.col(lowest));
        up += std::exp(beta * c) * (x(2, k) - c * x(2, lowest));
    }
    RC_ASSERT(up > -1e-12);
}

} // namespace
} // namespace attest
