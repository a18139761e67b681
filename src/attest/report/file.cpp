#include "attest/report/file.hpp"

#include "attest/report/temporary_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <mutex>
#include <set>
#include <system_error>

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

private:
    int fd_;
};

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

/// Removes, once a process and folder, what killed processes left there.
void remove_partial_files_once(const std::filesystem::path& folder)
{
    static std::mutex mutex;
    static std::set<std::filesystem::path> done;
    {
        const std::lock_guard lock(mutex);
        if (!done.insert(folder).second) {
            return;
        }
    }
    remove_partial_files(folder);
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
    remove_partial_files_once(folder);
    TemporaryFile file(target);
    if (!file.is_open() || !file.write(content) || !file.rename_to_target()) {
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
    remove_partial_files(folder);
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->is_directory(error)) {
            remove_partial_files(entry->path());
        }
    }
}

} // namespace attest::report
