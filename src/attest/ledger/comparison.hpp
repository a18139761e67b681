#pragma once

#include "attest/ledger/result.hpp"

#include <string>
#include <vector>

namespace attest::ledger {

enum class Change { Same, Better, Weaker, Contradicts };

/// One difference between two runs.
struct Difference {
    std::string id;
    Change change = Change::Same;
    std::string what; ///< "verdict: holds -> undecided", "digits: 50 -> 12", ...
};

/// How the answers of a run differ from recorded ones, in the order of the recorded claims.
///
/// Every axis is compared on its own: verdict, strength, scope, digits and planted faults caught,
/// of the printed and of the amended statement. One axis that dropped is enough for Weaker, even
/// where another rose. Holds against fails is Contradicts. A disagreement of routes is weaker than
/// anything. Fewer digits count only where the run was asked for at least the recorded number.
/// A recorded claim that the run does not have is Weaker; a new one is Better.
std::vector<Difference> compare(const Results& recorded, const Results& run);

/// The recorded results cut down to the claims that the run has: the baseline of a partial run.
Results restrict_to(const Results& recorded, const Results& run);

/// True where a difference is Weaker or Contradicts.
bool got_weaker(const std::vector<Difference>& differences);

std::string_view to_string(Change change) noexcept;

} // namespace attest::ledger
