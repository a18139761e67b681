#include "attest/report/svg.hpp"

#include "attest/report/math.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace attest::report {

using namespace ledger;

namespace {

constexpr double panel_width = 340;
constexpr double panel_height = 270;
constexpr double margin_left = 88;
constexpr double margin_right = 18;
constexpr double margin_top = 36;
constexpr double margin_bottom = 58;
constexpr double cell_width = margin_left + panel_width + margin_right;
constexpr double cell_height = margin_top + panel_height + margin_bottom;
constexpr double legend_row = 24;
constexpr double least_legend_entry = 180;

// Okabe and Ito, "Color Universal Design" (2008), without the yellow, which is too light on white.
constexpr std::array<const char*, 7> colours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                "#56b4e9", "#e69f00", "#000000"};
constexpr std::array<const char*, 5> dashes = {"", "8 4", "2 3", "10 4 2 4", "14 4"};

std::size_t position_of(const std::vector<std::string>& labels, const std::string& label)
{
    return static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label)
                                    - labels.begin());
}

std::string stroke_attributes(std::size_t k)
{
    const Stroke line = stroke(k);
    std::string out = fmt::format("fill=\"none\" stroke=\"{}\" stroke-width=\"2\"", line.colour);
    if (!line.dashes.empty()) {
        out += fmt::format(" stroke-dasharray=\"{}\"", line.dashes);
    }
    return out;
}

/// The curve as path data; it is broken where the axes cannot show a point.
std::string path_data(const Curve& curve, const Axis& x_axis, const Axis& y_axis)
{
    std::string path;
    bool drawing = false;
    double last_x = 0;
    double last_y = 0;
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
        if (!x_axis.shows(curve.x[i]) || !y_axis.shows(curve.y[i])) {
            drawing = false;
            continue;
        }
        const double x = x_axis.place(curve.x[i]) * panel_width;
        const double y = (1 - y_axis.place(curve.y[i])) * panel_height;
        const bool ends = i + 1 == curve.x.size();
        // Points closer than a quarter of a pixel cannot be seen apart.
        if (drawing && !ends && std::abs(x - last_x) < 0.25 && std::abs(y - last_y) < 0.25) {
            continue;
        }
        path += fmt::format("{}{:.2f} {:.2f}", drawing ? "L" : "M", x, y);
        drawing = true;
        last_x = x;
        last_y = y;
    }
    return path;
}

void draw_frame(std::string& svg, const Axis& x_axis, const Axis& y_axis)
{
    for (const Axis::Tick& tick : x_axis.ticks) {
        const double x = x_axis.place(tick.value) * panel_width;
        const bool major = !tick.label.empty();
        if (major) {
            svg += fmt::format("<path class=\"grid\" d=\"M{0:.2f} 0V{1}\"/>"
                               "<text x=\"{0:.2f}\" y=\"{2}\" text-anchor=\"middle\">{3}</text>\n",
                               x, panel_height, panel_height + 20, tick.label);
        }
        svg += fmt::format("<path class=\"tick\" d=\"M{:.2f} {}v{}\"/>\n", x, panel_height,
                           major ? -6 : -3);
    }
    for (const Axis::Tick& tick : y_axis.ticks) {
        const double y = (1 - y_axis.place(tick.value)) * panel_height;
        const bool major = !tick.label.empty();
        if (major) {
            svg += fmt::format(
                "<path class=\"grid\" d=\"M0 {0:.2f}H{1}\"/>"
                "<text x=\"-8\" y=\"{0:.2f}\" dy=\"0.33em\" text-anchor=\"end\">{2}</text>\n",
                y, panel_width, tick.label);
        }
        svg += fmt::format("<path class=\"tick\" d=\"M0 {:.2f}h{}\"/>\n", y, major ? 6 : 3);
    }
    svg += fmt::format("<rect class=\"frame\" width=\"{}\" height=\"{}\"/>\n", panel_width,
                       panel_height);
}

