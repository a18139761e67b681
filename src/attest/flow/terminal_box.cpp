#include "attest/flow/terminal_box.hpp"

#include "attest/flow/ball_ends.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/jet.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>

namespace attest::flow {
namespace {

/// Derivatives for a sign: low order and few cells, because wide n makes high orders wide.
const CellOptions for_signs{Rational(1, 16), 4, 192};

/// J_k(x) = int_0^1 u^k e^{ux} du for k = 0..order at a point x >= 0: the last one by its series of
/// positive terms, the others by J_{k-1} = (e^x - x J_k)/k.
std::vector<Ball> exponential_moments(const Ball& x, long order)
{
    Ball term(1);
    Ball sum(0);
    const Ball least = Ball(attest::pow(Rational(1, 2), working_bits()));
    for (long j = 0;; ++j) {
        sum += term / Ball(j + order + 1);
        term = term * x / Ball(j + 1);
        // From here on the terms at least halve.
        if (is_true(less(2 * x, Ball(j + 2))) && is_true(less(term, least))) {
            sum += Ball::hull(Ball(0), 2 * term);
            break;
        }
    }
    std::vector<Ball> moments(static_cast<std::size_t>(order) + 1);
    moments.back() = sum;
    const Ball top = exp(x);
    for (long k = order; k > 0; --k) {
        moments[static_cast<std::size_t>(k) - 1] =
            (top - x * moments[static_cast<std::size_t>(k)]) / Ball(k);
    }
    return moments;
}

/// Taylor coefficients of (e^{beta e} - 1)/e = beta int_0^1 e^{u beta e} du around every e of the
/// ball. They increase with beta and e, so the ends of the balls bound them.
std::vector<Ball> lift_coefficients(const Ball& beta, const Ball& e, long order)
{
    const auto at = [&](const Ball& b, const Ball& x) {
        std::vector<Ball> c = exponential_moments(b * x, order);
        Ball factor = b;
        for (long k = 0; k <= order; ++k) {
            c[static_cast<std::size_t>(k)] = factor * c[static_cast<std::size_t>(k)];
            factor = factor * b / Ball(k + 1);
        }
        return c;
    };
    if (beta.is_exact() && e.is_exact()) {
        return at(beta, e);
    }
    const auto positive = [](const Ball& x) { return is_true(is_negative(x)) ? Ball(0) : x; };
    std::vector<Ball> low = at(positive(lower_point(beta)), positive(lower_point(e)));
    const std::vector<Ball> high = at(upper_point(beta), upper_point(e));
    for (std::size_t k = 0; k < low.size(); ++k) {
        low[k] = Ball::hull(low[k], high[k]);
    }
    return low;
}

/// The density's Taylor coefficients around every e of the ball.
std::vector<Ball> density_coefficients(const Expr& density, const Ball& n, const Ball& beta,
                                       const Ball& e, long order)
{
    const std::map<std::string, Jet<Ball>> environment = {
        {"n", Jet<Ball>(n)},
        {"beta", Jet<Ball>(beta)},
        {"e", Jet<Ball>::variable(e, order)},
        {"lift", Jet<Ball>::from_coefficients(lift_coefficients(beta, e, order))}};
    std::vector<Ball> c;
    const Jet<Ball> value = density.evaluate(environment);
    for (long k = 0; k <= order; ++k) {
        c.push_back(value.coefficient(k));
    }
    return c;
}

/// ln(C/2) = integral + ln n (post-ln), + 4 (sqrt-scaling).
Expr explicit_term(const std::string& scheme)
{
    const Expr n = Expr::symbol("n");
    if (scheme == "post-ln") {
        return log(n);
    }
    return scheme == "sqrt-scaling" ? log(n) + 4 : Expr(0);
}

/// Range of ln C along an edge beta = const, n in [lo, hi].
class Edge {
public:
    Edge(const std::string& scheme, const Rational& beta, const ConstantRangeOptions& options,
         ConstantRange& tally) :
        falls_(scheme == "pre-ln" || scheme == "peri-ln"),
        density_(constant_density(scheme)), slope_(derivative(density_, "n")),
        term_(explicit_term(scheme)), term_slope_(derivative(term_, "n")), beta_(beta),
        options_(options), tally_(tally)
    {
    }

