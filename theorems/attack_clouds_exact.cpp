// The configurations of the search over clouds in exact numbers.
#include "attest/model/layers.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/attack_clouds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::theorems {

/// Tokens k, j, i of a place, in the order in which `values` lists the places.
std::array<std::size_t, 3> CloudSpace::place_of(const Numbers& c, std::size_t place) const
{
    switch (kind_) {
    case PlaceKind::Whole:
        return {0, 0, 0};
    case PlaceKind::Token:
        return {place, 0, 0};
    case PlaceKind::Pair:
        return {place / n_, place % n_, 0};
    case PlaceKind::Triple:
        return {place / (n_ * n_), place / n_ % n_, place % n_};
    case PlaceKind::LeastPair:
        break;
    }
    for (std::size_t k = 0; k < n_; ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            if (c.gap[k][j] == c.least && place-- == 0) {
                return {k, j, 0};
            }
        }
    }
    return {1, 0, 0};
}

std::optional<Cloud> CloudSpace::exact_cloud(const std::vector<double>& x, const Numbers& near,
                                             double tolerance, Rational& alpha) const
{
    const auto short_number = [&](double value) {
        return proof::simplest_rational(value, tolerance * std::abs(value));
    };
    Cloud cloud;
    cloud.name = title();
    const double scale = std::pow(10, -x[0]);
    cloud.theta = Matrix<Rational>(static_cast<Eigen::Index>(d_), static_cast<Eigen::Index>(n_));
    for (std::size_t k = 0; k < n_; ++k) {
        std::vector<Rational> u;
        for (std::size_t i = 0; i + 1 < d_; ++i) {
            u.push_back(proof::simplest_rational(
                scale * x[1 + (near.one_point ? 0 : k) * (d_ - 1) + i], tolerance * scale));
        }
        const std::vector<Rational> theta = proof::stereographic_point(u);
        for (std::size_t i = 0; i < d_; ++i) {
            cloud.theta(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k)) = theta[i];
        }
        cloud.s.push_back(layout_.speeds ? short_number(std::pow(10, x[*layout_.speeds + k]))
                                         : Rational(1));
    }
    alpha = layout_.alpha ? short_number(std::pow(10, x[*layout_.alpha])) : Rational(1);
    const Rational least = least_delta(cloud.theta);
    cloud.delta = least;
    const Rational n(static_cast<long>(n_));
    if (layout_.beta) {
        const double beta = beta_of(x, least.convert_to<double>());
        const PrecisionScope precision(192);
        if (setting_.many_scores) {
            const double over = std::pow(10, x[*layout_.beta]) * (1 + tolerance);
            cloud.beta = proof::simplest_rational(std::log(static_cast<double>(n_)) + over,
                                                  over * std::min(tolerance, 0.5));
            if (!is_true(less_equal(Ball(n), exp(Ball(cloud.beta))))) {
                return std::nullopt;
            }
        } else if (setting_.cone) {
            // Towards the side on which the hypotheses are.
            const double side = setting_.least_beta_squared ? 1.5 : -1.5;
            cloud.beta =
                proof::simplest_rational(beta * (1 + side * tolerance), 0.5 * tolerance * beta);
            if (100 * n * n * cloud.beta * cloud.beta * least >= 1) {
                return std::nullopt;
            }
            if (setting_.least_beta_squared
                && !is_true(
                    less_equal(setting_.least_beta_squared->evaluate<Ball>({{"n", Ball(n)}}),
                               Ball(cloud.beta) * Ball(cloud.beta)))) {
                return std::nullopt;
            }
        } else {
            cloud.beta = short_number(beta);
        }
    }
    Rational largest = widest_cone;
    if (cloud.beta > 0) {
        const Rational bound = 1 / (100 * n * n * cloud.beta * cloud.beta);
        largest = bound < largest ? bound : largest;
    }
    if (setting_.largest_delta) {
        largest = *setting_.largest_delta < largest ? *setting_.largest_delta : largest;
        if (least > largest) {
            return std::nullopt;
        }
    }
    if (layout_.part) {
        Rational part = proof::simplest_rational(x[*layout_.part], tolerance);
        part = part < 0 ? Rational(0) : part;
        part = part >= 1 ? Rational(999999, 1000000) : part;
        cloud.delta = least + part * (largest - least);
    }
    if (setting_.largest_nV && n * cloud_values(cloud).exact.at("V") > *setting_.largest_nV) {
        return std::nullopt;
    }
    if (layout_.weights) {
        std::vector<Rational> parameters;
        for (std::size_t i = *layout_.weights; i < layout_.size; ++i) {
            parameters.push_back(proof::simplest_rational(x[i], tolerance));
        }
        for (std::size_t i = 0; i < d_; ++i) { // |sigma| <= 1
            parameters[i] = parameters[i] > 1 ? Rational(1) : parameters[i];
            parameters[i] = parameters[i] < -1 ? Rational(-1) : parameters[i];
        }
        const std::vector<Rational> form = bilinear_form<Rational>(d_, parameters);
        const auto size = static_cast<Eigen::Index>(d_);
        Matrix<Rational> K(size, size);
        for (std::size_t i = 0; i < d_; ++i) {
            for (std::size_t j = 0; j < d_; ++j) {
                K(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = form[i * d_ + j];
            }
        }
        cloud.Q = Matrix<Rational>::Identity(size, size);
        cloud.K = K;
    }
    return cloud;
}

