#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(Section5, Theorem31SaysLessThanItsDescriptions)
{
    testing::expect_claims(theorems::add_section_5,
                           {{"sec5/every-trajectory", ledger::Verdict::Fails}});
}

/// The description follows exactly when the event assumed null covers "R and not S" and leaves
/// room for the theorem.
RC_GTEST_PROP(Section5, DescriptionFollowsOnlyFromTheRightHypothesis, ())
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

} // namespace
} // namespace attest
