#pragma once

#include "attest/chance/ensemble/run_store.hpp"

#include <filesystem>
#include <string>

namespace attest::cli {

/// A folder with one EnsembleFolder below it for each ensemble that the claims of a run need.
class EnsembleArchiveFolder final : public chance::EnsembleArchive {
public:
    enum class Whose {
        /// Made by `verify` for a run of its own: an ensemble is found by its name, which tells the
        /// number of runs too, so that the run has neither more nor fewer. Where the disk does not
        /// take it, runs are kept in memory.
        Run,
        /// Named by the user, filled by anybody (`attest ensemble --checkpoint`): the folder itself
        /// or one right below it that says the same setting, for any arithmetic. All runs in it
        /// count, also where there are more than asked for.
        User,
    };
    EnsembleArchiveFolder(std::filesystem::path folder, Whose whose) :
        folder_(std::move(folder)), whose_(whose)
    {
    }

    Entry open(const chance::EnsembleSetting& setting, chance::Arithmetic usual,
               std::uint64_t runs) override;

private:
    std::filesystem::path folder_;
    Whose whose_;
};

/// What an ensemble's checkpoint says about its runs: the setting and how they are computed.
std::string checkpoint_text(const chance::EnsembleSetting& setting, chance::Arithmetic arithmetic);

} // namespace attest::cli
