#include "theorems/collapse_readings.hpp"

#include "attest/proof/certificates.hpp"
#include "theorems/support.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace attest::theorems {
namespace {

using PlanarToken = std::array<Rational, 2>;
using TokenPair = std::array<PlanarToken, 2>; ///< two tokens x_1, x_2 in R^2
using Trajectory = std::vector<TokenPair>;    ///< layers 0 ... T

// --- witnesses -----------------------------------------------------------------------------------

/// Rational point of the circle, ((1 - s^2)/(1 + s^2), 2s/(1 + s^2)).
PlanarToken token_on_circle(const Rational& s)
{
    const Rational q = 1 + s * s;
    return {(1 - s * s) / q, 2 * s / q};
}

/// Rotation by the angle of the point (3/5, 4/5).
PlanarToken rotated(const PlanarToken& x)
{
    return {(3 * x[0] - 4 * x[1]) / 5, (4 * x[0] + 3 * x[1]) / 5};
}

TokenPair rotated(const TokenPair& X)
{
    return {rotated(X[0]), rotated(X[1])};
}

struct Witness {
    std::string name;
    Trajectory trajectory;
};

/// Unit tokens all along, so that representations and directions are the same and every inner
/// product is an exact cosine.
const std::vector<Witness>& witnesses()
{
    static const std::vector<Witness> all = [] {
        const TokenPair orthogonal = {PlanarToken{1, 0}, PlanarToken{0, 1}};
        const TokenPair merged = {PlanarToken{1, 0}, PlanarToken{1, 0}};
        const auto build = [](TokenPair X, const auto& next) {
            Trajectory trajectory = {X};
            for (long t = 1; t <= collapse_depth; ++t) {
                X = next(X, t);
                trajectory.push_back(X);
            }
            return trajectory;
        };
        return std::vector<Witness>{
            {"orthogonal tokens that never move",
             build(orthogonal, [](const TokenPair& X, long) { return X; })},
            {"orthogonal tokens that merge in layer 1 and stay",
             build(orthogonal, [&](const TokenPair&, long) { return merged; })},
            {"orthogonal tokens that merge in layer 1 and then rotate together",
             build(orthogonal,
                   [&](const TokenPair& X, long t) { return t == 1 ? merged : rotated(X); })},
            {"orthogonal tokens that rotate for ever",
             build(orthogonal, [](const TokenPair& X, long) { return rotated(X); })},
            {"tokens that approach each other evenly and meet in the last layer",
             build(orthogonal,
                   [](const TokenPair&, long t) {
                       return TokenPair{
                           PlanarToken{1, 0},
                           token_on_circle(Rational(collapse_depth - t, collapse_depth))};
                   })},
            {"tokens that rotate for the first half of the layers and then stay, orthogonal",
             build(orthogonal, [](const TokenPair& X,
                                  long t) { return 2 * t <= collapse_depth ? rotated(X) : X; })},
        };
    }();
    return all;
}

// --- readings ------------------------------------------------------------------------------------

/// Thresholds, far from every value that occurs at a witness.
const Rational small_displacement = Rational(1, 1000);
const Rational close_cosine = Rational(9, 10);

/// quantity <= threshold (or >=, as relation says) with the coordinates of some tokens put in.
struct Comparison {
    Expr quantity;
    std::string relation;
    Rational threshold;
    proof::Point at;
};

bool satisfied(const Comparison& one)
{
    const Rational value = one.quantity.evaluate<Rational>(one.at);
    return one.relation == "<=" ? value <= one.threshold : value >= one.threshold;
}

/// The comparison, or its negation where it is not satisfied.
std::string certificate_of(const Comparison& one)
{
    const std::string negation = one.relation == "<=" ? ">" : "<";
    return proof::point_certificate(one.quantity, satisfied(one) ? one.relation : negation,
                                    Expr(one.threshold), one.at);
}

using Symbols = std::array<Expr, 2>;

Symbols token_symbols(const std::string& j)
{
    return {sym("x" + j), sym("y" + j)};
}

void put(proof::Point& at, const std::string& j, const PlanarToken& token)
{
    at["x" + j] = token[0];
    at["y" + j] = token[1];
}

Expr planar_product(const Symbols& a, const Symbols& b)
{
    return a[0] * b[0] + a[1] * b[1];
}

Symbols coordinate_difference(const Symbols& a, const Symbols& b)
{
    return {a[0] - b[0], a[1] - b[1]};
}

// Tokens 1 and 2 are x_1(t) and x_2(t), tokens 3 and 4 the same in the next layer.

Expr squared_step(const std::string& now, const std::string& next)
{
    const Symbols step = coordinate_difference(token_symbols(next), token_symbols(now));
    return planar_product(step, step);
}

Expr squared_length(const std::string& j)
{
    return planar_product(token_symbols(j), token_symbols(j));
}

/// |x_j(t+1) - x_j(t)|^2/|x_j(t)|^2 of every token and layer in the second half of the layers.
std::vector<Comparison> token_displacements(const Trajectory& X)
{
    std::vector<Comparison> all;
    const Expr moved = squared_step("1", "3") / squared_length("1");
    for (std::size_t t = X.size() / 2; t + 1 < X.size(); ++t) {
        for (std::size_t j = 0; j < 2; ++j) {
            proof::Point at;
            put(at, "1", X[t][j]);
            put(at, "3", X[t + 1][j]);
            all.push_back({moved, "<=", small_displacement, at});
        }
    }
    return all;
}

/// |X(t+1) - X(t)|_F^2/|X(t)|_F^2 there: how far a layer is from the identity.
std::vector<Comparison> layer_displacements(const Trajectory& X)
{
    std::vector<Comparison> all;
    const Expr moved = (squared_step("1", "3") + squared_step("2", "4"))
                       / (squared_length("1") + squared_length("2"));
    for (std::size_t t = X.size() / 2; t + 1 < X.size(); ++t) {
        proof::Point at;
        put(at, "1", X[t][0]);
        put(at, "2", X[t][1]);
        put(at, "3", X[t + 1][0]);
        put(at, "4", X[t + 1][1]);
        all.push_back({moved, "<=", small_displacement, at});
    }
    return all;
}

/// The layer by which tokens have to be together for a collapse that is called fast.
std::size_t early_layer(const Trajectory& X)
{
    return (X.size() - 1) / 4;
}

Comparison close_together(const TokenPair& X)
{
    proof::Point at;
    put(at, "1", X[0]);
    put(at, "2", X[1]);
    const Expr cosine = planar_product(token_symbols("1"), token_symbols("2"))
                        / sqrt(squared_length("1") * squared_length("2"));
    return {cosine, ">=", close_cosine, at};
}

/// Var = (1/n) sum |theta_k - mean|^2 (Section 4.3); the tokens have length 1.
Comparison small_variance(const TokenPair& X)
{
    proof::Point at;
    put(at, "1", X[0]);
    put(at, "2", X[1]);
    const Symbols a = token_symbols("1");
    const Symbols b = token_symbols("2");
    const Symbols mean = {(a[0] + b[0]) / 2, (a[1] + b[1]) / 2};
    const Symbols from_a = coordinate_difference(a, mean);
    const Symbols from_b = coordinate_difference(b, mean);
    return {(planar_product(from_a, from_a) + planar_product(from_b, from_b)) / 2,
            "<=", (1 - close_cosine) / 2, at};
}

/// What a place of the text calls by the name: a trajectory is a case of it when all of these
/// comparisons are satisfied.
using Reading = std::function<std::vector<Comparison>(const Trajectory&)>;

const std::map<std::string, Reading>& readings()
{
    static const std::map<std::string, Reading> all = {
        {"tokens nearly stationary over many layers", token_displacements},
        {"deep layers near the identity", layer_displacements},
        {"directions cluster fast",
         [](const Trajectory& X) { return std::vector{close_together(X[early_layer(X)])}; }},
        {"converges early",
         [](const Trajectory& X) {
             std::vector<Comparison> late;
             for (std::size_t t = early_layer(X); t < X.size(); ++t) {
                 late.push_back(close_together(X[t]));
             }
             return late;
         }},
        {"variance within the cluster vanishes fast",
         [](const Trajectory& X) { return std::vector{small_variance(X[early_layer(X)])}; }},
    };
    return all;
}

} // namespace

const std::vector<std::string>& collapse_witnesses()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const Witness& witness : witnesses()) {
            all.push_back(witness.name);
        }
        return all;
    }();
    return names;
}

const std::vector<bool>& cases_of(const std::string& reading)
{
    static const std::map<std::string, std::vector<bool>> table = [] {
        std::map<std::string, std::vector<bool>> result;
        for (const auto& [name, comparisons] : readings()) {
            for (const Witness& witness : witnesses()) {
                const std::vector<Comparison> all = comparisons(witness.trajectory);
                result[name].push_back(std::all_of(all.begin(), all.end(), satisfied));
            }
        }
        return result;
    }();
    const auto found = table.find(reading);
    if (found == table.end()) {
        throw InputError("reading '" + reading + "' is unknown");
    }
    return found->second;
}

std::vector<std::string> certificates_of(const std::string& reading, std::size_t witness)
{
    std::vector<std::string> bodies;
    for (const Comparison& one : readings().at(reading)(witnesses()[witness].trajectory)) {
        if (!satisfied(one)) {
            return {certificate_of(one)};
        }
        bodies.push_back(certificate_of(one));
    }
    return bodies;
}

} // namespace attest::theorems
