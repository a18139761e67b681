#include "theorems/ensembles.hpp"

#include "attest/chance/binomial.hpp"
#include "attest/chance/ensemble/run_store.hpp"
#include "attest/chance/mean_bounds.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <tuple>

namespace attest::theorems {
namespace {

struct EnsembleSize {
    std::uint64_t runs;
    long layers;
};

EnsembleSize size_of(const std::string& panel, const Effort& effort)
{
    constexpr long paper_like = 64;
    if (effort.level == Effort::Level::Deep) {
        return {100'000, paper_like};
    }
    if (effort.level == Effort::Level::Standard) {
        return {panel.starts_with("5g") ? 24U : 200U, paper_like};
    }
    // Sign tests need 20 runs. In panel 5g, whose runs take a second, Post-LN overtakes Peri-LN
    // near layer 24 only: its last quarter lies behind that, as with 64 layers.
    static const std::map<std::string, EnsembleSize> quick = {
        {"4", {24, 32}},  {"5b", {24, 24}}, {"5c", {24, 24}}, {"5d", {32, 32}},
        {"5e", {32, 24}}, {"5f", {32, 24}}, {"5g", {8, 36}},  {"5g-text", {8, 24}}};
    const auto found = quick.find(panel);
    if (found == quick.end()) {
        throw InputError(fmt::format("panel '{}' is unknown: must be one of {}", panel,
                                     fmt::join(chance::panel_names(), ", ")));
    }
    return found->second;
}

std::shared_ptr<const EnsembleSample> make_sample(const std::string& panel, const Effort& effort,
                                                  const EnsembleSize& size)
{
    chance::EnsembleSetting setting = chance::panel_setting(panel);
    setting.layers = size.layers;
    setting.seed = effort.seed;
    // The portable kernel: the same law everywhere, and accurate to single precision.
    const auto usual =
        setting.static_weights ? chance::Arithmetic::Float32 : chance::Arithmetic::GramChain;
    chance::EnsembleArchive::Entry kept =
        effort.ensembles ? effort.ensembles->open(setting, usual, size.runs)
                         : chance::EnsembleArchive::Entry{
                             usual, std::make_unique<chance::MemoryStore>(size.layers)};
    chance::RunMaking making;
    making.threads = std::max(1, effort.threads);
    making.eager = true;
    chance::make_runs(setting, kept.arithmetic, size.runs, *kept.store, making);
    return std::make_shared<EnsembleSample>(EnsembleSample{
        setting, std::string(chance::name_of(kept.arithmetic)), kept.store->combined()});
}

/// The error of one ordering of the sample.
Rational error_of_statement(StatisticalFamily family, const EnsembleSample& sample)
{
    return error_of_sample(family) / statements_about(sample);
}

/// Is "more than half of all runs" proved by k of N?
bool proves_majority(std::uint64_t k, const EnsembleSample& sample)
{
    static std::mutex mutex;
    static std::map<std::tuple<std::uint64_t, std::uint64_t, long>, bool> known;
    const std::uint64_t N = sample.runs();
    if (2 * k <= N) {
        return false;
    }
    const long statements = statements_about(sample);
    const std::lock_guard lock(mutex);
    const auto [entry, fresh] = known.try_emplace({k, N, statements}, false);
    if (fresh) {
        const Ball tail =
            chance::binomial_tail(static_cast<long>(k), static_cast<long>(N), Rational(1, 2));
        entry->second =
            is_true(less(tail, Ball(error_of_statement(StatisticalFamily::Orderings, sample))));
    }
    return entry->second;
}

} // namespace

std::vector<std::size_t> EnsembleSample::early() const
{
    return {1, 2};
}

std::vector<std::size_t> EnsembleSample::late() const
{
    std::vector<std::size_t> all;
    for (std::size_t t = layers() - layers() / 4; t <= layers(); ++t) {
        all.push_back(t);
    }
    return all;
}

std::shared_ptr<const EnsembleSample>
ensemble_sample(const std::string& panel, const Effort& effort, std::uint64_t least_runs)
{
    // Panel 5a repeats Figure 4.
    const std::string name = panel == "5a" ? "4" : panel;
    EnsembleSize size = size_of(name, effort);
    size.runs = std::max(size.runs, least_runs);
    // The archive is held with the sample, so that no other one has its address.
    using Key = std::tuple<std::string, unsigned long long, Effort::Level, std::uint64_t,
                           std::shared_ptr<chance::EnsembleArchive>>;
    static std::mutex mutex;
    static std::map<Key, std::shared_ptr<const EnsembleSample>> known;
    // Held during the simulation: a second caller waits for the result instead of repeating it.
    const std::lock_guard lock(mutex);
    auto& entry = known[{name, effort.seed, effort.level, size.runs, effort.ensembles}];
    if (!entry) {
        entry = make_sample(name, effort, size);
    }
    return entry;
}

std::shared_ptr<const EnsembleSample> ensemble_sample(const std::string& panel,
                                                      const Effort& effort)
{
    return ensemble_sample(panel, effort, 0);
}

ledger::Counterexample counterexample_of(const EnsembleSample& sample, std::string shows)
{
    return {{{"seed", std::to_string(sample.setting.seed)},
             {"runs", std::to_string(sample.runs())},
             {"layers", std::to_string(sample.layers())}},
            std::move(shows),
            fmt::format("attest ensemble --panel {} --runs {} --layers {} --seed {} --precision {}",
                        sample.setting.panel, sample.runs(), sample.layers(), sample.setting.seed,
                        sample.arithmetic)};
}

long statements_about(const EnsembleSample& sample)
{
    const auto schemes = static_cast<long>(sample.statistics.schemes());
    return 2 * schemes * (schemes - 1) * static_cast<long>(sample.layers());
}

Truth ahead_in_most_runs(const EnsembleSample& sample, std::size_t a, std::size_t b, std::size_t t)
{
    const auto difference = sample.statistics.difference(a, b, t);
    if (proves_majority(difference.positive, sample)) {
        return Truth::True;
    }
    const bool refuted = proves_majority(sample.runs() - difference.positive, sample);
    return refuted ? Truth::False : Truth::Unknown;
}

Truth ahead_in_the_mean(const EnsembleSample& sample, std::size_t a, std::size_t b, std::size_t t)
{
    const auto difference = sample.statistics.difference(a, b, t);
    const auto cosines = chance::SimultaneousBands::range(sample.setting.n);
    const double widest = cosines.upper - cosines.lower;
    const double log_error = std::log(
        error_of_statement(StatisticalFamily::MeanDifferences, sample).convert_to<double>());
    const auto above = [&](double mean) {
        const chance::BoundedSums sums{sample.runs(), mean,  difference.variance, -widest, widest,
                                       -widest,       widest};
        return chance::evidence_against_at_most(sums, 0) >= -log_error;
    };
    if (above(difference.mean)) {
        return Truth::True;
    }
    return above(-difference.mean) ? Truth::False : Truth::Unknown;
}

chance::SimultaneousBands bands_of(const EnsembleSample& sample)
{
    return {sample.statistics, sample.setting.n, error_of_sample(StatisticalFamily::Bands)};
}

Truth ahead_by_bands(const chance::SimultaneousBands& bands, std::size_t a, std::size_t b,
                     std::size_t t)
{
    const auto first = bands.mean(a, t);
    const auto second = bands.mean(b, t);
    if (first.lower > second.upper) {
        return Truth::True;
    }
    return first.upper < second.lower ? Truth::False : Truth::Unknown;
}

ExponentInterval growth_exponent(const EnsembleSample& sample)
{
    const std::size_t pre_ln = scheme_number("pre-ln");
    const auto N = static_cast<long>(sample.runs());
    const Rational half(1, 2);
    const Rational error = error_of_sample(StatisticalFamily::Growth);
    const long below = chance::rank_below_quantile(N, half, error, 2);
    const long above = chance::rank_above_quantile(N, half, error, 2);
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const auto at = [&](long rank) {
        return sample.statistics.exponent(pre_ln, static_cast<std::uint64_t>(rank));
    };
    const auto middle = at((N + 1) / 2);
    return {below == 0 ? -infinite : at(below).lower, (middle.lower + middle.upper) / 2,
            above > N ? infinite : at(above).upper};
}

std::size_t scheme_number(const std::string& name)
{
    const auto found = std::find(model::scheme_names.begin(), model::scheme_names.end(), name);
    if (found == model::scheme_names.end()) {
        throw InputError(fmt::format("scheme '{}' is unknown: must be one of {}", name,
                                     fmt::join(model::scheme_names, ", ")));
    }
    return static_cast<std::size_t>(found - model::scheme_names.begin());
}

Compared compare(const EnsembleSample& sample, const Ordering& ordering,
                 const std::vector<std::size_t>& layers, Larger larger)
{
    Compared result;
    for (const std::string& ahead : ordering.ahead) {
        for (const std::string& behind : ordering.behind) {
            for (const std::size_t t : layers) {
                const Truth here = larger(sample, scheme_number(ahead), scheme_number(behind), t);
                result.outcome = result.outcome && here;
                ++result.comparisons;
                result.decided += is_unknown(here) ? 0 : 1;
                if (is_false(here)) {
                    result.refuted.push_back(fmt::format("{}, {} (layer {})", ahead, behind, t));
                }
            }
        }
    }
    return result;
}

std::string described(const EnsembleSample& sample)
{
    const chance::EnsembleSetting& s = sample.setting;
    const std::string law = s.law == chance::WeightLaw::Normal
                                ? fmt::format("normal weights of variance {:.4g}", s.variance)
                                : "normal Kaiming weights of variance 2/d";
    return fmt::format("{} runs of {} layers (arithmetic {}, seed {}, none discarded): n = {}, d = "
                       "{}, {} head{}, beta = {:.4g}, {} {}, isotropic unit tokens, alpha_t = 1, "
                       "tau = T/4",
                       sample.runs(), sample.layers(), sample.arithmetic, s.seed, s.n, s.d, s.heads,
                       s.heads == 1 ? "" : "s", s.beta, s.static_weights ? "static" : "re-sampled",
                       law);
}

} // namespace attest::theorems
