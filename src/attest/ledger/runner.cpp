#include "attest/ledger/runner.hpp"

#include "attest/numbers/on_threads.hpp"

#include <fmt/format.h>

#include <chrono>
#include <mutex>

namespace attest::ledger {
namespace {

Controls try_faults(const Claim& claim, const Effort& effort)
{
    Effort control = effort;
    control.control = true;
    Controls controls;
    for (const Fault& fault : claim.faults) {
        ++controls.planted;
        const Judgement answer = ask(claim, fault.statement, control);
        if (answer.verdict == Verdict::Fails) {
            ++controls.caught;
        } else {
            controls.survivors.push_back(
                {fault.change, fmt::format("answered '{}'", to_string(answer.verdict))});
        }
    }
    return controls;
}

} // namespace

Judgement ask(const Claim& claim, const Statement& statement, const Effort& effort)
{
    std::string error;
    try {
        return judge(claim.check(statement, effort));
    } catch (const std::exception& thrown) {
        error = thrown.what();
    } catch (...) {
        error = "something that is no exception";
    }
    Judgement failed;
    failed.verdict = Verdict::Undecided;
    failed.evidence.push_back({"check",
                               fmt::format("stopped by an error: {}", error),
                               Truth::Unknown,
                               Strength::None,
                               {},
                               std::nullopt,
                               false});
    return failed;
}

ClaimResult decide(const Registry& registry, const std::string& id, const Effort& effort)
{
    const auto start = std::chrono::steady_clock::now();
    const InventoryRow& row = registry.row(id);
    ClaimResult result;
    result.id = row.id;
    result.where = row.where;
    result.kind = row.kind;
    result.summary = row.statement;
    result.domain = row.domain;
    const Claim* claim = registry.find(id);
    if (claim == nullptr) {
        result.as_stated.verdict = Verdict::NotChecked;
        result.note = registry.reason(id);
        return result;
    }
    result.statement = claim->printed.latex;
    result.depends_on = claim->depends_on;
    result.witness = claim->witness;
    result.note = claim->note;
    result.as_stated = ask(*claim, claim->printed, effort);
    result.bits = result.as_stated.bits;
    if (claim->amended) {
        result.amended = Amended{claim->amended->latex, ask(*claim, *claim->amended, effort)};
    }
    result.controls = try_faults(*claim, effort);
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

std::vector<ClaimResult> run(const Registry& registry, const std::vector<std::string>& ids,
                             const Effort& effort, const Progress& progress)
{
    std::vector<ClaimResult> results(ids.size());
    std::size_t done = 0;
    std::mutex reporting;
    on_threads(effort.threads, ids.size(), [&](std::size_t i) {
        results[i] = decide(registry, ids[i], effort);
        const std::lock_guard lock(reporting);
        ++done;
        if (progress) {
            progress(done, ids.size(), results[i]);
        }
    });
    return results;
}

} // namespace attest::ledger
