#include "theorems/separating_weights.hpp"

#include "attest/flow/particle_flow.hpp"

#include <rapidcheck/gtest.h>

#include <cmath>

namespace attest::theorems {
namespace {

TEST(SeparatingWeights, EachResultIsProved)
{
    for (const Evidence& item :
         {repelling_pair({}), invariant_caps({}), two_cluster_spectrum({})}) {
        EXPECT_TRUE(is_false(item.outcome)) << item.route;
        EXPECT_FALSE(item.certificates.empty()) << item.route;
    }
}

// Post-LN by Runge and Kutta from random starts in the two caps.
RC_GTEST_PROP(SeparatingWeights, TokensStayInTheirCaps, ())
{
    const auto angle = [] { return *rc::gen::inRange(-640, 641) / 1000.0; }; // cos > 4/5
    flow::ParticleProblem<double> problem;
    problem.scheme = "post-ln";
    problem.attention.beta = 1.0 + *rc::gen::inRange(0, 30) / 10.0;
    problem.attention.K = Matrix<double>::Identity(2, 2);
    (*problem.attention.K)(0, 0) = 2;
    problem.attention.V = problem.attention.K;
    const double a = angle();
    const double b = angle();
    model::Particles<double> start{Matrix<double>(2, 2), Vector<double>::Ones(2)};
    start.theta << std::cos(a), -std::cos(b), std::sin(a), std::sin(b);
    const auto end = flow::integrate_particles(problem, start, 0.0, 5.0, 200L);
    RC_ASSERT(end.theta(0, 0) > 0.8);
    RC_ASSERT(end.theta(0, 1) < -0.8);
}

} // namespace
} // namespace attest::theorems
