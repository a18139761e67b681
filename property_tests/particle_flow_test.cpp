#include "attest/flow/particle_flow.hpp"

#include "matchers.hpp"

#include <cmath>
#include <random>

// Whole runs: time changes, switches, reductions and layers against the flow.
namespace attest {
namespace {

using model::Particles;
using model::Regulation;
using namespace testing;

/// A start for runs of length about 1: no stiff attention, magnitudes within a factor of hundred.
Setting calm_setting(Weights weights)
{
    Setting s = hard_setting(weights);
    s.attention.beta = std::min(s.attention.beta, 2.0);
    for (double& r : s.state.r) {
        r = *rc::gen::element(1.0, 0.5, 20.0);
    }
    RC_PRE(well_conditioned(s.attention, s.state.theta));
    return s;
}

using Alpha = std::function<double(double)>;

/// A scheme in time t, with alpha_t and Mix-LN's switch at tau.
TimedMotion in_time(const std::string& scheme, const model::Attention<double>& attention,
                    const Alpha& alpha, double tau)
{
    return [=](double t, const Particles<double>& state) {
        return model::particle_velocity(scheme, attention, state,
                                        {alpha(t), t, t > tau ? 1.0 : 0.0});
    };
}

Alpha any_alpha()
{
    return *rc::gen::element<Alpha>(
        [](double) { return 1.0; }, [](double t) { return std::exp(-t); },
        [](double t) { return 0.5 + t; }, [](double t) { return std::cos(5 * t); });
}

constexpr double never = 1e300;

/// A run that keeps away from A_j = 0, where Peri-LN and nGPT are not smooth, and from r_j = 0,
/// which Pre-LN and Peri-LN reach in finite time where <theta_j, A_j> stays negative.
bool stays_regular(const TimedMotion& motion, const model::Attention<double>& attention,
                   Particles<double> state, double t1)
{
    for (int k = 0; k < 10; ++k) {
        state = march(motion, state, t1 * k / 10, t1 * (k + 1) / 10, 8);
        if (!state.theta.allFinite() || !(state.r.minCoeff() > 0.2)
            || model::attend(attention, state.theta).colwise().norm().minCoeff() < 0.05) {
            return false;
        }
    }
    return true;
}

// --- time changes ------------------------------------------------------------------------------

// Proposition D.2 for every scheme: with t = t(tau) the speed factors s_j(t) become
// s_j(t(tau)) / t'(tau), and magnitudes follow the same clock.
RC_GTEST_PROP(ParticleFlow, AnyClockLeadsAlongTheSamePath, ())
{
    struct Clock {
        Alpha t;
        Alpha rate; ///< t'(tau)
        double end; ///< t(end) = 1
    };
    const Setting s = calm_setting(any_weights());
    const TimedMotion motion = in_time(any_scheme(), s.attention, any_alpha(), never);
    RC_PRE(stays_regular(motion, s.attention, s.state, 1));
    const Clock clock = *rc::gen::element<Clock>(
        Clock{[](double x) { return std::expm1(x); }, [](double x) { return std::exp(x); },
              std::log(2.0)},
        Clock{[](double x) { return x * x; }, [](double x) { return 2 * x; }, 1.0},
        Clock{[](double x) { return std::sinh(x); }, [](double x) { return std::cosh(x); },
              std::asinh(1.0)});
    const TimedMotion changed = [&](double x, const Particles<double>& state) {
        Particles<double> dot = motion(clock.t(x), state);
        dot.theta *= clock.rate(x);
        dot.r *= clock.rate(x);
        return dot;
    };
    require(Agree(march(motion, s.state, 0, 1, 200), march(changed, s.state, 0, clock.end, 200),
                  1e-6, "the clock changed the path from " + shown(s)));
}

// sqrt-scaling is Post-LN in tau = 2 (sqrt(t+1) - 1).
RC_GTEST_PROP(ParticleFlow, SqrtScalingIsPostLnOnASlowClock, ())
{
    const Setting s = calm_setting(any_weights());
    const double t1 = *rc::gen::element(0.5, 3.0, 8.0);
    const Alpha one = [](double) { return 1.0; };
    const auto slow = march(in_time("sqrt-scaling", s.attention, one, never), s.state, 0, t1, 300);
    const auto fast = march(in_time("post-ln", s.attention, one, never), s.state, 0,
                            2 * (std::sqrt(t1 + 1) - 1), 300);
    require(Agree(slow, fast, 1e-6, "from " + shown(s)));
}

// nGPT with alpha_t is nGPT with alpha = 1 in int alpha; backwards where alpha_t < 0.
RC_GTEST_PROP(ParticleFlow, AlphaIsAClock, ())
{
    struct Clocked {
        Alpha alpha;
        double integral; ///< over [0, 1]
    };
    const Setting s = calm_setting(any_weights());
    const Clocked c = *rc::gen::element<Clocked>(
        Clocked{[](double t) { return std::exp(-t); }, -std::expm1(-1.0)},
        Clocked{[](double t) { return 0.5 + t; }, 1.0},
        Clocked{[](double t) { return std::cos(5 * t); }, std::sin(5.0) / 5},
        Clocked{[](double t) { return 1 / ((1 + t) * (1 + t)); }, 0.5});
    const TimedMotion with_alpha = in_time("ngpt", s.attention, c.alpha, never);
    const TimedMotion plain = in_time(
        "ngpt", s.attention, [](double) { return 1.0; }, never);
    RC_PRE(stays_regular(with_alpha, s.attention, s.state, 1));
    RC_PRE(stays_regular(plain, s.attention, s.state, c.integral));
    require(Agree(march(with_alpha, s.state, 0, 1, 300), march(plain, s.state, 0, c.integral, 300),
                  1e-6, "from " + shown(s)));
}

// What these comparisons would say of nearly right clocks and switches.
TEST(ParticleFlow, AWrongClockIsSeen)
{
    Matrix<double> X(3, 4);
    X << 1, 0.2, -0.3, 0.5, 0.1, 1, 0.4, -0.7, -0.2, 0.3, 1, 0.6;
    const Particles<double> start = model::particles_of(X);
    const model::Attention<double> attention{1, {}, {}, {}};
    const Alpha one = [](double) { return 1.0; };
    const auto end = [&](const char* scheme, double t, double tau, const Alpha& alpha) {
        return march(in_time(scheme, attention, alpha, tau), start, 0, t, 200);
    };
    const double right = 2 * (std::sqrt(4.0) - 1);
    const auto slow = end("sqrt-scaling", 3, never, one);
    EXPECT_TRUE(Agree(slow, end("post-ln", right, never, one), 1e-6, ""));
    EXPECT_FALSE(Agree(slow, end("post-ln", right * (1 + 1e-4), never, one), 1e-6, ""));
    EXPECT_FALSE(Agree(slow, end("post-ln", 2 * std::sqrt(3.0), never, one), 1e-6, ""));
    const auto half = end("ngpt", 1, never, [](double t) { return t; });
    EXPECT_TRUE(Agree(half, end("ngpt", 0.5, never, one), 1e-6, ""));
    EXPECT_FALSE(Agree(half, end("ngpt", 0.501, never, one), 1e-6, ""));
    EXPECT_FALSE(Agree(end("mix-ln", 1, 0.5, one), end("mix-ln", 1, 0.51, one), 1e-6, ""));
    EXPECT_FALSE(Agree(end("peri-ln", 1, never, one), end("pre-ln", 1, never, one), 1e-6, ""));
}

// --- reductions --------------------------------------------------------------------------------

// Mix-LN is Post-LN to tau and Pre-LN after it, by the library's stepping through the switch.
RC_GTEST_PROP(ParticleFlow, MixIsPostThenPre, ())
{
    const Setting s = calm_setting(any_weights());
    flow::ParticleProblem<double> problem;
    problem.scheme = "mix-ln";
    problem.attention = s.attention;
    problem.tau = *rc::gen::element(0.0, 0.3, 0.99, 2.0);
    RC_PRE(stays_regular(in_time(
                             "mix-ln", s.attention, [](double) { return 1.0; }, problem.tau),
                         s.attention, s.state, 1));
    const auto mixed = flow::integrate_particles(problem, s.state, 0.0, 1.0, 64);
    const double tau = std::min(problem.tau, 1.0);
    problem.scheme = "post-ln";
    const auto half = tau > 0 ? flow::integrate_particles(problem, s.state, 0.0, tau, 64) : s.state;
    problem.scheme = "pre-ln";
    const auto composed = tau < 1 ? flow::integrate_particles(problem, half, tau, 1.0, 64) : half;
    require(Agree(mixed, composed, 1e-7, "from " + shown(s)));
}

// From equal angles and magnitudes every pair follows Appendix A's equations.
RC_GTEST_PROP(ParticleFlow, SymmetricStartFollowsAppendixA, ())
{
    const std::string scheme = any_scheme();
    const long n = *rc::gen::inRange(2, 7);
    const double beta = *rc::gen::element(0.0, 1e-8, 1.0, 4.0);
    const double r0 = *rc::gen::element(0.1, 1.0, 30.0);
    const double gamma0 = *rc::gen::element(0.0, 0.0, 0.3, 0.999999, -0.4 / static_cast<double>(n));
    const Alpha alpha = [](double t) { return 0.5 + t; };
    const double tau = *rc::gen::element(-1.0, 2.0); // late from the start, or never
    const model::Attention<double> attention{beta, {}, {}, {}};
    const Particles<double> start{model::symmetric_directions(n, gamma0),
                                  Vector<double>::Constant(n, r0)};
    const long steps = r0 < 1 ? 1000 : 200;
    const auto end = march(in_time(scheme, attention, alpha, tau), start, 0, 1, steps);
    // The symmetric pair as one "token" (gamma, r) of the same stepping.
    const TimedMotion pair = [&](double t, const Particles<double>& state) {
        const model::SymmetricPoint<double> p{
            state.theta(0, 0), state.r(0), static_cast<double>(n), beta,
            alpha(t),          t,          t > tau ? 1.0 : 0.0};
        const auto [gamma_dot, r_dot] = model::with_scheme(scheme, [&](auto law) {
            return std::pair{law.gamma_dot(p), law.symmetric_r_dot(p)};
        });
        return Particles<double>{Matrix<double>::Constant(1, 1, gamma_dot),
                                 Vector<double>::Constant(1, r_dot)};
    };
    const auto expected =
        march(pair, {Matrix<double>::Constant(1, 1, gamma0), Vector<double>::Constant(1, r0)}, 0, 1,
              steps);
    const Matrix<double> G = end.theta.transpose() * end.theta;
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index k = 0; k < j; ++k) {
            if (!(std::abs(G(j, k) - expected.theta(0, 0)) < 1e-7)) {
                RC_FAIL(fmt::format("{}, n = {}, beta = {}, r0 = {}, gamma0 = {}: gamma(1) = {} of "
                                    "pair {}, {} and {} from the equation",
                                    scheme, n, beta, r0, gamma0, G(j, k), j, k,
                                    expected.theta(0, 0)));
            }
        }
        if (!(std::abs(end.r(j) - expected.r(0)) < 1e-7 * std::max(1.0, r0))) {
            RC_FAIL(fmt::format("{}, n = {}, beta = {}, r0 = {}, gamma0 = {}, tau = {}: r(1) = {} "
                                "and {} from the equation",
                                scheme, n, beta, r0, gamma0, tau, end.r(j), expected.r(0)));
        }
    }
}

