#include "cli/commands.hpp"
#include "cli/report_formats.hpp"
#include "cli/results_location.hpp"

#include <fmt/format.h>

#include <memory>

namespace attest::cli {
namespace {

struct ReportOptions {
    std::string results = std::string(default_report_folder) + "/results.json";
    std::string formats = "all";
    std::string out;
};

void write(const ReportOptions& options)
{
    const std::vector<report::Format> formats = report::select_formats(options.formats);
    const std::filesystem::path file = options.results;
    const ledger::Results results = report::read_results(file);
    std::filesystem::path folder = options.out;
    if (folder.empty()) {
        folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    }
    require_writable_folder(folder);
    fmt::print("{}\n", publish(results, formats, folder).string());
}

} // namespace

void add_report(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<ReportOptions>();
    CLI::App* command = app.add_subcommand("report", "Write reports from a results file");
    command->add_option("results", options->results, "results.json of a run")
        ->capture_default_str();
    command
        ->add_option("--format", options->formats,
                     "Comma-separated, of " + report::format_names() + "; or all")
        ->capture_default_str();
    command->add_option("--out", options->out, "Folder of the reports (that of the results file)");
    command->footer("\nExample:\n  attest report reports/reference/results.json --format md,pdf "
                    "--out /tmp/report");
    command->callback([options, &status] {
        write(*options);
        status = ExitStatus::Success;
    });
}

} // namespace attest::cli
