// The fast velocity is the velocity: against the generic template in double and in balls, on hard
// configurations, for every scheme, number of threads and block of tokens.

#include "matchers.hpp"

#include "attest/model/fast_velocity.hpp"
#include "attest/numbers/precision.hpp"

namespace attest {
namespace {

using model::FastVelocity;
using model::Particles;
using testing::Setting;

Particles<double> fast(const std::string& scheme, const Setting& s,
                       const model::Regulation<double>& at, int threads = 1)
{
    FastVelocity velocity(scheme, s.attention, s.state.theta.rows(), s.state.theta.cols(), threads);
    Particles<double> out;
    velocity.evaluate(s.state, at, out);
    return out;
}

testing::Motion fast_motion(const std::string& scheme, const model::Regulation<double>& at)
{
    return [=](const Setting& s) { return fast(scheme, s, at); };
}

Matrix<Ball> in_balls(const Matrix<double>& m)
{
    Matrix<Ball> out(m.rows(), m.cols());
    for (Eigen::Index k = 0; k < m.size(); ++k) {
        out.reshaped()(k) = Ball::exactly(m.reshaped()(k));
    }
    return out;
}

std::optional<Matrix<Ball>> weights_in_balls(const std::optional<Matrix<double>>& m)
{
    return m ? std::optional(in_balls(*m)) : std::nullopt;
}

double norm_of(const std::optional<Matrix<double>>& m)
{
    return m ? m->norm() : 1;
}

/// How far A_j may be off, with some slack: a score has an error of d + 2 units for each of its
/// sums, beta times which is the relative error of a weight; sums over n tokens and the exponential
/// add n + 4 units.
double allowance(const Setting& s)
{
    constexpr double unit = 0x1p-53;
    const auto d = static_cast<double>(s.state.theta.rows());
    const auto n = static_cast<double>(s.state.theta.cols());
    const double score = norm_of(s.attention.Q) * norm_of(s.attention.K);
    const double weight = std::abs(s.attention.beta) * score * 3 * (d + 2) + n + 4;
    return 4 * unit * (weight + n + d) * norm_of(s.attention.V);
}

/// Differences from the middle of an enclosure that is far narrower than the allowance.
double difference(const Ball& exact, double computed)
{
    return std::abs(Ball(exact - Ball::exactly(computed)).to_double());
}

RC_GTEST_PROP(FastVelocity, LiesInTheEnclosure, ())
{
    const Setting s = testing::hard_setting(testing::any_weights());
    const auto at = testing::any_regulation();
    const std::string scheme = testing::any_scheme();
    const PrecisionScope precision(300);
    const model::Attention<Ball> attention{
        Ball::exactly(s.attention.beta), weights_in_balls(s.attention.Q),
        weights_in_balls(s.attention.K), weights_in_balls(s.attention.V)};
    const Particles<Ball> exact = model::particle_velocity(
        scheme, attention, Particles<Ball>{in_balls(s.state.theta), in_balls(s.state.r)},
        model::Regulation<Ball>{Ball::exactly(at.alpha), Ball::exactly(at.t),
                                Ball::exactly(at.late)});
    const Matrix<double> A = model::attend(s.attention, s.state.theta);
    const Particles<double> computed = fast(scheme, s, at);
    for (Eigen::Index j = 0; j < s.state.r.size(); ++j) {
        const double norm_A = A.col(j).norm(); // at least 1/100
        const double off = allowance(s);
        // s_j and r_j' contain |A_j| once, so its relative error comes on top.
        const double bound = 8 * off * (1 + norm_A) * std::max(1.0, 1 / norm_A);
        const double speed = model::with_scheme(scheme, [&](auto rule) {
            return decltype(rule)::speed_factor(
                model::TokenView<double>{s.state.r(j), norm_A, 0.0, at.alpha, at.t, at.late});
        });
        for (Eigen::Index i = 0; i < A.rows(); ++i) {
            RC_ASSERT(difference(exact.theta(i, j), computed.theta(i, j))
                      <= bound / std::abs(speed));
        }
        RC_ASSERT(difference(exact.r(j), computed.r(j)) <= bound);
    }
}

RC_GTEST_PROP(FastVelocity, IsTheVelocity, ())
{
    const testing::Case c = testing::any_case();
    const Setting s{c.attention, model::particles_of(c.X)};
    testing::require(testing::Agree(model::particle_velocity(c.scheme, c.attention, s.state, c.at),
                                    fast(c.scheme, s, c.at), testing::velocity_rounding,
                                    "fast and generic"));
}

RC_GTEST_PROP(FastVelocity, TurnsAndRenumbersWithItsTokens, ())
{
    const Setting s = testing::hard_setting(testing::any_weights());
    const auto motion = fast_motion(testing::any_scheme(), testing::any_regulation());
    testing::require(testing::StaysOnSphere(motion, s));
    testing::require(
        testing::IsRotationEquivariant(motion, s, testing::any_rotation(s.state.theta.rows())));
    testing::require(testing::IsPermutationEquivariant(
        motion, s, testing::any_permutation(s.state.theta.cols())));
}

/// More tokens and dimensions than a tile, a panel or a task holds.
Setting large_setting(long n, long d, bool general)
{
    srand(5);
    Setting s{{}, {model::unit_columns<double>(Matrix<double>::Random(d, n)), Vector<double>(n)}};
    s.state.r = Vector<double>::LinSpaced(n, 0.5, 2);
    s.attention.beta = 4;
    if (general) {
        s.attention.Q = Matrix<double>::Random(d / 2 + 1, d);
        s.attention.K = Matrix<double>::Random(d / 2 + 1, d);
        s.attention.V = Matrix<double>::Random(d, d);
    }
    return s;
}

TEST(FastVelocity, SameBitsForEveryNumberOfThreads)
{
    const model::Regulation<double> at{1.5, 3.0, 1.0};
    for (const auto& [n, d, general] : {std::tuple{25L, 30L, false},
                                        {25L, 30L, true},
                                        {257L, 40L, false},
                                        {257L, 40L, true},
                                        {60L, 700L, false},
                                        {1100L, 12L, false},
                                        {2100L, 5L, false}}) {
        const Setting s = large_setting(n, d, general);
        const Particles<double> one = fast("peri-ln", s, at, 1);
        const Particles<double> generic =
            model::particle_velocity("peri-ln", s.attention, s.state, at);
        EXPECT_TRUE(testing::Agree(generic, one, 1e-12, "fast and generic"));
        for (const int threads : {2, 3, 8}) {
            const Particles<double> other = fast("peri-ln", s, at, threads);
            EXPECT_TRUE(one.theta == other.theta && one.r == other.r) << n << ' ' << threads;
        }
    }
}

TEST(FastVelocity, TellsTheLeastProduct)
{
    for (const bool general : {false, true}) {
        for (const long n : {1L, 2L, 23L, 24L, 130L, 1100L}) {
            const Setting s = large_setting(n, 7, general);
            FastVelocity velocity("post-ln", s.attention, 7, n, 2);
            Particles<double> out;
            velocity.evaluate(s.state, {}, out);
            EXPECT_NEAR(velocity.least_product(),
                        (s.state.theta.transpose() * s.state.theta).minCoeff(), 1e-15);
        }
    }
}

TEST(FastVelocity, TakesLargeScores)
{
    Setting s = large_setting(40, 3, false);
    s.attention.beta = 1000;
    const auto same = [&] {
        return testing::Agree(model::particle_velocity("pre-ln", s.attention, s.state, {}),
                              fast("pre-ln", s, {}), 1e-10, "fast and generic");
    };
    EXPECT_TRUE(same());
    s.attention.beta = -1000;
    EXPECT_TRUE(same());
    s.attention.beta = 300;
    s.state.theta *= 3; // one common shift would overflow
    EXPECT_TRUE(same());
}

TEST(FastVelocity, DividesByNothingAsTheGenericVelocityDoes)
{
    // n = 2 antipodal with beta = 0: A_j = 0.
    const Setting s{{0.0, {}, {}, {}}, {Matrix<double>(1, 2), Vector<double>::Ones(2)}};
    Setting antipodal = s;
    antipodal.state.theta << 1, -1;
    EXPECT_FALSE(fast("ngpt", antipodal, {}).theta.allFinite());
    EXPECT_FALSE(model::particle_velocity<double>("ngpt", antipodal.attention, antipodal.state, {})
                     .theta.allFinite());
    EXPECT_EQ(fast("pre-ln", antipodal, {}).theta, (Matrix<double>::Zero(1, 2)));
}

TEST(FastVelocity, BadInputIsNamed)
{
    EXPECT_THROW(FastVelocity("post-norm", {}, 2, 2), InputError);
    EXPECT_THROW(FastVelocity("post-ln", {}, 0, 2), InputError);
    EXPECT_THROW(FastVelocity("post-ln", {}, 2, 0), InputError);
    EXPECT_THROW(FastVelocity("post-ln", {}, 2, 2, 0), InputError);
    model::Attention<double> wrong;
    wrong.V = Matrix<double>::Identity(3, 3);
    EXPECT_THROW(FastVelocity("post-ln", wrong, 2, 2), InputError);
    FastVelocity velocity("post-ln", {}, 2, 3);
    Particles<double> out;
    EXPECT_THROW(
        velocity.evaluate({Matrix<double>::Identity(2, 2), Vector<double>::Ones(2)}, {}, out),
        InputError);
}

} // namespace
} // namespace attest
