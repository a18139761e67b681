// Theorem 4.2: the bound, its regime, and what Appendix B proves of it.
#include "attest/numbers/precision.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/appendix_b_tails.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"
#include "theorems/witnesses.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <tuple>

namespace attest::theorems {
namespace {

// --- the theorem --------------------------------------------------------------------------------

/// The same bound with 1/d in place of log n/d and for all n >= 2, d >= 1.
Evidence without_regime()
{
    const Expr d = sym("d");
    const Expr rn = sym("rn");
    const Expr ln = sym("ln");
    const Expr root = sym("root");
    const Expr upper = with_log_symbol(random_quantity("A").upper)
                           .substitute("n", pow(rn, 2))
                           .substitute("L", pow(ln, 2));
    Ranges ranges = regime_ranges();
    ranges.emplace("d", from(1));
    StepsOnRanges steps;
    steps.at_least(16 * (1 + root) * (ln / rn + 1 / d), upper, ranges);
    return remark(
        "without the regime",
        "max |A_j| <= 16 (1 + sqrt(2(a+1))) (sqrt(log n/n) + 1/d) with probability at least "
        "1 - n^-a: no regime is needed, and no logarithm in the second term",
        steps.outcome(), {ScopeKind::All, "all n >= 2, d >= 1, every exponent a > 0"},
        steps.certificates());
}

Judgement check_theorem(const Statement& statement, const Effort& effort)
{
    Judgement judgement = check_tail(statement, effort);
    if (!effort.control && !judgement.counterexample) {
        judgement.evidence.push_back(without_regime());
    }
    return judgement;
}

void add_bound(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr L = log_n();
    const Expr over_n = sqrt(L / n);
    Claim claim;
    claim.id = "thm4.2/bound";
    claim.printed.formulas = {{"bound", over_n + L / d}};
    claim.printed.words = {{"quantity", "A"}, {"probability", "1 - n^-C"}, {"regime", "theorem"}};
    claim.printed.latex =
        "\\mathbb P\\left(\\max_j\\|A_j(0)\\| \\le C\\left(\\sqrt{\\frac{\\log n}n} + "
        "\\frac{\\log n}d\\right)\\right) \\ge 1 - n^{-C} \\qquad (e^{\\sqrt d} \\ge n\\log n "
        "\\ge d)";
    claim.check = check_theorem;
    claim.faults = {fault("log n/d -> log n/d^2", claim.printed, "bound", over_n + L / pow(d, 2)),
                    fault("sqrt(log n/n) -> log n/n", claim.printed, "bound", L / n + L / d),
                    fault("first term dropped", claim.printed, "bound", L / d),
                    fault("second term dropped", claim.printed, "bound", over_n),
                    fault("product of the terms", claim.printed, "bound", over_n * L / d),
                    fault("with probability 1", claim.printed, "probability", std::string("1"))};
    claim.witness = theorem_4_2_witness;
    claim.note =
        "one letter C for the exponent and the bound does as well (C = 287/2); the constant c of "
        "the statement does not occur in it. Q, K, V are fixed before the directions are "
        "drawn. The verdict rests on the proof; samples only show the size";
    registry.add(std::move(claim));
}

// --- two regimes --------------------------------------------------------------------------------

/// a >= b certainly or certainly not, at integers.
Truth at_integers(const Expr& a, const Expr& b, long n, long d)
{
    const std::map<std::string, Ball> point = {{"n", Ball(n)}, {"d", Ball(d)}};
    return less_equal(b.evaluate<Ball>(point), a.evaluate<Ball>(point));
}

/// That a point lies in one regime and not in the other.
void attach_memberships(std::vector<ledger::Certificate>& certificates, bool in_first,
                        const Statement& statement, const proof::Point& point)
{
    const Expr d = sym("d");
    const auto formula = [&](const char* name) { return statement.formulas.at(name); };
    const std::vector<std::tuple<Expr, std::string, Expr>> parts =
        in_first ? std::vector<std::tuple<Expr, std::string, Expr>>{{formula("upper"),
                                                                     ">=", formula("size")},
                                                                    {formula("size"), ">=", d},
                                                                    {d, "<", formula("logarithm")}}
                 : std::vector<std::tuple<Expr, std::string, Expr>>{
                     {formula("size of appendix"), ">=", d},
                     {d, ">=", formula("logarithm")},
                     {formula("upper"), "<", formula("size")}};
    for (const auto& [lhs, relation, rhs] : parts) {
        certificates.push_back(
            {proof::point_certificate(lhs, relation, rhs, restricted_to(point, {lhs, rhs}))});
    }
}

/// Formulas: e^{sqrt d} = "upper" >= "size" >= d against "size of appendix" >= d >= "logarithm";
/// word "relation": "same", "theorem in appendix", "appendix in theorem".
Judgement check_regimes(const Statement& statement, const Effort& effort)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr& upper = statement.formulas.at("upper");
    const Expr& size = statement.formulas.at("size");
    const Expr& size_b = statement.formulas.at("size of appendix");
    const Expr& logarithm = statement.formulas.at("logarithm");
    const std::string& relation = statement.words.at("relation");
    if (relation != "same" && relation != "theorem in appendix"
        && relation != "appendix in theorem") {
        throw InputError(
            fmt::format("relation '{}': must be same, theorem in appendix or appendix in "
                        "theorem",
                        relation));
    }
    constexpr long most_n = 64;
    constexpr long few_d = 24; // a changed size need not grow with d
    Judgement judgement;
    Truth points = Truth::True;
    std::vector<ledger::Certificate> certificates;
    for (long i = 2; i <= most_n && !judgement.counterexample; ++i) {
        for (long j = 1; j <= few_d || is_true(at_integers(size, d, i, j)); ++j) {
            const Truth first = at_integers(upper, size, i, j) && at_integers(size, d, i, j);
            const Truth second = at_integers(size_b, d, i, j) && at_integers(d, logarithm, i, j);
            const Truth only_first = first && !second;
            const Truth only_second = second && !first;
            const Truth wrong = relation == "theorem in appendix"   ? only_first
                                : relation == "appendix in theorem" ? only_second
                                                                    : only_first || only_second;
            points = points && !wrong;
            if (is_true(wrong)) {
                const bool in_first = is_true(first);
                const auto& [a, b] = in_first ? std::pair(d, logarithm) : std::pair(upper, size);
                judgement.counterexample = ledger::Counterexample{
                    {{"n", std::to_string(i)}, {"d", std::to_string(j)}},
                    fmt::format("in the regime of {} only: {} < {}",
                                in_first ? "Theorem 4.2" : "Appendix B", a.text(), b.text()),
                    replay_command(a, b, {{"n", i}, {"d", j}})};
                attach_memberships(certificates, in_first, statement, {{"n", i}, {"d", j}});
                break;
            }
        }
    }
    judgement.evidence.push_back({"integers n, d in balls",
                                  "every n from 2 to 64 and every d with n log n >= d",
                                  points,
                                  Strength::Enclosed,
                                  {ScopeKind::Points, "2 <= n <= 64"},
                                  std::nullopt,
                                  is_false(points)});
    if (!effort.control) {
        judgement.evidence.back().certificates = std::move(certificates);
    }
    if (judgement.counterexample || relation != "theorem in appendix") {
        return judgement;
    }
    // n >= 3: sqrt d = log n + log log n + q with log log n >= 0; n = 2 has d = 1, checked above.
    Evidence item{
        "exact algebra",
        "sqrt d >= log(n log n) = log n + log log n >= log n for n >= 3 (log n >= 1), hence d >= "
        "log^2 n; n = 2 allows d = 1 only, where log^2 2 < 1; n log n >= d is in both",
        Truth::Unknown,
        Strength::Exact,
        {ScopeKind::All, "all n >= 2, d >= 1"}};
    if (upper == exp(sqrt(d)) && size == n * log_n()) {
        StepsOnRanges steps;
        if (!(size_b == size)) {
            // d <= n log n is d <= "size of appendix": n = 2 by the points, n >= 3 here.
            item.detail += "; the size in Appendix B is not smaller";
            steps.at_least(with_log_symbol(size_b).substitute("L", sym("l")), n * sym("l"),
                           {{"n", from(3)}, {"l", from(1)}});
        }
        const Expr l = sym("l");
        const Expr root_d = l + sym("ll") + sym("q");
        steps.at_least(pow(root_d, 2), with_log_symbol(logarithm).substitute("L", l),
                       {{"l", from(1)}, {"ll", from(0)}, {"q", from(0)}});
        item.outcome = steps.outcome();
        if (!effort.control) {
            item.certificates = steps.certificates();
        }
    }
    judgement.evidence.push_back(std::move(item));
    return judgement;
}

void add_regime(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr L = log_n();
    Claim claim;
    claim.id = "thm4.2/regime";
    claim.printed.formulas = {{"upper", exp(sqrt(d))},
                              {"size", n * L},
                              {"size of appendix", n * L},
                              {"logarithm", pow(L, 2)}};
    claim.printed.words = {{"relation", "same"}};
    claim.printed.latex =
        "\\{e^{\\sqrt d} \\ge n\\log n \\ge d\\} = \\{n\\log n \\ge d \\ge \\log^2 n\\}";
    claim.amended = claim.printed;
    claim.amended->words["relation"] = "theorem in appendix";
    claim.amended->latex =
        "\\{e^{\\sqrt d} \\ge n\\log n \\ge d\\} \\subset \\{n\\log n \\ge d \\ge \\log^2 n\\}";
    claim.check = check_regimes;
    const Statement& base = *claim.amended;
    claim.faults = {
        fault("the same set", base, "relation", std::string("same")),
        fault("the other inclusion", base, "relation", std::string("appendix in theorem")),
        fault("log^2 n -> log^3 n", base, "logarithm", pow(L, 3)),
        fault("log^2 n -> 2 log^2 n", base, "logarithm", 2 * pow(L, 2)),
        fault("log^2 n -> n", base, "logarithm", n)};
    claim.witness = theorem_4_2_witness;
    claim.note = "d >= log^2 n says e^{sqrt d} >= n, which is less than e^{sqrt d} >= n log n; the "
                 "theorem is "
                 "stated on the smaller set, so the difference does no harm to it";
    registry.add(std::move(claim));
}

// --- two bounds ---------------------------------------------------------------------------------

/// f <= C g on the region: False along a family, True by algebra with C = 2.
Truth dominated(const Expr& f, const Expr& g, bool small_d, std::vector<std::string>& why,
                std::vector<ledger::Certificate>& certificates)
{
    std::vector<PairFamily> families = {PairFamily::Cube, PairFamily::Square};
    if (!small_d) {
        families.insert(families.begin(), PairFamily::Equal);
    }
    const Expr f_1 = with_log_symbol(f).substitute("L", Expr(1)); // log n >= 1
    for (const PairFamily family : families) {
        const Exceeds exceeds = exceeds_every_multiple(f_1, g, family);
        if (is_true(exceeds.outcome)) {
            why.push_back(fmt::format("{} exceeds every multiple of {} along {}", f.text(),
                                      g.text(), describe(family)));
            for (const std::vector<ledger::Certificate>& more :
                 {exceeds.certificates, membership(family).certificates()}) {
                certificates.insert(certificates.end(), more.begin(), more.end());
            }
            return Truth::False;
        }
    }
    if (!small_d) {
        families.insert(families.end(), PairFamily::Wide);
    }
    families.push_back(PairFamily::Narrow);
    for (const PairFamily family : families) {
        if (const std::optional<Outgrows> found = outgrows(f, g, family)) {
            why.push_back(fmt::format("{} ~ {} exceeds every multiple of {} ~ {} along {}",
                                      f.text(), found->lower.text(), g.text(), found->g.text(),
                                      describe(family)));
            const StepsOnRanges member = membership(family);
            certificates.insert(certificates.end(), member.certificates().begin(),
                                member.certificates().end());
            return is_true(member.outcome()) ? Truth::False : Truth::Unknown;
        }
    }
    // d = sqrt(n log n)/rho (d^2 <= n log n) or d = n log n/rho^2.
    const Expr rn = sym("rn");
    const Expr ln = sym("ln");
    const auto value = [&](const Expr& formula) {
        const Expr plain = with_plain_logs(formula);
        return small_d ? with_log_symbol(plain)
                             .substitute("d", rn * ln / sym("rho"))
                             .substitute("n", pow(rn, 2))
                             .substitute("L", pow(ln, 2))
                       : on_regime(plain);
    };
    const Ranges ranges =
        with_log_ranges(regime_ranges(), {with_plain_logs(f), with_plain_logs(g)});
    for (const long kappa : {2L, 16L, 256L}) {
        StepsOnRanges steps;
        steps.at_least(kappa * value(g), value(f), ranges);
        if (is_true(steps.outcome())) {
            certificates.insert(certificates.end(), steps.certificates().begin(),
                                steps.certificates().end());
            why.push_back(fmt::format("{} <= {} ({})", f.text(), kappa, g.text()));
            return Truth::True;
        }
    }
    why.push_back(fmt::format("{} <= C ({}): no proof found", f.text(), g.text()));
    return Truth::Unknown;
}

/// A pair of the region where one bound is positive and the other one is not: no C > 0 relates
/// them.
std::optional<Judgement> sign_at_pairs(const Expr& first, const Expr& second, bool small_d)
{
    for (const ExplicitPair& pair : regime_pairs()) {
        const Rational room = small_d ? Rational(pair.d * pair.d) : pair.d;
        const PrecisionScope precision(128);
        if (!is_true(less_equal(Ball(room), Ball(pair.n) * log(Ball(pair.n))))) {
            continue;
        }
        const proof::Point point = {{"n", pair.n}, {"d", pair.d}};
        const auto value = [&](const Expr& formula) {
            return proof::evaluate_at(formula, restricted_to(point, {formula}));
        };
        for (const auto& [f, g] : {std::pair(first, second), std::pair(second, first)}) {
            const Ball positive = value(f);
            const Ball other = value(g);
            if (!positive.is_finite() || !other.is_finite()) {
                throw DomainError(fmt::format("a bound has no value at n = {}, d = {}",
                                              to_string(pair.n), to_string(pair.d)));
            }
            if (is_true(is_positive(positive)) && is_true(less_equal(other, Ball(0)))) {
                const std::string at =
                    fmt::format("n = {}, d = {}", to_string(pair.n), to_string(pair.d));
                Judgement judgement =
                    with({}, {"signs at explicit pairs",
                              fmt::format("at {}: {} > 0 and {} <= 0", at, f.text(), g.text()),
                              Truth::False,
                              Strength::Enclosed,
                              {ScopeKind::Points, at + ", every C > 0"}});
                judgement.counterexample = ledger::Counterexample{
                    {{"n", to_string(pair.n)}, {"d", to_string(pair.d)}, {"C", "every C > 0"}},
                    fmt::format("{} is positive and C times {} is not", f.text(), g.text()),
                    replay_command(f, g, restricted_to(point, {f, g}))};
                return judgement;
            }
        }
    }
    return std::nullopt;
}

Judgement check_same_bound(const Statement& statement, const Effort& effort)
{
    const Expr& first = statement.formulas.at("theorem");
    const Expr& second = statement.formulas.at("appendix");
    const std::string& region = statement.words.at("region");
    if (region != "d <= n log n" && region != "d^2 <= n log n") {
        throw InputError(
            fmt::format("region '{}': must be d <= n log n or d^2 <= n log n", region));
    }
    const bool small_d = region == "d^2 <= n log n";
    if (std::optional<Judgement> signs = sign_at_pairs(first, second, small_d)) {
        return *signs;
    }
    std::vector<std::string> why;
    std::vector<ledger::Certificate> certificates;
    const Truth up = dominated(first, second, small_d, why, certificates);
    const Truth down =
        is_false(up) ? Truth::Unknown : dominated(second, first, small_d, why, certificates);
    Evidence item{"rates (exact algebra)",
                  fmt::format("{}", fmt::join(why, "; ")),
                  up && down,
                  Strength::Exact,
                  {ScopeKind::All, fmt::format("all n >= 2, d >= 1 with {}", region)}};
    Judgement judgement;
    if (is_false(item.outcome)) {
        const Rational C = 10;
        const bool upwards = is_false(up);
        const Expr& f = upwards ? first : second;
        const Expr& g = upwards ? second : first;
        for (const PairFamily family : {PairFamily::Equal, PairFamily::Cube}) {
            if (const auto pair = explicit_pair(f, g, C, family);
                pair && !judgement.counterexample) {
                judgement.counterexample = ledger::Counterexample{
                    {{"n", to_string(pair->n)}, {"d", to_string(pair->d)}, {"C", to_string(C)}},
                    fmt::format("{} is more than C times {}", f.text(), g.text()),
                    replay_command(f, Expr(C) * g,
                                   restricted_to({{"n", pair->n}, {"d", pair->d}}, {f, g}))};
            }
        }
        if (!judgement.counterexample) {
            judgement.counterexample = ledger::Counterexample{
                {{"n, d", why.back()}, {"C", "every C > 0"}},
                "the quotient of the two bounds tends to infinity",
                replay_command(f / g, Expr(1), restricted_to({{"n", 10000}, {"d", 100}}, {f, g}))};
        }
    }
    if (!effort.control) {
        item.certificates = std::move(certificates);
    }
    judgement.evidence.push_back(std::move(item));
    return judgement;
}

void add_bound_in_proof(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr L = log_n();
    Claim claim;
    claim.id = "thm4.2/bound-in-proof";
    claim.printed.formulas = {{"theorem", sqrt(L / n) + L / d}, {"appendix", L / d}};
    claim.printed.words = {{"region", "d <= n log n"}};
    claim.printed.latex =
        "C\\left(\\sqrt{\\frac{\\log n}n} + \\frac{\\log n}d\\right) \\;\\text{and}\\; "
        "C\\frac{\\log n}d \\;\\text{are one bound up to } C";
    claim.amended = claim.printed;
    claim.amended->words["region"] = "d^2 <= n log n";
    claim.amended->latex = claim.printed.latex + " \\quad\\text{where}\\; d^2 \\le n\\log n";
    claim.check = check_same_bound;
    const Statement& base = *claim.amended;
    claim.faults = {fault("for all d <= n log n", base, "region", std::string("d <= n log n")),
                    fault("theorem: first term alone", base, "theorem", sqrt(L / n)),
                    fault("appendix: sqrt(log n/n)", base, "appendix", sqrt(L / n)),
                    fault("appendix: log n/d^2", base, "appendix", L / pow(d, 2)),
                    fault("theorem: log n/sqrt(d)", base, "theorem", sqrt(L / n) + L / sqrt(d))};
    claim.witness = theorem_4_2_witness;
    claim.note =
        "the bound of Appendix B is the smaller one, and false where d^2 is large against n log n "
        "(appB/claim)";
    registry.add(std::move(claim));
}

} // namespace

void add_theorem_4_2(ledger::Registry& registry)
{
    add_bound(registry);
    add_regime(registry);
    add_bound_in_proof(registry);
}

} // namespace attest::theorems
