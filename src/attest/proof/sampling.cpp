#include "attest/proof/sampling.hpp"

#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::proof {
namespace {

/// SplitMix64 (Steele, Lea, Flood 2014) as a function of the counter: no state is carried along.
std::uint64_t stream(std::uint64_t seed, std::uint64_t counter)
{
    std::uint64_t z = seed * 0xD1342543DE82EF95ULL + (counter + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

constexpr std::uint64_t grid = 1ULL << 20U;

Rational draw(const Range& range, std::uint64_t bits)
{
    Rational u(static_cast<long>(bits % grid), static_cast<long>(grid));
    const std::uint64_t mode = (bits >> 40U) % 4;
    if (mode == 0) {
        u = pow(u, 6); // near lo
    } else if (mode == 1) {
        u = 1 - pow(u, 6); // near hi
    }
    if (!range.integer) {
        return range.lo + (range.hi - range.lo) * u;
    }
    // Each of lo, ..., hi: a cell of its own, so that hi is drawn as well.
    const Rational cell = (range.hi - range.lo + 1) * u;
    const Integer whole =
        boost::multiprecision::numerator(cell) / boost::multiprecision::denominator(cell);
    return std::min(Rational(range.lo + whole), range.hi);
}

std::map<std::string, Ball> to_balls(const Point& point)
{
    std::map<std::string, Ball> balls;
    for (const auto& [name, value] : point) {
        balls.emplace(name, Ball(value));
    }
    return balls;
}

} // namespace

std::vector<Point> sample_points(const Domain& domain, std::size_t count, std::uint64_t seed)
{
    std::size_t combinations = 1;
    for (const auto& [name, range] : domain) {
        combinations *= std::max<std::size_t>(1, range.special.size());
    }
    const std::size_t wanted = std::min(combinations, std::max<std::size_t>(1, count / 2));
    std::vector<Point> points;
    for (std::size_t k = 0; k < wanted; ++k) {
        std::size_t index = k * combinations / wanted;
        Point point;
        std::uint64_t symbol = 0;
        for (const auto& [name, range] : domain) {
            ++symbol;
            if (range.special.empty()) {
                point[name] = draw(range, stream(seed + symbol, k));
            } else {
                point[name] = range.special[index % range.special.size()];
                index /= range.special.size();
            }
        }
        points.push_back(std::move(point));
    }
    while (points.size() < count) {
        Point point;
        std::uint64_t symbol = 0;
        for (const auto& [name, range] : domain) {
            ++symbol;
            point[name] = draw(range, stream(seed + symbol, points.size()));
        }
        points.push_back(std::move(point));
    }
    return points;
}

std::string to_string(const Point& point)
{
    std::vector<std::string> parts;
    for (const auto& [name, value] : point) {
        parts.push_back(fmt::format("{}={}", name, attest::to_string(value)));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

Truth PointCheck::outcome() const
{
    const bool never_comparable = certified + open == 0 && one_sided > 0;
    if (violated > 0 || never_comparable) {
        return Truth::False;
    }
    return certified > 0 && open == 0 && undefined == 0 ? Truth::True : Truth::Unknown;
}

Ball evaluate_at(const Expr& formula, const Point& point)
{
    return formula.evaluate<Ball>(to_balls(point));
}

namespace {

/// A counterexample for people: few digits first, and among equals the one that fails by most.
void keep_simplest(PointCheck& check, const Point& point, const Ball& difference)
{
    const std::size_t length = to_string(point).size();
    const std::size_t best = check.worst ? to_string(*check.worst).size() : length + 1;
    const bool larger =
        length == best && abs(difference).lower() > abs(check.worst_difference).lower();
    if (length < best || larger) {
        check.worst = point;
        check.worst_difference = difference;
    }
}

PointCheck equal_once(const Expr& lhs, const Expr& rhs, const std::vector<Point>& points,
                      long digits, long bits)
{
    const PrecisionScope precision(bits);
    PointCheck check;
    check.bits = bits;
    check.digits = digits_for_bits(bits);
    for (const Point& point : points) {
        const Ball left = evaluate_at(lhs, point);
        const Ball right = evaluate_at(rhs, point);
        const Ball difference = left - right;
        if (!difference.is_finite()) {
            ++check.undefined;
            check.one_sided += left.is_finite() != right.is_finite() ? 1U : 0U;
        } else if (!difference.contains_zero()) {
            ++check.violated;
            keep_simplest(check, point, difference);
        } else {
            const long agreed = std::min(left.certified_digits(), right.certified_digits());
            // Two zeros have no significant digits: what counts there is the absolute radius.
            const Ball tiny(attest::pow(Rational(1, 10), digits));
            const bool both_zero =
                is_true(less(abs(left), tiny)) && is_true(less(abs(right), tiny));
            if (agreed >= digits || both_zero) {
                ++check.certified;
                check.digits = both_zero ? check.digits : std::min(check.digits, agreed);
            } else {
                ++check.open;
            }
        }
    }
    return check;
}

PointCheck at_least_once(const Expr& lhs, const Expr& rhs, const std::vector<Point>& points,
                         long bits)
{
    const PrecisionScope precision(bits);
    PointCheck check;
    check.bits = bits;
    bool first = true;
    for (const Point& point : points) {
        const Ball difference = evaluate_at(lhs, point) - evaluate_at(rhs, point);
        if (!difference.is_finite()) {
            ++check.undefined;
            continue;
        }
        if (first || difference.lower() < check.smallest_difference.lower()) {
            check.smallest_difference = difference;
            first = false;
        }
        if (is_true(is_negative(difference))) {
            ++check.violated;
            keep_simplest(check, point, difference);
        } else if (difference.contains_zero() && !difference.is_exact()) {
            ++check.open;
        } else {
            ++check.certified;
        }
    }
    return check;
}

/// Doubles the precision until no point is open, up to eight times the start.
template <class Once>
PointCheck climb(long start, const Once& once)
{
    PointCheck check;
    for (long bits = start; bits <= 8 * start; bits *= 2) {
        check = once(bits);
        if (check.open == 0) {
            break;
        }
    }
    return check;
}

} // namespace

PointCheck check_equal(const Expr& lhs, const Expr& rhs, const std::vector<Point>& points,
                       long digits)
{
    return climb(bits_for_digits(digits),
                 [&](long bits) { return equal_once(lhs, rhs, points, digits, bits); });
}

PointCheck check_at_least(const Expr& lhs, const Expr& rhs, const std::vector<Point>& points,
                          long digits)
{
    return climb(bits_for_digits(digits),
                 [&](long bits) { return at_least_once(lhs, rhs, points, bits); });
}

} // namespace attest::proof
