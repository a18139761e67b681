// How large the attention vectors of random directions are: samples beside the proof of
// Theorem 4.2.
#include "theorems/theorem_4_2_samples.hpp"

#include "attest/chance/attention_vectors.hpp"
#include "attest/chance/binomial.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <tuple>

namespace attest::theorems {
namespace {

struct Draw {
    long n;
    long d;
    double length; ///< the quantity
    double along;  ///< <theta_n, A_n>, one token only
};

/// All draws of one effort: claims share them.
struct Draws {
    std::vector<Draw> all_tokens; ///< max_j |A_j|
    std::vector<Draw> means;
    std::map<std::string, std::vector<Draw>> one_token; ///< by family, M = I
    std::string grid;
};

struct Grid {
    std::vector<std::pair<long, long>> plain;
    long plain_runs;
    std::map<std::string, std::vector<std::pair<long, long>>> families;
    long family_runs;
};

Grid grid_of(Effort::Level level)
{
    // Families n = d, n = d^2, n = d^3 of the exact-in-law walk.
    switch (level) {
    case Effort::Level::Quick:
        return {{{16, 16}, {64, 64}, {256, 64}, {64, 44}},
                6,
                {{"n = d", {{256, 256}, {1024, 1024}, {4096, 4096}}},
                 {"n = d^2", {{256, 16}, {1024, 32}, {4096, 64}}},
                 {"n = d^3", {{512, 8}, {4096, 16}, {13824, 24}}}},
                12};
    case Effort::Level::Standard:
        return {{{64, 64}, {256, 256}, {1024, 1024}, {4096, 256}, {10000, 144}},
                2,
                {{"n = d", {{1024, 1024}, {10000, 10000}, {100000, 100000}}},
                 {"n = d^2", {{1024, 32}, {10000, 100}, {99856, 316}}},
                 {"n = d^3", {{4096, 16}, {27000, 30}, {125000, 50}}},
                 {"n = 10^6, d = 10^4", {{1000000, 10000}}}},
                24};
    case Effort::Level::Deep:
        break;
    }
    return {{{256, 256}, {1024, 1024}, {4096, 1024}, {10000, 1024}, {30000, 169}},
            2,
            {{"n = d", {{10000, 10000}, {100000, 100000}, {1000000, 1000000}}},
             {"n = d^2", {{10000, 100}, {99856, 316}, {1000000, 1000}}},
             {"n = d^3", {{27000, 30}, {125000, 50}, {1000000, 100}}},
             {"n = 10^6, d = 10^4", {{1000000, 10000}}}},
            100};
}

Draws drawn(const Effort& effort)
{
    const Grid grid = grid_of(effort.level);
    Draws draws;
    std::uint64_t run = 0;
    std::vector<std::string> places;
    for (const auto& [n, d] : grid.plain) {
        places.push_back(fmt::format("({}, {})", n, d));
        for (const chance::Scores scores :
             {chance::Scores::Zero, chance::Scores::Identity, chance::Scores::MinusIdentity,
              chance::Scores::HalfIdentity, chance::Scores::Shift, chance::Scores::RankOne}) {
            for (long i = 0; i < grid.plain_runs; ++i) {
                const chance::Stream stream(effort.seed, "theorem 4.2, all tokens", run++);
                const chance::AttentionLengths lengths =
                    chance::attention_lengths(stream, n, d, scores);
                draws.all_tokens.push_back({n, d, lengths.largest, 0});
                draws.means.push_back({n, d, lengths.mean, 0});
            }
        }
    }
    for (const auto& [family, pairs] : grid.families) {
        for (const auto& [n, d] : pairs) {
            for (long i = 0; i < grid.family_runs; ++i) {
                const chance::Stream stream(effort.seed, "theorem 4.2, one token", run++);
                const chance::OneToken token = chance::one_token(stream, n, d, 1.0);
                draws.one_token[family].push_back({n, d, token.length, token.along});
            }
        }
    }
    draws.grid = fmt::format("{}", fmt::join(places, ", "));
    return draws;
}

const Draws& draws_of(const Effort& effort)
{
    using Key = std::pair<int, unsigned long long>;
    static std::mutex mutex;
    static std::map<Key, Draws> known;
    const std::lock_guard<std::mutex> lock(mutex);
    const Key key{static_cast<int>(effort.level), effort.seed};
    auto found = known.find(key);
    if (found == known.end()) {
        found = known.emplace(key, drawn(effort)).first;
    }
    return found->second;
}

double value_at(const Expr& g, const Draw& draw)
{
    return g.evaluate<double>(
        {{"n", static_cast<double>(draw.n)}, {"d", static_cast<double>(draw.d)}});
}

/// "largest ratio .. at (n, d)" and how many draws stay below a multiple of g.
Evidence ratios(const std::string& route, const std::vector<Draw>& draws, const Expr& g,
                const std::string& what, const std::string& scope)
{
    constexpr double multiple = 4;
    double largest = 0;
    long below = 0;
    Draw worst{};
    for (const Draw& draw : draws) {
        const double ratio = draw.length / value_at(g, draw);
        below += ratio <= multiple ? 1 : 0;
        if (ratio > largest) {
            largest = ratio;
            worst = draw;
        }
    }
    const long N = static_cast<long>(draws.size());
    std::string confidence;
    if (below == N) {
        // Trials with different probabilities: the product of them is at most the power of their
        // mean, so the bound for no failure holds for the mean over the grid.
        const Rational least = chance::probability_at_least(N, N, Rational(1, 100));
        confidence =
            fmt::format("; all {} draws are below {} times the bound: on average over the grid "
                        "this has probability at least {:.4f} with confidence 99 %",
                        N, multiple, least.convert_to<double>());
    }
    Evidence item{
        route,
        fmt::format("{}: largest ratio to the bound {:.4f}, at n = {}, d = {}{}. No samples "
                    "settle a constant; the proof does",
                    what, largest, worst.n, worst.d, confidence),
        below == N ? Truth::True : Truth::Unknown,
        Strength::Statistical,
        {ScopeKind::Sample, scope}};
    item.carries = false;
    return item;
}

struct Exponent {
    double slope;
    double radius;
    std::string text() const { return fmt::format("{:.3f} +- {:.3f}", slope, radius); }
};

/// Least squares of log y on log n with a 99 % interval from the residuals.
Exponent exponent(const std::vector<std::pair<double, double>>& log_pairs)
{
    double x = 0;
    double y = 0;
    const auto N = static_cast<double>(log_pairs.size());
    for (const auto& [a, b] : log_pairs) {
        x += a / N;
        y += b / N;
    }
    double xx = 0;
    double xy = 0;
    for (const auto& [a, b] : log_pairs) {
        xx += (a - x) * (a - x);
        xy += (a - x) * (b - y);
    }
    const double slope = xy / xx;
    double residual = 0;
    for (const auto& [a, b] : log_pairs) {
        const double rest = b - y - slope * (a - x);
        residual += rest * rest;
    }
    constexpr double quantile = 2.576;
    return {slope, quantile * std::sqrt(residual / ((N - 2) * xx))};
}

Evidence growth(const Draws& draws, const std::string& scope)
{
    static const std::map<std::string, double> expected = {
        {"n = d", -1.0 / 2}, {"n = d^2", -1.0 / 2}, {"n = d^3", -1.0 / 3}};
    constexpr double finite_size = 0.1; // n is not infinite: corrections of relative order d^{-1/2}
    bool near = true;
    std::vector<std::string> parts;
    for (const auto& [family, list] : draws.one_token) {
        if (list.front().n == list.back().n) {
            continue;
        }
        std::vector<std::pair<double, double>> lengths;
        std::vector<std::pair<double, double>> angles;
        for (const Draw& draw : list) {
            const double x = std::log(static_cast<double>(draw.n));
            const double cosine = draw.along / draw.length;
            lengths.emplace_back(x, std::log(draw.length));
            angles.emplace_back(x, std::log(1 - cosine * cosine) / 2);
        }
        const Exponent length = exponent(lengths);
        near = near && std::abs(length.slope - expected.at(family)) < finite_size;
        parts.push_back(fmt::format("{}: |A_n| ~ n^({}), sin of the angle to theta_n ~ n^({})",
                                    family, length.text(), exponent(angles).text()));
    }
    Evidence item{
        "scaling exponents",
        fmt::format("{}; least squares over the draws, 99 % intervals of normal residuals. "
                    "As n -> infinity -1/2, -1/2, -1/3 and 0, 0, -1/6 are expected",
                    fmt::join(parts, "; ")),
        near ? Truth::True : Truth::Unknown,
        Strength::Statistical,
        {ScopeKind::Sample, scope}};
    item.carries = false;
    return item;
}

} // namespace

std::vector<Evidence> sampled_evidence(const std::string& quantity, const Expr& g,
                                       const Effort& effort)
{
    if (quantity != "A" && quantity != "mean") {
        return {};
    }
    const Draws& draws = draws_of(effort);
    const std::string scope = fmt::format(
        "{} draws, (n, d) in {}, Q^T K in 0, I, -I, I/2, a cyclic shift, rank one, V = I, "
        "seed {}; none discarded",
        draws.all_tokens.size(), draws.grid, effort.seed);
    if (quantity == "mean") {
        return {ratios("random directions", draws.means, g, "|(1/n) sum theta_k|", scope)};
    }
    std::vector<Draw> one;
    long largest_n = 0;
    for (const auto& [family, list] : draws.one_token) {
        for (const Draw& draw : list) {
            one.push_back(draw);
            largest_n = std::max(largest_n, draw.n);
        }
    }
    const std::string walk =
        fmt::format("{} draws of one token, exact in law, n up to {}, Q = K = V = I, "
                    "inside and outside the regime, seed {}; none discarded",
                    one.size(), largest_n, effort.seed);
    return {ratios("random directions, all tokens", draws.all_tokens, g, "max_j |A_j|", scope),
            ratios("random directions, one token of many", one, g,
                   "|A_n|; P(max_j |A_j| > x) <= n P(|A_n| > x)", walk),
            growth(draws, walk)};
}

} // namespace attest::theorems
