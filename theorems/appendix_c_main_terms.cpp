// Appendix C: from equations (4) and (5) to the rates of Theorem 4.3.
#include "attest/model/schemes.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "theorems/appendix_c_proofs.hpp"
#include "theorems/clouds.hpp"
#include "theorems/limit_plots.hpp"
#include "theorems/real_values.hpp"
#include "theorems/theorem_4_3_proof.hpp"
#include "theorems/theorem_4_3_runs.hpp"
#include "theorems/token_moments.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::theorems {
namespace {

// --- the variance of Section 4.3 and of Appendix C ----------------------------------------------

/// Formulas "factor P" and "term P" for the places P: the place's variance is factor times the sum
/// over k of the term, over a = <theta_k, mean> and b = |mean|^2; "closed" is a formula of b. All
/// are the same.
Judgement check_definitions(const Statement& statement, const Effort& effort)
{
    const auto place = [&](const std::string& name) {
        const Expr mean = token_mean(statement.formulas.at("term " + name))
                              .substitute("mean_a2", sym("sumaa") / sym("n"));
        return statement.formulas.at("factor " + name) * sym("n") * mean;
    };
    const Reduction reduction{"|theta_k - mean|^2 = 1 - 2a + b, the mean of a is b", {}, {}};
    const Expr here = place("Section 4.3");
    Judgement same = decide_reduced(relation_part(here, "=", place("Appendix C")), effort,
                                    reduction, all_cloud_values(), all_directions());
    if (same.counterexample) {
        return same;
    }
    Judgement closed = decide_reduced(relation_part(here, "=", statement.formulas.at("closed")),
                                      effort, reduction, all_cloud_values(), all_directions());
    return closed.counterexample ? closed : all_of({same, closed});
}

void add_definitions(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr distance = 1 - 2 * sym("a") + sym("b");
    Claim claim;
    claim.id = "appC/variance-definition";
    claim.printed.formulas = {{"factor Section 4.3", 1 / n},
                              {"term Section 4.3", distance},
                              {"factor Appendix C", 1 / n},
                              {"term Appendix C", distance},
                              {"closed", 1 - sym("b")}};
    claim.printed.latex =
        "\\mathrm{Var}(t) = \\tfrac1n\\textstyle\\sum_k\\|\\theta_k - \\bar\\theta\\|^2 \\text{ "
        "(Section 4.3)} = \\mathcal V(t) \\text{ (Appendix C)} = 1 - \\|\\bar\\theta\\|^2";
    claim.check = check_definitions;
    claim.faults = {
        fault("1/n -> 1/(n - 1) in Appendix C", claim.printed, "factor Appendix C", 1 / (n - 1)),
        fault("1/n -> 1 in Section 4.3", claim.printed, "factor Section 4.3", Expr(1)),
        fault("square of the distance squared", claim.printed, "term Appendix C", pow(distance, 2)),
        fault("distance from the origin", claim.printed, "term Section 4.3", Expr(1)),
        fault("1 - |mean|^4", claim.printed, "closed", 1 - pow(sym("b"), 2)),
    };
    claim.witness = cone_witness;
    claim.note = "both places print (1/n) sum_k |theta_k - thetabar|^2 with the same thetabar";
    registry.add(std::move(claim));
}

// --- main terms of (4) --------------------------------------------------------------------------

/// n = 8, beta = 1, max s = 3 min s = 15 in the symbols of check_main_terms.
std::map<std::string, Ball> eight_tokens(const Ball& gamma)
{
    return {{"gamma", gamma},   {"beta", Ball(1)}, {"r", Ball(2)},
            {"alpha", Ball(1)}, {"r0", Ball(3)},   {"t", Ball(5)}};
}

/// How a quotient of elementary functions fails to tend to 1 as gamma -> 1. A finite ball at gamma
/// = 1 is the limit, because such a quotient is continuous where it has a value; where it has none,
/// growth is read off at V = 10^-40.
std::optional<std::string> wrong_limit(const Expr& quotient)
{
    const Ball one(1);
    const Ball end = quotient.evaluate<Ball>(eight_tokens(one));
    const std::map<std::string, Ball> near = eight_tokens(one - Ball(pow(Rational(1, 10), 20)));
    if (end.is_finite()) {
        return end.contains(Rational(1))
                   ? std::nullopt
                   : std::optional(fmt::format("tends to {}", end.to_string(12)));
    }
    if (const std::optional<Expr> negative = negative_argument(quotient, near)) {
        return fmt::format("has no real value: {} is negative under a root", negative->text());
    }
    const Ball distance = abs(quotient.evaluate<Ball>(near) - one);
    return is_true(less(Ball(Rational(1, 100)), distance))
               ? std::optional(fmt::format("is {} from 1 at V = 1e-40", distance.to_string(8)))
               : std::nullopt;
}

/// Formulas "upper", "lower": the two sides of (4) divided by V, with g = e^{beta sqrt(2 delta)} -
/// 1; "main upper", "main lower". The statement: each side over its main term tends to 1 as V -> 0.
Judgement check_main_terms(const Statement& statement, const Effort& effort)
{
    // V = v^2, v = 1 - gamma; 2 delta <= 4nV: x <= 2 beta sqrt(n) v, g = part x/(1 - x). The names
    // are those that limit certificates know: n = 2 r^2, x <= 3 beta r v, alpha = part, r0 = max
    // s/min s, t = min s.
    const Expr v = 1 - sym("gamma");
    const Expr x = 3 * sym("beta") * sym("r") * v;
    const auto at_v = [&](const Expr& formula) {
        return formula.substitute("g", sym("alpha") * x / (1 - x))
            .substitute("maxs", sym("r0") * sym("t"))
            .substitute("mins", sym("t"))
            .substitute("V", v * v)
            .substitute("n", 2 * pow(sym("r"), 2));
    };
    // V = v^4 and g = 2 part^2 v^2, for statements with a root of g.
    const auto rooted = [&](const std::string& side) {
        const auto put = [&](const std::string& name) {
            return with_roots(statement.formulas.at(name))
                .substitute("g", 2 * pow(sym("alpha") * v, 2))
                .substitute("maxs", sym("r0") * sym("t"))
                .substitute("mins", sym("t"))
                .substitute("V", pow(v, 4))
                .substitute("n", 2 * pow(sym("r"), 2));
        };
        return put(side) / put("main " + side);
    };
    ToldSteps steps;
    LimitPlot plot{"\\text{side of (4)}/\\text{main term}", "\\mathcal V", "1", {}};
    for (const std::string side : {"upper", "lower"}) {
        const Expr quotient =
            at_v(statement.formulas.at(side)) / at_v(statement.formulas.at("main " + side));
        const auto quotient_at = [&](long k) {
            return quotient.evaluate<Ball>(eight_tokens(1 - Ball(pow(Rational(1, 10), k))));
        };
        const PrecisionScope precision(bits_for_digits(effort.digits) + 160);
        if (!effort.control) {
            Course course;
            course.label = side + " side, n=8, beta=1, max s = 3 min s";
            for (long k = 1; k <= 20; ++k) {
                add_point(course, Ball(pow(Rational(1, 100), k)), quotient_at(k));
            }
            add_course(plot, std::move(course));
        }
        if (const std::optional<std::string> wrong = wrong_limit(quotient)) {
            Judgement judgement;
            judgement.evidence.push_back(
                {"ball arithmetic at V = 0",
                 fmt::format("{} side over its main term {}", side, *wrong),
                 Truth::False,
                 Strength::Enclosed,
                 {ScopeKind::Points, "n = 8, beta = 1, max s = 3 min s = 15"}});
            attach_plot(judgement.evidence.back(), std::move(plot));
            judgement.counterexample = ledger::Counterexample{{{"n", "8"},
                                                               {"beta", "1"},
                                                               {"min s, max s", "5, 15"},
                                                               {"V", "-> 0"},
                                                               {"delta", "2nV"}},
                                                              judgement.evidence.back().detail,
                                                              "attest show appC/main-terms"};
            return judgement;
        }
        const Expr direct = with_roots(quotient);
        steps.limit_at_one(
            side
                + " side of (4) over its main term -> 1 as V -> 0 (delta <= 2nV, "
                  "max s/min s bounded)",
            is_true(proof::limit_at_one(direct, Expr(1)).outcome) ? direct : rooted(side), Expr(1));
    }
    Judgement judgement;
    judgement.evidence.push_back(steps.evidence(
        "exact algebra", "main terms",
        cone(", V = I, s_k > 0 with max s/min s bounded as V -> 0 (appC/min-max-s)")));
    attach_plot(judgement.evidence.back(), std::move(plot));
    if (effort.control) {
        judgement.evidence.back().certificates.clear();
    }
    return judgement;
}

void add_main_terms(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    const Expr second = 2 * sqrt(2 * n) * sym("g");
    Claim claim;
    claim.id = "appC/main-terms";
    claim.printed.formulas = {{"upper", (-2 + 2 * n * V) / sym("maxs") + second / sym("mins")},
                              {"lower", (-2 * V + 2 * pow(V, 2) - second) / sym("mins")},
                              {"main upper", -2 / sym("maxs")},
                              {"main lower", -2 / sym("mins")}};
    const std::string conclusion =
        "-\\frac{2(1+o(1))}{\\min_k s_k}\\mathcal V \\le \\mathcal V' \\le "
        "-\\frac{2(1+o(1))}{\\max_k s_k}\\mathcal V \\quad (\\mathcal V \\to 0)";
    claim.printed.latex = "\\text{(4) as printed} \\implies " + conclusion;
    claim.amended = claim.printed;
    claim.amended->formulas.insert_or_assign("lower", (-2 + 2 * V - second) / sym("mins"));
    claim.amended->latex =
        "\\text{(4) with the right side } \\tfrac{-2 + 2\\mathcal V - "
        "2\\sqrt{2n}(e^{\\beta\\sqrt{2\\delta}} - 1)}{\\min_k s_k}\\mathcal V, \\text{ and } "
        "\\tfrac{\\max_k s_k}{\\min_k s_k} \\text{ bounded} \\implies "
        + conclusion;
    claim.check = check_main_terms;
    const Statement& base = *claim.amended;
    claim.faults = {
        fault("right side of (4) with one V too many", base, "lower",
              (-2 * V + 2 * pow(V, 2) - second) / sym("mins")),
        fault("-2V/max s -> -V/max s", base, "main upper", -1 / sym("maxs")),
        fault("max and min exchanged", base, "main lower", -2 / sym("maxs")),
        fault("-2 -> -3 below", base, "main lower", -3 / sym("mins")),
        fault("2nV -> 2n", base, "upper", (-2 + 2 * n) / sym("maxs")),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/eq4/upper", "appC/diameter/chain"};
    claim.note =
        "an inference from (4), judged like appC/rates-from-eq5 from (5): the print of (4) "
        "has one factor V too many on the right, with which -2V/min s is not its main "
        "term (appC/eq4/lower); its derivation gives the amended form. V -> 0 makes delta "
        "<= 2nV small";
    registry.add(std::move(claim));
}

// --- min s ~ max s
// ----------------------------------------------------------------------------------

/// Number "limit": of min s/max s; word "way": "along trajectories" (t -> infinity) or "at a fixed
/// time" (over starts with V -> 0).
Judgement check_min_max(const Statement& statement, const Effort& effort)
{
    const Rational& limit = statement.numbers.at("limit");
    Judgement judgement;
    if (limit != 1) {
        judgement.evidence.push_back({"Post-LN",
                                      "s_k = 1 for all k and t: the quotient is 1",
                                      Truth::False,
                                      Strength::Exact,
                                      {ScopeKind::Points, "Post-LN"}});
        judgement.counterexample =
            ledger::Counterexample{{{"scheme", "post-ln"}},
                                   "min s/max s = 1",
                                   fmt::format("attest evaluate '1' '{}'", to_string(limit))};
        return judgement;
    }
    if (statement.words.at("way") != "along trajectories") {
        judgement.evidence.push_back({"Pre-LN at t = 0",
                                      "r_1(0) = 1, r_2(0) = 2: min s/max s = 1/2 for every V > 0",
                                      Truth::False,
                                      Strength::Exact,
                                      {ScopeKind::Points, "Pre-LN, t = 0"}});
        judgement.counterexample = ledger::Counterexample{
            {{"scheme", "pre-ln"}, {"r_k(0)", "1, 2"}, {"t", "0"}, {"V", "any"}},
            "min s/max s = 1/2",
            "attest evaluate '1/2' '1'"};
        return judgement;
    }
    judgement.evidence.push_back(equal_speed_steps().evidence(
        "exact algebra",
        "V -> 0 makes all products >= 1 - 2nV -> 1, hence r_k' -> 1 and |A_k| -> 1; Post-LN and "
        "sqrt-scaling have equal s_k",
        cone(", V = I, r_k(0) > 0, six schemes, along trajectories with 0 < V -> 0")));
    if (effort.control) {
        return judgement;
    }
    double least = 1;
    std::size_t count = 0;
    LimitPlot plot{"\\min_k s_k/\\max_k s_k", "\\mathcal V", "1", {}};
    const auto speeds = [](const ConeMoment& moment) { return moment.least_s / moment.largest_s; };
    for (const std::string_view scheme : model::scheme_names) {
        Course course;
        course.label = scheme;
        for (const ConeRun& run : cone_runs(scheme, effort)) {
            ++count;
            least = std::min(least, speeds(run.moments.back()));
            if (course.x.empty() && run.moments.size() > 1) {
                const std::size_t stride = (run.moments.size() + 29) / 30;
                for (std::size_t k = 0; k < run.moments.size(); k += stride) {
                    add_point(course, run.moments[k].variance, speeds(run.moments[k]));
                }
            }
        }
        add_course(plot, std::move(course));
    }
    Evidence numbers{"trajectories (Runge-Kutta in double precision)",
                     fmt::format("min s/max s at the end of every run is at least {:.6f}", least),
                     truth_of(least > 0.99),
                     Strength::Numeric,
                     {ScopeKind::Sample, fmt::format("{} starts in the cone", count)}};
    numbers.carries = false;
    attach_plot(numbers, std::move(plot));
    judgement.evidence.push_back(std::move(numbers));
    return judgement;
}

void add_min_max(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appC/min-max-s";
    claim.printed.numbers = {{"limit", 1}};
    claim.printed.words = {{"way", "along trajectories"}};
    claim.printed.latex =
        "\\min_k s_k/\\max_k s_k \\to 1 \\text{ along every trajectory on which } "
        "0 < \\mathcal V \\to 0";
    claim.check = check_min_max;
    claim.faults = {
        fault("limit 1/2", claim.printed, "limit", Rational(1, 2)),
        fault("limit 999/1000", claim.printed, "limit", Rational(999, 1000)),
        fault("over starts at a fixed time", claim.printed, "way", "at a fixed time"),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/diameter/chain"};
    claim.note = "as V -> 0 is read along a trajectory, where it means t -> infinity; over all "
                 "states with small V it would be false, since r_k(0) may differ";
    registry.add(std::move(claim));
}

// --- from (5) to the rates
// ------------------------------------------------------------------------

struct SchemeRange {
    std::string name;
    Expr smin; ///< over t, delta, c = sqrt(1 - delta), alpha, tau, rho = max r_k
    Expr smax;
    Rational b;
};

std::vector<SchemeRange> amended_ranges()
{
    const Expr t = sym("t");
    const Expr c2 = 1 - sym("delta");
    const Expr rho = sym("rho");
    const Expr grown = t - sym("tau");
    const Rational usual(12, 5);
    return {{"post-ln", Expr(1), Expr(1), usual},
            {"pre-ln", c2 * t, rho + t, usual},
            {"peri-ln", sym("c") * c2 * t, rho + t, usual},
            {"ngpt", sym("c") / sym("alpha"), 1 / sym("alpha"), usual},
            {"mix-ln", c2 * grown, rho + grown, 2 * usual},
            {"sqrt-scaling", sqrt(t + 1), sqrt(t + 1), usual}};
}

/// Formulas "first", "second": (5) says V'/V <= first/max s + second/(max s or min s: word
/// "second over") and V'/V >= (-2 - second)/min s. Number "cone", if given: delta < 1/(cone n^2).
/// "a S", "b S": the constants that the substitution has to give for scheme S.
Judgement check_rates(const Statement& statement, const Effort& effort)
{
    const Expr& first = statement.formulas.at("first");
    const Expr& second = statement.formulas.at("second");
    const auto narrow = statement.numbers.find("cone");
    if (narrow == statement.numbers.end()) {
        // Every premise is met by the antipodal pair, s_k = 1, V' = 0.
        const Expr coefficient = first + second;
        Judgement judgement = decide_at_instances(
            relation_part(coefficient, "<", Expr(0)), effort,
            {{{{"n", "2"}, {"beta", "1/1000"}, {"delta", "2"}, {"scheme", "post-ln"}},
              {{"n", 2}, {"delta", 2}},
              {}}});
        if (judgement.counterexample) {
            judgement.counterexample->shows +=
                ": (5) and s_k = 1 allow V' = 0, which two antipodal tokens have, and "
                "no constant a > 0 follows";
        }
        return judgement;
    }
    Ranges ranges = {{"w", from(1)},     {"part", between(0, 1)}, {"rho", from(0)},
                     {"tau", from(0)},   {"later", from(0)},      {"alpha", from(0)},
                     {"extra", from(0)}, {"root", from(1)}};
    const Expr n = 2 * pow(sym("w"), 2);
    const Expr delta = sym("part") / (Expr(narrow->second) * n * n);
    const bool over_max = statement.words.at("second over") == "max";
    ToldSteps steps;
    for (const SchemeRange& range : amended_ranges()) {
        const ConeRate rate = cone_rate(range.name);
        const auto put = [&](const Expr& formula) {
            Expr result = formula.substitute("c", 1 - sym("delta") + sym("extra"));
            result = range.name == "sqrt-scaling"
                         ? result.substitute("t", pow(sym("root"), 2) - 1)
                         : result.substitute("t", rate.from + sym("later"));
            return result.substitute("delta", delta).substitute("n", n);
        };
        const Expr a = statement.formulas.at("a " + range.name) * rate.clock;
        const Expr b = statement.formulas.at("b " + range.name) * rate.clock;
        const Expr above = first / range.smax + second / (over_max ? range.smax : range.smin);
        const Expr below = (-2 - second) / range.smin;
        // delta -> 0, n = 2, r_k(0) and t such that the bounds are sharp: where a claim is false
        // already there, it is refuted. And c = sqrt(1 - delta) almost at the end of the cone.
        const Rational edge = 1 - 1 / (2 * narrow->second * 4);
        std::vector<Instance> sharp = {
            {{{"scheme", range.name},
              {"n", "2"},
              {"delta", "0"},
              {"t", "8"},
              {"tau", "0"},
              {"rho", "0"},
              {"alpha_t", "1"}},
             {{"n", 2}, {"delta", 0}, {"c", 1}, {"t", 8}, {"tau", 0}, {"rho", 0}, {"alpha", 1}},
             {}},
            {{{"scheme", range.name},
              {"n", "2"},
              {"delta", "0"},
              {"t", "8"},
              {"tau", "0"},
              {"rho", "8"},
              {"alpha_t", "1"}},
             {{"n", 2}, {"delta", 0}, {"c", 1}, {"t", 8}, {"tau", 0}, {"rho", 8}, {"alpha", 1}},
             {}}};
        // t = 2 tau + max r_k.
        sharp.push_back(sharp.front());
        sharp.back().what[4].second = "4";
        sharp.back().exact.insert_or_assign("tau", 4);
        // A cone beyond delta = 1 has a token pair with c = 1/5.
        const Rational nearest = edge > 0 ? edge : Rational(1, 5);
        for (const std::size_t k : {0U, 1U}) {
            Instance wide = sharp[k];
            const Rational width = 1 - nearest * nearest;
            wide.what[2].second = to_string(width);
            wide.exact.insert_or_assign("delta", width);
            wide.exact.insert_or_assign("c", nearest);
            sharp.push_back(std::move(wide));
        }
        for (const auto& [lhs, rhs] : {std::pair(-a, above), std::pair(below, -b)}) {
            Judgement one = decide_at_instances(relation_part(lhs, ">=", rhs), effort, sharp);
            if (one.counterexample) {
                return one;
            }
        }
        steps.at_least(range.name + ": the left side of (5) is <= -a clock", -put(above), put(a),
                       ranges);
        steps.at_least(range.name + ": the right side of (5) is >= -b clock", put(b), -put(below),
                       ranges);
    }
    Judgement judgement;
    judgement.evidence.push_back(steps.evidence(
        "exact algebra", "substitution of the ranges of s_k into (5)",
        {ScopeKind::All, "all n >= 2, beta >= 0, delta < 1/(100 n^2 max(1, beta^2)), t from "
                         "max r_k(0) (Mix-LN: 2 tau + max r_k(tau)) on for the growing schemes"}));
    if (effort.control) {
        judgement.evidence.back().certificates.clear();
    }
    return judgement;
}

void add_rates(ledger::Registry& registry)
{
    const Expr n = sym("n");
    Claim claim;
    claim.id = "appC/rates-from-eq5";
    claim.printed.formulas = {{"first", -2 + 2 * n * sym("delta")},
                              {"second", sqrt(Expr(2)) / (3 * sqrt(n))}};
    claim.printed.words = {{"second over", "max"}};
    claim.printed.latex = "\\text{(5) and the ranges of } s_k \\text{ imply the six rates of "
                          "Theorem 4.3 (ii)} \\quad "
                          "(\\delta < \\tfrac{1}{100n^2\\beta^2})";
    claim.amended = claim.printed;
    claim.amended->words["second over"] = "min";
    claim.amended->numbers = {{"cone", 100}};
    for (const SchemeRange& range : amended_ranges()) {
        const bool grows =
            range.name == "pre-ln" || range.name == "peri-ln" || range.name == "mix-ln";
        claim.amended->formulas.insert_or_assign("a " + range.name,
                                                 grows ? ratio(13, 20) : ratio(33, 20));
        claim.amended->formulas.insert_or_assign("b " + range.name, Expr(range.b));
    }
    claim.amended->latex =
        "\\text{amended (5) and the amended ranges of } s_k \\text{ give } -b\\,\\kappa\\,\\mathrm{"
        "Var} \\le \\mathrm{Var}' \\le -a\\,\\kappa\\,\\mathrm{Var} \\quad (\\delta < "
        "\\tfrac{1}{100n^2\\max(1,\\beta^2)}),\\ \\kappa = 1, \\tfrac1t, \\tfrac1t, \\alpha_t, "
        "\\tfrac1t, \\tfrac1{\\sqrt{t+1}} \\text{ (Post, Pre, Peri, nGPT, Mix, sqrt)},\\ a = "
        "\\tfrac{33}{20} \\text{ (growing: } \\tfrac{13}{20}),\\ b = \\tfrac{12}{5} \\text{ (Mix: "
        "} \\tfrac{24}{5})";
    claim.check = check_rates;
    const Statement& holds = *claim.amended;
    Statement wide = holds;
    wide.numbers.erase("cone");
    claim.faults = {
        {"the cone as printed", wide},
        fault("a = 5/3 + 1/100 for Post-LN", holds, "a post-ln", ratio(5, 3) + ratio(1, 100)),
        fault("a = 7/10 for Pre-LN", holds, "a pre-ln", ratio(7, 10)),
        fault("b = 2 for Post-LN", holds, "b post-ln", Expr(2)),
        fault("-2 -> -1 in (5)", holds, "first", -1 + 2 * n * sym("delta")),
        fault("1/3 -> 1 in (5)", holds, "second", sqrt(Expr(2)) / sqrt(n)),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/eq5/lower", "appC/constants"};
    claim.note = "an inference: printed (5) has a positive coefficient for some deltas that the "
                 "printed cone allows (appC/eq5/coefficient-sign), divides its second term by max "
                 "s, and the printed ranges leave out r_k(0) and have alpha_t on the wrong side. "
                 "thm4.3/ii/* have better constants, for all delta < 1, from a sharper form of (4)";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c_main_terms(ledger::Registry& registry)
{
    add_definitions(registry);
    add_main_terms(registry);
    add_min_max(registry);
    add_rates(registry);
}

} // namespace attest::theorems
