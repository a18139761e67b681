// Appendix B: the softmax weights, the inferences about them, and the last line.
#include "attest/numbers/precision.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/appendix_b_tails.hpp"
#include "theorems/terminal_steps.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr const char* simplex_witness =
    "n = d = 16, Q = K = V = I, theta_k a regular simplex in R^16";

Ranges with_euler_range(Ranges ranges)
{
    ranges.emplace("e", between(Rational(2718, 1000), Rational(2719, 1000)));
    return ranges;
}

// --- e^X - 1 - X on the event E -----------------------------------------------------------------

/// For scores at the premise's bound, or 1 where that is larger (|X_k| <= 1 always): the remainder
/// by leading terms on each family of pairs.
std::vector<LowerTail> expansion_at_premise(const Expr& premise, bool linear)
{
    std::vector<LowerTail> lower;
    for (const PairFamily family : pair_families) {
        const std::optional<Growth> size = growth(premise, family);
        if (!size) {
            continue;
        }
        const bool small = stays_below(*size, 1);
        const Expr X = small ? premise : Expr(1);
        const std::optional<Growth> sign = growth(X, family);
        if (is_true(is_positive(sign->coefficient))) {
            lower.push_back({small ? "X_k at the bound of the premise" : "X_k = 1",
                             "e^X - 1 - X >= X^2/2, e^X - 1 >= X", family,
                             linear ? pow(X, 2) / 2 : X, Expr(0), 2, true, true});
        }
    }
    return lower;
}

/// |X| <= C premise implies |e^X - sum_{i<=order} X^i/i!| <= C' bound, order 0 or 1.
Judgement check_expansion(const Statement& statement, const Effort& effort)
{
    const Expr& premise = statement.formulas.at("premise");
    const bool linear = statement.numbers.at("order") == 1;
    const Expr d = sym("d");
    require_value(premise);
    // The lower bounds take log n >= 1 (n >= 3) in the premise sqrt(log n/d).
    const Expr least = linear ? 1 / (2 * d) : 1 / sqrt(d);
    const std::string at = "X = sqrt(log n/d): e^X - 1 - X >= X^2/2, e^X - 1 >= X";
    // The premise sqrt(log n/d) allows X_k = 1/sqrt d.
    std::vector<LowerTail> lower = expansion_at_premise(premise, linear);
    if (premise == sqrt(log_n() / d)) {
        lower.insert(lower.begin(),
                     {{"X_k = sqrt(log n/d)", at, PairFamily::Equal, least, Expr(0), 2, true},
                      {"X_k = sqrt(log n/d)", at, PairFamily::Cube, least, Expr(0), 2, true}});
    }
    const RandomQuantity remainder{
        "remainder of the exponential",
        {},
        "e^y - 1 - y <= (y^2/2) e^y and e^{-y} - 1 + y <= y^2/2 for y >= 0, and |X_k| <= 1 for all "
        "Q, "
        "K, theta: |e^X - 1 - X| <= (e/2) X^2, so C' = (e/2) C^2 does without n <= e^{sqrt d}",
        linear ? sym("e") / 2 * pow(premise, 2) : sym("e") * premise,
        0,
        std::move(lower),
        {}};
    Steps steps;
    const Expr y = sym("beta");
    steps.nonnegative_in_beta("(y^2/2) e^y >= e^y - 1 - y", pow(y, 2) / 2 * exp(y) - exp(y) + 1 + y,
                              3);
    steps.nonnegative_in_beta("y^2/2 >= e^{-y} - 1 + y", pow(y, 2) / 2 - exp(-y) + 1 - y, 2);
    steps.nonnegative_in_beta("e^y - 1 - y >= y^2/2", exp(y) - 1 - y - pow(y, 2) / 2, 3);
    Judgement judgement =
        decide_rate(remainder, statement.formulas.at("bound"), effort, "Taylor's formula", {});
    if (!effort.control && !judgement.counterexample) {
        Truth& outcome = judgement.evidence.front().outcome;
        outcome = is_true(steps.outcome()) ? outcome : Truth::Unknown;
        judgement.evidence.push_back(steps.evidence("Taylor's formula in y >= 0",
                                                    "the three inequalities",
                                                    {ScopeKind::All, "all y >= 0"}));
        judgement.evidence.back().carries = false;
    }
    return judgement;
}

