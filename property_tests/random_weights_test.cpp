#include "claim_cases.hpp"

#include "theorems/random_weights.hpp"

#include <cmath>

namespace attest {
namespace {

theorems::RandomWeights small_setting()
{
    theorems::RandomWeights setting;
    setting.seed = *rc::gen::arbitrary<unsigned long long>();
    setting.runs = *rc::gen::inRange(1, 5);
    setting.layers = *rc::gen::inRange(1, 6);
    setting.n = *rc::gen::inRange(2, 9);
    setting.d = *rc::gen::inRange(2, 12);
    return setting;
}

RC_GTEST_PROP(RandomWeights, TheNumberOfThreadsDoesNotMatter, ())
{
    theorems::RandomWeights setting = small_setting();
    const auto one = theorems::simulate_random_weights(setting);
    setting.threads = *rc::gen::inRange(2, 5);
    const auto several = theorems::simulate_random_weights(setting);
    RC_ASSERT(one.size() == several.size());
    for (std::size_t k = 0; k < one.size(); ++k) {
        RC_ASSERT(one[k].cosine == several[k].cosine);
    }
}

RC_GTEST_PROP(RandomWeights, MoreRunsKeepTheEarlierOnes, ())
{
    theorems::RandomWeights setting = small_setting();
    const auto few = theorems::simulate_random_weights(setting);
    setting.runs += 2;
    const auto more = theorems::simulate_random_weights(setting);
    for (std::size_t k = 0; k < few.size(); ++k) {
        RC_ASSERT(few[k].cosine == more[k].cosine);
    }
}

/// Unit tokens: the sum of all n^2 cosines is a square, hence the average over pairs is at least
/// -1/(n-1); the first layer of the schemes that differ in the magnitude only is the same.
RC_GTEST_PROP(RandomWeights, CosinesAreCosines, ())
{
    const theorems::RandomWeights setting = small_setting();
    const double lowest = -1 / static_cast<double>(setting.n - 1);
    for (const theorems::SimulatedRun& run : theorems::simulate_random_weights(setting)) {
        for (const std::string_view scheme : model::scheme_names) {
            RC_ASSERT(run.of(scheme).size() == static_cast<std::size_t>(setting.layers + 1));
            for (const double cosine : run.of(scheme)) {
                RC_ASSERT(cosine >= lowest - 1e-12);
                RC_ASSERT(cosine <= 1 + 1e-12);
            }
        }
        RC_ASSERT(std::abs(run.of("post-ln")[1] - run.of("pre-ln")[1]) < 1e-12);
        RC_ASSERT(std::abs(run.of("ngpt")[1] - run.of("peri-ln")[1]) < 1e-12);
    }
}

TEST(RandomWeights, BadInputIsNamed)
{
    theorems::RandomWeights setting;
    setting.n = 1;
    EXPECT_THROW(theorems::simulate_random_weights(setting), InputError);
    EXPECT_THROW(theorems::SimulatedRun{}.of("layernorm"), InputError);
}

} // namespace
} // namespace attest
