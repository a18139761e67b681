#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace attest::report {

inline constexpr int program_missing = 127; ///< as a shell reports it

/// Runs a program without a shell and waits for it: found along PATH unless the name has a slash,
/// working in `folder`, standard input empty, both outputs in the file `output`. The environment is
/// the caller's with the given settings in place. Exit status of the program; program_missing when
/// it is not installed; -1 when it could not be started or was killed.
int run_program(std::vector<std::string> command, const std::filesystem::path& folder,
                const std::filesystem::path& output,
                const std::vector<std::pair<std::string, std::string>>& settings = {});

/// A folder of its own in the system's place for temporary files; removed with its contents.
class TemporaryFolder {
public:
    /// Throws IoError where it cannot be made.
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace attest::report
