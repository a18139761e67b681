// Figure 4, and Section 4.1's comparison of it with Figure 2.
#include "attest/flow/clock.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/random_weights.hpp"
#include "theorems/support.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

#include <boost/math/distributions/beta.hpp>

#include <algorithm>
#include <sstream>

namespace attest::theorems {
namespace {

constexpr const char* simulated_setting =
    "n = 128, d = 512, one head, beta = sqrt(d), static Kaiming weights (entries of variance 2/d), "
    "isotropic unit tokens, alpha_t = 1, tau = T/4";

/// Depth T of the simulated transformer and number of runs.
RandomWeights setting_of(const Effort& effort)
{
    RandomWeights setting;
    setting.seed = effort.seed;
    setting.threads = effort.threads;
    switch (effort.level) {
    case Effort::Level::Quick:
        setting.runs = 2;
        setting.layers = 10;
        break;
    case Effort::Level::Standard:
        setting.runs = 20;
        setting.layers = 48;
        break;
    case Effort::Level::Deep:
        setting.runs = 1000;
        setting.layers = 48;
        break;
    }
    return setting;
}

std::vector<std::string> names_in(const std::string& list)
{
    std::istringstream stream(list);
    std::vector<std::string> names;
    for (std::string name; stream >> name;) {
        names.push_back(name);
    }
    return names;
}

/// "every scheme of `ahead` has a larger cosine similarity than every one of `behind`", once for
/// the early part and once for the late part of the curves; a part without words says nothing.
struct Ordering {
    std::vector<std::string> ahead;
    std::vector<std::string> behind;
};

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

constexpr long early_layers = 2;

/// Does the run show the ordering at this layer?
bool shows(const SimulatedRun& run, const Ordering& ordering, std::size_t layer)
{
    return std::all_of(ordering.ahead.begin(), ordering.ahead.end(), [&](const auto& ahead) {
        return std::all_of(ordering.behind.begin(), ordering.behind.end(), [&](const auto& behind) {
            return run.of(ahead)[layer] > run.of(behind)[layer];
        });
    });
}

bool shows(const SimulatedRun& run, const Statement& statement, long layers)
{
    bool all = true;
    for (long t = 1; t <= early_layers; ++t) {
        all = all && shows(run, ordering_of(statement, "early"), static_cast<std::size_t>(t));
    }
    // The last quarter of the layers.
    for (long t = layers - layers / 4; t <= layers; ++t) {
        all = all && shows(run, ordering_of(statement, "late"), static_cast<std::size_t>(t));
    }
    return all;
}

/// Clopper and Pearson's lower limit of a probability after k successes in N trials, at 95%.
double probability_at_least(long successes, long trials)
{
    if (successes == 0) {
        return 0;
    }
    const boost::math::beta_distribution<double> law(static_cast<double>(successes),
                                                     static_cast<double>(trials - successes + 1));
    return boost::math::quantile(law, 0.05);
}

std::string values_of(const SimulatedRun& run, std::size_t layer)
{
    std::vector<std::string> values;
    for (const std::string_view scheme : model::scheme_names) {
        values.push_back(fmt::format("{} {:.4f}", scheme, run.of(scheme)[layer]));
    }
    return fmt::format("{}", fmt::join(values, ", "));
}

struct Simulated {
    Evidence evidence;
    std::string confidence;
};

/// True when every run shows the orderings, False when most runs do not; a mixed result is left
/// open.
Simulated simulated_evidence(const Statement& statement, const Effort& effort,
                             std::optional<ledger::Counterexample>& found)
{
    const RandomWeights setting = setting_of(effort);
    const auto runs = cached_random_weights(setting);
    const auto total = static_cast<long>(runs->size());
    const auto agreeing =
        static_cast<long>(std::count_if(runs->begin(), runs->end(), [&](const auto& run) {
            return shows(run, statement, setting.layers);
        }));
    const Truth outcome = agreeing == total       ? Truth::True
                          : 2 * agreeing <= total ? Truth::False
                                                  : Truth::Unknown;
    const auto last = static_cast<std::size_t>(setting.layers);
    if (is_false(outcome) && !found) {
        const auto violating = std::find_if(runs->begin(), runs->end(), [&](const auto& run) {
            return !shows(run, statement, setting.layers);
        });
        found = ledger::Counterexample{
            {{"seed", std::to_string(setting.seed)},
             {"run", std::to_string(violating - runs->begin())},
             {"layers", std::to_string(setting.layers)}},
            fmt::format("cosine similarity after layer 1: {}; after layer {}: {}",
                        values_of(*violating, 1), setting.layers, values_of(*violating, last)),
            fmt::format("attest verify fig4/caption/early fig4/caption/late --seed {}",
                        setting.seed)};
    }
    Simulated result;
    result.evidence = {
        "simulation with random weights (double precision)",
        fmt::format("{} of {} runs show it at layers 1 to {} (early) and {} to {} (late); run 0 "
                    "after layer 2: {}; after layer {}: {}",
                    agreeing, total, early_layers, setting.layers - setting.layers / 4,
                    setting.layers, values_of(runs->front(), 2), setting.layers,
                    values_of(runs->front(), last)),
        outcome,
        Strength::Statistical,
        {ScopeKind::Sample,
         fmt::format("{} runs of {} layers: {}", total, setting.layers, simulated_setting)}};
    result.confidence = fmt::format(
        "{} of {} independent runs (seed {}) show it; with 95% confidence a fresh run does with "
        "probability above {:.3f} (exact binomial bound)",
        agreeing, total, setting.seed, probability_at_least(agreeing, total));
    return result;
}

Judgement check_simulation(const Statement& statement, const Effort& effort)
{
    Judgement judgement;
    Simulated simulated = simulated_evidence(statement, effort, judgement.counterexample);
    judgement.confidence = simulated.confidence;
    return with(std::move(judgement), std::move(simulated.evidence));
}

/// Pairs "A, B" where A is ahead of B at gamma = 0.99 along the ODE and B ahead of A in every run
/// after 8 layers: what the two figures do not share.
std::vector<std::string> reversed_pairs(const Effort& effort)
{
    constexpr std::size_t layer = 8;
    const PrecisionScope precision(96);
    const auto runs = cached_random_weights(setting_of(effort));
    std::map<std::string, Ball> times;
    for (const std::string_view scheme : model::scheme_names) {
        times.emplace(scheme, ode_time(std::string(scheme), Rational(99, 100)));
    }
    std::vector<std::string> pairs;
    for (const auto& first : times) {
        for (const auto& second : times) {
            const bool reversed = std::all_of(runs->begin(), runs->end(), [&](const auto& run) {
                return run.of(second.first)[layer] > run.of(first.first)[layer];
            });
            if (is_true(less(first.second, second.second)) && reversed) {
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
    simulated.evidence.carries = false;
    judgement.confidence = simulated.confidence;
    const Evidence both = {
        "both systems",
        fmt::format("the orderings along the ODE and in the simulation; pairs "
                    "that stand the other way round late in the simulation, not "
                    "part of the statement: {}",
                    effort.control ? "not looked at"
                                   : fmt::format("{}", fmt::join(reversed_pairs(effort), ", "))),
        ode.outcome && simulated.evidence.outcome, Strength::Statistical, simulated.evidence.scope};
    judgement.evidence = {ode, simulated.evidence, both};
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
    "simulated by Table 1's layers (attention with the output projection W merged into V), since "
    "the rule printed in Appendix E has no residual; Kaiming is read as normal with variance "
    "2/fan-in; initially: layers 1 and 2; eventually: the last quarter of the layers";

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
