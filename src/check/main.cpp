// attest-check: re-verifies certificates of attest by its own means.
#include "certificate.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <mutex>
#include <optional>
#include <thread>

namespace {

namespace fs = std::filesystem;

constexpr const char* usage =
    "usage: attest-check [options] FOLDER|FILE\n"
    "Re-verifies every certificate (*.json) below FOLDER, in sorted order, with arithmetic of its "
    "own.\n"
    "  --keep-going       go on after a certificate that is rejected\n"
    "  --json FILE        write what was found as JSON\n"
    "  --quiet            print rejections and the summary only\n"
    "  --threads N        certificates checked at a time (1 to 256, default: all cores)\n"
    "  --limit-seconds S  time for one certificate, undecided then and not accepted (default 600)\n"
    "  --version, --help\n"
    "Exit status: 0 all accepted, 1 one rejected, 2 usage or input error.\n";

struct Options {
    std::string path, json;
    bool keep_going = false, quiet = false;
    unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1U, 256U);
    double limit_seconds = 600;
};

struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

long whole_number(const std::string& option, const std::string& text, long highest)
{
    long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > highest) {
        throw UsageError(option + " '" + text + "': must be a whole number from 1 to "
                         + std::to_string(highest));
    }
    return value;
}

Options parse(const std::vector<std::string>& arguments)
{
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& word = arguments[i];
        const auto value = [&]() -> const std::string& {
            if (i + 1 == arguments.size()) {
                throw UsageError(word + " needs a value");
            }
            return arguments[++i];
        };
        if (word == "--keep-going") {
            options.keep_going = true;
        } else if (word == "--quiet") {
            options.quiet = true;
        } else if (word == "--json") {
            options.json = value();
        } else if (word == "--threads") {
            options.threads = static_cast<unsigned>(whole_number(word, value(), 256));
        } else if (word == "--limit-seconds") {
            options.limit_seconds = static_cast<double>(whole_number(word, value(), 10'000'000));
        } else if (word.starts_with("-") || !options.path.empty()) {
            throw UsageError("argument '" + word + "' is not understood; see --help");
        } else {
            options.path = word;
        }
    }
    if (options.path.empty()) {
        throw UsageError("no folder or file named; see --help");
    }
    return options;
}

std::vector<fs::path> certificates_below(const fs::path& path)
{
    std::error_code error;
    if (fs::is_regular_file(path, error)) {
        return {path};
    }
    std::vector<fs::path> files;
    for (auto entry = fs::recursive_directory_iterator(path, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (entry->path().extension() == ".json" && !entry->is_directory(error)) {
            files.push_back(entry->path());
        }
    }
    if (error) {
        throw UsageError("'" + path.string() + "' cannot be read: " + error.message());
    }
    if (files.empty()) {
        throw UsageError("'" + path.string() + "' holds no certificate (*.json)");
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Checks files in several threads and reports them in their order.
class Run {
public:
    Run(const Options& options, std::vector<fs::path> files) :
        options_(options), files_(std::move(files)), done_(files_.size()), end_(files_.size())
    {
    }

    /// The outcomes up to the first rejection, or all of them with --keep-going.
    std::vector<check::Outcome> outcomes()
    {
        {
            std::vector<std::jthread> workers;
            for (unsigned i = 0; i < std::min<std::size_t>(options_.threads, files_.size()); ++i) {
                workers.emplace_back([this] { work(); });
            }
        }
        std::vector<check::Outcome> result;
        for (std::size_t i = 0; i < end_; ++i) {
            result.push_back(*done_[i]);
        }
        return result;
    }

private:
    void work()
    {
        for (std::size_t i = next_++; i < end_; i = next_++) {
            check::Outcome outcome = check::check_file(files_[i], options_.limit_seconds);
            const fs::path relative = files_.size() == 1 && files_[0] == options_.path
                                          ? files_[i].filename()
                                          : files_[i].lexically_relative(options_.path);
            outcome.file = relative.generic_string();
            const std::lock_guard lock(mutex_);
            if (!outcome.accepted && !options_.keep_going) {
                end_ = std::min<std::size_t>(end_, i + 1);
            }
            done_[i] = std::move(outcome);
            for (; printed_ < end_ && done_[printed_]; ++printed_) {
                print(*done_[printed_]);
            }
        }
        mpfr_free_cache();
    }

    void print(const check::Outcome& outcome) const
    {
        if (!outcome.accepted || !options_.quiet) {
            std::cout << (outcome.accepted ? "accepted " : "rejected ") << outcome.file << " "
                      << outcome.claim << (outcome.kind.empty() ? "" : " (" + outcome.kind + ")")
                      << (outcome.accepted ? "" : ": " + outcome.why) << std::endl;
        }
    }

    const Options& options_;
    std::vector<fs::path> files_;
    std::vector<std::optional<check::Outcome>> done_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::size_t> end_;
    std::size_t printed_ = 0;
    std::mutex mutex_;
};

void write_json(const std::string& file, const std::vector<check::Outcome>& outcomes)
{
    check::Json list = check::Json::array();
    for (const check::Outcome& o : outcomes) {
        list.push_back({{"file", o.file},
                        {"claim", o.claim},
                        {"kind", o.kind},
                        {"accepted", o.accepted},
                        {"seconds", o.seconds},
                        {"why", o.why}});
    }
    std::ofstream out(file);
    out << check::Json{{"checker", "attest-check"},
                       {"version", ATTEST_CHECK_VERSION},
                       {"certificates", list}}
               .dump(1, ' ', true, check::Json::error_handler_t::replace)
        << "\n";
    if (!out.flush()) {
        throw UsageError("'" + file + "' cannot be written");
    }
}

int run(const std::vector<std::string>& arguments)
{
    for (const std::string& word : arguments) {
        if (word == "--help" || word == "-h") {
            std::cout << usage;
            return 0;
        }
        if (word == "--version") {
            std::cout << "attest-check " << ATTEST_CHECK_VERSION << " (MPFR " << mpfr_get_version()
                      << ", GMP " << gmp_version << ")\n";
            return 0;
        }
    }
    const Options options = parse(arguments);
    const std::vector<check::Outcome> outcomes =
        Run(options, certificates_below(options.path)).outcomes();
    const auto rejected =
        std::count_if(outcomes.begin(), outcomes.end(), [](const auto& o) { return !o.accepted; });
    std::cout << static_cast<long>(outcomes.size()) - rejected << " accepted, " << rejected
              << " rejected\n";
    if (!options.json.empty()) {
        write_json(options.json, outcomes);
    }
    return rejected == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "attest-check: " << error.what() << "\n";
        return 2;
    }
}
