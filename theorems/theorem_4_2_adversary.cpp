// Theorem 4.2 against weights that an optimiser chooses.
#include "theorems/theorem_4_2_adversary.hpp"

#include "attest/chance/stream.hpp"
#include "attest/proof/attack.hpp"

#include <Eigen/SVD>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <utility>

namespace attest::theorems {
namespace {

using EntryList = std::vector<double>;

Matrix<double> drawn_tokens(const chance::Stream& stream, long n, long d)
{
    Matrix<double> theta(d, n);
    for (long k = 0; k < n; ++k) {
        theta.col(k) = stream.direction(static_cast<std::uint64_t>(k), d);
    }
    return theta;
}

/// The matrix in entries first, ..., first + d^2 - 1, cut to norm 1.
Matrix<double> matrix_in(const EntryList& entries, long first, long d)
{
    return cut_to_norm_one(Eigen::Map<const Matrix<double>>(entries.data() + first, d, d));
}

/// Entries of M and V = I, for the searches to start from.
std::vector<EntryList> adversary_starts(long d)
{
    const Matrix<double> one = Matrix<double>::Identity(d, d);
    Matrix<double> shift = Matrix<double>::Zero(d, d);
    Matrix<double> rank_one = Matrix<double>::Zero(d, d);
    for (long i = 0; i < d; ++i) {
        shift((i + 1) % d, i) = 1;
    }
    rank_one(0, 0) = 1;
    std::vector<EntryList> starts;
    for (const Matrix<double>& M : {one, Matrix<double>(-one), shift, rank_one}) {
        EntryList entries(M.data(), M.data() + d * d);
        entries.insert(entries.end(), one.data(), one.data() + d * d);
        starts.push_back(std::move(entries));
    }
    return starts;
}

proof::SearchSpace entries_space(std::size_t count)
{
    constexpr double largest_entry = 2;
    constexpr double first_step = 0.3;
    return {EntryList(count, -largest_entry), EntryList(count, largest_entry),
            EntryList(count, first_step)};
}

constexpr proof::SearchOptions short_search = {150, 1, 300};

/// |sum e^{<a, theta_k>} theta_k|/Z.
double attention_of_query(const Matrix<double>& theta, const Vector<double>& a)
{
    const Vector<double> weights = (theta.transpose() * a).array().exp().matrix();
    return (theta * weights).norm() / weights.sum();
}

double mean_of_largest(const std::vector<Matrix<double>>& draws, const Matrix<double>& M,
                       const Matrix<double>& V)
{
    double mean = 0;
    for (const Matrix<double>& theta : draws) {
        mean += largest_attention(theta, M, V) / static_cast<double>(draws.size());
    }
    return mean;
}

} // namespace

Matrix<double> cut_to_norm_one(const Matrix<double>& m)
{
    const Eigen::JacobiSVD<Matrix<double>> svd(m, Eigen::ComputeFullU | Eigen::ComputeFullV);
    const Vector<double> cut = svd.singularValues().cwiseMin(1.0);
    return svd.matrixU() * cut.asDiagonal() * svd.matrixV().transpose();
}

double largest_attention(const Matrix<double>& theta, const Matrix<double>& M,
                         const Matrix<double>& V)
{
    // Column j: e^{<theta_j, M theta_k>} over k.
    const Matrix<double> weights =
        (theta.transpose() * (M.transpose() * theta)).array().exp().matrix();
    const Matrix<double> A = V * (theta * weights);
    double largest = 0;
    for (long j = 0; j < A.cols(); ++j) {
        largest = std::max(largest, A.col(j).norm() / weights.col(j).sum());
    }
    return largest;
}

BlindAdversary blind_adversary(unsigned long long seed, long n, long d, long training, long fresh)
{
    const auto draws = [&](const char* purpose, long count) {
        std::vector<Matrix<double>> all;
        for (long run = 0; run < count; ++run) {
            all.push_back(
                drawn_tokens(chance::Stream(seed, purpose, static_cast<std::uint64_t>(run)), n, d));
        }
        return all;
    };
    const std::vector<Matrix<double>> known = draws("theorem 4.2, adversary, training", training);
    const auto starts = adversary_starts(d);
    const proof::SearchResult best = proof::search_least(
        [&](const EntryList& entries) {
            return -mean_of_largest(known, matrix_in(entries, 0, d), matrix_in(entries, d * d, d));
        },
        entries_space(starts.front().size()), starts, short_search);
    BlindAdversary result;
    result.n = n;
    result.d = d;
    result.M = matrix_in(best.point, 0, d);
    result.V = matrix_in(best.point, d * d, d);
    result.fresh = fresh;
    result.evaluations = best.evaluations;
    const std::vector<Matrix<double>> others = draws("theorem 4.2, adversary, fresh", fresh);
    const Matrix<double> one = Matrix<double>::Identity(d, d);
    result.identity = mean_of_largest(others, one, one);
    result.mean = mean_of_largest(others, result.M, result.V);
    for (const Matrix<double>& theta : others) {
        result.largest = std::max(result.largest, largest_attention(theta, result.M, result.V));
    }
    return result;
}

SeeingAdversary seeing_adversary(unsigned long long seed, std::uint64_t run, long n, long d)
{
    const Matrix<double> theta =
        drawn_tokens(chance::Stream(seed, "theorem 4.2, adversary, seen", run), n, d);
    const auto starts = adversary_starts(d);
    const proof::SearchResult best = proof::search_least(
        [&](const EntryList& entries) {
            return -largest_attention(theta, matrix_in(entries, 0, d),
                                      matrix_in(entries, d * d, d));
        },
        entries_space(starts.front().size()), starts, short_search);
    // Starts along every token and along their mean.
    std::vector<EntryList> queries;
    for (long k = 0; k <= n; ++k) {
        const Vector<double> a = k < n ? Vector<double>(theta.col(k))
                                       : Vector<double>(theta.rowwise().sum().normalized());
        queries.emplace_back(a.data(), a.data() + d);
    }
    const proof::SearchResult query = proof::search_least(
        [&](const EntryList& entries) {
            Vector<double> a = Eigen::Map<const Vector<double>>(entries.data(), d);
            a /= std::max(1.0, a.norm());
            return -attention_of_query(theta, a);
        },
        entries_space(static_cast<std::size_t>(d)), queries, short_search);
    const Matrix<double> one = Matrix<double>::Identity(d, d);
    return {-best.value, -query.value, largest_attention(theta, one, one)};
}

double proved_attention_bound(long n, long d)
{
    const auto tokens = static_cast<double>(n);
    const double x = 2; // sqrt(2 (a + 1)), a = 1
    return std::exp(2.0)
           * (1 / tokens + (1 + x * std::sqrt(std::log(tokens))) / std::sqrt(tokens)
              + 1 / static_cast<double>(d));
}

namespace {

struct AdversaryTrial {
    BlindAdversary blind;
    SeeingAdversary seeing;
};

/// Claims share the searches.
const std::vector<AdversaryTrial>& adversary_trials(const Effort& effort)
{
    using Key = std::pair<Effort::Level, unsigned long long>;
    static std::mutex mutex;
    static std::map<Key, std::vector<AdversaryTrial>> known;
    const std::lock_guard lock(mutex);
    std::vector<AdversaryTrial>& trials = known[{effort.level, effort.seed}];
    if (trials.empty()) {
        const bool quick = effort.level == Effort::Level::Quick;
        const std::vector<std::pair<long, long>> sizes =
            quick ? std::vector<std::pair<long, long>>{{8, 3}, {24, 3}, {16, 4}}
                  : std::vector<std::pair<long, long>>{{8, 3}, {24, 3}, {16, 4}, {64, 4}, {48, 6}};
        for (const auto& [n, d] : sizes) {
            trials.push_back({blind_adversary(effort.seed, n, d, quick ? 6 : 24, quick ? 64 : 400),
                              seeing_adversary(effort.seed, 0, n, d)});
        }
    }
    return trials;
}

} // namespace

Evidence adversary_evidence(const Expr& g, const Effort& effort)
{
    constexpr double multiple = 4;
    double worst = 0;
    std::vector<std::string> parts;
    const std::vector<AdversaryTrial>& trials = adversary_trials(effort);
    for (const auto& [blind, seeing] : trials) {
        const double bound = g.evaluate<double>(
            {{"n", static_cast<double>(blind.n)}, {"d", static_cast<double>(blind.d)}});
        const double most = std::max({blind.largest, seeing.found, seeing.supremum});
        worst = std::max(worst, most / bound);
        parts.push_back(fmt::format(
            "n = {}, d = {}: mean {:.4f} (I: {:.4f}), largest of {} fresh draws {:.4f}, after "
            "seeing a draw {:.4f} (supremum {:.4f}, I: {:.4f}); the proved bound minus the "
            "largest: "
            "{:+.4f}",
            blind.n, blind.d, blind.mean, blind.identity, blind.fresh, blind.largest, seeing.found,
            seeing.supremum, seeing.identity, proved_attention_bound(blind.n, blind.d) - most));
    }
    Evidence item{
        "weights chosen by an optimiser",
        fmt::format("Q^T K and V with operator norm at most 1 (all entries free, singular values "
                    "cut; Sbplx and BOBYQA), max_j |A_j|: {}. Largest ratio to the bound as "
                    "written: {:.4f}",
                    fmt::join(parts, "; "), worst),
        worst <= multiple ? Truth::True : Truth::Unknown,
        Strength::Statistical,
        {ScopeKind::Sample,
         fmt::format("{} sizes (n, d), seed {}; none discarded", trials.size(), effort.seed)}};
    item.carries = false;
    return item;
}

} // namespace attest::theorems
