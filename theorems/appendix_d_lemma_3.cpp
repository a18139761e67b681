// Appendix D: Lemma D.3 on products of a symmetric and a positive definite matrix.
#include "attest/proof/certificates.hpp"
#include "theorems/reduction.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// A 2 x 2 matrix with rational entries.
struct Square {
    Rational a11;
    Rational a12;
    Rational a21;
    Rational a22;

    Rational trace() const { return a11 + a22; }
    Rational determinant() const { return a11 * a22 - a12 * a21; }
    bool symmetric() const { return a12 == a21; }
    /// An eigenvalue with positive real part: not (trace <= 0 and determinant >= 0).
    bool unstable() const { return trace() > 0 || determinant() < 0; }
    bool definite() const { return symmetric() && a11 > 0 && determinant() > 0; }
    bool semidefinite() const { return symmetric() && a11 >= 0 && a22 >= 0 && determinant() >= 0; }
    std::string text() const
    {
        return fmt::format("[[{}, {}], [{}, {}]]", to_string(a11), to_string(a12), to_string(a21),
                           to_string(a22));
    }
};

Square square_product(const Square& x, const Square& y)
{
    return {x.a11 * y.a11 + x.a12 * y.a21, x.a11 * y.a12 + x.a12 * y.a22,
            x.a21 * y.a11 + x.a22 * y.a21, x.a21 * y.a12 + x.a22 * y.a22};
}

const std::vector<Square>& unstable_matrices()
{
    static const std::vector<Square> list = {
        {1, 0, 0, 1},   {1, 0, 0, -5}, {0, 1, 1, 0},     {-3, 2, 2, 1},
        {-7, 3, 3, -1}, {2, 9, 9, -4}, {12, -48, 1, -2}, {Rational(1, 100), 0, 0, -100},
    };
    return list;
}

const std::vector<Square>& factors()
{
    static const std::vector<Square> list = {
        {1, 0, 0, 1},   {2, 1, 1, 1}, {Rational(1, 12), 0, 0, 1},
        {5, -2, -2, 1}, {0, 0, 0, 1}, {0, 0, 0, 0},
        {-1, 0, 0, -1}, {1, 3, 3, 1},
    };
    return list;
}

/// "A unstable implies DA unstable" over pairs of matrices: A "symmetric" or "any", D "definite",
/// "semidefinite" or "symmetric".
Judgement check_product(const Statement& statement, const Effort& effort)
{
    const bool any_A = statement.words.at("A") == "any";
    const std::string& D_kind = statement.words.at("D");
    std::size_t count = 0;
    for (const Square& A : unstable_matrices()) {
        for (const Square& D : factors()) {
            const bool admitted = (any_A || A.symmetric())
                                  && (D_kind == "definite"       ? D.definite()
                                      : D_kind == "semidefinite" ? D.semidefinite()
                                                                 : D.symmetric());
            if (!admitted) {
                continue;
            }
            ++count;
            const Square DA = square_product(D, A);
            if (!DA.unstable()) {
                Judgement judgement;
                judgement.evidence.push_back(
                    {"explicit matrices",
                     fmt::format("DA = {} has trace {} and determinant {}", DA.text(),
                                 to_string(DA.trace()), to_string(DA.determinant())),
                     Truth::False,
                     Strength::Exact,
                     {ScopeKind::Points, "a pair of 2 x 2 matrices"}});
                judgement.counterexample = ledger::Counterexample{
                    {{"A", A.text()}, {"D", D.text()}},
                    fmt::format("DA = {}: no eigenvalue with positive real part", DA.text()),
                    fmt::format("attest evaluate '{}' '{}'", to_string(DA.trace()),
                                to_string(DA.determinant()))};
                return judgement;
            }
        }
    }
    // In the eigenbasis of D = diag(p_i^2), in which A stays symmetric: the entries of P^{-1} D A P
    // and the terms of the quadratic form of PAP at P^{-1} x.
    const Expr p = sym("p");
    const Expr q = sym("q");
    const Expr a = sym("a");
    const Expr entry = statement.formulas.at("entry");
    Judgement judgement = all_of(
        {decide_reduced(relation_part(pow(p, 2) * a * q / p, "=", entry), effort,
                        {"entries of P^{-1} D A P and P A P in the eigenbasis of D = P^2", {}, {}},
                        {{{{"p_i, a_ij, p_j", "2, 3, 5"}}, {{"p", 2}, {"a", 3}, {"q", 5}}, {}}},
                        {ScopeKind::All, "all N, symmetric A, symmetric positive definite D"}),
         decide_reduced(
             relation_part((sym("x") / p) * entry * (sym("y") / q), "=", sym("x") * a * sym("y")),
             effort,
             {"terms of <P^{-1}x, PAP P^{-1}x> = <x, Ax>: a direction with <x, Ax> > 0 gives PAP, "
              "which is symmetric and similar to DA, a positive eigenvalue",
              {},
              {}},
             {{{{"p_i, a_ij, p_j", "2, 3, 5"}},
               {{"p", 2}, {"a", 3}, {"q", 5}, {"x", 7}, {"y", 11}},
               {}}},
             {ScopeKind::All, "all N, symmetric A, symmetric positive definite D"})});
    judgement.evidence.push_back(remark("explicit matrices",
                                        fmt::format("{} pairs of 2 x 2 matrices", count),
                                        Truth::True, {ScopeKind::Points, "2 x 2 matrices"}));
    return judgement;
}

