// Appendix B: the statements with a probability, and the scalar facts around them.
#include "theorems/appendix_b_tails.hpp"
#include "theorems/units.hpp"

#include "attest/proof/certificates.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr const char* tail_witness =
    "n = d = 16 (16 log 16 = 44.3 >= 16 >= log^2 16 = 7.7, e^4 = 54.6 >= 44.3), Q = K = V = I";
constexpr const char* tail_reading =
    "read as: for every exponent a > 0 there is C(a), one for all n, d, Q, K, V, such that the "
    "event has probability at least 1 - n^{-a}";

// --- with probability at least 1 - n^{-C} -------------------------------------------------------

struct TailRow {
    const char* id;
    const char* quantity;
    Expr bound;
    std::optional<Expr> amended;
    std::vector<std::pair<const char*, Expr>> faults;
    std::vector<std::string> depends_on;
    std::string note;
};

Statement tail_statement(const std::string& quantity, const Expr& bound)
{
    Statement statement;
    statement.formulas = {{"bound", bound}};
    statement.words = {{"quantity", quantity}, {"probability", "1 - n^-C"}, {"regime", "appendix"}};
    statement.latex =
        fmt::format("\\mathbb P\\left({} \\le C\\left({}\\right)\\right) \\ge 1 - n^{{-C}} "
                    "\\qquad (n\\log n \\ge d \\ge \\log^2 n)",
                    random_quantity(quantity).what, bound.latex());
    return statement;
}

void add_tail(ledger::Registry& registry, const TailRow& row)
{
    Claim claim;
    claim.id = row.id;
    claim.printed = tail_statement(row.quantity, row.bound);
    if (row.amended) {
        claim.amended = tail_statement(row.quantity, *row.amended);
    }
    const Statement& base = claim.amended ? *claim.amended : claim.printed;
    for (const auto& [change, bound] : row.faults) {
        claim.faults.push_back(fault(change, base, "bound", bound));
    }
    if (!random_quantity(row.quantity).at_equal_tokens.empty()) {
        claim.faults.push_back(fault("with probability 1", base, "probability", std::string("1")));
    }
    claim.check = check_tail;
    claim.depends_on = row.depends_on;
    claim.witness = tail_witness;
    claim.note = row.note.empty() ? tail_reading : fmt::format("{}; {}", tail_reading, row.note);
    registry.add(std::move(claim));
}

void add_tails(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr L = log_n();
    const Expr over_n = sqrt(L / n);
    add_tail(
        registry,
        {"appB/claim",
         "A",
         L / d,
         over_n + L / d,
         {{"the first term dropped", L / d},
          {"the second term dropped", over_n},
          {"log n/d -> log n/d^2", over_n + L / pow(d, 2)},
          {"sqrt(log n/n) -> log n/n", L / n + L / d}},
         {},
         "for Q = K = 0, V = I all A_j are the mean of the tokens, of size 1/sqrt n, whatever d "
         "is; the amended bound is that of Theorem 4.2"});
    add_tail(registry, {"appB/eq3",
                        "mean",
                        over_n,
                        std::nullopt,
                        {{"sqrt dropped", L / n},
                         {"n -> d under the root, root dropped", L / d},
                         {"1/sqrt(d) more", sqrt(L / (n * d))},
                         {"sqrt(log n) -> log n, n -> n^2 under the root", sqrt(L * L / (n * n))}},
                        {},
                        "holds for all n >= 2, d >= 1, with the same letter C for both (C = 9/2)"});
    add_tail(registry,
             {"appB/hoeffding",
              "X mean",
              1 / d + over_n,
              std::nullopt,
              {{"C/d alone", 1 / d},
               {"C sqrt(log n/n) alone", over_n},
               {"1/d -> 1/d^2", 1 / pow(d, 2) + over_n},
               {"1/d -> 1/(nd)", 1 / (n * d) + over_n}},
              {"appB/mean-x-theta"},
              "the mean given theta_n is not O(1/d), but the excess 1/n of the term k = n is below "
              "sqrt(log n/n)"});
    add_tail(registry, {"appB/x-k-max",
                        "max X",
                        sqrt(L / d),
                        std::nullopt,
                        {{"d under the root -> d^2", sqrt(L) / d},
                         {"root dropped", L / d},
                         {"d -> n", sqrt(L / n)},
                         {"1/sqrt n more", sqrt(L / (n * d))}},
                        {"appB/x-k-subgaussian"},
                        ""});
    add_tail(
        registry,
        {"appB/weight-linearization",
         "weight",
         L / (n * d),
         std::nullopt,
         {{"d -> d^2", L / (n * pow(d, 2))},
          {"n -> n^2", L / (pow(n, 2) * d)},
          {"nd -> n^2 d^2", L / pow(n * d, 2)}},
         {"appB/x-k-max", "appB/exp-expansion"},
         "the sum of e^{X_k} is kept near n by the sum of the X_k, sqrt(log n/(nd)) <= log n/d, "
         "not by the displays of the text alone: appB/weight-sandwich"});
    add_tail(registry,
             {"appB/remainder-norm",
              "remainder",
              L / d,
              std::nullopt,
              {{"d -> d^2", L / pow(d, 2)},
               {"d -> nd", L / (n * d)},
               {"d -> d sqrt(n)", L / (d * sqrt(n))}},
              {"appB/weight-linearization"},
              "the term k = n is at most e^2/n <= e^2 log n/d; that it is at most 2 does not do: "
              "appB/remainder-norm-derivation"});
}

