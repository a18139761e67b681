#pragma once

#include "attest/proof/attack.hpp"
#include "theorems/clouds.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// Configurations with free parameters, on which an inequality between quantities of a
/// configuration is attacked: fast in double for the search, exact for what it found.
namespace attest::theorems {

constexpr double largest_part = 0.999999; ///< of the way from the least delta to its bound

/// A configuration in exact numbers, at one of its places (a token, a pair, ..).
struct ExactPlace {
    Instance values; ///< rational quantities, and the configuration in words
    /// The other quantities as formulas in beta with rational constants, to be put in in this
    /// order.
    std::vector<std::pair<std::string, Expr>> formulas;
    /// Exponentials that the formulas have names for, to be put in last.
    std::vector<std::pair<std::string, Expr>> exponentials;
};

class AttackSpace {
public:
    virtual ~AttackSpace() = default;
    /// "3 tokens in 2 dimensions".
    virtual std::string title() const = 0;
    /// The quantities, in the order of `values`.
    virtual const std::vector<std::string>& names() const = 0;
    virtual proof::SearchSpace box() const = 0;
    /// Configurations to begin with: every hard kind once, then random ones up to count; the same
    /// for the same seed.
    virtual std::vector<std::vector<double>> starts(std::size_t count,
                                                    std::uint64_t seed) const = 0;
    /// Rounded quantities at every place of the configuration x; no place where x is outside the
    /// hypotheses.
    virtual void values(const std::vector<double>& x,
                        std::vector<std::vector<double>>& places) const = 0;
    /// A configuration near x in short exact numbers (relative distance up to `tolerance`) that
    /// meets every hypothesis exactly; nothing where rounding leads out of them.
    virtual std::optional<ExactPlace> exact(const std::vector<double>& x, std::size_t place,
                                            double tolerance) const = 0;
};

/// What an inequality speaks about and assumes.
struct AttackSetting {
    /// delta < 1/(100 n^2 beta^2) and |Q^T K| <= 1; otherwise Q = K = I and any beta.
    bool cone = true;
    bool many_scores = false; ///< e^beta >= n
    std::optional<Rational> largest_delta = {};
    std::optional<Rational> largest_nV = {};
    std::optional<Expr> least_beta_squared = {}; ///< a formula in n
};

/// Clouds of n unit vectors in d = 2 or 3 dimensions with speed factors over nine decades, beta
/// from 10^-3 to 10^2, delta from the least one to the largest one allowed, Q^T K = U diag(sigma)
/// V^T with rotations U, V and |sigma| <= 1. Only parameters that the symbols need are free. The
/// place is the cloud, a token, an ordered pair, a triple or a pair of least product, as they need.
/// Throws InputError for n outside 2..8 or d outside 2..3.
std::unique_ptr<AttackSpace> cloud_space(long n, long d, const std::set<std::string>& symbols,
                                         const AttackSetting& setting);

/// Trajectories known in closed form, for the speed factor s of a scheme: equal tokens, and the
/// regular simplex with mean 0 (delta = n/(n-1)), neither of which turns. Symbols s, t, r0, alpha,
/// tau, delta. Throws InputError for an unknown scheme.
std::vector<std::unique_ptr<AttackSpace>> speed_spaces(std::string_view scheme,
                                                       const AttackSetting& setting);

/// Uniform numbers that are the same with every standard library.
class UniformStream {
public:
    explicit UniformStream(std::uint64_t seed);
    double operator()(double lo, double hi);

private:
    std::uint64_t state_;
};

} // namespace attest::theorems
