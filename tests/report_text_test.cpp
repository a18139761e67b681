#include "attest/report/decimal.hpp"
#include "attest/report/latex_text.hpp"
#include "attest/report/limit_plots.hpp"
#include "attest/report/math.hpp"
#include "attest/report/overview.hpp"
#include "attest/report/ranking.hpp"
#include "attest/report/svg.hpp"
#include "tests/report_sample.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace attest;
using namespace attest::report;

TEST(Shorten, RoundsOutward)
{
    EXPECT_EQ(shorten("0.0123456", 2, Rounding::Down), "0.012");
    EXPECT_EQ(shorten("0.0123456", 2, Rounding::Up), "0.013");
    EXPECT_EQ(shorten("-0.0123456", 2, Rounding::Down), "-0.013");
    EXPECT_EQ(shorten("-0.0123456", 2, Rounding::Up), "-0.012");
    EXPECT_EQ(shorten("999.9", 3, Rounding::Up), "1000");
    EXPECT_EQ(shorten("1.2345e-33", 3, Rounding::Up), "1.24e-33");
    EXPECT_EQ(shorten("123456789", 2, Rounding::Down), "1.2e8");
    EXPECT_EQ(shorten("-0.000", 3, Rounding::Up), "0");
    EXPECT_EQ(shorten("+5.50", 4, Rounding::Up), "5.5");
    EXPECT_EQ(shorten("-inf", 4, Rounding::Up), "-inf");
    EXPECT_EQ(shorten("1/3", 4, Rounding::Up), "1/3");
}

TEST(NearestDouble, OfDecimalsFractionsAndInfinities)
{
    const std::string zeros(700, '0');
    for (const auto& [text, value] : std::vector<std::pair<std::string, double>>{
             {"0", 0},
             {"+0.1", 0.1},
             {"-2.5e-3", -2.5e-3},
             {"inf", HUGE_VAL},
             {"+inf", HUGE_VAL},
             {"-inf", -HUGE_VAL},
             {"1e400", HUGE_VAL},
             {"-1e-400", 0},
             {"4e-320", 4e-320},
             // What the sign of the exponent says of the size is not all.
             {"1" + zeros + "e-200", HUGE_VAL},
             {"1" + zeros + "e-800", 1e-100},
             {"0." + zeros + "1", 0},
             {"0." + zeros + "1e+701", 1},
             {"1/4", 0.25},
             {"-3/4", -0.75},
             {"+0/7", 0},
             {"1/3", 1.0 / 3},
             // Ends beyond every double.
             {"3" + zeros + "/4" + zeros, 0.75},
             {"1/1" + zeros, 0},
             {"-1" + zeros + "/1", -HUGE_VAL},
             {"1" + zeros + "/8" + zeros.substr(100), 1.25e99}}) {
        EXPECT_DOUBLE_EQ(nearest_double(text), value) << text.substr(0, 30);
    }
}

TEST(ForgeMath, KeepsMarkdownAway)
{
    EXPECT_EQ(forge_inline("a\\,b"), "$a\\thinspace b$");
    EXPECT_EQ(forge_inline("\\{x\\} | y < z"), "$\\lbrace x\\rbrace \\vert y \\lt z$");
    EXPECT_EQ(forge_inline("\\dot{\\gamma}_{0} + x"), "$`\\dot{\\gamma}_{0} + x`$");
    EXPECT_EQ(forge_inline("\\gamma_0"), "$\\gamma_0$");
    EXPECT_EQ(markdown_text("a_b *c* <d> | $e$ `f`"),
              "a\\_b \\*c\\* &lt;d&gt; &#124; &#36;e&#36; \\`f\\`");
    EXPECT_EQ(markdown_code("a`b"), "`` a`b ``");
}

TEST(Statement, SplitsAtDollars)
{
    EXPECT_TRUE(split_statement("a + b").at(0).math);
    const std::vector<Piece> pieces = split_statement("for $x > 0$ it \\$ holds");
    ASSERT_EQ(pieces.size(), 3U);
    EXPECT_TRUE(pieces[1].math);
    EXPECT_EQ(pieces[1].content, "x > 0");
    EXPECT_FALSE(split_statement("odd $ number").at(0).math);
}