void add_expansion(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr L = log(n);
    Claim claim;
    claim.id = "appB/exp-expansion";
    claim.printed.formulas = {{"premise", sqrt(L / d)}, {"bound", L / d}};
    claim.printed.numbers = {{"order", 1}};
    claim.printed.latex =
        "|X_k| \\le C\\sqrt{\\tfrac{\\log n}{d}} \\;\\Rightarrow\\; |e^{X_k} - 1 - X_k| \\le "
        "C' \\frac{\\log n}{d}";
    claim.check = check_expansion;
    claim.faults = {fault("without the linear term", claim.printed, "order", Rational(0)),
                    fault("d -> d^2", claim.printed, "bound", L / pow(d, 2)),
                    fault("cubed root", claim.printed, "bound", pow(sqrt(L / d), 3)),
                    fault("1/sqrt n more", claim.printed, "bound", L / (d * sqrt(n)))};
    claim.depends_on = {"appB/x-k-max"};
    claim.witness = "X_k = 0: 0 <= C log n/d";
    claim.note = "n <= e^{sqrt d} is not needed, because |X_k| <= 1 always";
    registry.add(std::move(claim));
}

// --- two-sided bounds on w_k --------------------------------------------------------------------

/// Tokens k < n with a few different scores, and X_n; a score stands for that many tokens.
struct Scores {
    std::string name;
    std::vector<std::pair<Rational, Rational>> score_and_count;
    Rational last;
    bool centered; ///< |sum_{k<n} X_k| <= n log n/d
};

/// n = 2^60 and eps = log n/d: the premises hold with C_0 for scores of at most x, where x^2 <=
/// C_0 eps, and a mean of at most `shift` <= C_0 eps/2.
struct Premise {
    Rational d;
    std::string d_text;
    Rational C_0;
    Rational x;
    std::string x_text;
    Rational shift;
};

Rational crowd_size()
{
    return pow(Rational(2), 60);
}

/// The largest integer below n log n: eps is next to 1/n.
Rational most_dimensions()
{
    const PrecisionScope precision(256);
    const Rational below = to_rational((Ball(crowd_size()) * log(Ball(crowd_size()))).lower());
    return boost::multiprecision::numerator(below) / boost::multiprecision::denominator(below);
}

std::vector<Premise> premises()
{
    const auto half_to = [](long k) { return pow(Rational(1, 2), k); };
    const std::string most = "the largest integer below n log n";
    return {{crowd_size(), "2^60", 1, half_to(28), "2^-28", half_to(56)},
            {crowd_size(), "2^60", 4096, half_to(22), "2^-22", half_to(44)},
            {most_dimensions(), most, 1, half_to(30), "2^-30", half_to(61)},
            {most_dimensions(), most, 4096, half_to(24), "2^-24", half_to(49)}};
}

std::vector<Scores> score_lists(const Rational& n, const Premise& premise)
{
    const Rational& x = premise.x;
    const Rational others = n - 1;
    return {{"X_1 = ... = X_{n-1} = x", {{x, others}}, 1, false},
            {"X_1 = ... = X_{n-1} = -x", {{-x, others}}, 1, false},
            {"half of the X_k x, half -x, X_1 = 0",
             {{x, (n - 2) / 2}, {-x, (n - 2) / 2}, {0, 1}},
             1,
             true},
            {"X_1 = x, others 0", {{x, 1}, {0, n - 2}}, 1, true},
            {"X_1 = -x, others 0, X_n = -1", {{-x, 1}, {0, n - 2}}, -1, true},
            {"X_1 = x, others -x^2", {{x, 1}, {-premise.shift, n - 2}}, 1, true},
            {"X_1 = -x, others x^2", {{-x, 1}, {premise.shift, n - 2}}, 1, true}};
}

struct Violation {
    ledger::Counterexample counterexample;
    std::string certificate;
};

std::optional<Violation> violated_sandwich(const Statement& statement, const Premise& premise)
{
    const PrecisionScope precision(512);
    const bool centered = statement.words.at("premises") == "pointwise, sum";
    const Rational n = crowd_size();
    const Rational C = 1000 * premise.C_0;
    const Ball eps = log(Ball(n)) / Ball(premise.d); // x^2 <= C_0 eps
    for (const Scores& scores : score_lists(n, premise)) {
        if (centered && !scores.centered) {
            continue;
        }
        Ball Z = exp(Ball(scores.last));
        for (const auto& [score, count] : scores.score_and_count) {
            Z = Z + Ball(count) * exp(Ball(score));
        }
        for (const auto& [score, count] : scores.score_and_count) {
            const Ball w = exp(Ball(score)) / Z;
            const std::map<std::string, Ball> point = {{"n", Ball(n)},
                                                       {"X", Ball(score)},
                                                       {"eps", eps},
                                                       {"C", Ball(C)},
                                                       {"e", exp(Ball(1))}};
            const Ball lower = statement.formulas.at("lower").evaluate<Ball>(point);
            const Ball upper = statement.formulas.at("upper").evaluate<Ball>(point);
            const bool below = is_true(less(w, lower));
            if (below || is_true(less(upper, w))) {
                // The same as formulas in n: counts and scores as numbers.
                const Expr d = premise.d == n ? sym("n") : Expr(premise.d);
                Expr sum = exp(Expr(scores.last));
                for (const auto& [other, number] : scores.score_and_count) {
                    sum = sum + Expr(number) * exp(Expr(other));
                }
                const Expr weight = exp(Expr(score)) / sum;
                const Expr bound = statement.formulas.at(below ? "lower" : "upper")
                                       .substitute("eps", log(sym("n")) / d)
                                       .substitute("C", Expr(C))
                                       .substitute("X", Expr(score))
                                       .substitute("e", exp(Expr(1)));
                return Violation{
                    {{{"n", "2^60"},
                      {"d", premise.d_text},
                      {"scores", scores.name},
                      {"x", premise.x_text},
                      {"X_n", to_string(scores.last)},
                      {"C", to_string(C)}},
                     fmt::format(
                         "the premises hold with C = {} (x^2 <= C log n/d), and n w_k - 1 = {} "
                         "where the {} bound times n, minus 1, is {}",
                         to_string(premise.C_0), (Ball(n) * w - 1).to_string(8),
                         below ? "lower" : "upper",
                         (Ball(n) * (below ? lower : upper) - 1).to_string(8)),
                     replay_command(weight, bound, {{"n", n}})},
                    proof::point_certificate(weight, below ? "<" : ">", bound, {{"n", n}})};
            }
        }
    }
    return std::nullopt;
}

