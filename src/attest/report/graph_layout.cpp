#include "attest/report/graph_layout.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace attest::report {
namespace {

/// A box, or the place where a long edge passes a row.
struct Item {
    std::size_t row = 0;
    bool box = true;
    double x = 0;
    std::vector<std::size_t> up;
    std::vector<std::size_t> down;
};

using Rows = std::vector<std::vector<std::size_t>>;

constexpr double box_gap = 1.0; // between the centres of two boxes
constexpr double edge_gap = 0.14;

double gap(const Item& a, const Item& b)
{
    return a.box && b.box ? box_gap : a.box || b.box ? (box_gap + edge_gap) / 2 : edge_gap;
}

/// Edges on the longest way down from each node.
std::vector<std::size_t> heights(const Arrows& arrows)
{
    std::vector<std::size_t> height(arrows.size(), 0);
    // Without a cycle, n rounds reach the longest path.
    for (std::size_t round = 0;; ++round) {
        bool changed = false;
        for (std::size_t i = 0; i < arrows.size(); ++i) {
            for (const std::size_t end : arrows[i]) {
                if (height[i] <= height[end]) {
                    height[i] = height[end] + 1;
                    changed = true;
                }
            }
        }
        if (!changed) {
            return height;
        }
        if (round > arrows.size()) {
            throw std::logic_error("a graph with a cycle cannot be drawn in layers");
        }
    }
}

std::vector<std::size_t> assign_rows(const Arrows& arrows, std::size_t width)
{
    const std::size_t n = arrows.size();
    const std::vector<std::size_t> height = heights(arrows);
    std::vector<std::size_t> users(n, 0);
    for (const auto& ends : arrows) {
        for (const std::size_t end : ends) {
            ++users[end];
        }
    }
    std::vector<std::size_t> row(n, n);
    for (std::size_t current = 0, placed = 0; placed < n; ++current) {
        std::vector<std::size_t> ready;
        for (std::size_t i = 0; i < n; ++i) {
            if (row[i] == n && users[i] == 0) {
                ready.push_back(i);
            }
        }
        std::stable_sort(ready.begin(), ready.end(),
                         [&](std::size_t a, std::size_t b) { return height[a] > height[b]; });
        ready.resize(std::min(ready.size(), width));
        for (const std::size_t i : ready) {
            row[i] = current;
            ++placed;
        }
        for (const std::size_t i : ready) {
            for (const std::size_t end : arrows[i]) {
                --users[end];
            }
        }
    }
    return row;
}

/// Items with one passing place in every row that an edge crosses.
std::vector<Item> make_items(const Arrows& arrows, const std::vector<std::size_t>& row,
                             std::vector<DrawnEdge>& edges,
                             std::vector<std::vector<std::size_t>>& chains)
{
    std::vector<Item> items(arrows.size());
    for (std::size_t i = 0; i < arrows.size(); ++i) {
        items[i].row = row[i];
    }
    for (std::size_t from = 0; from < arrows.size(); ++from) {
        for (const std::size_t to : arrows[from]) {
            std::vector<std::size_t> chain = {from};
            for (std::size_t between = row[from] + 1; between < row[to]; ++between) {
                chain.push_back(items.size());
                items.push_back({between, false, 0, {}, {}});
            }
            chain.push_back(to);
            for (std::size_t k = 0; k + 1 < chain.size(); ++k) {
                items[chain[k]].down.push_back(chain[k + 1]);
                items[chain[k + 1]].up.push_back(chain[k]);
            }
            edges.push_back({from, to, {}});
            chains.push_back(std::move(chain));
        }
    }
    return items;
}

std::vector<std::size_t> places_in_rows(const Rows& rows, std::size_t count)
{
    std::vector<std::size_t> place(count, 0);
    for (const auto& row : rows) {
        for (std::size_t k = 0; k < row.size(); ++k) {
            place[row[k]] = k;
        }
    }
    return place;
}

std::size_t count_crossings(const std::vector<Item>& items, const Rows& rows)
{
    const std::vector<std::size_t> place = places_in_rows(rows, items.size());
    std::size_t count = 0;
    for (const auto& row : rows) {
        std::vector<std::size_t> ends;
        for (const std::size_t item : row) {
            std::vector<std::size_t> mine;
            for (const std::size_t end : items[item].down) {
                const auto before = [&](std::size_t other) { return other > place[end]; };
                count += static_cast<std::size_t>(std::count_if(ends.begin(), ends.end(), before));
                mine.push_back(place[end]);
            }
            ends.insert(ends.end(), mine.begin(), mine.end());
        }
    }
    return count;
}

/// Sorts every row by the mean place of its neighbours above (or below), rows in turn.
void sort_by_barycentres(const std::vector<Item>& items, Rows& rows, bool downward)
{
    std::vector<std::size_t> place = places_in_rows(rows, items.size());
    for (std::size_t step = 0; step < rows.size(); ++step) {
        auto& row = rows[downward ? step : rows.size() - 1 - step];
        std::vector<double> key(items.size(), 0);
        for (const std::size_t item : row) {
            const auto& next = downward ? items[item].up : items[item].down;
            double sum = 0;
            for (const std::size_t other : next) {
                sum += static_cast<double>(place[other]);
            }
            key[item] = next.empty() ? static_cast<double>(place[item])
                                     : sum / static_cast<double>(next.size());
        }
        std::stable_sort(row.begin(), row.end(),
                         [&](std::size_t a, std::size_t b) { return key[a] < key[b]; });
        for (std::size_t k = 0; k < row.size(); ++k) {
            place[row[k]] = k;
        }
    }
}

void order_rows(const std::vector<Item>& items, Rows& rows)
{
    Rows best = rows;
    std::size_t fewest = count_crossings(items, rows);
    for (int sweep = 0; sweep < 24; ++sweep) {
        sort_by_barycentres(items, rows, sweep % 2 == 0);
        if (const std::size_t now = count_crossings(items, rows); now < fewest) {
            fewest = now;
            best = rows;
        }
    }
    rows = best;
}

/// The places closest to the wanted ones, in weighted squares, that keep order and gaps: after
/// subtracting the gaps this is isotonic regression, solved by pooling adjacent violators.
void place_row(std::vector<Item>& items, const std::vector<std::size_t>& row,
               const std::vector<double>& wanted, const std::vector<double>& weight)
{
    struct Pool {
        double sum = 0;
        double weight = 0;
        std::size_t count = 0;
    };
    std::vector<Pool> pools;
    std::vector<double> offset(row.size(), 0);
    for (std::size_t k = 0; k < row.size(); ++k) {
        offset[k] = k == 0 ? 0 : offset[k - 1] + gap(items[row[k - 1]], items[row[k]]);
        pools.push_back({weight[k] * (wanted[k] - offset[k]), weight[k], 1});
        while (pools.size() > 1) {
            const Pool last = pools.back();
            Pool& before = pools[pools.size() - 2];
            if (before.sum * last.weight <= last.sum * before.weight) {
                break;
            }
            before = {before.sum + last.sum, before.weight + last.weight,
                      before.count + last.count};
            pools.pop_back();
        }
    }
    std::size_t k = 0;
    for (const Pool& pool : pools) {
        for (std::size_t i = 0; i < pool.count; ++i, ++k) {
            items[row[k]].x = pool.sum / pool.weight + offset[k];
        }
    }
}

void place_items(std::vector<Item>& items, const Rows& rows)
{
    for (const auto& row : rows) {
        double x = 0;
        for (std::size_t k = 0; k < row.size(); ++k) {
            x += k == 0 ? 0 : gap(items[row[k - 1]], items[row[k]]);
            items[row[k]].x = x;
        }
        for (const std::size_t item : row) {
            items[item].x -= x / 2;
        }
    }
    for (int sweep = 0; sweep < 60; ++sweep) {
        for (std::size_t step = 0; step < rows.size(); ++step) {
            const auto& row = rows[sweep % 2 == 0 ? step : rows.size() - 1 - step];
            std::vector<double> wanted;
            std::vector<double> weight;
            for (const std::size_t item : row) {
                double sum = 0;
                double total = 0;
                const auto pull = [&](std::size_t other) {
                    // Places where one edge passes hold together, so that it runs straight.
                    const double w = items[item].box || items[other].box ? 1 : 2;
                    sum += w * items[other].x;
                    total += w;
                };
                std::for_each(items[item].up.begin(), items[item].up.end(), pull);
                std::for_each(items[item].down.begin(), items[item].down.end(), pull);
                wanted.push_back(total == 0 ? items[item].x : sum / total);
                weight.push_back(total == 0 ? 0.1 : total);
            }
            place_row(items, row, wanted, weight);
        }
    }
}

} // namespace

