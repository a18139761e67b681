// Figure 4, and Section 4.1's comparison of it with Figure 2.
#include "attest/chance/binomial.hpp"
#include "attest/flow/clock.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/ensembles.hpp"
#include "theorems/support.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace attest::theorems {
namespace {

/// Words for the early and for the late part of the curves; a part without words says nothing.
Ordering ordering_of(const Statement& statement, const std::string& part)
{
    const auto list = [&](const std::string& side) {
        const auto found = statement.words.find(part + " " + side);
        return found == statement.words.end() ? std::vector<std::string>{}
                                              : names_in(found->second);
    };
    return {list("ahead"), list("behind")};
}

// --- the symmetric ODE ---------------------------------------------------------------------------

/// Time at which the symmetric dynamics of Figure 2 reach the level; Mix-LN with tau = 1.
Ball ode_time(const std::string& scheme, const Rational& level)
{
    model::SymmetricProblem problem;
    problem.scheme = scheme;
    problem.n = 256;
    problem.beta = 5;
    return flow::SymmetricClock(problem).time_at(Ball(Rational(1 - level)));
}

/// gamma is increasing, so a scheme has the larger gamma around a level when it gets there first.
Truth ode_ordering(const Ordering& ordering, const Rational& level,
                   std::optional<ledger::Counterexample>& found)
{
    std::map<std::string, Ball> times;
    const auto time_of = [&](const std::string& scheme) {
        const auto known = times.find(scheme);
        if (known != times.end()) {
            return known->second;
        }
        return times.emplace(scheme, ode_time(scheme, level)).first->second;
    };
    Truth outcome = Truth::True;
    for (const std::string& ahead : ordering.ahead) {
        for (const std::string& behind : ordering.behind) {
            const Ball first = time_of(ahead);
            const Ball second = time_of(behind);
            const Truth here = less(first, second);
            if (is_false(here) && !found) {
                found = ledger::Counterexample{
                    {{"n", "256"}, {"beta", "5"}, {"gamma", to_string(level)}},
                    fmt::format("{} reaches this level at t = {}, {} already at t = {}", ahead,
                                first.to_string(8), behind, second.to_string(8)),
                    fmt::format("attest trajectory --scheme {} --n 256 --beta 5 --until gamma={}",
                                ahead, to_string(level))};
            }
            if (is_false(here)) {
                return here;
            }
            outcome = outcome && here;
        }
    }
    return outcome;
}

Evidence ode_evidence(const Statement& statement, std::optional<ledger::Counterexample>& found)
{
    const PrecisionScope precision(96);
    Truth outcome = Truth::True;
    for (const Rational& level : {Rational(1, 50), Rational(1, 20), Rational(1, 10)}) {
        outcome = outcome && ode_ordering(ordering_of(statement, "early"), level, found);
    }
    for (const Rational& level : {Rational(99, 100), Rational(9999, 10000)}) {
        outcome = outcome && ode_ordering(ordering_of(statement, "late"), level, found);
    }
    return {"symmetric ODE (quadrature in balls)",
            "times to gamma = 1/50, 1/20, 1/10 and to gamma = 0.99, 0.9999",
            outcome,
            Strength::Enclosed,
            {ScopeKind::Points, "n = 256, beta = 5, r_0 = 1, alpha_t = 1, tau = 1"},
            std::nullopt,
            false,
            working_bits()};
}

// --- random weights ------------------------------------------------------------------------------

std::string values_at(const EnsembleSample& sample, std::size_t layer)
{
    std::vector<std::string> values;
    for (std::size_t s = 0; s < model::scheme_names.size(); ++s) {
        values.push_back(fmt::format("{} {:.4f} (sd {:.1g})", model::scheme_names[s],
                                     sample.statistics.mean(s, layer),
                                     std::sqrt(sample.statistics.variance(s, layer))));
    }
    return fmt::format("{}", fmt::join(values, ", "));
}

/// Both parts of the statement.
Compared compared_parts(const EnsembleSample& sample, const Statement& statement, Larger larger)
{
    const Compared early = compare(sample, ordering_of(statement, "early"), sample.early(), larger);
    const Compared late = compare(sample, ordering_of(statement, "late"), sample.late(), larger);
    return {early.outcome && late.outcome,
            early.comparisons + late.comparisons,
            early.decided + late.decided,
            {}};
}

/// The smallest number of runs that show one of the statement's comparisons.
std::uint64_t fewest_agreeing(const EnsembleSample& sample, const Statement& statement)
{
    std::uint64_t fewest = sample.runs();
    const auto look = [&](const Ordering& ordering, const std::vector<std::size_t>& layers) {
        for (const std::string& ahead : ordering.ahead) {
            for (const std::string& behind : ordering.behind) {
                for (const std::size_t t : layers) {
                    fewest = std::min(
                        fewest,
                        sample.statistics.difference(scheme_number(ahead), scheme_number(behind), t)
                            .positive);
                }
            }
        }
    };
    look(ordering_of(statement, "early"), sample.early());
    look(ordering_of(statement, "late"), sample.late());
    return fewest;
}

struct Simulated {
    std::vector<Evidence> evidence;
    std::string confidence;
};

/// Each comparison "in more than half of all runs" by the sign test; the means by a bound for
/// bounded variables, which supports only: it needs a hundred runs.
Simulated simulated_evidence(const Statement& statement, const Effort& effort,
                             std::optional<ledger::Counterexample>& found)
{
    const auto sample = ensemble_sample("4", effort);
    const Compared runs = compared_parts(*sample, statement, ahead_in_most_runs);
    const std::uint64_t fewest = fewest_agreeing(*sample, statement);
    const auto N = static_cast<long>(sample->runs());
    if (is_false(runs.outcome) && !found) {
        found = counterexample_of(
            *sample,
            fmt::format("a comparison is shown by {} of {} runs only; mean cosine similarity after "
                        "layer 1: {}; after layer {}: {}",
                        fewest, N, values_at(*sample, 1), sample->layers(),
                        values_at(*sample, sample->layers())));
    }
    const Scope scope{ScopeKind::Sample, described(*sample)};
    Simulated result;
    result.evidence.push_back(
        {"simulation with random weights: sign tests",
         fmt::format(
             "each comparison (pair of schemes, layer) in more than half of all runs: {} of "
             "{} decided at layers {} to {} (early) and {} to {} (late); the rarest is "
             "shown by {} of {} runs; means after layer 2: {}; after layer {}: {}",
             runs.decided, runs.comparisons, sample->early().front(), sample->early().back(),
             sample->late().front(), sample->late().back(), fewest, N, values_at(*sample, 2),
             sample->layers(), values_at(*sample, sample->layers())),
         runs.outcome, Strength::Statistical, scope});
    if (!effort.control) {
        const Compared means = compared_parts(*sample, statement, ahead_in_the_mean);
        Evidence mean = {"simulation with random weights: means",
                         fmt::format("differences of means by a bettor's wealth (valid for every "
                                     "number of runs): {} of {} comparisons decided; {}",
                                     means.decided, means.comparisons,
                                     share_text(StatisticalFamily::MeanDifferences)),
                         means.outcome, Strength::Statistical, scope};
        mean.carries = false;
        result.evidence.push_back(std::move(mean));
        const Rational limit = chance::probability_at_least(
            static_cast<long>(fewest), N, error_of_sample(StatisticalFamily::Orderings),
            statements_about(*sample));
        result.confidence = fmt::format(
            "each comparison holds in more than half of all runs (measure: the law of tokens and "
            "weights); exact binomial bounds, {} statements about the sample; the rarest one, {} "
            "of {} runs (seed {}, none discarded), has probability above {:.3f}; {}",
            statements_about(*sample), fewest, N, sample->setting.seed,
            std::floor(1000 * static_cast<double>(limit)) / 1000,
            budget_text(StatisticalFamily::Orderings));
    }
    return result;
}

Judgement check_simulation(const Statement& statement, const Effort& effort)
{
    Judgement judgement;
    Simulated simulated = simulated_evidence(statement, effort, judgement.counterexample);
    if (!effort.control) {
        judgement.confidence = simulated.confidence;
    }
    judgement.evidence = std::move(simulated.evidence);
    return judgement;
}

/// Pairs "A, B" where A is ahead of B at gamma = 0.99 along the ODE and B ahead of A in most runs
/// after 8 layers: what the two figures do not share.
std::vector<std::string> reversed_pairs(const Effort& effort)
{
    constexpr std::size_t layer = 8;
    const PrecisionScope precision(96);
    const auto sample = ensemble_sample("4", effort);
    std::map<std::string, Ball> times;
    for (const std::string_view scheme : model::scheme_names) {
        times.emplace(scheme, ode_time(std::string(scheme), Rational(99, 100)));
    }
    std::vector<std::string> pairs;
    for (const auto& first : times) {
        for (const auto& second : times) {
            if (is_true(less(first.second, second.second))
                && is_true(ahead_in_most_runs(*sample, scheme_number(second.first),
                                              scheme_number(first.first), layer))) {
                pairs.push_back(fmt::format("({}, {})", first.first, second.first));
            }
        }
    }
    return pairs;
}

/// The orderings in both systems. Each alone supports or refutes; only both together carry.
Judgement check_both(const Statement& statement, const Effort& effort)
{
    Judgement judgement;
    const Evidence ode = ode_evidence(statement, judgement.counterexample);
    if (effort.control && is_false(ode.outcome)) {
        return with(std::move(judgement), ode);
    }
    Simulated simulated = simulated_evidence(statement, effort, judgement.counterexample);
    if (!effort.control) {
        judgement.confidence = simulated.confidence;
    }
    for (Evidence& item : simulated.evidence) {
        item.carries = false;
    }
    const Evidence& signs = simulated.evidence.front();
    const Evidence both = {
        "both systems",
        fmt::format("the orderings along the ODE and in the simulation; pairs "
                    "that stand the other way round late in the simulation, not "
                    "part of the statement: {}",
                    effort.control ? "not looked at"
                                   : fmt::format("{}", fmt::join(reversed_pairs(effort), ", "))),
        ode.outcome && signs.outcome, Strength::Statistical, signs.scope};
    judgement.evidence = {ode, both};
    judgement.evidence.insert(judgement.evidence.begin() + 1, simulated.evidence.begin(),
                              simulated.evidence.end());
    return judgement;
}

void plant(Claim& claim, const std::string& part, const std::string& ahead,
           const std::string& behind)
{
    Fault planted{fmt::format("{}: {} ahead of {}", part, ahead, behind), claim.printed};
    planted.statement.words[part + " ahead"] = ahead;
    planted.statement.words[part + " behind"] = behind;
    claim.faults.push_back(std::move(planted));
}

const std::map<std::string, std::string> early_words = {
    {"early ahead", "peri-ln ngpt"}, {"early behind", "post-ln pre-ln mix-ln sqrt-scaling"}};
const std::map<std::string, std::string> late_words = {{"late ahead", "post-ln ngpt"},
                                                       {"late behind", "pre-ln peri-ln"}};

void plant_early(Claim& claim)
{
    plant(claim, "early", "post-ln ngpt", "pre-ln mix-ln peri-ln sqrt-scaling");
    plant(claim, "early", "peri-ln pre-ln", "post-ln mix-ln ngpt sqrt-scaling");
    plant(claim, "early", "post-ln pre-ln mix-ln sqrt-scaling", "peri-ln ngpt");
}

void plant_late(Claim& claim)
{
    plant(claim, "late", "pre-ln peri-ln", "post-ln ngpt");
    plant(claim, "late", "post-ln peri-ln", "pre-ln ngpt");
    plant(claim, "late", "pre-ln ngpt", "post-ln peri-ln");
}

constexpr const char* early_latex =
    "\\gamma_S(t) > \\gamma_{S'}(t) \\text{ initially},\\ S \\in \\{\\text{Peri-LN, nGPT}\\},\\ S' "
    "\\in \\{\\text{Post-LN, Pre-LN, Mix-LN, sqrt-scaling}\\}";
constexpr const char* late_latex = "\\gamma_S(t) > \\gamma_{S'}(t) \\text{ eventually},\\ S \\in "
                                   "\\{\\text{Post-LN, nGPT}\\},\\ S' "
                                   "\\in \\{\\text{Pre-LN, Peri-LN}\\}";
constexpr const char* simulation_note =
    "simulated by Table 1's layers with the output projection W, since the rule printed in "
    "Appendix E has no residual; Kaiming is read as normal with variance "
    "2/fan-in; initially: layers 1 and 2; eventually: the last quarter of the layers; a scheme is "
    "ahead when it has the larger cosine similarity in more than half of all runs (same weights "
    "and tokens)";

void add_comparison(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec4.1/fig2-vs-fig4";
    claim.printed.latex = fmt::format("\\text{{along the ODE and with random weights: }} {};\\ {}",
                                      early_latex, late_latex);
    claim.printed.words = early_words;
    claim.printed.words.insert(late_words.begin(), late_words.end());
    claim.check = check_both;
    plant_early(claim);
    plant_late(claim);
    claim.witness = "n = 256 orthonormal tokens; 128 random unit tokens in R^512";
    claim.note =
        std::string("alike is read as: the two orderings that the caption of Figure 4 names hold "
                    "in both systems; the times themselves are not compared. Pairs of schemes "
                    "whose late order differs between the systems are listed in the evidence. ")
        + simulation_note;
    claim.depends_on = {"fig4/caption/early", "fig4/caption/late"};
    registry.add(std::move(claim));
}

void add_caption(ledger::Registry& registry)
{
    Claim early;
    early.id = "fig4/caption/early";
    early.printed.latex = early_latex;
    early.printed.words = early_words;
    early.check = check_simulation;
    plant_early(early);
    early.witness = "128 random unit tokens in R^512";
    early.note = simulation_note;
    registry.add(std::move(early));

    Claim late;
    late.id = "fig4/caption/late";
    late.printed.latex = late_latex;
    late.printed.words = late_words;
    late.check = check_simulation;
    plant_late(late);
    late.witness = "128 random unit tokens in R^512";
    late.note = simulation_note;
    registry.add(std::move(late));
}

} // namespace

void add_figure_4(ledger::Registry& registry)
{
    add_comparison(registry);
    add_caption(registry);
}

} // namespace attest::theorems