/// All X_k = x = C_0 sqrt(eps): w_k <= 1/n, but for every C the lower bound exceeds 1/n.
StepsOnRanges every_constant_steps(const Statement& statement)
{
    StepsOnRanges steps;
    const Expr x = sym("x");
    // kappa = C/C_0^2 with kappa x <= 1/2 and n x >= 4: n = d large against C, C_0.
    const Expr kappa = 1 / (2 * x * (1 + sym("q")));
    const Expr n = (4 + sym("s")) / x;
    const Expr lower = statement.formulas.at("lower")
                           .substitute("eps", pow(x, 2))
                           .substitute("C", kappa)
                           .substitute("X", x)
                           .substitute("n", n);
    steps.at_least(lower, 1 / n,
                   with_euler_range({{"x", between(0, 1)}, {"q", from(0)}, {"s", from(0)}}));
    // w = 1/(n - 1 + e^{1-x}) and e^{1-x} >= 1.
    steps.at_least(1 / sym("n"), 1 / (sym("n") - 1 + sym("E")), {{"n", from(2)}, {"E", from(1)}});
    return steps;
}

/// w = (1 + X + eta)/Z with |eta| <= delta = C eps, Z = n - 1 + z + n xi, 1/e <= z <= e, |xi| <= 2
/// delta: the bounds hold with 60 C.
StepsOnRanges sandwich_steps(const Statement& statement)
{
    StepsOnRanges steps;
    const Expr n = sym("n");
    const Expr e = sym("e");
    const Expr P = sym("P"); // 1 + X
    const Expr delta = sym("delta");
    const Expr X = sym("X");
    const Expr C_eps = sym("C") * sym("eps");
    // What is stated is the bound that is proved below, or weaker for P = 1 + X >= 0, C >= 1.
    const Ranges all =
        with_euler_range({{"n", from(2)}, {"P", between(0, 2)}, {"C", from(1)}, {"eps", from(0)}});
    const Expr lower = (1 + X - C_eps) / (n - 1 + e);
    const Expr upper = (1 + X + C_eps) / (n - 1 + 1 / e);
    const auto no_stronger = [&](const Expr& larger, const Expr& smaller) {
        if (is_true(proof::identical(larger, smaller))) {
            steps.identical(larger, smaller);
        } else {
            steps.at_least(larger.substitute("X", P - 1), smaller.substitute("X", P - 1), all);
        }
    };
    no_stronger(lower, statement.formulas.at("lower"));
    no_stronger(statement.formulas.at("upper"), upper);
    const Ranges ranges = with_euler_range({{"n", from(2)}});
    steps.at_least(59 * (n - 1 + e), 4 * n, ranges);
    const Ranges small = {{"P", between(0, 2)}, {"delta", between(0, Rational(1, 8))}};
    steps.at_least((P + 60 * delta) * (1 - 3 * delta), P + delta, small);
    steps.at_least(3 * (n - 1 + 1 / e), 2 * n, ranges);
    steps.at_least(n, n - 1 + 1 / e, ranges);
    steps.at_least(ratio(60, 8), pow(e, 2), ranges);
    return steps;
}

