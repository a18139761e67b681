#pragma once

#include "attest/ledger/result.hpp"

#include <string>
#include <vector>

namespace attest::report {

/// One axis of a panel: the range that its ticks span and the ticks themselves.
struct Axis {
    struct Tick {
        double value = 0;
        std::string label; ///< SVG text; empty for a minor tick
    };
    bool logarithmic = false;
    double lo = 0;
    double hi = 1;
    std::vector<Tick> ticks;

    /// Place of a value between the ends, 0 to 1; may lie outside for values out of range.
    double place(double value) const;
    /// Whether the axis can show the value at all (finite; positive on a logarithmic axis).
    bool shows(double value) const;
};

/// An axis around the values: ends at round numbers or powers of ten, five to eight labels.
Axis make_axis(const std::vector<double>& values, bool logarithmic);

/// The figure as an SVG document: its panels in rows of at most three, one legend for all, colours
/// that are told apart by colour-blind readers and dashes that are told apart in print. Equal
/// figures give equal bytes.
std::string to_svg(const ledger::Figure& figure);

/// Stroke of the k-th curve, the same in every format: "#0072b2" and an SVG dash pattern.
struct Stroke {
    std::string colour;
    std::string dashes; ///< "" for a solid line
};
Stroke stroke(std::size_t k);

/// Labels of the figure's curves in the order of their first occurrence; equal labels in several
/// panels share one stroke.
std::vector<std::string> legend_labels(const ledger::Figure& figure);

} // namespace attest::report
