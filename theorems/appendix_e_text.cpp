// Appendix E: consistency of its text with itself, with Section 2 and with the captions of
// Figure 5.
#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/support.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <sstream>

namespace attest::theorems {
namespace {

// --- dimensions ---------------------------------------------------------------------------------

/// Rows and columns of a matrix as formulas.
using Shape = std::pair<Expr, Expr>;

/// "n d" gives rows and columns; names are d, n, h (heads), p (d_head).
Shape shape(const std::string& words)
{
    std::istringstream stream(words);
    std::string rows;
    std::string columns;
    stream >> rows >> columns;
    const std::vector<std::string> names = {"d", "n", "h", "p"};
    return {parse_expr(rows, names), parse_expr(columns, names)};
}

/// Words: the shapes of X, Q, K, V of one head and of W; numbers: heads, d, d_head, beta of the
/// NanoGPT-style run. Formula "head": d_head as a function of d and h. The products X Q K^T X^T (n
/// x n),
/// (..) X V and Concat(..) W (n x d, like X) have to exist, and the numbers have to satisfy the
/// formula.
Judgement check_dimensions(const Statement& statement, const Effort& effort)
{
    const Expr p = statement.formulas.at("head");
    const auto at = [&](const char* name) {
        const Shape found = shape(statement.words.at(name));
        return Shape{found.first.substitute("p", p), found.second.substitute("p", p)};
    };
    const Shape X = at("X");
    const Shape Q = at("Q");
    const Shape K = at("K");
    const Shape V = at("V");
    const Shape W = at("W");
    const Expr h = sym("h");
    const std::vector<std::pair<Expr, Expr>> equal = {{X.second, Q.first},
                                                      {Q.second, K.second},
                                                      {K.first, X.second},
                                                      {X.second, V.first},
                                                      {h * V.second, W.first},
                                                      {W.second, X.second},
                                                      {p.substitute("h", Expr(1)), sym("d")}};
    Judgement judgement;
    Evidence shapes{
        "shapes (exact algebra)",
        "X Q_h, (X Q_h)(X K_h)^T, X V_h and Concat(O_1, ..) W exist, the result has the shape "
        "of X, and one head has d_head = d",
        Truth::True,
        Strength::Exact,
        {ScopeKind::All, "all n, d, n_heads"}};
    for (const auto& [a, b] : equal) {
        const Truth same = proof::identical(a, b);
        if (!is_true(same)) {
            shapes.outcome = Truth::False;
            shapes.detail =
                fmt::format("{} and {} have to be equal and are not", a.text(), b.text());
            judgement.evidence.push_back(shapes);
            return judgement;
        }
        if (!effort.control) {
            shapes.certificates.push_back({proof::identity_certificate(a, b)});
        }
    }
    const Rational& d_head = statement.numbers.at("d_head");
    const Rational value = p.evaluate<Rational>(
        {{"d", statement.numbers.at("d")}, {"h", statement.numbers.at("heads")}});
    const Rational& beta = statement.numbers.at("beta");
    const bool numbers = value == d_head && beta > 0 && beta * beta == d_head;
    if (numbers) {
        judgement.evidence.push_back(std::move(shapes));
    }
    judgement.evidence.push_back(
        {"numbers of panel (g)",
         fmt::format("d/n_heads = {}, d_head = {}, beta^2 = {}", to_string(value),
                     to_string(d_head), to_string(beta * beta)),
         truth_of(numbers),
         Strength::Exact,
         {ScopeKind::Points, "d = 768, n_heads = 12"},
         std::nullopt,
         false});
    return judgement;
}

void add_dimensions(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appE/dimensions";
    claim.printed.words = {{"X", "n d"}, {"Q", "d p"}, {"K", "d p"}, {"V", "d p"}, {"W", "d d"}};
    claim.printed.formulas = {{"head", sym("d") / sym("h")}};
    claim.printed.numbers = {{"d", 768}, {"heads", 12}, {"d_head", 64}, {"beta", 8}};
    claim.printed.latex = "Q_h, K_h, V_h \\in \\mathbb R^{d\\times d_{head}},\\; W \\in \\mathbb "
                          "R^{d\\times d},\\; d_{head} = "
                          "d/n_{heads};\\quad 768/12 = 64,\\; \\sqrt{64} = 8";
    claim.check = check_dimensions;
    claim.faults = {fault("W is d_head x d", claim.printed, "W", std::string("p d")),
                    fault("V_h is d x d", claim.printed, "V", std::string("d d")),
                    fault("K_h is d_head x d", claim.printed, "K", std::string("p d")),
                    fault("d_head = d", claim.printed, "head", sym("d")),
                    fault("12 -> 16 heads", claim.printed, "heads", Rational(16)),
                    fault("beta = sqrt(d)", claim.printed, "beta", Rational(27)),
                    fault("d = 512", claim.printed, "d", Rational(512))};
    claim.witness = "d = 768, n_heads = 12, d_head = 64";
    claim.note =
        "d_head = d/n_heads is the reading under which Concat(O_1, ..) W exists; the text gives it "
        "for n_heads = 1 and 12";
    registry.add(std::move(claim));
}

// --- conventions --------------------------------------------------------------------------------

/// A convention: are tokens the rows of X, is the score of tokens i, j x_i^T Q K^T x_j ("Q K^T") or
/// x_i^T Q^T K x_j ("Q^T K"), is the value V^T x ("V^T") or V x ("V"), what W stands for.
using Words = std::map<std::string, std::string>;

/// Two places agree when every word agrees, or after the replacements that the word "up to" names:
/// "transposes" (X, Q, K, V by their transposes) and "the letter W".
Judgement check_conventions(const Statement& statement, const Effort& effort)
{
    static const std::array<const char*, 4> all = {"tokens", "score", "value", "W"};
    const std::string& up_to = statement.words.at("up to");
    const bool transposed = up_to.find("transposes") != std::string::npos;
    const bool letter = up_to.find("the letter W") != std::string::npos;
    static const Words transpose = {{"rows", "columns"}, {"columns", "rows"}, {"Q K^T", "Q^T K"},
                                    {"Q^T K", "Q K^T"},  {"V^T", "V"},        {"V", "V^T"}};
    std::vector<std::string> different;
    for (const char* name : all) {
        std::string here = statement.words.at(std::string("appendix: ") + name);
        const std::string& there = statement.words.at(std::string("section: ") + name);
        if (const auto found = transpose.find(here); transposed && found != transpose.end()) {
            here = found->second;
        }
        if (here != there && !(letter && std::string(name) == "W")) {
            different.push_back(fmt::format("{}: {} against {}", name, here, there));
        }
    }
    Judgement judgement;
    Evidence item{"conventions, word for word",
                  different.empty() ? "every convention agrees"
                                    : fmt::format("{}", fmt::join(different, "; ")),
                  truth_of(different.empty()),
                  Strength::Exact,
                  {ScopeKind::All, "Appendix E and Section 2.1"}};
    // n = 2, d = 2, X = I (rows or columns), beta = 1: scores of tokens 1 and 2 with Q = [[0, 1],
    // [0, 0]], K = I are Q_12 = 1 for x_1^T Q K^T x_2 and Q_21 = 0 for x_1^T Q^T K x_2.
    if (!different.empty()) {
        judgement.counterexample = ledger::Counterexample{
            {{"n", "2"},
             {"d", "2"},
             {"x_1, x_2", "(1, 0), (0, 1)"},
             {"Q", "[[0, 1], [0, 0]]"},
             {"K", "I"}},
            "x_1^T Q K^T x_2 = 1 and <Q x_1, K x_2> = 0; differing: " + different.front(),
            {}};
    }
    // The transposed formula is the same number: x^T Q K^T y with Q, K transposed.
    if (different.empty() && !effort.control) {
        const auto s = [](const char* name) { return sym(name); };
        const Expr score =
            (s("x1") * s("q11") + s("x2") * s("q21")) * (s("k11") * s("y1") + s("k21") * s("y2"))
            + (s("x1") * s("q12") + s("x2") * s("q22")) * (s("k12") * s("y1") + s("k22") * s("y2"));
        // <Q^T x, K^T y>, Q^T has rows (q11, q21), (q12, q22).
        const Expr inner =
            (s("q11") * s("x1") + s("q21") * s("x2")) * (s("k11") * s("y1") + s("k21") * s("y2"))
            + (s("q12") * s("x1") + s("q22") * s("x2")) * (s("k12") * s("y1") + s("k22") * s("y2"));
        item.certificates.push_back({proof::identity_certificate(score, inner)});
        item.outcome = item.outcome && proof::identical(score, inner);
    }
    judgement.evidence.push_back(std::move(item));
    return judgement;
}

void add_conventions(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appE/row-convention";
    claim.printed.words = {{"appendix: tokens", "rows"},
                           {"section: tokens", "columns"},
                           {"appendix: score", "Q K^T"},
                           {"section: score", "Q^T K"},
                           {"appendix: value", "V^T"},
                           {"section: value", "V"},
                           {"appendix: W", "output projection"},
                           {"section: W", "attention matrix"},
                           {"up to", "nothing"}};
    claim.printed.latex =
        "\\mathrm{softmax}(\\beta XQ_hK_h^\\top X^\\top)XV_h \\text{ (tokens are rows) and } "
        "Vx_k,\\; \\beta\\langle Qx_j, Kx_k\\rangle \\text{ (tokens are columns) in the same "
        "conventions}";
    claim.amended = claim.printed;
    claim.amended->words["up to"] = "transposes and the letter W";
    claim.amended->latex =
        "\\text{the two agree after } X, Q, K, V \\to X^\\top, Q^\\top, K^\\top, V^\\top, \\text{ "
        "and with another letter for the attention matrix or the output projection}";
    claim.check = check_conventions;
    const Statement& base = *claim.amended;
    claim.faults = {
        fault("without changes", base, "up to", std::string("nothing")),
        fault("transposes alone", base, "up to", std::string("transposes")),
        fault("the letter W alone", base, "up to", std::string("the letter W")),
        fault("scores with Q^T K in Appendix E", base, "appendix: score", std::string("Q^T K")),
        fault("tokens as columns in Appendix E", base, "appendix: tokens", std::string("columns"))};
    claim.witness = "X = I, Q = K = V = I: both give the same rows";
    claim.note =
        "a difference of conventions: for random weights with i.i.d. entries a matrix and its "
        "transpose have one law, so that no result changes";
    registry.add(std::move(claim));
}

// --- the output projection ----------------------------------------------------------------------

/// With two heads and d = 2 (one column each) Concat(O_1, O_2) W = sum_h O_h W_h, and O_h W_h is
/// the attention of the head with value map V_h W_h ("V"); word "absorbed in". Absorbed in Q or K
/// instead the result stays linear in nothing that W multiplies.
Judgement check_output_projection(const Statement& statement, const Effort& effort)
{
    const auto s = [](const std::string& name) { return sym(name); };
    // Weights a, 1 - a of two tokens in head 1 (b in head 2), tokens (x1, x2), (y1, y2).
    const auto mean = [&](const char* weight, const char* column) {
        const Expr first =
            s("x1") * s(fmt::format("{}1", column)) + s("x2") * s(fmt::format("{}2", column));
        const Expr second =
            s("y1") * s(fmt::format("{}1", column)) + s("y2") * s(fmt::format("{}2", column));
        return s(weight) * first + (1 - s(weight)) * second;
    };
    const Expr with_W = mean("a", "v") * s("w11") + mean("b", "u") * s("w21");
    const std::string& place = statement.words.at("absorbed in");
    const bool nonlinear = statement.words.at("W is") != "linear";
    const auto merged = [&](const char* weight, const char* column, const char* w) {
        const Expr c1 =
            place == "V" ? s(fmt::format("{}1", column)) * s(w) : s(fmt::format("{}1", column));
        const Expr c2 =
            place == "V" ? s(fmt::format("{}2", column)) * s(w) : s(fmt::format("{}2", column));
        return s(weight) * (s("x1") * c1 + s("x2") * c2)
               + (1 - s(weight)) * (s("y1") * c1 + s("y2") * c2);
    };
    const Expr without_W = merged("a", "v", "w11") + merged("b", "u", "w21");
    const Expr left = nonlinear ? pow(with_W, 2) : with_W;
    const Truth same = proof::identical(left, without_W);
    Judgement judgement;
    Evidence item{"exact algebra",
                  "coordinate of sum_h O_h W_h for two heads: equal to attention with value maps "
                  "V_h W_h, for "
                  "all weights; the coordinates and heads of any d, n_heads are sums of such terms",
                  same,
                  Strength::Exact,
                  {ScopeKind::All, "all n, d, heads, W"}};
    if (is_true(same) && !effort.control) {
        item.certificates.push_back({proof::identity_certificate(left, without_W)});
    }
    if (!is_true(same)) {
        // One exact point at which they differ.
        proof::Point point;
        long next = 2;
        for (const Expr* formula : {&left, &without_W}) {
            for (const std::string& name : formula->symbols()) {
                if (point.emplace(name, Rational(next, name == "a" || name == "b" ? 31 : 1))
                        .second) {
                    ++next;
                }
            }
        }
        if (left.evaluate<Rational>(point) != without_W.evaluate<Rational>(point)) {
            item.outcome = Truth::False;
            item.detail = "differs at " + proof::to_string(point);
        }
    }
    judgement.evidence.push_back(std::move(item));
    return judgement;
}

void add_output_projection(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appE/output-projection";
    claim.printed.words = {{"absorbed in", "V"}, {"W is", "linear"}};
    claim.printed.latex =
        "\\mathrm{Concat}(O_1, \\ldots)W = \\sum_h \\mathrm{softmax}(\\beta XQ_hK_h^\\top "
        "X^\\top)\\,X\\,"
        "(V_hW_h): \\text{ attention without } W \\text{ and other value matrices}";
    claim.check = check_output_projection;
    claim.faults = {fault("absorbed in Q", claim.printed, "absorbed in", std::string("Q")),
                    fault("absorbed in K", claim.printed, "absorbed in", std::string("K")),
                    fault("W followed by a square", claim.printed, "W is", std::string("squared"))};
    claim.witness = "W = I";
    claim.note = "W changes V to V W, within the class of dynamics that Section 2 describes (any "
                 "V, sum over "
                 "heads); results that assume V = I speak of V W = I then";
    registry.add(std::move(claim));
}

// --- captions of Figure 5 -----------------------------------------------------------------------

/// Panels as "name d relation level": level 1, sqrt or 4sqrt; the words "size" and "temperature"
/// say what small/medium/large and low/medium/high mean; numbers: n.
Judgement check_captions(const Statement& statement, const Effort&)
{
    const Rational& n = statement.numbers.at("n");
    std::vector<std::string> wrong;
    for (const auto& [name, text] : statement.words) {
        if (!name.starts_with("panel")) {
            continue;
        }
        std::istringstream stream(text);
        long d = 0;
        std::string relation;
        std::string level;
        std::string word;
        stream >> d >> relation >> level >> word;
        const bool related = (relation == ">" && Rational(d) > n)
                             || (relation == "<" && Rational(d) < n)
                             || (relation == "=" && Rational(d) == n);
        const std::string size = fmt::format("size {}", d);
        const bool known = statement.words.contains(size)
                           && (statement.words.at(size)
                               == (relation == ">"   ? "large"
                                   : relation == "<" ? "small"
                                                     : "medium"));
        const auto meaning = statement.words.find("temperature " + word);
        // A caption without a word for its level names none that could contradict.
        const bool fits =
            word == "-" || (meaning != statement.words.end() && meaning->second == level);
        if (!related || !known || !fits) {
            wrong.push_back(fmt::format("{}: {}", name, text));
        }
    }
    // Low, medium, high increase: 1 < sqrt d < 4 sqrt d for every d that occurs (d > 1).
    const std::array<std::string, 3> order = {"1", "sqrt", "4sqrt"};
    const bool ordered = statement.words.at("temperature low") == order[0]
                         && statement.words.at("temperature medium") == order[1]
                         && statement.words.at("temperature high") == order[2];
    if (!ordered) {
        wrong.push_back("levels are not in the order 1 < sqrt d < 4 sqrt d");
    }
    return with({}, {"comparison of numbers",
                     wrong.empty()
                         ? "every caption's d against n = 128 and every level against the text"
                         : fmt::format("{}", fmt::join(wrong, "; ")),
                     truth_of(wrong.empty()),
                     Strength::Exact,
                     {ScopeKind::All, "captions (a) to (f)"}});
}

void add_captions(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appE/context-length";
    claim.printed.numbers = {{"n", 128}};
    claim.printed.words = {{"panel a", "512 > sqrt medium"},
                           {"panel b", "512 > 4sqrt high"},
                           {"panel c", "512 > sqrt medium"},
                           {"panel d", "16 < 1 -"},
                           {"panel e", "128 = sqrt medium"},
                           {"panel f", "128 = 4sqrt high"},
                           {"size 16", "small"},
                           {"size 128", "medium"},
                           {"size 512", "large"},
                           {"temperature low", "1"},
                           {"temperature medium", "sqrt"},
                           {"temperature high", "4sqrt"}};
    claim.printed.latex = "n = 128:\\quad d = 512 > n,\\; d = 16 < n,\\; d = 128 = n;\\quad \\beta "
                          "= 1,\\; \\sqrt d,\\; 4\\sqrt d "
                          "\\text{ low, medium, high in text and captions (a)--(f)}";
    claim.check = check_captions;
    claim.faults = {
        fault("n = 256", claim.printed, "n", Rational(256)),
        fault("n = 16", claim.printed, "n", Rational(16)),
        fault("panel b medium", claim.printed, "panel b", std::string("512 > 4sqrt medium")),
        fault("panel d: d > n", claim.printed, "panel d", std::string("16 > 1 -")),
        fault("panel e: d < n", claim.printed, "panel e", std::string("128 < sqrt medium")),
        fault("medium and high exchanged", claim.printed, "temperature medium",
              std::string("4sqrt"))};
    claim.witness = "n = 128, d = 16, 128, 512";
    claim.note = "caption (c) repeats d = 512 without saying d > n, which is true of it; caption "
                 "(d) gives beta = 1 "
                 "without the word low";
    registry.add(std::move(claim));
}

// --- the variance of GPT-style weights ----------------------------------------------------------

/// Formulas "text" and "caption": the variance that each place states, over the symbol sigma;
/// numbers "text value" and "caption value" are what the places give to sigma^2 or sigma.
Judgement check_sigma(const Statement& statement, const Effort& effort)
{
    const Rational text = statement.formulas.at("text").evaluate<Rational>(
        {{"value", statement.numbers.at("text value")}});
    const Rational caption = statement.formulas.at("caption").evaluate<Rational>(
        {{"value", statement.numbers.at("caption value")}});
    Judgement judgement =
        with({}, {"exact numbers",
                  fmt::format("variance {} in the text, {} in the caption of panel (g)",
                              to_string(text), to_string(caption)),
                  truth_of(text == caption),
                  Strength::Exact,
                  {ScopeKind::All, "Appendix E, panel (g)"}});
    if (text != caption) {
        judgement.counterexample = ledger::Counterexample{
            {{"variance in the text", to_string(text)},
             {"variance in the caption", to_string(caption)}},
            fmt::format("they differ by a factor {}", to_string(Rational(text / caption))),
            replay_command(statement.formulas.at("text").substitute("value", sym("v")),
                           statement.formulas.at("caption").substitute(
                               "value", Expr(Rational(statement.numbers.at("caption value")
                                                      / statement.numbers.at("text value")))
                                            * sym("v")),
                           {{"v", statement.numbers.at("text value")}})};
        attach(judgement, effort, proof::point_certificate(Expr(text), "!=", Expr(caption), {}));
    }
    return judgement;
}

void add_sigma(ledger::Registry& registry)
{
    const Expr value = sym("value");
    const Rational two_percent(2, 100);
    Claim claim;
    claim.id = "appE/gpt-init-sigma";
    claim.printed.formulas = {{"text", value}, {"caption", pow(value, 2)}};
    claim.printed.numbers = {{"text value", two_percent}, {"caption value", two_percent}};
    claim.printed.latex = "\\sigma^2 = 0.02 \\text{ (text) and } \\sigma = 0.02 \\text{ (caption "
                          "(g)) are one variance}";
    claim.amended = claim.printed;
    claim.amended->formulas.insert_or_assign("text", pow(value, 2));
    claim.amended->latex = "\\sigma = 0.02 \\text{ in both places, variance } 0.0004";
    claim.check = check_sigma;
    const Statement& base = *claim.amended;
    claim.faults = {fault("text: variance 0.02", base, "text", value),
                    fault("caption: variance 0.02", base, "caption", value),
                    fault("caption: sigma = 0.2", base, "caption value", Rational(2, 10)),
                    fault("text: sigma = 0.0004", base, "text value", Rational(4, 10000))};
    claim.witness = "sigma = 0.02: variance 0.0004";
    claim.note =
        "0.02 is GPT-2's standard deviation, so the caption's reading is taken for the amended "
        "statement; with the text's variance the weights are sqrt(50) times larger";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_e_text(ledger::Registry& registry)
{
    add_dimensions(registry);
    add_conventions(registry);
    add_output_projection(registry);
    add_captions(registry);
    add_sigma(registry);
}

} // namespace attest::theorems
