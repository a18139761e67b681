#include "theorems/attack_starts.hpp"

#include "theorems/attack_space.hpp"

#include <array>
#include <cmath>

namespace attest::theorems {
namespace {

constexpr std::size_t start_kinds = 8;

/// Stereographic coordinates, seen from -e_1, of a point of the sphere; far ones are cut off.
std::vector<double> coordinates_of(const std::array<double, 3>& x, std::size_t d)
{
    std::vector<double> u;
    for (std::size_t i = 1; i < d; ++i) {
        u.push_back(x[i] / std::max(1 + x[0], 0.1));
    }
    return u;
}

/// Regular polygon, or points of the regular octahedron and its kin, turned a little.
std::array<double, 3> regular(std::size_t k, std::size_t n, std::size_t d)
{
    const double pi = std::acos(-1.0);
    const auto index = static_cast<double>(k);
    const auto count = static_cast<double>(n);
    if (d == 2) {
        const double angle = 2 * pi * index / count + pi / count;
        return {std::cos(angle), std::sin(angle), 0};
    }
    // A spiral with equal areas: close to regular for every n.
    const double height = 1 - (2 * index + 1) / count;
    const double angle = index * pi * (3 - std::sqrt(5.0));
    const double radius = std::sqrt(1 - height * height);
    return {radius * std::cos(angle + 0.3), radius * std::sin(angle + 0.3), height};
}

} // namespace

UniformStream::UniformStream(std::uint64_t seed) : state_(seed)
{
}

// SplitMix64: G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, 2014.
double UniformStream::operator()(double lo, double hi)
{
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    z ^= z >> 31U;
    constexpr double unit = 1.0 / 9007199254740992.0;
    return lo + (hi - lo) * static_cast<double>(z >> 11U) * unit;
}

std::vector<double> start_tokens(std::size_t n, std::size_t d, std::size_t i, UniformStream& draw)
{
    const std::size_t kind = i % start_kinds;
    // The hard kinds are tried large first, then small.
    const double scale = kind == 3         ? draw(2, finest_scale)
                         : i < start_kinds ? draw(0, 0.5)
                                           : draw(0, 3);
    std::vector<double> x = {kind == 4 || kind == 5 ? 0 : scale};
    for (std::size_t k = 0; k < n; ++k) {
        std::vector<double> u(d - 1, 0);
        switch (kind) {
        case 0:
            u[0] = k % 2 == 0 ? -1 : 1;
            break;
        case 1:
            u[0] = k == 0 ? 2 : 0;
            break;
        case 2:
            u[0] = 2 * static_cast<double>(k) / static_cast<double>(n - 1) - 1;
            break;
        case 4:
            u = coordinates_of(regular(k, n, d), d);
            break;
        case 5:
            u = coordinates_of(regular(k / 2, (n + 1) / 2, d), d);
            if (k % 2 == 1) { // antipodes: u -> -u/|u|^2
                double square = 1e-6;
                for (const double c : u) {
                    square += c * c;
                }
                for (double& c : u) {
                    c = -c / square;
                }
            }
            break;
        default:
            for (double& c : u) {
                c = draw(-1, 1);
            }
        }
        for (const double c : u) {
            x.push_back(c + draw(-1e-3, 1e-3));
        }
    }
    return x;
}

std::vector<double> start_speeds(std::size_t n, std::size_t i, UniformStream& draw)
{
    std::vector<double> y(n, 0);
    for (std::size_t k = 0; k < n; ++k) {
        switch (i % 4) {
        case 0:
            break;
        case 1:
            y[k] = k == 0 ? 0 : speed_decades;
            break;
        case 2:
            y[k] = k == 0 ? speed_decades : 0;
            break;
        default:
            y[k] = draw(0, speed_decades);
        }
    }
    return y;
}

std::vector<double> start_weights(std::size_t d, std::size_t rotation, std::size_t i,
                                  UniformStream& draw)
{
    std::vector<double> x(d + 2 * rotation, 0);
    for (std::size_t l = 0; l < d; ++l) {
        x[l] = i % 4 == 2 ? (l == 0 ? 1 : 0) : i % 4 == 3 ? draw(-1, 1) : 1;
    }
    if (i % 4 == 1) {
        x[d + rotation - 1] = 1; // tangent of half a right angle
    } else if (i % 4 != 0) {
        for (std::size_t l = d; l < x.size(); ++l) {
            x[l] = draw(-1, 1);
        }
    }
    return x;
}

} // namespace attest::theorems
