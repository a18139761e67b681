// Section 4.3: its prose on the decay of Var in the cone of Theorem 4.3.
#include "attest/model/schemes.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/clouds.hpp"
#include "theorems/limit_plots.hpp"
#include "theorems/section_4_3.hpp"
#include "theorems/theorem_4_3_proof.hpp"

#include <fmt/format.h>

#include <map>

namespace attest::theorems {
namespace {

/// Var'/Var is between -b clock and -a clock: the kind of decay that follows, from the clock.
struct ConeDecay {
    std::string kind;
    ToldSteps steps;
};

ConeDecay derive_cone_decay(const std::string& scheme)
{
    const ConeRate rate = cone_rate(scheme);
    const Expr t = sym("t");
    ConeDecay decay;
    decay.steps = cone_rate_steps();
    decay.steps.append(cone_persistence_steps());
    for (const bool upper : {true, false}) {
        const Reduction reduction = cone_rate_reduction(scheme, upper, rate.from);
        const Expr bound = -(upper ? rate.a : rate.b) * rate.clock * sym("V");
        const Expr& larger = upper ? bound : sym("rate");
        const Expr& smaller = upper ? sym("rate") : bound;
        decay.steps.at_least(
            fmt::format("{}: -Var' {} {} clock Var from t = {} on", scheme,
                        upper ? ">=" : "<=", (upper ? rate.a : rate.b).text(), rate.from.text()),
            reduced(larger, reduction), reduced(smaller, reduction), reduction.ranges);
    }
    const Expr& clock = rate.clock;
    if (is_true(proof::identical(derivative(clock, "t"), Expr(0)))) {
        decay.kind = "exponential";
        decay.steps.identical(scheme
                                  + ": the clock is constant, Var between C e^{-bt} and C e^{-at}",
                              derivative(clock, "t"), Expr(0));
    } else if (is_true(proof::identical(derivative(t * clock, "t"), Expr(0)))) {
        decay.kind = "polynomial";
        decay.steps.identical(scheme + ": t clock is constant, Var between C t^-b and C t^-a",
                              derivative(t * clock, "t"), Expr(0));
    } else {
        decay.kind = "between";
        const Expr w = 1 - sym("gamma"); // 1/t
        decay.steps.limit_at_one(scheme + ": clock^2 -> 0, so -ln Var = o(t)",
                                 without_roots(pow(clock, 2)).substitute("t", 1 / w), Expr(0));
        decay.steps.limit_at_one(scheme + ": (t clock)^-2 -> 0, so -ln Var/ln t -> infinity",
                                 without_roots(1 / pow(t * clock, 2)).substitute("t", 1 / w),
                                 Expr(0));
    }
    return decay;
}

/// Of every scheme whose clock depends on t alone; derived once.
const ConeDecay& cone_decay(const std::string& scheme)
{
    static const std::map<std::string, ConeDecay> all = [] {
        std::map<std::string, ConeDecay> result;
        for (const std::string_view name : model::scheme_names) {
            if (name != "ngpt") {
                result.emplace(name, derive_cone_decay(std::string(name)));
            }
        }
        return result;
    }();
    const auto found = all.find(scheme);
    if (found == all.end()) {
        throw InputError("scheme '" + scheme + "' has no clock in t: must be one without alpha_t");
    }
    return found->second;
}

/// Words "schemes" and "kind": "exponential" (Var between two exponentials C e^{-bt}, C e^{-at}),
/// "polynomial" (between two powers of t), "between" (stretched exponential).
Judgement check_cone_decay(const Statement& statement, const Effort& effort)
{
    const std::string& kind = statement.words.at("kind");
    Judgement judgement;
    ToldSteps all;
    Truth outcome = Truth::True;
    for (const std::string& scheme : names_in(statement.words.at("schemes"))) {
        const ConeDecay& decay = cone_decay(scheme);
        all.append(decay.steps);
        const Truth here = compared(decay.kind == kind, decay.steps.outcome());
        outcome = outcome && here;
        if (is_false(here) && !judgement.counterexample) {
            const PrecisionScope precision(160);
            const Rational epsilon = Rational(1) / pow(Rational(10), 60);
            const Ball late = time_to(scheme, 2, 1, 1 - Rational(2, 1601), epsilon);
            const Ball fall = -log(Ball(Rational(epsilon / 2)));
            judgement.counterexample = ledger::Counterexample{
                {{"scheme", scheme},
                 {"n", "2"},
                 {"beta", "1"},
                 {"tokens", "delta = 2/1601"},
                 {"r_k(0)", "1"},
                 {"t", late.to_string(8)}},
                fmt::format("decay of kind {}: -ln Var is {}, that is {} t and {} ln t", decay.kind,
                            fall.to_string(6), Ball(fall / late).to_string(6),
                            Ball(fall / log(late)).to_string(6)),
                fmt::format("attest terminal --scheme {} --n 2 --beta 1", scheme)};
        }
    }
    LimitPlot plot{"t\\,c(t) \\text{ with } -\\mathrm{Var}'/\\mathrm{Var} \\text{ between } a\\,c "
                   "\\text{ and } b\\,c",
                   "t",
                   "",
                   {}};
    for (const std::string& scheme : names_in(statement.words.at("schemes"))) {
        Course course;
        course.label = scheme + ": " + cone_decay(scheme).kind;
        const Expr local_power = sym("t") * cone_rate(scheme).clock;
        for (const Ball& t : decades(0, 6, 4)) {
            add_point(course, t, local_power.evaluate<Ball>({{"t", t}}));
        }
        add_course(plot, std::move(course));
    }
    Evidence item = all.evidence("exact algebra", "integrated bounds of Var'/Var",
                                 cone_below_one(", r_k(0) > 0, tau > 0, t -> infinity"));
    item.outcome = is_true(all.outcome()) ? outcome : Truth::Unknown;
    if (effort.control) {
        item.certificates.clear();
    } else {
        attach_plot(item, std::move(plot));
    }
    judgement.evidence.push_back(std::move(item));
    return judgement;
}

struct DecayRow {
    std::string id;
    std::string schemes;
    std::string kind;
    std::string latex;
    std::optional<std::string> amended_kind;
    std::string amended_latex;
    std::vector<std::pair<std::string, std::string>> other_schemes;
    std::string note;
};

void add_cone_decay(ledger::Registry& registry, const DecayRow& row)
{
    Claim claim;
    claim.id = "sec4.3/prose/" + row.id;
    claim.printed.words = {{"schemes", row.schemes}, {"kind", row.kind}};
    claim.printed.latex = row.latex;
    if (row.amended_kind) {
        claim.amended = claim.printed;
        claim.amended->words["kind"] = *row.amended_kind;
        claim.amended->latex = row.amended_latex;
    }
    claim.check = check_cone_decay;
    const Statement& holds = claim.amended ? *claim.amended : claim.printed;
    for (const std::string kind : {"exponential", "polynomial", "between"}) {
        if (kind != holds.words.at("kind")) {
            claim.faults.push_back(fault("kind -> " + kind, holds, "kind", kind));
        }
    }
    for (const auto& [change, schemes] : row.other_schemes) {
        claim.faults.push_back(fault(change, holds, "schemes", schemes));
    }
    claim.witness = cone_witness;
    for (const std::string& scheme : names_in(row.schemes)) {
        claim.depends_on.push_back(fmt::format("table2/{}/speed-factor", scheme));
    }
    claim.note = "narrow is read as delta < 1 beside delta < 1/(100 n^2 beta^2); " + row.note;
    registry.add(std::move(claim));
}

void add_decays(ledger::Registry& registry)
{
    const std::string var = "\\mathrm{Var}(t)";
    add_cone_decay(registry,
                   {"exponential-rate/post-ln",
                    "post-ln",
                    "exponential",
                    "\\text{Post-LN: } C e^{-bt} \\le " + var + " \\le C e^{-at},\\ a, b > 0",
                    std::nullopt,
                    "",
                    {{"Post-LN -> Pre-LN", "pre-ln"}, {"Post-LN -> sqrt-scaling", "sqrt-scaling"}},
                    "b = 13/6 and a = (7/4)(1 - delta), for all t >= 0; the exponent tends to 2 "
                    "(appC/remark/post-ln)"});
    add_cone_decay(
        registry, {"exponential-rate/sqrt-scaling",
                   "sqrt-scaling",
                   "exponential",
                   "\\text{sqrt-scaling: } C e^{-bt} \\le " + var + " \\le C e^{-at},\\ a, b > 0",
                   "between",
                   "\\text{sqrt-scaling: } C e^{-2b\\sqrt{t+1}} \\le " + var
                       + " \\le C e^{-2a\\sqrt{t+1}},\\ a, b > 0 \\text{ (stretched exponential)}",
                   {{"sqrt-scaling -> Post-LN", "post-ln"}, {"sqrt-scaling -> Pre-LN", "pre-ln"}},
                   "Var decays like e^{-4 sqrt t}, which is slower than every exponential; Section "
                   "4.1 says so itself. b = 13/6, a = (7/4)(1 - delta)"});
    add_cone_decay(registry,
                   {"polynomial-decay",
                    "pre-ln peri-ln mix-ln",
                    "polynomial",
                    "\\text{Pre-LN, Peri-LN, Mix-LN: } C' t^{-b} \\le " + var
                        + " \\le C t^{-a} \\text{ for large } t,\\ a, b > 0",
                    std::nullopt,
                    "",
                    {{"with Post-LN", "pre-ln peri-ln mix-ln post-ln"},
                     {"with sqrt-scaling", "pre-ln sqrt-scaling mix-ln"}},
                    "~ 1/t^C is read as lying between two powers; the exponent tends to 2 "
                    "(appC/remark/pre-ln and its neighbours)"});
}

} // namespace

void add_section_4_3_cone(ledger::Registry& registry)
{
    add_decays(registry);
}

} // namespace attest::theorems