Judgement check_sandwich(const Statement& statement, const Effort& effort)
{
    Judgement judgement;
    std::optional<Violation> found;
    Rational C_0 = 1;
    std::string place;
    for (const Premise& premise : premises()) {
        C_0 = premise.C_0;
        place = premise.d == crowd_size() ? "n = d = 2^60" : "n = 2^60, d " + premise.d_text;
        found = violated_sandwich(statement, premise);
        if (found) {
            break;
        }
    }
    if (found) {
        judgement.evidence.push_back(
            {"scores in balls",
             fmt::format("lists of scores that satisfy the premises with C = {}, "
                         "against the conclusion with C = {}",
                         to_string(C_0), to_string(Rational(1000 * C_0))),
             Truth::False,
             Strength::Enclosed,
             {ScopeKind::Points,
              fmt::format("{}, C = {}", place, to_string(Rational(1000 * C_0)))}});
        judgement.counterexample = std::move(found->counterexample);
        attach(judgement, effort, std::move(found->certificate));
        if (!effort.control && statement.words.at("premises") == "pointwise") {
            const StepsOnRanges steps = every_constant_steps(statement);
            const bool proved = is_true(steps.outcome());
            Evidence item{"equal scores (exact algebra)",
                          "X_1 = ... = X_{n-1} = x = C_0 sqrt(log n/d), X_n = 1 (tokens theta_1 = "
                          "... = theta_{n-1}, Q^T K = I): the premises hold and w_k <= 1/n; with C "
                          "log n/d = kappa x^2 the lower bound exceeds 1/n as soon as kappa x <= "
                          "1/2 and n x >= 4, that is for n = d large against C and C_0",
                          proved ? Truth::False : Truth::Unknown,
                          Strength::Exact,
                          {ScopeKind::All, "every C, C_0 > 0, at n = d that depend on them"}};
            item.certificates = steps.certificates();
            judgement.evidence.push_back(std::move(item));
        }
        return judgement;
    }
    Evidence item{"exact algebra",
                  {},
                  Truth::Unknown,
                  Strength::Exact,
                  {ScopeKind::All, "all n >= 2, d >= 1, X_k in [-1, 1], C >= 1"}};
    if (statement.words.at("premises") == "pointwise, sum") {
        const StepsOnRanges steps = sandwich_steps(statement);
        item.outcome = steps.outcome();
        item.detail =
            "w_k = (1 + X_k + eta)/Z, |eta| <= delta = C log n/d, Z between n - 1 + 1/e - 2n "
            "delta and n - 1 + e + 2n delta: both bounds with 60 C. Lower: trivial where it "
            "is negative, else 59 delta (n - 1 + e) >= 4 n delta. Upper: for delta <= 1/8 by "
            "(1 + X + 60 delta)(1 - 3 delta) >= 1 + X + delta, else w_k <= e^2/n <= (60/8)/n";
        if (!effort.control) {
            item.certificates = steps.certificates();
        }
    }
    judgement.evidence.push_back(std::move(item));
    return judgement;
}

void add_sandwich(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr X = sym("X");
    const Expr e = sym("e");
    const Expr C_eps = sym("C") * sym("eps");
    Claim claim;
    claim.id = "appB/weight-sandwich";
    claim.printed.formulas = {{"lower", (1 + X - C_eps) / (n - 1 + e)},
                              {"upper", (1 + X + C_eps) / (n - 1 + 1 / e)}};
    claim.printed.words = {{"premises", "pointwise"}};
    const std::string conclusion =
        "\\frac{1 + X_k - C\\frac{\\log n}d}{n-1+e} \\le w_k \\le \\frac{1 + X_k + C\\frac{\\log "
        "n}d}{n-1+e^{-1}}";
    claim.printed.latex =
        "|X_k| \\le C\\sqrt{\\tfrac{\\log n}d},\\; |e^{X_k}-1-X_k| \\le C\\tfrac{\\log n}d,\\; "
        "e^{-1}\\le e^{X_n}\\le e \\;\\Rightarrow\\; "
        + conclusion;
    claim.amended = claim.printed;
    claim.amended->words["premises"] = "pointwise, sum";
    claim.amended->latex =
        "\\text{these and } \\Bigl|\\frac1n\\sum_{k<n}X_k\\Bigr| \\le C\\frac{\\log n}d "
        "\\;\\Rightarrow\\; "
        + conclusion;
    claim.check = check_sandwich;
    const Statement& base = *claim.amended;
    const Expr eps_2 = sym("C") * pow(sym("eps"), 2);
    claim.faults = {
        fault("the premise on the sum dropped", base, "premises", std::string("pointwise")),
        fault("lower: without C log n/d", base, "lower", (1 + X) / (n - 1 + e)),
        fault("upper: without C log n/d", base, "upper", (1 + X) / (n - 1 + 1 / e)),
        fault("lower: log n/d squared", base, "lower", (1 + X - eps_2) / (n - 1 + e)),
        fault("upper: log n/d squared", base, "upper", (1 + X + eps_2) / (n - 1 + 1 / e)),
        fault("lower: + C log n/d", base, "lower", (1 + X + C_eps) / (n - 1 + e)),
        fault("upper: X_k dropped", base, "upper", (1 + C_eps) / (n - 1 + 1 / e))};
    claim.depends_on = {"appB/x-n", "appB/exp-expansion"};
    claim.witness = simplex_witness;
    claim.note =
        "the displays bound each e^{X_k}, the denominators need their sum: n - 1 + e bounds it "
        "only if the X_k cancel. They do with probability 1 - n^{-C}: |(1/n) sum X_k| <= C "
        "sqrt(log n/(nd)) <= C log n/d; what is wanted for the theorem is "
        "appB/weight-linearization, which holds";
    registry.add(std::move(claim));
}

