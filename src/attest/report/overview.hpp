#pragma once

#include "attest/ledger/result.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace attest::report {

// What every format shows of the results: counts, groups and selections, computed once here so
// that no two formats can disagree.

inline constexpr std::array verdict_order = {
    ledger::Verdict::Holds, ledger::Verdict::Fails, ledger::Verdict::Undecided,
    ledger::Verdict::Disagreement, ledger::Verdict::NotChecked};
inline constexpr std::array strength_order = {
    ledger::Strength::Exact, ledger::Strength::Enclosed, ledger::Strength::Numeric,
    ledger::Strength::Statistical, ledger::Strength::None};

/// How many printed statements have each verdict and strength; both in the orders above.
struct Tally {
    std::array<std::array<int, strength_order.size()>, verdict_order.size()> counts{};

    int verdict(std::size_t row) const;
    int strength(std::size_t column) const;
    int total() const;
    int of(ledger::Verdict verdict) const;
};
Tally tally(const ledger::Results& results);

/// Sums over all claims, amended statements and planted faults.
struct Totals {
    int amended = 0;      ///< amended statements given
    int amended_hold = 0; ///< of them hold
    int planted = 0;      ///< faults planted
    int caught = 0;       ///< of them caught
    int weak_checks = 0;  ///< checks that missed at least one fault
    int uncontrolled = 0; ///< decided claims without any planted fault
    double claim_seconds = 0;
};
Totals totals(const ledger::Results& results);

/// The claims of one unit of the paper.
struct Group {
    std::string key;   ///< first part of the id: "thm4.1"
    std::string title; ///< "Theorem 4.1"
    std::vector<const ledger::ClaimResult*> claims;
};
/// In the order of the inventory; a unit that occurs in several places of it is one group.
std::vector<Group> groups(const ledger::Results& results);
/// "Theorem 4.1" from "thm4.1/pre-ln/terminal-velocity".
std::string unit_title(std::string_view id);

/// The id with '-' for everything but ASCII letters, digits and these signs, as the names of places
/// in the formats want it.
std::string plain_id(std::string_view id, std::string_view signs);

/// Claims whose printed statement has the verdict.
std::vector<const ledger::ClaimResult*> with_verdict(const ledger::Results& results,
                                                     ledger::Verdict verdict);
/// Claims with a disagreement in the printed or the amended statement.
std::vector<const ledger::ClaimResult*> disagreements(const ledger::Results& results);
/// Claims whose check missed a planted fault.
std::vector<const ledger::ClaimResult*> weak_checks(const ledger::Results& results);

bool decided(const ledger::ClaimResult& claim);
/// Whether any time was recorded; a reference run leaves all times out.
bool has_timings(const ledger::Results& results);

/// Evidence that refutes, strongest first as given; empty when nothing does.
std::vector<const ledger::Evidence*> refutations(const ledger::Judgement& judgement);

/// "all n >= 2" or the kind of scope where no text is given; "-" for no scope.
std::string scope_text(const ledger::Scope& scope);
/// "[lo, hi]" with four digits, rounded outward; empty when there is none.
std::string slack_text(const ledger::Judgement& judgement);
/// "5/6" or empty when nothing was planted.
std::string controls_text(const ledger::Controls& controls);

/// The results without times and with the number of threads left out (0): what two machines share.
ledger::Results without_timings(ledger::Results results);

} // namespace attest::report
