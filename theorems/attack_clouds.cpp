// Clouds of unit vectors as a search space, in double.
#include "theorems/attack_clouds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::theorems {
namespace {

double coordinate_product(const Coordinates& x, const Coordinates& y)
{
    return x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
}

} // namespace

const std::vector<std::string>& CloudSpace::names() const
{
    static const std::vector<std::string> names = {
        "n",           "delta",   "beta", "E",       "maxs",          "mins", "V",     "b",
        "S",           "I1",      "rate", "I2",      "diameter",      "far",  "alpha", "a",
        "projections", "squares", "sumg", "lengths", "deviationnorm", "Z",    "rdot",  "rdotperi",
        "normA",       "c",       "w",    "score",   "distance",      "gain", "loss"};
    return names;
}

CloudSpace::CloudSpace(long n, long d, const std::set<std::string>& symbols,
                       AttackSetting setting) :
    n_(static_cast<std::size_t>(n)),
    d_(static_cast<std::size_t>(d)), symbols_(symbols), setting_(std::move(setting))
{
    const auto any = [&](std::initializer_list<const char*> names) {
        return std::any_of(names.begin(), names.end(),
                           [&](const char* name) { return symbols.contains(name); });
    };
    kind_ = any({"score", "distance"}) ? PlaceKind::Triple
            : any({"w", "c"})          ? PlaceKind::Pair
            : any({"gain", "loss"})    ? PlaceKind::LeastPair
            : any({"a", "projections", "squares", "sumg", "lengths", "deviationnorm", "Z", "rdot",
                   "rdotperi", "normA"})
                ? PlaceKind::Token
                : PlaceKind::Whole;
    attention_ =
        any({"rate", "I2", "deviationnorm", "Z", "rdot", "rdotperi", "normA", "w", "gain", "loss"});
    std::size_t next = 1 + n_ * (d_ - 1);
    const auto take = [&](bool needed, std::size_t count) {
        const std::optional<std::size_t> at = needed ? std::optional(next) : std::nullopt;
        next += needed ? count : 0;
        return at;
    };
    layout_.speeds = take(any({"maxs", "mins", "I1", "I2", "rate", "S", "gain", "loss"}), n_);
    layout_.beta = take(attention_ || any({"beta", "E", "delta"}), 1);
    layout_.part = take(setting_.cone && any({"delta"}), 1);
    layout_.alpha = take(any({"alpha"}), 1);
    layout_.weights =
        take(setting_.cone && (attention_ || any({"score"})), d_ + 2 * rotation_parameters());
    layout_.size = next;
}

proof::SearchSpace CloudSpace::box() const
{
    proof::SearchSpace space;
    const auto add = [&](std::size_t count, double lo, double hi, double step) {
        space.lower.insert(space.lower.end(), count, lo);
        space.upper.insert(space.upper.end(), count, hi);
        space.step.insert(space.step.end(), count, step);
    };
    add(1, 0, finest_scale, 0.5);
    add(n_ * (d_ - 1), -largest_coordinate, largest_coordinate, 0.3);
    if (layout_.speeds) {
        add(n_, 0, speed_decades, 1);
    }
    if (layout_.beta) {
        if (setting_.many_scores) {
            add(1, -9, 1, 1);
        } else if (setting_.cone) {
            add(1, -3, 2, 0.5);
        } else {
            add(1, 0, largest_linear_beta, 0.5);
        }
    }
    if (layout_.part) {
        add(1, 0, largest_part, 0.2);
    }
    if (layout_.alpha) {
        add(1, -3, 3, 0.5);
    }
    if (layout_.weights) {
        add(d_, -1, 1, 0.3);
        add(2 * rotation_parameters(), -largest_turn, largest_turn, 0.3);
    }
    return space;
}

