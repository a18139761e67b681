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
    // Speed factors below 1, and beta = 0, where I_2 vanishes.
    const std::vector<Rational> far = on_circle(Rational(1));
    const std::vector<Rational> near = on_circle(Rational(1, 40));
    list.push_back(cloud("two close fast tokens", {e1, near}, {Rational(1, 5), Rational(1, 7)}));
    list.push_back(cloud("two orthogonal very fast tokens", {e1, far},
                         {Rational(1, 1000000), Rational(1, 1000000)}));
    list.push_back(cloud("three fast tokens",
                         {e1, on_circle(Rational(1, 10)), on_circle(Rational(-1, 7))},
                         {Rational(1, 3), Rational(1, 8), Rational(1, 5)}));
    list.push_back(
        cloud("two close tokens at beta = 0", {e1, near}, {Rational(1, 10), Rational(1, 10)}));
    list.back().beta = 0;
    list.push_back(cloud("two very close tokens, beta = 10^5",
                         {e1, on_circle(Rational(1, 10000000))}, {1, 1000000000}));
    list.back().beta = 100000;
    list.push_back(cloud("three tokens at beta = 0", {e1, far, near}, {2, Rational(1, 3), one}));
    list.back().beta = 0;
    return list;
}

/// Clouds whose delta is larger than needed; a small beta allows any.
std::vector<Cloud> make_wide_clouds()
{
    const std::vector<Rational> e1 = {1, 0};
    std::vector<Cloud> list;
    const auto add = [&](const std::string& name, const TokenRows& tokens, std::vector<Rational> s,
                         const Rational& delta, const Rational& beta) {
        list.push_back(cloud(name, tokens, std::move(s)));
        list.back().delta = delta;
        list.back().beta = beta;
    };
    add("two antipodal tokens in a wide cone", {e1, {-1, 0}}, {2, 3}, 100, Rational(1, 201));
    add("two close tokens in a wide cone", {e1, on_circle(Rational(1, 40))}, {1, Rational(1, 2)}, 9,
        Rational(1, 61));
    add("three tokens in a wide cone", {e1, on_circle(Rational(3, 2)), on_circle(Rational(-2))},
        {Rational(1, 2), 1, 3}, 50, Rational(1, 213));
    add("two orthogonal tokens in a very wide cone", {e1, {0, 1}}, {1, 1},
        attest::pow(Rational(10), 8), Rational(1, 200001));
    add("two tokens in a cone of twice their width", {e1, on_circle(Rational(1, 9))}, {1, 1},
        Rational(4, 82), Rational(1, 5));
    return list;
}

} // namespace

Cloud opposed(Cloud c)
{
    c.Q = Matrix<Rational>::Identity(c.theta.rows(), c.theta.rows());
    c.K = -*c.Q;
    return c;
}

const std::vector<Cloud>& wide_clouds()
{
    static const std::vector<Cloud> list = make_wide_clouds();
    return list;
}

TwoClusters attracted(Rational first, Rational second, const Rational& product, Rational s_first,
                      Rational s_second, Rational delta, Rational beta)
{
    return {std::move(first),
            std::move(second),
            product,
            std::move(s_first),
            std::move(s_second),
            std::move(delta),
            std::move(beta),
            "I",
            1,
            product,
            product};
}

TwoClusters repelled(TwoClusters c)
{
    c.weights = "-I";
    c.own = -1;
    c.to_second = -c.product;
    c.to_first = -c.product;
    return c;
}

