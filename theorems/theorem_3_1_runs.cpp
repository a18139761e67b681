// Theorem 3.1 for more tokens than dimensions: certified runs from random starts.
#include "theorems/theorem_3_1_runs.hpp"

#include "attest/chance/binomial.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/error_budget.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>

namespace attest::theorems {
namespace {

using Level = ledger::Effort::Level;

struct RunSize {
    long n;
    long d;
    Rational beta;
    long share = 1; ///< costly ones get the runs divided by this
};

/// Rows of the inventory that read these experiments, for the correction.
constexpr long schemes_in_all = 6;

/// e^{11/10} = 3.004..: just in Corollary 3.2's range for n = 3.
std::vector<RunSize> sizes(Level level)
{
    std::vector<RunSize> out{
        {3, 2, 0}, {3, 2, Rational(11, 10)}, {4, 3, Rational(1, 10)}, {5, 4, 2}};
    if (level != Level::Quick) {
        const std::vector<RunSize> more{{3, 2, 4}, {4, 3, 4}, {5, 3, 1}, {4, 2, 1, 5}};
        out.insert(out.end(), more.begin(), more.end());
    }
    if (level == Level::Deep) {
        const std::vector<RunSize> more{{6, 4, 1}, {8, 6, 2, 5}, {6, 2, 0, 10}, {7, 3, 2, 10}};
        out.insert(out.end(), more.begin(), more.end());
    }
    return out;
}

long runs_of(const RunSize& size, Level level)
{
    constexpr std::array<long, 3> runs{40, 80, 1000};
    return runs.at(static_cast<std::size_t>(level)) / size.share;
}

chance::RunSetting setting_of(const std::string& scheme, const RunSize& size, std::size_t index)
{
    static const std::array<const char*, 4> alphas{"1", "1+t", "1/(1+t)", "2+sin(t)"};
    chance::RunSetting s;
    s.scheme = scheme;
    s.n = size.n;
    s.d = size.d;
    s.beta = size.beta;
    s.alpha = model::Alpha::parse(alphas.at(index % alphas.size()));
    // Slower clocks need a longer time.
    if (scheme == model::NGPT::name || scheme == model::SqrtScaling::name) {
        s.until = 100'000;
    }
    return s;
}

std::shared_ptr<const std::vector<chance::CertifiedRun>> known_runs(const Experiment& experiment,
                                                                    const Effort& effort)
{
    using Key = std::tuple<std::string, unsigned long long, long>;
    static std::mutex mutex;
    static std::map<Key, std::shared_ptr<const std::vector<chance::CertifiedRun>>> known;
    const std::lock_guard lock(mutex);
    auto& entry = known[{chance::describe(experiment.setting), effort.seed, experiment.runs}];
    if (!entry) {
        entry = std::make_shared<const std::vector<chance::CertifiedRun>>(chance::certified_runs(
            experiment.setting, effort.seed, experiment.runs, effort.threads));
    }
    return entry;
}

/// A positive rational in decimals, rounded down.
std::string rounded_down(const Rational& p)
{
    const Integer digits =
        numerator(Rational(p * 1'000'000)) / denominator(Rational(p * 1'000'000));
    return fmt::format("0.{:0>6}", digits.str());
}

} // namespace

std::vector<Experiment> experiments(const std::string& scheme, Level level)
{
    std::vector<Experiment> out;
    for (const RunSize& size : sizes(level)) {
        out.push_back({setting_of(scheme, size, out.size()), runs_of(size, level)});
    }
    return out;
}

RunEvidence certified_run_evidence(const std::vector<Synchronisation>& statements,
                                   const Effort& effort)
{
    const Rational error = error_of_sample(StatisticalFamily::CertifiedRuns);
    const auto in_all = static_cast<long>(sizes(effort.level).size()) * schemes_in_all;
    chance::RunCounts all;
    Rational weakest = 1;
    std::vector<std::string> lines;
    std::vector<std::string> open;
    for (const Synchronisation& statement : statements) {
        for (const Experiment& experiment : experiments(statement.scheme, effort.level)) {
            const chance::RunSetting& s = experiment.setting;
            const PrecisionScope precision(64);
            if (statement.many_scores && !is_true(less_equal(Ball(s.n), exp(Ball(s.beta))))) {
                continue;
            }
            const auto runs = known_runs(experiment, effort);
            const chance::RunCounts here = chance::count(*runs);
            const Rational in_hemisphere = chance::hemisphere_probability(s.n, s.d);
            const Rational bound =
                std::max(in_hemisphere,
                         chance::probability_at_least(here.certified(), here.runs, error, in_all));
            weakest = std::min(weakest, bound);
            lines.push_back(fmt::format(
                "{}: {} of {}, {} of them in a hemisphere at t = 0 (expected {:.1f}), the others "
                "by t = {:.3g}, P >= {}",
                chance::describe(s), here.certified(), here.runs, here.at_start,
                in_hemisphere.convert_to<double>() * static_cast<double>(here.runs), here.latest,
                rounded_down(bound)));
            for (std::size_t k = 0; k < runs->size(); ++k) {
                if (!(*runs)[k].pole) {
                    open.push_back(
                        fmt::format("run {} of {}: {}", k, chance::describe(s), (*runs)[k].why));
                }
            }
            all.runs += here.runs;
            all.at_start += here.at_start;
            all.later += here.later;
            all.undecided += here.undecided;
        }
    }
    RunEvidence out;
    out.evidence = {
        "certified runs",
        fmt::format("enclosures of the trajectories of ideal Gaussian starts end in an open "
                    "hemisphere, proved by rational weights; {}. Undecided: {}{}",
                    fmt::join(lines, "; "), all.undecided,
                    open.empty() ? "" : fmt::format(" ({})", fmt::join(open, "; "))),
        all.runs > 0 && all.undecided == 0 ? Truth::True : Truth::Unknown,
        Strength::Statistical,
        {ScopeKind::Sample,
         fmt::format("{} starts with n > d, X(0) standard Gaussian (exact law), in {} "
                     "experiments; seed {}, none discarded",
                     all.runs, lines.size(), effort.seed)}};
    out.evidence.carries = false; // no finite number of runs shows P = 1
    out.confidence = fmt::format(
        "n > d: {} of {} random starts proved to synchronise ({} undecided, counted as failures); "
        "in each of the {} experiments the probability is at least {} (exact binomial bounds for "
        "all {} experiments of the six schemes together; {})",
        all.certified(), all.runs, all.undecided, lines.size(), rounded_down(weakest), in_all,
        budget_text(StatisticalFamily::CertifiedRuns));
    return out;
}

} // namespace attest::theorems