// --- from the two-sided bound to the linearization ----------------------------------------------

/// In the regime 1/n <= eps = log n/d: the two-sided bound gives n|w - 1/n - X/n| <= (4 + 2C) eps.
StepsOnRanges linearization_steps()
{
    StepsOnRanges steps;
    const Expr n = sym("n");
    const Expr e = sym("e");
    const Expr P = sym("P");
    const Expr C = sym("C");
    const Expr eps = (1 + sym("q")) / n;
    const Ranges ranges =
        with_euler_range({{"n", from(2)}, {"P", between(0, 2)}, {"C", from(0)}, {"q", from(0)}});
    const Expr bound = (4 + 2 * C) * eps / n;
    steps.at_least(bound, (P + C * eps) / (n - 1 + 1 / e) - P / n, ranges);
    steps.at_least(bound, P / n - (P - C * eps) / (n - 1 + e), ranges);
    return steps;
}

Judgement check_linearization(const Statement& statement, const Effort& effort)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr L = log(n);
    const Expr& bound = statement.formulas.at("bound");
    if (statement.words.at("using") == "n >= sqrt(d)") {
        // n = y^8, d = y^16, log n <= 8 y, X = 0: the upper bound exceeds 1/n by (1 - 1/e)/n^2 >=
        // 1/(2n^2).
        StepsOnRanges steps;
        const Expr y = sym("y");
        const Expr g = with_log_symbol(bound)
                           .substitute("d", pow(y, 16))
                           .substitute("n", pow(y, 8))
                           .substitute("L", 8 * y);
        steps.at_least(1 / (2 * pow(y, 16)), y / 64 * g, {{"y", from(64)}});
        Evidence item{"n = sqrt d",
                      "w_k at its upper bound, X_k = 0: it exceeds 1/n by at least 1/(2n^2)",
                      is_true(steps.outcome()) ? Truth::False : Truth::Unknown,
                      Strength::Exact,
                      {ScopeKind::All, "every C, n = sqrt d = y^8"}};
        if (!effort.control) {
            item.certificates = steps.certificates();
        }
        Judgement judgement = with({}, std::move(item));
        const Rational many = pow(Rational(2), 60);
        const proof::Point point = {{"n", many}, {"d", many * many}};
        const Expr excess = 1 / (2 * pow(n, 2));
        const Expr allowed = 1000 * bound;
        const PrecisionScope precision(128);
        if (is_true(less(proof::evaluate_at(allowed, point), proof::evaluate_at(excess, point)))) {
            judgement.counterexample = ledger::Counterexample{
                {{"n", "2^60"}, {"d", "2^120"}, {"X_k", "0"}, {"C'", "1000"}},
                "n = sqrt d, and w_k = (1 + C log n/d)/(n - 1 + 1/e), which the two-sided bound "
                "allows, exceeds 1/n by more than 1/(2n^2) > 1000 times the bound",
                replay_command(excess, allowed, point)};
            attach(judgement, effort, proof::point_certificate(excess, ">", allowed, point));
        }
        return judgement;
    }
    if (statement.words.at("using") != "n log n >= d") {
        throw InputError("using: must be 'n log n >= d' or 'n >= sqrt(d)'");
    }
    const std::string why = "w_k at the ends of the two-sided bound with C = 1";
    const RandomQuantity deviation{
        "deviation",
        {},
        "n|w - 1/n - X/n| <= (4 + 2C) log n/d from the two-sided bound, 1/n <= log n/d and n >= 2",
        L / (n * d),
        0,
        {{why, "w - 1/n - X/n reaches log n/(2nd)", PairFamily::Equal, 1 / (2 * n * d), Expr(0)},
         {why, "w - 1/n - X/n reaches log n/(2nd)", PairFamily::Cube, 1 / (2 * n * d), Expr(0)},
         {why, "w - 1/n - X/n reaches log n/(2nd)", PairFamily::Cube, L / (2 * n * d), Expr(0), 2,
          false, true}},
        {}};
    Judgement judgement =
        decide_rate(deviation, bound, effort, "exact algebra", linearization_steps());
    if (!effort.control && !judgement.counterexample) {
        judgement.evidence.push_back(remark(
            "what is used",
            "the difference of 1/(n - 1 + 1/e) and 1/n contributes 2/n^2, which is below C log "
            "n/(nd) because n log n >= d",
            linearization_steps().outcome(), {ScopeKind::All, "all n >= 2 with n log n >= d"}));
    }
    return judgement;
}

