// Certified runs: the same for any number of threads, and what they certify is what double
// precision sees.

#include "attest/chance/certified_runs.hpp"
#include "attest/chance/stream.hpp"
#include "attest/flow/particle_flow.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::chance {
namespace {

RunSetting three_on_a_circle(const std::string& scheme)
{
    RunSetting s;
    s.scheme = scheme;
    s.n = 3;
    s.d = 2;
    s.until = 1000;
    return s;
}

TEST(CertifiedRuns, SameForAnyNumberOfThreads)
{
    for (const std::string_view scheme : {"post-ln", "mix-ln"}) {
        const RunSetting s = three_on_a_circle(std::string(scheme));
        const auto one = certified_runs(s, 5, 16, 1);
        EXPECT_EQ(one, certified_runs(s, 5, 16, 2));
        EXPECT_EQ(one[11], certified_run(s, 5, 11));
        const RunCounts counts = count(one);
        EXPECT_EQ(counts.runs, 16);
        EXPECT_EQ(counts.certified() + counts.undecided, 16);
        EXPECT_EQ(counts.undecided, 0);
    }
}

// The weights of a certified run, tried on a Runge-Kutta trajectory from the same draw.
TEST(CertifiedRuns, ADoublePrecisionRunEndsInTheSameHemisphere)
{
    for (const std::string_view name : model::scheme_names) {
        const RunSetting s = three_on_a_circle(std::string(name));
        const auto runs = certified_runs(s, 9, 10, 1);
        for (std::size_t k = 0; k < runs.size(); ++k) {
            ASSERT_TRUE(runs[k].pole) << describe(s) << ", run " << k;
            const auto draw = Stream(9, "certified runs: " + describe(s), k).gaussians(0, 6);
            Matrix<double> X(2, 3);
            for (long i = 0; i < 6; ++i) {
                X(i % 2, i / 2) = draw[static_cast<std::size_t>(i)];
            }
            model::Particles<double> p = model::particles_of<double>(X);
            if (runs[k].time > 0) {
                flow::ParticleProblem<double> problem{s.scheme, {1.0, {}, {}, {}}, {}, 1.0};
                problem.alpha = [](const double&) { return 1.0; };
                p = flow::integrate_particles<double>(problem, p, 0.0, runs[k].time, 4000);
            } else {
                p.theta = X;
            }
            Vector<double> weights(3);
            for (long j = 0; j < 3; ++j) {
                weights(j) = (*runs[k].pole)(j).convert_to<double>();
            }
            EXPECT_GT((p.theta.transpose() * (p.theta * weights)).minCoeff(), -1e-6)
                << describe(s) << ", run " << k;
        }
    }
}

// 1 - n/2^{n-1} on the circle.
RC_GTEST_PROP(CertifiedRuns, HemisphereProbabilityIsWendels, ())
{
    const long n = *rc::gen::inRange(2, 30);
    const long d = *rc::gen::inRange(1, 30);
    RC_ASSERT(hemisphere_probability(n, 2) == Rational(n) * pow(Rational(2), 1 - n));
    RC_ASSERT(hemisphere_probability(n, 1) == pow(Rational(2), 1 - n));
    RC_ASSERT((hemisphere_probability(n, d) == 1) == (n <= d));
    // Wendel's recursion.
    RC_ASSERT(hemisphere_probability(n + 1, d + 1)
              == (hemisphere_probability(n, d + 1) + hemisphere_probability(n, d)) / 2);
}

TEST(CertifiedRuns, BadInput)
{
    RunSetting s = three_on_a_circle("post-ln");
    s.d = 1;
    EXPECT_THROW(certified_run(s, 0, 0), InputError);
    s = three_on_a_circle("no-ln");
    EXPECT_THROW(certified_run(s, 0, 0), InputError);
    EXPECT_THROW(hemisphere_probability(0, 1), InputError);
}

} // namespace
} // namespace attest::chance