TEST(ClosingBrace, IsTheOneThatEndsTheGroup)
{
    EXPECT_EQ(closing_brace("{a}", 0), 2U);
    EXPECT_EQ(closing_brace("x{a{b}c}d", 1), 7U);
    EXPECT_EQ(closing_brace("{a \\} b}c", 0), 7U);
    EXPECT_EQ(closing_brace("{a \\{ b}c", 0), 7U);
    EXPECT_EQ(closing_brace("{a\\\\}", 0), 4U);
    EXPECT_EQ(closing_brace("{a", 0), std::string_view::npos);
    EXPECT_EQ(closing_brace("{a\\", 0), std::string_view::npos);
    // A sign of a brace ends no argument.
    EXPECT_EQ(svg_label("\\text{x\\}y}z"), "x}yz");
    EXPECT_EQ(svg_label("\\sqrt{a"), "√a");
    const std::string statement = latex_statement("\\text{for all \\} in } x = 1");
    EXPECT_NE(statement.find("{for all \\} in  \\attestterm{"), std::string::npos) << statement;
}

TEST(PlainId, KeepsWhatNamesOfPlacesMayHave)
{
    EXPECT_EQ(plain_id("thm4.1/pre-ln/x_1", ".-/"), "thm4.1/pre-ln/x-1");
    EXPECT_EQ(plain_id("thm4.1/pre-ln/é", ".-"), "thm4.1-pre-ln---");
}

TEST(Latex, EscapesEverything)
{
    EXPECT_EQ(latex_text("50% of #1_a & {b}"), "50\\% of \\#1\\_a \\& \\{b\\}");
    EXPECT_EQ(latex_text("a -> b <= c"), "a \\ensuremath{\\to} b \\ensuremath{\\le} c");
    EXPECT_EQ(latex_text("γ ≥ 0 – ☃"),
              "\\ensuremath{\\gamma} \\ensuremath{\\ge} 0 – \\texttt{[U+2603]}");
    EXPECT_EQ(latex_code("a/b_c"), "\\texttt{a/\\allowbreak{}b\\_\\allowbreak{}c}");
    EXPECT_EQ(latex_inline("\\frac{1}{2"), latex_code("\\frac{1}{2"));
    EXPECT_FALSE(is_balanced("\\left( x"));
    EXPECT_FALSE(is_balanced("x % comment"));
    EXPECT_TRUE(is_balanced("\\left(\\{ x \\}\\right)"));
}

TEST(Axis, HasRoundTicksInsideItsEnds)
{
    for (const auto& [values, logarithmic] :
         std::vector<std::pair<std::vector<double>, bool>>{{{0.03, 0.97}, false},
                                                           {{-5, 1234}, false},
                                                           {{3, 3}, false},
                                                           {{0, 0}, false},
                                                           {{}, false},
                                                           {{1e-40, 1e33}, true},
                                                           {{2, 3}, true},
                                                           {{-1, 0}, true},
                                                           {{std::nan(""), HUGE_VAL, 1}, true}}) {
        const Axis axis = make_axis(values, logarithmic);
        EXPECT_LT(axis.lo, axis.hi);
        int labels = 0;
        for (const Axis::Tick& tick : axis.ticks) {
            EXPECT_GE(axis.place(tick.value), -1e-9);
            EXPECT_LE(axis.place(tick.value), 1 + 1e-9);
            labels += tick.label.empty() ? 0 : 1;
        }
        EXPECT_GE(labels, 2);
        EXPECT_LE(labels, 12);
        for (const double value : values) {
            if (axis.shows(value)) {
                // Up to a fiftieth of the step between ticks, which nobody sees.
                EXPECT_GE(axis.place(value), -0.01);
                EXPECT_LE(axis.place(value), 1.01);
            }
        }
    }
}

