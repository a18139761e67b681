#include "attest/report/overview.hpp"

#include "attest/report/decimal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace attest::report {

using namespace ledger;

int Tally::verdict(std::size_t row) const
{
    int sum = 0;
    for (const int count : counts[row]) {
        sum += count;
    }
    return sum;
}

int Tally::strength(std::size_t column) const
{
    int sum = 0;
    for (const auto& row : counts) {
        sum += row[column];
    }
    return sum;
}

int Tally::total() const
{
    int sum = 0;
    for (std::size_t row = 0; row < counts.size(); ++row) {
        sum += verdict(row);
    }
    return sum;
}

int Tally::of(Verdict wanted) const
{
    const auto found = std::find(verdict_order.begin(), verdict_order.end(), wanted);
    return verdict(static_cast<std::size_t>(found - verdict_order.begin()));
}

Tally tally(const Results& results)
{
    const auto index = [](const auto& order, auto value) {
        return static_cast<std::size_t>(std::find(order.begin(), order.end(), value)
                                        - order.begin());
    };
    Tally table;
    for (const ClaimResult& claim : results.claims) {
        ++table.counts[index(verdict_order, claim.as_stated.verdict)]
                      [index(strength_order, claim.as_stated.strength)];
    }
    return table;
}

Totals totals(const Results& results)
{
    Totals sums;
    for (const ClaimResult& claim : results.claims) {
        if (claim.amended) {
            ++sums.amended;
            sums.amended_hold += claim.amended->judgement.verdict == Verdict::Holds ? 1 : 0;
        }
        sums.planted += claim.controls.planted;
        sums.caught += claim.controls.caught;
        sums.weak_checks += claim.controls.caught < claim.controls.planted ? 1 : 0;
        sums.uncontrolled += decided(claim) && claim.controls.planted == 0 ? 1 : 0;
        sums.claim_seconds += claim.seconds;
    }
    return sums;
}

std::string unit_title(std::string_view id)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> names = {{
        {"sec", "Section"},
        {"thm", "Theorem"},
        {"cor", "Corollary"},
        {"lem", "Lemma"},
        {"prop", "Proposition"},
        {"table", "Table"},
        {"fig", "Figure"},
        {"app", "Appendix"},
        {"eq", "Equation"},
    }};
    const std::string_view key = id.substr(0, id.find('/'));
    for (const auto& [prefix, name] : names) {
        if (key.starts_with(prefix) && key.size() > prefix.size()) {
            return fmt::format("{} {}", name, key.substr(prefix.size()));
        }
    }
    if (key == "intro") {
        return "Introduction";
    }
    std::string title(key);
    if (!title.empty() && title.front() >= 'a' && title.front() <= 'z') {
        title.front() = static_cast<char>(title.front() - 'a' + 'A');
    }
    return title;
}

std::string plain_id(std::string_view id, std::string_view signs)
{
    std::string plain;
    for (const char c : id) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                          || signs.find(c) != std::string_view::npos;
        plain += kept ? c : '-';
    }
    return plain;
}

std::vector<Group> groups(const Results& results)
{
    std::vector<Group> found;
    std::map<std::string, std::size_t> position;
    for (const ClaimResult& claim : results.claims) {
        const std::string key = claim.id.substr(0, claim.id.find('/'));
        const auto [place, fresh] = position.try_emplace(key, found.size());
        if (fresh) {
            found.push_back({key, unit_title(claim.id), {}});
        }
        found[place->second].claims.push_back(&claim);
    }
    return found;
}

namespace {

template <class Wanted>
std::vector<const ClaimResult*> select(const Results& results, Wanted wanted)
{
    std::vector<const ClaimResult*> found;
    for (const ClaimResult& claim : results.claims) {
        if (wanted(claim)) {
            found.push_back(&claim);
        }
    }
    return found;
}

} // namespace

std::vector<const ClaimResult*> with_verdict(const Results& results, Verdict verdict)
{
    return select(results,
                  [&](const ClaimResult& claim) { return claim.as_stated.verdict == verdict; });
}

std::vector<const ClaimResult*> disagreements(const Results& results)
{
    return select(results, [](const ClaimResult& claim) {
        return claim.as_stated.verdict == Verdict::Disagreement
               || (claim.amended && claim.amended->judgement.verdict == Verdict::Disagreement);
    });
}

std::vector<const ClaimResult*> weak_checks(const Results& results)
{
    return select(results, [](const ClaimResult& claim) {
        return claim.controls.caught < claim.controls.planted;
    });
}

bool decided(const ClaimResult& claim)
{
    return claim.as_stated.verdict == Verdict::Holds || claim.as_stated.verdict == Verdict::Fails;
}

bool has_timings(const Results& results)
{
    return results.run.seconds > 0
           || std::any_of(results.claims.begin(), results.claims.end(),
                          [](const ClaimResult& claim) { return claim.seconds > 0; });
}

std::vector<const Evidence*> refutations(const Judgement& judgement)
{
    std::vector<const Evidence*> found;
    for (const Evidence& item : judgement.evidence) {
        if (is_false(item.outcome)) {
            found.push_back(&item);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Evidence* a, const Evidence* b) {
        return a->strength > b->strength;
    });
    return found;
}

std::string scope_text(const Scope& scope)
{
    if (!scope.text.empty()) {
        return scope.text;
    }
    return scope.kind == ScopeKind::Nothing ? "" : std::string(to_string(scope.kind));
}

std::string slack_text(const Judgement& judgement)
{
    constexpr std::size_t digits = 4;
    if (!judgement.slack) {
        return "";
    }
    return fmt::format("[{}, {}]", shorten(judgement.slack->lo, digits, Rounding::Down),
                       shorten(judgement.slack->hi, digits, Rounding::Up));
}

std::string controls_text(const Controls& controls)
{
    return controls.planted == 0 ? "" : fmt::format("{}/{}", controls.caught, controls.planted);
}

Results without_timings(Results results)
{
    results.run.seconds = 0;
    results.run.threads = 0;
    for (ClaimResult& claim : results.claims) {
        claim.seconds = 0;
    }
    return results;
}

} // namespace attest::report