std::vector<std::vector<double>> CloudSpace::starts(std::size_t count, std::uint64_t seed) const
{
    UniformStream draw(seed + 1000003 * n_ + 7919 * d_);
    std::vector<std::vector<double>> list;
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<double> x = start_tokens(n_, d_, i, draw);
        if (layout_.speeds) {
            const std::vector<double> speeds = start_speeds(n_, i, draw);
            x.insert(x.end(), speeds.begin(), speeds.end());
        }
        if (layout_.beta) {
            // The least e^beta, beta = 0, the cone's own values, then anything.
            x.push_back(setting_.many_scores ? (i % 2 == 0 ? -9 : draw(-3, 1))
                        : setting_.cone      ? (i % 3 == 0 ? 2 : draw(-3, 2))
                                             : (i % 2 == 0 ? 0 : draw(0, 6)));
        }
        if (layout_.part) {
            x.push_back(i % 3 == 0 ? 0 : i % 3 == 1 ? largest_part : draw(0, 1));
        }
        if (layout_.alpha) {
            x.push_back(draw(-2, 2));
        }
        if (layout_.weights) {
            const std::vector<double> weights = start_weights(d_, rotation_parameters(), i, draw);
            x.insert(x.end(), weights.begin(), weights.end());
        }
        list.push_back(std::move(x));
    }
    return list;
}

double CloudSpace::beta_of(const std::vector<double>& x, double least_delta) const
{
    if (!layout_.beta) {
        return 0;
    }
    const double y = x[*layout_.beta];
    if (setting_.many_scores) {
        return std::log(static_cast<double>(n_)) + std::pow(10, y);
    }
    if (!setting_.cone) {
        return y;
    }
    const double most = 1 / (10 * static_cast<double>(n_) * std::sqrt(least_delta));
    const double beta = std::min(std::pow(10, y), (1 - 1e-9) * most);
    if (!setting_.least_beta_squared) {
        return beta;
    }
    const double least =
        setting_.least_beta_squared->evaluate<double>({{"n", static_cast<double>(n_)}});
    return std::max(beta, std::sqrt(least));
}