LayeredDrawing draw_layered(const Arrows& arrows, std::size_t boxes_in_a_row)
{
    const std::vector<std::size_t> row =
        assign_rows(arrows, std::max<std::size_t>(1, boxes_in_a_row));
    LayeredDrawing drawing;
    std::vector<std::vector<std::size_t>> chains;
    std::vector<Item> items = make_items(arrows, row, drawing.edges, chains);
    for (const Item& item : items) {
        drawing.rows = std::max(drawing.rows, item.row + 1);
    }
    Rows rows(drawing.rows);
    for (std::size_t i = 0; i < items.size(); ++i) {
        rows[items[i].row].push_back(i);
    }
    order_rows(items, rows);
    place_items(items, rows);
    double left = 0;
    double right = 0;
    for (const Item& item : items) {
        left = std::min(left, item.x - box_gap / 2);
        right = std::max(right, item.x + box_gap / 2);
    }
    drawing.width = right - left;
    const auto point = [&](std::size_t i) {
        return DrawnPoint{items[i].x - left, static_cast<double>(items[i].row)};
    };
    for (std::size_t i = 0; i < arrows.size(); ++i) {
        drawing.nodes.push_back(point(i));
    }
    for (std::size_t e = 0; e < chains.size(); ++e) {
        for (const std::size_t item : chains[e]) {
            drawing.edges[e].points.push_back(point(item));
        }
    }
    return drawing;
}

std::size_t crossings(const LayeredDrawing& drawing)
{
    std::vector<std::pair<DrawnPoint, DrawnPoint>> pieces;
    for (const DrawnEdge& edge : drawing.edges) {
        for (std::size_t k = 0; k + 1 < edge.points.size(); ++k) {
            pieces.emplace_back(edge.points[k], edge.points[k + 1]);
        }
    }
    std::size_t count = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            const auto& [a, b] = pieces[i];
            const auto& [c, d] = pieces[k];
            count += a.y == c.y && (a.x - c.x) * (b.x - d.x) < 0 ? 1 : 0;
        }
    }
    return count;
}

} // namespace attest::report
