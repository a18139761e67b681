#include "tests/run_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace attest::testing {
namespace {

/// Arguments that are wrong, and what the message has to name: the value and the allowed range.
struct BadInput {
    const char* name;
    std::vector<std::string> arguments;
    std::vector<std::string> named;
};

std::vector<std::string> trajectory_with(const std::string& option, const std::string& value)
{
    std::vector<std::string> arguments = {"trajectory"};
    const std::vector<std::pair<std::string, std::string>> usual = {{"--scheme", "pre-ln"},
                                                                    {"--n", "4"},
                                                                    {"--beta", "1"},
                                                                    {"--until", "t=1"},
                                                                    {"--digits", "20"}};
    bool given = false;
    for (const auto& [key, plain] : usual) {
        given = given || key == option;
        arguments.push_back(key);
        arguments.push_back(key == option ? value : plain);
    }
    if (!given) {
        arguments.push_back(option);
        arguments.push_back(value);
    }
    return arguments;
}

std::vector<std::string> terminal_with(const std::string& option, const std::string& value)
{
    std::vector<std::string> arguments = trajectory_with(option, value);
    arguments.front() = "terminal";
    const auto until = std::find(arguments.begin(), arguments.end(), "--until");
    arguments.erase(until, until + 2);
    return arguments;
}

class BadInputTest : public ::testing::TestWithParam<BadInput> {};

TEST_P(BadInputTest, IsOneLineThatNamesValueAndRange)
{
    const TemporaryFolder folder;
    folder.file("malformed.json", "{\"schema\": \"attest-results/1\", ");
    folder.file("other.json", "[1, 2, 3]\n");
    folder.file("file", "");
    const Outcome outcome = run_attest(GetParam().arguments, folder.path());
    const std::string context = as_typed(GetParam().arguments) + "\n" + outcome.err;
    EXPECT_EQ(outcome.status, 2) << context;
    EXPECT_EQ(outcome.out, "") << context;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << context;
    EXPECT_EQ(outcome.err.rfind("attest: ", 0), 0U) << context;
    for (const std::string& part : GetParam().named) {
        EXPECT_NE(outcome.err.find(part), std::string::npos) << "missing: " << part << "\n"
                                                             << context;
    }
}

/// What `conform` says to a file whose last value of gamma is this one.
Outcome conform_with(const std::string& gamma)
{
    const TemporaryFolder folder;
    folder.file("run.csv", "t,gamma\n0,0\n1," + gamma + "\n");
    return run_attest(
        {"conform", "run.csv", "--scheme", "pre-ln", "--n", "2", "--beta", "1", "--tolerance", "1"},
        folder.path());
}

TEST(CliNumbersInFiles, AreAsLargeAsTheyAreHoweverTheyAreWritten)
{
    const std::string zeros(700, '0');
    for (const std::string& huge : {"1" + zeros, "1" + zeros + "e-200", std::string("-1e301"),
                                    std::string("1e999/"), std::string("1e999/1e999")}) {
        const Outcome outcome = conform_with(huge);
        EXPECT_EQ(outcome.status, 2) << outcome.out;
        EXPECT_NE(outcome.err.find("at most 1e300"), std::string::npos) << outcome.err;
    }
    for (const std::string& small : {"0." + zeros + "1", "0." + zeros + "5e+700",
                                     "5" + zeros + "e-701", std::string("1e-99999999999")}) {
        const Outcome outcome = conform_with(small);
        EXPECT_EQ(outcome.status, 0) << small.substr(0, 10) << outcome.out << outcome.err;
    }
}

const std::vector<std::string> schemes = {"post-ln", "pre-ln", "mix-ln",
                                          "peri-ln", "ngpt",   "sqrt-scaling"};

std::vector<std::string> with_schemes(const std::string& value)
{
    std::vector<std::string> named = {"'" + value + "'"};
    named.insert(named.end(), schemes.begin(), schemes.end());
    return named;
}

const std::vector<BadInput> symmetric_problems = {
    {"UnknownScheme", trajectory_with("--scheme", "rms-norm"), with_schemes("rms-norm")},
    {"EmptyScheme", trajectory_with("--scheme", ""), with_schemes("")},
    {"OneToken", trajectory_with("--n", "1"), {"n", "1", "2.."}},
    {"NegativeTokens", trajectory_with("--n", "-5"), {"n", "-5", "2.."}},
    {"HalfAToken", trajectory_with("--n", "2.5"), {"n '2.5'", "integer", "2.."}},
    {"TokensAsWord", trajectory_with("--n", "many"), {"n 'many'", "integer", "2.."}},
    {"TokensBeyondLong",
     trajectory_with("--n", "99999999999999999999"),
     {"n '99999999999999999999'", "integer", "2.."}},
    {"EmptyTokens", trajectory_with("--n", ""), {"n ''", "integer", "2.."}},
    {"NegativeBeta", trajectory_with("--beta", "-1"), {"beta", "-1", "0..1000"}},
    {"TinyNegativeBeta", trajectory_with("--beta", "-1e-30"), {"beta", "0..1000"}},
    {"BetaNan", trajectory_with("--beta", "nan"), {"beta 'nan'", "0..1000"}},
    {"BetaInfinite", trajectory_with("--beta", "inf"), {"beta 'inf'", "0..1000"}},
    {"BetaByZero", trajectory_with("--beta", "1/0"), {"beta '1/0'", "0..1000"}},
    {"BetaTwoNumbers", trajectory_with("--beta", "1 2"), {"beta '1 2'", "0..1000"}},
    {"EmptyBeta", trajectory_with("--beta", ""), {"beta ''", "0..1000"}},
    {"BetaOnTwoLines", trajectory_with("--beta", "1\n2"), {"beta '1?2'", "0..1000"}},
    {"ZeroMagnitude", trajectory_with("--r0", "0"), {"r0", "0", "positive"}},
    {"NegativeMagnitude", trajectory_with("--r0", "-1"), {"r0", "-1", "positive"}},
    {"MagnitudeNan", trajectory_with("--r0", "NaN"), {"r0 'NaN'", "above 0"}},
    {"NegativeTau", trajectory_with("--tau", "-2"), {"tau", "-2", "at least 0"}},
    {"TauAsWord", trajectory_with("--tau", "soon"), {"tau 'soon'", "not below 0"}},
    {"StartTogether", trajectory_with("--gamma0", "1"), {"gamma0", "1", "between"}},
    {"StartTooFarApart", trajectory_with("--gamma0", "-1/3"), {"gamma0", "-1/3", "between"}},
    {"AlphaUnclosed", trajectory_with("--alpha", "sqrt(t"), {"sqrt(t", "character"}},
    {"AlphaOtherSymbol", trajectory_with("--alpha", "2*x"), {"2*x", "character"}},
    {"EmptyAlpha", trajectory_with("--alpha", ""), {"''", "character"}},
    {"NoDigits", trajectory_with("--digits", "0"), {"digits '0'", "1..10000"}},
    {"MillionDigits", trajectory_with("--digits", "1000000"), {"digits '1000000'", "1..10000"}},
    {"DigitsAsWord", trajectory_with("--digits", "all"), {"digits 'all'", "1..10000"}},
    {"UntilWithoutValue", trajectory_with("--until", "t="), {"until 't='", "t=", "gamma="}},
    {"UntilOtherVariable", trajectory_with("--until", "r=3"), {"until 'r=3'", "t=", "gamma="}},
    {"UntilNegative", trajectory_with("--until", "t=-1"), {"until 't=-1'", "above 0"}},
    {"UntilNan", trajectory_with("--until", "t=nan"), {"until 't=nan'"}},
    {"EmptyUntil", trajectory_with("--until", ""), {"until ''", "t=", "gamma="}},
    {"UntilTogether", trajectory_with("--until", "gamma=1"), {"until 'gamma=1'", "below 1"}},
    {"UntilBeforeStart", trajectory_with("--until", "gamma=-1/2"), {"until 'gamma=-1/2'"}},
    {"LevelNotReached",
     {"trajectory", "--scheme", "ngpt", "--n", "3", "--beta", "1", "--alpha", "1/(1+t)^2",
      "--until", "gamma=0.99"},
     {"not reached"}},
    {"NoSamples", trajectory_with("--samples", "0"), {"samples '0'", "1.."}},
    {"UnwritableCsv", trajectory_with("--csv", "/dev/null/x.csv"), {"/dev/null", "write"}},
    {"CsvIsAFolder", trajectory_with("--csv", "."), {"'.'", "write"}},
    {"EmptyCsv", trajectory_with("--csv", ""), {"csv ''", "empty"}},
    {"TerminalScheme", terminal_with("--scheme", "LN"), with_schemes("LN")},
    {"TerminalOneToken", terminal_with("--n", "1"), {"n", "1", "2.."}},
    {"TerminalBeta", terminal_with("--beta", "-0.5"), {"beta", "0..1000"}},
    {"TerminalBetaNan", terminal_with("--beta", "nan"), {"beta 'nan'", "0..1000"}},
    {"TerminalNoDigits", terminal_with("--digits", "0"), {"digits '0'", "1..10000"}},
    {"TerminalMillionDigits", terminal_with("--digits", "1000000"), {"1000000", "1..10000"}},
    {"TerminalAlpha", terminal_with("--alpha", "t +* 1"), {"t +* 1", "character"}},
};

const std::vector<BadInput> commands = {
    {"NoCommand", {}, {"subcommand"}},
    {"UnknownCommand", {"prove"}, {"'prove'", "verify", "trajectory"}},
    {"EmptyCommand", {""}, {"''", "verify"}},
    {"UnknownOption", {"list", "--colour"}, {"--colour"}},
    {"MissingOption", {"terminal", "--n", "3"}, {"--scheme"}},
    {"EvaluateUnknownSymbol", {"evaluate", "1/x", "--at", "y=3"}, {"1/x", "character"}},
    {"EvaluateNoValue", {"evaluate", "y", "--at", "y"}, {"'y'", "symbol=value"}},
    {"EvaluateNan", {"evaluate", "y", "--at", "y=nan"}, {"'nan'", "number"}},
    {"EvaluateNoDigits",
     {"evaluate", "y", "--at", "y=1", "--digits", "0"},
     {"digits = 0", "1..100000"}},
    {"UnknownClaim", {"verify", "thm9/*"}, {"'thm9/*'", "attest list"}},
    {"EmptyClaim", {"verify", ""}, {"''", "attest list"}},
    {"UnknownProfile", {"verify", "--profile", "fast"}, {"'fast'", "quick, standard, deep"}},
    {"EmptyProfile", {"verify", "--profile", ""}, {"profile ''", "quick, standard, deep"}},
    {"UnknownFormat", {"verify", "--format", "docx"}, {"'docx'", "md", "pdf", "junit"}},
    {"HalfUnknownFormat", {"verify", "--format", "md,docx"}, {"'docx'", "md", "pdf", "junit"}},
    {"EmptyFormat", {"verify", "--format", ""}, {"''", "md", "pdf", "junit"}},
    {"VerifyDigitsZero", {"verify", "--digits", "0"}, {"digits '0'", "5..1000"}},
    {"VerifyDigitsMillion", {"verify", "--digits", "1000000"}, {"'1000000'", "5..1000"}},
    {"ThreadsZero", {"verify", "--threads", "0"}, {"threads '0'", "1..1024"}},
    {"NegativeSeed", {"verify", "--seed", "-1"}, {"seed '-1'", "0.."}},
    {"UnwritableOut", {"verify", "--out", "/dev/null/report"}, {"/dev/null/report", "write"}},
    {"OutIsAFile", {"verify", "--out", "file"}, {"'file'", "write"}},
    {"EmptyOut", {"verify", "--out", ""}, {"''", "write"}},
    {"MissingBaseline", {"verify", "--baseline", "none.json"}, {"none.json"}},
    {"MalformedBaseline", {"verify", "--baseline", "malformed.json"}, {"malformed.json"}},
    {"NothingToResume", {"verify", "--resume"}, {"attest-report/results.json"}},
    {"ShowUnknown", {"show", "thm4.1/nothing"}, {"'thm4.1/nothing'", "attest list"}},
    {"ShowEmpty", {"show", ""}, {"''", "attest list"}},
    {"ShowOtherResults",
     {"show", "table2/pre-ln/r-dot", "--results", "other.json"},
     {"other.json"}},
    {"ListUnknown", {"list", "chapter7"}, {"'chapter7'"}},
    {"ReportMissing", {"report", "none.json"}, {"none.json"}},
    {"ReportMalformed", {"report", "malformed.json"}, {"malformed.json"}},
    {"ReportOther", {"report", "other.json"}, {"other.json"}},
    {"ReportFolder", {"report", "."}, {"'.'"}},
    {"ReportEmpty", {"report", ""}, {"''"}},
    {"CompareMissing", {"compare", "none.json", "other.json"}, {"none.json"}},
    {"CompareOne", {"compare", "other.json"}, {"new"}},
};

std::string name_of(const ::testing::TestParamInfo<BadInput>& info)
{
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Symmetric, BadInputTest, ::testing::ValuesIn(symmetric_problems), name_of);
INSTANTIATE_TEST_SUITE_P(Commands, BadInputTest, ::testing::ValuesIn(commands), name_of);

} // namespace
} // namespace attest::testing
