#include "attest/ledger/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace attest::ledger {
namespace {

bool decided(Verdict verdict)
{
    return verdict == Verdict::Holds || verdict == Verdict::Fails;
}

/// How much is known: a disagreement is worse than no answer, an attempt is more than none.
int knowledge(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Disagreement:
        return 0;
    case Verdict::NotChecked:
        return 1;
    case Verdict::Undecided:
        return 2;
    case Verdict::Holds:
    case Verdict::Fails:
        break;
    }
    return 3;
}

template <class Level>
Change direction(Level before, Level after)
{
    if (before == after) {
        return Change::Same;
    }
    return after < before ? Change::Weaker : Change::Better;
}

/// Collects the differences of one claim.
class Differences {
public:
    Differences(std::string id, std::vector<Difference>& into) : id_(std::move(id)), into_(into) {}

    void note(Change change, std::string what)
    {
        if (change != Change::Same) {
            into_.push_back({id_, change, std::move(what)});
        }
    }

    void judgements(const std::string& which, const Judgement& before, const Judgement& after,
                    long digits_asked)
    {
        if (before.verdict != after.verdict) {
            const bool contradicts = decided(before.verdict) && decided(after.verdict);
            note(contradicts ? Change::Contradicts
                             : direction(knowledge(before.verdict), knowledge(after.verdict)),
                 fmt::format("{}verdict: {} -> {}", which, to_string(before.verdict),
                             to_string(after.verdict)));
            return; // the other axes describe another verdict
        }
        note(direction(before.strength, after.strength),
             fmt::format("{}strength: {} -> {}", which, to_string(before.strength),
                         to_string(after.strength)));
        note(direction(before.scope.kind, after.scope.kind),
             fmt::format("{}scope: {} -> {}", which, to_string(before.scope.kind),
                         to_string(after.scope.kind)));
        const long had = std::min(before.digits.value_or(0), digits_asked);
        const long has = std::min(after.digits.value_or(0), digits_asked);
        note(direction(had, has), fmt::format("{}digits: {} -> {}", which, had, has));
    }

    void controls(const Controls& before, const Controls& after)
    {
        const auto missed = [](const Controls& c) { return c.planted - c.caught; };
        const Change change = std::max(direction(missed(after), missed(before)),
                                       direction(before.caught, after.caught));
        note(change, fmt::format("planted faults caught: {} of {} -> {} of {}", before.caught,
                                 before.planted, after.caught, after.planted));
    }

private:
    std::string id_;
    std::vector<Difference>& into_;
};

void compare_claims(const ClaimResult& before, const ClaimResult& after, long digits_asked,
                    std::vector<Difference>& into)
{
    Differences differences(before.id, into);
    differences.judgements("", before.as_stated, after.as_stated, digits_asked);
    if (before.amended && after.amended) {
        differences.judgements("amended ", before.amended->judgement, after.amended->judgement,
                               digits_asked);
    } else if (before.amended) {
        differences.note(Change::Weaker, "amended statement: gone");
    } else if (after.amended) {
        differences.note(Change::Better, "amended statement: new");
    }
    differences.controls(before.controls, after.controls);
}

} // namespace

std::vector<Difference> compare(const Results& recorded, const Results& run)
{
    std::map<std::string, const ClaimResult*> answers;
    for (const ClaimResult& claim : run.claims) {
        answers[claim.id] = &claim;
    }
    std::vector<Difference> differences;
    for (const ClaimResult& before : recorded.claims) {
        const auto found = answers.find(before.id);
        if (found == answers.end()) {
            differences.push_back({before.id, Change::Weaker, "claim: gone"});
            continue;
        }
        compare_claims(before, *found->second, run.run.digits, differences);
        answers.erase(found);
    }
    for (const ClaimResult& after : run.claims) {
        if (answers.contains(after.id)) {
            differences.push_back(
                {after.id, Change::Better,
                 fmt::format("claim: new, {}", to_string(after.as_stated.verdict))});
        }
    }
    return differences;
}

Results restrict_to(const Results& recorded, const Results& run)
{
    Results part = recorded;
    std::erase_if(part.claims, [&](const ClaimResult& claim) {
        return std::none_of(run.claims.begin(), run.claims.end(),
                            [&](const ClaimResult& kept) { return kept.id == claim.id; });
    });
    return part;
}

bool got_weaker(const std::vector<Difference>& differences)
{
    return std::any_of(differences.begin(), differences.end(), [](const Difference& difference) {
        return difference.change == Change::Weaker || difference.change == Change::Contradicts;
    });
}

std::string_view to_string(Change change) noexcept
{
    switch (change) {
    case Change::Same:
        return "same";
    case Change::Better:
        return "better";
    case Change::Weaker:
        return "weaker";
    case Change::Contradicts:
        break;
    }
    return "contradicts";
}

} // namespace attest::ledger
