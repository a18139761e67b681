#pragma once

#include <filesystem>
#include <optional>

namespace attest::cli {

/// Where `verify` writes unless told otherwise, and where the other commands look.
inline constexpr const char* default_report_folder = "attest-report";

/// results.json of the default report folder, if there is one below the current folder.
std::optional<std::filesystem::path> results_here();

/// results.json of the reference run: in an installation under share/attest, in a build inside the
/// source tree under reports/. Found from the program's own path, nothing is compiled in.
std::optional<std::filesystem::path> reference_results();

/// Makes the folder if needed. Throws report::IoError naming it where no file can be made in it,
/// so that a long run does not end there.
void require_writable_folder(const std::filesystem::path& folder);

/// The same for the folder of a file that will be written.
void require_writable_file(const std::filesystem::path& file);

/// Keeps a folder to one run at a time, from its making to its end; the lock of a process that
/// dies is free again. Throws report::IoError where another run has the folder.
class FolderLock {
public:
    explicit FolderLock(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int fd_;
};

} // namespace attest::cli
