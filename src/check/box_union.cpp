#include "box_union.hpp"

#include "limits.hpp"
#include "number.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace check {
namespace {

/// Ends as ranks among all ends of a coordinate: comparisons of integers instead of fractions.
struct Span {
    std::int32_t lo = 0, hi = 0;
};
using Box = std::vector<Span>;

/// Infinite ends are the first and the last rank.
class Ranks {
public:
    void add(const Range& range)
    {
        for (const auto& end : {range.lo, range.hi}) {
            if (end) {
                ends_.push_back(*end);
            }
        }
    }
    void sort()
    {
        std::sort(ends_.begin(), ends_.end());
        ends_.erase(std::unique(ends_.begin(), ends_.end()), ends_.end());
    }
    Span of(const Range& range) const
    {
        const auto rank = [&](const mpq_class& end) {
            return static_cast<std::int32_t>(std::lower_bound(ends_.begin(), ends_.end(), end)
                                             - ends_.begin())
                   + 1;
        };
        return {range.lo ? rank(*range.lo) : 0,
                range.hi ? rank(*range.hi) : static_cast<std::int32_t>(ends_.size()) + 1};
    }
    std::string text(std::int32_t rank) const
    {
        const auto index = static_cast<std::size_t>(rank);
        return index == 0             ? "-inf"
               : index > ends_.size() ? "inf"
                                      : shown(std::to_string(ends_[index - 1].get_d()));
    }

private:
    std::vector<mpq_class> ends_;
};

/// The box has inner points of the region; where the region is a point in a coordinate, the box has
/// to contain it. Closed sets cover a region as soon as they cover a dense part of it, therefore
/// boxes that only touch it do not matter.
bool meets(const Box& box, const Box& region)
{
    for (std::size_t i = 0; i < box.size(); ++i) {
        const bool point = region[i].lo == region[i].hi;
        if (point ? box[i].lo > region[i].lo || box[i].hi < region[i].lo
                  : box[i].lo >= region[i].hi || box[i].hi <= region[i].lo
                        || box[i].lo == box[i].hi) {
            return false;
        }
    }
    return true;
}

struct Cut {
    std::size_t coordinate = 0;
    std::int32_t at = 0;
    double cost = HUGE_VAL; ///< infinite: no end of a box lies inside the region
};

/// The plane through an end of a box for which the two halves are cheapest to check.
Cut best_cut(const std::vector<const Box*>& boxes, const Box& region)
{
    Cut best;
    std::vector<std::int32_t> lows(boxes.size());
    std::vector<std::int32_t> highs(boxes.size());
    const auto cost = [](std::size_t count) {
        const auto x = static_cast<double>(count);
        return x * std::log2(x + 1);
    };
    for (std::size_t i = 0; i < region.size(); ++i) {
        for (std::size_t k = 0; k < boxes.size(); ++k) {
            lows[k] = (*boxes[k])[i].lo;
            highs[k] = (*boxes[k])[i].hi;
        }
        std::sort(lows.begin(), lows.end());
        std::sort(highs.begin(), highs.end());
        const auto consider = [&](std::int32_t at) {
            if (at <= region[i].lo || at >= region[i].hi) {
                return;
            }
            const auto left = std::lower_bound(lows.begin(), lows.end(), at) - lows.begin();
            const auto right = highs.end() - std::upper_bound(highs.begin(), highs.end(), at);
            const double both =
                cost(static_cast<std::size_t>(left)) + cost(static_cast<std::size_t>(right));
            if (both < best.cost) {
                best = {i, at, both};
            }
        };
        for (std::size_t k = 0; k < boxes.size(); ++k) {
            if (k == 0 || lows[k] != lows[k - 1]) {
                consider(lows[k]);
            }
            if (k == 0 || highs[k] != highs[k - 1]) {
                consider(highs[k]);
            }
        }
    }
    return best;
}

/// An uncovered region, if there is one. Without a cut every box that meets the region contains it.
std::optional<Box> hole(const Box& region, const std::vector<const Box*>& boxes)
{
    check_clock();
    if (boxes.empty()) {
        return region;
    }
    const bool contained = std::any_of(boxes.begin(), boxes.end(), [&](const Box* box) {
        return std::equal(
            region.begin(), region.end(), box->begin(),
            [](const Span& r, const Span& b) { return b.lo <= r.lo && r.hi <= b.hi; });
    });
    if (contained) {
        return std::nullopt;
    }
    const Cut cut = best_cut(boxes, region);
    for (const bool left : {true, false}) {
        Box half = region;
        (left ? half[cut.coordinate].hi : half[cut.coordinate].lo) = cut.at;
        std::vector<const Box*> inside;
        std::copy_if(boxes.begin(), boxes.end(), std::back_inserter(inside),
                     [&](const Box* box) { return meets(*box, half); });
        if (std::optional<Box> found = hole(half, inside)) {
            return found;
        }
    }
    return std::nullopt;
}

} // namespace

std::string uncovered_part(const std::vector<Range>& whole,
                           const std::vector<std::vector<Range>>& boxes)
{
    std::vector<Ranks> ranks(whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        ranks[i].add(whole[i]);
        for (const auto& box : boxes) {
            ranks[i].add(box[i]);
        }
        ranks[i].sort();
    }
    const auto ranked = [&](const std::vector<Range>& box) {
        Box result(box.size());
        for (std::size_t i = 0; i < box.size(); ++i) {
            result[i] = ranks[i].of(box[i]);
        }
        return result;
    };
    const Box region = ranked(whole);
    std::vector<Box> all;
    all.reserve(boxes.size());
    std::vector<const Box*> inside;
    for (const auto& box : boxes) {
        all.push_back(ranked(box));
        if (meets(all.back(), region)) {
            inside.push_back(&all.back());
        }
    }
    const std::optional<Box> found = hole(region, inside);
    if (!found) {
        return "";
    }
    std::string text = "at";
    for (std::size_t i = 0; i < found->size(); ++i) {
        const Span& side = (*found)[i];
        text +=
            (i > 0 ? " x [" : " [") + ranks[i].text(side.lo) + ", " + ranks[i].text(side.hi) + "]";
    }
    return text;
}

} // namespace check
