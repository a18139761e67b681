// Section 4, opening: what representation collapse means, here and elsewhere in the paper.
#include "theorems/collapse_readings.hpp"
#include "theorems/support.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace attest::theorems {
namespace {

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
                        {{"trajectory", collapse_witnesses()[witness]}, {"term", term_a}},
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
                for (std::size_t w = 0; w < collapse_witnesses().size(); ++w) {
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
                     collapse_witnesses().size(), collapse_depth,
                     clashes.empty() ? "none" : fmt::format("{}", fmt::join(clashes, "; "))),
         same && distinct,
         Strength::Exact,
         {ScopeKind::Points, fmt::format("{} witness trajectories", collapse_witnesses().size())}});
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
