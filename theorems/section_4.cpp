// Section 4, opening: what representation collapse means, here and elsewhere in the paper.
#include "theorems/support.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

namespace attest::theorems {
namespace {

using Token = std::array<Rational, 2>;
using Configuration = std::array<Token, 2>;    ///< two tokens x_1, x_2 in R^2
using Trajectory = std::vector<Configuration>; ///< layers 0 ... T

Rational dot(const Token& a, const Token& b)
{
    return a[0] * b[0] + a[1] * b[1];
}

Token difference(const Token& a, const Token& b)
{
    return {a[0] - b[0], a[1] - b[1]};
}

// --- witnesses -----------------------------------------------------------------------------------

constexpr long depth = 16;

/// Rational point of the circle, ((1 - s^2)/(1 + s^2), 2s/(1 + s^2)).
Token on_circle(const Rational& s)
{
    const Rational q = 1 + s * s;
    return {(1 - s * s) / q, 2 * s / q};
}

/// Rotation by the angle of the point (3/5, 4/5).
Token rotated(const Token& x)
{
    return {(3 * x[0] - 4 * x[1]) / 5, (4 * x[0] + 3 * x[1]) / 5};
}

Configuration rotated(const Configuration& X)
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
        const Configuration orthogonal = {Token{1, 0}, Token{0, 1}};
        const Configuration merged = {Token{1, 0}, Token{1, 0}};
        const auto build = [](Configuration X, const auto& next) {
            Trajectory trajectory = {X};
            for (long t = 1; t <= depth; ++t) {
                X = next(X, t);
                trajectory.push_back(X);
            }
            return trajectory;
        };
        return std::vector<Witness>{
            {"orthogonal tokens that never move",
             build(orthogonal, [](const Configuration& X, long) { return X; })},
            {"orthogonal tokens that merge in layer 1 and stay",
             build(orthogonal, [&](const Configuration&, long) { return merged; })},
            {"orthogonal tokens that merge in layer 1 and then rotate together",
             build(orthogonal,
                   [&](const Configuration& X, long t) { return t == 1 ? merged : rotated(X); })},
            {"orthogonal tokens that rotate for ever",
             build(orthogonal, [](const Configuration& X, long) { return rotated(X); })},
            {"tokens that approach each other evenly and meet in the last layer",
             build(orthogonal,
                   [](const Configuration&, long t) {
                       return Configuration{Token{1, 0}, on_circle(Rational(depth - t, depth))};
                   })},
            {"tokens that rotate for the first half of the layers and then stay, orthogonal",
             build(orthogonal,
                   [](const Configuration& X, long t) { return 2 * t <= depth ? rotated(X) : X; })},
        };
    }();
    return all;
}

// --- readings ------------------------------------------------------------------------------------

/// Thresholds, far from every value that occurs at a witness.
const Rational small_displacement = Rational(1, 1000);
const Rational close_cosine = Rational(9, 10);

/// Largest |x_j(t+1) - x_j(t)|^2/|x_j(t)|^2 of a token in the second half of the layers.
Rational token_displacement(const Trajectory& X)
{
    Rational largest = 0;
    for (std::size_t t = X.size() / 2; t + 1 < X.size(); ++t) {
        for (std::size_t j = 0; j < 2; ++j) {
            const Token step = difference(X[t + 1][j], X[t][j]);
            largest = std::max(largest, Rational(dot(step, step) / dot(X[t][j], X[t][j])));
        }
    }
    return largest;
}

/// Largest |X(t+1) - X(t)|_F^2/|X(t)|_F^2 there: how far a layer is from the identity.
Rational layer_displacement(const Trajectory& X)
{
    Rational largest = 0;
    for (std::size_t t = X.size() / 2; t + 1 < X.size(); ++t) {
        Rational moved = 0;
        Rational size = 0;
        for (std::size_t j = 0; j < 2; ++j) {
            const Token step = difference(X[t + 1][j], X[t][j]);
            moved += dot(step, step);
            size += dot(X[t][j], X[t][j]);
        }
        largest = std::max(largest, Rational(moved / size));
    }
    return largest;
}

