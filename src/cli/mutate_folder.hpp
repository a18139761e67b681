#pragma once

#include "cli/results_location.hpp"

#include "attest/report/mutation.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace attest::cli {

/// The folder of `attest mutate`: mutants.jsonl grows by a line whenever a claim is finished,
/// mutants.json and mutants.md are made from it at the end. While the object lives the folder is
/// locked for other runs. Not thread-safe.
class MutantsFolder {
public:
    /// With resume the claims that are there are kept; throws InputError where they come from other
    /// settings, or where there are none. Without it the folder starts afresh. Throws
    /// report::IoError naming what cannot be written, also where another run writes.
    MutantsFolder(std::filesystem::path path, report::MutationSettings settings, bool resume);

    const std::filesystem::path& path() const noexcept { return path_; }
    bool has(const std::string& id) const { return finished_.contains(id); }
    /// The claims to report, in this order; others that the folder holds are left out.
    void in_order_of(const std::vector<const ledger::Claim*>& wanted);

    /// Appends the claim and sees it to the disk. Throws report::IoError.
    void add(const ledger::ClaimMutants& claim);
    /// What is finished of the wanted claims, in their order.
    std::vector<ledger::ClaimMutants> claims() const;
    void publish() const;

private:
    void read_lines();

    std::filesystem::path path_;
    FolderLock lock_;
    std::filesystem::path file_;
    report::MutationSettings settings_;
    std::vector<std::string> order_;
    std::map<std::string, ledger::ClaimMutants> finished_;
    std::ofstream out_;
};

} // namespace attest::cli