// --- the mean and the law of X_k ----------------------------------------------------------------

/// |E (1/n) sum X_k theta_k| given theta_n. The term k = n is X_n theta_n/n.
Judgement check_mean(const Statement& statement, const Effort& effort)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const RandomQuantity value{
        "conditional mean",
        {},
        "E X_k theta_k = K^T Q theta_n/d for k < n (E theta theta^T = I/d), X_n theta_n for k = n: "
        "at "
        "most (n-1)/(nd) + 1/n, with equality for Q^T K = I",
        1 / d + 1 / n,
        0,
        {{"Q^T K = I", "the mean is theta_n ((n-1)/(nd) + 1/n), at least 1/n", PairFamily::Wide,
          1 / n, Expr(0)},
         {"Q^T K = I", "the mean is theta_n ((n-1)/(nd) + 1/n), at least 1/(2d)", PairFamily::Cube,
          1 / (2 * d), Expr(0)}},
        {}};
    StepsOnRanges steps;
    const Ranges ranges = {{"n", from(2)}, {"d", from(1)}};
    const Expr exact = (n - 1) / (n * d) + 1 / n;
    steps.at_least(1 / d + 1 / n, exact, ranges);
    steps.at_least(exact, 1 / n, ranges);
    steps.at_least(exact, 1 / (2 * d), ranges);
    return decide_rate(value, statement.formulas.at("bound"), effort, "exact mean", steps);
}

void add_mean(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const auto statement = [&](const Expr& bound) {
        Statement result;
        result.formulas = {{"bound", bound}};
        result.latex = fmt::format(
            "\\left\\|\\mathbb E\\left[\\frac1n\\sum_{{k=1}}^n X_k\\theta_k \\,\\Big|\\, "
            "\\theta_n\\right]\\right\\| \\le C\\left({}\\right)",
            bound.latex());
        return result;
    };
    Claim claim;
    claim.id = "appB/mean-x-theta";
    claim.printed = statement(1 / d);
    claim.amended = statement(1 / n + 1 / d);
    claim.check = check_mean;
    claim.faults = {fault("1/n dropped", *claim.amended, "bound", 1 / d),
                    fault("1/d dropped", *claim.amended, "bound", 1 / n),
                    fault("1/d -> 1/d^2", *claim.amended, "bound", 1 / n + 1 / pow(d, 2)),
                    fault("1/n -> 1/n^2", *claim.amended, "bound", 1 / pow(n, 2) + 1 / d)};
    claim.witness = tail_witness;
    claim.note = "conditionally on theta_n, as the text works; the term k = n has norm 1/n for Q^T "
                 "K = I, and "
                 "d/n may be as large as log n. It exceeds C/d by a factor of at most log n, and "
                 "without the "
                 "term k = n the bound holds with C = 1. Without conditioning the mean is 0";
    registry.add(std::move(claim));
}