void draw_panel(std::string& svg, const Panel& panel, const std::vector<std::string>& labels,
                std::size_t column, std::size_t row)
{
    std::vector<double> xs;
    std::vector<double> ys;
    for (const Curve& curve : panel.curves) {
        xs.insert(xs.end(), curve.x.begin(), curve.x.end());
        ys.insert(ys.end(), curve.y.begin(), curve.y.end());
    }
    const Axis x_axis = make_axis(xs, panel.log_x);
    const Axis y_axis = make_axis(ys, panel.log_y);
    svg += fmt::format("<g transform=\"translate({} {})\">\n",
                       static_cast<double>(column) * cell_width + margin_left,
                       static_cast<double>(row) * cell_height + margin_top);
    draw_frame(svg, x_axis, y_axis);
    svg += fmt::format("<text class=\"title\" x=\"{}\" y=\"-14\" text-anchor=\"middle\">{}"
                       "</text>\n",
                       panel_width / 2, svg_label(panel.title));
    svg += fmt::format("<text x=\"{}\" y=\"{}\" class=\"label\" text-anchor=\"middle\">{}"
                       "</text>\n",
                       panel_width / 2, panel_height + 44, svg_label(panel.x_label));
    svg += fmt::format("<text transform=\"translate(-70 {}) rotate(-90)\" class=\"label\" "
                       "text-anchor=\"middle\">{}</text>\n",
                       panel_height / 2, svg_label(panel.y_label));
    for (const Curve& curve : panel.curves) {
        svg += fmt::format("<path {} d=\"{}\"><title>{}</title></path>\n",
                           stroke_attributes(position_of(labels, curve.label)),
                           path_data(curve, x_axis, y_axis), xml_text(curve.label));
    }
    svg += "</g>\n";
}

/// Panels in a row: a forge shows about 900 pixels, and text has to stay legible there.
std::size_t panel_columns(std::size_t panels)
{
    return panels == 4 ? 2 : std::clamp<std::size_t>(panels, 1, 3);
}

/// Wide enough for the longest label.
double legend_entry(const std::vector<std::string>& labels)
{
    constexpr double character = 8.2;
    double entry = least_legend_entry;
    for (const std::string& label : labels) {
        entry = std::max(entry, 60 + character * static_cast<double>(label.size()));
    }
    return entry;
}

void draw_legend(std::string& svg, const std::vector<std::string>& labels, std::size_t per_row,
                 double width, double top)
{
    const std::size_t columns = std::min(per_row, labels.size());
    const double entry = legend_entry(labels);
    const double left = std::max(8.0, (width - static_cast<double>(columns) * entry) / 2 + 8);
    for (std::size_t k = 0; k < labels.size(); ++k) {
        const double x = left + static_cast<double>(k % per_row) * entry;
        const double y = top + 12 + static_cast<double>(k / per_row) * legend_row;
        svg += fmt::format("<path {} d=\"M{} {}h36\"/><text x=\"{}\" y=\"{}\" dy=\"0.33em\">{}"
                           "</text>\n",
                           stroke_attributes(k), x, y, x + 44, y, svg_label(labels[k]));
    }
}

} // namespace

Stroke stroke(std::size_t k)
{
    return {colours[k % colours.size()], dashes[k % dashes.size()]};
}

std::vector<std::string> legend_labels(const Figure& figure)
{
    std::vector<std::string> labels;
    for (const Panel& panel : figure.panels) {
        for (const Curve& curve : panel.curves) {
            if (position_of(labels, curve.label) == labels.size()) {
                labels.push_back(curve.label);
            }
        }
    }
    return labels;
}

std::string to_svg(const Figure& figure)
{
    const std::vector<std::string> labels = legend_labels(figure);
    const std::size_t columns = panel_columns(figure.panels.size());
    const double panel_rows = static_cast<double>((figure.panels.size() + columns - 1) / columns);
    const double width = cell_width * static_cast<double>(columns);
    const double panels_height = cell_height * std::max(1.0, panel_rows);
    const auto per_row =
        std::max<std::size_t>(1, static_cast<std::size_t>((width - 16) / legend_entry(labels)));
    const auto rows = static_cast<double>((labels.size() + per_row - 1) / per_row);
    const double height = panels_height + rows * legend_row + 10;
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
        "height=\"{1}\" role=\"img\">\n<title>{2}</title>\n",
        width, height, xml_text(figure.caption));
    svg += "<style>text{font:15px 'DejaVu Sans',Verdana,Arial,sans-serif;fill:#222}"
           ".title{font-weight:bold}.label{font-size:17px}"
           ".grid{stroke:#ddd;stroke-width:1;fill:none}"
           ".tick{stroke:#444;stroke-width:1;fill:none}"
           ".frame{stroke:#444;stroke-width:1;fill:none}</style>\n";
    svg += fmt::format("<rect width=\"{}\" height=\"{}\" fill=\"#fff\"/>\n", width, height);
    for (std::size_t i = 0; i < figure.panels.size(); ++i) {
        draw_panel(svg, figure.panels[i], labels, i % columns, i / columns);
    }
    draw_legend(svg, labels, per_row, width, panels_height);
    svg += "</svg>\n";
    return svg;
}

} // namespace attest::report
