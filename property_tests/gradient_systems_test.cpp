#include "claim_cases.hpp"

#include "theorems/gradient_systems.hpp"

namespace attest {
namespace {

using ledger::Verdict;

// With all hypotheses the path converges; without any one of them an exact system does not.
RC_GTEST_PROP(GradientSystems, EveryHypothesisIsNeeded, ())
{
    const std::vector<std::pair<std::string, std::pair<std::string, std::string>>> hypotheses = {
        {"energy", {"analytic", "smooth"}},
        {"clock", {"diverges", "any"}},
        {"lower", {"lambda", "none"}},
        {"upper", {"C lambda", "none"}},
        {"path", {"compact", "any"}}};
    ledger::Statement statement;
    bool all = true;
    for (const auto& [name, words] : hypotheses) {
        const bool kept = *rc::gen::inRange(0, 3) > 0;
        all = all && kept;
        statement.words[name] = kept ? words.first : words.second;
    }
    const ledger::Judgement judgement =
        ledger::judge(theorems::decide_convergence(statement, {}, {ledger::ScopeKind::All, "all"}));
    RC_ASSERT(judgement.verdict == (all ? Verdict::Holds : Verdict::Fails));
    RC_ASSERT(!judgement.evidence.front().certificates.empty());
}

} // namespace
} // namespace attest
