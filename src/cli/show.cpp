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

/// Answers of an earlier run; none where there is no file to read.
struct EarlierAnswers {
    std::string file;
    std::vector<ledger::ClaimResult> claims;

    const ledger::ClaimResult* find(const std::string& id) const
    {
        const auto found = std::find_if(claims.begin(), claims.end(),
                                        [&](const auto& claim) { return claim.id == id; });
        return found == claims.end() ? nullptr : &*found;
    }
};

EarlierAnswers earlier_answers(const ShowOptions& options)
{
    const std::optional<std::filesystem::path> file =
        options.results.empty() ? results_here()
                                : std::optional<std::filesystem::path>(options.results);
    if (options.live || !file) {
        return {};
    }
    return {file->string(), report::read_results(*file).claims};
}

void show(const ledger::Registry& registry, const std::string& id, const EarlierAnswers& earlier)
{
    const ledger::InventoryRow& row = registry.row(id);
    const ledger::ClaimResult* const answer = earlier.find(id);
    fmt::print("{}\n{:<17}{}\n{:<17}{}\n{:<17}{}\n{:<17}{}\n", coloured(row.id, Colour::Bold),
               "where", row.where, "kind", row.kind, "statement", row.statement, "domain",
               row.domain);
    if (answer != nullptr) {
        print_claim(*answer);
        fmt::print("{:<17}{}\n", "read from", earlier.file);
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
        const std::vector<std::string> ids = registry.select({options->id});
        const EarlierAnswers earlier = earlier_answers(*options);
        bool first = true;
        for (const std::string& id : ids) {
            fmt::print("{}", first ? "" : "\n");
            first = false;
            show(registry, id, earlier);
        }
        status = ExitStatus::Success;
    });
}

} // namespace attest::cli
