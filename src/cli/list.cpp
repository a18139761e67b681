#include "cli/claim_filter.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"

#include "theorems/own/registry.hpp"
#include "theorems/registry.hpp"

#include <fmt/format.h>

#include <memory>

namespace attest::cli {
namespace {

struct ListOptions {
    ClaimFilter filter;
    bool ids_only = false;
    bool extensions = false;
};

/// "checked" for a row that a claim decides, "planned" where a reason says why none does, "open"
/// where there is neither.
std::string_view state(const ledger::Registry& registry, const std::string& id)
{
    if (registry.find(id) != nullptr) {
        return "checked";
    }
    return registry.reason(id).empty() ? "open" : "planned";
}

void list(const ListOptions& options)
{
    const ledger::Registry registry =
        options.extensions ? theorems::make_own_registry() : theorems::make_registry();
    Table table({"ID", "STATE", "KIND", "STATEMENT"});
    for (const auto& [id, recorded] : options.filter.chosen(registry)) {
        const ledger::InventoryRow& row = registry.row(id);
        if (options.ids_only) {
            fmt::print("{}\n", id);
            continue;
        }
        const std::string_view word = recorded ? ledger::to_string(*recorded) : state(registry, id);
        if (!is_terminal(Stream::Out)) {
            fmt::print("{}\t{}\t{}\t{}\n", id, word, row.kind, row.statement);
            continue;
        }
        table.add({id, std::string(word), row.kind, row.statement},
                  {Colour::Cyan, word == "checked" || word == "holds" ? Colour::Green : Colour::Dim,
                   Colour::Plain, Colour::Plain});
    }
    if (is_terminal(Stream::Out) && !options.ids_only) {
        fmt::print("{}", table.fitted());
    }
}

} // namespace

void add_list(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<ListOptions>();
    CLI::App* command = app.add_subcommand("list", "List the claims, one a line");
    options->filter.add_to(*command);
    command->add_flag("--ids", options->ids_only, "Print the ids alone");
    command->add_flag("--extensions", options->extensions,
                      "List the claims outside the paper instead");
    command->footer(
        "\nOn a terminal the table is cut to fit; piped, it has tab-separated columns "
        "in full.\n\nExamples:\n  attest list 'thm4.1/*'\n  attest list --verdict fails "
        "--section 'appendix a'");
    command->callback([options, &status] {
        list(*options);
        status = ExitStatus::Success;
    });
}

} // namespace attest::cli
