// What the panels of Figure 5 show: the orderings that Figure 4's caption names, in every other
// panel, and how Pre-LN's magnitudes grow with random weights.
#include "theorems/ensembles.hpp"
#include "theorems/own/registry.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <map>
#include <numeric>

namespace attest::theorems {
namespace {

/// The fewest runs that a sign test with its correction can decide, with some room.
constexpr std::uint64_t panel_runs = 24;

std::shared_ptr<const EnsembleSample> panel_sample(const Statement& statement, const Effort& effort)
{
    return ensemble_sample(statement.words.at("panel"), effort, panel_runs);
}

// --- orderings ----------------------------------------------------------------------------------

std::vector<std::size_t> layers_of(const EnsembleSample& sample, const std::string& when)
{
    if (when == "layer 1") {
        return {1};
    }
    if (when == "layers 1 and 2") {
        return sample.early();
    }
    if (when == "last quarter") {
        return sample.late();
    }
    if (when == "layers 2 to 20") {
        std::vector<std::size_t> layers(19);
        std::iota(layers.begin(), layers.end(), 2U);
        return layers;
    }
    throw InputError(fmt::format(
        "layers '{}': must be layer 1, layers 1 and 2, layers 2 to 20 or last quarter", when));
}

/// Words: panel, "ahead" and "behind" (schemes), "when" (layers).
Judgement check_panel_order(const Statement& statement, const Effort& effort)
{
    const auto sample = panel_sample(statement, effort);
    const Ordering ordering{names_in(statement.words.at("ahead")),
                            names_in(statement.words.at("behind"))};
    const std::vector<std::size_t> layers = layers_of(*sample, statement.words.at("when"));
    const Compared signs = compare(*sample, ordering, layers, ahead_in_most_runs);
    const Scope scope{ScopeKind::Sample, described(*sample)};
    Judgement judgement;
    judgement.evidence.push_back(
        {"sign tests",
         fmt::format("each comparison (pair of schemes, layer) in more than half of all runs: {} "
                     "of {} decided{}",
                     signs.decided, signs.comparisons,
                     signs.refuted.empty() ? ""
                                           : fmt::format("; the other way round: {}",
                                                         fmt::join(signs.refuted, "; "))),
         signs.outcome, Strength::Statistical, scope});
    if (is_false(signs.outcome)) {
        judgement.counterexample = counterexample_of(
            *sample, signs.refuted.front() + ": not ahead in more than half of all runs");
    }
    judgement.confidence = fmt::format(
        "exact sign tests, {} statements about the sample; {} runs, none discarded; "
        "measure: the law of tokens and weights; {}",
        statements_about(*sample), sample->runs(), budget_text(StatisticalFamily::Orderings));
    if (effort.control) {
        return judgement;
    }
    const Compared means = compare(*sample, ordering, layers, ahead_in_the_mean);
    const chance::SimultaneousBands bands = bands_of(*sample);
    Truth apart = Truth::True;
    long decided = 0;
    double widest = 0;
    for (const std::string& ahead : ordering.ahead) {
        for (const std::string& behind : ordering.behind) {
            for (const std::size_t t : layers) {
                const Truth here =
                    ahead_by_bands(bands, scheme_number(ahead), scheme_number(behind), t);
                apart = apart && here;
                decided += is_unknown(here) ? 0 : 1;
                for (const std::string& one : {ahead, behind}) {
                    const auto limits = bands.mean(scheme_number(one), t);
                    widest = std::max(widest, limits.upper - limits.lower);
                }
            }
        }
    }
    Evidence mean{"means",
                  fmt::format("differences of means in the same runs: {} of {} decided ({}); by "
                              "the simultaneous limits of each scheme's mean: {} ({} statements "
                              "about all schemes and layers; limits up to {:.3f} apart; {})",
                              means.decided, means.comparisons,
                              share_text(StatisticalFamily::MeanDifferences), decided,
                              bands.statements(), widest, share_text(StatisticalFamily::Bands)),
                  means.outcome, Strength::Statistical, scope};
    mean.carries = false;
    judgement.evidence.push_back(std::move(mean));
    return judgement;
}

Statement order_statement(const std::string& panel, const std::string& when,
                          const std::string& ahead, const std::string& behind)
{
    Statement statement;
    statement.words = {{"panel", panel}, {"when", when}, {"ahead", ahead}, {"behind", behind}};
    statement.latex = fmt::format(
        "\\text{{panel {}, {}: }} \\mathbb P(\\gamma_S(t) > \\gamma_{{S'}}(t)) > \\tfrac12,\\ S "
        "\\in \\{{\\text{{{}}}\\}},\\ S' \\in \\{{\\text{{{}}}\\}}",
        panel, when, fmt::join(names_in(ahead), ", "), fmt::join(names_in(behind), ", "));
    return statement;
}

Claim order_claim(const std::string& panel, const std::string& part)
{
    constexpr const char* slow = "post-ln pre-ln mix-ln sqrt-scaling";
    const bool early = part == "early";
    Claim claim;
    claim.id = fmt::format("x/panel-{}/{}", panel, part);
    claim.printed = early
                        ? order_statement(panel, "layers 1 and 2", "peri-ln ngpt", slow)
                        : order_statement(panel, "last quarter", "post-ln ngpt", "pre-ln peri-ln");
    claim.check = check_panel_order;
    const auto plant = [&](const std::string& change, const Statement& statement) {
        claim.faults.push_back({change, statement});
    };
    if (early) {
        const std::string when = "layers 1 and 2";
        plant("Post-LN for Peri-LN",
              order_statement(panel, when, "post-ln ngpt", "pre-ln mix-ln peri-ln sqrt-scaling"));
        plant("Pre-LN for nGPT",
              order_statement(panel, when, "peri-ln pre-ln", "post-ln mix-ln ngpt sqrt-scaling"));
        plant("Mix-LN ahead of Post-LN", order_statement(panel, "layer 1", "mix-ln", "post-ln"));
    } else {
        const std::string when = "last quarter";
        plant("the other way round",
              order_statement(panel, when, "pre-ln peri-ln", "post-ln ngpt"));
        plant("Peri-LN for nGPT", order_statement(panel, when, "post-ln peri-ln", "pre-ln ngpt"));
        plant("Pre-LN for Post-LN", order_statement(panel, when, "pre-ln ngpt", "post-ln peri-ln"));
    }
    claim.witness = "128 random unit tokens";
    claim.note = "the caption of Figure 4 says this of panel (a); initially: layers 1 and 2; "
                 "eventually: the last quarter of the layers; same tokens and weights";
    return claim;
}

/// Where the first step of Peri-LN and nGPT is the shorter one: |A_j| > 1.
Claim reversed_early_claim(const std::string& panel, const std::string& why)
{
    Claim claim = order_claim(panel, "early");
    claim.amended =
        order_statement(panel, "layer 1", "post-ln pre-ln mix-ln sqrt-scaling", "peri-ln ngpt");
    claim.faults = {
        {"Peri-LN ahead", order_statement(panel, "layer 1", "peri-ln", "post-ln")},
        {"nGPT ahead", order_statement(panel, "layer 1", "ngpt", "sqrt-scaling")},
        {"as in panel (a)", claim.printed},
        {"Mix-LN ahead of Post-LN", order_statement(panel, "layer 1", "mix-ln", "post-ln")}};
    claim.note +=
        ". " + why + ", |A_j| is larger than 1, and dividing by it shortens the first step";
    return claim;
}

/// With weights of standard deviation 0.02 attention is short: Post-LN starts far behind Peri-LN,
/// which is slow at the end.
Claim overtaking_claim()
{
    const std::string panel = "5g";
    const std::string when = "layers 2 to 20";
    Claim claim;
    claim.id = "x/panel-5g/overtaking";
    claim.printed = order_statement(panel, when, "ngpt peri-ln", "post-ln pre-ln mix-ln");
    claim.check = check_panel_order;
    claim.faults = {
        {"Post-LN already ahead", order_statement(panel, when, "post-ln", "peri-ln")},
        {"Pre-LN ahead of Post-LN", order_statement(panel, when, "pre-ln", "post-ln")},
        {"Peri-LN ahead of nGPT", order_statement(panel, when, "peri-ln", "ngpt")},
        {"for good", order_statement(panel, "last quarter", "ngpt peri-ln", "post-ln pre-ln")}};
    claim.depends_on = {"x/panel-5g/late"};
    claim.witness = "128 random unit tokens";
    claim.note = "Post-LN is ahead of Peri-LN in the last quarter (x/panel-5g/late), which begins "
                 "after layer 26 at least: it overtakes in between, so the late ordering of Figure "
                 "4's caption needs runs of more than 24 layers in this panel";
    return claim;
}

// --- growth -------------------------------------------------------------------------------------

/// Numbers: the median over the law of a run's exponent of r lies in [lower, upper]. Decided by its
/// interval: inside, or apart.
Judgement check_growth_exponent(const Statement& statement, const Effort& effort)
{
    const auto sample = panel_sample(statement, effort);
    const ExponentInterval found = growth_exponent(*sample);
    const double lower = statement.numbers.at("lower").convert_to<double>();
    const double upper = statement.numbers.at("upper").convert_to<double>();
    const bool inside = lower <= found.lower && found.upper <= upper;
    const bool apart = found.upper < lower || upper < found.lower;
    Judgement judgement;
    judgement.evidence.push_back(
        {"order statistics of the runs' exponents",
         fmt::format("median of the sample {:.4f}, of the law in [{:.4f}, {:.4f}]; least squares "
                     "of log r on log t over layers {} to {}, Pre-LN",
                     found.median, found.lower, found.upper,
                     std::max<std::size_t>(1, sample->layers() / 4), sample->layers()),
         inside  ? Truth::True
         : apart ? Truth::False
                 : Truth::Unknown,
         Strength::Statistical,
         {ScopeKind::Sample, described(*sample)}});
    if (apart) {
        judgement.counterexample =
            counterexample_of(*sample, fmt::format("the median exponent lies in [{:.4f}, {:.4f}]",
                                                   found.lower, found.upper));
    }
    judgement.confidence = fmt::format("exact binomial ranks; {} runs, none discarded; {}",
                                       sample->runs(), budget_text(StatisticalFamily::Growth));
    return judgement;
}

Statement growth_statement(const std::string& panel, const Rational& lower, const Rational& upper)
{
    Statement statement;
    statement.words = {{"panel", panel}};
    statement.numbers = {{"lower", lower}, {"upper", upper}};
    statement.latex =
        fmt::format("\\text{{panel {}, Pre-LN: }} r(t) \\approx t^p \\text{{ over }} [T/4, T],\\ "
                    "\\mathrm{{median}}\\, p \\in \\left[{}, {}\\right]",
                    panel, to_string(lower), to_string(upper));
    return statement;
}

Claim growth_claim(const std::string& panel, const Rational& lower, const Rational& upper)
{
    const Rational half(1, 2);
    Claim claim;
    claim.id = fmt::format("x/panel-{}/growth", panel);
    claim.printed = growth_statement(panel, half, half);
    claim.printed.latex += "\\ (r \\sim \\sqrt t)";
    claim.amended = growth_statement(panel, lower, upper);
    claim.check = check_growth_exponent;
    claim.faults = {{"p = 1/2", growth_statement(panel, half, half)},
                    {"p <= 1/2", growth_statement(panel, 0, half)},
                    {"p >= 2", growth_statement(panel, 2, 3)}};
    claim.witness = "128 random unit tokens";
    return claim;
}

} // namespace

void add_panels(ledger::Registry& registry)
{
    const std::string large_beta =
        "With beta = 4 sqrt(d) each token attends to itself or to few others";
    const std::string large_weights =
        "With variance 0.02 the products by V and by W each multiply a squared length by d/50 = 15 "
        "in the mean";
    const std::map<std::string, std::string> reversed = {
        {"5b", large_beta}, {"5f", large_beta}, {"5g-text", large_weights}};
    for (const char* panel : {"5b", "5c", "5d", "5e", "5f", "5g", "5g-text"}) {
        const auto found = reversed.find(panel);
        registry.add(found == reversed.end() ? order_claim(panel, "early")
                                             : reversed_early_claim(panel, found->second));
        registry.add(order_claim(panel, "late"));
    }
    registry.add(overtaking_claim());
    Claim drawn_anew = growth_claim("5c", Rational(51, 100), Rational(99, 100));
    drawn_anew.faults.push_back({"p = 1", growth_statement("5c", 1, 1)});
    drawn_anew.note =
        "Section 4.3 quotes r ~ sqrt t at random initialisation. With weights drawn anew E "
        "r_j(t)^2 "
        "<= 1 + 4t is proved (docs/ensembles.md): never faster in mean square. Over these layers "
        "the exponent is larger, because |A_j| grows while the tokens align, and falls with depth";
    registry.add(std::move(drawn_anew));
    Claim kept = growth_claim("5e", Rational(9, 10), Rational(19, 10));
    kept.note = "static weights: the steps of a run do not cancel, so r grows at least about like "
                "t, as in the aligned regime (sec4.3/prose/linear-growth)";
    registry.add(std::move(kept));
}

} // namespace attest::theorems
