#include "cli/ensemble_archive.hpp"

#include "cli/console.hpp"
#include "cli/ensemble_folder.hpp"

#include "attest/report/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace attest::cli {
namespace {

namespace fs = std::filesystem;
using chance::Arithmetic;
using chance::EnsembleSetting;
using Store = std::unique_ptr<chance::RunStore>;

/// A folder that goes on without the disk, in memory, and says so once. What others saved before
/// still counts.
class LenientStore final : public chance::RunStore {
public:
    explicit LenientStore(Store store) : store_(std::move(store)) {}

    std::optional<chance::RunRange> claim(std::uint64_t runs) override
    {
        return store_->claim(runs);
    }
    void add(std::uint64_t run, const chance::RunCurves& curves) override
    {
        store_->add(run, curves);
    }
    void save() override
    {
        try {
            store_->save();
            complained_ = false;
        } catch (const InputError& error) { // a full disk may have room again
            if (!complained_) {
                (void)std::fprintf(stderr, "attest: %s; the run goes on\n",
                                   one_line(error.what()).c_str());
                complained_ = true;
            }
        }
    }
    std::uint64_t done(std::uint64_t runs) override { return store_->done(runs); }
    chance::EnsembleStatistics combined() override { return store_->combined(); }

private:
    Store store_;
    bool complained_ = false;
};

Store open_folder(const fs::path& folder, const std::string& text, const EnsembleSetting& setting)
{
    return std::make_unique<LenientStore>(std::make_unique<EnsembleFolder>(
        folder, text, chance::scheme_count, static_cast<std::size_t>(setting.layers) + 1));
}

/// The lines about the runs themselves: a panel has two names, and runs of any arithmetic serve.
std::string law_lines(const std::string& text)
{
    std::string kept;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size() - 1) + 1;
        const std::string line = text.substr(start, end - start);
        if (!line.starts_with("panel ") && !line.starts_with("arithmetic ")) {
            kept += line;
        }
        start = end;
    }
    return kept;
}

struct KeptEnsemble {
    fs::path folder;
    std::string text;
    Arithmetic arithmetic;
};

/// The ensembles of this setting in the folder and right below it, in the order of their names.
std::vector<KeptEnsemble> kept_ensembles(const fs::path& folder, const EnsembleSetting& setting)
{
    std::vector<fs::path> candidates = {folder};
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.is_directory(ignored)) {
            candidates.push_back(entry.path());
        }
    }
    std::sort(candidates.begin() + 1, candidates.end());
    const std::string wanted = law_lines(setting.text());
    std::vector<KeptEnsemble> found;
    for (const fs::path& candidate : candidates) {
        if (!fs::is_regular_file(candidate / "setting", ignored)) {
            continue;
        }
        const std::string text = report::read_file(candidate / "setting");
        if (law_lines(text) != wanted) {
            continue;
        }
        for (const Arithmetic arithmetic : chance::arithmetics) {
            if (text.ends_with(fmt::format("\narithmetic {}\n", chance::name_of(arithmetic)))) {
                found.push_back({candidate, text, arithmetic});
            }
        }
    }
    return found;
}

} // namespace

std::string checkpoint_text(const EnsembleSetting& setting, Arithmetic arithmetic)
{
    return setting.text() + fmt::format("arithmetic {}\n", chance::name_of(arithmetic));
}

chance::EnsembleArchive::Entry EnsembleArchiveFolder::open(const EnsembleSetting& setting,
                                                           Arithmetic usual, std::uint64_t runs)
{
    if (whose_ == Whose::User) {
        const std::vector<KeptEnsemble> kept = kept_ensembles(folder_, setting);
        const auto same = std::find_if(kept.begin(), kept.end(), [&](const KeptEnsemble& one) {
            return one.arithmetic == usual;
        });
        if (!kept.empty()) {
            const KeptEnsemble& found = same == kept.end() ? kept.front() : *same;
            return {found.arithmetic, open_folder(found.folder, found.text, setting)};
        }
    }
    const std::string text = checkpoint_text(setting, usual);
    const fs::path own =
        folder_ / fmt::format("{}-{}-{:016x}", setting.panel, runs, checksum(text));
    try {
        return {usual, open_folder(own, text, setting)};
    } catch (const InputError& error) {
        if (whose_ == Whose::User) {
            throw;
        }
        (void)std::fprintf(stderr, "attest: %s; runs are kept in memory\n",
                           one_line(error.what()).c_str());
        return {usual, std::make_unique<chance::MemoryStore>(setting.layers)};
    }
}

} // namespace attest::cli
