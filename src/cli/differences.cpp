#include "cli/differences.hpp"

#include "cli/console.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::cli {
namespace {

Colour colour_of(ledger::Change change)
{
    switch (change) {
    case ledger::Change::Better:
        return Colour::Green;
    case ledger::Change::Weaker:
        return Colour::Yellow;
    case ledger::Change::Contradicts:
        return Colour::Red;
    case ledger::Change::Same:
        break;
    }
    return Colour::Plain;
}

} // namespace

void print_differences(const std::vector<ledger::Difference>& differences, std::size_t claims,
                       Show show)
{
    std::vector<ledger::Difference> sorted = differences;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.change < b.change; });
    Table table({"CHANGE", "CLAIM", "WHAT"});
    bool any = false;
    for (const ledger::Difference& difference : sorted) {
        if (show == Show::WeakerOnly && !ledger::got_weaker({difference})) {
            continue;
        }
        any = true;
        table.add({std::string(to_string(difference.change)), difference.id, difference.what},
                  {colour_of(difference.change)});
    }
    if (any) {
        fmt::print("{}", table.fitted());
    }
    const auto count = [&](ledger::Change change) {
        return std::count_if(sorted.begin(), sorted.end(),
                             [&](const auto& difference) { return difference.change == change; });
    };
    fmt::print("{} claims compared: {} better, {} weaker, {} contradicted\n", claims,
               count(ledger::Change::Better), count(ledger::Change::Weaker),
               count(ledger::Change::Contradicts));
}

} // namespace attest::cli
