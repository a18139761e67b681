// Proved symmetric runs against the closed forms of SymmetricClock, and against each other.

#include "attest/flow/clock.hpp"
#include "attest/flow/validated_symmetric.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::flow {
namespace {

model::SymmetricProblem any_tube_problem()
{
    model::SymmetricProblem p;
    const std::size_t index = *rc::gen::inRange<std::size_t>(0, model::scheme_names.size());
    p.scheme = std::string(model::scheme_names[index]);
    p.n = *rc::gen::element(2L, 3L, 10L, 256L);
    p.beta = *rc::gen::element(Rational(0), Rational(1, 10), Rational(1), Rational(5));
    p.r0 = *rc::gen::element(Rational(1, 3), Rational(1), Rational(10));
    p.tau = *rc::gen::element(Rational(0), Rational(1, 7), Rational(2));
    p.mix_magnitude = *rc::gen::element(model::MixMagnitude::Table1, model::MixMagnitude::Table2);
    p.gamma0 = *rc::gen::element(Rational(0), Rational(1, 4), Rational(9, 10));
    const std::vector<std::string> alphas{"1", "1/3", "root", "linear"};
    p.alpha = model::Alpha::parse(*rc::gen::elementOf(alphas));
    return p;
}

RC_GTEST_PROP(ValidatedSymmetric, AgreesWithTheClosedForms, ())
{
    const model::SymmetricProblem problem = any_tube_problem();
    SymmetricTubeOptions options;
    options.digits = 20;
    options.log_time = *rc::gen::arbitrary<bool>();
    const Rational end = *rc::gen::element(Rational(1, 3), Rational(5, 2), Rational(30));
    const SymmetricTube tube = symmetric_tube(problem, end, options);
    const std::vector<Rational> times{Rational(end / 7), Rational(end / 2), end};
    const std::vector<ClockState> reference = states_at(problem, times, 30);
    const PrecisionScope scope(300);
    for (std::size_t k = 0; k < times.size(); ++k) {
        const SymmetricState here = tube.at(times[k]);
        RC_ASSERT(here.epsilon.overlaps(reference[k].epsilon));
        RC_ASSERT(here.gamma.overlaps(reference[k].gamma));
        RC_ASSERT(here.r.overlaps(reference[k].r));
        RC_ASSERT(here.epsilon.is_exact() || here.epsilon.certified_digits() >= 18);
        RC_ASSERT(here.r.is_exact() || here.r.certified_digits() >= 18);
    }
    const SymmetricState all = tube.over(times[0], times[1]);
    RC_ASSERT(all.epsilon.contains(reference[0].epsilon));
    RC_ASSERT(all.epsilon.contains(reference[1].epsilon));
    RC_ASSERT(all.r.overlaps(reference[0].r));
    RC_ASSERT(all.r.overlaps(reference[1].r));
}

TEST(ValidatedSymmetric, WithoutAttentionWeightsPostLnIsLogistic)
{
    // beta = 0: 1/epsilon - (n-1)/n = (1/epsilon_0 - (n-1)/n) e^{2t}.
    model::SymmetricProblem problem;
    problem.scheme = "post-ln";
    problem.n = 7;
    problem.beta = 0;
    problem.gamma0 = Rational(1, 3);
    const SymmetricTube tube = symmetric_tube(problem, 4);
    const PrecisionScope scope(300);
    const Ball excess(Rational(Rational(3, 2) - Rational(6, 7)));
    const Ball exact = 1 / (excess * exp(Ball(8)) + Ball(Rational(6, 7)));
    EXPECT_TRUE(tube.at(4).epsilon.contains(exact));
    EXPECT_GE(tube.at(4).epsilon.certified_digits(), 30);
}

TEST(ValidatedSymmetric, EverySchemeReachesAMillionInLogarithmicTime)
{
    for (const std::string_view scheme : model::scheme_names) {
        model::SymmetricProblem problem;
        problem.scheme = std::string(scheme);
        problem.n = 256;
        problem.beta = 5;
        SymmetricTubeOptions options;
        options.log_time = true;
        const Rational end = 1'000'000;
        const SymmetricTube tube = symmetric_tube(problem, end, options);
        const SymmetricState last = tube.at(end);
        const ClockState reference = states_at(problem, {end}, 40).front();
        EXPECT_TRUE(last.epsilon.overlaps(reference.epsilon)) << scheme;
        EXPECT_TRUE(last.r.overlaps(reference.r)) << scheme;
        EXPECT_GE(last.epsilon.certified_digits(), 30) << scheme;
        EXPECT_LT(tube.steps(), 250U) << scheme;
    }
}

TEST(ValidatedSymmetric, TheOtherCoordinateServesWhereGammaFallsToItsLeastValue)
{
    // alpha_t < 0 drives gamma towards -1/(n-1).
    model::SymmetricProblem problem;
    problem.scheme = "ngpt";
    problem.n = 4;
    problem.beta = 1;
    problem.alpha = model::Alpha::parse("-1");
    const SymmetricTube tube = symmetric_tube(problem, 6);
    const ClockState reference = states_at(problem, {6}, 40).front();
    EXPECT_TRUE(tube.at(6).epsilon.overlaps(reference.epsilon));
    EXPECT_GE(tube.at(6).epsilon.certified_digits(), 30);
}

TEST(ValidatedSymmetric, ABoxOfStartsIsCarriedAlong)
{
    // Pre-LN from gamma = 0 with v off by up to 1/2000, r off by up to 1/2000.
    model::SymmetricProblem problem;
    problem.scheme = "pre-ln";
    problem.n = 16;
    problem.beta = 2;
    const System system =
        symmetric_system(problem, SymmetricCoordinate::Decay, false, StageClock::Shifted, 0, 1);
    ValidatedOptions options;
    options.as_written = true;
    options.absolute = {true, false};
    const Rational half(1, 2000);
    const Tube box = ValidatedIntegrator(system, options)
                         .integrate(0, {{-half, half}, {1 - half, 1 + half}}, 200);
    const Tube point =
        ValidatedIntegrator(system, options).integrate(0, {Rational(0), Rational(1)}, 200);
    for (std::size_t i = 0; i < 2; ++i) {
        const Ball wide = box.final_box()[i];
        EXPECT_TRUE(wide.contains(point.final_box()[i]));
        EXPECT_LT(mag_get_d(arb_radref(wide.raw())), 0.02);
    }
}

TEST(ValidatedSymmetric, BadInputIsNamed)
{
    model::SymmetricProblem problem;
    EXPECT_THROW(symmetric_tube(problem, 0), InputError);
    SymmetricTubeOptions options;
    options.digits = 0;
    EXPECT_THROW(symmetric_tube(problem, 1, options), InputError);
    const SymmetricTube tube = symmetric_tube(problem, 1);
    EXPECT_THROW(tube.at(2), InputError);
    EXPECT_THROW(tube.over(1, 2), InputError);
    problem.beta = -1;
    EXPECT_THROW(symmetric_tube(problem, 1), InputError);
}

} // namespace
} // namespace attest::flow