namespace {

/// At the angle 2 arctan t, with Q^T K a quarter turn: the scores differ by the sine.
TwoClusters turned(const Rational& each, const Rational& t, Rational s_second, Rational beta)
{
    const std::vector<Rational> place = on_circle(t);
    TwoClusters c =
        attracted(each, each, place[0], 1, std::move(s_second), 1 - place[0], std::move(beta));
    c.weights = "[[0, 1], [-1, 0]]";
    c.own = 0;
    c.to_second = place[1];
    c.to_first = -place[1];
    return c;
}

std::vector<TwoClusters> make_two_clusters()
{
    const auto power = [](long exponent) { return attest::pow(Rational(10), exponent); };
    const Rational many = power(12);
    const Rational far(9, 10);
    const Rational tiny = power(-9);
    return {
        attracted(1, 999, 1 - power(-6), 2, Rational(1, 3), power(-6), Rational(99, 1000)),
        attracted(500, 500, Rational(1, 2), 1, 1, Rational(1, 2), 0),
        attracted(1, many, 1 - tiny, 1, 1, tiny, 0),
        attracted(1, many, far, 1, 1, 1 - far, 0),
        attracted(many, many, 1 - tiny, 1, 1, tiny, 0),
        attracted(many, many, 1 - power(-20), 1, 1, power(-20), 0),
        attracted(many, many, -1, 1, 2, 2, 0),
        // A sum of n lengths against the root of n squares.
        attracted(1, 2000000, on_circle(Rational(1, 1000))[0], 1, 1,
                  1 - on_circle(Rational(1, 1000))[0], Rational(1, 100000)),
        repelled(attracted(500, 500, Rational(1, 3), 1, 1, Rational(2, 3), Rational(1, 9000))),
        turned(500, Rational(1, 1000), power(9), Rational(7, 100)),
        turned(500, Rational(1, 1000), 1, Rational(7, 100)),
    };
}

} // namespace

const std::vector<TwoClusters>& two_clusters()
{
    static const std::vector<TwoClusters> list = make_two_clusters();
    return list;
}

Expr rate_formula(const TwoClusters& c)
{
    const Rational n = c.first + c.second;
    const auto power = [](const Rational& score) { return exp(Expr(score) * sym("beta")); };
    const auto pulled = [&](const Rational& own, const Rational& other, const Rational& score,
                            const Rational& s) {
        const Expr weight = Expr(other) * power(score);
        return weight / ((Expr(own) * power(c.own) + weight) * Expr(s));
    };
    const Rational factor = -2 * c.first * c.second * (1 - c.product * c.product) / (n * n);
    return Expr(factor)
           * (pulled(c.first, c.second, c.to_second, c.s_first)
              + pulled(c.second, c.first, c.to_first, c.s_second));
}

std::vector<Instance> cluster_token_values(const TwoClusters& c)
{
    const PrecisionScope precision(weight_bits);
    const Rational n = c.first + c.second;
    const Rational square = 1 - c.product * c.product;
    const auto token = [&](long place, const Rational& own, const Rational& other,
                           const Rational& score) {
        Instance instance = cluster_values(c);
        instance.what.emplace_back("k", fmt::format("a token at theta_{}", place));
        instance.exact.merge(std::map<std::string, Rational>{{"a", (own + other * c.product) / n},
                                                             {"projections", other * square},
                                                             {"squares", other * square},
                                                             {"sumg", own + other * c.product}});
        const Ball near = Ball(own) * exp(Ball(Rational(c.own * c.beta)));
        const Ball far = Ball(other) * exp(Ball(Rational(score * c.beta)));
        const Ball more = far / (near + far) - Ball(Rational(other / n));
        instance.balls = {{"lengths", Ball(other) * sqrt(Ball(square))},
                          {"deviation", more * more * Ball(square)}};
        return instance;
    };
    return {token(1, c.first, c.second, c.to_second), token(2, c.second, c.first, c.to_first)};
}

Instance cluster_values(const TwoClusters& c)
{
    const Rational n = c.first + c.second;
    const Rational b =
        (c.first * c.first + c.second * c.second + 2 * c.first * c.second * c.product) / (n * n);
    const Rational a1 = (c.first + c.second * c.product) / n;
    const Rational a2 = (c.second + c.first * c.product) / n;
    const Rational off1 = 1 - 2 * a1 + b;
    const Rational off2 = 1 - 2 * a2 + b;
    const Rational sumaa = c.first * a1 * a1 + c.second * a2 * a2;
    const Rational half =
        c.first * (a1 * a1 - b) / c.s_first + c.second * (a2 * a2 - b) / c.s_second;
    return {{{"n", to_string(n)},
             {"theta", fmt::format("{} tokens at theta_1, {} at theta_2", to_string(c.first),
                                   to_string(c.second))},
             {"<theta_1, theta_2>", to_string(c.product)},
             {"s", to_string(c.s_first) + ", " + to_string(c.s_second)},
             {"Q^T K", c.weights},
             {"delta", to_string(c.delta)},
             {"beta", to_string(c.beta)}},
            {{"n", n},
             {"delta", c.delta},
             {"beta", c.beta},
             {"maxs", c.s_first > c.s_second ? c.s_first : c.s_second},
             {"mins", c.s_first < c.s_second ? c.s_first : c.s_second},
             {"V", 1 - b},
             {"b", b},
             {"S", sumaa - n * b},
             {"suma", n * b},
             {"sumaa", sumaa},
             {"I1", 2 * half / n},
             {"I1half", half},
             {"diameter", 2 - 2 * c.product},
             {"far", off1 > off2 ? off1 : off2}},
            {}};
}

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

