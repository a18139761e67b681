#include "cli/mutate_folder.hpp"

#include "cli/suite.hpp"

#include "attest/report/file.hpp"

#include <fmt/format.h>

#include <sstream>

namespace attest::cli {
namespace {

/// The folder, which can now be locked.
const std::filesystem::path& made_folder(const std::filesystem::path& path)
{
    require_writable_folder(path);
    return path;
}

} // namespace

MutantsFolder::MutantsFolder(std::filesystem::path path, report::MutationSettings settings,
                             bool resume) :
    path_(std::move(path)),
    lock_(made_folder(path_)), file_(path_ / "mutants.jsonl"), settings_(std::move(settings))
{
    std::string text = report::settings_line(settings_) + "\n";
    if (resume) {
        read_lines();
        for (const auto& [id, claim] : finished_) {
            text += report::mutants_line(claim) + "\n";
        }
    }
    report::write_file(file_, text); // a half line that a kill left is gone
    out_.open(file_, std::ios::app);
    if (!out_) {
        throw report::IoError(fmt::format("{}: cannot be written", file_.string()));
    }
}

void MutantsFolder::read_lines()
{
    std::istringstream in(report::read_file(file_));
    std::string line;
    std::getline(in, line);
    const report::MutationSettings there = report::settings_from_line(line, file_.string());
    if (!(there == settings_)) {
        throw InputError(fmt::format("resume '{}': must be a run with {}; it has {}",
                                     file_.string(), report::settings_line(settings_),
                                     report::settings_line(there)));
    }
    while (std::getline(in, line)) {
        if (in.eof()) {
            break; // no end of line: the program was killed while it wrote
        }
        ledger::ClaimMutants claim = report::mutants_from_line(line, file_.string());
        std::string id = claim.id;
        finished_.insert_or_assign(std::move(id), std::move(claim));
    }
}

void MutantsFolder::in_order_of(const std::vector<const ledger::Claim*>& wanted)
{
    order_.clear();
    for (const ledger::Claim* claim : wanted) {
        order_.push_back(claim->id);
    }
}

void MutantsFolder::add(const ledger::ClaimMutants& claim)
{
    out_ << report::mutants_line(claim) << '\n' << std::flush;
    if (!out_) {
        throw report::IoError(fmt::format("{}: cannot be written (disk full?)", file_.string()));
    }
    finished_.insert_or_assign(claim.id, claim);
}

std::vector<ledger::ClaimMutants> MutantsFolder::claims() const
{
    std::vector<ledger::ClaimMutants> found;
    for (const std::string& id : order_) {
        if (const auto one = finished_.find(id); one != finished_.end()) {
            found.push_back(one->second);
        }
    }
    return found;
}

void MutantsFolder::publish() const
{
    const report::MutationRun run{suite_info(), settings_, claims()};
    report::write_file(path_ / "mutants.json", report::mutation_json(run));
    report::write_file(path_ / "mutants.md", report::mutation_markdown(run));
}

} // namespace attest::cli
