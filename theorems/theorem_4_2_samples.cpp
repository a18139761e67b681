// How large the attention vectors of random directions are: samples beside the proof of
// Theorem 4.2.
#include "theorems/theorem_4_2_samples.hpp"

#include "attest/chance/attention_vectors.hpp"
#include "attest/chance/binomial.hpp"
#include "attest/chance/fitted_slope.hpp"
#include "attest/chance/mean_bounds.hpp"
#include "theorems/error_budget.hpp"
#include "theorems/theorem_4_2_adversary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <tuple>

namespace attest::theorems {
namespace {

struct LengthDraw {
    long n;
    long d;
    double length; ///< the quantity
    double along;  ///< <theta_n, A_n>, one token only
};

/// All draws of one effort: claims share them.
struct Draws {
    std::vector<LengthDraw> all_tokens; ///< max_j |A_j|
    std::vector<LengthDraw> means;
    std::map<std::string, std::vector<LengthDraw>> one_token; ///< by family, M = I
    std::vector<LengthDraw> exponential; ///< max_j |A_j| for n = e^{sqrt d}/sqrt d, M = I
    std::string grid;
};

const std::string exponential_family = "n = e^{sqrt d}/sqrt d";

struct Grid {
    std::vector<std::pair<long, long>> plain;
    long plain_runs;
    std::map<std::string, std::vector<std::pair<long, long>>> families;
    long family_runs;
    std::vector<long> exponential;     ///< d, one token of n = e^{sqrt d}/sqrt d
    std::vector<long> exponential_all; ///< d, all tokens
    long exponential_runs;
};

/// floor(e^{sqrt d}/sqrt d): n log n = e^{sqrt d}(1 - log(sqrt d)/sqrt d) <= e^{sqrt d}.
long exponential_tokens(long d)
{
    const double root = std::sqrt(static_cast<double>(d));
    return static_cast<long>(std::floor(std::exp(root) / root));
}

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
                12,
                {100, 121, 144},
                {36, 49, 64},
                12};
    case Effort::Level::Standard:
        return {{{64, 64}, {256, 256}, {1024, 1024}, {4096, 256}, {10000, 144}},
                2,
                {{"n = d", {{1024, 1024}, {10000, 10000}, {100000, 100000}}},
                 {"n = d^2", {{1024, 32}, {10000, 100}, {99856, 316}}},
                 {"n = d^3", {{4096, 16}, {27000, 30}, {125000, 50}}},
                 {"n = 10^6, d = 10^4", {{1000000, 10000}}}},
                24,
                {144, 196, 225},
                {64, 81, 100},
                12};
    case Effort::Level::Deep:
        break;
    }
    return {{{256, 256}, {1024, 1024}, {4096, 1024}, {10000, 1024}, {30000, 169}},
            2,
            {{"n = d", {{10000, 10000}, {100000, 100000}, {1000000, 1000000}}},
             {"n = d^2", {{10000, 100}, {99856, 316}, {1000000, 1000}}},
             {"n = d^3", {{27000, 30}, {125000, 50}, {1000000, 100}}},
             {"n = 10^6, d = 10^4", {{1000000, 10000}}}},
            100,
            {196, 225, 256, 270},
            {81, 100, 121, 144},
            24};
}

Draws drawn_lengths(const Effort& effort)
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
    const auto draw_one_token = [&](const std::string& family, long n, long d) {
        for (long i = 0; i < grid.family_runs; ++i) {
            const chance::Stream stream(effort.seed, "theorem 4.2, one token", run++);
            const chance::OneToken token = chance::one_token(stream, n, d, 1.0);
            draws.one_token[family].push_back({n, d, token.length, token.along});
        }
    };
    for (const auto& [family, pairs] : grid.families) {
        for (const auto& [n, d] : pairs) {
            draw_one_token(family, n, d);
        }
    }
    for (const long d : grid.exponential) {
        draw_one_token(exponential_family, exponential_tokens(d), d);
    }
    for (const long d : grid.exponential_all) {
        const long n = exponential_tokens(d);
        for (long i = 0; i < grid.exponential_runs; ++i) {
            const chance::Stream stream(effort.seed, "theorem 4.2, all tokens", run++);
            draws.exponential.push_back(
                {n, d, chance::attention_lengths(stream, n, d, chance::Scores::Identity).largest,
                 0});
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
        found = known.emplace(key, drawn_lengths(effort)).first;
    }
    return found->second;
}

/// Half of the family's error is for probabilities, half for exponents.
Rational half_of_the_error()
{
    return error_of_sample(StatisticalFamily::AttentionVectors) / 2;
}

/// Probabilities that a report speaks of: four kinds of draws, at most two bounds g each.
constexpr long probability_statements = 8;

double value_at(const Expr& g, const LengthDraw& draw)
{
    return g.evaluate<double>(
        {{"n", static_cast<double>(draw.n)}, {"d", static_cast<double>(draw.d)}});
}

