#include "attest/ledger/verdict.hpp"

#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace attest::ledger {
namespace {

Evidence route(Truth outcome, Strength strength, ScopeKind scope = ScopeKind::Points,
               bool carries = true)
{
    Evidence item;
    item.route = "route";
    item.outcome = outcome;
    item.strength = strength;
    item.scope = {scope, "somewhere"};
    item.carries = carries;
    return item;
}

Judgement judged(std::vector<Evidence> evidence)
{
    Judgement judgement;
    judgement.evidence = std::move(evidence);
    return judge(std::move(judgement));
}

TEST(Judge, NothingIsUndecided)
{
    const Judgement empty = judged({});
    EXPECT_EQ(empty.verdict, Verdict::Undecided);
    EXPECT_EQ(empty.strength, Strength::None);
    EXPECT_EQ(empty.scope.kind, ScopeKind::Nothing);
    EXPECT_FALSE(empty.digits || empty.bits);
}

TEST(Judge, UnknownNeverPasses)
{
    EXPECT_EQ(judged({route(Truth::Unknown, Strength::Exact, ScopeKind::All)}).verdict,
              Verdict::Undecided);
    EXPECT_EQ(judged({Evidence{}}).verdict, Verdict::Undecided);
    EXPECT_EQ(judged({route(Truth::Unknown, Strength::Exact),
                      route(Truth::True, Strength::Exact, ScopeKind::All, false)})
                  .verdict,
              Verdict::Undecided);
}

TEST(Judge, SupportAloneDoesNotCarry)
{
    const auto support = route(Truth::True, Strength::Exact, ScopeKind::All, false);
    EXPECT_EQ(judged({support}).verdict, Verdict::Undecided);
    const Judgement both = judged({support, route(Truth::True, Strength::Numeric)});
    EXPECT_EQ(both.verdict, Verdict::Holds);
    EXPECT_EQ(both.strength, Strength::Numeric);
    // A route that cannot carry "holds" can refute all the same.
    EXPECT_EQ(judged({route(Truth::False, Strength::Enclosed, ScopeKind::Points, false)}).verdict,
              Verdict::Fails);
}

TEST(Judge, ContradictingRoutesDisagree)
{
    const auto yes = route(Truth::True, Strength::Exact, ScopeKind::All);
    const auto no = route(Truth::False, Strength::Statistical, ScopeKind::Sample);
    for (const auto& evidence : {std::vector{yes, no}, std::vector{no, yes}}) {
        const Judgement judgement = judged(evidence);
        EXPECT_EQ(judgement.verdict, Verdict::Disagreement);
        EXPECT_EQ(judgement.strength, Strength::None);
    }
}

// Holds: the widest scope counts first, strength among equals. Fails: the strongest refutation.
TEST(Judge, StrengthAndScopeOfTheCarrier)
{
    const Judgement holds = judged({route(Truth::True, Strength::Exact, ScopeKind::Points),
                                    route(Truth::True, Strength::Enclosed, ScopeKind::All),
                                    route(Truth::True, Strength::Numeric, ScopeKind::All)});
    EXPECT_EQ(holds.strength, Strength::Enclosed);
    EXPECT_EQ(holds.scope.kind, ScopeKind::All);
    const Judgement fails = judged({route(Truth::False, Strength::Exact, ScopeKind::Points),
                                    route(Truth::False, Strength::Enclosed, ScopeKind::All)});
    EXPECT_EQ(fails.strength, Strength::Exact);
    EXPECT_EQ(fails.scope.kind, ScopeKind::Points);
}

TEST(Judge, DigitsAreTheFewestAndBitsTheCarriers)
{
    Evidence a = route(Truth::True, Strength::Exact, ScopeKind::All);
    a.bits = 300;
    a.digits = 50;
    Evidence b = route(Truth::True, Strength::Numeric);
    b.bits = 100;
    b.digits = 12;
    const Judgement judgement = judged({b, a});
    EXPECT_EQ(judgement.digits, 12);
    EXPECT_EQ(judgement.bits, 300);
}

TEST(Judge, KeepsWhatItIsGiven)
{
    Judgement given;
    given.slack = Slack{"1", "2"};
    given.confidence = "0.99";
    given.counterexample = Counterexample{{{"n", "2"}}, "shows", "attest verify x"};
    given.verdict = Verdict::Holds; // a typed verdict does not survive
    given.strength = Strength::Exact;
    const Judgement judgement = judge(given);
    EXPECT_EQ(judgement.slack, given.slack);
    EXPECT_EQ(judgement.confidence, given.confidence);
    EXPECT_EQ(judgement.counterexample, given.counterexample);
    EXPECT_EQ(judgement.verdict, Verdict::Undecided);
    EXPECT_EQ(judgement.strength, Strength::None);
}

Evidence any_route()
{
    return route(*rc::gen::element(Truth::True, Truth::False, Truth::Unknown),
                 *rc::gen::element(Strength::None, Strength::Statistical, Strength::Numeric,
                                   Strength::Enclosed, Strength::Exact),
                 *rc::gen::element(ScopeKind::Nothing, ScopeKind::Sample, ScopeKind::Points,
                                   ScopeKind::Box, ScopeKind::All),
                 *rc::gen::arbitrary<bool>());
}

RC_GTEST_PROP(Judge, IsTheRuleInWordsAndIdempotent, ())
{
    std::vector<Evidence> evidence;
    for (int k = *rc::gen::inRange(0, 5); k > 0; --k) {
        evidence.push_back(any_route());
    }
    const bool proved = std::any_of(evidence.begin(), evidence.end(), [](const Evidence& item) {
        return is_true(item.outcome) && item.carries;
    });
    const bool refuted = std::any_of(evidence.begin(), evidence.end(),
                                     [](const Evidence& item) { return is_false(item.outcome); });
    const Verdict expected = proved && refuted ? Verdict::Disagreement
                             : refuted         ? Verdict::Fails
                             : proved          ? Verdict::Holds
                                               : Verdict::Undecided;
    const Judgement judgement = judged(evidence);
    RC_ASSERT(judgement.verdict == expected);
    RC_ASSERT(judge(judgement) == judgement);
    // The order of routes is of no account.
    std::reverse(evidence.begin(), evidence.end());
    const Judgement reversed = judged(evidence);
    RC_ASSERT(reversed.verdict == expected);
    RC_ASSERT(reversed.strength == judgement.strength);
    RC_ASSERT(reversed.scope == judgement.scope);
    // One more False never gives "holds"; one more Unknown changes nothing.
    evidence.push_back(route(Truth::Unknown, Strength::Exact, ScopeKind::All));
    RC_ASSERT(judged(evidence).verdict == expected);
    evidence.push_back(route(Truth::False, Strength::Numeric));
    RC_ASSERT(judged(evidence).verdict != Verdict::Holds);
}

TEST(VerdictText, RoundTrips)
{
    for (const Verdict v : {Verdict::Holds, Verdict::Fails, Verdict::Undecided, Verdict::NotChecked,
                            Verdict::Disagreement}) {
        EXPECT_EQ(parse_verdict(to_string(v)), v);
    }
    for (const Strength s : {Strength::None, Strength::Statistical, Strength::Numeric,
                             Strength::Enclosed, Strength::Exact}) {
        EXPECT_EQ(parse_strength(to_string(s)), s);
    }
    for (const ScopeKind k : {ScopeKind::Nothing, ScopeKind::Sample, ScopeKind::Points,
                              ScopeKind::Box, ScopeKind::All}) {
        EXPECT_EQ(parse_scope_kind(to_string(k)), k);
    }
    EXPECT_EQ(to_string(Verdict::NotChecked), "not-checked");
    for (const char* word : {"", "Holds", "hold", "holds ", "exactly"}) {
        EXPECT_THROW(parse_verdict(word), InputError) << word;
        EXPECT_THROW(parse_strength(word), InputError) << word;
        EXPECT_THROW(parse_scope_kind(word), InputError) << word;
    }
    try {
        parse_verdict("maybe");
        FAIL();
    } catch (const InputError& error) {
        EXPECT_EQ(std::string(error.what()), "verdict 'maybe': must be one of holds, fails, "
                                             "undecided, not-checked, disagreement");
    }
}

} // namespace
} // namespace attest::ledger
