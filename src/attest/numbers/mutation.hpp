#pragma once

#include "attest/numbers/expr.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attest {

/// A formula changed in one place.
struct Mutant {
    std::string operation; ///< name of the operator: "constant-ppm", "drop-term", ...
    std::string place;     ///< arguments to follow from the root, "1.0"; "whole" for the root
    std::string change;    ///< "2 -> 3 in 2*beta"
    Expr formula;
};

/// A way of going wrong: a pure function from a formula to the formulas that differ from it in one
/// place, in a fixed order. Symbols are those that may stand in the place of one another: those of
/// the whole statement.
struct MutationOperator {
    std::string_view name;
    std::string_view what; ///< for documents: "a constant changed by one part in 10^6"
    std::vector<Mutant> (*apply)(const Expr& formula, const std::vector<std::string>& symbols);
};

/// All operators, in the order in which they are applied.
std::span<const MutationOperator> mutation_operators();

/// Every mutant by every operator, operators in order, places from the root to the right; without
/// the formula itself and without a second copy of a formula that an earlier operator made.
std::vector<Mutant> mutants(const Expr& formula, const std::vector<std::string>& symbols);

/// The symbol that means the other extreme: "mins" for "maxs", "high" for "low"; empty for none.
std::string other_extreme(std::string_view symbol);

} // namespace attest
