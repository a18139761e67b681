#include "matchers.hpp"

#include <cctype>

// The six schemes through one list: what each velocity, each clock and each table has to satisfy,
// and laws of motion that the matchers have to reject.
namespace attest {
namespace {

using model::Particles;
using model::Regulation;
using namespace testing;

class AllSchemes : public ::testing::TestWithParam<std::string_view> {
protected:
    static std::string scheme() { return std::string(GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(Schemes, AllSchemes, ::testing::ValuesIn(model::scheme_names),
                         [](const auto& given) {
                             std::string name;
                             for (const char c : given.param) {
                                 name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
                             }
                             return name;
                         });

TEST_P(AllSchemes, StayOnTheSphere)
{
    EXPECT_TRUE(rc::check([] {
        const Motion motion = motion_of(scheme(), any_regulation());
        require(StaysOnSphere(motion, hard_setting(any_weights())));
    }));
}

TEST_P(AllSchemes, TurnWithTheirCoordinates)
{
    EXPECT_TRUE(rc::check([] {
        const Setting s = hard_setting(any_weights());
        const Motion motion = motion_of(scheme(), any_regulation());
        require(IsRotationEquivariant(motion, s, any_rotation(s.state.theta.rows())));
    }));
}

TEST_P(AllSchemes, DoNotKnowTheirNumbers)
{
    EXPECT_TRUE(rc::check([] {
        const Setting s = hard_setting(any_weights());
        const Motion motion = motion_of(scheme(), any_regulation());
        require(IsPermutationEquivariant(motion, s, any_permutation(s.state.theta.cols())));
    }));
}

TEST_P(AllSchemes, MoveDownTheEnergy)
{
    EXPECT_TRUE(rc::check([] {
        Regulation<double> at = any_regulation();
        at.alpha = std::abs(at.alpha);
        const Setting s = hard_setting(*rc::gen::element(Weights::Identity, Weights::Gradient));
        require(EnergyDecreases(motion_of(scheme(), at), s));
    }));
}

// r_j' = <theta_j, x_j'> and s_j = |P_j A_j| / |theta_j'| from Table 1's x_j' alone, against Table
// 2, for general Q, K, V.
TEST_P(AllSchemes, TableOneGivesTableTwo)
{
    EXPECT_TRUE(rc::check([] {
        Setting s = hard_setting(any_weights());
        const Regulation<double> at = any_regulation();
        if (keeps_sphere(scheme(), at.late)) {
            s.state.r.setOnes();
        }
        const Matrix<double> X_dot =
            model::token_velocity(scheme(), s.attention, model::tokens_of(s.state), at);
        const Matrix<double> A = model::attend(s.attention, s.state.theta);
        for (Eigen::Index j = 0; j < A.cols(); ++j) {
            const Vector<double> theta = s.state.theta.col(j);
            const double r = s.state.r(j);
            const model::TokenView<double> token{
                r, A.col(j).norm(), theta.dot(A.col(j)), at.alpha, at.t, at.late};
            const auto [speed, r_dot] = model::with_scheme(scheme(), [&](auto law) {
                return std::pair{law.speed_factor(token), law.r_dot(token)};
            });
            const double measured_r_dot = theta.dot(X_dot.col(j));
            if (!(std::abs(measured_r_dot - r_dot) < 1e-9 * std::max(1.0, X_dot.col(j).norm()))) {
                RC_FAIL(fmt::format("r' = {} and {} at {}", measured_r_dot, r_dot, shown(s)));
            }
            const Vector<double> P_A = A.col(j) - theta.dot(A.col(j)) * theta;
            const Vector<double> theta_dot = (X_dot.col(j) - measured_r_dot * theta) / r;
            if (P_A.norm() < 1e-5) {
                continue; // at rest no speed can be measured
            }
            const double sign = theta_dot.dot(P_A) < 0 ? -1 : 1;
            const double measured = sign * P_A.norm() / theta_dot.norm();
            if (!(std::abs(measured - speed) < 1e-7 * std::abs(speed))) {
                RC_FAIL(fmt::format("s = {} and {} at {}", measured, speed, shown(s)));
            }
        }
    }));
}

// In a narrow cone V' = (-2 + small) V / s: the bound of the amended (4) with the scheme's own s_j,
// for equal weights and for Q, K with |Q^T K| = 1.
TEST_P(AllSchemes, VarianceDecaysAtTwiceTheSpeed)
{
    EXPECT_TRUE(rc::check([] {
        const long n = *rc::gen::inRange(2, 7);
        const long d = *rc::gen::inRange(2, 5);
        Setting s;
        s.attention.beta = *rc::gen::element(0.0, 1e-3, 1.0, 10.0);
        if (*rc::gen::arbitrary<bool>()) {
            s.attention.Q = any_rotation(d);
            s.attention.K = any_rotation(d);
        }
        const double spread = *rc::gen::element(1.0 / 1024, 1.0 / (1 << 14));
        s.state.theta = model::unit_columns<double>(Vector<double>::Unit(d, 0).replicate(1, n)
                                                    + spread / 4 * any_matrix(d, n));
        s.state.r = Vector<double>::Constant(n, *rc::gen::element(1e-3, 1.0, 50.0));
        Regulation<double> at = any_regulation();
        at.alpha = std::abs(at.alpha);
        const Vector<double> mean = s.state.theta.rowwise().mean();
        const Matrix<double> away = s.state.theta.colwise() - mean;
        const double V = away.squaredNorm() / static_cast<double>(n);
        RC_PRE(V > 1e-14);
        const Matrix<double> dot = motion_of(scheme(), at)(s).theta;
        const double V_dot = 2 * away.cwiseProduct(dot).sum() / static_cast<double>(n);
        const Matrix<double> G = s.state.theta.transpose() * s.state.theta;
        const double delta = 1 - G.minCoeff();
        const double clock = model::with_scheme(scheme(), [&](auto law) {
            // |A| = 1 and <theta, A> = 1 at the top of the cone.
            return law.speed_factor(
                model::TokenView<double>{s.state.r(0), 1.0, 1.0, at.alpha, at.t, at.late});
        });
        const double rate = V_dot / V * clock;
        const double size = static_cast<double>(n);
        const double error =
            2 * std::sqrt(2 * size) * std::expm1(s.attention.beta * std::sqrt(2 * delta))
            + 2 * size * V + 4 * delta + 1e-6;
        if (!(std::abs(rate + 2) <= error)) {
            RC_FAIL(fmt::format("V' s / V = {}, allowed -2 +- {} at {}", rate, error, shown(s)));
        }
    }));
}

// --- the matchers themselves -------------------------------------------------------------------

/// Post-LN changed by something.
Motion broken(const std::function<void(const Setting&, Particles<double>&)>& change)
{
    return [=](const Setting& s) {
        Particles<double> dot = motion_of("post-ln", {})(s);
        change(s, dot);
        return dot;
    };
}

/// Tokens in general position in R^3: no symmetry hides a fault.
Setting generic_setting()
{
    Setting s;
    s.attention.beta = *rc::gen::element(0.5, 1.0, 2.0);
    s.state.theta.resize(3, 4);
    s.state.theta << 1, 0.2, -0.3, 0.5, 0.1, 1, 0.4, -0.7, -0.2, 0.3, 1, 0.6;
    s.state.theta = model::unit_columns<double>(s.state.theta + any_matrix(3, 4) / 64);
    s.state.r = Vector<double>::Ones(4);
    return s;
}

struct Fault {
    const char* name;
    Motion motion;
    bool sphere;
    bool rotation;
    bool permutation;
    bool energy;
};

std::vector<Fault> faults()
{
    const double small = 1e-3;
    return {
        {"none", broken([](const Setting&, Particles<double>&) {}), true, true, true, true},
        {"leak along theta", broken([=](const Setting& s, Particles<double>& dot) {
             dot.theta += small * s.state.theta;
         }),
         false, true, true, false},
        {"wind along an axis", broken([=](const Setting& s, Particles<double>& dot) {
             const Matrix<double> wind =
                 Vector<double>::Unit(3, 1).replicate(1, s.state.theta.cols());
             for (Eigen::Index j = 0; j < wind.cols(); ++j) {
                 dot.theta.col(j) +=
                     small * (wind.col(j) - s.state.theta(1, j) * s.state.theta.col(j));
             }
         }),
         true, false, true, false},
        {"speed by number",
         broken([=](const Setting&, Particles<double>& dot) { dot.theta.col(0) *= 1 + small; }),
         true, true, false, true},
        {"magnitude by number",
         broken([=](const Setting&, Particles<double>& dot) { dot.r(1) += small; }), true, true,
         false, true},
        {"magnitude by coordinate", broken([=](const Setting& s, Particles<double>& dot) {
             dot.r += small * s.state.theta.row(2).transpose();
         }),
         true, false, true, true},
        {"uphill", broken([](const Setting&, Particles<double>& dot) { dot.theta *= -1; }), true,
         true, true, false},
        {"one token uphill",
         broken([](const Setting&, Particles<double>& dot) { dot.theta.col(2) *= -1; }), true, true,
         false, false},
        {"swirl about an axis", broken([](const Setting& s, Particles<double>& dot) {
             dot.theta.row(0) += 0.01 * s.state.theta.row(1);
             dot.theta.row(1) -= 0.01 * s.state.theta.row(0);
         }),
         true, false, true, false},
        {"not a number",
         broken([](const Setting&, Particles<double>& dot) { dot.theta(0, 0) = std::nan(""); }),
         false, false, false, false},
    };
}

TEST(Matchers, RejectBrokenMotionsAndNothingElse)
{
    EXPECT_TRUE(rc::check([] {
        const Setting s = generic_setting();
        const Matrix<double> R = any_rotation(3);
        RC_PRE(R.diagonal().cwiseAbs().maxCoeff() < 0.999); // no axis is left where it is
        const auto P = any_permutation(4);
        RC_PRE(P.indices()(0) != 0 && P.indices()(1) != 1 && P.indices()(2) != 2);
        for (const Fault& fault : faults()) {
            const auto expect = [&](const AssertionResult& result, bool good, const char* matcher) {
                if (static_cast<bool>(result) != good) {
                    RC_FAIL(fmt::format("{}: {} {}: {}", fault.name, matcher,
                                        good ? "rejects" : "accepts", result.message()));
                }
            };
            expect(StaysOnSphere(fault.motion, s), fault.sphere, "StaysOnSphere");
            expect(IsRotationEquivariant(fault.motion, s, R), fault.rotation,
                   "IsRotationEquivariant");
            expect(IsPermutationEquivariant(fault.motion, s, P), fault.permutation,
                   "IsPermutationEquivariant");
            expect(EnergyDecreases(fault.motion, s), fault.energy, "EnergyDecreases");
        }
    }));
}

TEST(Matchers, SayWhatTheyCompared)
{
    const Setting s{{2, {}, {}, {}}, {Matrix<double>::Identity(3, 3), Vector<double>::Ones(3)}};
    const AssertionResult result = StaysOnSphere(faults().at(1).motion, s);
    const std::string message = result.message();
    EXPECT_NE(message.find("token 0"), std::string::npos) << message;
    EXPECT_NE(message.find("beta = 2"), std::string::npos) << message;
    EXPECT_NE(message.find("theta = [1, 0, 0; 0, 1, 0"), std::string::npos) << message;
}

} // namespace
} // namespace attest
