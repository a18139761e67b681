#pragma once

#include "attest/ledger/claim.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Planted faults made by rule: what a statement becomes when one place of it is wrong, and what
/// became of each such mutant in the hands of the claim's own check.
namespace attest::ledger {

/// A statement changed in one place.
struct StatementMutant {
    std::string part; ///< "formula rhs", "number power", "word relation"
    std::string operation;
    std::string place;
    std::string change;
    Statement statement;
};

/// Sets of words of which each may stand where another one stands: relations, names of schemes.
using WordFamilies = std::vector<std::vector<std::string>>;

/// The signs =, <=, <, >=, >.
const std::vector<std::string>& relation_signs();

/// Every mutant of a statement: of each formula by attest::mutants over the statement's symbols, of
/// each number (by 1, by one part in 10^6, in sign, reciprocal, half and double), of each word that
/// belongs to a family (every other word of it; in a list of such words one is left out or another
/// one put in), min for max. In a fixed order.
std::vector<StatementMutant> mutants_of(const Statement& statement, const WordFamilies& families);

/// The statement without one part, and with a part that means nothing in its place, for every part:
/// a check that answers "holds" to both does not read it.
struct PartProbe {
    std::string part;
    Statement removed;
    Statement meaningless;
};
std::vector<PartProbe> part_probes(const Statement& statement);

/// Names of the parts in which two statements differ: "formula rhs", "number power", "word ...".
std::vector<std::string> changed_parts(const Statement& a, const Statement& b);

/// What became of a mutant.
enum class Fate {
    Caught,       ///< the check refuted it
    Contradicted, ///< one route refuted it, another one did not see it: verdict "disagreement"
    Equivalent,   ///< proved to say the same as the original
    NoStatement,  ///< the check stopped: no value, no meaning; it did not pass
    Proved,       ///< true as well: the check proved it, on a continuous range of parameters
    TrueAtPoints, ///< true as well: enclosed or exact at the points that the statement is about
    Undecided,    ///< neither proved nor refuted; it did not pass
    Missed,       ///< passed on numeric or statistical evidence: a weakness
};
inline constexpr std::size_t fate_count = 8;
std::string_view to_string(Fate fate) noexcept;
/// Inverse of to_string. Throws InputError for another word.
Fate parse_fate(std::string_view word);

/// The fate that an answer of the check means, with the reason in words.
struct FateReason {
    Fate fate = Fate::Undecided;
    std::string why;
    bool operator==(const FateReason&) const = default;
};
FateReason fate_of(const Judgement& answer);

/// A mutant that was not caught.
struct Leftover {
    std::string part;
    std::string operation;
    std::string place;
    std::string change;
    FateReason end;
    bool operator==(const Leftover&) const = default;
};

/// How often each fate occurred.
struct FateCounts {
    std::array<long, fate_count> of = {};
    long& operator[](Fate fate) { return of[static_cast<std::size_t>(fate)]; }
    long operator[](Fate fate) const { return of[static_cast<std::size_t>(fate)]; }
    long tried() const;
    /// Refuted, by every route or by one of them: what ends a run with status 1 or shows as
    /// "fails".
    long detected() const;
    /// Mutants that are wrong or may be: all but the equivalent ones and those proved true.
    long faults() const;
    FateCounts& operator+=(const FateCounts& other);
    bool operator==(const FateCounts&) const = default;
};

/// All mutants of one claim.
struct ClaimMutants {
    std::string id;
    std::string subject; ///< "printed" or "amended": the statement that was changed; or why none
    Verdict verdict = Verdict::NotChecked; ///< of that statement
    long made = 0;                         ///< mutants that there are; tried() of these were tried
    std::map<std::string, FateCounts> by_operation = {};
    std::vector<std::string> unread = {}; ///< parts that the check does not look at
    std::vector<Leftover> leftovers = {}; ///< everything but Caught, in order of the mutants
    double seconds = 0;

    FateCounts counts() const;
    bool operator==(const ClaimMutants&) const = default;
};

} // namespace attest::ledger
