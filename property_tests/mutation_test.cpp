#include "attest/ledger/mutation.hpp"
#include "attest/numbers/mutation.hpp"
#include "attest/report/mutation.hpp"
#include "expr_cases.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace attest::mutation_tests {

using Texts = std::set<std::string>;

/// The formulas that one operator makes.
Texts made_by(std::string_view name, const Expr& formula,
              const std::vector<std::string>& symbols = {})
{
    Texts texts;
    for (const MutationOperator& one : mutation_operators()) {
        if (one.name == name) {
            for (const Mutant& mutant : one.apply(formula, symbols)) {
                EXPECT_EQ(mutant.operation, name);
                EXPECT_FALSE(mutant.change.empty());
                texts.insert(mutant.formula.text());
            }
        }
    }
    return texts;
}

TEST(MutationOperators, DoWhatTheirNamesSay)
{
    const Expr r = Expr::symbol("r");
    const Expr t = Expr::symbol("t");
    EXPECT_EQ(made_by("constant-by-one", Expr(2)), (Texts{"3", "1"}));
    EXPECT_EQ(made_by("constant-ppm", Expr(2)),
              (Texts{"((1000001/1000000)*2)", "(1000001/500000)"}));
    EXPECT_EQ(made_by("constant-ppm", Expr(0)), (Texts{"((1000001/1000000)*0)", "(1/1000000)"}));
    EXPECT_EQ(made_by("exponent-by-one", pow(t, -3)), (Texts{"t^(-2)", "t^(-4)", "(t^(2))^(-3)"}));
    EXPECT_EQ(made_by("exponent-by-one", sqrt(Expr(5))), (Texts{"5^(3/2)", "5^(-1/2)"}));
    EXPECT_EQ(made_by("sign", r + t), (Texts{"(-(r+t))", "(r-t)", "((-r)+t)", "(r+(-t))"}));
    EXPECT_EQ(made_by("sign", -r), (Texts{"(-(-r))", "r", "(-(-r))"}));
    EXPECT_EQ(made_by("drop-term", r - t), (Texts{"r", "(-t)"}));
    EXPECT_EQ(made_by("drop-factor", r / t), (Texts{"r", "(1/t)"}));
    EXPECT_EQ(made_by("drop-function", exp(r)), (Texts{"r"}));
    EXPECT_EQ(made_by("swap-extremes", Expr::symbol("mins"), {"maxs", "mins"}), (Texts{"maxs"}));
    EXPECT_EQ(made_by("swap-extremes", Expr::symbol("mins"), {"mins"}), (Texts{}));
    EXPECT_EQ(made_by("swap-extremes", sin(t)), (Texts{"cos(t)"}));
    EXPECT_EQ(made_by("one-for-symbol", 1 - r, {"r", "t"}), (Texts{"(1-1)", "(r-r)", "(t-r)"}));
    EXPECT_EQ(made_by("shift", sqrt(t)), (Texts{"sqrt((t+1))"}));
    EXPECT_EQ(made_by("reciprocal", r), (Texts{"(1/r)"}));
    EXPECT_EQ(made_by("factor-two", exp(r)),
              (Texts{"(2*exp(r))", "(exp(r)/2)", "exp((2*r))", "exp((r/2))"}));
    EXPECT_EQ(made_by("wrong-symbol", r, {"r", "t"}), (Texts{"t"}));
    EXPECT_EQ(made_by("exchange-symbols", r / t, {"r", "t"}), (Texts{"(t/r)"}));
}

RC_GTEST_PROP(Mutants, AreDistinctAndInAFixedOrder, ())
{
    const Expr formula = testing::any_formula(*rc::gen::inRange(0, 4));
    const auto all = mutants(formula, formula.symbols());
    const auto again = mutants(formula, formula.symbols());
    RC_ASSERT(all.size() == again.size());
    Texts texts = {formula.text()};
    for (std::size_t i = 0; i < all.size(); ++i) {
        RC_ASSERT(all[i].change == again[i].change);
        RC_ASSERT(all[i].formula == again[i].formula);
        RC_ASSERT(texts.insert(all[i].formula.text()).second);
    }
}

