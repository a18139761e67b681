// Figures 4 and 5: the ensembles of Appendix E, drawn afresh.
#include "theorems/ensembles.hpp"

#include <fmt/format.h>

#include <cmath>

namespace attest::theorems {
namespace {

struct Drawn {
    const char* panel;
    const char* id;
    const char* what;
};

constexpr std::array<Drawn, 8> drawn = {{
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

/// The average of the runs' exponents with a 95 % interval of their spread (normal approximation).
std::string growth_text(const EnsembleSample& sample)
{
    const auto N = static_cast<double>(sample.runs());
    double mean = 0;
    for (const double slope : sample.growth) {
        mean += slope / N;
    }
    double squares = 0;
    for (const double slope : sample.growth) {
        squares += (slope - mean) * (slope - mean);
    }
    const double error = N > 1 ? 1.96 * std::sqrt(squares / (N - 1) / N) : 0;
    return fmt::format("Under Pre-LN the mean of r grows like t to the power {:.3f} +- {:.3f} over "
                       "the last three quarters of the layers (average of the runs' least-squares "
                       "slopes, twice its standard error)",
                       mean, error);
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
        "{} ({} of {} comparisons decided), the late ones {} ({} of {}); exact sign tests, all {} "
        "statements about this sample together at 95 %{}{}",
        word(at_first.outcome), at_first.decided, at_first.comparisons, word(at_last.outcome),
        at_last.decided, at_last.comparisons, statements_about(sample),
        sample.arithmetic == "gram" ? " (the schemes of one run share reduced matrices: signs are "
                                      "those of this coupling)"
                                    : "",
        refuted.empty() ? "" : fmt::format("; {} refuted, such as {}", refuted.size(), refuted[0]));
}

ledger::Curve outline(const EnsembleSample& sample, std::size_t scheme, const std::string& title)
{
    ledger::Curve curve{title, {}, {}};
    const std::size_t last = sample.layers();
    for (std::size_t t = 0; t <= last; ++t) {
        curve.x.push_back(static_cast<double>(t));
        curve.y.push_back(sample.statistics.quantile(scheme, t, 0.05).lower);
    }
    for (std::size_t t = last + 1; t-- > 0;) {
        curve.x.push_back(static_cast<double>(t));
        curve.y.push_back(sample.statistics.quantile(scheme, t, 0.95).upper);
    }
    return curve;
}

ledger::Figure figure_of(const Drawn& which, const Effort& effort)
{
    const auto sample = ensemble_sample(which.panel, effort);
    ledger::Figure figure;
    figure.id = which.id;
    figure.caption = fmt::format("{}. {}. Left: mean over the runs; middle: band from the 5 % to "
                                 "the 95 % quantile of these {} runs; right: mean magnitude. {}. "
                                 "{}.",
                                 which.what, described(*sample), sample->runs(),
                                 orderings_text(*sample), growth_text(*sample));
    figure.panels = {
        {fmt::format("mean of {} runs", sample->runs()), "t", "\\gamma", false, false, {}},
        {"5 % to 95 % of runs", "t", "\\gamma", false, false, {}},
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
                figure.panels[1].curves.push_back(outline(*sample, s, title));
                figure.panels[2].curves.push_back(std::move(magnitude));
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
    for (const Drawn& which : drawn) {
        figures.push_back(figure_of(which, effort));
    }
    return figures;
}

} // namespace attest::theorems
