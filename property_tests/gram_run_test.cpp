#include "attest/chance/ensemble/gram_run.hpp"

#include "attest/chance/ensemble/ensemble.hpp"
#include "attest/chance/ensemble/plain_run.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace attest {
namespace {

using chance::EnsembleSetting;
using chance::GramRun;
using chance::RunCurves;

EnsembleSetting small_setting(long n, long d)
{
    EnsembleSetting setting;
    setting.panel = "test";
    setting.n = n;
    setting.d = d;
    setting.beta = 2;
    setting.static_weights = false;
    setting.law = chance::WeightLaw::Normal;
    setting.variance = 1.4 / static_cast<double>(d);
    setting.layers = 4;
    return setting;
}

/// Mean and variance of what was added, with their standard errors squared.
class Moments {
public:
    void add(double x)
    {
        double power = 1;
        for (double& sum : sums_) {
            sum += power;
            power *= x;
        }
    }
    double mean() const { return sums_[1] / sums_[0]; }
    double variance() const { return sums_[2] / sums_[0] - mean() * mean(); }
    double error_of_mean() const { return variance() / sums_[0]; }
    double error_of_variance() const
    {
        const double m = mean();
        const double fourth =
            (sums_[4] - 4 * m * sums_[3] + 6 * m * m * sums_[2]) / sums_[0] - 3 * m * m * m * m;
        return (fourth - variance() * variance()) / sums_[0];
    }

private:
    std::array<double, 5> sums_{};
};

double distance(double a, double b, double error_a, double error_b)
{
    // Rounding: curves that are 1 in both.
    return std::abs(a - b) / std::sqrt(std::max(0.0, error_a + error_b) + 1e-12);
}

/// Means and variances of all curves within five standard errors of the plain simulation's.
void expect_the_law(const EnsembleSetting& setting, std::uint64_t runs)
{
    const std::size_t schemes = model::scheme_names.size();
    const auto times = static_cast<std::size_t>(setting.layers) + 1;
    struct Both {
        Moments plain, chain;
    };
    std::vector<Both> cosine(schemes * times);
    std::vector<Both> magnitude(schemes * times);
    GramRun chain(setting);
    for (std::uint64_t k = 0; k < runs; ++k) {
        const RunCurves a = chance::plain_run(setting, k);
        // Other runs: independent samples.
        const RunCurves b = chain(runs + k);
        for (std::size_t cell = 0; cell < cosine.size(); ++cell) {
            const std::size_t s = cell / times;
            const std::size_t t = cell % times;
            cosine[cell].plain.add(a.cosine[s][t]);
            cosine[cell].chain.add(b.cosine[s][t]);
            magnitude[cell].plain.add(a.magnitude[s][t]);
            magnitude[cell].chain.add(b.magnitude[s][t]);
        }
    }
    for (const auto* curves : {&cosine, &magnitude}) {
        for (std::size_t cell = 0; cell < curves->size(); ++cell) {
            const auto& [plain, sampled] = (*curves)[cell];
            EXPECT_LT(distance(plain.mean(), sampled.mean(), plain.error_of_mean(),
                               sampled.error_of_mean()),
                      5)
                << model::scheme_names[cell / times] << ", t = " << cell % times;
            EXPECT_LT(distance(plain.variance(), sampled.variance(), plain.error_of_variance(),
                               sampled.error_of_variance()),
                      5)
                << model::scheme_names[cell / times] << ", t = " << cell % times;
        }
    }
}

TEST(GramRun, HasTheLawOfThePlainSimulation)
{
    expect_the_law(small_setting(4, 9), 4000);
}

/// All the room that the chain asks for, and a single direction left over.
TEST(GramRun, HasTheLawOfThePlainSimulationAtItsLimit)
{
    expect_the_law(small_setting(3, 6), 4000);
}

/// Enough dimensions for chi numbers by rejection.
TEST(GramRun, HasTheLawOfThePlainSimulationInManyDimensions)
{
    expect_the_law(small_setting(2, 90), 800);
}

RC_GTEST_PROP(GramRun, ARunDependsOnItsNumberAlone, ())
{
    EnsembleSetting setting = small_setting(*rc::gen::inRange(2L, 40L), 80);
    setting.seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto run = *rc::gen::inRange<std::uint64_t>(0, 1000);
    GramRun used(setting);
    used(run + 3);
    const RunCurves again = used(run);
    const RunCurves fresh = GramRun(setting)(run);
    RC_ASSERT(again.cosine == fresh.cosine);
    RC_ASSERT(again.magnitude == fresh.magnitude);
    // The same tokens as the definition's.
    RC_ASSERT(std::abs(again.cosine[0][0] - chance::plain_run(setting, run).cosine[0][0]) < 1e-6);
}

/// Post-LN's tokens become equal up to rounding, where a Gram matrix is least regular.
TEST(GramRun, SurvivesCollapse)
{
    EnsembleSetting setting = chance::panel_setting("5c");
    setting.layers = 48;
    const RunCurves run = GramRun(setting)(1);
    for (std::size_t s = 0; s < run.cosine.size(); ++s) {
        for (const double cosine : run.cosine[s]) {
            EXPECT_TRUE(cosine > -1 && cosine < 1 + 1e-6) << model::scheme_names[s];
        }
    }
    EXPECT_NEAR(run.cosine[0].back(), 1, 1e-6);
}

TEST(GramRun, RefusesOtherLaws)
{
    EnsembleSetting wide = small_setting(4, 7);
    EXPECT_THROW(GramRun{wide}, InputError);
    EnsembleSetting uniform = small_setting(4, 9);
    uniform.law = chance::WeightLaw::KaimingUniform;
    EXPECT_THROW(GramRun{uniform}, InputError);
    EXPECT_THROW(GramRun{chance::panel_setting("5a")}, InputError);
    EXPECT_THROW(chance::arithmetic_named("gram", chance::panel_setting("5a")), InputError);
    EXPECT_EQ(chance::arithmetic_named("auto", chance::panel_setting("5c")),
              chance::Arithmetic::GramChain);
}

} // namespace
} // namespace attest
