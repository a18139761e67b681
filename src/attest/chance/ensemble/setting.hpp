#pragma once

#include "attest/model/schemes.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Ensembles of transformers with random weights (paper, Appendix E): six schemes that start from
/// the same tokens and have the same weights, run after run.
namespace attest::chance {

/// The six schemes, which every run of an ensemble goes through.
inline constexpr std::size_t scheme_count = model::scheme_names.size();

/// Law of the entries of Q_h, K_h, V_h (d x d_head) and W (d x d), independent.
enum class WeightLaw {
    KaimingNormal,  ///< normal, variance gain^2/d (He et al. 2015, fan-in d)
    KaimingUniform, ///< uniform on +- gain sqrt(3/d), the same variance
    Normal,         ///< normal, variance `variance`, whatever d is
};

struct EnsembleSetting {
    std::string panel;          ///< name that results carry: "4", "5a" to "5g", or one's own
    long n = 128;               ///< tokens
    long d = 512;               ///< dimension
    long heads = 1;             ///< divides d
    double beta = 1;            ///< inverse temperature of the scores
    bool static_weights = true; ///< one draw a run; else a new one for every layer
    WeightLaw law = WeightLaw::KaimingNormal;
    double gain_squared = 2; ///< Kaiming's gain, squared
    double variance = 0;     ///< of WeightLaw::Normal
    long layers = 64;        ///< T
    double tau = 0.25;       ///< Mix-LN: Post-LN for t <= tau T
    double alpha = 1;        ///< nGPT's alpha_t
    std::uint64_t seed = 20251;

    long head_dimension() const { return d / heads; }
    bool late(long t) const { return static_cast<double>(t) > tau * static_cast<double>(layers); }
    /// Standard deviation of an entry of a weight matrix.
    double deviation() const;
    /// Every number of the setting, one "name value" a line: two settings with the same text have
    /// the same runs.
    std::string text() const;
    bool operator==(const EnsembleSetting&) const = default;
};

/// The names of the paper's panels: 4 (Figure 4) and 5a, ..., 5g (Figure 5). Panel 5g is named
/// twice because the paper gives its weights twice: 5g has standard deviation 0.02 (the caption),
/// 5g-text variance 0.02 (the text).
const std::vector<std::string>& panel_names();

/// The setting of a panel. Throws InputError for an unknown name.
EnsembleSetting panel_setting(std::string_view name);

/// Throws InputError, one line, unless the numbers make sense: n >= 2, d >= 1, heads dividing d,
/// layers >= 1, finite beta >= 0, ...
void validate(const EnsembleSetting& setting);

/// What is kept of a run, [scheme][t] for t = 0, ..., T, schemes in the order of
/// model::scheme_names.
struct RunCurves {
    std::vector<std::vector<double>> cosine;    ///< mean of <theta_j, theta_k> over all j != k
    std::vector<std::vector<double>> magnitude; ///< mean of r_j
};

} // namespace attest::chance
