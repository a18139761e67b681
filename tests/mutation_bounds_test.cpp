#include "tests/changed_statements.hpp"
#include "theorems/support.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

// Wrong statements of Theorem 4.3 and Appendices A and D that a check once left undecided and now
// refutes, and true ones that it left open and now proves; brought to light by `attest mutate`.
namespace attest::mutation_bounds_tests {

using ledger::Statement;
using ledger::Verdict;
using testing::ChangedStatement;
using testing::put;
using theorems::sym;

/// One formula replaced.
ChangedStatement with_formula(const std::string& id, const std::string& name, const Expr& formula,
                              Verdict verdict = Verdict::Fails)
{
    return {id, [=](Statement& s) { put(s, name, formula); }, verdict};
}

std::vector<ChangedStatement> radial_growth()
{
    const Expr t = sym("t");
    const Expr delta = sym("delta");
    const Expr square = (1 - pow(delta, 2)) * t;
    return {
        // Between two long tokens at a small angle, <theta, A> is about 1 - delta/4.
        with_formula("thm4.3/i/pre-ln", "bound", square),
        with_formula("thm4.3/i/pre-ln", "bound", (1 - t) * t),
        // The direction of A turns: r_k falls behind t by a multiple of delta t.
        with_formula("thm4.3/i/peri-ln", "bound", square),
        with_formula("thm4.3/i/peri-ln", "bound", t),
        with_formula("thm4.3/i/peri-ln", "bound", (1 - t) * t),
        // A delta that is far from the least one.
        with_formula("thm4.3/i/peri-ln", "bound", -((1 - delta) * t)),
    };
}

std::vector<ChangedStatement> rates_of_variance()
{
    const Expr delta = sym("delta");
    const Expr tau = sym("tau");
    const Expr rho = sym("rho");
    const auto c = [](long p, long q) { return Expr(Rational(p, q)); };
    const Expr nearly = c(1000001, 1000000) - delta;
    std::vector<ChangedStatement> all = {
        with_formula("thm4.3/ii/mix-ln", "from", 2 * pow(tau, 2) + rho),
        with_formula("thm4.3/ii/mix-ln", "from", 2 * tau + pow(rho, 2)),
        with_formula("thm4.3/ii/mix-ln", "from", 2 + rho),
        with_formula("thm4.3/ii/mix-ln", "from", 2 / tau + rho),
        with_formula("thm4.3/ii/ngpt", "a", 1 / (c(7, 4) * (1 - delta))),
        with_formula("thm4.3/ii/peri-ln", "a", c(17, 20) * (1 + delta)),
    };
    // Many tokens with equal products, nearly orthogonal.
    for (const std::string scheme : {"post-ln", "sqrt-scaling", "ngpt"}) {
        all.push_back(with_formula("thm4.3/ii/" + scheme, "a", c(7, 4) * nearly));
    }
    for (const std::string scheme : {"post-ln", "sqrt-scaling"}) {
        all.push_back(with_formula("thm4.3/ii/" + scheme, "a", c(7, 4) * (1 - pow(delta, 2))));
    }
    for (const std::string scheme : {"pre-ln", "mix-ln"}) {
        const std::string id = "thm4.3/ii/" + scheme;
        const Expr b = scheme == "mix-ln" ? c(13, 3) : c(13, 6);
        for (const Expr& a : {nearly, 1 + delta, Expr(1)}) {
            all.push_back(with_formula(id, "a", c(17, 20) * a));
        }
        for (const Expr& divisor : {nearly, Expr(1)}) {
            all.push_back(with_formula(id, "b", b / divisor));
        }
    }
    all.push_back(with_formula("thm4.3/ii/ngpt", "a", c(7, 4)));
    return all;
}

std::vector<ChangedStatement> appendices()
{
    const Expr q = sym("q");
    const Expr rT = sym("rT");
    const Expr T = sym("T");
    const Expr t = sym("t");
    const Expr c = sym("c");
    const Expr n = sym("n");
    const Expr alpha = sym("alpha");
    const char* line = "appD.3/step1/q-lower";
    const char* rest = "appD.3/remark/peri-ln-rest";
    const auto power = [&](const Expr& p) {
        return with_formula("appD/lemma-d1/summability", "power", p, Verdict::Holds);
    };
    const auto pre = [&](const Expr& bound) {
        return with_formula("cor3.2/chain-1", "rhs", bound, Verdict::Holds);
    };
    return {
        // <theta, A> = 3/5.
        with_formula("appD.3/step1/q-upper", "drift", 1 / sym("thetaA") - q),
        with_formula("appD.3/step1/q-upper", "drift", -sym("thetaA") - q, Verdict::Holds),
        // A line above the magnitude.
        with_formula(line, "line", rT + t - T),
        with_formula(line, "line", rT + (t - T) / c),
        with_formula(line, "line", T + c * (t - T)),
        with_formula(line, "line", t + c * (t - T)),
        with_formula(line, "line", rT + c * (t - rT)),
        with_formula(line, "line", t + c * (rT - T)),
        // Equal tokens with a < |A|, q_min < q_j and beta > n.
        with_formula(rest, "block", sym("a") / (q * sym("Z") * sym("normA"))),
        with_formula(rest, "lower", 1 / (sym("low") * n * exp(sym("beta")))),
        with_formula(rest, "lower", 1 / (sym("high") * n * exp(n))),
        with_formula(rest, "lower", 1 / (sym("beta") * n * exp(sym("high")))),
        // Other negative powers, and one that is not negative.
        power(-1 / (2 * alpha - 1)),
        power(1 - 2 / (2 * alpha - 1)),
        power((1 - alpha / (2 * alpha - 1)) / 2),
        with_formula("appD/lemma-d1/summability", "power", alpha - Expr(Rational(3, 4))),
        // r_j' >= 1/n.
        pre(1 / n),
        pre((sym("E") - (n - 2)) / (n * sym("E"))),
        with_formula("cor3.2/peri-ln-bound", "middle", 1 / n, Verdict::Holds),
        // e^x is the larger, the larger x is, and at least 1.
        with_formula("appA/peri-ln/lower-bound-2", "rhs",
                     2 / (n * exp(sym("beta"))) / sym("r") * (1 - sym("gamma")), Verdict::Holds),
        with_formula("appA/pre-ln/gronwall-bound", "rate",
                     2 / (n - 1 + exp(Expr(Rational(1000001, 1000000)) * sym("beta"))),
                     Verdict::Holds),
    };
}

TEST(MutationBounds, AreDecidedNow)
{
    for (const std::vector<ChangedStatement>& group :
         {radial_growth(), rates_of_variance(), appendices()}) {
        testing::expect_verdicts(group);
    }
}

} // namespace attest::mutation_bounds_tests