/// The layer by which tokens have to be together for a collapse that is called fast.
std::size_t early_layer(const Trajectory& X)
{
    return (X.size() - 1) / 4;
}

Rational cosine(const Configuration& X)
{
    return dot(X[0], X[1]); // unit tokens
}

/// Var = (1/n) sum |theta_k - mean|^2 (Section 4.3).
Rational variance(const Configuration& X)
{
    const Token mean = {(X[0][0] + X[1][0]) / 2, (X[0][1] + X[1][1]) / 2};
    const Token a = difference(X[0], mean);
    const Token b = difference(X[1], mean);
    return (dot(a, a) + dot(b, b)) / 2;
}

/// What a place of the text calls by the name, as a predicate of a trajectory.
using Predicate = std::function<bool(const Trajectory&)>;

const Predicate& predicate(const std::string& reading)
{
    static const std::map<std::string, Predicate> readings = {
        {"tokens nearly stationary over many layers",
         [](const Trajectory& X) { return token_displacement(X) <= small_displacement; }},
        {"deep layers near the identity",
         [](const Trajectory& X) { return layer_displacement(X) <= small_displacement; }},
        {"directions cluster fast",
         [](const Trajectory& X) { return cosine(X[early_layer(X)]) >= close_cosine; }},
        {"converges early",
         [](const Trajectory& X) {
             return std::all_of(X.begin() + static_cast<std::ptrdiff_t>(early_layer(X)), X.end(),
                                [](const auto& x) { return cosine(x) >= close_cosine; });
         }},
        {"variance within the cluster vanishes fast",
         [](const Trajectory& X) { return variance(X[early_layer(X)]) <= (1 - close_cosine) / 2; }},
    };
    const auto found = readings.find(reading);
    if (found == readings.end()) {
        throw InputError("reading '" + reading + "' is unknown");
    }
    return found->second;
}

const std::vector<std::string>& places()
{
    static const std::vector<std::string> all = {"Introduction, curse of depth",
                                                 "Section 4, opening",
                                                 "Section 4.1",
                                                 "Figure 2",
                                                 "Section 4.3",
                                                 "blog"};
    return all;
}

/// Words: "term P" and "reading P" for every place P. The statement: places with one term mean the
/// same (their readings agree at every witness), places with different terms do not (they differ at
/// some witness).
Judgement check_terms(const Statement& statement, const Effort&)
{
    Judgement judgement;
    Truth same = Truth::True;
    Truth distinct = Truth::True;
    std::vector<std::string> clashes;
    std::optional<ledger::Counterexample> clash_of_terms; // shown where no trajectory is
    for (const std::string& a : places()) {
        for (const std::string& b : places()) {
            if (a >= b) {
                continue;
            }
            const std::string& reading_a = statement.words.at("reading " + a);
            const std::string& reading_b = statement.words.at("reading " + b);
            const auto differing =
                std::find_if(witnesses().begin(), witnesses().end(), [&](const Witness& w) {
                    return predicate(reading_a)(w.trajectory) != predicate(reading_b)(w.trajectory);
                });
            const bool differ = differing != witnesses().end();
            const std::string& term_a = statement.words.at("term " + a);
            const std::string& term_b = statement.words.at("term " + b);
            if (term_a == term_b && differ) {
                same = Truth::False;
                clashes.push_back(a + " / " + b);
                if (!judgement.counterexample) {
                    const bool yes = predicate(reading_a)(differing->trajectory);
                    judgement.counterexample = ledger::Counterexample{
                        {{"trajectory", differing->name}, {"term", term_a}},
                        fmt::format("it is a case of \"{}\" ({}) and not of \"{}\" ({})",
                                    yes ? reading_a : reading_b, yes ? a : b,
                                    yes ? reading_b : reading_a, yes ? b : a),
                        "attest verify intro/representation-collapse-meaning"};
                }
            }
            if (term_a != term_b && !differ) {
                distinct = Truth::False;
                clashes.push_back(a + " / " + b);
                if (!clash_of_terms) {
                    clash_of_terms = ledger::Counterexample{
                        {{a, term_a}, {b, term_b}},
                        fmt::format("two terms, but \"{}\" and \"{}\" agree on every witness",
                                    reading_a, reading_b),
                        "attest verify intro/representation-collapse-meaning"};
                }
            }
        }
    }
    if (!judgement.counterexample) {
        judgement.counterexample = clash_of_terms;
    }
    judgement.evidence.push_back(
        {"readings at witness trajectories",
         fmt::format("{} exact trajectories of two tokens over {} layers; in conflict: {}",
                     witnesses().size(), depth,
                     clashes.empty() ? "none" : fmt::format("{}", fmt::join(clashes, "; "))),
         same && distinct,
         Strength::Exact,
         {ScopeKind::Points, fmt::format("{} witness trajectories", witnesses().size())}});
    return judgement;
}