void add_linearization(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr L = log(n);
    Claim claim;
    claim.id = "appB/weight-linearization-derivation";
    claim.printed.formulas = {{"bound", L / (n * d)}};
    claim.printed.words = {{"using", "n >= sqrt(d)"}};
    const std::string step =
        "\\frac{1 + X_k - C\\frac{\\log n}d}{n-1+e} \\le w_k \\le \\frac{1 + X_k + C\\frac{\\log "
        "n}d}{n-1+e^{-1}} \\;\\Rightarrow\\; \\left|w_k - \\frac1n - \\frac{X_k}n\\right| \\le "
        "C'\\frac{\\log n}{nd} ";
    claim.printed.latex = step + "\\quad\\text{because } n \\ge \\sqrt d";
    claim.amended = claim.printed;
    claim.amended->words["using"] = "n log n >= d";
    claim.amended->latex = step + "\\quad\\text{because } n\\log n \\ge d";
    claim.check = check_linearization;
    const Statement& base = *claim.amended;
    claim.faults = {fault("from n >= sqrt(d)", base, "using", std::string("n >= sqrt(d)")),
                    fault("d -> d^2", base, "bound", L / (n * pow(d, 2))),
                    fault("n -> n^2", base, "bound", L / (pow(n, 2) * d)),
                    fault("1/sqrt n more", base, "bound", L / (n * sqrt(n) * d))};
    claim.witness = simplex_witness;
    claim.note =
        "the fact that the text names does not carry the step: for n = sqrt d the two-sided bound "
        "leaves w_k - 1/n of order 1/n^2 = 1/d, more than C log n/(nd). What carries it is n log n "
        ">= d, which Appendix B assumes throughout, so that the conclusion stands "
        "(appB/weight-linearization)";
    registry.add(std::move(claim));
}

// --- |w_k - 1/n - X_k/n| <= 2 -------------------------------------------------------------------

/// One of the first n - 1 tokens with score 1, all others -1, X_n = 1 or -1; and its opposite.
std::vector<Instance> extreme_weights()
{
    std::vector<Instance> instances;
    for (const long n : {2, 3, 5, 7, 10, 20, 1000}) {
        for (const long X : {1, -1}) {
            const Ball own = exp(Ball(X));
            const Ball w = own / (own + Ball(n - 1) / own);
            instances.push_back({{{"n", std::to_string(n)},
                                  {"X_k", std::to_string(X)},
                                  {"other scores", std::to_string(-X)}},
                                 {{"n", n}, {"X", X}},
                                 {{"w", w}}});
        }
    }
    return instances;
}

Judgement check_two(const Statement& statement, const Effort& effort)
{
    const Expr& deviation = statement.formulas.at("deviation");
    const Expr bound(statement.numbers.at("bound"));
    const Reduction box{"0 <= w_k <= 1, -1 <= X_k <= 1, n >= 2",
                        {},
                        {{"n", from(2)}, {"w", between(0, 1)}, {"X", between(-1, 1)}}};
    const Scope scope{ScopeKind::All, "all n >= 2, k <= n, tokens, Q, K"};
    return all_of({decide_reduced(relation_part(deviation, "<=", bound), effort, box,
                                  extreme_weights(), scope),
                   decide_reduced(relation_part(-bound, "<=", deviation), effort, box,
                                  extreme_weights(), scope)});
}

void add_two(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr w = sym("w");
    const Expr X = sym("X");
    Claim claim;
    claim.id = "appB/weight-bound-2";
    claim.printed.formulas = {{"deviation", w - 1 / n - X / n}};
    claim.printed.numbers = {{"bound", 2}};
    claim.printed.latex = "\\left|w_k - \\frac1n - \\frac{X_k}n\\right| \\le 2 \\qquad (k \\le n)";
    claim.check = check_two;
    claim.faults = {fault("2 -> 1/4", claim.printed, "bound", Rational(1, 4)),
                    fault("2 -> 0", claim.printed, "bound", Rational(0)),
                    fault("2 -> -2", claim.printed, "bound", Rational(-2)),
                    fault("n times the left side", claim.printed, "deviation", n * w - 1 - X)};
    claim.witness = simplex_witness;
    claim.note =
        "1 does as well; for the norm of the remainder 2 is too weak, e^2/n is what is true: "
        "appB/remainder-norm-derivation";
    registry.add(std::move(claim));
}

// --- inferences about sums ----------------------------------------------------------------------