    /// Hull of the values over [lo, hi], each end off by at most the tolerance.
    Ball range(const Rational& lo, const Rational& hi, int depth)
    {
        if (++tally_.boxes > options_.max_boxes) {
            throw Undecidable(fmt::format("ln C: more than {} boxes at beta = {}",
                                          options_.max_boxes, to_string(beta_)));
        }
        tally_.depth = std::max(tally_.depth, depth);
        if (lo == hi) {
            return value(lo);
        }
        const Ball n = Ball::interval(lo, hi);
        const Rational middle = geometric_middle(lo, hi);
        if (falls_) {
            return Ball::hull(value(lo), value(hi));
        }
        if (const auto slope = slope_over(n)) {
            if (is_true(is_positive(*slope)) || is_true(is_negative(*slope))) {
                return Ball::hull(value(lo), value(hi));
            }
            const Ball swing = abs(*slope) * Ball(Rational(hi - middle));
            if (swing.is_finite() && is_true(less(Ball(swing.upper()), Ball(options_.tolerance)))) {
                return value(middle) + Ball::hull(-swing, swing);
            }
        }
        return Ball::hull(range(lo, middle, depth + 1), range(middle, hi, depth + 1));
    }

private:
    Ball value(const Rational& n) const
    {
        const Ball at(n);
        CellOptions cells;
        cells.tolerance = options_.tolerance / 1000;
        return integrate_density(density_, at, Ball(beta_), cells).value
               + term_.evaluate<Ball>({{"n", at}}) + log(Ball(2));
    }
    /// Nothing where n is too wide for the quadrature.
    std::optional<Ball> slope_over(const Ball& n) const
    {
        try {
            return integrate_density(slope_, n, Ball(beta_), for_signs).value
                   + term_slope_.evaluate<Ball>({{"n", n}});
        } catch (const Undecidable&) {
            return std::nullopt;
        }
    }

