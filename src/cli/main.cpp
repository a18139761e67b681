#include "build_info.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <system_error>
#include <vector>

namespace {

using attest::cli::ExitStatus;

constexpr const char* examples = R"(
Examples:
  attest verify                                 decide every claim, write ./attest-report
  attest verify 'thm4.1/*' --profile standard   some claims, more work on each
  attest list 'table2/*'                        the claims, one a line
  attest show thm4.1/pre-ln/terminal-velocity   one claim: statement, verdict, evidence
  attest compare old.json new.json              did a verdict get weaker?
  attest report --format md,pdf                 write reports from a results file
  attest evaluate 'exp(beta)/n' '1' --at n=3,beta=1/2
  attest trajectory --scheme pre-ln --n 256 --beta 5 --until t=100 --digits 50
  attest terminal --scheme pre-ln --n 128 --beta 9 --digits 40
  attest tube --scheme pre-ln --n 256 --beta 5 --until 1e6 --log-time --digits 30
  attest conform run.csv --scheme pre-ln --n 64 --beta 2   is a simulator right?
  attest reference --scheme pre-ln --n 64 --beta 2 --until 10   certified data for it
  attest particles --scheme pre-ln --n 64 --d 8 --beta 2 --until synchronised
  attest ensemble --panel 5a --runs 1000        random weights: Figures 4 and 5
  attest mutate 'model/*'                       planted faults: which are refuted?

Exit status: 0 as recorded or better, 1 a verdict got weaker or two routes disagree,
2 usage or input error, 3 internal error, 130 interrupted. A claim of the paper that
fails is a finding, not a failure of the run.)";

int complain(std::string_view message, ExitStatus status)
{
    constexpr std::size_t longest_message = 1000;
    const std::string line =
        attest::cli::shortened(attest::cli::one_line(message), longest_message);
    // Not fmt::print: it would throw where stderr cannot be written either.
    (void)std::fprintf(stderr, "attest: %s\n", line.c_str());
    return static_cast<int>(status);
}

/// What was printed has to arrive: a full disk shows only when the buffer is written.
void flush_output()
{
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        throw attest::InputError("cannot write to the standard output: is its disk full?");
    }
}

/// CLI11 would only say that the first word is unexpected; the known commands help more.
void reject_unknown_command(const CLI::App& app, const std::string& word)
{
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({})) {
        if (command->get_name() == word) {
            return;
        }
        names.push_back(command->get_name());
    }
    if (word.empty() || word.front() != '-') {
        throw attest::InputError(
            fmt::format("command '{}': must be one of {}", word, fmt::join(names, ", ")));
    }
}

/// An option without a default of its own that is given an empty value, as by "--out $UNSET" in
/// quotes, must not look as if it had not been given.
void refuse_empty_values(CLI::App& app)
{
    for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
        for (CLI::Option* option : command->get_options()) {
            if (option->get_items_expected_max() > 0 && option->get_default_str().empty()
                && !option->get_positional() && !option->get_required()) {
                option->check([name = option->get_single_name()](const std::string& value) {
                    if (value.empty()) {
                        throw attest::InputError(fmt::format("{} '': must not be empty", name));
                    }
                    return std::string();
                });
            }
        }
    }
}

int run(int argc, const char* const* argv)
{
    CLI::App app("Decides the checkable statements of a paper on attention dynamics by machine.",
                 "attest");
    app.set_version_flag("--version",
                         fmt::format("attest {} ({}; {})", attest::cli::build_info::version,
                                     attest::cli::build_info::commit,
                                     attest::cli::build_info::compiler));
    app.footer(examples);
    app.require_subcommand(1);

    ExitStatus status = ExitStatus::Success;
    attest::cli::add_verify(app, status);
    attest::cli::add_list(app, status);
    attest::cli::add_show(app, status);
    attest::cli::add_report(app, status);
    attest::cli::add_compare(app, status);
    attest::cli::add_evaluate(app, status);
    attest::cli::add_trajectory(app, status);
    attest::cli::add_terminal(app, status);
    attest::cli::add_tube(app, status);
    attest::cli::add_conform(app, status);
    attest::cli::add_reference(app, status);
    attest::cli::add_particles(app, status);
    attest::cli::add_ensemble(app, status);
    attest::cli::add_mutate(app, status);
    attest::cli::add_completion(app, status);

    refuse_empty_values(app);

    if (argc > 1) {
        reject_unknown_command(app, argv[1]);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& help_or_version) {
        app.exit(help_or_version);
    } catch (const CLI::ParseError& error) {
        throw attest::InputError(fmt::format("{} (see attest --help)", error.what()));
    }
    return static_cast<int>(status);
}

} // namespace

int main(int argc, char** argv)
{
    // A write beyond the limit of file sizes then fails with a message, like a full disk.
    (void)std::signal(SIGXFSZ, SIG_IGN);
    try {
        const int status = run(argc, argv);
        flush_output();
        return status;
    } catch (const attest::InputError& error) {
        return complain(error.what(), ExitStatus::InputError);
    } catch (const attest::Undecidable& error) {
        // What was asked for has no answer: a level that is not reached, digits out of reach.
        return complain(error.what(), ExitStatus::InputError);
    } catch (const std::system_error& error) {
        // The system refused a file, a folder, a thread or the standard output.
        return complain(error.what(), ExitStatus::InputError);
    } catch (const std::bad_alloc&) {
        return complain("out of memory: must be asked for fewer tokens, samples, layers or digits",
                        ExitStatus::InputError);
    } catch (const std::exception& error) {
        return complain(error.what(), ExitStatus::InternalError);
    }
}
