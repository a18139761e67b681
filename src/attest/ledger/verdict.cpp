#include "attest/ledger/verdict.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace attest::ledger {
namespace {

constexpr std::array<std::string_view, 5> verdict_words = {"holds", "fails", "undecided",
                                                           "not-checked", "disagreement"};
constexpr std::array<std::string_view, 5> strength_words = {"none", "statistical", "numeric",
                                                            "enclosed", "exact"};
constexpr std::array<std::string_view, 5> scope_words = {"nothing", "sample", "points", "box",
                                                         "all"};

template <class Enum, std::size_t N>
Enum parse(std::string_view word, const std::array<std::string_view, N>& words, const char* what)
{
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) {
        throw InputError(
            fmt::format("{} '{}': must be one of {}", what, word, fmt::join(words, ", ")));
    }
    return static_cast<Enum>(found - words.begin());
}

/// The stronger of two routes for the same outcome: scope decides first for "holds" (a proof for
/// all parameters beats an enclosure at points), strength decides first for "fails" (one exact
/// counterexample beats many sampled ones).
bool better_proof(const Evidence& a, const Evidence& b)
{
    return std::tuple(a.scope.kind, a.strength) > std::tuple(b.scope.kind, b.strength);
}
bool better_refutation(const Evidence& a, const Evidence& b)
{
    return std::tuple(a.strength, a.scope.kind) > std::tuple(b.strength, b.scope.kind);
}

} // namespace

Judgement judge(Judgement collected)
{
    const Evidence* proof = nullptr;
    const Evidence* refutation = nullptr;
    std::optional<long> digits;
    for (const Evidence& item : collected.evidence) {
        if (is_true(item.outcome) && item.carries
            && (proof == nullptr || better_proof(item, *proof))) {
            proof = &item;
        }
        if (is_false(item.outcome)
            && (refutation == nullptr || better_refutation(item, *refutation))) {
            refutation = &item;
        }
        if (item.digits) {
            digits = digits ? std::min(*digits, *item.digits) : *item.digits;
        }
    }
    const Evidence* carrier = nullptr;
    if (proof != nullptr && refutation != nullptr) {
        collected.verdict = Verdict::Disagreement;
    } else if (refutation != nullptr) {
        collected.verdict = Verdict::Fails;
        carrier = refutation;
    } else if (proof != nullptr) {
        collected.verdict = Verdict::Holds;
        carrier = proof;
    } else {
        collected.verdict = Verdict::Undecided;
    }
    collected.strength = carrier != nullptr ? carrier->strength : Strength::None;
    collected.scope = carrier != nullptr ? carrier->scope : Scope{};
    collected.digits = digits;
    collected.bits = carrier != nullptr ? carrier->bits : std::nullopt;
    return collected;
}

std::string_view to_string(Verdict v) noexcept
{
    return verdict_words[static_cast<std::size_t>(v)];
}
std::string_view to_string(Strength s) noexcept
{
    return strength_words[static_cast<std::size_t>(s)];
}
std::string_view to_string(ScopeKind k) noexcept
{
    return scope_words[static_cast<std::size_t>(k)];
}
Verdict parse_verdict(std::string_view word)
{
    return parse<Verdict>(word, verdict_words, "verdict");
}
Strength parse_strength(std::string_view word)
{
    return parse<Strength>(word, strength_words, "strength");
}
ScopeKind parse_scope_kind(std::string_view word)
{
    return parse<ScopeKind>(word, scope_words, "scope");
}

} // namespace attest::ledger