/// "k<=n-1": i.i.d., mean "mean", variance proxy C times formula "proxy".
Judgement check_subgaussian(const Statement& statement, const Effort& effort)
{
    const Scope scope{ScopeKind::All, "all n >= 2, d >= 1, Q, K"};
    if (statement.words.at("range") == "k<=n") {
        return with({}, {"term k = n", "Q^T K = I: X_n = 1 is no centered variable", Truth::False,
                         Strength::Exact, scope});
    }
    if (statement.numbers.at("mean") != 0) {
        return with({}, {"symmetry", "theta_k and -theta_k have one law: the mean of X_k is 0",
                         Truth::False, Strength::Exact, scope});
    }
    const Expr d = sym("d");
    const RandomQuantity proxy{
        "variance proxy",
        {},
        "given theta_n the X_k = <a, theta_k>, |a| <= 1, are i.i.d. and symmetric; E u^{2m+2}/E "
        "u^{2m} "
        "= (2m+1)/(d+2m) <= (2m+1)/d, so E e^{sX} <= e^{s^2/(2d)} term by term: proxy 1/d, which "
        "is "
        "the variance for Q^T K = I",
        1 / d,
        0,
        {{"Q^T K = I", "the variance 1/d is at most the proxy", PairFamily::Equal, 1 / d, Expr(0)},
         {"Q^T K = I", "the variance 1/d is at most the proxy", PairFamily::Cube, 1 / d, Expr(0)}},
        {}};
    return decide_rate(proxy, statement.formulas.at("proxy"), effort, "moments of the sphere",
                       sphere_moment_steps());
}

void add_subgaussian(ledger::Registry& registry)
{
    const Expr d = sym("d");
    Claim claim;
    claim.id = "appB/x-k-subgaussian";
    claim.printed.formulas = {{"proxy", 1 / d}};
    claim.printed.words = {{"range", "k<=n-1"}};
    claim.printed.numbers = {{"mean", 0}};
    claim.printed.latex =
        "X_1, \\ldots, X_{n-1} \\text{ i.i.d. given } \\theta_n, \\quad \\mathbb E X_k = 0, "
        "\\quad \\mathbb E e^{sX_k} \\le e^{C s^2/(2d)}";
    claim.check = check_subgaussian;
    claim.faults = {fault("k <= n", claim.printed, "range", std::string("k<=n")),
                    fault("mean 1/2", claim.printed, "mean", Rational(1, 2)),
                    fault("1/d -> 1/d^2", claim.printed, "proxy", 1 / pow(d, 2)),
                    fault("1/d -> 1/n", claim.printed, "proxy", 1 / sym("n")),
                    fault("1/d -> log n/(nd)", claim.printed, "proxy", log_n() / (sym("n") * d))};
    claim.witness = tail_witness;
    claim.note = "C = 1 does, and no smaller C: the variance is 1/d for Q^T K = I";
    registry.add(std::move(claim));
}

// --- scalar facts -------------------------------------------------------------------------------

/// X between -1 and 1.
std::vector<Instance> score_values()
{
    std::vector<Instance> instances;
    for (const Rational& X : {Rational(1), Rational(-1), Rational(3, 5), Rational(0)}) {
        instances.push_back({{{"X_n", to_string(X)}}, {{"X", X}}, {}});
    }
    return instances;
}

Judgement check_x_n(const Statement& statement, const Effort& effort)
{
    const Expr X = sym("X");
    const Scope scope{ScopeKind::All, "all d, Q, K with |Q^T K| <= 1, theta_n"};
    const Expr& bound = statement.formulas.at("bound");
    const auto between_signs = [&](const Expr& value) {
        return Reduction{"X_n = <theta_n, Q^T K theta_n> is a function of theta_n, and |X_n| <= "
                         "|theta_n| |Q^T K theta_n| <= 1",
                         {{"X", value}},
                         {{"p", between(-1, 1)}, {"beta", from(0)}}};
    };
    // e^X for all X of [-1, 1] at once, against a constant; equality at an end is for the algebra.
    const auto decide_exponential = [&](const Expr& lhs, const Expr& rhs, const Expr& end) {
        Judgement judgement = decide_reduced(relation_part(lhs, "<=", rhs), effort,
                                             between_signs(end), score_values(), scope);
        if (judgement.counterexample || is_true(judgement.evidence.back().outcome)) {
            return judgement;
        }
        const std::map<std::string, Ball> all = {{"X", Ball::interval(-1, 1)}};
        const Truth everywhere = less_equal(lhs.evaluate<Ball>(all), rhs.evaluate<Ball>(all));
        if (is_true(everywhere)) {
            judgement.evidence.back() = {"exact algebra", "in balls for all X of [-1, 1] at once",
                                         Truth::True, Strength::Enclosed, scope};
        }
        return judgement;
    };
    return all_of({decide_reduced(relation_part(X, "<=", bound), effort, between_signs(sym("p")),
                                  score_values(), scope),
                   decide_reduced(relation_part(-bound, "<=", X), effort, between_signs(sym("p")),
                                  score_values(), scope),
                   decide_exponential(statement.formulas.at("lower"), exp(X), sym("beta") - 1),
                   decide_exponential(exp(X), statement.formulas.at("upper"), 1 - sym("beta"))});
}