/// "largest ratio .. at (n, d)" and how many draws stay below a multiple of g.
Evidence ratios(const std::string& route, const std::vector<LengthDraw>& draws, const Expr& g,
                const std::string& what, const std::string& scope)
{
    constexpr double multiple = 4;
    double largest = 0;
    long below = 0;
    LengthDraw worst{};
    for (const LengthDraw& draw : draws) {
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
        const Rational least =
            chance::probability_at_least(N, N, half_of_the_error(), probability_statements);
        confidence =
            fmt::format("; all {} draws are below {} times the bound: on average over the grid "
                        "this has probability at least {:.4f} ({})",
                        N, multiple, least.convert_to<double>(),
                        share_text(StatisticalFamily::AttentionVectors));
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

/// The i-th draw of every size gives one slope: independent ones of one law, so that order
/// statistics enclose its median for every law.
struct MedianExponent {
    double median;
    double lower;
    double upper;
    std::string text() const
    {
        return fmt::format("{:.3f} in [{:.3f}, {:.3f}]", median, lower, upper);
    }
};

MedianExponent median_exponent(const std::vector<LengthDraw>& draws, bool in_d, long statements,
                               double (*value)(const LengthDraw&))
{
    // Draws of a size stand together, as many of each.
    const auto runs = static_cast<std::size_t>(
        std::count_if(draws.begin(), draws.end(), [&](const LengthDraw& draw) {
            return draw.n == draws.front().n && draw.d == draws.front().d;
        }));
    std::vector<double> slopes;
    for (std::size_t i = 0; i < runs; ++i) {
        std::vector<double> x;
        std::vector<double> y;
        for (std::size_t k = i; k < draws.size(); k += runs) {
            x.push_back(std::log(static_cast<double>(in_d ? draws[k].d : draws[k].n)));
            y.push_back(std::log(value(draws[k])));
        }
        slopes.push_back(chance::fitted_slope(x, y));
    }
    std::sort(slopes.begin(), slopes.end());
    const auto N = static_cast<long>(runs);
    const Rational half(1, 2);
    const Rational error = half_of_the_error();
    const long below = chance::rank_below_quantile(N, half, error, 2 * statements);
    const long above = chance::rank_above_quantile(N, half, error, 2 * statements);
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const auto at = [&](long rank) { return slopes[static_cast<std::size_t>(rank - 1)]; };
    return {at((N + 1) / 2), below == 0 ? -infinite : at(below), above > N ? infinite : at(above)};
}

/// |A_n| as its moments have it for Q = K = V = I: along theta_n about 1/d + e/n, across it
/// 1/sqrt n.
double expected_length(const LengthDraw& draw)
{
    const auto n = static_cast<double>(draw.n);
    return std::hypot(1 / static_cast<double>(draw.d) + std::exp(1.0) / n, 1 / std::sqrt(n));
}

Evidence scaling_exponents(const Draws& draws, const std::string& scope)
{
    static const std::map<std::string, std::string> limits = {{"n = d", "-1/2 and 0"},
                                                              {"n = d^2", "-1/2 and 0"},
                                                              {"n = d^3", "-1/3 and -1/6"},
                                                              {exponential_family, "-1 in d"}};
    // Two for every family of one token and one for all tokens.
    const long statements = 2 * static_cast<long>(limits.size()) + 1;
    constexpr double finite_size = 0.1; // corrections of relative order d^{-1/2}
    bool near = true;
    std::vector<std::string> parts;
    for (const auto& [family, list] : draws.one_token) {
        if (list.front().n == list.back().n) {
            continue;
        }
        const bool in_d = family == exponential_family;
        const char* base = in_d ? "d" : "n";
        const MedianExponent length = median_exponent(
            list, in_d, statements, [](const LengthDraw& draw) { return draw.length; });
        const MedianExponent angle =
            median_exponent(list, in_d, statements, [](const LengthDraw& draw) {
                const double cosine = draw.along / draw.length;
                return std::sqrt(1 - cosine * cosine);
            });
        const double expected = median_exponent(list, in_d, statements, expected_length).median;
        near = near && std::abs(length.median - expected) < finite_size;
        parts.push_back(fmt::format("{}: |A_n| ~ {}^p, p = {} (by the moments {:.3f} at these "
                                    "sizes; in the limit {}); sin of the angle to theta_n: {}",
                                    family, base, length.text(), expected, limits.at(family),
                                    angle.text()));
    }
    const MedianExponent all = median_exponent(draws.exponential, true, statements,
                                               [](const LengthDraw& draw) { return draw.length; });
    parts.push_back(fmt::format("{}, all tokens, d = {} to {} (n = {} to {}): max_j |A_j| ~ d^p, p "
                                "= {}",
                                exponential_family, draws.exponential.front().d,
                                draws.exponential.back().d, draws.exponential.front().n,
                                draws.exponential.back().n, all.text()));
    Evidence item{
        "scaling exponents",
        fmt::format("{}. Medians of least-squares slopes, one a draw of all sizes; intervals from "
                    "exact binomial ranks, valid for every law, {} statements ({})",
                    fmt::join(parts, "; "), statements,
                    share_text(StatisticalFamily::AttentionVectors)),
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
    std::vector<LengthDraw> one;
    long largest_n = 0;
    for (const auto& [family, list] : draws.one_token) {
        for (const LengthDraw& draw : list) {
            one.push_back(draw);
            largest_n = std::max(largest_n, draw.n);
        }
    }
    const std::string walk =
        fmt::format("{} draws of one token, exact in law, n up to {}, Q = K = V = I, "
                    "inside and outside the regime, seed {}; none discarded",
                    one.size(), largest_n, effort.seed);
    const std::string along = fmt::format(
        "{} draws with n = e^{{sqrt d}}/sqrt d, n up to {}, Q = K = V = I, seed {}; none discarded",
        draws.exponential.size(), draws.exponential.back().n, effort.seed);
    return {ratios("random directions, all tokens", draws.all_tokens, g, "max_j |A_j|", scope),
            ratios("random directions, all tokens, at the edge of the regime", draws.exponential, g,
                   "max_j |A_j|", along),
            ratios("random directions, one token of many", one, g,
                   "|A_n|; P(max_j |A_j| > x) <= n P(|A_n| > x)", walk),
            scaling_exponents(draws, walk), adversary_evidence(g, effort)};
}

} // namespace attest::theorems
