#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/results_location.hpp"
#include "cli/summary.hpp"

#include "attest/ledger/runner.hpp"
#include "attest/report/json.hpp"
#include "theorems/own/registry.hpp"
#include "theorems/registry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace attest::cli {
namespace {

struct ShowOptions {
    std::string id;
    std::string results;
    bool live = false;
};

/// The recorded answer to a claim and the file that it stands in, if there is one.
std::optional<std::pair<ledger::ClaimResult, std::string>> recorded(const ShowOptions& options,
                                                                    const std::string& id)
{
    const std::optional<std::filesystem::path> file =
        options.results.empty() ? results_here()
                                : std::optional<std::filesystem::path>(options.results);
    if (!file) {
        return std::nullopt;
    }
    const ledger::Results results = report::read_results(*file);
    const auto found = std::find_if(results.claims.begin(), results.claims.end(),
                                    [&](const auto& claim) { return claim.id == id; });
    if (found == results.claims.end()) {
        return std::nullopt;
    }
    return std::pair(*found, file->string());
}

void show(const ShowOptions& options, const ledger::Registry& registry, const std::string& id)
{
    const ledger::InventoryRow& row = registry.row(id);
    const auto answer = options.live ? std::nullopt : recorded(options, id);
    fmt::print("{}\n{:<17}{}\n{:<17}{}\n{:<17}{}\n{:<17}{}\n", coloured(row.id, Colour::Bold),
               "where", row.where, "kind", row.kind, "statement", row.statement, "domain",
               row.domain);
    if (answer) {
        print_claim(answer->first);
        fmt::print("{:<17}{}\n", "read from", answer->second);
    } else {
        print_claim(ledger::decide(registry, row.id, ledger::Effort{}));
        fmt::print("{:<17}{}\n", "decided", "just now, with the quick profile");
    }
}

} // namespace

void add_show(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<ShowOptions>();
    CLI::App* command =
        app.add_subcommand("show", "Show claims: statement, domain, verdict, evidence");
    command->add_option("id", options->id, "Id of the claim, as 'attest list' prints it, or a glob")
        ->required();
    command->add_option("--results", options->results,
                        "results.json to read the verdict from (./attest-report, if there)");
    command->add_flag("--live", options->live, "Decide the claim now");
    command->footer("\nExample:\n  attest show thm4.1/pre-ln/terminal-velocity");
    command->callback([options, &status] {
        const bool outside = options->id.starts_with("x/");
        const ledger::Registry registry =
            outside ? theorems::make_own_registry() : theorems::make_registry();
        bool first = true;
        for (const std::string& id : registry.select({options->id})) {
            fmt::print("{}", first ? "" : "\n");
            first = false;
            show(*options, registry, id);
        }
        status = ExitStatus::Success;
    });
}

} // namespace attest::cli
