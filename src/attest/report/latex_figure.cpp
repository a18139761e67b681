#include "attest/report/latex.hpp"
#include "attest/report/latex_text.hpp"
#include "attest/report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace attest::report {

using namespace ledger;

namespace {

// As in the SVG figures, in points.
constexpr std::array<const char*, 5> dash_styles = {"solid", "dashed", "densely dotted", "dash dot",
                                                    "loosely dashed"};

std::string style(std::size_t k)
{
    return fmt::format("draw={{rgb,255:{}}}, {}", stroke(k).colour.empty() ? "" : [&] {
        const std::string hex = stroke(k).colour.substr(1);
        const auto part = [&](std::size_t i) { return std::stoi(hex.substr(i, 2), nullptr, 16); };
        return fmt::format("red,{};green,{};blue,{}", part(0), part(2), part(4));
    }(), dash_styles[k % dash_styles.size()]);
}

std::string plots(const Curve& curve, const Axis& x_axis, const Axis& y_axis, std::size_t k)
{
    constexpr double resolution = 1.0 / 400;
    std::string out;
    bool drawing = false;
    double last_x = 0;
    double last_y = 0;
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
        if (!x_axis.shows(curve.x[i]) || !y_axis.shows(curve.y[i])) {
            out += drawing ? "};\n" : "";
            drawing = false;
            continue;
        }
        const double x = x_axis.place(curve.x[i]);
        const double y = y_axis.place(curve.y[i]);
        if (!drawing) {
            out += fmt::format("\\addplot[{}, line width=0.8pt] coordinates {{\n", style(k));
        } else if (i + 1 < curve.x.size()
                   && std::max(std::abs(x - last_x), std::abs(y - last_y)) < resolution) {
            continue;
        }
        drawing = true;
        last_x = x;
        last_y = y;
        out += fmt::format("({:.6g},{:.6g})\n", curve.x[i], curve.y[i]);
    }
    return drawing ? out + "};\n" : out;
}

std::string panel_picture(const Panel& panel, const std::vector<std::string>& labels, double width)
{
    std::vector<double> xs;
    std::vector<double> ys;
    for (const Curve& curve : panel.curves) {
        xs.insert(xs.end(), curve.x.begin(), curve.x.end());
        ys.insert(ys.end(), curve.y.begin(), curve.y.end());
    }
    const Axis x_axis = make_axis(xs, panel.log_x);
    const Axis y_axis = make_axis(ys, panel.log_y);
    std::string out = fmt::format(
        "\\begin{{tikzpicture}}[trim axis left]\n\\begin{{axis}}[attest axis, width={:.2f}"
        "\\linewidth, height={:.2f}\\linewidth,\n  title={{{}}}, xlabel={{{}}}, ylabel={{{}}},\n"
        "  xmin={:.6g}, xmax={:.6g}, ymin={:.6g}, ymax={:.6g}{}{}]\n",
        width, 0.8 * std::min(width, 0.4), latex_mixed(panel.title), latex_label(panel.x_label),
        latex_label(panel.y_label), x_axis.lo, x_axis.hi, y_axis.lo, y_axis.hi,
        panel.log_x ? ", xmode=log" : "", panel.log_y ? ", ymode=log" : "");
    for (const Curve& curve : panel.curves) {
        const auto place = std::find(labels.begin(), labels.end(), curve.label);
        out += plots(curve, x_axis, y_axis, static_cast<std::size_t>(place - labels.begin()));
    }
    return out + "\\end{axis}\n\\end{tikzpicture}";
}

std::string legend(const std::vector<std::string>& labels)
{
    std::string out;
    for (std::size_t k = 0; k < labels.size(); ++k) {
        out += fmt::format("\\mbox{{\\tikz[baseline=-0.6ex]\\draw[{}, line width=0.8pt] "
                           "(0,0)--(2em,0);~{}}}\\quad\n",
                           style(k), latex_label(labels[k]));
    }
    return out;
}

} // namespace

std::string latex_figure(const Figure& figure)
{
    const std::vector<std::string> labels = legend_labels(figure);
    const double width = figure.panels.size() == 1 ? 0.6 : 0.37;
    std::string out = "\\begin{figure}[htbp]\n\\centering\\small\n";
    for (std::size_t i = 0; i < figure.panels.size(); ++i) {
        const bool row_ends = i % 2 == 1 || i + 1 == figure.panels.size();
        out += fmt::format("\\hspace*{{0.09\\linewidth}}{}{}\n",
                           panel_picture(figure.panels[i], labels, width),
                           row_ends ? "\\par\\medskip" : "\\hfill");
    }
    out += legend(labels);
    return out
           + fmt::format("\\caption{{{}}}\n\\label{{fig:{}}}\n\\end{{figure}}\n",
                         latex_mixed(figure.caption), figure.id);
}

} // namespace attest::report