void add_x_n(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appB/x-n";
    claim.printed.formulas = {
        {"bound", Expr(1)}, {"lower", exp(Expr(-1))}, {"upper", exp(Expr(1))}};
    claim.printed.latex =
        "X_n = \\theta_n^\\top Q^\\top K\\theta_n, \\quad |X_n| \\le 1, \\quad e^{-1} \\le "
        "e^{X_n} \\le e";
    claim.check = check_x_n;
    claim.faults = {
        fault("|X_n| <= 1/2", claim.printed, "bound", Expr(Rational(1, 2))),
        fault("|X_n| <= 999999/1000000", claim.printed, "bound", Expr(Rational(999999, 1000000))),
        fault("lower bound 1", claim.printed, "lower", Expr(1)),
        fault("upper bound e^(1/2)", claim.printed, "upper", exp(Expr(Rational(1, 2))))};
    claim.witness = tail_witness;
    registry.add(std::move(claim));
}

/// Integers n and d in the regime of Appendix B.
std::vector<Instance> regime_points()
{
    std::vector<Instance> instances;
    for (long n = 2; n <= 24; ++n) {
        for (long d = 1; d <= 80; ++d) {
            if (is_true(in_appendix_regime(n, d))) {
                instances.push_back({{{"n", std::to_string(n)}, {"d", std::to_string(d)}},
                                     {{"n", n}, {"d", d}},
                                     {}});
            }
        }
    }
    return instances;
}

Judgement check_root_d(const Statement& statement, const Effort& effort)
{
    for (const char* side : {"lhs", "rhs"}) {
        require_value(statement.formulas.at(side));
    }
    // log n = l, n = l + gap (log n <= n), d = n log n/(1 + q); or what else is known.
    const Expr l = sym("l");
    const Expr n = l + sym("gap");
    const Expr larger = ratio(27, 10) * l + sym("gap");
    const Ranges ranges = {{"l", from(Rational(69, 100))}, {"gap", from(0)}, {"q", from(0)}};
    const std::vector<Reduction> reductions = {
        {"n^2 >= n log n >= d: n = log n + gap, d = n log n/(1 + q)",
         {{"d", n * l / (1 + sym("q"))}, {"n", n}},
         ranges},
        {"n >= e log n >= (27/10) log n and n log n >= d",
         {{"d", larger * l / (1 + sym("q"))}, {"n", larger}},
         ranges},
        {"n >= 2 and d >= 1", {}, {{"n", from(2)}, {"d", from(1)}}}};
    Judgement judgement;
    for (const Reduction& reduction : reductions) {
        judgement = decide_reduced(
            relation_part(statement.formulas.at("lhs"), ">=", statement.formulas.at("rhs")), effort,
            reduction, regime_points(), {ScopeKind::All, "all n >= 2, d >= 1 with n log n >= d"});
        if (judgement.counterexample || is_true(judgement.evidence.back().outcome)) {
            return judgement;
        }
    }
    return judgement;
}

void add_root_d(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    Claim claim;
    claim.id = "appB/n-vs-sqrt-d";
    claim.printed.formulas = {{"lhs", n}, {"rhs", sqrt(d)}};
    claim.printed.latex = "n \\ge \\sqrt d \\qquad (n\\log n \\ge d)";
    claim.check = check_root_d;
    claim.faults = {fault("n >= d", claim.printed, "rhs", d),
                    fault("n >= 2 sqrt(d)", claim.printed, "rhs", 2 * sqrt(d)),
                    fault("n >= d^(9/10)", claim.printed, "rhs", pow(d, Rational(9, 10))),
                    fault("sqrt(n) >= sqrt(d)", claim.printed, "lhs", sqrt(n))};
    claim.witness = "n = d = 16";
    registry.add(std::move(claim));
}

