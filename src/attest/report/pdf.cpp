#include "attest/report/file.hpp"
#include "attest/report/latex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace attest::report {
namespace {

namespace fs = std::filesystem;

/// A folder of its own in the system's place for temporary files; removed with its contents.
class TemporaryFolder {
public:
    TemporaryFolder()
    {
        std::string pattern = (fs::temp_directory_path() / "attest-report-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw IoError(fmt::format("cannot write '{}': {}", pattern,
                                      std::generic_category().message(errno)));
        }
        path_ = pattern;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    const fs::path& path() const noexcept { return path_; }

private:
    fs::path path_;
};

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

/// The caller's environment with settings for reproducible files and readable logs.
std::vector<std::string> child_environment()
{
    const std::vector<std::string> settings = {"SOURCE_DATE_EPOCH=0", "FORCE_SOURCE_DATE=1",
                                               "max_print_line=1000"};
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const std::string name = text.substr(0, text.find('=') + 1);
        if (std::none_of(settings.begin(), settings.end(),
                         [&](const std::string& other) { return other.starts_with(name); })) {
            all.push_back(text);
        }
    }
    all.insert(all.end(), settings.begin(), settings.end());
    return all;
}

constexpr int program_missing = 127; // as a shell reports it

/// Exit status of a program run in a folder, its output in a file there; program_missing when it is
/// not installed.
int run(std::vector<std::string> command, const fs::path& folder)
{
    std::vector<std::string> environment = child_environment();
    const std::vector<char*> arguments = pointers(command);
    const std::vector<char*> variables = pointers(environment);
    FileActions actions;
    actions.change_folder(folder);
    actions.open(STDIN_FILENO, "/dev/null", O_RDONLY);
    actions.open(STDOUT_FILENO, folder / "output.txt", O_WRONLY | O_CREAT | O_TRUNC);
    actions.duplicate(STDOUT_FILENO, STDERR_FILENO);
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

/// The first line of a TeX log that reports an error.
std::string first_error(const std::string& log)
{
    std::size_t start = 0;
    while (start < log.size()) {
        const std::size_t end = std::min(log.find('\n', start), log.size());
        const std::string line = log.substr(start, end - start);
        if (line.starts_with("! ") || line.find("report.tex:") != std::string::npos) {
            return line;
        }
        start = end + 1;
    }
    return "no error line found in the log";
}

} // namespace

PdfStatus compile_pdf(const fs::path& folder)
{
    const TemporaryFolder work;
    write_file(work.path() / "report.tex", read_file(folder / "report.tex"));
    const int status =
        run({"latexmk", "-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error",
             "-file-line-error", "-latexoption=-no-shell-escape", "report.tex"},
            work.path());
    if (status == program_missing) {
        return {PdfStatus::Outcome::LatexmkMissing, {}, "latexmk is not installed"};
    }
    const fs::path pdf = work.path() / "report.pdf";
    if (status == 0 && fs::exists(pdf)) {
        write_file(folder / "report.pdf", read_file(pdf));
        return {PdfStatus::Outcome::Made, {}, {}};
    }
    const fs::path log = work.path() / "report.log";
    const std::string text = read_file(fs::exists(log) ? log : work.path() / "output.txt");
    write_file(folder / "report.log", text);
    return {PdfStatus::Outcome::Failed, folder / "report.log", first_error(text)};
}

} // namespace attest::report