/// |c_k| <= C each for k < n and |c_n| <= last: what follows for |sum c_k theta_k|.
Judgement check_remainder_sum(const Statement& statement, const Effort& effort)
{
    const Expr n = sym("n");
    const Expr& each = statement.formulas.at("each");
    const Expr& last = statement.formulas.at("last");
    require_value(each);
    require_value(last);
    const Expr each_1 = with_log_symbol(each).substitute("L", Expr(1)); // log n >= 1 for n >= 3
    const std::string equal =
        "theta_k = -theta_n, Q^T K = I, w_k = 0 for k < n, w_n = 1: the first "
        "display holds with 0, and c_n = 1 - 2/n; other w give any c_n between";
    const std::string setting = "weights that satisfy the two displays";
    const std::string same = "equal tokens, c_k = each";
    std::vector<LowerTail> lower;
    const auto add = [&](const Expr& size, const std::string& why, const Expr& value,
                         PairFamily family, bool by_growth) {
        // c_n and the sum of the c_k reach any size up to 1, and no more than 2.
        const std::optional<Growth> how = growth(size, family);
        if (how && is_true(is_positive(how->coefficient))) {
            lower.push_back({setting, why, family, stays_below(*how, 3) ? value : ratio(1, 4),
                             Expr(0), 2, true, by_growth});
        }
    };
    add(last, equal, last / 4, PairFamily::Equal, false);
    add(n * each_1, same, n * each_1 / 2, PairFamily::Equal, false);
    for (const PairFamily family : pair_families) {
        add(last, equal, last / 4, family, true);
        add(n * each, same, n * each / 4, family, true);
    }
    const RandomQuantity sum{"sum",
                             {},
                             "|sum c_k theta_k| <= sum |c_k| <= n C each + last",
                             n * each + last,
                             0,
                             std::move(lower),
                             {}};
    StepsOnRanges steps;
    // The true bound of the last weight: 0 <= w_n <= e/(n/e), |X_n| <= 1.
    steps.at_least(pow(sym("e"), 2) / n, 2 / n, with_euler_range({{"n", from(2)}}));
    return decide_rate(sum, statement.formulas.at("bound"), effort, "triangle inequality", steps);
}

void add_remainder_sum(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr L = log(n);
    Claim claim;
    claim.id = "appB/remainder-norm-derivation";
    claim.printed.formulas = {{"each", L / (n * d)}, {"last", Expr(2)}, {"bound", L / d}};
    claim.printed.latex =
        "|c_k| \\le C\\frac{\\log n}{nd}\\ (k < n),\\; |c_n| \\le 2 \\;\\Rightarrow\\; "
        "\\Bigl\\|\\sum_k c_k\\theta_k\\Bigr\\| \\le C'\\frac{\\log n}d, \\qquad c_k = w_k - "
        "\\frac1n - "
        "\\frac{X_k}n";
    claim.amended = claim.printed;
    claim.amended->formulas.insert_or_assign("last", pow(sym("e"), 2) / n);
    claim.amended->latex =
        "|c_k| \\le C\\frac{\\log n}{nd}\\ (k < n),\\; |c_n| \\le \\frac{e^2}n "
        "\\;\\Rightarrow\\; \\Bigl\\|\\sum_k c_k\\theta_k\\Bigr\\| \\le C'\\frac{\\log n}d";
    claim.check = check_remainder_sum;
    const Statement& base = *claim.amended;
    claim.faults = {fault("e^2/n -> 2", base, "last", Expr(2)),
                    fault("e^2/n -> 1/sqrt n", base, "last", 1 / sqrt(n)),
                    fault("log n/(nd) -> log n/d", base, "each", L / d),
                    fault("log n/d -> log n/d^2", base, "bound", L / pow(d, 2))};
    claim.witness = simplex_witness;
    claim.note =
        "an inference from the two displays about weights w_k that are otherwise any probability "
        "vector; for the softmax weights themselves |c_n| <= e^2/n <= e^2 log n/d and the "
        "conclusion holds: appB/remainder-norm";
    registry.add(std::move(claim));
}