// Gram form and particle form flow to the same angles.
RC_GTEST_PROP(ParticleFlow, GramFormFlowsAlike, ())
{
    const std::string scheme = any_scheme();
    const Setting s = calm_setting(Weights::Identity);
    const Alpha alpha = any_alpha();
    const TimedMotion motion = in_time(scheme, s.attention, alpha, 0.5);
    RC_PRE(stays_regular(motion, s.attention, s.state, 0.5));
    const auto end = march(motion, s.state, 0, 0.5, 100);
    const TimedMotion gram = [&](double t, const Particles<double>& state) {
        const auto dot = model::gram_velocity<double>(scheme, {state.theta, state.r},
                                                      s.attention.beta, {alpha(t), t, 0.0});
        return Particles<double>{dot.G, dot.r};
    };
    const Particles<double> start{Matrix<double>(s.state.theta.transpose() * s.state.theta),
                                  s.state.r};
    require(Agree({Matrix<double>(end.theta.transpose() * end.theta), end.r},
                  march(gram, start, 0, 0.5, 100), 1e-6, "from " + shown(s)));
}

// --- energy and sphere along a run -------------------------------------------------------------

RC_GTEST_PROP(ParticleFlow, EnergyNeverRises, ())
{
    Setting s = calm_setting(*rc::gen::element(Weights::Identity, Weights::Gradient));
    const TimedMotion motion = in_time(
        any_scheme(), s.attention, [](double t) { return std::exp(-t); }, 0.5);
    RC_PRE(stays_regular(motion, s.attention, s.state, 1));
    const double first = energy(s, 1.0);
    double last = first;
    for (int k = 0; k < 8; ++k) {
        s.state = march(motion, s.state, 0.125 * k, 0.125 * (k + 1), 25);
        const double now = energy(s, 1.0);
        if (!(now <= last + 1e-9 * std::abs(first))) {
            RC_FAIL(fmt::format("energy rises from {} to {} at {}", last, now, shown(s)));
        }
        last = now;
    }
    require(StaysOnSphere(s.state, 1e-6));
}

