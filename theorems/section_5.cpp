// Section 5: what it says about the other results.
#include "theorems/support.hpp"
#include "theorems/units.hpp"

#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace attest::theorems {
namespace {

// --- every trajectory ----------------------------------------------------------------------------

/// S: the tokens synchronise. R: min_j liminf r_j' = 0. An initial state lies in one of four atoms.
struct Atom {
    bool S;
    bool R;
};
constexpr std::array<Atom, 4> atoms = {
    {{true, false}, {true, true}, {false, true}, {false, false}}};
constexpr std::array<const char*, 4> atom_names = {"S and not R", "S and R", "R and not S",
                                                   "neither S nor R"};

/// Membership of an atom in an event written with S, R and the words below.
bool in_event(const Atom& atom, const std::string& event)
{
    static const std::map<std::string, bool (*)(const Atom&)> events = {
        {"S", [](const Atom& a) { return a.S; }},
        {"R", [](const Atom& a) { return a.R; }},
        {"S or R", [](const Atom& a) { return a.S || a.R; }},
        {"S and R", [](const Atom& a) { return a.S && a.R; }},
        {"S and not R", [](const Atom& a) { return a.S && !a.R; }},
        {"R and not S", [](const Atom& a) { return a.R && !a.S; }},
        {"nothing", [](const Atom&) { return false; }},
    };
    const auto found = events.find(event);
    if (found == events.end()) {
        throw InputError("event '" + event
                         + "' is unknown: must be one of S, R, S or R, S and R, "
                           "S and not R, R and not S, nothing");
    }
    return found->second(atom);
}

/// All that "every" and "almost every" can tell apart of a probability model: whether an atom is
/// empty, nonempty of probability 0, or of positive probability.
enum class AtomSize { Empty, Null, Positive };
using Model = std::array<AtomSize, 4>;

/// The 65 models: 3^4 assignments with at least one atom of positive probability.
std::vector<Model> all_models()
{
    constexpr std::array<AtomSize, 3> sizes = {AtomSize::Empty, AtomSize::Null, AtomSize::Positive};
    std::vector<Model> models;
    for (const AtomSize a : sizes) {
        for (const AtomSize b : sizes) {
            for (const AtomSize c : sizes) {
                for (const AtomSize d : sizes) {
                    const Model model = {a, b, c, d};
                    if (std::find(model.begin(), model.end(), AtomSize::Positive) != model.end()) {
                        models.push_back(model);
                    }
                }
            }
        }
    }
    return models;
}

/// "every" / "almost every" initial state lies in the event.
bool satisfies(const Model& model, const std::string& event, const std::string& quantifier)
{
    if (quantifier != "every" && quantifier != "almost every") {
        throw InputError("quantifier '" + quantifier
                         + "' is unknown: must be every or almost every");
    }
    for (std::size_t k = 0; k < atoms.size(); ++k) {
        const bool allowed = in_event(atoms[k], event) || model[k] == AtomSize::Empty
                             || (quantifier == "almost every" && model[k] == AtomSize::Null);
        if (!allowed) {
            return false;
        }
    }
    return true;
}

std::string describe_model(const Model& model)
{
    std::vector<std::string> parts;
    const auto positive = std::count(model.begin(), model.end(), AtomSize::Positive);
    for (std::size_t k = 0; k < atoms.size(); ++k) {
        if (model[k] == AtomSize::Positive) {
            parts.push_back(
                fmt::format("P({}) = {}", atom_names[k], to_string(Rational(1, positive))));
        } else if (model[k] == AtomSize::Null) {
            parts.push_back(fmt::format("{} nonempty of probability 0", atom_names[k]));
        }
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

// Certificates speak of the probabilities p1, ..., p4 of the atoms: "almost every" initial state
// lies in an event when its probability is 1.

std::string atom_symbol(std::size_t k)
{
    return fmt::format("p{}", k + 1);
}

template <class Contains>
Expr sum_of_atoms(const Contains& contains)
{
    Expr sum(0);
    bool first = true;
    for (std::size_t k = 0; k < atoms.size(); ++k) {
        if (contains(atoms[k])) {
            sum = first ? sym(atom_symbol(k)) : sum + sym(atom_symbol(k));
            first = false;
        }
    }
    return sum;
}

Expr probability(const std::string& event)
{
    return sum_of_atoms([&](const Atom& atom) { return in_event(atom, event); });
}

/// A model of the premise in which the described event has not probability 1: all at one point.
std::vector<std::string> countermodel_certificates(const Model& model, const std::string& theorem,
                                                   const std::string& null_event,
                                                   const std::string& described)
{
    const auto positive = std::count(model.begin(), model.end(), AtomSize::Positive);
    std::vector<std::string> all;
    const auto add = [&](const Expr& lhs, const char* relation, long rhs) {
        proof::Point used;
        for (const std::string& name : lhs.symbols()) {
            const std::size_t k = static_cast<std::size_t>(name.back() - '1');
            used[name] = model.at(k) == AtomSize::Positive ? Rational(1, positive) : Rational(0);
        }
        all.push_back(proof::point_certificate(lhs, relation, Expr(rhs), used));
    };
    for (std::size_t k = 0; k < atoms.size(); ++k) {
        add(sym(atom_symbol(k)), ">=", 0);
    }
    add(sum_of_atoms([](const Atom&) { return true; }), "<=", 1);
    add(probability(theorem), ">=", 1);
    add(probability(null_event), "<=", 0);
    add(probability(described), "<", 1);
    return all;
}

/// P(described) >= P(theorem) - P(null event) for all p1, ..., p4 >= 0, so that it is 1 where the
/// theorem's event has probability 1 and the null event 0.
std::optional<std::string> entailment_certificate(const std::string& theorem,
                                                  const std::string& null_event,
                                                  const std::string& described)
{
    const Expr lhs = probability(described);
    const Expr rhs = probability(theorem) - probability(null_event);
    return proof::at_least_certificate(lhs, rhs, proof::at_least(lhs, rhs));
}

/// For each scheme the theorem's conclusion (word "theorem S", almost surely), together with the
/// hypothesis that event "null event" has probability 0, has to entail that "quantifier" initial
/// state lies in the event of word "described".
Judgement check_entailed_description(const Statement& statement, const Effort& effort)
{
    const std::vector<Model> models = all_models();
    const auto word = [&](const std::string& name) { return statement.words.at(name); };
    Judgement judgement;
    Truth outcome = Truth::True;
    std::vector<std::string> rows;
    std::vector<std::string> countermodel;
    const bool almost = word("quantifier") == "almost every";
    for (const std::string_view scheme : model::scheme_names) {
        const std::string theorem = word("theorem " + std::string(scheme));
        long premises = 0;
        long counter = 0;
        for (const Model& model : models) {
            bool null_event = true;
            for (std::size_t k = 0; k < atoms.size(); ++k) {
                null_event =
                    null_event
                    && !(in_event(atoms[k], word("null event")) && model[k] == AtomSize::Positive);
            }
            if (!null_event || !satisfies(model, theorem, "almost every")) {
                continue;
            }
            ++premises;
            if (satisfies(model, word("described"), word("quantifier"))) {
                continue;
            }
            ++counter;
            if (!judgement.counterexample) {
                judgement.counterexample = ledger::Counterexample{
                    {{"scheme", std::string(scheme)}, {"model", describe_model(model)}},
                    fmt::format("P({}) = 1{} holds here, \"{} initial state: {}\" does not",
                                theorem,
                                word("null event") == "nothing"
                                    ? std::string()
                                    : fmt::format(" with P({}) = 0", word("null event")),
                                word("quantifier"), word("described")),
                    "attest verify sec5/every-trajectory"};
                if (almost && !effort.control) {
                    countermodel = countermodel_certificates(model, theorem, word("null event"),
                                                             word("described"));
                }
            }
        }
        outcome = outcome && truth_of(counter == 0 && premises > 0);
        rows.push_back(fmt::format("{}: {} of {} models of the premise violate the description",
                                   scheme, counter, premises));
    }
    judgement.evidence.push_back({"all probability models over S and R",
                                  fmt::format("{} models (each atom empty, null or positive); {}",
                                              models.size(), fmt::join(rows, "; ")),
                                  outcome,
                                  Strength::Exact,
                                  {ScopeKind::All, "every probability space with events S and R"}});
    for (std::string& one : countermodel) {
        attach(judgement, effort, std::move(one));
    }
    if (is_true(outcome) && almost && !effort.control) {
        std::set<std::string> theorems;
        for (const std::string_view scheme : model::scheme_names) {
            theorems.insert(word("theorem " + std::string(scheme)));
        }
        for (const std::string& theorem : theorems) {
            attach(judgement, effort,
                   entailment_certificate(theorem, word("null event"), word("described")));
        }
    }
    return judgement;
}

void add_every_trajectory(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec5/every-trajectory";
    claim.printed.latex =
        "\\text{Theorem 3.1} \\implies \\mathbb P[S] = 1 \\text{ for all six schemes},\\ S = "
        "\\{\\text{tokens synchronise to 1 cluster}\\}";
    claim.printed.words = {
        {"quantifier", "almost every"}, {"described", "S"}, {"null event", "nothing"}};
    for (const std::string_view scheme : model::scheme_names) {
        const bool unconditional =
            scheme == "post-ln" || scheme == "ngpt" || scheme == "sqrt-scaling";
        claim.printed.words["theorem " + std::string(scheme)] = unconditional ? "S" : "S or R";
    }
    claim.amended = claim.printed;
    claim.amended->latex =
        "\\text{Theorem 3.1} \\implies \\mathbb P[S] = 1 \\text{ for Post-LN, nGPT, sqrt-scaling, "
        "and for Pre-LN, Mix-LN, Peri-LN if } \\mathbb P[R \\setminus S] = 0,\\ R = \\{\\min_j "
        "\\liminf_{t\\to\\infty} \\dot r_j = 0\\}";
    claim.amended->words.at("null event") = "R and not S";
    claim.check = check_entailed_description;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("almost every -> every", holds, "quantifier", std::string("every")),
        fault("hypothesis dropped", holds, "null event", std::string("nothing")),
        fault("P(R and not S) = 0 -> P(S and R) = 0", holds, "null event", std::string("S and R")),
        fault("P(R and not S) = 0 -> P(S and not R) = 0", holds, "null event",
              std::string("S and not R")),
        fault("described: S -> S and not R", holds, "described", std::string("S and not R")),
        fault("Theorem for Post-LN weakened to S or R, hypothesis on S and R", holds, "null event",
              std::string("S and R")),
    };
    claim.faults.back().statement.words.at("theorem post-ln") = "S or R";
    claim.depends_on = {"cor3.2/statement"};
    claim.witness = "a two-point probability space";
    claim.note =
        "a comparison of texts: does the theorem as printed say what Section 5 and the openings of "
        "Appendices A and D say of it? The weaker reading (almost every) is decided; every "
        "trajectory does not follow for any scheme, and two antipodal tokens, which stay where "
        "they "
        "are, are an exception to it. The hypothesis of the amended form holds for Pre-LN and "
        "Peri-LN with n <= e^beta by Corollary 3.2. Whether P(R and not S) = 0 for the dynamics "
        "themselves is not decided here";
    registry.add(std::move(claim));
}

} // namespace

void add_section_5(ledger::Registry& registry)
{
    add_every_trajectory(registry);
}

} // namespace attest::theorems