void add_collapse(ledger::Registry& registry)
{
    const std::string collapse = "representation collapse";
    const std::string still = "tokens nearly stationary over many layers";
    const std::string identity = "deep layers near the identity";
    Claim claim;
    claim.id = "intro/representation-collapse-meaning";
    claim.printed.latex = "\\text{representation collapse means one behaviour in Section 4, 4.1, "
                          "4.3, Figure 2 and the blog, and another than the curse of depth}";
    auto& words = claim.printed.words;
    for (const std::string& place : places()) {
        words["term " + place] = collapse;
    }
    words["term Introduction, curse of depth"] = "curse of depth";
    words["reading Introduction, curse of depth"] = identity;
    words["reading Section 4, opening"] = still;
    words["reading Section 4.1"] = "directions cluster fast";
    words["reading Figure 2"] = "converges early";
    words["reading Section 4.3"] = "variance within the cluster vanishes fast";
    words["reading blog"] = identity;
    claim.amended = claim.printed;
    claim.amended->latex = "\\text{two terms, each used consistently: stagnation (curse of depth, "
                           "Section 4, blog) and "
                           "fast merging of tokens (Sections 4.1 and 4.3, Figure 2)}";
    for (const std::string& place : places()) {
        const bool stagnates = place == "Introduction, curse of depth"
                               || place == "Section 4, opening" || place == "blog";
        claim.amended->words["term " + place] = stagnates ? "stagnation" : "fast merging";
    }
    claim.check = check_terms;
    const Statement& holds = *claim.amended;
    const std::string merging = "fast merging";
    const std::string stagnation = "stagnation";
    claim.faults = {
        fault("blog moved to fast merging", holds, "term blog", merging),
        fault("Section 4 moved to fast merging", holds, "term Section 4, opening", merging),
        fault("Figure 2 moved to stagnation", holds, "term Figure 2", stagnation),
        fault("Section 4.3 moved to stagnation", holds, "term Section 4.3", stagnation),
        fault("a third term for the curse of depth", holds, "term Introduction, curse of depth",
              std::string("curse of depth")),
        fault("Section 4.1 read as near the identity", holds, "reading Section 4.1", identity),
    };
    claim.witness = "two orthogonal tokens in R^2 that never move";
    claim.note =
        "a comparison of texts: each passage is read as a predicate of a trajectory (deep layers "
        "displace by at most 1/1000 in square; cosine at least 9/10 from a quarter of the depth "
        "on; any thresholds in (0, 1/200] and [3/10, 1] give the same) and the readings are "
        "evaluated in exact arithmetic. The Introduction only names "
        "representation collapse. Frozen orthogonal tokens are collapsed in the sense of Section 4 "
        "and of the blog and not in that of Sections 4.1, 4.3 and Figure 2; the blog's sense is "
        "the curse of depth of the Introduction";
    registry.add(std::move(claim));
}

} // namespace

void add_section_4(ledger::Registry& registry)
{
    add_collapse(registry);
}

} // namespace attest::theorems