bool CloudSpace::read(const std::vector<double>& x, Numbers& c) const
{
    const double scale = std::pow(10, -x[0]);
    for (std::size_t k = 0; k < n_; ++k) {
        double square = 0;
        for (std::size_t i = 0; i + 1 < d_; ++i) {
            const double u = scale * x[1 + k * (d_ - 1) + i];
            c.theta[k][i + 1] = u;
            square += u * u;
        }
        c.theta[k][0] = (1 - square) / (1 + square);
        for (std::size_t i = 1; i < d_; ++i) {
            c.theta[k][i] *= 2 / (1 + square);
        }
    }
    for (std::size_t i = 0; i < d_; ++i) {
        for (std::size_t k = 0; k < n_; ++k) {
            c.mean[i] += c.theta[k][i] / static_cast<double>(n_);
        }
        for (std::size_t k = 0; k < n_; ++k) {
            c.off[k][i] = c.theta[k][i] - c.mean[i];
        }
    }
    for (std::size_t k = 0; k < n_; ++k) {
        c.s[k] = layout_.speeds ? std::pow(10, x[*layout_.speeds + k]) : 1;
        for (std::size_t j = 0; j < k; ++j) {
            Coordinates difference{};
            for (std::size_t i = 0; i < d_; ++i) {
                difference[i] = c.theta[k][i] - c.theta[j][i];
            }
            c.gap[k][j] = c.gap[j][k] = coordinate_product(difference, difference) / 2;
            c.least = std::max(c.least, c.gap[k][j]);
        }
    }
    if (c.least < equal_tokens) {
        c.one_point = true;
        c.least = 0;
        c.off = {};
        c.gap = {};
        c.theta.fill(c.theta[0]);
        c.mean = c.theta[0];
    }
    c.alpha = layout_.alpha ? std::pow(10, x[*layout_.alpha]) : 1;
    c.beta = beta_of(x, c.least);
    const double n = static_cast<double>(n_);
    double largest = std::min(widest_cone, 1 / (100 * n * n * c.beta * c.beta));
    if (setting_.least_beta_squared && c.least >= largest) {
        return false;
    }
    if (setting_.largest_delta) {
        largest = std::min(largest, setting_.largest_delta->convert_to<double>());
        if (c.least > largest) {
            return false;
        }
    }
    c.delta = layout_.part ? c.least + x[*layout_.part] * (largest - c.least) : c.least;
    if (setting_.largest_nV) {
        double nV = 0;
        for (std::size_t k = 0; k < n_; ++k) {
            nV += coordinate_product(c.off[k], c.off[k]);
        }
        if (nV > setting_.largest_nV->convert_to<double>()) {
            return false;
        }
    }
    if (!attention_ && kind_ != PlaceKind::Triple) {
        return true;
    }
    PerToken<Coordinates> keys = c.theta;
    if (layout_.weights) {
        const std::vector<double> form = bilinear_form<double>(
            d_, std::vector<double>(x.begin() + static_cast<std::ptrdiff_t>(*layout_.weights),
                                    x.end()));
        for (std::size_t k = 0; k < n_; ++k) {
            for (std::size_t i = 0; i < d_; ++i) {
                keys[k][i] = 0;
                for (std::size_t j = 0; j < d_; ++j) {
                    keys[k][i] += form[i * d_ + j] * c.theta[k][j];
                }
            }
        }
    }
    for (std::size_t k = 0; k < n_; ++k) {
        double largest_score = -1e300;
        for (std::size_t j = 0; j < n_; ++j) {
            c.score[k][j] = coordinate_product(c.theta[k], keys[j]);
            largest_score = std::max(largest_score, c.score[k][j]);
        }
        double total = 0;
        for (std::size_t j = 0; j < n_; ++j) {
            c.w[k][j] = std::exp(c.beta * (c.score[k][j] - largest_score));
            total += c.w[k][j];
        }
        for (std::size_t j = 0; j < n_; ++j) {
            c.w[k][j] /= total;
        }
    }
    return true;
}

