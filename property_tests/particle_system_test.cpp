// The particle system as a recorded system: its rates are the model's, its proved runs hold what a
// Runge-Kutta method finds, and end in a hemisphere.

#include "attest/flow/particle_flow.hpp"
#include "attest/flow/particle_system.hpp"
#include "attest/flow/validated_symmetric.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace attest::flow {
namespace {

ExactParticles start_of(std::string_view scheme, const Rational& shift = 0)
{
    ExactParticles p;
    p.scheme = std::string(scheme);
    p.attention.beta = Rational(3, 2);
    p.tau = Rational(1, 3);
    p.theta = Matrix<Rational>(3, 4);
    p.r = Vector<Rational>::Constant(4, Rational(1));
    const std::vector<std::vector<Rational>> plane{{Rational(1, 5), Rational(1, 7) + shift},
                                                   {Rational(3, 2), Rational(1, 3)},
                                                   {Rational(-2, 3), Rational(4, 3)},
                                                   {Rational(-1), Rational(-3, 2)}};
    for (Eigen::Index j = 0; j < 4; ++j) {
        p.theta.col(j) = sphere_point(plane[static_cast<std::size_t>(j)]);
    }
    return p;
}

template <class T>
Matrix<T> converted(const Matrix<Rational>& m)
{
    Matrix<T> out(m.rows(), m.cols());
    for (Eigen::Index i = 0; i < m.rows(); ++i) {
        for (Eigen::Index j = 0; j < m.cols(); ++j) {
            out(i, j) = NumberTraits<T>::from_rational(m(i, j));
        }
    }
    return out;
}

RC_GTEST_PROP(ParticleSystem, RatesAreTheModels, ())
{
    const std::size_t index = *rc::gen::inRange<std::size_t>(0, model::scheme_names.size());
    ExactParticles p =
        start_of(model::scheme_names[index], Rational(*rc::gen::inRange(-50, 50), 100));
    p.alpha = model::Alpha::parse("1+t/2");
    const bool late = *rc::gen::arbitrary<bool>();
    const Rational t0(*rc::gen::inRange(0, 5), 2);
    const System system = particle_system(p, late, "t", t0);
    std::map<std::string, double> at{{"t", 0.25}};
    for (Eigen::Index j = 0; j < 4; ++j) {
        for (Eigen::Index i = 0; i < 3; ++i) {
            at["theta" + std::to_string(j + 1) + "_" + std::to_string(i + 1)] =
                p.theta(i, j).convert_to<double>();
        }
        at["r" + std::to_string(j + 1)] = 1;
    }
    const double t = t0.convert_to<double>() + 0.25;
    const model::Regulation<double> regulation{1 + t / 2, t, late ? 1.0 : 0.0};
    const model::Attention<double> attention{1.5, {}, {}, {}};
    const auto expected = model::particle_velocity<double>(
        p.scheme, attention, {converted<double>(p.theta), Vector<double>::Ones(4)}, regulation);
    for (std::size_t k = 0; k < system.states.size(); ++k) {
        const auto index_of = static_cast<Eigen::Index>(k);
        const double want =
            k < 12 ? expected.theta(index_of % 3, index_of / 3) : expected.r(index_of - 12);
        RC_ASSERT(std::fabs(system.rates[k].evaluate<double>(at) - want) < 1e-13);
    }
}

TEST(ParticleSystem, ProvedRunsHoldWhatRungeKuttaFinds)
{
    for (const std::string_view scheme : model::scheme_names) {
        const ExactParticles p = start_of(scheme);
        ParticleRunOptions options;
        options.until = Rational(2, 5);
        options.digits = 7;
        options.stop_in_hemisphere = false;
        const ParticleTubes run = validated_particles(p, options);
        ASSERT_EQ(run.pieces.size(), scheme == "mix-ln" ? 2U : 1U);
        const auto box =
            run.pieces.back().tube.at(Ball(Rational(options.until - run.pieces.back().t0)));
        ParticleProblem<double> problem{std::string(scheme), {1.5, {}, {}, {}}, {}, 1.0 / 3};
        problem.alpha = [](const double&) { return 1.0; };
        const auto end = integrate_particles<double>(
            problem, {converted<double>(p.theta), Vector<double>::Ones(4)}, 0.0, 0.4, 200);
        for (Eigen::Index j = 0; j < 4; ++j) {
            Ball square;
            for (Eigen::Index i = 0; i < 3; ++i) {
                const Ball& x = box[static_cast<std::size_t>(3 * j + i)];
                EXPECT_NEAR(x.to_double(), end.theta(i, j), 1e-9) << scheme;
                EXPECT_GE(x.certified_digits(), 6) << scheme;
                square += x * x;
            }
            EXPECT_TRUE(square.contains(Rational(1))) << scheme;
        }
    }
}

TEST(ParticleSystem, EverySchemeGathersTheTokensInAHemisphere)
{
    const ExactParticles start = start_of("post-ln");
    ASSERT_EQ(surrounds_origin(start.theta), Truth::True); // in no hemisphere at the start
    for (const std::string_view scheme : model::scheme_names) {
        const ExactParticles p = start_of(scheme);
        ParticleRunOptions options;
        options.digits = 5;
        const ParticleTubes run = validated_particles(p, options);
        ASSERT_TRUE(run.pole.has_value()) << scheme;
        const Tube& last = run.pieces.back().tube;
        EXPECT_TRUE(last.stopped()) << scheme;
        const auto heights = run.heights();
        ASSERT_EQ(heights.size(), 4U);
        const auto box = last.final_box();
        std::map<std::string, Ball> at;
        for (std::size_t i = 0; i < box.size(); ++i) {
            at[last.system().states[i]] = box[i];
        }
        for (const Expr& height : heights) {
            EXPECT_TRUE(is_true(is_positive(height.evaluate<Ball>(at)))) << scheme;
        }
    }
}

TEST(ParticleSystem, TwoOrthogonalTokensFollowTheSymmetricReduction)
{
    for (const std::string_view scheme : model::scheme_names) {
        ExactParticles p;
        p.scheme = std::string(scheme);
        p.attention.beta = 2;
        p.tau = Rational(1, 2);
        p.theta = Matrix<Rational>(2, 2);
        p.theta << Rational(1), Rational(0), Rational(0), Rational(1);
        p.r = Vector<Rational>::Constant(2, Rational(1));
        ParticleRunOptions options;
        options.until = Rational(3, 2);
        options.digits = 13;
        options.stop_in_hemisphere = false;
        const ParticleTubes run = validated_particles(p, options);
        const auto box =
            run.pieces.back().tube.at(Ball(Rational(options.until - run.pieces.back().t0)));
        const Ball gamma = box[0] * box[2] + box[1] * box[3];
        model::SymmetricProblem problem;
        problem.scheme = p.scheme;
        problem.n = 2;
        problem.beta = 2;
        problem.tau = p.tau;
        const SymmetricState symmetric = symmetric_tube(problem, options.until).at(options.until);
        EXPECT_TRUE(gamma.contains(symmetric.gamma)) << scheme;
        EXPECT_GE(gamma.certified_digits(), 8) << scheme;
    }
}

TEST(ParticleSystem, OriginInsideOrOutside)
{
    Matrix<Rational> theta(2, 3);
    theta << Rational(1), Rational(-3, 5), Rational(-3, 5), Rational(0), Rational(4, 5),
        Rational(-4, 5);
    EXPECT_EQ(surrounds_origin(theta), Truth::True);
    theta(0, 0) = 0;
    theta(1, 0) = 1;
    EXPECT_EQ(surrounds_origin(theta), Truth::False);
    EXPECT_EQ(surrounds_origin(Matrix<Rational>(theta.leftCols(2))), Truth::Unknown);
}

TEST(ParticleSystem, BadInputIsNamed)
{
    ExactParticles p = start_of("pre-ln");
    p.theta(0, 0) += Rational(1, 1000);
    EXPECT_THROW(validated_particles(p), InputError);
    p = start_of("pre-ln");
    p.r(1) = 0;
    EXPECT_THROW(validated_particles(p), InputError);
    p = start_of("pre-ln");
    p.scheme = "none";
    EXPECT_THROW(validated_particles(p), InputError);
}

} // namespace
} // namespace attest::flow
