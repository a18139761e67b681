#pragma once

#include <filesystem>
#include <string_view>

namespace attest::report {

/// A file under a temporary name, which is locked (flock) as long as somebody writes it and
/// disappears again unless it is renamed to its final name. The lock tells a file that is being
/// written from one that a killed process left: numbers of processes are used again, and mean
/// nothing on another machine that shares the folder.
class TemporaryFile {
public:
    /// Makes an empty file ".attest.NAME.PROCESS.NUMBER.partial" in the folder of target. is_open()
    /// tells whether that was possible; errno says why not.
    explicit TemporaryFile(const std::filesystem::path& target);
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile();

    bool is_open() const noexcept { return fd_ >= 0; }
    /// Writes all of the content and flushes it to the disk; false with errno otherwise.
    bool write(std::string_view content) noexcept;
    /// Gives the file the name of the target; false with errno otherwise, also for an error of the
    /// writing that is only reported now (quota, network disks).
    bool rename_to_target() noexcept;

private:
    bool open_locked() noexcept;

    std::filesystem::path target_;
    std::filesystem::path path_;
    int fd_ = -1;
};

/// Removes the temporary files in this folder, and only those, that nobody writes any more. On a
/// file system without locks nothing is removed.
void remove_partial_files(const std::filesystem::path& folder);

} // namespace attest::report
