// Appendix D.3: Lemma D.1 on a product of spheres.
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// F(x) = E(x/|x|^p). For |x| = 1: x + h v over |x + h v|^p is x + h (v - p <x, v> x) + O(h^2), so
/// that <grad F, v> = <g, v> - p <x, v><g, x>, g = grad E(x).
Judgement check_on_sphere(const Statement& statement, const Effort& effort)
{
    const Expr& p = statement.formulas.at("power");
    const Expr xv = sym("xv");
    const Expr gx = sym("gx");
    const Expr gv = sym("gv");
    // |x + h v|^{-p} = exp(-(p/2) log |x + h v|^2) to first order in h; |x| = 1.
    const FirstOrder<Expr> square(Expr(1), 2 * xv);
    const Expr slope = -(p / 2) * square.slope / square.value;
    // Coefficients of g in the two directions v and x.
    const Expr extended = gv + slope * gx;
    const Expr spherical = gv - gx * xv; // <P g, v>
    std::vector<Instance> instances;
    for (const auto& [g1, g2] : {std::pair(1, 2), std::pair(-3, 1)}) {
        instances.push_back({{{"d", "2"},
                              {"x", "e_1"},
                              {"v", "(1, 1)"},
                              {"grad E(x)", fmt::format("({}, {})", g1, g2)}},
                             {{"xv", 1}, {"gx", g1}, {"gv", g1 + g2}},
                             {}});
    }
    const Scope scope{ScopeKind::All, "all n, d, analytic E on a neighbourhood of the spheres, "
                                      "positive blocks of M"};
    Judgement judgement = decide_reduced(
        relation_part(extended, "=", spherical), effort,
        {"F(x) = E(x/|x|) block by block, analytic where no block is 0: at |x_j| = 1 its gradient "
         "is P_j grad_j E, so that a path on the spheres with theta_j' = -(1/m_j) P_j grad_j E "
         "solves x' = -M grad F in R^{dn}, M with the blocks I/m_j; its limit is critical for the "
         "spherical gradient",
         {},
         {}},
        instances, scope);
    if (judgement.counterexample) {
        return judgement;
    }
    // The spheres are invariant: <x, grad F> = 0 (v = x: <x, v> = 1, <g, v> = <g, x>).
    Judgement invariant = decide_reduced(
        relation_part(extended.substitute("xv", Expr(1)).substitute("gv", gx), "=", Expr(0)),
        effort, {"along v = x nothing changes: |x_j| stays 1", {}, {}}, {}, scope);
    return both(std::move(judgement), std::move(invariant));
}

void add_on_sphere(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/lemma-d1-on-sphere";
    claim.printed.formulas = {{"power", Expr(1)}};
    claim.printed.latex =
        "F(x) = E(x_1/|x_1|, \\dots, x_n/|x_n|): \\quad \\nabla_jF = P_j\\nabla_jE \\text{ at } "
        "|x_j| = 1, \\quad \\dot\\theta = -M\\nabla F \\text{ with } M = \\mathrm{diag}(I/m_j)";
    claim.check = check_on_sphere;
    claim.faults = {
        fault("E itself, not extended radially", claim.printed, "power", Expr(0)),
        fault("x/|x|^2", claim.printed, "power", Expr(2)),
        fault("x/sqrt|x|", claim.printed, "power", Expr(Rational(1, 2))),
        fault("x |x|", claim.printed, "power", Expr(-1)),
        fault("1 -> 1000001/1000000", claim.printed, "power", Expr(Rational(1000001, 1000000))),
    };
    claim.depends_on = {"appD/lemma-d1", "appD.3/step2/gradient-form"};
    claim.witness = "n = d = 2, theta_1 = e_1, theta_2 = e_2, beta = 1";
    claim.note = "the paper does not say how the lemma passes from R^N to the spheres; the radial "
                 "extension is one way. With C I > M > lambda I for the block-diagonal M in R^{dn}";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d_sphere(ledger::Registry& registry)
{
    add_on_sphere(registry);
}

} // namespace attest::theorems
