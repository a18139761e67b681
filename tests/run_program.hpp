#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace attest::testing {

/// A folder of its own that disappears again with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const noexcept { return path_; }
    /// Writes a file into the folder and returns its path.
    std::filesystem::path file(const std::string& name, const std::string& content) const;

private:
    std::filesystem::path path_;
};

struct Outcome {
    int status = -1; ///< exit status; 128 + signal where one ended the program
    std::string out;
    std::string err;
};

/// Runs the program attest with these arguments in that folder and waits for it.
Outcome run_attest(const std::vector<std::string>& arguments, const std::filesystem::path& folder);

/// The same for another program.
Outcome run_program(const std::string& program, const std::vector<std::string>& arguments,
                    const std::filesystem::path& folder);

/// A terminal and what its user has set and does.
struct Terminal {
    unsigned short columns = 80;         ///< 0: the terminal does not say
    std::vector<std::string> settings{}; ///< NAME=value of the environment
    std::string interrupt_at{};          ///< Ctrl-C is pressed once this is on the screen
};
/// Runs attest with all three streams on a pseudo-terminal; `out` is what it wrote there.
Outcome run_on_terminal(const std::vector<std::string>& arguments,
                        const std::filesystem::path& folder, const Terminal& terminal = {});

/// Without the ends of the lines.
std::vector<std::string> lines_of(const std::string& text);

/// Everything that a file holds; empty where there is none.
std::string text_of(const std::filesystem::path& file);

/// The cells of a line of CSV without quotes.
std::vector<std::string> cells_of(const std::string& line);

/// How the arguments would be typed, for messages.
std::string as_typed(const std::vector<std::string>& arguments);

} // namespace attest::testing
