#include "attest/report/limit_plots.hpp"

#include "attest/report/decimal.hpp"
#include "attest/report/math.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::report {

using namespace ledger;

namespace {

/// The plot as a panel, without what a double cannot hold.
Panel limit_panel(const std::string& title, const LimitPlot& plot)
{
    Panel panel{title, plot.variable, plot.quantity, true, wants_logarithm(plot), {}};
    for (const Course& course : plot.courses) {
        const CourseNumbers numbers = numbers_of(course);
        Curve curve{course_label(course), {}, {}};
        for (std::size_t k = 0; k < numbers.x.size(); ++k) {
            if (std::isfinite(numbers.x[k]) && std::isfinite(numbers.y[k]) && numbers.x[k] > 0) {
                curve.x.push_back(numbers.x[k]);
                curve.y.push_back(numbers.y[k]);
            }
        }
        panel.curves.push_back(std::move(curve));
    }
    return panel;
}

bool same_plots(const ClaimResult& claim)
{
    const auto printed = plots_of(claim.as_stated);
    const auto amended = plots_of(claim.amended->judgement);
    return std::equal(printed.begin(), printed.end(), amended.begin(), amended.end(),
                      [](const LimitPlot* a, const LimitPlot* b) { return *a == *b; });
}

void add_panels(Figure& figure, const std::string& title, const Judgement& judgement)
{
    for (const LimitPlot* plot : plots_of(judgement)) {
        figure.panels.push_back(limit_panel(title, *plot));
    }
}

/// A page has room for eight panels: the figure in parts of equal size.
void add_in_parts(std::vector<Figure>& figures, const Figure& whole)
{
    constexpr std::size_t most_panels = 8;
    const std::size_t parts = (whole.panels.size() + most_panels - 1) / most_panels;
    for (std::size_t part = 0; part < parts; ++part) {
        const auto place = [&](std::size_t k) {
            return whole.panels.begin()
                   + static_cast<std::ptrdiff_t>(k * whole.panels.size() / parts);
        };
        Figure figure{whole.id, whole.caption, {place(part), place(part + 1)}};
        figure.id += part == 0 ? "" : fmt::format("_{}", part + 1);
        figure.caption += parts == 1 ? "." : fmt::format(" (part {} of {}).", part + 1, parts);
        figures.push_back(std::move(figure));
    }
}

/// "pre-ln/terminal-velocity" from "thm4.1/pre-ln/terminal-velocity".
std::string within_unit(const std::string& id)
{
    return id.substr(id.find('/') + 1);
}

} // namespace

CourseNumbers numbers_of(const Course& course)
{
    CourseNumbers numbers;
    for (std::size_t k = 0; k < course.x.size(); ++k) {
        numbers.x.push_back(nearest_double(course.x[k]));
        numbers.y.push_back((nearest_double(course.lo[k]) + nearest_double(course.hi[k])) / 2);
    }
    return numbers;
}

std::string course_label(const Course& course)
{
    std::string label = course.label;
    for (const std::string_view symbol : {"beta", "delta", "alpha_t", "gamma", "epsilon", "tau"}) {
        label = replace_all(label, symbol, fmt::format("$\\{}$", symbol));
    }
    return label;
}

bool wants_logarithm(const LimitPlot& plot)
{
    double least = HUGE_VAL;
    double most = 0;
    for (const Course& course : plot.courses) {
        for (const double y : numbers_of(course).y) {
            least = std::min(least, y);
            most = std::max(most, y);
        }
    }
    constexpr double decades = 1000;
    return least > 0 && std::isfinite(most) && most > decades * least
           && (plot.limit.empty() || nearest_double(plot.limit) == 0);
}

std::string course_text(const Course& course)
{
    if (course.x.empty()) {
        return course.label + ": no values";
    }
    const auto value = [&](std::size_t k) {
        const std::string lo = shorten(course.lo[k], 6, Rounding::Down);
        const std::string hi = shorten(course.hi[k], 6, Rounding::Up);
        return lo == hi ? lo : fmt::format("in [{}, {}]", lo, hi);
    };
    const std::size_t last = course.x.size() - 1;
    return fmt::format("{}: {} at {}, {} at {}", course.label, value(0), course.x[0], value(last),
                       course.x[last]);
}

std::vector<const LimitPlot*> plots_of(const Judgement& judgement)
{
    std::vector<const LimitPlot*> plots;
    for (const Evidence& item : judgement.evidence) {
        for (const LimitPlot& plot : item.plots) {
            plots.push_back(&plot);
        }
    }
    return plots;
}

std::vector<Figure> limit_figures(const Results& results)
{
    std::vector<Figure> figures;
    for (const Group& group : groups(results)) {
        if (!group.key.starts_with("thm")) {
            continue;
        }
        Figure figure;
        figure.id = "limits_" + group.key;
        std::replace_if(
            figure.id.begin(), figure.id.end(),
            [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
        for (const ClaimResult* claim : group.claims) {
            if (claim->kind != "rate") {
                continue;
            }
            const std::string name = within_unit(claim->id);
            // Where the amended statement changes something else, one panel shows both.
            const bool apart = claim->amended && !same_plots(*claim);
            add_panels(figure, apart ? name + ", printed" : name, claim->as_stated);
            if (apart) {
                add_panels(figure, name + ", amended", claim->amended->judgement);
            }
        }
        figure.caption = fmt::format(
            "{}: the quantities whose limits its rates state, as the checks followed them",
            group.title);
        add_in_parts(figures, figure);
    }
    return figures;
}

std::vector<Figure> all_figures(const Results& results)
{
    std::vector<Figure> figures = results.figures;
    for (Figure& figure : limit_figures(results)) {
        figures.push_back(std::move(figure));
    }
    return figures;
}

} // namespace attest::report
