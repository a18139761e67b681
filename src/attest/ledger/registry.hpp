#pragma once

#include "attest/ledger/claim.hpp"

#include <string>
#include <vector>

namespace attest::ledger {

/// One row of the inventory: a checkable statement of the paper.
struct InventoryRow {
    std::string id;
    std::string where;
    std::string kind;
    std::string statement;
    std::string domain;
};

/// Reads a tab-separated inventory with a header line id, where, kind, statement, domain.
/// Throws InputError naming the line for a wrong column count or a repeated id.
std::vector<InventoryRow> parse_inventory(std::string_view tsv);

/// The inventory and the claims that decide rows of it.
///
/// Every row is answered: a row without a claim yields "not-checked" with the reason given for it.
class Registry {
public:
    explicit Registry(std::vector<InventoryRow> inventory);

    /// Throws std::logic_error when the id is not in the inventory or already taken: an orphan is a
    /// defect of the suite.
    void add(Claim claim);
    /// Why the row has no claim yet; used for its "not-checked" result.
    void add_reason(const std::string& id, std::string reason);

    const std::vector<InventoryRow>& inventory() const noexcept { return inventory_; }
    const InventoryRow& row(const std::string& id) const;
    /// The claim that decides the row, or nullptr.
    const Claim* find(const std::string& id) const noexcept;
    const std::string& reason(const std::string& id) const noexcept;

    /// Ids that match any of the patterns ('*' and '?' as in a shell; '*' also spans '/'), in
    /// inventory order; all ids for an empty list. Throws InputError for a pattern that matches
    /// nothing.
    std::vector<std::string> select(const std::vector<std::string>& patterns) const;

private:
    std::vector<InventoryRow> inventory_;
    std::map<std::string, std::size_t> position_;
    std::map<std::string, Claim> claims_;
    std::map<std::string, std::string> reasons_;
};

} // namespace attest::ledger