TEST(LimitPlots, RatesOfTheoremsBecomeFigures)
{
    ledger::Results results = sample::small_results();
    std::vector<ledger::Figure> figures = limit_figures(results);
    ASSERT_EQ(figures.size(), 1U);
    EXPECT_EQ(figures[0].id, "limits_thm4_1");
    ASSERT_EQ(figures[0].panels.size(), 1U);
    EXPECT_EQ(figures[0].panels[0].title, "pre-ln/terminal-velocity");
    EXPECT_EQ(figures[0].panels[0].curves[0].label, "n=1, $\\beta$=1");
    // The amended statement has a panel where it was followed elsewhere.
    ledger::ClaimResult& claim = results.claims[0];
    claim.amended = ledger::Amended{"", claim.as_stated};
    EXPECT_EQ(limit_figures(results)[0].panels.size(), 1U);
    claim.amended->judgement.evidence[1].plots = {sample::limit_plot(2)};
    figures = limit_figures(results);
    ASSERT_EQ(figures[0].panels.size(), 2U);
    EXPECT_EQ(figures[0].panels[1].title, "pre-ln/terminal-velocity, amended");
    // Nine panels are two figures.
    claim.as_stated.evidence[1].plots.assign(8, sample::limit_plot(1));
    figures = limit_figures(results);
    ASSERT_EQ(figures.size(), 2U);
    EXPECT_EQ(figures[1].id, "limits_thm4_1_2");
    EXPECT_EQ(figures[0].panels.size() + figures[1].panels.size(), 9U);
}

TEST(LimitPlots, SayInWordsWhereTheyBeginAndEnd)
{
    const ledger::LimitPlot plot = sample::limit_plot(1);
    EXPECT_EQ(
        course_text(plot.courses[1]),
        "n=10, beta=1: in [1e-434294481903, 1.5e-434294481903] at 1e-1, in [0.999999, 1.00001] "
        "at 1e12");
    EXPECT_EQ(numbers_of(plot.courses[1]).y[0], 0);
    EXPECT_FALSE(wants_logarithm(plot));
    EXPECT_EQ(course_text({"none", {}, {}, {}}), "none: no values");
    const std::string tiny = "0." + std::string(400, '0') + "1";
    EXPECT_EQ(numbers_of({"tiny", {"1e1"}, {tiny}, {tiny}}).y, std::vector<double>{0});
}

TEST(Axis, ASmallOvershootAsksForNoTick)
{
    const Axis axis = make_axis({-0.001, 0.5, 1.0001}, false);
    EXPECT_EQ(axis.lo, 0);
    EXPECT_EQ(axis.hi, 1);
    EXPECT_EQ(axis.ticks.size(), 6U);
}

TEST(Svg, PutsThreePanelsIntoARow)
{
    ledger::Figure figure{"f", "", {}};
    for (int k = 0; k < 7; ++k) {
        figure.panels.push_back({"panel", "t", "y", false, false, {{"c", {0, 1}, {0, 1}}}});
    }
    const std::string svg = to_svg(figure);
    const auto places = [&](const std::string& start) {
        std::size_t count = 0;
        for (std::size_t at = svg.find(start); at != std::string::npos;
             at = svg.find(start, at + 1)) {
            ++count;
        }
        return count;
    };
    EXPECT_EQ(places("<g transform=\"translate(88 "), 3U);
    EXPECT_EQ(places("<g transform=\"translate("), 7U);
}

TEST(Svg, LabelsOnOneLineKeepTheirMeaning)
{
    EXPECT_EQ(svg_label("\\frac{1}{t + 1}"), "1/(t + 1)");
    EXPECT_EQ(svg_label("\\frac{1}{\\sqrt{t}}"), "1/√t");
    EXPECT_EQ(svg_label("\\sqrt{t + 1}"), "√(t + 1)");
    EXPECT_EQ(svg_label("\\left(t\\right)"), "(t)");
    EXPECT_EQ(svg_label("\\frac{\\beta}{2}"), "β/2");
}

TEST(Svg, BreaksACurveWhereItCannotBeShown)
{
    ledger::Figure figure{"f", "", {{"", "t", "y", false, true, {}}}};
    figure.panels[0].curves.push_back({"a < b", {0, 1, 2, 3, 4}, {1, 10, 0, 10, 100}});
    const std::string svg = to_svg(figure);
    EXPECT_NE(svg.find("a &lt; b"), std::string::npos);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
    const std::size_t path = svg.find("stroke=\"#0072b2\"");
    const std::string data = svg.substr(path, svg.find("/path", path) - path);
    EXPECT_EQ(std::count(data.begin(), data.end(), 'M'), 2);
}