void add_positive_eigenvalue(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD/lemma-d3";
    claim.printed.formulas = {{"entry", sym("p") * sym("a") * sym("q")}};
    claim.printed.words = {{"A", "symmetric"}, {"D", "definite"}};
    claim.printed.latex =
        "A = A^\\top \\text{ with a positive eigenvalue},\\ D = D^\\top \\succ 0 "
        "\\implies DA \\text{ has a positive eigenvalue}; \\quad P^{-1}DAP = PAP,\\ "
        "P^2 = D";
    claim.check = check_product;
    claim.faults = {
        fault("A not symmetric", claim.printed, "A", "any"),
        fault("D semidefinite", claim.printed, "D", "semidefinite"),
        fault("D symmetric", claim.printed, "D", "symmetric"),
        fault("PAP^{-1} instead", claim.printed, "entry", sym("p") * sym("a") / sym("q")),
        fault("DAP instead", claim.printed, "entry", pow(sym("p"), 2) * sym("a") * sym("q")),
    };
    claim.witness = "A = diag(1, -5), D = [[2, 1], [1, 1]]";
    registry.add(std::move(claim));
}

/// Numbers a11..a22, d1, d2 and "eigenvalue": A is not symmetric and has that positive eigenvalue,
/// D = diag(d1, d2) is positive, and DA has no eigenvalue with positive real part.
Judgement check_example(const Statement& statement, const Effort& effort)
{
    const auto number = [&](const char* name) { return statement.numbers.at(name); };
    const Square A{number("a11"), number("a12"), number("a21"), number("a22")};
    const Square D{number("d1"), 0, 0, number("d2")};
    const Rational lambda = number("eigenvalue");
    const Square DA = square_product(D, A);
    const Rational characteristic = lambda * lambda - A.trace() * lambda + A.determinant();
    const std::vector<std::pair<std::string, bool>> conditions = {
        {"A is not symmetric", !A.symmetric()},
        {"A has the eigenvalue, which is positive", characteristic == 0 && lambda > 0},
        {"D is positive definite", D.definite()},
        {"DA has no eigenvalue with positive real part", !DA.unstable()}};
    std::string missing;
    for (const auto& [what, holds] : conditions) {
        missing += holds ? "" : (missing.empty() ? "" : "; ") + ("not so: " + what);
    }
    Judgement judgement;
    judgement.evidence.push_back(
        {"exact example",
         missing.empty()
             ? fmt::format("A = {} has the eigenvalue {}; DA = {} has trace {} < 0 and determinant "
                           "{} > 0",
                           A.text(), to_string(lambda), DA.text(), to_string(DA.trace()),
                           to_string(DA.determinant()))
             : missing,
         missing.empty() ? Truth::True : Truth::False,
         Strength::Exact,
         {ScopeKind::All, "one example decides the existence"}});
    if (missing.empty()) {
        const Expr trace = sym("d1") * sym("a11") + sym("d2") * sym("a22");
        const Expr minor = sym("a11") * sym("a22") - sym("a12") * sym("a21");
        const Expr l = sym("eigenvalue");
        const Expr polynomial = l * l - (sym("a11") + sym("a22")) * l + minor;
        for (const auto& [lhs, relation] :
             std::vector<std::pair<Expr, std::string>>{{trace, "<"},
                                                       {sym("d1") * sym("d2") * minor, ">"},
                                                       {polynomial, "<="},
                                                       {polynomial, ">="},
                                                       {sym("a12") - sym("a21"), "!="}}) {
            proof::Point point;
            for (const std::string& name : lhs.symbols()) {
                point[name] = statement.numbers.at(name);
            }
            attach(judgement, effort, proof::point_certificate(lhs, relation, Expr(0), point));
        }
    } else {
        judgement.counterexample = ledger::Counterexample{
            {{"A", A.text()}, {"D", D.text()}, {"eigenvalue", to_string(lambda)}},
            missing,
            fmt::format("attest evaluate '{}' '0'", to_string(characteristic))};
    }
    return judgement;
}

void add_symmetry(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD/lemma-d3/symmetry";
    claim.printed.numbers = {
        {"a11", 12}, {"a12", -48},     {"a21", 1}, {"a22", -2}, {"d1", Rational(1, 12)},
        {"d2", 1},   {"eigenvalue", 4}};
    claim.printed.latex =
        "\\text{for some } A \\ne A^\\top \\text{ with a positive eigenvalue and } D \\succ 0,\\ "
        "DA "
        "\\text{ has none}: \\quad A = \\begin{pmatrix}12 & -48\\\\ 1 & -2\\end{pmatrix},\\ D = "
        "\\mathrm{diag}(\\tfrac1{12}, 1)";
    claim.check = check_example;
    claim.faults = {
        fault("D = I", claim.printed, "d1", Rational(1)),
        fault("D indefinite", claim.printed, "d1", Rational(-1, 12)),
        fault("A symmetric", claim.printed, "a12", Rational(1)),
        fault("another eigenvalue", claim.printed, "eigenvalue", Rational(5)),
        fault("sign of an entry", claim.printed, "a22", Rational(2)),
    };
    claim.witness = "A = [[12, -48], [1, -2]] with eigenvalues 4 and 6, D = diag(1/12, 1)";
    claim.note = "DA = [[1, -4], [1, -2]] has the eigenvalues (-1 +- i sqrt(7))/2";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d_lemma_3(ledger::Registry& registry)
{
    add_positive_eigenvalue(registry);
    add_symmetry(registry);
}

} // namespace attest::theorems
