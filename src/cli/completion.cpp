#include "cli/commands.hpp"
#include "cli/profiles.hpp"

#include "attest/model/schemes.hpp"

#include <fmt/format.h>

namespace attest::cli {
namespace {

std::string words_of(const CLI::App& command)
{
    std::string words;
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            words += fmt::format("{}--{}", words.empty() ? "" : " ", name);
        }
    }
    return words;
}

/// A completion function for bash, from the commands and options that the program has.
std::string bash_script(const CLI::App& app)
{
    std::string names;
    std::string cases;
    std::string profile_names;
    for (const Profile& profile : profiles) {
        profile_names += fmt::format("{}{}", profile_names.empty() ? "" : " ", profile.name);
    }
    for (const CLI::App* command : app.get_subcommands({})) {
        names += fmt::format("{}{}", names.empty() ? "" : " ", command->get_name());
        cases +=
            fmt::format("        {}) words='{}' ;;\n", command->get_name(), words_of(*command));
    }
    return fmt::format(R"bash(# Completion of attest for bash: source <(attest completion)
_attest() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W '{} --help --version' -- "$word"))
        return
    fi
    case $before in
        --scheme) COMPREPLY=($(compgen -W '{}' -- "$word")); return ;;
        --profile) COMPREPLY=($(compgen -W '{}' -- "$word")); return ;;
    esac
    case ${{COMP_WORDS[1]}} in
{}    esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$words" -- "$word"))
        return
    fi
    case ${{COMP_WORDS[1]}} in
        verify|list|show|mutate) COMPREPLY=($(compgen -W "$("${{COMP_WORDS[0]}}" list --ids 2>/dev/null)" -- "$word")) ;;
        *) COMPREPLY=($(compgen -f -- "$word")) ;;
    esac
}}
complete -o filenames -F _attest attest
)bash",
                       names, fmt::join(model::all_scheme_names, " "), profile_names, cases);
}

} // namespace

void add_completion(CLI::App& app, ExitStatus& status)
{
    CLI::App* command = app.add_subcommand("completion", "Print a completion script for bash");
    command->footer("\nExample:\n  source <(attest completion)");
    command->callback([&app, &status] {
        fmt::print("{}", bash_script(app));
        status = ExitStatus::Success;
    });
}

} // namespace attest::cli
