#include "tests/run_program.hpp"

#include "attest/numbers/ball.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/report/json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <sys/wait.h>

namespace attest::testing {
namespace {

using nlohmann::json;

Outcome run_ok(const std::vector<std::string>& arguments, const std::filesystem::path& folder)
{
    Outcome outcome = run_attest(arguments, folder);
    EXPECT_EQ(outcome.status, 0) << as_typed(arguments) << "\n" << outcome.err << outcome.out;
    return outcome;
}

Ball ball_of(const json& decimal)
{
    const Rational mid = parse_rational(decimal.at("mid").get<std::string>());
    const Rational rad = parse_rational(decimal.at("rad").get<std::string>());
    return Ball::interval(mid - rad, mid + rad);
}

class Cli : public ::testing::Test {
protected:
    const std::filesystem::path& folder() const { return folder_.path(); }

    TemporaryFolder folder_; // NOLINT: fixtures share members with their tests
};

TEST_F(Cli, HelpAndVersionSucceed)
{
    EXPECT_NE(run_ok({"--help"}, folder()).out.find("Examples:"), std::string::npos);
    EXPECT_EQ(run_ok({"--version"}, folder()).out.rfind("attest ", 0), 0U);
    for (const char* command :
         {"verify", "list", "show", "report", "compare", "trajectory", "terminal"}) {
        EXPECT_NE(run_ok({command, "--help"}, folder()).out.find("xample"), std::string::npos)
            << command;
    }
}

TEST_F(Cli, ListIsTabSeparatedAndPlainWhenPiped)
{
    const Outcome all = run_ok({"list"}, folder());
    EXPECT_EQ(all.out.find('\x1b'), std::string::npos);
    for (const std::string& line : lines_of(all.out)) {
        EXPECT_EQ(std::count(line.begin(), line.end(), '\t'), 3) << line;
    }
    const std::vector<std::string> ids = lines_of(run_ok({"list", "--ids"}, folder()).out);
    EXPECT_EQ(ids.size(), lines_of(all.out).size());
    const std::vector<std::string> some =
        lines_of(run_ok({"list", "--ids", "table2/*"}, folder()).out);
    EXPECT_FALSE(some.empty());
    for (const std::string& id : some) {
        EXPECT_EQ(id.rfind("table2/", 0), 0U) << id;
    }
}

TEST_F(Cli, VerifyWritesReportsAndNamesTheMainOneLast)
{
    const Outcome run = run_attest(
        {"verify", "appA/pre-ln/*-ode", "--out", "here", "--format", "json,md,junit"}, folder());
    EXPECT_LE(run.status, 1) << run.err;
    EXPECT_EQ(run.out.find('\x1b'), std::string::npos);
    EXPECT_EQ(run.err.find('\r'), std::string::npos) << "a progress bar without a terminal";
    EXPECT_NE(run.err.find("Deciding 2 claims"), std::string::npos) << run.err;
    EXPECT_EQ(lines_of(run.out).back(),
              std::filesystem::canonical(folder() / "here" / "report.md").string());
    const ledger::Results results = report::read_results(folder() / "here" / "results.json");
    EXPECT_EQ(results.claims.size(), 2U);

    // A later command finds the results, compares them, and makes reports from them.
    const Outcome shown =
        run_ok({"show", "appA/pre-ln/r-ode", "--results", "here/results.json"}, folder());
    EXPECT_NE(shown.out.find("here/results.json"), std::string::npos);
    run_ok({"compare", "here/results.json", "here/results.json"}, folder());
    run_ok({"report", "here/results.json", "--format", "tex", "--out", "there"}, folder());
    EXPECT_TRUE(std::filesystem::exists(folder() / "there" / "report.tex"));
}

TEST_F(Cli, TheNumberOfThreadsDoesNotChangeTheAnswers)
{
    std::vector<ledger::Results> results;
    for (const char* threads : {"1", "3"}) {
        run_attest({"verify", "appA/*-ode", "--threads", threads, "--format", "json"}, folder());
        results.push_back(report::read_results(folder() / "attest-report" / "results.json"));
        results.back().run = {};
        for (ledger::ClaimResult& claim : results.back().claims) {
            claim.seconds = 0;
        }
    }
    EXPECT_EQ(report::to_json(results[0]), report::to_json(results[1]));
}

TEST_F(Cli, ARunWorseThanItsBaselineEndsWithStatus1)
{
    const std::vector<std::string> verify = {"verify",     "appA/pre-ln/r-ode", "--format",  "json",
                                             "--baseline", "good.json",         "--threads", "1"};
    run_attest({"verify", "appA/pre-ln/r-ode", "--format", "json"}, folder());
    const std::filesystem::path written = folder() / "attest-report" / "results.json";
    ledger::Results results = report::read_results(written);
    report::write_results(results, folder() / "good.json");
    run_ok(verify, folder());

    results.claims.front().as_stated.verdict = ledger::Verdict::Undecided;
    report::write_results(results, folder() / "weak.json");
    const Outcome compared = run_attest({"compare", "good.json", "weak.json"}, folder());
    EXPECT_EQ(compared.status, 1);
    EXPECT_NE(compared.out.find("-> undecided"), std::string::npos) << compared.out;
    run_ok({"compare", "weak.json", "good.json"}, folder());

    results = report::read_results(folder() / "good.json");
    results.claims.front().controls.planted += 1;
    results.claims.front().controls.caught += 1;
    report::write_results(results, folder() / "good.json");
    EXPECT_EQ(run_attest(verify, folder()).status, 1);
}

TEST_F(Cli, TrajectoryPrintsTheFieldsOfItsJson)
{
    const std::vector<std::string> arguments = {
        "trajectory", "--scheme", "pre-ln", "--n",      "256", "--beta",    "5",
        "--until",    "t=100",    "--json", "--digits", "40",  "--samples", "5"};
    const json result = json::parse(run_ok(arguments, folder()).out);
    EXPECT_EQ(result.at("scheme"), "pre-ln");
    EXPECT_EQ(result.at("n"), 256);
    EXPECT_EQ(result.at("beta"), 5);
    EXPECT_EQ(result.at("r0"), 1);
    EXPECT_GE(result.at("digits").get<long>(), 40);
    EXPECT_EQ(result.at("samples").size(), 5U);
    const PrecisionScope precision(bits_for_digits(60));
    EXPECT_EQ(parse_rational(result.at("t").get<std::string>()), Rational(100));
    const Rational sum = parse_rational(result.at("gamma").get<std::string>())
                         + parse_rational(result.at("one_minus_gamma").get<std::string>());
    EXPECT_LT(abs(sum - 1), parse_rational("1e-38"));
    EXPECT_GT(parse_rational(result.at("r").get<std::string>()), 1);
}

TEST_F(Cli, TrajectoryWritesCsv)
{
    run_ok({"trajectory", "--scheme", "ngpt", "--n", "8", "--beta", "2", "--alpha", "sqrt(t)",
            "--until", "gamma=0.9", "--digits", "20", "--samples", "11", "--csv", "out.csv"},
           folder());
    run_ok({"trajectory", "--scheme", "mix-ln", "--n", "8", "--beta", "2", "--tau", "1/2",
            "--until", "t=3", "--digits", "20", "--csv", "usual.csv"},
           folder());
    for (const auto& [name, rows] : {std::pair("out.csv", 12U), std::pair("usual.csv", 201U)}) {
        std::ifstream in(folder() / name);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const std::vector<std::string> lines = lines_of(text);
        ASSERT_EQ(lines.size(), rows);
        EXPECT_EQ(lines.front(), "t,gamma,r,one_minus_gamma");
        for (const std::string& line : lines) {
            EXPECT_EQ(std::count(line.begin(), line.end(), ','), 3) << line;
        }
    }
}

TEST_F(Cli, TerminalConstantsOfMoreDigitsRefineThoseOfFewer)
{
    for (const char* scheme : {"post-ln", "pre-ln", "mix-ln", "peri-ln", "ngpt", "sqrt-scaling"}) {
        const auto constant = [&](const char* digits) {
            json result = json::parse(run_ok({"terminal", "--scheme", scheme, "--n", "128",
                                              "--beta", "9", "--digits", digits, "--json"},
                                             folder())
                                          .out);
            EXPECT_EQ(result.at("scheme"), scheme);
            EXPECT_EQ(result.at("n"), 128);
            EXPECT_EQ(result.at("beta"), 9);
            EXPECT_TRUE(result.at("law").is_string());
            EXPECT_GE(result.at("digits").get<long>(), std::stol(digits));
            const PrecisionScope precision(bits_for_digits(60));
            return ball_of(result.at("C"));
        };
        EXPECT_TRUE(constant("20").overlaps(constant("40"))) << scheme;
    }
}

TEST_F(Cli, WhatAnInterruptedRunFinishedIsSavedAndKept)
{
    // The shell sends SIGINT long before a run of every claim can end.
    const std::string command = "cd '" + folder().string() + "' && timeout --signal=INT 5 '"
                                + ATTEST_PROGRAM
                                + "' verify --format json --threads 2 >out 2>err </dev/null";
    const int status = std::system(command.c_str()); // NOLINT: one thread
    std::ifstream in(folder() / "err");
    const std::string err{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(WEXITSTATUS(status), 124) << err; // what timeout says when it had to stop it
    EXPECT_NE(err.find("--resume"), std::string::npos) << err;
    EXPECT_FALSE(std::filesystem::exists(folder() / "attest-report" / "results.json"))
        << "only a finished run has that name";
    const ledger::Results saved =
        report::read_results(folder() / "attest-report" / "results.unfinished.json");
    const auto decided =
        std::find_if(saved.claims.begin(), saved.claims.end(), [](const auto& claim) {
            return claim.as_stated.verdict != ledger::Verdict::NotChecked;
        });
    ASSERT_NE(decided, saved.claims.end()) << "nothing was decided within the time";

    const std::string& id = decided->id;
    const Outcome resumed =
        run_attest({"verify", id, "--format", "json", "--resume", "--threads", "2"}, folder());
    EXPECT_NE(resumed.err.find("Deciding 0 claims"), std::string::npos) << resumed.err;
    const Outcome other =
        run_attest({"verify", id, "--format", "json", "--resume", "--digits", "31"}, folder());
    EXPECT_EQ(other.status, 2);
    EXPECT_NE(other.err.find("digits 31"), std::string::npos) << other.err;
}

} // namespace
} // namespace attest::testing