/// The coefficients of theta_k in the three sums of eq. (2).
Judgement check_decomposition(const Statement& statement, const Effort& effort)
{
    std::vector<Instance> instances;
    for (const long n : {2, 3, 7}) {
        for (const Rational& X : {Rational(-1), Rational(0), Rational(3, 5)}) {
            // n - 1 tokens with score X and X_n = 1.
            const Ball w = exp(Ball(X)) / (Ball(n - 1) * exp(Ball(X)) + exp(Ball(1)));
            instances.push_back({{{"n", std::to_string(n)},
                                  {"X_1 = ... = X_{n-1}", to_string(X)},
                                  {"X_n", "1"},
                                  {"w", "w_1"}},
                                 {{"n", n}, {"X", X}},
                                 {{"w", w}}});
        }
    }
    const Expr sum = statement.formulas.at("first") + statement.formulas.at("second")
                     + statement.formulas.at("third");
    return decide_reduced(
        relation_part(sum, "=", sym("w")), effort,
        {"coefficient of theta_k on both sides", {}, {{"n", from(2)}, {"w", from(0)}}}, instances,
        {ScopeKind::All, "all n >= 1, weights w_k, numbers X_k and vectors theta_k"});
}

void add_attention_decomposition(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr X = sym("X");
    Claim claim;
    claim.id = "appB/eq2";
    claim.printed.formulas = {
        {"first", 1 / n}, {"second", X / n}, {"third", sym("w") - 1 / n - X / n}};
    claim.printed.latex = "\\sum_k w_k\\theta_k = \\frac1n\\sum_k\\theta_k + \\frac1n\\sum_k "
                          "X_k\\theta_k + \\sum_k\\left(w_k - "
                          "\\frac1n - \\frac{X_k}n\\right)\\theta_k";
    claim.check = check_decomposition;
    claim.faults = ledger::faults_of(claim.printed, "third");
    claim.faults.push_back(fault("X_k/n -> X_k", claim.printed, "second", X));
    claim.faults.push_back(fault("1/n -> 1/(n-1)", claim.printed, "first", 1 / (n - 1)));
    claim.witness = tail_witness;
    registry.add(std::move(claim));
}

/// |V x| = f |x| with 0 <= f <= |V|: the relation between |V A| and |A|.
Judgement check_identity_v(const Statement& statement, const Effort& effort)
{
    const Rational& most = statement.numbers.at("operator norm");
    std::vector<Instance> instances;
    for (const auto& [V, f] : std::vector<std::pair<std::string, Rational>>{
             {"0", 0}, {"I/2", most / 2}, {"a rotation, times the norm", most}}) {
        instances.push_back({{{"V", V}, {"|A|", "1"}}, {{"f", f}, {"x", 1}}, {}});
    }
    return decide_reduced(
        relation_part(sym("f") * sym("x"), statement.words.at("relation"), sym("x")), effort,
        {"A(V) = V A(I), and |V x| = f |x| with 0 <= f <= |V|",
         {},
         {{"f", between(0, most)}, {"x", from(0)}}},
        instances, {ScopeKind::All, "all V with |V| <= 1, all tokens and weights"});
}

void add_identity_v(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appB/wlog-identity-v";
    claim.printed.words = {{"relation", "<="}};
    claim.printed.numbers = {{"operator norm", 1}};
    claim.printed.latex =
        "\\|V\\| \\le 1 \\;\\Rightarrow\\; \\left\\|V\\sum_k w_k\\theta_k\\right\\| \\le "
        "\\left\\|\\sum_k w_k\\theta_k\\right\\|";
    claim.check = check_identity_v;
    claim.faults = {fault("for a lower bound", claim.printed, "relation", std::string(">=")),
                    fault("equality", claim.printed, "relation", std::string("=")),
                    fault("|V| <= 2", claim.printed, "operator norm", Rational(2)),
                    fault("|V| <= 1000001/1000000", claim.printed, "operator norm",
                          Rational(1000001, 1000000))};
    claim.witness = "V = 0: 0 <= |A|";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_b(ledger::Registry& registry)
{
    add_tails(registry);
    add_mean(registry);
    add_subgaussian(registry);
    add_x_n(registry);
    add_root_d(registry);
    add_attention_decomposition(registry);
    add_identity_v(registry);
}

} // namespace attest::theorems