// The older list of near misses is part of the new one, up to how a mutant is written.
TEST(Mutants, ReachEveryPlaceOfAFormula)
{
    const Expr x = Expr::symbol("x");
    const Expr formula = exp(sin(1 / (x + 5)));
    Texts texts;
    Texts places;
    for (const Mutant& one : mutants(formula, {"x"})) {
        texts.insert(one.formula.text());
        places.insert(one.place);
    }
    EXPECT_TRUE(texts.contains(exp(sin(1 / (x + 6))).text()));
    EXPECT_TRUE(texts.contains(exp(cos(1 / (x + 5))).text()));
    EXPECT_TRUE(texts.contains(exp(sin(1 / x)).text()));
    EXPECT_EQ(places, (Texts{"whole", "0", "0.0", "0.0.0", "0.0.1", "0.0.1.0", "0.0.1.1"}));
}

TEST(OtherExtreme, KnowsPairsAndNothingElse)
{
    EXPECT_EQ(other_extreme("mins"), "maxs");
    EXPECT_EQ(other_extreme("maxs"), "mins");
    EXPECT_EQ(other_extreme("lower"), "upper");
    EXPECT_EQ(other_extreme("low"), "high");
    EXPECT_EQ(other_extreme("gamma"), "");
}

// --- statements --------------------------------------------------------------------------------

ledger::Statement sample_statement()
{
    ledger::Statement statement;
    statement.formulas = {{"lhs", Expr::symbol("r")}, {"rhs", Expr::symbol("t")}};
    statement.numbers = {{"limit", Rational(2)}};
    statement.words = {{"relation", "<="}, {"schemes", "a b"}, {"reading", "something"}};
    return statement;
}

Texts words_in_place_of(const std::string& part)
{
    Texts found;
    for (const auto& one :
         ledger::mutants_of(sample_statement(), {ledger::relation_signs(), {"a", "b", "c"}})) {
        if (one.part == "word " + part) {
            found.insert(one.statement.words.at(part));
        }
    }
    return found;
}

TEST(StatementMutants, ChangeOnePartOnly)
{
    const ledger::Statement original = sample_statement();
    Texts parts;
    for (const auto& one :
         ledger::mutants_of(original, {ledger::relation_signs(), {"a", "b", "c"}})) {
        EXPECT_EQ(ledger::changed_parts(original, one.statement),
                  std::vector<std::string>{one.part})
            << one.part << ": " << one.change;
        parts.insert(one.part);
    }
    EXPECT_EQ(parts, (Texts{"formula lhs", "formula rhs", "number limit", "word relation",
                            "word schemes"}));
    EXPECT_EQ(words_in_place_of("relation"), (Texts{"=", "<", ">=", ">"}));
    EXPECT_EQ(words_in_place_of("schemes"), (Texts{"a", "b", "c b", "a c"}));
    EXPECT_EQ(words_in_place_of("reading"), (Texts{}));
}

TEST(StatementMutants, ANumberIsChangedInSevenWays)
{
    std::set<Rational> values;
    for (const auto& one : ledger::mutants_of(sample_statement(), {})) {
        if (one.part == "number limit") {
            values.insert(one.statement.numbers.at("limit"));
        }
    }
    // Half of 2 is 2 - 1.
    EXPECT_EQ(values, (std::set<Rational>{Rational(1000001, 500000), 3, 1, -2, 4, Rational(1, 2)}));
}

TEST(PartProbes, TakeEveryPartAway)
{
    const auto probes = ledger::part_probes(sample_statement());
    ASSERT_EQ(probes.size(), 6U);
    for (const auto& probe : probes) {
        EXPECT_EQ(ledger::changed_parts(sample_statement(), probe.removed),
                  std::vector<std::string>{probe.part});
        EXPECT_EQ(ledger::changed_parts(sample_statement(), probe.meaningless),
                  std::vector<std::string>{probe.part});
    }
}

// --- fates -------------------------------------------------------------------------------------

ledger::Judgement answer(ledger::Verdict verdict, ledger::Strength strength,
                         ledger::ScopeKind scope)
{
    ledger::Judgement judgement;
    judgement.verdict = verdict;
    judgement.strength = strength;
    judgement.scope = {scope, "somewhere"};
    judgement.evidence.push_back({"a route", "", Truth::Unknown, strength, judgement.scope});
    return judgement;
}

