#include "cli/commands.hpp"
#include "cli/differences.hpp"

#include "attest/report/json.hpp"

#include <memory>

namespace attest::cli {
namespace {

struct CompareOptions {
    std::string recorded;
    std::string run;
};

} // namespace

void add_compare(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<CompareOptions>();
    CLI::App* command =
        app.add_subcommand("compare", "Compare two runs; status 0 only if no verdict got weaker");
    command->add_option("old", options->recorded, "results.json of the recorded run")->required();
    command->add_option("new", options->run, "results.json of the run to judge")->required();
    command->footer("\nExample:\n  attest compare reports/reference/results.json "
                    "attest-report/results.json");
    command->callback([options, &status] {
        const ledger::Results recorded = report::read_results(options->recorded);
        const ledger::Results run = report::read_results(options->run);
        const std::vector<ledger::Difference> differences = ledger::compare(recorded, run);
        print_differences(differences, run.claims.size(), Show::All);
        status = ledger::got_weaker(differences) ? ExitStatus::Regression : ExitStatus::Success;
    });
}

} // namespace attest::cli