void CloudSpace::add_formulas(const Cloud& cloud, const std::array<std::size_t, 3>& at,
                              ExactPlace& result) const
{
    Instance& values = result.values;
    using Column = Vector<Rational>;
    const std::size_t k = at[0];
    const std::size_t j = at[1];
    const std::size_t i = at[2];
    const auto column = [&](std::size_t token) {
        return Column(cloud.theta.col(static_cast<Eigen::Index>(token)));
    };
    const auto g = [&](std::size_t a, std::size_t b) {
        return model::inner<Rational>(column(a), column(b));
    };
    const auto score = [&](std::size_t a, std::size_t b) {
        return cloud.K ? model::inner<Rational>(column(a), Column(*cloud.K * column(b))) : g(a, b);
    };
    std::map<Rational, std::string> exponents;
    const auto weight = [&](std::size_t a, std::size_t b) {
        const auto [place, fresh] =
            exponents.emplace(score(a, b), fmt::format("e_{}", exponents.size()));
        if (fresh) {
            result.exponentials.emplace_back(place->second, exp(Expr(place->first) * sym("beta")));
        }
        return sym(place->second);
    };
    const auto total = [&](std::size_t a) {
        Expr sum(0);
        for (std::size_t l = 0; l < n_; ++l) {
            sum = sum + weight(a, l);
        }
        return sum;
    };
    const auto attended = [&](std::size_t a, std::size_t b) { // <A_a, theta_b>
        Expr sum(0);
        for (std::size_t l = 0; l < n_; ++l) {
            sum = sum + Expr(g(l, b)) * weight(a, l);
        }
        return sum / total(a);
    };
    std::vector<std::pair<std::string, Expr>>& list = result.formulas;
    list.emplace_back("E", exp(sym("beta")));
    if (symbols_.contains("rate") || symbols_.contains("I2")) {
        list.emplace_back("I2", sym("rate") - sym("I1"));
        list.emplace_back("rate", rate_formula(cloud));
    }
    const auto flat = [&](std::size_t a, std::size_t b) { // <P_k theta_a, P_k theta_b>
        return Rational(g(a, b) - g(a, k) * g(b, k));
    };
    if (kind_ == PlaceKind::Token) {
        Expr lengths(0);
        Expr deviation(0);
        Expr square(0);
        for (std::size_t a = 0; a < n_; ++a) {
            lengths = lengths + sqrt(Expr(flat(a, a)));
            for (std::size_t b = 0; b < n_; ++b) {
                const Expr n = Expr(static_cast<long>(n_));
                deviation = deviation
                            + (n * weight(k, a) - total(k)) * (n * weight(k, b) - total(k))
                                  * Expr(flat(a, b));
                square = square + weight(k, a) * weight(k, b) * Expr(g(a, b));
            }
        }
        const Expr norm = sqrt(square) / total(k);
        const Expr along = attended(k, k);
        list.emplace_back("lengths", lengths);
        list.emplace_back("deviationnorm",
                          sqrt(deviation) / (Expr(static_cast<long>(n_)) * total(k)));
        list.emplace_back("Z", total(k));
        list.emplace_back("normA", norm);
        list.emplace_back("rdot", model::PreLN::r_dot(token_view(along, norm)));
        list.emplace_back("rdotperi", model::PeriLN::r_dot(token_view(along, norm)));
    } else if (kind_ == PlaceKind::Pair) {
        values.exact["c"] = g(k, j);
        list.emplace_back("w", weight(k, j) / total(k));
        values.what.emplace_back("k, j", fmt::format("{}, {}", k + 1, j + 1));
    } else if (kind_ == PlaceKind::Triple) {
        values.exact["score"] = score(k, i) - score(k, j);
        list.emplace_back("distance", sqrt(Expr(Rational(2 - 2 * g(i, j)))));
        values.what.emplace_back("k, i, j", fmt::format("{}, {}, {}", k + 1, i + 1, j + 1));
    } else if (kind_ == PlaceKind::LeastPair) {
        const Expr s_k(cloud.s[k]);
        const Expr s_j(cloud.s[j]);
        list.emplace_back("gain", attended(k, j) / s_k + attended(j, k) / s_j);
        list.emplace_back("loss", Expr(g(j, k)) * (attended(k, k) / s_k + attended(j, j) / s_j));
        values.what.emplace_back("pair", fmt::format("{}, {}", k + 1, j + 1));
    }
}

std::optional<ExactPlace> CloudSpace::exact(const std::vector<double>& x, std::size_t place,
                                            double tolerance) const
{
    Numbers numbers;
    Rational alpha;
    if (!read(x, numbers)) {
        return std::nullopt;
    }
    const std::optional<Cloud> cloud = exact_cloud(x, numbers, tolerance, alpha);
    if (!cloud) {
        return std::nullopt;
    }
    const std::array<std::size_t, 3> at = place_of(numbers, place);
    if (kind_ == PlaceKind::LeastPair) {
        const auto column = [&](std::size_t token) {
            return Vector<Rational>(cloud->theta.col(static_cast<Eigen::Index>(token)));
        };
        if (model::inner<Rational>(column(at[0]), column(at[1])) != 1 - least_delta(cloud->theta)) {
            return std::nullopt;
        }
    }
    ExactPlace result;
    result.values = kind_ == PlaceKind::Token ? token_values(*cloud)[at[0]] : cloud_values(*cloud);
    Instance& values = result.values;
    if (layout_.alpha) {
        values.exact["alpha"] = alpha;
        values.what.emplace_back("alpha_t", to_string(alpha));
    }
    if (cloud->K) {
        std::vector<std::string> entries;
        for (Eigen::Index i = 0; i < cloud->K->rows(); ++i) {
            for (Eigen::Index j = 0; j < cloud->K->cols(); ++j) {
                entries.push_back(to_string((*cloud->K)(i, j)));
            }
        }
        values.what.emplace_back("Q^T K by rows", fmt::format("{}", fmt::join(entries, ", ")));
    }
    add_formulas(*cloud, at, result);
    return result;
}

} // namespace attest::theorems
