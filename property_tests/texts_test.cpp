#include "claim_cases.hpp"

#include "theorems/random_weights.hpp"

#include <cmath>

namespace attest {
namespace {

TEST(Texts, RemarkOfAppendixCAgreesWithTheorem41)
{
    testing::expect_claims(theorems::add_appendix_c, {});
}

TEST(Texts, Theorem31SaysLessThanItsDescriptions)
{
    testing::expect_claims(theorems::add_section_5,
                           {{"sec5/every-trajectory", ledger::Verdict::Fails}});
}

TEST(Texts, RepresentationCollapseMeansTwoThings)
{
    testing::expect_claims(theorems::add_section_4,
                           {{"intro/representation-collapse-meaning", ledger::Verdict::Fails}});
}

TEST(Texts, Figure4AndItsComparisonWithFigure2)
{
    testing::expect_claims(theorems::add_figure_4, {});
}

/// The description follows exactly when the event assumed null covers "R and not S" and leaves
/// room for the theorem.
RC_GTEST_PROP(Texts, DescriptionFollowsOnlyFromTheRightHypothesis, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_section_5);
    const ledger::Claim& claim = *registry.find("sec5/every-trajectory");
    const auto event = *rc::gen::element<std::string>("S", "R", "S or R", "S and R", "S and not R",
                                                      "R and not S", "nothing");
    const auto quantifier = *rc::gen::element<std::string>("every", "almost every");
    ledger::Statement statement = claim.printed;
    statement.words.at("null event") = event;
    statement.words.at("quantifier") = quantifier;
    const bool follows = quantifier == "almost every" && (event == "R" || event == "R and not S");
    RC_ASSERT(ledger::judge(claim.check(statement, {})).verdict
              == (follows ? ledger::Verdict::Holds : ledger::Verdict::Fails));
}

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
