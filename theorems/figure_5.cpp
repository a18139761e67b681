// Figures 4 and 5: the ensembles of Appendix E, drawn afresh.
#include "attest/chance/mean_bounds.hpp"
#include "theorems/ensembles.hpp"

#include <fmt/format.h>

#include <cmath>

namespace attest::theorems {
namespace {

struct DrawnPanel {
    const char* panel;
    const char* id;
    const char* what;
};

constexpr std::array<DrawnPanel, 8> drawn_panels = {{
    {"4", "figure_4", "Figure 4 and panel (a) of Figure 5: d = 512 > n, beta = sqrt(d)"},
    {"5b", "figure_5b", "Figure 5 (b): d = 512 > n, beta = 4 sqrt(d)"},
    {"5c", "figure_5c", "Figure 5 (c): d = 512 > n, beta = sqrt(d), weights drawn for each layer"},
    {"5d", "figure_5d", "Figure 5 (d): d = 16 < n, beta = 1"},
    {"5e", "figure_5e", "Figure 5 (e): d = n = 128, beta = sqrt(d)"},
    {"5f", "figure_5f", "Figure 5 (f): d = n = 128, beta = 4 sqrt(d)"},
    {"5g", "figure_5g", "Figure 5 (g): d = 768, 12 heads, weights of standard deviation 0.02"},
    {"5g-text", "figure_5g_text",
     "Figure 5 (g) with the variance 0.02 that the text gives: d = 768, 12 heads"},
}};

const char* word(Truth outcome)
{
    return is_true(outcome) ? "hold" : is_false(outcome) ? "fail" : "are open";
}

/// The median of the runs' exponents with its interval from order statistics.
std::string growth_text(const EnsembleSample& sample)
{
    const ExponentInterval exponent = growth_exponent(sample);
    const std::string where =
        std::isfinite(exponent.lower) && std::isfinite(exponent.upper)
            ? fmt::format("lies in [{:.3f}, {:.3f}] (order statistics of the runs, exact)",
                          exponent.lower, exponent.upper)
            : fmt::format("is not enclosed: {} runs are too few", sample.runs());
    return fmt::format("Under Pre-LN a run's mean r grows like t to the power p (least squares "
                       "over the last three quarters of the layers); the median of p over these "
                       "runs is {:.3f}, over the law it {}",
                       exponent.median, where);
}

/// Limits of the law's means, [scheme][time].
using MeanLimits = std::vector<std::vector<chance::EnsembleStatistics::Interval>>;

MeanLimits mean_limits(const EnsembleSample& sample, const chance::SimultaneousBands& bands)
{
    MeanLimits limits(sample.statistics.schemes());
    for (std::size_t s = 0; s < limits.size(); ++s) {
        for (std::size_t t = 0; t <= sample.layers(); ++t) {
            limits[s].push_back(bands.mean(s, t));
        }
    }
    return limits;
}

/// What the simultaneous limits say.
std::string bands_text(const EnsembleSample& sample, const chance::SimultaneousBands& bands,
                       const MeanLimits& limits)
{
    const auto whole = chance::SimultaneousBands::range(sample.setting.n);
    double widest = 0;
    double sum = 0;
    long cells = 0;
    double deviation = 0;
    for (std::size_t s = 0; s < sample.statistics.schemes(); ++s) {
        for (std::size_t t = 1; t <= sample.layers(); ++t) {
            const double width = limits[s][t].upper - limits[s][t].lower;
            widest = std::max(widest, width);
            sum += width;
            ++cells;
            deviation = std::max(deviation, std::sqrt(sample.statistics.variance(s, t)));
        }
    }
    constexpr double target = 0.001;
    return fmt::format(
        "Limits of the means (a bettor's wealth, valid for every number of runs) and of the "
        "quantiles (exact binomial ranks) are {} statements about all schemes and layers; the "
        "limits of a mean are up to {:.3f} apart, on average {:.3f}, in a range of {:.3f}, and the "
        "band of quantiles drawn has at least {:.3f} of the law. A standard error of {} in every "
        "layer needs {} runs by these variances",
        bands.statements(), widest, sum / static_cast<double>(cells), whole.upper - whole.lower,
        bands.share().convert_to<double>(), target, chance::runs_needed(deviation, target));
}

std::string orderings_text(const EnsembleSample& sample)
{
    const Ordering early{{"peri-ln", "ngpt"}, {"post-ln", "pre-ln", "mix-ln", "sqrt-scaling"}};
    const Ordering late{{"post-ln", "ngpt"}, {"pre-ln", "peri-ln"}};
    const Compared at_first = compare(sample, early, sample.early(), ahead_in_most_runs);
    const Compared at_last = compare(sample, late, sample.late(), ahead_in_most_runs);
    std::vector<std::string> refuted = at_first.refuted;
    refuted.insert(refuted.end(), at_last.refuted.begin(), at_last.refuted.end());
    return fmt::format(
        "The orderings of Figure 4's caption, each in more than half of all runs: the early ones "
        "{} ({} of {} comparisons decided), the late ones {} ({} of {}); exact sign tests, {} "
        "statements about this sample{}{}",
        word(at_first.outcome), at_first.decided, at_first.comparisons, word(at_last.outcome),
        at_last.decided, at_last.comparisons, statements_about(sample),
        sample.arithmetic == "gram" ? " (the schemes of one run share reduced matrices: signs are "
                                      "those of this coupling)"
                                    : "",
        refuted.empty() ? "" : fmt::format("; {} refuted, such as {}", refuted.size(), refuted[0]));
}

/// Along the lower ends of a band and back along the upper ones; `band` gives both at a layer.
template <class Band>
ledger::Curve band_outline(std::size_t layers, const std::string& title, const Band& band)
{
    ledger::Curve curve{title, {}, {}};
    for (std::size_t t = 0; t <= layers; ++t) {
        curve.x.push_back(static_cast<double>(t));
        curve.y.push_back(band(t).lower);
    }
    for (std::size_t t = layers + 1; t-- > 0;) {
        curve.x.push_back(static_cast<double>(t));
        curve.y.push_back(band(t).upper);
    }
    return curve;
}

ledger::Figure figure_of(const DrawnPanel& which, const Effort& effort)
{
    const auto sample = ensemble_sample(which.panel, effort);
    const chance::SimultaneousBands bands = bands_of(*sample);
    const MeanLimits limits = mean_limits(*sample, bands);
    ledger::Figure figure;
    figure.id = which.id;
    figure.caption = fmt::format(
        "{}. {}. Above: mean over the runs; band from the 5 % to the 95 % quantile of these {} "
        "runs. Below: where the means of the law lie, for all schemes and layers; mean magnitude. "
        "{}. {}. {}. All statistical statements of the report, here and elsewhere, hold together "
        "with at least 95 % confidence; orderings have {} of the error of 5 %, bands {}, exponents "
        "{}, each split evenly over the {} panels.",
        which.what, described(*sample), sample->runs(), orderings_text(*sample),
        bands_text(*sample, bands, limits), growth_text(*sample),
        to_string(share_of(StatisticalFamily::Orderings)),
        to_string(share_of(StatisticalFamily::Bands)),
        to_string(share_of(StatisticalFamily::Growth)), samples_of(StatisticalFamily::Bands));
    figure.panels = {
        {fmt::format("mean of {} runs", sample->runs()), "t", "\\gamma", false, false, {}},
        {"5 % to 95 % of runs", "t", "\\gamma", false, false, {}},
        {"means of the law, all at once", "t", "\\gamma", false, false, {}},
        {"mean magnitude", "t", "r", true, true, {}}};
    std::size_t s = 0;
    std::apply(
        [&](auto... scheme) {
            const auto add = [&](const std::string& title) {
                ledger::Curve mean{title, {}, {}};
                ledger::Curve magnitude{title, {}, {}};
                for (std::size_t t = 0; t <= sample->layers(); ++t) {
                    mean.x.push_back(static_cast<double>(t));
                    mean.y.push_back(sample->statistics.mean(s, t));
                    if (t > 0) {
                        magnitude.x.push_back(static_cast<double>(t));
                        magnitude.y.push_back(sample->statistics.mean_magnitude(s, t));
                    }
                }
                figure.panels[0].curves.push_back(std::move(mean));
                const auto of_runs = [&](std::size_t t) {
                    return chance::EnsembleStatistics::Interval{
                        sample->statistics.quantile(s, t, 0.05).lower,
                        sample->statistics.quantile(s, t, 0.95).upper};
                };
                const auto of_law = [&](std::size_t t) { return limits[s][t]; };
                figure.panels[1].curves.push_back(band_outline(sample->layers(), title, of_runs));
                figure.panels[2].curves.push_back(band_outline(sample->layers(), title, of_law));
                figure.panels[3].curves.push_back(std::move(magnitude));
                ++s;
            };
            (add(std::string(decltype(scheme)::title)), ...);
        },
        model::Schemes{});
    return figure;
}

} // namespace

std::vector<ledger::Figure> ensemble_figures(const Effort& effort)
{
    std::vector<ledger::Figure> figures;
    for (const DrawnPanel& which : drawn_panels) {
        figures.push_back(figure_of(which, effort));
    }
    return figures;
}

} // namespace attest::theorems
