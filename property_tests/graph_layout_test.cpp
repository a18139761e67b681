#include "attest/report/graph_layout.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace attest::report {
namespace {

/// Acyclic; edges lead to larger or, in every other graph, to smaller numbers.
Arrows any_arrows()
{
    const auto n = *rc::gen::inRange<std::size_t>(0, 20);
    const int sparse = *rc::gen::element(2, 4, 12);
    const bool turned = *rc::gen::arbitrary<bool>();
    Arrows arrows(n);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = i + 1; k < n; ++k) {
            if (*rc::gen::inRange(0, sparse) == 0) {
                arrows[turned ? k : i].push_back(turned ? i : k);
            }
        }
    }
    return arrows;
}

RC_GTEST_PROP(GraphLayout, BoxesAreApartAndEdgesLeadDown, ())
{
    const Arrows arrows = any_arrows();
    const auto boxes = *rc::gen::inRange<std::size_t>(1, 6);
    const LayeredDrawing drawing = draw_layered(arrows, boxes);
    RC_ASSERT(drawing.nodes.size() == arrows.size());
    std::map<double, std::vector<double>> rows;
    for (const DrawnPoint& node : drawing.nodes) {
        rows[node.y].push_back(node.x);
        RC_ASSERT(node.x >= 0.5 - 1e-9);
        RC_ASSERT(node.x <= drawing.width - 0.5 + 1e-9);
        RC_ASSERT(node.y < static_cast<double>(drawing.rows));
    }
    for (auto& [y, xs] : rows) {
        RC_ASSERT(xs.size() <= boxes);
        std::sort(xs.begin(), xs.end());
        for (std::size_t k = 0; k + 1 < xs.size(); ++k) {
            RC_ASSERT(xs[k + 1] - xs[k] >= 1 - 1e-9);
        }
    }
    std::size_t edges = 0;
    for (const auto& ends : arrows) {
        edges += ends.size();
    }
    RC_ASSERT(drawing.edges.size() == edges);
    for (const DrawnEdge& edge : drawing.edges) {
        RC_ASSERT(edge.points.size() >= 2U);
        RC_ASSERT(edge.points.front().x == drawing.nodes[edge.from].x);
        RC_ASSERT(edge.points.back().y == drawing.nodes[edge.to].y);
        for (std::size_t k = 0; k + 1 < edge.points.size(); ++k) {
            RC_ASSERT(edge.points[k + 1].y == edge.points[k].y + 1);
            // Between its ends an edge passes beside the boxes.
            if (k > 0) {
                for (const double x : rows[edge.points[k].y]) {
                    RC_ASSERT(std::abs(x - edge.points[k].x) > 0.5);
                }
            }
        }
    }
}

TEST(GraphLayout, DrawsAChainAndATreeWithoutCrossings)
{
    const LayeredDrawing chain = draw_layered({{1}, {2}, {3}, {}}, 4);
    EXPECT_EQ(chain.rows, 4U);
    EXPECT_DOUBLE_EQ(chain.width, 1);
    const LayeredDrawing tree = draw_layered({{1, 2}, {5, 4}, {3, 6}, {}, {}, {}, {}}, 4);
    EXPECT_EQ(tree.rows, 3U);
    EXPECT_EQ(crossings(tree), 0U);
    EXPECT_EQ(draw_layered({}, 4).rows, 0U);
    EXPECT_THROW(draw_layered({{1}, {0}}, 4), std::logic_error);
    EXPECT_THROW(draw_layered({{0}}, 4), std::logic_error);
}

} // namespace
} // namespace attest::report
