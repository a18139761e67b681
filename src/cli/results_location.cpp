#include "cli/results_location.hpp"

#include "attest/report/file.hpp"

#include <fmt/format.h>

#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace attest::cli {
namespace fs = std::filesystem;

std::optional<fs::path> results_here()
{
    const fs::path path = fs::path(default_report_folder) / "results.json";
    std::error_code ignored;
    return fs::is_regular_file(path, ignored) ? std::optional(path) : std::nullopt;
}

std::optional<fs::path> reference_results()
{
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (error) {
        return std::nullopt;
    }
    const fs::path installed = "share/attest/reference/results.json";
    const fs::path in_sources = "reports/reference/results.json";
    constexpr int levels = 5; // build/<preset>/src/cli/attest lies four below the source tree
    fs::path folder = program.parent_path();
    for (int level = 0; level < levels && folder.has_relative_path(); ++level) {
        for (const fs::path& candidate : {folder / installed, folder / in_sources}) {
            if (fs::is_regular_file(candidate, error)) {
                return candidate;
            }
        }
        folder = folder.parent_path();
    }
    return std::nullopt;
}

void require_writable_folder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error && !fs::is_directory(folder)) {
        error = std::make_error_code(std::errc::not_a_directory);
    }
    if (!error && ::access(folder.c_str(), W_OK | X_OK) != 0) {
        error = std::error_code(errno, std::generic_category());
    }
    if (error) {
        throw report::IoError(fmt::format("cannot write '{}': {}; name a folder in which files "
                                          "can be made",
                                          folder.string(), error.message()));
    }
}

void require_writable_file(const fs::path& file)
{
    if (file.filename().empty()) {
        throw report::IoError(fmt::format("cannot write '{}': must name a file", file.string()));
    }
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) {
        throw report::IoError(
            fmt::format("cannot write '{}': is a folder, must name a file", file.string()));
    }
    require_writable_folder(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

// The folder itself is locked, so that no further file lies about. A file system without locks
// (some network disks) goes without.
FolderLock::FolderLock(const fs::path& folder) :
    fd_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
{
    if (fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(fd_);
        throw report::IoError(fmt::format("cannot write '{}': another run of attest writes there; "
                                          "wait for its end or name another folder",
                                          folder.string()));
    }
}

FolderLock::~FolderLock()
{
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

} // namespace attest::cli