TEST(Fates, FollowFromTheAnswer)
{
    using enum ledger::Verdict;
    using enum ledger::Strength;
    using enum ledger::ScopeKind;
    const auto fate = [](const ledger::Judgement& given) { return ledger::fate_of(given).fate; };
    EXPECT_EQ(fate(answer(Fails, Exact, Points)), ledger::Fate::Caught);
    EXPECT_EQ(fate(answer(Disagreement, None, Nothing)), ledger::Fate::Contradicted);
    EXPECT_EQ(fate(answer(Holds, Exact, All)), ledger::Fate::Proved);
    EXPECT_EQ(fate(answer(Holds, Enclosed, Points)), ledger::Fate::TrueAtPoints);
    EXPECT_EQ(fate(answer(Holds, Numeric, All)), ledger::Fate::Missed);
    EXPECT_EQ(fate(answer(Holds, Statistical, Sample)), ledger::Fate::Missed);
    EXPECT_EQ(fate(answer(Undecided, None, Nothing)), ledger::Fate::Undecided);
    ledger::Judgement stopped = answer(Undecided, None, Nothing);
    stopped.evidence.front().route = "check";
    EXPECT_EQ(fate(stopped), ledger::Fate::NoStatement);
    for (const char* word : {"caught", "contradicted", "equivalent", "no-statement", "proved",
                             "true-at-points", "undecided", "missed"}) {
        EXPECT_EQ(ledger::to_string(ledger::parse_fate(word)), word);
    }
    EXPECT_THROW(ledger::parse_fate("lost"), InputError);
}

// --- reports -----------------------------------------------------------------------------------

ledger::ClaimMutants sample_mutants()
{
    ledger::ClaimMutants claim;
    claim.id = "model/a|b";
    claim.subject = "printed";
    claim.verdict = ledger::Verdict::Holds;
    claim.made = 5;
    claim.by_operation["sign"][ledger::Fate::Caught] = 2;
    claim.by_operation["shift"][ledger::Fate::Missed] = 1;
    claim.unread = {"word x"};
    claim.leftovers = {{"formula lhs",
                        "shift",
                        "0.1",
                        "t -> (t+1)",
                        {ledger::Fate::Missed, "holds, `numeric`: |x|"}}};
    claim.seconds = 0.125;
    return claim;
}

TEST(MutationReport, ALineSaysEverything)
{
    const ledger::ClaimMutants claim = sample_mutants();
    EXPECT_EQ(report::mutants_from_line(report::mutants_line(claim), "x"), claim);
    const report::MutationSettings settings{12, 7, 30, "0", "abc"};
    EXPECT_EQ(report::settings_from_line(report::settings_line(settings), "x"), settings);
    EXPECT_EQ(report::mutants_line(claim).find('\n'), std::string::npos);
    for (const char* bad : {"", "{", "[]", "{\"id\": 3}", "7"}) {
        EXPECT_THROW(report::mutants_from_line(bad, "file"), InputError) << bad;
        EXPECT_THROW(report::settings_from_line(bad, "file"), InputError) << bad;
    }
}

TEST(MutationReport, TotalsAreSums)
{
    ledger::ClaimMutants paper = sample_mutants();
    paper.id = "thm4.1/x";
    const report::MutationRun run{{}, {12, 7, 30, "0", "abc"}, {paper, sample_mutants()}};
    EXPECT_EQ(report::sums_of(run.claims).counts[ledger::Fate::Caught], 4);
    EXPECT_EQ(report::sums_of(run.claims, report::MutantsOf::Paper).made, 5);
    EXPECT_EQ(report::sums_of(run.claims, report::MutantsOf::Model).counts.tried(), 3);
    const std::string text = report::mutation_markdown(run);
    EXPECT_NE(text.find("| total | 10 | 6 | 4 | 0 | 0 | 0 | 0 | 0 | 0 | 2 |"), std::string::npos)
        << text;
    EXPECT_NE(
        text.find("| | made | tried | caught | contradicted | equivalent | no statement | proved "
                  "true | true at points | undecided | missed |\n"
                  "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"),
        std::string::npos)
        << text;
    EXPECT_NE(text.find("`` holds, `numeric`: |x| ``"), std::string::npos) << text;
    EXPECT_NE(report::mutation_json(run).find("\"missed\": 2"), std::string::npos);
}

} // namespace attest::mutation_tests
