#pragma once

#include "cli/exit_status.hpp"

#include <CLI/CLI.hpp>

namespace attest::cli {

// Each function adds one command to the program. When the command line names it, it runs while
// CLI11 parses and leaves its exit status in the second argument.
void add_verify(CLI::App& app, ExitStatus& status);
void add_list(CLI::App& app, ExitStatus& status);
void add_show(CLI::App& app, ExitStatus& status);
void add_report(CLI::App& app, ExitStatus& status);
void add_compare(CLI::App& app, ExitStatus& status);
void add_evaluate(CLI::App& app, ExitStatus& status);
void add_trajectory(CLI::App& app, ExitStatus& status);
void add_terminal(CLI::App& app, ExitStatus& status);
void add_tube(CLI::App& app, ExitStatus& status);
void add_conform(CLI::App& app, ExitStatus& status);
void add_reference(CLI::App& app, ExitStatus& status);
void add_particles(CLI::App& app, ExitStatus& status);
void add_ensemble(CLI::App& app, ExitStatus& status);
void add_mutate(CLI::App& app, ExitStatus& status);
void add_completion(CLI::App& app, ExitStatus& status);

} // namespace attest::cli
