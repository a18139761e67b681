#include "theorems/clouds.hpp"

#include "attest/model/attention.hpp"
#include "attest/model/layers.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <random>

namespace attest::theorems {
namespace {

using TokenRows = std::vector<std::vector<Rational>>;
using Column = Vector<Rational>;

Matrix<Rational> columns(const TokenRows& tokens)
{
    Matrix<Rational> m(static_cast<Eigen::Index>(tokens.front().size()),
                       static_cast<Eigen::Index>(tokens.size()));
    for (Eigen::Index k = 0; k < m.cols(); ++k) {
        for (Eigen::Index i = 0; i < m.rows(); ++i) {
            m(i, k) = tokens[static_cast<std::size_t>(k)][static_cast<std::size_t>(i)];
        }
    }
    return m;
}

/// Rational point of the circle with half-angle tangent t.
std::vector<Rational> on_circle(const Rational& t)
{
    const Rational q = 1 + t * t;
    return {(1 - t * t) / q, 2 * t / q};
}

/// Rational point of the 2-sphere by stereographic projection.
std::vector<Rational> on_sphere(const Rational& u, const Rational& v)
{
    const Rational q = 1 + u * u + v * v;
    return {(1 - u * u - v * v) / q, 2 * u / q, 2 * v / q};
}

constexpr long weight_bits = 192;
constexpr long finest_beta = 64;
constexpr long largest_cloud_beta = 5;

/// The largest multiple of 1/64 up to 5 with 100 n^2 beta^2 delta < 1.
Rational allowed_beta(long n, const Rational& delta)
{
    for (long m = largest_cloud_beta * finest_beta; m > 0; --m) {
        const Rational beta(m, finest_beta);
        if (100 * n * n * beta * beta * delta < 1) {
            return beta;
        }
    }
    return 0;
}

Cloud cloud(const std::string& name, const TokenRows& tokens, std::vector<Rational> s)
{
    Cloud result{name, columns(tokens), std::move(s), 0, 0, std::nullopt, std::nullopt};
    result.delta = least_delta(result.theta);
    result.beta = allowed_beta(result.theta.cols(), result.delta);
    return result;
}

std::string shown(const Matrix<Rational>& theta)
{
    std::string text;
    for (Eigen::Index k = 0; k < theta.cols(); ++k) {
        text += k == 0 ? "(" : ", (";
        for (Eigen::Index i = 0; i < theta.rows(); ++i) {
            text += (i == 0 ? "" : ", ") + to_string(theta(i, k));
        }
        text += ")";
    }
    return text;
}

Column mean_direction(const Matrix<Rational>& theta)
{
    Column mean(theta.rows());
    for (Eigen::Index i = 0; i < theta.rows(); ++i) {
        mean(i) = 0;
        for (Eigen::Index k = 0; k < theta.cols(); ++k) {
            mean(i) += theta(i, k) / theta.cols();
        }
    }
    return mean;
}

std::vector<Cloud> make_clouds()
{
    std::vector<Cloud> list;
    const Rational one = 1;
    const std::vector<Rational> e1 = {1, 0};
    list.push_back(cloud("two close tokens", {e1, on_circle(Rational(1, 40))}, {one, one}));
    list.push_back(cloud("two orthogonal tokens", {e1, {0, 1}}, {one, one}));
    list.push_back(cloud("two antipodal tokens", {e1, {-1, 0}}, {one, one}));
    list.push_back(cloud("two antipodal tokens on a line", {{1}, {-1}}, {one, 2}));
    list.push_back(cloud("two equal tokens", {e1, e1}, {one, 3}));
    list.push_back(cloud("two tokens", {e1, on_circle(Rational(3, 2))}, {one, 3}));
    list.push_back(
        cloud("three orthonormal tokens", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, {one, one, one}));
    list.push_back(cloud("three orthonormal tokens, s_k different",
                         {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, {one, 2, Rational(1, 3)}));
    // One token off the others, also a little beyond a right angle.
    for (const Rational& t : {Rational(1, 30), Rational(1), Rational(1001, 1000), Rational(2)}) {
        list.push_back(cloud("one token off two equal ones", {on_circle(t), e1, e1},
                             {one, Rational(1, 2), 4}));
        list.push_back(cloud("one token off four equal ones", {on_circle(t), e1, e1, e1, e1},
                             {5, one, one, one, one}));
    }
    list.push_back(
        cloud("four tokens in two opposite pairs", {e1, {-1, 0}, {0, 1}, {0, -1}}, {one, 2, 3, 4}));
    std::mt19937_64 engine(7);
    const auto draw = [&](long range) {
        return Rational(
            static_cast<long>(engine() % static_cast<unsigned long>(2 * range + 1)) - range, 6);
    };
    for (const long spread : {1L, 4L, 12L}) {
        for (std::size_t n = 2; n <= 6; ++n) {
            TokenRows tokens;
            std::vector<Rational> s;
            for (std::size_t k = 0; k < n; ++k) {
                tokens.push_back(on_sphere(draw(spread), draw(spread)));
                s.push_back(Rational(static_cast<long>(1 + engine() % 9), 4));
            }
            list.push_back(cloud("rational points of the 2-sphere", tokens, s));
        }
    }
    return list;
}

} // namespace

Cloud with_weights(Cloud c)
{
    const Eigen::Index d = c.theta.rows();
    Matrix<Rational> Q = Matrix<Rational>::Identity(d, d);
    Matrix<Rational> K = Matrix<Rational>::Identity(d, d);
    if (d >= 2) {
        Q(0, 0) = Rational(3, 5);
        Q(0, 1) = Rational(-4, 5);
        Q(1, 0) = Rational(4, 5);
        Q(1, 1) = Rational(3, 5);
    }
    K(0, 0) = Rational(-1, 2);
    c.Q = Q;
    c.K = K;
    return c;
}

Rational least_delta(const Matrix<Rational>& theta)
{
    Rational delta = 0;
    for (Eigen::Index k = 0; k < theta.cols(); ++k) {
        for (Eigen::Index j = 0; j < k; ++j) {
            const Rational gap =
                1 - model::inner<Rational>(Column(theta.col(j)), Column(theta.col(k)));
            delta = gap > delta ? gap : delta;
        }
    }
    return delta;
}

const std::vector<Cloud>& clouds()
{
    static const std::vector<Cloud> list = make_clouds();
    return list;
}

Cloud loose_cloud()
{
    Cloud result = cloud("two equal tokens, delta not the least", {{1, 0}, {1, 0}}, {1, 1});
    result.delta = Rational(1, 1000);
    result.beta = 1;
    return result;
}

Cloud pushed_apart()
{
    // Angles near 2e-4, -1/50 and 1/50; the score <theta_k, R theta_j> = sin(phi_j - phi_k).
    Cloud result = cloud(
        "a token near the mean, pushed from it",
        {on_circle(Rational(1, 10000)), on_circle(Rational(-1, 100)), on_circle(Rational(1, 100))},
        {1, 1000000000, 1000000000});
    result.beta = 1;
    Matrix<Rational> turn(2, 2);
    turn(0, 0) = 0;
    turn(0, 1) = 1;
    turn(1, 0) = -1;
    turn(1, 1) = 0;
    result.Q = Matrix<Rational>::Identity(2, 2);
    result.K = turn;
    return result;
}

Expr rate_formula(const Cloud& c)
{
    const Eigen::Index n = c.theta.cols();
    const Column mean = mean_direction(c.theta);
    const Matrix<Rational> queries = c.Q ? Matrix<Rational>(*c.Q * c.theta) : c.theta;
    const Matrix<Rational> keys = c.K ? Matrix<Rational>(*c.K * c.theta) : c.theta;
    const Expr beta = sym("beta");
    Expr rate(0);
    for (Eigen::Index k = 0; k < n; ++k) {
        const Column theta = c.theta.col(k);
        const Column off = theta - mean;
        Expr weighted(0);
        Expr total(0);
        for (Eigen::Index j = 0; j < n; ++j) {
            const Rational score =
                model::inner<Rational>(Column(queries.col(k)), Column(keys.col(j)));
            const Expr weight = exp(Expr(score) * beta);
            const Column flat = model::project<Rational>(theta, Column(c.theta.col(j)));
            weighted = weighted + Expr(model::inner<Rational>(off, flat)) * weight;
            total = total + weight;
        }
        const Rational factor = 2 / (n * c.s[static_cast<std::size_t>(k)]);
        rate = rate + Expr(factor) * weighted / total;
    }
    return rate;
}

Instance cloud_values(const Cloud& c)
{
    const Eigen::Index n = c.theta.cols();
    const Column mean = mean_direction(c.theta);
    const Rational b = model::inner<Rational>(mean, mean);
    Instance instance;
    instance.what = {{"n", std::to_string(n)},
                     {"theta", shown(c.theta)},
                     {"s", fmt::format("{}", fmt::join(
                                                 [&] {
                                                     std::vector<std::string> texts;
                                                     for (const Rational& s : c.s) {
                                                         texts.push_back(to_string(s));
                                                     }
                                                     return texts;
                                                 }(),
                                                 ", "))},
                     {"delta", to_string(c.delta)},
                     {"beta", to_string(c.beta)}};
    Rational V = 0;
    Rational suma = 0;
    Rational sumaa = 0;
    Rational half = 0;
    Rational far = 0;
    Rational diameter = 0;
    Rational largest = c.s.front();
    Rational smallest = c.s.front();
    for (Eigen::Index k = 0; k < n; ++k) {
        const Column theta = c.theta.col(k);
        const Column off = theta - mean;
        const Rational& s = c.s[static_cast<std::size_t>(k)];
        const Rational a = model::inner<Rational>(theta, mean);
        const Rational off_squared = model::inner<Rational>(off, off);
        V += off_squared / n;
        suma += a;
        sumaa += a * a;
        half += model::inner<Rational>(off, model::project<Rational>(theta, mean)) / s;
        far = off_squared > far ? off_squared : far;
        largest = s > largest ? s : largest;
        smallest = s < smallest ? s : smallest;
        for (Eigen::Index j = 0; j < k; ++j) {
            const Column gap = theta - Column(c.theta.col(j));
            const Rational squared = model::inner<Rational>(gap, gap);
            diameter = squared > diameter ? squared : diameter;
        }
    }
    instance.exact = {{"n", Rational(n)},
                      {"delta", c.delta},
                      {"beta", c.beta},
                      {"maxs", largest},
                      {"mins", smallest},
                      {"V", V},
                      {"b", b},
                      {"S", sumaa - n * b},
                      {"suma", suma},
                      {"sumaa", sumaa},
                      {"I1", 2 * half / n},
                      {"I1half", half},
                      {"diameter", diameter},
                      {"far", far}};
    return instance;
}

std::vector<Instance> token_values(const Cloud& c)
{
    const Eigen::Index n = c.theta.cols();
    const Column mean = mean_direction(c.theta);
    const Instance whole = cloud_values(c);
    std::vector<Instance> instances;
    for (Eigen::Index k = 0; k < n; ++k) {
        Instance instance = whole;
        instance.what.emplace_back("k", std::to_string(k + 1));
        const Column theta = c.theta.col(k);
        const Rational a = model::inner<Rational>(theta, mean);
        Rational projections = 0;
        Rational squares = 0;
        Rational sumg = 0;
        for (Eigen::Index j = 0; j < n; ++j) {
            const Column other = c.theta.col(j);
            const Column flat = model::project<Rational>(theta, other);
            const Rational g = model::inner<Rational>(theta, other);
            projections += model::inner<Rational>(flat, flat);
            squares += 1 - g * g;
            sumg += g;
        }
        instance.exact.merge(std::map<std::string, Rational>{
            {"a", a},
            {"pull",
             model::inner<Rational>(Column(theta - mean), model::project<Rational>(theta, mean))},
            {"second", model::inner<Rational>(Column(-mean), Column(mean - a * theta))},
            {"projections", projections},
            {"squares", squares},
            {"sumg", sumg}});
        instances.push_back(std::move(instance));
    }
    return instances;
}

const std::vector<Instance>& all_cloud_values()
{
    static const std::vector<Instance> values = [] {
        std::vector<Instance> instances;
        for (const Cloud& c : clouds()) {
            instances.push_back(cloud_values(c));
        }
        return instances;
    }();
    return values;
}

const std::vector<Instance>& all_token_values()
{
    static const std::vector<Instance> values = [] {
        std::vector<Instance> instances;
        for (const Cloud& c : clouds()) {
            for (Instance& instance : token_values(c)) {
                instances.push_back(std::move(instance));
            }
        }
        return instances;
    }();
    return values;
}

const std::vector<Instance>& weight_values()
{
    static const std::vector<Instance> values = [] {
        const PrecisionScope precision(weight_bits);
        std::vector<Instance> instances;
        for (const Cloud& plain : clouds()) {
            for (const bool weights : {false, true}) {
                const Cloud c = weights ? with_weights(plain) : plain;
                model::Attention<Ball> attention;
                attention.beta = Ball(c.beta);
                Matrix<Rational> scores = c.theta.transpose() * c.theta;
                if (weights) {
                    attention.Q = converted<Ball>(*c.Q);
                    attention.K = converted<Ball>(*c.K);
                    scores = (*c.Q * c.theta).transpose() * (*c.K * c.theta);
                }
                const Matrix<Ball> W = model::attention_matrix(attention, converted<Ball>(c.theta));
                const Instance whole = cloud_values(c);
                const Eigen::Index n = c.theta.cols();
                for (Eigen::Index k = 0; k < n; ++k) {
                    for (Eigen::Index j = 0; j < n; ++j) {
                        Instance instance = whole;
                        const Eigen::Index i = (j + 1) % n;
                        const Column gap = Column(c.theta.col(i)) - Column(c.theta.col(j));
                        instance.what.emplace_back("k, i, j",
                                                   fmt::format("{}, {}, {}", k + 1, i + 1, j + 1));
                        instance.what.emplace_back(
                            "Q, K", weights ? "rotation by arccos(3/5), diag(-1/2, 1, ..)" : "I");
                        instance.exact["score"] = scores(k, i) - scores(k, j);
                        instance.balls = {
                            {"w", W(k, j)},
                            {"distance", sqrt(Ball(model::inner<Rational>(gap, gap)))}};
                        instances.push_back(std::move(instance));
                    }
                }
            }
        }
        return instances;
    }();
    return values;
}

Scope all_directions(const std::string& more)
{
    return {ScopeKind::All, "all n >= 2, d >= 1, unit vectors theta_1..theta_n" + more};
}

Scope cone(const std::string& more)
{
    return {ScopeKind::All,
            "all n >= 2, d >= 1, delta, beta >= 0, Q, K with |Q^T K| <= 1, directions with "
            "<theta_j, theta_k> >= 1 - delta"
                + more};
}

} // namespace attest::theorems
