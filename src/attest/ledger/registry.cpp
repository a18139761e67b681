#include "attest/ledger/registry.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace attest::ledger {
namespace {

constexpr std::size_t columns = 5;

std::vector<std::string> split(std::string_view line)
{
    std::vector<std::string> cells;
    std::size_t start = 0;
    while (true) {
        const std::size_t tab = line.find('\t', start);
        cells.emplace_back(line.substr(start, tab - start));
        if (tab == std::string_view::npos) {
            return cells;
        }
        start = tab + 1;
    }
}

/// Shell-style match where '*' spans any characters and '?' one.
bool matches(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') {
        ++p;
    }
    return p == pattern.size();
}

} // namespace

std::vector<InventoryRow> parse_inventory(std::string_view tsv)
{
    std::vector<InventoryRow> rows;
    std::map<std::string, int> seen;
    int line_number = 0;
    while (!tsv.empty()) {
        const std::size_t end = tsv.find('\n');
        std::string_view line = tsv.substr(0, end);
        tsv.remove_prefix(end == std::string_view::npos ? tsv.size() : end + 1);
        ++line_number;
        if (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        if (line_number == 1 || line.empty()) {
            continue;
        }
        std::vector<std::string> cells = split(line);
        if (cells.size() != columns) {
            throw InputError(fmt::format("inventory line {}: {} columns, expected {}", line_number,
                                         cells.size(), columns));
        }
        if (++seen[cells[0]] > 1) {
            throw InputError(
                fmt::format("inventory line {}: id '{}' occurs twice", line_number, cells[0]));
        }
        rows.push_back({std::move(cells[0]), std::move(cells[1]), std::move(cells[2]),
                        std::move(cells[3]), std::move(cells[4])});
    }
    return rows;
}

Registry::Registry(std::vector<InventoryRow> inventory) : inventory_(std::move(inventory))
{
    for (std::size_t i = 0; i < inventory_.size(); ++i) {
        position_[inventory_[i].id] = i;
    }
}

void Registry::add(Claim claim)
{
    if (!position_.contains(claim.id)) {
        throw std::logic_error("claim '" + claim.id + "' is not in the inventory");
    }
    const std::string id = claim.id;
    if (!claims_.emplace(id, std::move(claim)).second) {
        throw std::logic_error("claim '" + id + "' is registered twice");
    }
}

void Registry::add_reason(const std::string& id, std::string reason)
{
    if (!position_.contains(id)) {
        throw std::logic_error("reason given for '" + id + "', which is not in the inventory");
    }
    reasons_[id] = std::move(reason);
}

const InventoryRow& Registry::row(const std::string& id) const
{
    const auto found = position_.find(id);
    if (found == position_.end()) {
        throw InputError(fmt::format("claim '{}' is unknown: 'attest list' prints the {} known ids",
                                     id, inventory_.size()));
    }
    return inventory_[found->second];
}

const Claim* Registry::find(const std::string& id) const noexcept
{
    const auto found = claims_.find(id);
    return found == claims_.end() ? nullptr : &found->second;
}

const std::string& Registry::reason(const std::string& id) const noexcept
{
    static const std::string none;
    const auto found = reasons_.find(id);
    return found == reasons_.end() ? none : found->second;
}

std::vector<std::string> Registry::select(const std::vector<std::string>& patterns) const
{
    std::vector<bool> wanted(inventory_.size(), patterns.empty());
    for (const std::string& pattern : patterns) {
        bool any = false;
        for (std::size_t i = 0; i < inventory_.size(); ++i) {
            if (matches(pattern, inventory_[i].id)) {
                wanted[i] = any = true;
            }
        }
        if (!any) {
            throw InputError(
                fmt::format("claim '{}' is unknown: 'attest list' prints the {} known ids", pattern,
                            inventory_.size()));
        }
    }
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < inventory_.size(); ++i) {
        if (wanted[i]) {
            ids.push_back(inventory_[i].id);
        }
    }
    return ids;
}

} // namespace attest::ledger