/// Tokens whose second term of eq. (2) is large while the first is of order 1/n and the third of
/// order x^4: what |A_n| may be where the bounds on the three terms hold.
std::vector<LowerTail> by_second_term(const Expr& first, const Expr& second, const Expr& third)
{
    std::vector<LowerTail> lower;
    for (const PairFamily family : pair_families) {
        const auto positive = [&](const Expr& formula) {
            const std::optional<Growth> size = growth(formula, family);
            return size && is_true(is_positive(size->coefficient));
        };
        const auto is_within = [&](const Expr& part, const Expr& bound) {
            return positive(bound) && !outgrows(part, bound, family);
        };
        const auto is_small = [&](const Expr& formula) {
            const std::optional<Growth> size = growth(formula, family);
            return size && stays_below(*size, 1);
        };
        const Expr each = 1 / sym("n");
        if (!is_within(each, first) || !is_within(each, second) || !is_within(each, third)) {
            continue;
        }
        // x^2 may be as large as the second bound, as the root of the third and as 1.
        const bool second_decides = is_within(pow(second, 2), third);
        const Expr square = second_decides ? second : sqrt(third);
        lower.push_back(
            {"Q^T K = V = I, tokens +-x theta_n + sqrt(1-x^2) (+-v) in fours, up to three others "
             "orthogonal to theta_n",
             fmt::format(
                 "the mean is O(1/n), the second term x^2 theta_n + O(1/n), the third "
                 "O(x^4 + 1/n), and <theta_n, A_n> >= x^2/8 for n >= 8, x^2 <= 1; x^2 is {}",
                 !is_small(square) ? "1"
                 : second_decides  ? "the second bound"
                                   : "the root of the third bound"),
             family, is_small(square) ? square / 8 : ratio(1, 8), Expr(0), 8, true, true});
    }
    return lower;
}

/// The three terms of eq. (2), each at most C times its formula.
Judgement check_combination(const Statement& statement, const Effort& effort)
{
    const Expr& first = statement.formulas.at("first");
    const Expr& second = statement.formulas.at("second");
    const Expr& third = statement.formulas.at("third");
    for (const Expr* term : {&first, &second, &third}) {
        require_value(*term);
    }
    const Expr first_1 = with_log_symbol(first).substitute("L", Expr(1));
    const std::string setting =
        "Q = K = 0, V = I, tokens whose mean has length (1/2) times the first bound";
    const std::string mean = "the other two terms are 0 and A_n is the mean";
    std::vector<LowerTail> lower = {
        {setting, mean, PairFamily::Equal, first_1 / 2, Expr(0), 2, true},
        {"Q^T K = V = I", "the component 1/(2d) of the second term along theta_n", PairFamily::Cube,
         1 / (2 * sym("d")), Expr(0), 2, true}};
    for (const PairFamily family : pair_families) {
        // A mean has any length up to 1.
        const std::optional<Growth> size = growth(first, family);
        if (size && is_true(is_positive(size->coefficient))) {
            lower.push_back({setting, mean, family, stays_below(*size, 2) ? first / 2 : ratio(1, 2),
                             Expr(0), 2, true, true});
        }
    }
    for (LowerTail& more : by_second_term(first, second, third)) {
        lower.push_back(std::move(more));
    }
    const RandomQuantity sum{
        "sum of the three terms", {}, "triangle inequality", first + second + third, 0,
        std::move(lower),         {}};
    return decide_rate(sum, statement.formulas.at("bound"), effort, "triangle inequality", {});
}

void add_combination(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr L = log(n);
    const Expr over_n = sqrt(L / n);
    Claim claim;
    claim.id = "appB/combination";
    claim.printed.formulas = {
        {"first", over_n}, {"second", 1 / d + over_n}, {"third", L / d}, {"bound", L / d}};
    claim.printed.latex = "C\\sqrt{\\tfrac{\\log n}n} + \\left(\\tfrac Cd + C\\sqrt{\\tfrac{\\log "
                          "n}n}\\right) + C\\tfrac{\\log "
                          "n}d \\;\\Rightarrow\\; \\|A_n\\| \\le C'\\frac{\\log n}d";
    claim.amended = claim.printed;
    claim.amended->formulas.insert_or_assign("bound", over_n + L / d);
    claim.amended->latex = "C\\sqrt{\\tfrac{\\log n}n} + \\left(\\tfrac Cd + C\\sqrt{\\tfrac{\\log "
                           "n}n}\\right) + C\\tfrac{\\log "
                           "n}d \\;\\Rightarrow\\; \\|A_n\\| \\le C'\\left(\\sqrt{\\tfrac{\\log "
                           "n}n} + \\tfrac{\\log n}d\\right)";
    claim.check = check_combination;
    const Statement& base = *claim.amended;
    claim.faults = {fault("sqrt(log n/n) dropped", base, "bound", L / d),
                    fault("log n/d dropped", base, "bound", over_n),
                    fault("sqrt(log n/n) -> log n/n", base, "bound", L / n + L / d),
                    fault("log n/d -> log n/d^2", base, "bound", over_n + L / pow(d, 2))};
    claim.depends_on = {"appB/eq2", "appB/eq3", "appB/hoeffding", "appB/remainder-norm"};
    claim.witness = simplex_witness;
    claim.note =
        "sqrt(log n/n) is no O(log n/d) where n is small against d^2/log n, for example n = d; "
        "what the three bounds give is Theorem 4.2";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_b_weights(ledger::Registry& registry)
{
    add_expansion(registry);
    add_sandwich(registry);
    add_linearization(registry);
    add_two(registry);
    add_remainder_sum(registry);
    add_combination(registry);
}

} // namespace attest::theorems
