#include "attest/report/temporary_file.hpp"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace attest::report {
namespace {

constexpr std::string_view prefix = ".attest.";
constexpr std::string_view suffix = ".partial";

/// Whether the open file still has a name.
bool has_name(int fd) noexcept
{
    struct stat what {};
    return ::fstat(fd, &what) == 0 && what.st_nlink > 0;
}

} // namespace

TemporaryFile::TemporaryFile(const std::filesystem::path& target) : target_(target)
{
    static std::atomic<unsigned> counter{0};
    const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
    // Another machine or container may have a process of the same number, and whoever looks for
    // leftovers may have found this file before it was locked.
    constexpr int most_tries = 100;
    for (int tries = 0; tries < most_tries; ++tries) {
        path_ = folder
                / fmt::format("{}{}.{}.{}{}", prefix, target.filename().string(), ::getpid(),
                              counter++, suffix);
        if (open_locked() || errno != EEXIST) {
            return;
        }
    }
}

TemporaryFile::~TemporaryFile()
{
    if (!path_.empty()) {
        ::unlink(path_.c_str());
    }
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

/// False with EEXIST if another name has to be tried.
bool TemporaryFile::open_locked() noexcept
{
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd_ < 0) {
        const int error = errno;
        path_.clear(); // not ours
        errno = error;
        return false;
    }
    const bool taken = ::flock(fd_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (taken || !has_name(fd_)) {
        ::close(std::exchange(fd_, -1));
        ::unlink(path_.c_str());
        errno = EEXIST;
        return false;
    }
    return true;
}

bool TemporaryFile::write(std::string_view content) noexcept
{
    while (!content.empty()) {
        const ssize_t written = ::write(fd_, content.data(), content.size());
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return false;
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(fd_) == 0;
}

bool TemporaryFile::rename_to_target() noexcept
{
    // The second descriptor holds the lock until the file has its name: closing the first one
    // reports late errors.
    const int lock = ::fcntl(fd_, F_DUPFD_CLOEXEC, 0);
    const bool done = lock >= 0 && ::close(std::exchange(fd_, -1)) == 0
                      && ::rename(path_.c_str(), target_.c_str()) == 0;
    const int error = errno;
    if (done) {
        path_.clear();
    }
    if (lock >= 0) {
        ::close(lock);
    }
    errno = error;
    return done;
}

void remove_partial_files(const std::filesystem::path& folder)
{
    namespace fs = std::filesystem;
    std::error_code error;
    std::vector<fs::path> found;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.size() > prefix.size() + suffix.size() && name.starts_with(prefix)
            && name.ends_with(suffix)) {
            found.push_back(entry->path());
        }
    }
    for (const fs::path& file : found) {
        const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (fd >= 0) {
            if (::flock(fd, LOCK_EX | LOCK_NB) == 0) {
                ::unlink(file.c_str());
            }
            ::close(fd);
        }
    }
}

} // namespace attest::report
