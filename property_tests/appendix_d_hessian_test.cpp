#include "claim_cases.hpp"
#include "theorems/instability.hpp"

#include <random>

namespace attest {
namespace {

TEST(AppendixDHessian, EveryOtherCriticalPointIsUnstable)
{
    testing::expect_claims(theorems::add_appendix_d_hessian, {});
    EXPECT_TRUE(is_true(theorems::unstable_unless_synchronised()));
}

// The trace at random configurations, critical or not: finite differences of the energy along the
// great circles with velocities P_j v, summed over the coordinate axes v.
RC_GTEST_PROP(AppendixDHessian, TraceByFiniteDifferences, ())
{
    const int n = *rc::gen::inRange(2, 5);
    const int d = *rc::gen::inRange(2, 5);
    const double beta = *rc::gen::inRange(0, 30) / 10.0;
    std::mt19937_64 stream(*rc::gen::arbitrary<std::uint64_t>());
    std::normal_distribution<double> normal;
    Matrix<double> x = Matrix<double>::NullaryExpr(d, n, [&] { return normal(stream); });
    x.colwise().normalize();
    const auto doubled = [&](const Matrix<double>& y) { // -2E, up to a constant where beta = 0
        double sum = 0;
        for (int j = 0; j < n; ++j) {
            for (int k = 0; k < n; ++k) {
                const double c = y.col(j).dot(y.col(k));
                sum += beta == 0 ? c : std::expm1(beta * c) / beta;
            }
        }
        return sum;
    };
    constexpr double h = 1e-4;
    double trace = 0;
    for (int v = 0; v < d; ++v) {
        const auto moved = [&](double t) {
            Matrix<double> y = x;
            for (int j = 0; j < n; ++j) {
                Vector<double> u = -x(v, j) * x.col(j);
                u(v) += 1;
                const double length = u.norm();
                y.col(j) = std::cos(t * length) * x.col(j);
                if (length > 0) {
                    y.col(j) += std::sin(t * length) / length * u;
                }
            }
            return y;
        };
        trace += (doubled(moved(h)) - 2 * doubled(x) + doubled(moved(-h))) / (h * h);
    }
    double formula = 0;
    for (int j = 0; j < n; ++j) {
        for (int k = 0; k < n; ++k) {
            const double c = x.col(j).dot(x.col(k));
            formula += 2 * std::exp(beta * c) * (1 - c) * (beta * (1 - c) * (1 + c) + d - 2 - c);
        }
    }
    RC_ASSERT(std::abs(trace - formula) < 1e-4 * (1 + std::abs(formula)));
}

} // namespace
} // namespace attest
