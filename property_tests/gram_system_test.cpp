// The recorded dynamics of pairwise cosines are the model's.

#include "attest/chance/gram_system.hpp"
#include "attest/model/gram.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>

namespace attest::chance {
namespace {

/// In the paper's t: dg/dt = (dg/dx)/(dt/dx), dt/dx = e^x where magnitudes move, r = q e^x.
RC_GTEST_PROP(GramSystem, RatesAreTheModels, ())
{
    const std::string scheme(
        model::scheme_names.at(*rc::gen::inRange<std::size_t>(0, model::scheme_names.size())));
    const long n = *rc::gen::inRange(2, 6);
    const bool late = *rc::gen::arbitrary<bool>() || scheme != "mix-ln";
    Matrix<double> theta(3, n);
    Vector<double> r(n);
    for (long j = 0; j < n; ++j) {
        for (long i = 0; i < 3; ++i) {
            theta(i, j) = *rc::gen::inRange(-100, 100) + 0.5;
        }
        r(j) = *rc::gen::inRange(1, 50) / 10.0;
        theta.col(j).normalize();
    }
    const double x = *rc::gen::inRange(0, 30) / 10.0;
    const Rational from(*rc::gen::inRange(0, 4), 2);
    const GramScheme setting{scheme, n, Rational(3, 2), model::Alpha::parse("1+t/2")};
    const flow::System system = gram_system(setting, late, from);
    const bool growing = moves_magnitudes(scheme, late);
    const double stretch = growing ? std::exp(x) : 1;
    const double t = from.convert_to<double>() + (growing ? std::expm1(x) : x);
    const model::GramState<double> state{theta.transpose() * theta, r};
    const model::Regulation<double> regulation{1 + t / 2, t, late ? 1.0 : 0.0};
    const auto expected = model::with_scheme(scheme, [&]<class S>(S) {
        return model::gram_velocity<S>(state.G, state.r, 1.5, regulation);
    });
    std::map<std::string, double> at{{"x", x}};
    for (long j = 0; j < n; ++j) {
        at[magnitude_name(j)] = r(j) / stretch;
        for (long k = j + 1; k < n; ++k) {
            at[cosine_name(j, k)] = state.G(j, k);
        }
    }
    std::size_t next = 0;
    for (long j = 0; j < n; ++j) {
        for (long k = j + 1; k < n; ++k, ++next) {
            RC_ASSERT(system.states[next] == cosine_name(j, k));
            const double rate = system.rates[next].evaluate<double>(at) / stretch;
            RC_ASSERT(std::fabs(rate - expected.G(j, k)) < 1e-9 * (1 + std::fabs(rate)));
        }
    }
    RC_ASSERT((next < system.states.size()) == has_magnitudes(scheme));
    for (long j = 0; next < system.states.size(); ++j, ++next) {
        // q = r/stretch: q' = r'/(dx/dt stretch) - q.
        const double q = r(j) / stretch;
        const double want = growing ? expected.r(j) - q : expected.r(j);
        RC_ASSERT(std::fabs(system.rates[next].evaluate<double>(at) - want) < 1e-9);
    }
}

TEST(GramSystem, BadInput)
{
    EXPECT_THROW(gram_system({"post-ln", 1, 1}, true, 0), InputError);
    EXPECT_THROW(gram_system({"no-ln", 2, 1}, true, 0), InputError);
}

} // namespace
} // namespace attest::chance
