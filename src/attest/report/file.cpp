#include "attest/report/file.hpp"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace attest::report {
namespace {

[[noreturn]] void fail(const char* action, const std::filesystem::path& path, int error)
{
    throw IoError(fmt::format("cannot {} '{}': {}", action, path.string(),
                              std::generic_category().message(error)));
}

/// An open file descriptor.
class Descriptor {
public:
    explicit Descriptor(int fd) noexcept : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    int get() const noexcept { return fd_; }
    /// Closes now, so that errors reported late (quota, network disks) are seen.
    bool close() noexcept { return ::close(std::exchange(fd_, -1)) == 0; }

private:
    int fd_;
};

/// A file that disappears again unless it was renamed to its final name.
class TemporaryFile {
public:
    explicit TemporaryFile(std::filesystem::path path) : path_(std::move(path)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile()
    {
        if (!path_.empty()) {
            ::unlink(path_.c_str());
        }
    }
    const std::filesystem::path& path() const noexcept { return path_; }
    bool rename_to(const std::filesystem::path& target) noexcept
    {
        if (::rename(path_.c_str(), target.c_str()) != 0) {
            return false;
        }
        path_.clear();
        return true;
    }

private:
    std::filesystem::path path_;
};

bool write_all(int fd, std::string_view content) noexcept
{
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return false;
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::filesystem::path resolve(const std::filesystem::path& path)
{
    std::error_code ignored;
    const std::filesystem::path real = std::filesystem::canonical(path, ignored);
    return ignored ? path : real;
}

} // namespace

std::string read_file(const std::filesystem::path& path)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        fail("read", path, EISDIR);
    }
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        fail("read", path, errno != 0 ? errno : EIO);
    }
    std::ostringstream content;
    content << in.rdbuf();
    if (in.bad()) {
        fail("read", path, EIO);
    }
    return std::move(content).str();
}

void write_file(const std::filesystem::path& path, std::string_view content)
{
    const std::filesystem::path target = resolve(path);
    std::error_code error;
    if (std::filesystem::exists(target, error) && !std::filesystem::is_regular_file(target)) {
        throw IoError(fmt::format("cannot write '{}': not a regular file", path.string()));
    }
    const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
    std::filesystem::create_directories(folder, error);
    if (error) {
        fail("write", path, error.value());
    }
    static std::atomic<unsigned> counter{0};
    TemporaryFile temporary(
        folder / fmt::format(".{}.{}.{}", target.filename().string(), ::getpid(), counter++));
    Descriptor file(
        ::open(temporary.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.get() < 0 || !write_all(file.get(), content) || ::fsync(file.get()) != 0
        || !file.close() || !temporary.rename_to(target)) {
        fail("write", path, errno);
    }
    // The rename itself survives a crash only once the folder is flushed; not every file system
    // offers that, and the content is complete in either case.
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() >= 0) {
        ::fsync(directory.get());
    }
}

} // namespace attest::report
