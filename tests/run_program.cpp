#include "tests/run_program.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace attest::testing {
namespace {

std::string quoted(const std::string& text)
{
    std::string result = "'";
    for (const char c : text) {
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return result + "'";
}

std::string content_of(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The two ends of a pseudo-terminal.
class PseudoTerminal {
public:
    explicit PseudoTerminal(unsigned short columns) :
        keyboard_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC))
    {
        if (keyboard_ < 0 || ::grantpt(keyboard_) != 0 || ::unlockpt(keyboard_) != 0
            || (program_ = ::open(::ptsname(keyboard_), O_RDWR | O_NOCTTY | O_CLOEXEC)) < 0) {
            throw std::runtime_error("no pseudo-terminal");
        }
        termios settings{};
        ::tcgetattr(program_, &settings);
        settings.c_oflag &= ~static_cast<tcflag_t>(OPOST); // a line ends as it was written
        settings.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(program_, TCSANOW, &settings);
        winsize size{};
        size.ws_row = 24;
        size.ws_col = columns;
        ::ioctl(program_, TIOCSWINSZ, &size);
    }
    ~PseudoTerminal()
    {
        ::close(keyboard_);
        leave();
    }
    PseudoTerminal(const PseudoTerminal&) = delete;
    PseudoTerminal& operator=(const PseudoTerminal&) = delete;

    /// In the child: all its streams, and its session's terminal.
    void enter() const
    {
        ::setsid();
        ::ioctl(program_, TIOCSCTTY, 0);
        for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
            ::dup2(program_, stream);
        }
    }
    /// In the parent, so that the last program that leaves ends the output.
    void leave()
    {
        if (program_ >= 0) {
            ::close(program_);
            program_ = -1;
        }
    }
    std::string screen(const std::string& interrupt_at) const
    {
        std::string seen;
        bool pressed = interrupt_at.empty();
        std::array<char, 4096> part{};
        for (ssize_t size = 0; (size = ::read(keyboard_, part.data(), part.size())) > 0;) {
            seen.append(part.data(), static_cast<std::size_t>(size));
            if (!pressed && seen.find(interrupt_at) != std::string::npos) {
                pressed = ::write(keyboard_, "\x03", 1) == 1;
            }
        }
        return seen;
    }

private:
    int keyboard_ = -1;
    int program_ = -1;
};

} // namespace

TemporaryFolder::TemporaryFolder()
{
    std::string name = (std::filesystem::temp_directory_path() / "attest-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    path_ = name;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryFolder::file(const std::string& name,
                                            const std::string& content) const
{
    std::filesystem::path path = path_ / name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        lines.push_back(line);
    }
    return lines;
}

std::string text_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<std::string> cells_of(const std::string& line)
{
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) {
        cells.push_back(cell);
    }
    return cells;
}

std::string as_typed(const std::vector<std::string>& arguments)
{
    std::string text = "attest";
    for (const std::string& argument : arguments) {
        text += " " + quoted(argument);
    }
    return text;
}

Outcome run_attest(const std::vector<std::string>& arguments, const std::filesystem::path& folder)
{
    return run_program(ATTEST_PROGRAM, arguments, folder);
}

Outcome run_on_terminal(const std::vector<std::string>& arguments,
                        const std::filesystem::path& folder, const Terminal& terminal)
{
    // env sets what the terminal's user has set, and nothing of what runs the tests.
    std::vector<std::string> command = {"/usr/bin/env", "-u",      "NO_COLOR",
                                        "-u",           "COLUMNS", "TERM=xterm"};
    command.insert(command.end(), terminal.settings.begin(), terminal.settings.end());
    command.emplace_back(ATTEST_PROGRAM);
    command.insert(command.end(), arguments.begin(), arguments.end());
    std::vector<char*> words;
    for (std::string& word : command) {
        words.push_back(word.data());
    }
    words.push_back(nullptr);

    PseudoTerminal ends(terminal.columns);
    const pid_t child = ::fork();
    if (child == 0) {
        ends.enter();
        if (::chdir(folder.c_str()) == 0) {
            ::execv(words.front(), words.data());
        }
        ::_exit(127);
    }
    ends.leave();
    Outcome outcome;
    outcome.out = ends.screen(terminal.interrupt_at);
    int raw = 0;
    ::waitpid(child, &raw, 0);
    outcome.status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    return outcome;
}

Outcome run_program(const std::string& program, const std::vector<std::string>& arguments,
                    const std::filesystem::path& folder)
{
    const TemporaryFolder captured;
    const std::filesystem::path out = captured.path() / "out";
    const std::filesystem::path err = captured.path() / "err";
    std::string command = "cd " + quoted(folder.string()) + " && exec " + quoted(program);
    for (const std::string& argument : arguments) {
        command += " " + quoted(argument);
    }
    command += " </dev/null >" + quoted(out.string()) + " 2>" + quoted(err.string());
    const int raw = std::system(command.c_str());
    Outcome outcome;
    outcome.status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    outcome.out = content_of(out);
    outcome.err = content_of(err);
    return outcome;
}

} // namespace attest::testing
