#pragma once

#include "attest/model/schemes.hpp"
#include "theorems/attack_space.hpp"
#include "theorems/attack_starts.hpp"

#include <array>

/// Clouds of unit vectors as a search space: in double (attack_clouds.cpp) and in exact numbers
/// (attack_clouds_exact.cpp). Only these two files include this one.
namespace attest::theorems {

constexpr std::size_t most_tokens = 32;
constexpr double equal_tokens = 1e-10; ///< delta below which a cloud counts as one point: rounding
constexpr std::size_t most_dimensions = 3;
constexpr double largest_linear_beta = 20;
constexpr double widest_cone = 2; ///< every cloud has 1 - <theta_j, theta_k> <= 2

using Coordinates = std::array<double, most_dimensions>;
template <class T>
using PerToken = std::array<T, most_tokens>;

enum class PlaceKind { Whole, Token, Pair, Triple, LeastPair };

/// Names of all quantities; the first ones belong to the whole cloud.
enum Name : std::size_t {
    nN,
    nDelta,
    nBeta,
    nE,
    nMaxs,
    nMins,
    nV,
    nB,
    nS,
    nI1,
    nRate,
    nI2,
    nDiameter,
    nFar,
    nAlpha,
    nA,
    nProjections,
    nSquares,
    nSumg,
    nLengths,
    nDeviation,
    nZ,
    nRdot,
    nRdotPeri,
    nNormA,
    nC,
    nW,
    nScore,
    nDistance,
    nGain,
    nLoss,
    nCount
};

/// Where the free parameters lie in a point of the search space.
struct Layout {
    std::size_t tokens = 1;            ///< after the scale: n (d-1) coordinates
    std::optional<std::size_t> speeds; ///< log10 s_k
    std::optional<std::size_t> beta;
    std::optional<std::size_t> part;
    std::optional<std::size_t> alpha;   ///< log10 alpha_t
    std::optional<std::size_t> weights; ///< sigma (d), then two rotations
    std::size_t size = 0;
};

class CloudSpace final : public AttackSpace {
public:
    CloudSpace(long n, long d, const std::set<std::string>& symbols, AttackSetting setting);

    std::string title() const override { return fmt::format("{} tokens in {} dimensions", n_, d_); }
    const std::vector<std::string>& names() const override;
    proof::SearchSpace box() const override;
    std::vector<std::vector<double>> starts(std::size_t count, std::uint64_t seed) const override;
    void values(const std::vector<double>& x,
                std::vector<std::vector<double>>& places) const override;
    std::optional<ExactPlace> exact(const std::vector<double>& x, std::size_t place,
                                    double tolerance) const override;

private:
    struct Numbers; ///< a cloud in double
    std::size_t rotation_parameters() const { return d_ == 2 ? 1 : 3; }
    bool read(const std::vector<double>& x, Numbers& cloud) const;
    double beta_of(const std::vector<double>& x, double least_delta) const;
    std::optional<Cloud> exact_cloud(const std::vector<double>& x, const Numbers& near,
                                     double tolerance, Rational& alpha) const;
    std::array<std::size_t, 3> place_of(const Numbers& cloud, std::size_t place) const;
    void add_formulas(const Cloud& cloud, const std::array<std::size_t, 3>& at,
                      ExactPlace& place) const;

    std::size_t n_;
    std::size_t d_;
    std::set<std::string> symbols_;
    AttackSetting setting_;
    PlaceKind kind_ = PlaceKind::Whole;
    bool attention_ = false;
    Layout layout_;
};

struct CloudSpace::Numbers {
    PerToken<Coordinates> theta{};
    PerToken<Coordinates> off{}; ///< theta_k - mean
    Coordinates mean{};
    PerToken<double> s{};
    PerToken<PerToken<double>> w{};
    PerToken<PerToken<double>> score{};
    PerToken<PerToken<double>> gap{}; ///< 1 - <theta_j, theta_k>
    double least = 0;                 ///< the least delta
    double beta = 0;
    double delta = 0;
    double alpha = 1;
    bool one_point = false;
};

/// What Table 2's formulas see of a token when only its A matters.
template <class T>
model::TokenView<T> token_view(const T& theta_A, const T& norm_A)
{
    return {T(1), norm_A, theta_A, T(1), T(0), T(0)};
}

} // namespace attest::theorems
