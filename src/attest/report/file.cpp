#include "attest/report/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

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

/// The file behind symbolic links, also one that is still to be made.
std::filesystem::path resolve(const std::filesystem::path& path)
{
    constexpr int most_links = 40;
    std::error_code ignored;
    std::filesystem::path target = path;
    for (int links = 0; std::filesystem::is_symlink(target, ignored); ++links) {
        if (links == most_links) {
            fail("write", path, ELOOP);
        }
        target = target.parent_path() / std::filesystem::read_symlink(target, ignored);
    }
    return target;
}

/// The process in the name of a temporary file, ".NAME.PROCESS.NUMBER", or 0.
long process_of(const std::string& name)
{
    const std::size_t second = name.rfind('.');
    const std::size_t first =
        second == 0 || second == std::string::npos ? second : name.rfind('.', second - 1);
    if (!name.starts_with('.') || first == std::string::npos || first == 0) {
        return 0;
    }
    long process = 0;
    unsigned number = 0;
    const char* const text = name.data();
    const auto one = std::from_chars(text + first + 1, text + second, process);
    const auto two = std::from_chars(text + second + 1, text + name.size(), number);
    const bool whole = one.ec == std::errc() && one.ptr == text + second && two.ec == std::errc()
                       && two.ptr == text + name.size();
    return whole && process > 0 ? process : 0;
}

/// "256 MiB", or bytes where it is no whole number of them.
std::string spoken_size(std::size_t bytes)
{
    constexpr std::size_t mebibyte = std::size_t{1} << 20U;
    return bytes % mebibyte == 0 ? fmt::format("{} MiB", bytes / mebibyte)
                                 : fmt::format("{} bytes", bytes);
}

} // namespace

std::string read_file(const std::filesystem::path& path, std::size_t most)
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
    std::string content;
    constexpr std::size_t first_piece = std::size_t{1} << 16U;
    std::size_t size = 0;
    while (in.good()) {
        // As much again as there is already, and one byte more than may be there.
        const std::size_t piece = std::min(std::max(size, first_piece), most - size) + 1;
        content.resize(size + piece);
        in.read(content.data() + size, static_cast<std::streamsize>(piece));
        size += static_cast<std::size_t>(in.gcount());
        if (size > most) {
            throw IoError(fmt::format("cannot read '{}': more than {}, must be at most that",
                                      path.string(), spoken_size(most)));
        }
    }
    content.resize(size);
    if (in.bad()) {
        fail("read", path, EIO);
    }
    return content;
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

void remove_leftovers(const std::filesystem::path& folder)
{
    namespace fs = std::filesystem;
    std::error_code error;
    std::vector<fs::path> leftovers;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const long process = process_of(entry->path().filename().string());
        if (process > 0 && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH) {
            leftovers.push_back(entry->path());
        }
    }
    for (const fs::path& file : leftovers) {
        fs::remove(file, error);
    }
}

} // namespace attest::report