    bool falls_; ///< d/dn (lift/q) = -lift (1-e)/q^2 <= 0: no slope needed
    Expr density_;
    Expr slope_;
    Expr term_;
    Expr term_slope_;
    Rational beta_;
    const ConstantRangeOptions& options_;
    ConstantRange& tally_;
};

} // namespace

Rational geometric_middle(const Rational& lo, const Rational& hi)
{
    const double mean = std::sqrt(lo.convert_to<double>() * hi.convert_to<double>());
    const Rational middle(static_cast<long>(mean * 4096), 4096L);
    return middle > lo && middle < hi ? middle : Rational((lo + hi) / 2);
}

CellIntegral integrate_density(const Expr& density, const Ball& n, const Ball& beta,
                               const CellOptions& options)
{
    const long order = options.order;
    if (order < 2 || order % 2 != 0) {
        // An even power of the distance keeps one sign under the remainder.
        throw InputError(fmt::format("order {}: must be even and at least 2", order));
    }
    CellIntegral result;
    result.order = order;
    result.cells = {options.from};
    std::vector<std::pair<Rational, Rational>> open = {{options.from, options.to}};
    std::size_t tried = 0;
    while (!open.empty()) {
        if (++tried > options.most_cells) {
            throw Undecidable(fmt::format("integral: {} cells do not suffice, at e = {}",
                                          options.most_cells, to_string(result.cells.back())));
        }
        const auto [lo, hi] = open.back();
        open.pop_back();
        const Ball half(Rational((hi - lo) / 2));
        const Ball whole = Ball::interval(lo, hi);
        const std::vector<Ball> rest = density_coefficients(density, n, beta, whole, order);
        const std::vector<Ball> c =
            density_coefficients(density, n, beta, Ball(Rational((lo + hi) / 2)), order);
        Ball part(0);
        Ball power = 2 * half;
        for (long k = 0; k < order; k += 2) {
            part += c[static_cast<std::size_t>(k)] * power / Ball(k + 1);
            power = power * half * half;
        }
        const Ball last = rest.back() * power / Ball(order + 1);
        bool accepted = part.is_finite() && last.is_finite();
        if (accepted) {
            const Ball spread(last.upper() - last.lower());
            const Ball own(part.upper() - part.lower());
            const Ball size = abs(part) + half * Ball(Rational(1, 1024));
            // The truncation may take its share of the cell's own size; wide parameters keep it
            // wide, and then it suffices that it is below their own width.
            accepted = is_true(less_equal(Ball(spread.upper()),
                                          Ball(options.tolerance) * lower_point(size)))
                       || is_true(less_equal(4 * Ball(spread.upper()), own));
        }
        if (accepted) {
            result.value += part + last;
            result.cells.push_back(hi);
        } else {
            const Rational middle = (lo + hi) / 2;
            open.emplace_back(middle, hi);
            open.emplace_back(lo, middle);
        }
    }
    return result;
}

Expr constant_density(const std::string& scheme)
{
    const Expr n = Expr::symbol("n");
    const Expr e = Expr::symbol("e");
    const Expr lift = Expr::symbol("lift");
    const Expr m = n - 1;
    const Expr q = n * (1 - e) + e; // n and e once each: tight over intervals
    if (scheme == "pre-ln" || scheme == "peri-ln" || scheme == "post-ln"
        || scheme == "sqrt-scaling") {
        return lift / q;
    }
    if (scheme == "ngpt") {
        const Expr a = q + e * lift;
        const Expr norm = sqrt(a * a + m * e * q);
        return (lift * (a + q) / q + m) / (norm + q);
    }
    throw InputError(fmt::format("scheme '{}': constants over boxes exist for pre-ln, peri-ln, "
                                 "post-ln, sqrt-scaling and ngpt",
                                 scheme));
}

Ball ConstantRange::constant() const
{
    return Ball::hull(exp(lower), exp(upper));
}

void validate(const ParameterBox& box)
{
    if (box.n_lo < 2 || box.n_hi < box.n_lo || box.beta_lo < 0 || box.beta_hi < box.beta_lo) {
        throw InputError(
            fmt::format("box n in [{}, {}], beta in [{}, {}]: must satisfy 2 <= n_lo <= "
                        "n_hi, 0 <= beta_lo <= beta_hi",
                        to_string(box.n_lo), to_string(box.n_hi), to_string(box.beta_lo),
                        to_string(box.beta_hi)));
    }
}

ConstantRange constant_range(const std::string& scheme, const ParameterBox& box,
                             const ConstantRangeOptions& options)
{
    validate(box);
    const auto start = std::chrono::steady_clock::now();
    const PrecisionScope precision(options.bits);
    ConstantRange result;
    result.bits = options.bits;
    result.lower =
        lower_point(Edge(scheme, box.beta_lo, options, result).range(box.n_lo, box.n_hi, 0));
    result.upper =
        upper_point(Edge(scheme, box.beta_hi, options, result).range(box.n_lo, box.n_hi, 0));
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

std::string integral_certificate(const Expr& density, const Rational& n, const Rational& beta,
                                 long digits)
{
    const PrecisionScope precision(bits_for_digits(digits) + 32);
    CellOptions cell_options;
    cell_options.tolerance = attest::pow(Rational(1, 10), digits + 3);
    const CellIntegral found = integrate_density(density, Ball(n), Ball(beta), cell_options);
    // Room for the checker's own rounding.
    const Ball room = (abs(found.value) + Ball(1)) * Ball(attest::pow(Rational(1, 10), digits));
    const Expr e = Expr::symbol("e");
    nlohmann::ordered_json json;
    json["kind"] = "integral";
    json["let"] = nlohmann::ordered_json::array(
        {nlohmann::ordered_json::array({"lift", "beta*exprel(beta*e)"})});
    json["integrand"] = density.text();
    json["name"] = "e";
    json["from"] = "0";
    json["to"] = "1";
    json["ranges"] = {{"n", {to_string(n), to_string(n)}},
                      {"beta", {to_string(beta), to_string(beta)}}};
    std::vector<std::string> cells;
    for (const Rational& x : found.cells) {
        cells.push_back(to_string(x));
    }
    json["cells"] = cells;
    json["orders"] = found.order;
    const auto decimal = [&](const Real& x) { return to_decimal(x, digits + 8); };
    json["enclosure"] = {decimal(Ball(found.value - room).lower()),
                         decimal(Ball(found.value + room).upper())};
    json["bits"] = working_bits();
    return json.dump();
}

} // namespace attest::flow
