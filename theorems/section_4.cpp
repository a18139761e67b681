// Section 4, opening: what representation collapse means, here and elsewhere in the paper.
#include "theorems/support.hpp"
#include "theorems/units.hpp"

#include "attest/proof/certificates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>

namespace attest::theorems {
namespace {

using Token = std::array<Rational, 2>;
using Configuration = std::array<Token, 2>;    ///< two tokens x_1, x_2 in R^2
using Trajectory = std::vector<Configuration>; ///< layers 0 ... T

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

void put(proof::Point& at, const std::string& j, const Token& token)
{
    at["x" + j] = token[0];
    at["y" + j] = token[1];
}

Expr dot(const Symbols& a, const Symbols& b)
{
    return a[0] * b[0] + a[1] * b[1];
}

Symbols difference(const Symbols& a, const Symbols& b)
{
    return {a[0] - b[0], a[1] - b[1]};
}

// Tokens 1 and 2 are x_1(t) and x_2(t), tokens 3 and 4 the same in the next layer.

Expr squared_step(const std::string& now, const std::string& next)
{
    const Symbols step = difference(token_symbols(next), token_symbols(now));
    return dot(step, step);
}

Expr squared_length(const std::string& j)
{
    return dot(token_symbols(j), token_symbols(j));
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

Comparison close_together(const Configuration& X)
{
    proof::Point at;
    put(at, "1", X[0]);
    put(at, "2", X[1]);
    const Expr cosine = dot(token_symbols("1"), token_symbols("2"))
                        / sqrt(squared_length("1") * squared_length("2"));
    return {cosine, ">=", close_cosine, at};
}

/// Var = (1/n) sum |theta_k - mean|^2 (Section 4.3); the tokens have length 1.
Comparison small_variance(const Configuration& X)
{
    proof::Point at;
    put(at, "1", X[0]);
    put(at, "2", X[1]);
    const Symbols a = token_symbols("1");
    const Symbols b = token_symbols("2");
    const Symbols mean = {(a[0] + b[0]) / 2, (a[1] + b[1]) / 2};
    const Symbols from_a = difference(a, mean);
    const Symbols from_b = difference(b, mean);
    return {(dot(from_a, from_a) + dot(from_b, from_b)) / 2, "<=", (1 - close_cosine) / 2, at};
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

/// Whether each witness is a case of each reading.
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

/// Certificates that the witness is a case of the reading (all comparisons), or that it is none
/// (one that is not satisfied).
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
Judgement check_terms(const Statement& statement, const Effort& effort)
{
    Judgement judgement;
    // Pairs of reading and witness on which the outcome rests.
    std::set<std::pair<std::string, std::size_t>> supporting;
    std::set<std::pair<std::string, std::size_t>> refuting;
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
            const std::vector<bool>& cases_a = cases_of(reading_a);
            const std::vector<bool>& cases_b = cases_of(reading_b);
            const auto place = std::mismatch(cases_a.begin(), cases_a.end(), cases_b.begin()).first;
            const bool differ = place != cases_a.end();
            const auto witness = static_cast<std::size_t>(place - cases_a.begin());
            const std::string& term_a = statement.words.at("term " + a);
            const std::string& term_b = statement.words.at("term " + b);
            if (term_a == term_b && differ) {
                same = Truth::False;
                clashes.push_back(a + " / " + b);
                refuting.insert({{reading_a, witness}, {reading_b, witness}});
                if (!judgement.counterexample) {
                    const bool yes = cases_a[witness];
                    judgement.counterexample = ledger::Counterexample{
                        {{"trajectory", witnesses()[witness].name}, {"term", term_a}},
                        fmt::format("it is a case of \"{}\" ({}) and not of \"{}\" ({})",
                                    yes ? reading_a : reading_b, yes ? a : b,
                                    yes ? reading_b : reading_a, yes ? b : a),
                        "attest verify intro/representation-collapse-meaning"};
                }
            }
            if (term_a != term_b && differ) {
                supporting.insert({{reading_a, witness}, {reading_b, witness}});
            }
            if (term_a == term_b && !differ && reading_a != reading_b) {
                for (std::size_t w = 0; w < witnesses().size(); ++w) {
                    supporting.insert({{reading_a, w}, {reading_b, w}});
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
    if (effort.control) {
        return judgement;
    }
    std::set<std::string> bodies; // a step is often the same in many layers
    for (const auto& [reading, witness] : is_true(same && distinct) ? supporting : refuting) {
        for (std::string& body : certificates_of(reading, witness)) {
            if (bodies.insert(body).second) {
                attach(judgement, effort, std::move(body));
            }
        }
    }
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
