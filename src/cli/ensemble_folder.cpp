#include "cli/ensemble_folder.hpp"

#include "attest/report/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <span>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace attest::cli {
namespace {

namespace fs = std::filesystem;

/// Runs of a block; a block is claimed as a whole.
constexpr std::uint64_t block_runs = 8;
/// 2: exponents of growth; stretches of zeros are packed.
constexpr std::string_view part_magic = "attest ensemble part 2\n";
constexpr std::string_view part_magic_of_any = "attest ensemble part ";

static_assert(std::endian::native == std::endian::little,
              "parts are written as the machine holds them: little-endian");

template <class T>
void append(std::string& out, std::span<const T> numbers)
{
    const std::uint64_t count = numbers.size();
    std::string bytes(sizeof count + numbers.size_bytes(), '\0');
    std::memcpy(bytes.data(), &count, sizeof count);
    if (count > 0) {
        std::memcpy(bytes.data() + sizeof count, numbers.data(), numbers.size_bytes());
    }
    out += bytes;
}

/// Takes a counted array off the front; false if there is none.
template <class T>
bool take(std::string_view& from, std::vector<T>& numbers)
{
    std::uint64_t count = 0;
    if (from.size() < sizeof count) {
        return false;
    }
    std::memcpy(&count, from.data(), sizeof count);
    from.remove_prefix(sizeof count);
    if (count > from.size() / sizeof(T)) {
        return false;
    }
    numbers.resize(count);
    if (count > 0) {
        std::memcpy(numbers.data(), from.data(), count * sizeof(T));
    }
    from.remove_prefix(count * sizeof(T));
    return true;
}

std::string host_name()
{
    std::string name(256, '\0');
    if (::gethostname(name.data(), name.size() - 1) != 0) {
        return "host";
    }
    name.resize(std::strlen(name.c_str()));
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '/' || c == '.'; }, '-');
    return name;
}

} // namespace

std::uint64_t checksum(std::string_view bytes)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char byte : bytes) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    }
    return hash;
}

std::vector<std::int64_t> pack_zeros(std::span<const std::int64_t> numbers)
{
    std::vector<std::int64_t> packed;
    for (std::size_t k = 0; k < numbers.size();) {
        packed.push_back(numbers[k]);
        if (numbers[k] != 0) {
            ++k;
            continue;
        }
        const std::size_t first = k;
        while (k < numbers.size() && numbers[k] == 0) {
            ++k;
        }
        packed.push_back(static_cast<std::int64_t>(k - first));
    }
    return packed;
}

std::optional<std::vector<std::int64_t>> unpack_zeros(std::span<const std::int64_t> packed,
                                                      std::size_t count)
{
    std::vector<std::int64_t> numbers;
    numbers.reserve(count);
    for (std::size_t k = 0; k < packed.size(); ++k) {
        if (packed[k] != 0) {
            if (numbers.size() == count) {
                return std::nullopt;
            }
            numbers.push_back(packed[k]);
            continue;
        }
        ++k;
        if (k == packed.size() || packed[k] < 1
            || static_cast<std::uint64_t>(packed[k]) > count - numbers.size()) {
            return std::nullopt;
        }
        numbers.resize(numbers.size() + static_cast<std::size_t>(packed[k]), 0);
    }
    return numbers.size() == count ? std::optional(std::move(numbers)) : std::nullopt;
}

/// The file of lock bytes. It is opened once: closing any descriptor of it would drop all locks.
class EnsembleFolder::ClaimsFile {
public:
    explicit ClaimsFile(const fs::path& path) :
        path_(path), fd_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666))
    {
        if (fd_ < 0) {
            fail();
        }
    }
    ~ClaimsFile() { ::close(fd_); }
    ClaimsFile(const ClaimsFile&) = delete;
    ClaimsFile& operator=(const ClaimsFile&) = delete;

    bool lock(std::uint64_t block)
    {
        if (set(block, F_WRLCK)) {
            return true;
        }
        if (errno != EACCES && errno != EAGAIN) {
            fail();
        }
        return false;
    }
    void unlock(std::uint64_t block)
    {
        if (!set(block, F_UNLCK)) {
            fail();
        }
    }

private:
    bool set(std::uint64_t block, short type)
    {
        struct flock what {};
        what.l_type = type;
        what.l_whence = SEEK_SET;
        what.l_start = static_cast<off_t>(block);
        what.l_len = 1;
        return ::fcntl(fd_, F_SETLK, &what) == 0;
    }
    [[noreturn]] void fail() const
    {
        throw report::IoError(fmt::format("cannot lock '{}': {}", path_.string(),
                                          std::generic_category().message(errno)));
    }
    fs::path path_;
    int fd_;
};

EnsembleFolder::EnsembleFolder(fs::path folder, const std::string& setting, std::size_t schemes,
                               std::size_t times) :
    folder_(std::move(folder)),
    setting_(setting), own_{chance::RunSet(), chance::EnsembleStatistics(schemes, times)}
{
    const fs::path described = folder_ / "setting";
    std::error_code error;
    if (fs::exists(described, error)) {
        if (report::read_file(described) != setting) {
            throw InputError(fmt::format("checkpoint '{}': is of another setting (compare '{}'); "
                                         "must be a new folder or one of the same setting",
                                         folder_.string(), described.string()));
        }
    } else {
        report::write_file(described, setting);
    }
    claims_ = std::make_unique<ClaimsFile>(folder_ / "claims");
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    own_name_ = fmt::format("part-{}-{}-{:x}", host_name(), ::getpid(),
                            std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
    refresh();
}
EnsembleFolder::~EnsembleFolder() = default;

std::vector<fs::path> EnsembleFolder::parts() const
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("part-") && name != own_name_) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

