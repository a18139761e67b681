// Table 3 (Appendix D.3) repeats Table 2; its cells are typed here from Appendix D.3 and compared
// with the formulas of Table 2 that the schemes carry.
#include "theorems/particle_claims.hpp"
#include "theorems/units.hpp"

#include "attest/proof/certificates.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// Scheme and column of a cell, "s" or "rdot", and the formula printed there.
struct Cell {
    std::string_view scheme;
    const char* column;
    const char* formula;
};

constexpr std::array<Cell, 11> cells = {{
    {model::PostLN::name, "s", "1"},
    {model::PostLN::name, "rdot", "0"},
    {model::PreLN::name, "s", "r"},
    {model::PreLN::name, "rdot", "thetaA"},
    {model::MixLN::name, "s", "(1-late) + r*late"},
    {model::MixLN::name, "rdot", "thetaA*late"},
    {model::PeriLN::name, "s", "r*normA"},
    {model::NGPT::name, "s", "alpha^-1*normA"},
    {model::NGPT::name, "rdot", "0"},
    {model::SqrtScaling::name, "s", "sqrt(t+1)"},
    {model::SqrtScaling::name, "rdot", "0"},
}};

std::string key(const Cell& cell)
{
    return fmt::format("{}/{}", cell.scheme, cell.column);
}

Expr table_2_cell(std::string_view scheme, std::string_view column)
{
    return model::with_scheme(scheme, [&](auto s) {
        using S = decltype(s);
        return column == "s" ? S::speed_factor(symbolic_token()) : S::r_dot(symbolic_token());
    });
}

/// Every formula equals the cell of Table 2 that its name points to, and together they are all
/// cells but one.
Judgement check_cells(const Statement& statement, const Effort& effort)
{
    std::vector<Statement> parts;
    for (const auto& [name, formula] : statement.formulas) {
        const auto slash = name.find('/');
        parts.push_back(part(formula, table_2_cell(name.substr(0, slash), name.substr(slash + 1))));
    }
    const std::size_t all = 2 * model::scheme_names.size();
    const bool complete =
        parts.size() + 1 == all
        && statement.numbers.at("cells") == Rational(static_cast<long>(parts.size()));
    const Evidence count{"count of cells",
                         fmt::format("{} of {} cells compared, {} stated", parts.size(), all,
                                     to_string(statement.numbers.at("cells"))),
                         truth_of(complete),
                         Strength::Exact,
                         {ScopeKind::All, "Table 3"},
                         std::nullopt,
                         false};
    if (!complete) {
        return with({}, count);
    }
    Judgement judgement = with(decide_token_identities(parts, effort), count);
    return judgement;
}

void add_other_cells(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "table3/other-cells";
    const std::vector<std::string> symbols = {"r", "thetaA", "normA", "alpha", "t", "late"};
    std::string latex;
    for (const Cell& cell : cells) {
        const Expr formula = parse_expr(cell.formula, symbols);
        claim.printed.formulas.emplace(key(cell), formula);
        latex +=
            fmt::format("{}{}: {}", latex.empty() ? "" : ";\\quad ",
                        fmt::format("\\text{{{}}}\\;{}", cell.scheme,
                                    std::string_view(cell.column) == "s" ? "s_j" : "\\dot r_j"),
                        formula.latex());
    }
    claim.printed.latex = latex;
    claim.printed.numbers = {{"cells", 11}};
    claim.check = check_cells;
    for (const Cell& cell : cells) {
        for (Fault& miss : faults_of(claim.printed, key(cell))) {
            miss.change = key(cell) + ": " + miss.change;
            claim.faults.push_back(std::move(miss));
        }
    }
    Fault fewer{"one cell left out", claim.printed};
    fewer.statement.formulas.erase("ngpt/s");
    claim.faults.push_back(std::move(fewer));
    claim.faults.push_back(fault("twelve other cells", claim.printed, "cells", Rational(12)));
    claim.witness = orthonormal_witness;
    registry.add(std::move(claim));
}