// --- layers ------------------------------------------------------------------------------------

// N layers with step 1/N end at the flow with an error of first order in 1/N.
RC_GTEST_PROP(ParticleFlow, LayersAreOfFirstOrder, ())
{
    const std::string scheme = any_scheme();
    Setting s = calm_setting(any_weights());
    s.state.r.setOnes();
    const Alpha alpha = [](double t) { return 0.5 + t; };
    const double tau = 0.5;
    const TimedMotion motion = in_time(scheme, s.attention, alpha, tau);
    RC_PRE(stays_regular(motion, s.attention, s.state, 1));
    const auto before = march(motion, s.state, 0, tau, 200);
    const Matrix<double> exact = model::tokens_of(
        march(in_time(scheme, s.attention, alpha, tau - 1e-12), before, tau, 1, 200));
    const auto error = [&](int layers) {
        Matrix<double> X = model::tokens_of(s.state);
        const double h = 1.0 / layers;
        for (int k = 0; k < layers; ++k) {
            const double t = h * k;
            X = model::layer_update(scheme, s.attention, X, h,
                                    Regulation<double>{alpha(t), t, 2 * k >= layers ? 1.0 : 0.0});
        }
        return (X - exact).norm();
    };
    const double coarse = error(256);
    const double fine = error(512);
    RC_PRE(coarse < 0.05); // in the range where the order can be seen
    const bool negligible = coarse < 1e-6;
    const double order = std::log2(coarse / fine);
    if (!(negligible || (order > 0.8 && order < 1.3) || (coarse < 1e-4 && order > 0.8))) {
        RC_FAIL(fmt::format("{}: errors {} and {}, order {} from {}", scheme, coarse, fine, order,
                            shown(s)));
    }
}

