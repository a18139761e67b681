#include "theorems/mutation_trials.hpp"

#include "attest/chance/stream.hpp"
#include "attest/ledger/runner.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/on_threads.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "theorems/model_claims.hpp"
#include "theorems/registry.hpp"
#include "theorems/terminal_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <numeric>

namespace attest::theorems {

using ledger::ClaimMutants;
using ledger::Fate;
using ledger::FateReason;
using ledger::InventoryRow;
using ledger::PartProbe;
using ledger::Registry;
using ledger::StatementMutant;
using ledger::Verdict;
using ledger::WordFamilies;

namespace mutation_trials {
namespace {

using Seconds = std::chrono::duration<double>;

/// Some value of the symbols tells the formulas apart for certain: no algebra is needed then.
bool differ_at_a_point(const Expr& a, const Expr& b)
{
    constexpr long bits = 128;
    const PrecisionScope precision(bits);
    std::map<std::string, Ball> environment;
    long k = 0;
    for (const Expr* formula : {&a, &b}) {
        for (const std::string& name : formula->symbols()) {
            const Rational value = name == "late" ? Rational(1) : Rational(7 + 3 * k, 5 + k);
            environment.insert({name, Ball(value)});
            ++k;
        }
    }
    try {
        return is_false(equal(a.evaluate(environment), b.evaluate(environment)));
    } catch (const DomainError&) {
        return false;
    }
}

Truth same_value(const Expr& a, const Expr& b)
{
    return differ_at_a_point(a, b) ? Truth::Unknown : proof::identical(a, b);
}

std::string equal_formulas(const Expr& a, const Expr& b)
{
    if (is_true(same_value(a, b))) {
        return "the same formula by exact algebra";
    }
    const auto with_late = [&](long late) {
        return same_value(a.substitute("late", Expr(late)), b.substitute("late", Expr(late)));
    };
    const std::vector<std::string> symbols = a.symbols();
    if (std::find(symbols.begin(), symbols.end(), "late") != symbols.end()
        && is_true(with_late(0) && with_late(1))) {
        return "the same formula by exact algebra for late = 0 and for late = 1";
    }
    return {};
}

/// Indices of the mutants to try, ascending.
std::vector<std::size_t> chosen(const std::string& id, std::size_t made, const MutationPlan& plan)
{
    std::vector<std::size_t> order(made);
    std::iota(order.begin(), order.end(), 0U);
    if (plan.sample == 0 || plan.sample >= made) {
        return order;
    }
    const chance::Stream stream(plan.effort.seed, "mutants of " + id);
    std::vector<std::uint64_t> keys(made);
    for (std::size_t i = 0; i < made; ++i) {
        keys[i] = stream.word(i);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    order.resize(plan.sample);
    std::sort(order.begin(), order.end());
    return order;
}

class Trial {
public:
    Trial(const Claim& claim, const Statement& original, const MutationPlan& plan) :
        claim_(claim), original_(original), full_(plan.effort), control_(plan.effort)
    {
        control_.control = true;
    }

    FateReason put(const StatementMutant& mutant) const
    {
        FateReason end = fate_of(ask(claim_, mutant.statement, control_));
        if (end.fate == Fate::Caught) {
            return end;
        }
        if (const std::string why = equivalence(original_, mutant); !why.empty()) {
            return {Fate::Equivalent, why};
        }
        return end.fate == Fate::NoStatement ? end : fate_of(ask(claim_, mutant.statement, full_));
    }

    /// Parts that can be taken away or replaced by nonsense, and the answer stays "holds"; unless a
    /// fault planted by hand in that part shows that the check does look at it.
    std::vector<std::string> unread() const
    {
        std::vector<std::string> parts;
        for (const PartProbe& probe : part_probes(original_)) {
            if (holds(probe.meaningless, control_) && holds(probe.removed, control_)
                && !refutes_a_fault_in(probe) && holds(probe.meaningless, full_)
                && holds(probe.removed, full_)) {
                parts.push_back(probe.part);
            }
        }
        return parts;
    }

private:
    bool holds(const Statement& statement, const Effort& effort) const
    {
        return ask(claim_, statement, effort).verdict == Verdict::Holds;
    }

    /// Some planted fault differs from the original in that part alone, and is refuted.
    bool refutes_a_fault_in(const PartProbe& probe) const
    {
        return std::any_of(claim_.faults.begin(), claim_.faults.end(), [&](const Fault& fault) {
            const std::vector<std::string> changed = changed_parts(original_, fault.statement);
            return changed.size() == 1 && changed.front() == probe.part
                   && !holds(fault.statement, control_);
        });
    }

    const Claim& claim_;
    const Statement& original_;
    Effort full_;
    Effort control_;
};

} // namespace
} // namespace mutation_trials

Registry mutation_registry()
{
    const Registry paper = make_registry();
    const Registry model = model_registry();
    std::vector<InventoryRow> rows = paper.inventory();
    rows.insert(rows.end(), model.inventory().begin(), model.inventory().end());
    Registry all(rows);
    for (const Registry* part : {&paper, &model}) {
        for (const InventoryRow& row : part->inventory()) {
            if (const Claim* claim = part->find(row.id)) {
                all.add(*claim);
            } else {
                all.add_reason(row.id, part->reason(row.id));
            }
        }
    }
    return all;
}

const WordFamilies& word_families()
{
    static const WordFamilies families = {ledger::relation_signs(),
                                          {model::scheme_names.begin(), model::scheme_names.end()},
                                          {"yes", "no"},
                                          {std::string(describe(DecayKind::Exponential)),
                                           std::string(describe(DecayKind::Polynomial)),
                                           std::string(describe(DecayKind::Between))},
                                          {"positive", "nonzero", "real"}};
    return families;
}

std::string equivalence(const Statement& original, const StatementMutant& mutant)
{
    using namespace mutation_trials;
    if (original.words != mutant.statement.words || original.numbers != mutant.statement.numbers) {
        return {};
    }
    std::string why = "the same formulas";
    for (const auto& [name, formula] : original.formulas) {
        const auto other = mutant.statement.formulas.find(name);
        if (other == mutant.statement.formulas.end()) {
            return {};
        }
        if (!(formula == other->second)) {
            why = equal_formulas(formula, other->second);
        }
        if (why.empty()) {
            return {};
        }
    }
    return why;
}

ClaimMutants mutate(const Claim& claim, const MutationPlan& plan)
{
    using namespace mutation_trials;
    const auto start = std::chrono::steady_clock::now();
    const auto elapsed = [&] { return Seconds(std::chrono::steady_clock::now() - start).count(); };
    const Statement& original = claim.amended ? *claim.amended : claim.printed;
    ClaimMutants result;
    result.id = claim.id;
    result.subject = claim.amended ? "amended" : "printed";
    Effort control = plan.effort;
    control.control = true;
    result.verdict = ask(claim, original, control).verdict;
    if (result.verdict != Verdict::Holds) {
        result.verdict = ask(claim, original, plan.effort).verdict;
    }
    const std::vector<StatementMutant> all = mutants_of(original, word_families());
    result.made = static_cast<long>(all.size());
    if (result.verdict != Verdict::Holds) {
        result.seconds = elapsed();
        return result;
    }
    const Trial trial(claim, original, plan);
    result.unread = trial.unread();
    for (const std::size_t i : chosen(claim.id, all.size(), plan)) {
        if (plan.seconds_per_claim > 0 && elapsed() > plan.seconds_per_claim) {
            break;
        }
        const StatementMutant& mutant = all[i];
        FateReason end = trial.put(mutant);
        ++result.by_operation[mutant.operation][end.fate];
        if (end.fate != Fate::Caught) {
            result.leftovers.push_back(
                {mutant.part, mutant.operation, mutant.place, mutant.change, std::move(end)});
        }
    }
    result.seconds = elapsed();
    return result;
}

void mutate_all(const std::vector<const Claim*>& claims, const MutationPlan& plan,
                const std::function<void(const ClaimMutants&)>& finished)
{
    std::mutex reporting;
    on_threads(plan.effort.threads, claims.size(), [&](std::size_t i) {
        const ClaimMutants result = mutate(*claims[i], plan);
        const std::lock_guard lock(reporting);
        finished(result);
    });
}

} // namespace attest::theorems
