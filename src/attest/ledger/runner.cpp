#include "attest/ledger/runner.hpp"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>

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
    std::atomic<std::size_t> next{0};
    std::size_t done = 0;
    std::mutex reporting;
    std::exception_ptr failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < ids.size(); i = next++) {
            try {
                results[i] = decide(registry, ids[i], effort);
                const std::lock_guard lock(reporting);
                ++done;
                if (progress) {
                    progress(done, ids.size(), results[i]);
                }
            } catch (...) {
                const std::lock_guard lock(reporting);
                failure = std::current_exception();
                next = ids.size();
            }
        }
    };
    std::vector<std::thread> workers;
    for (int k = 1; k < effort.threads; ++k) {
        workers.emplace_back(work);
    }
    work();
    for (std::thread& worker : workers) {
        worker.join();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
    return results;
}

} // namespace attest::ledger
