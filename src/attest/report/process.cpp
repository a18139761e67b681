#include "attest/report/process.hpp"

#include "attest/report/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

// POSIX leaves the declaration to the program.
extern char** environ; // NOLINT

namespace attest::report {
namespace {

namespace fs = std::filesystem;

/// What is to be done with a child's files before it starts.
class FileActions {
public:
    FileActions() { ::posix_spawn_file_actions_init(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
    void open(int descriptor, const fs::path& path, int flags)
    {
        ::posix_spawn_file_actions_addopen(&actions_, descriptor, path.c_str(), flags, 0666);
    }
    void duplicate(int from, int to) { ::posix_spawn_file_actions_adddup2(&actions_, from, to); }
    void change_folder(const fs::path& path)
    {
        ::posix_spawn_file_actions_addchdir_np(&actions_, path.c_str());
    }
    const posix_spawn_file_actions_t* get() const noexcept { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

std::vector<char*> pointers(std::vector<std::string>& words)
{
    std::vector<char*> out;
    std::transform(words.begin(), words.end(), std::back_inserter(out),
                   [](std::string& word) { return word.data(); });
    out.push_back(nullptr);
    return out;
}

/// The caller's environment with the settings in place of its own.
std::vector<std::string>
child_environment(const std::vector<std::pair<std::string, std::string>>& settings)
{
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const std::string name = text.substr(0, text.find('='));
        if (std::none_of(settings.begin(), settings.end(),
                         [&](const auto& setting) { return setting.first == name; })) {
            all.push_back(text);
        }
    }
    for (const auto& [name, value] : settings) {
        all.push_back(fmt::format("{}={}", name, value));
    }
    return all;
}

} // namespace

int run_program(std::vector<std::string> command, const fs::path& folder, const fs::path& output,
                const std::vector<std::pair<std::string, std::string>>& settings)
{
    std::vector<std::string> environment = child_environment(settings);
    const std::vector<char*> arguments = pointers(command);
    const std::vector<char*> variables = pointers(environment);
    FileActions actions;
    actions.open(STDIN_FILENO, "/dev/null", O_RDONLY);
    actions.open(STDOUT_FILENO, fs::absolute(output), O_WRONLY | O_CREAT | O_TRUNC);
    actions.duplicate(STDOUT_FILENO, STDERR_FILENO);
    actions.change_folder(folder);
    pid_t child = 0;
    const int error = ::posix_spawnp(&child, arguments.front(), actions.get(), nullptr,
                                     arguments.data(), variables.data());
    if (error != 0) {
        return error == ENOENT ? program_missing : -1;
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            return -1;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TemporaryFolder::TemporaryFolder()
{
    std::string pattern = (fs::temp_directory_path() / "attest-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw IoError(
            fmt::format("cannot write '{}': {}", pattern, std::generic_category().message(errno)));
    }
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

} // namespace attest::report