/// Tokens with rational lengths everywhere at beta = 0: A_1 is the mean of the two directions.
struct ExactPair {
    Rational cosine;     ///< <theta_1, theta_2>
    Rational norm_A;     ///< |A_1|, with |A_1|^2 = (1 + cosine)/2
    const char* theta_2; ///< theta_1 = (1, 0)
};
const std::vector<ExactPair>& exact_pairs()
{
    static const std::vector<ExactPair> pairs = {
        {Rational(-7, 25), Rational(3, 5), "(-7/25, 24/25)"},
        {Rational(7, 25), Rational(4, 5), "(7/25, 24/25)"},
        {1, 1, "(1, 0)"},
    };
    return pairs;
}

/// The formula "rdot" over the symbol "argument" for <theta_j, A_j(.)>, whose argument the word
/// "argument" names: the whole configuration Theta, or the single token theta_j, on which attention
/// has one weight, 1, and the value V theta_j.
Judgement check_numerator(const Statement& statement, const Effort& effort)
{
    const std::string& argument = statement.words.at("argument");
    const Expr reading = statement.formulas.at("rdot").substitute(
        "argument", argument == "Theta" ? sym("thetaA") : sym("thetaVtheta"));
    const Expr table_2 = table_2_cell(model::PeriLN::name, "rdot");
    if (argument == "Theta") {
        return decide_token_identity(part(reading, table_2), effort);
    }
    Judgement judgement;
    for (const ExactPair& pair : exact_pairs()) {
        const proof::Point point = {{"thetaA", (1 + pair.cosine) / 2},
                                    {"thetaVtheta", 1},
                                    {"normA", pair.norm_A},
                                    {"r", 1}};
        const Rational left = reading.evaluate<Rational>(point);
        const Rational right = table_2.evaluate<Rational>(point);
        if (left != right) {
            judgement.evidence.push_back({"exact evaluation",
                                          "both readings at tokens with rational coordinates",
                                          Truth::False,
                                          Strength::Exact,
                                          {ScopeKind::Points, "n = d = 2, beta = 0, V = I"}});
            judgement.counterexample = ledger::Counterexample{
                {{"n", "2"},
                 {"beta", "0"},
                 {"V", "I"},
                 {"theta_1", "(1, 0)"},
                 {"theta_2", pair.theta_2}},
                fmt::format("with A_j evaluated on the single token r_1' = {}, Table 2 gives {}",
                            to_string(left), to_string(right)),
                replay_command(reading, table_2, point)};
            attach(judgement, effort,
                   proof::point_certificate(reading, "!=", table_2,
                                            restricted_to(point, {reading, table_2})));
            for (std::string& more :
                 pair_certificates(pair.cosine, point.at("thetaA"), pair.norm_A)) {
                attach(judgement, effort, std::move(more));
            }
            break;
        }
    }
    return judgement;
}

void add_peri_ln_r_dot(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "table3/peri-ln/r-dot";
    claim.printed.formulas = {{"rdot", sym("argument") / sym("normA")}};
    claim.printed.words = {{"argument", "theta_j"}};
    claim.printed.latex =
        "\\dot r_j = \\frac{\\langle\\theta_j, A_j(\\theta_j)\\rangle}{\\|A_j(\\Theta)\\|} "
        "\\;\\text{is}\\; \\frac{\\langle\\theta_j, A_j(\\Theta)\\rangle}{\\|A_j(\\Theta)\\|}";
    claim.amended = claim.printed;
    claim.amended->words["argument"] = "Theta";
    claim.amended->latex = "\\dot r_j = \\frac{\\langle\\theta_j, A_j(\\Theta)\\rangle}"
                           "{\\|A_j(\\Theta)\\|}";
    claim.check = check_numerator;
    claim.faults = faults_of(*claim.amended, "rdot");
    claim.faults.push_back(
        fault("attention of the single token", *claim.amended, "argument", "theta_j"));
    claim.faults.push_back(fault("multiplied instead of divided", *claim.amended, "rdot",
                                 sym("argument") * sym("normA")));
    claim.faults.push_back(
        fault("sign changed", *claim.amended, "rdot", -sym("argument") / sym("normA")));
    claim.witness = orthonormal_witness;
    claim.note = "read with the argument that Appendix D.3 gives elsewhere, Theta, the cell agrees "
                 "with Table 2";
    registry.add(std::move(claim));
}

} // namespace

void add_table_3(ledger::Registry& registry)
{
    add_peri_ln_r_dot(registry);
    add_other_cells(registry);
}

} // namespace attest::theorems