EnsembleFolder::Part EnsembleFolder::read(const fs::path& file) const
{
    // Thousands of layers have more numbers than another file may have bytes.
    const std::string content = report::read_file(
        file, report::most_bytes_read + own_.statistics.number_count() * sizeof(std::int64_t));
    const auto broken = [&] {
        return InputError(fmt::format("checkpoint part '{}': is not a whole part of this ensemble; "
                                      "remove it to make its runs again",
                                      file.string()));
    };
    std::string_view rest = content;
    std::uint64_t sum = 0;
    if (rest.starts_with(part_magic_of_any) && !rest.starts_with(part_magic)) {
        throw InputError(fmt::format("checkpoint part '{}': is of another version of attest; "
                                     "remove it to make its runs again",
                                     file.string()));
    }
    if (rest.size() < part_magic.size() + sizeof sum || !rest.starts_with(part_magic)) {
        throw broken();
    }
    std::memcpy(&sum, content.data() + content.size() - sizeof sum, sizeof sum);
    rest.remove_suffix(sizeof sum);
    if (checksum(rest) != sum) {
        throw broken();
    }
    rest.remove_prefix(part_magic.size());
    std::vector<char> text;
    std::vector<std::uint64_t> words;
    std::vector<std::int64_t> packed;
    if (!take(rest, text) || !take(rest, words) || !take(rest, packed) || !rest.empty()
        || std::string_view(text.data(), text.size()) != setting_) {
        throw broken();
    }
    const auto numbers = unpack_zeros(packed, own_.statistics.number_count());
    if (!numbers) {
        throw broken();
    }
    Part part{chance::RunSet::from_words(std::move(words)),
              chance::EnsembleStatistics::from_numbers(*numbers)};
    if (part.made.size() != part.statistics.runs()
        || part.statistics.times() != own_.statistics.times()
        || part.statistics.schemes() != own_.statistics.schemes()) {
        throw broken();
    }
    return part;
}

/// Reads the parts of others that are new or have changed.
void EnsembleFolder::refresh()
{
    bool changed = false;
    for (const fs::path& file : parts()) {
        const auto time = fs::last_write_time(file);
        const auto known = others_.find(file.filename().string());
        if (known == others_.end() || known->second.changed != time) {
            others_.insert_or_assign(file.filename().string(), Known{time, read(file).made});
            changed = true;
        }
    }
    if (changed) {
        others_made_ = {};
        for (const auto& [name, part] : others_) {
            others_made_.add(part.made);
        }
    }
}

std::optional<chance::RunRange> EnsembleFolder::claim(std::uint64_t runs)
{
    const auto missing = [&](std::uint64_t run) {
        return !own_.made.contains(run) && !others_made_.contains(run);
    };
    const auto pop = [&] {
        const chance::RunRange range = waiting_.back();
        waiting_.pop_back();
        return range;
    };
    if (!waiting_.empty()) {
        return pop();
    }
    const std::uint64_t blocks = (runs + block_runs - 1) / block_runs;
    for (std::uint64_t tried = 0; tried < blocks; ++tried) {
        const std::uint64_t block = (cursor_ + tried) % blocks;
        const std::uint64_t first = block * block_runs;
        const std::uint64_t end = std::min(runs, first + block_runs);
        const auto open = [&] {
            for (std::uint64_t run = first; run < end; ++run) {
                if (missing(run)) {
                    return true;
                }
            }
            return false;
        };
        if (claimed_.contains(block) || !open() || !claims_->lock(block)) {
            continue;
        }
        // Its last owner may have saved and let go since the parts were read.
        refresh();
        if (!open()) {
            claims_->unlock(block);
            continue;
        }
        claimed_.insert(block);
        cursor_ = block + 1;
        // Stretches of runs that are missing, the first one last: it is taken first.
        for (std::uint64_t run = end; run-- > first;) {
            if (!missing(run)) {
                continue;
            }
            if (!waiting_.empty() && waiting_.back().first == run + 1) {
                waiting_.back().first = run;
            } else {
                waiting_.push_back({run, run + 1});
            }
        }
        return pop();
    }
    return std::nullopt;
}

void EnsembleFolder::add(std::uint64_t run, const chance::RunCurves& curves)
{
    own_.statistics.add(curves);
    own_.made.insert(run);
}

void EnsembleFolder::save()
{
    if (own_.statistics.runs() == 0) {
        return;
    }
    std::string content(part_magic);
    append(content, std::span<const char>(setting_));
    append(content, std::span<const std::uint64_t>(own_.made.words()));
    append(content, std::span<const std::int64_t>(pack_zeros(own_.statistics.numbers())));
    const std::uint64_t sum = checksum(content);
    content.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    report::write_file(folder_ / own_name_, content);
    for (auto block = claimed_.begin(); block != claimed_.end();) {
        bool complete = true;
        for (std::uint64_t run = *block * block_runs; run < (*block + 1) * block_runs; ++run) {
            complete = complete && (own_.made.contains(run) || others_made_.contains(run));
        }
        if (complete) {
            claims_->unlock(*block);
            block = claimed_.erase(block);
        } else {
            ++block;
        }
    }
}

std::uint64_t EnsembleFolder::done(std::uint64_t runs)
{
    refresh();
    return own_.made.size_below(runs) + others_made_.size_below(runs);
}

chance::EnsembleStatistics EnsembleFolder::combined()
{
    chance::EnsembleStatistics all = own_.statistics;
    chance::RunSet made = own_.made;
    for (const fs::path& file : parts()) {
        const Part part = read(file);
        made.add(part.made);
        all.add(part.statistics);
    }
    return all;
}

} // namespace attest::cli