namespace {

/// Tokens at the half-angle tangents near, -far and far; the score <theta_k, R theta_j> = sin(phi_j
/// - phi_k).
Cloud pushed(const Rational& near, const Rational& far, const Rational& beta)
{
    Cloud result =
        cloud("a token near the mean, pushed from it",
              {on_circle(near), on_circle(-far), on_circle(far)}, {1, 1000000000, 1000000000});
    result.beta = beta;
    Matrix<Rational> turn(2, 2);
    turn(0, 0) = 0;
    turn(0, 1) = 1;
    turn(1, 0) = -1;
    turn(1, 1) = 0;
    result.Q = Matrix<Rational>::Identity(2, 2);
    result.K = turn;
    return result;
}

} // namespace

Cloud pushed_apart()
{
    // Angles near 2e-4, -1/50 and 1/50.
    return pushed(Rational(1, 10000), Rational(1, 100), 1);
}

Cloud pushed_apart_strongly()
{
    return pushed(Rational(1, 300000), Rational(1, 2000), 20);
}

Cloud pushed_apart_fast()
{
    Cloud result = pushed_apart();
    for (Rational& s : result.s) {
        s *= attest::pow(Rational(10), -18);
    }
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
        for (const std::vector<Cloud>* list : {&clouds(), &wide_clouds()}) {
            for (const Cloud& c : *list) {
                instances.push_back(cloud_values(c));
            }
        }
        for (const TwoClusters& c : two_clusters()) {
            instances.push_back(cluster_values(c));
        }
        return instances;
    }();
    return values;
}

const std::vector<Instance>& all_token_values()
{
    static const std::vector<Instance> values = [] {
        std::vector<Instance> instances;
        for (const std::vector<Cloud>* list : {&clouds(), &wide_clouds()}) {
            for (const Cloud& c : *list) {
                for (Instance& instance : token_values(c)) {
                    instances.push_back(std::move(instance));
                }
            }
        }
        return instances;
    }();
    return values;
}

namespace {

/// For every ordered pair of tokens of a cloud.
void add_weight_values(const Cloud& c, const std::string& weights, std::vector<Instance>& instances)
{
    model::Attention<Ball> attention;
    attention.beta = Ball(c.beta);
    Matrix<Rational> scores = c.theta.transpose() * c.theta;
    if (c.Q) {
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
            instance.what.emplace_back("k, i, j", fmt::format("{}, {}, {}", k + 1, i + 1, j + 1));
            instance.what.emplace_back("Q, K", weights);
            instance.exact["score"] = scores(k, i) - scores(k, j);
            instance.balls = {{"w", W(k, j)},
                              {"distance", sqrt(Ball(model::inner<Rational>(gap, gap)))}};
            instances.push_back(std::move(instance));
        }
    }
}

} // namespace

const std::vector<Instance>& weight_values()
{
    static const std::vector<Instance> values = [] {
        const PrecisionScope precision(weight_bits);
        std::vector<Instance> instances;
        for (const Cloud& plain : clouds()) {
            add_weight_values(plain, "I", instances);
            add_weight_values(with_weights(plain), "rotation by arccos(3/5), diag(-1/2, 1, ..)",
                              instances);
        }
        for (const Cloud& plain : wide_clouds()) {
            add_weight_values(plain, "I", instances);
            add_weight_values(opposed(plain), "I, -I", instances);
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