TEST(Overview, CountsWhatIsThere)
{
    const ledger::Results results = sample::small_results();
    const Tally table = tally(results);
    EXPECT_EQ(table.total(), 5);
    for (const ledger::Verdict verdict : verdict_order) {
        EXPECT_EQ(table.of(verdict), 1);
    }
    const Totals sums = totals(results);
    EXPECT_EQ(sums.planted, 22);
    EXPECT_EQ(sums.caught, 21);
    EXPECT_EQ(sums.amended_hold, 1);
    EXPECT_EQ(unit_title("appD.3/step"), "Appendix D.3");
    EXPECT_EQ(unit_title("thm4.1/pre-ln/terminal-velocity"), "Theorem 4.1");
    EXPECT_EQ(unit_title("blog/x"), "Blog");
    EXPECT_FALSE(has_timings(without_timings(results)));
}

TEST(Ranking, FailingFirstThenNearestToFailure)
{
    ledger::Results results = sample::small_results();
    const auto add = [&](const char* id, const char* lo, const char* hi, ledger::Verdict verdict) {
        ledger::ClaimResult& claim = results.claims.emplace_back();
        claim.id = id;
        claim.as_stated.verdict = verdict;
        claim.as_stated.slack = ledger::Slack{lo, hi};
    };
    add("x/third", "1/3", "1/3", ledger::Verdict::Holds);
    add("x/tiny", "1e-5000", "2e-5000", ledger::Verdict::Holds);
    add("x/equal", "0", "0", ledger::Verdict::Holds);
    add("x/large", "33.4e-2", "inf", ledger::Verdict::Holds);
    add("x/equality", "0", "1e-9", ledger::Verdict::Holds);
    add("x/open", "-1e-400", "1e-400", ledger::Verdict::Undecided);
    results.claims.back().amended =
        ledger::Amended{"y", results.claims[results.claims.size() - 3].as_stated};
    std::vector<std::string> order;
    for (const RankedSlack& item : ranked_slacks(results)) {
        order.push_back(item.claim->id + (item.amended ? ", amended" : ""));
    }
    const std::vector<std::string> expected = {"appA/peri-ln/gronwall-upper-bound-of-the-velocity",
                                               "thm4.1/pre-ln/terminal-velocity",
                                               "x/open",
                                               "x/equal",
                                               "x/equality",
                                               "x/tiny",
                                               "x/third",
                                               "x/large",
                                               "x/open, amended"};
    EXPECT_EQ(order, expected);
    EXPECT_EQ(without_slack(results), 3); // two claims of the sample, and an amended statement
    EXPECT_EQ(slack_place(results.claims[1].as_stated), "at n = 3, beta = 17/4, gamma = 99/100");
    EXPECT_NE(slack_place(results.claims[0].as_stated).find("n in {2, 3, 10"), std::string::npos);
    ledger::Judgement attacked = results.claims[1].as_stated;
    attacked.evidence.push_back(
        {"attack",
         "local searches; the least relative slack, -0.1, belongs to a <= b "
         "at n = 2; s = 1; replay: attest show x; proved elsewhere",
         Truth::False,
         ledger::Strength::Exact,
         {}});
    EXPECT_EQ(slack_place(attacked), "attack: a <= b at n = 2; s = 1");
    attacked.evidence.back().detail = "belongs to " + std::string(199, 'a') + "βγ; replay: x";
    EXPECT_EQ(slack_place(attacked), "attack: " + std::string(199, 'a') + " ...");
    const std::string text = ranking_markdown(results);
    EXPECT_NE(text.find("| 9 | [`x/open`](claims.md#claim-x-open) | amended | holds | "
                        "\\[0.334, inf\\] |"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("3 checked statements have none and are not listed"), std::string::npos);
    EXPECT_TRUE(ranking_markdown({}).empty());
}

} // namespace