// --- clustering --------------------------------------------------------------------------------

/// Uniform directions, from a stream that is the same everywhere.
Matrix<double> random_directions(long d, long n, unsigned seed)
{
    std::mt19937 stream(seed);
    const auto uniform = [&] { return static_cast<double>(stream()) / 4294967296.0; };
    Matrix<double> X(d, n);
    for (double& x : X.reshaped()) { // Irwin and Hall: nearly normal
        x = -6;
        for (int k = 0; k < 12; ++k) {
            x += uniform();
        }
    }
    return model::unit_columns(X);
}

class Clustering : public ::testing::TestWithParam<std::string_view> {};

INSTANTIATE_TEST_SUITE_P(Schemes, Clustering, ::testing::ValuesIn(model::scheme_names),
                         [](const auto& given) {
                             std::string name(given.param);
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

// Random tokens reach one cluster, on the clock of the scheme: t = e^x - 1 where magnitudes grow.
TEST_P(Clustering, OfRandomTokensIntoOne)
{
    const std::string scheme(GetParam());
    for (unsigned seed = 1; seed <= 8; ++seed) {
        const long d = 2 + seed % 3;
        const long n = 3 + seed % 4;
        const Particles<double> start{random_directions(d, n, seed), Vector<double>::Ones(n)};
        const model::Attention<double> attention{seed % 2 == 0 ? 1.0 : 0.25, {}, {}, {}};
        const TimedMotion motion = in_time(
            scheme, attention, [](double) { return 1.0; }, 1.0);
        const bool slow = scheme != "post-ln" && scheme != "ngpt";
        const TimedMotion on_its_clock = [&](double x, const Particles<double>& state) {
            Particles<double> dot = motion(slow ? std::expm1(x) : x, state);
            dot.theta *= slow ? std::exp(x) : 1;
            dot.r *= slow ? std::exp(x) : 1;
            return dot;
        };
        const double end = scheme == "sqrt-scaling" ? 6 : slow ? 16 : 30;
        const auto state = march(on_its_clock, start, 0, end, 3000);
        const Matrix<double> G = state.theta.transpose() * state.theta;
        EXPECT_GT(G.minCoeff(), 1 - 1e-4) << scheme << ", seed " << seed;
        EXPECT_TRUE(StaysOnSphere(state, 1e-5));
    }
}

} // namespace
} // namespace attest