void CloudSpace::values(const std::vector<double>& x,
                        std::vector<std::vector<double>>& places) const
{
    std::size_t used = 0;
    const auto add = [&](const std::vector<double>& quantities) {
        if (used == places.size()) {
            places.emplace_back();
        }
        places[used++] = quantities;
    };
    Numbers c;
    if (!read(x, c)) {
        places.clear();
        return;
    }
    const double n = static_cast<double>(n_);
    std::vector<double> v(nCount, 0);
    v[nN] = n;
    v[nDelta] = c.delta;
    v[nBeta] = c.beta;
    v[nE] = std::exp(c.beta);
    v[nAlpha] = c.alpha;
    v[nMaxs] = *std::max_element(c.s.begin(), c.s.begin() + static_cast<std::ptrdiff_t>(n_));
    v[nMins] = *std::min_element(c.s.begin(), c.s.begin() + static_cast<std::ptrdiff_t>(n_));
    v[nB] = coordinate_product(c.mean, c.mean);
    v[nDiameter] = 2 * c.least;
    PerToken<double> a{};
    for (std::size_t k = 0; k < n_; ++k) {
        const double square = coordinate_product(c.off[k], c.off[k]);
        const double along = coordinate_product(c.off[k], c.theta[k]);
        const double flat = square - along * along; // |P_k mean|^2
        a[k] = coordinate_product(c.theta[k], c.mean);
        v[nV] += square / n;
        v[nFar] = std::max(v[nFar], square);
        v[nS] -= flat;
        v[nI1] -= 2 * flat / (n * c.s[k]);
        if (attention_) {
            Coordinates shift{}; // sum_j (w_kj - 1/n) theta_j
            for (std::size_t j = 0; j < n_; ++j) {
                for (std::size_t i = 0; i < d_; ++i) {
                    shift[i] += (c.w[k][j] - 1 / n) * c.off[j][i];
                }
            }
            v[nI2] += 2 / (n * c.s[k])
                      * (coordinate_product(c.off[k], shift)
                         - along * coordinate_product(c.theta[k], shift));
        }
    }
    v[nRate] = v[nI1] + v[nI2];
    const auto product = [&](std::size_t j, std::size_t k) { return 1 - c.gap[j][k]; };
    const auto attended = [&](std::size_t k, std::size_t j) { // <A_k, theta_j>
        double sum = 0;
        for (std::size_t l = 0; l < n_; ++l) {
            sum += c.w[k][l] * product(l, j);
        }
        return sum;
    };
    if (kind_ == PlaceKind::Whole) {
        add(v);
        places.resize(used);
        return;
    }
    for (std::size_t k = 0; k < n_; ++k) {
        if (kind_ == PlaceKind::Token) {
            v[nA] = a[k];
            v[nProjections] = v[nSumg] = v[nLengths] = v[nZ] = 0;
            double theta_A = 0;
            double square_A = 0;
            Coordinates shift{};
            for (std::size_t j = 0; j < n_; ++j) {
                const double g = product(j, k);
                const double flat = c.gap[j][k] * (1 + g);
                v[nProjections] += flat;
                v[nSumg] += g;
                v[nLengths] += std::sqrt(std::max(flat, 0.0));
                v[nZ] += std::exp(c.beta * c.score[k][j]);
                theta_A += c.w[k][j] * g;
                square_A += c.w[k][j] * attended(k, j);
                for (std::size_t i = 0; i < d_; ++i) {
                    shift[i] += (c.w[k][j] - 1 / n) * c.off[j][i];
                }
            }
            v[nSquares] = v[nProjections];
            const double along = coordinate_product(shift, c.theta[k]);
            v[nDeviation] =
                std::sqrt(std::max(coordinate_product(shift, shift) - along * along, 0.0));
            v[nNormA] = std::sqrt(square_A);
            v[nRdot] = model::PreLN::r_dot(token_view(theta_A, v[nNormA]));
            v[nRdotPeri] = model::PeriLN::r_dot(token_view(theta_A, v[nNormA]));
            add(v);
            continue;
        }
        for (std::size_t j = 0; j < n_; ++j) {
            if (kind_ == PlaceKind::Pair) {
                v[nC] = product(j, k);
                v[nW] = c.w[k][j];
                add(v);
            } else if (kind_ == PlaceKind::Triple) {
                for (std::size_t i = 0; i < n_; ++i) {
                    v[nScore] = c.score[k][i] - c.score[k][j];
                    v[nDistance] = std::sqrt(2 * c.gap[i][j]);
                    add(v);
                }
            } else if (j < k && c.gap[k][j] == c.least) {
                v[nGain] = attended(k, j) / c.s[k] + attended(j, k) / c.s[j];
                v[nLoss] = product(j, k) * (attended(k, k) / c.s[k] + attended(j, j) / c.s[j]);
                for (double* side : {&v[nGain], &v[nLoss]}) {
                    *side = std::abs(*side) < 1e-12 * (1 / c.s[k] + 1 / c.s[j]) ? 0 : *side;
                }
                add(v);
            }
        }
    }
    places.resize(used);
}

std::unique_ptr<AttackSpace> cloud_space(long n, long d, const std::set<std::string>& symbols,
                                         const AttackSetting& setting)
{
    if (n < 2 || n > static_cast<long>(most_tokens) || d < 2
        || d > static_cast<long>(most_dimensions)) {
        throw InputError(fmt::format("search over {} tokens in {} dimensions: must be 2 to {} in 2 "
                                     "to {}",
                                     n, d, most_tokens, most_dimensions));
    }
    return std::make_unique<CloudSpace>(n, d, symbols, setting);
}

} // namespace attest::theorems
