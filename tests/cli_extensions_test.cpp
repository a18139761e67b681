// Schemes and claims outside the paper as a user meets them: docs/extending.md.

#include "tests/run_program.hpp"

#include "attest/report/json.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace attest::testing {
namespace {

using nlohmann::json;

constexpr const char* schemes_outside[] = {"deepnorm", "layerscale"};

Outcome run_extension(const std::vector<std::string>& arguments,
                      const std::filesystem::path& folder)
{
    const Outcome run = run_attest(arguments, folder);
    EXPECT_EQ(run.status, 0) << as_typed(arguments) << "\n" << run.err;
    return run;
}

TEST(CliExtensions, CommandsKnowTheSchemes)
{
    const TemporaryFolder folder;
    for (const char* scheme : schemes_outside) {
        const auto run = json::parse(
            run_extension({"trajectory", "--scheme", scheme, "--n", "16", "--beta", "2", "--alpha",
                           "3", "--until", "t=5", "--digits", "25", "--json"},
                          folder.path())
                .out);
        EXPECT_EQ(run.at("alpha"), "3");
        EXPECT_EQ(run.at("second_route_agrees"), true);
        const auto law =
            json::parse(run_extension({"terminal", "--scheme", scheme, "--n", "16", "--beta", "2",
                                       "--alpha", "3", "--digits", "30", "--json"},
                                      folder.path())
                            .out);
        EXPECT_EQ(law.at("routes").size(), 3U);
        EXPECT_EQ(law.at("routes_agree"), "true");
        const auto tokens = json::parse(
            run_extension({"particles", "--scheme", scheme, "--n", "8", "--d", "4", "--beta", "1",
                           "--alpha", "1/2", "--until", "hemisphere", "--json"},
                          folder.path())
                .out);
        EXPECT_EQ(tokens.at("stop"), "goal") << tokens;
    }
}

// Twice the weight of the residual takes twice the time; half the weight of the update likewise.
TEST(CliExtensions, TheWeightSetsThePace)
{
    const TemporaryFolder folder;
    const auto gamma = [&](const char* scheme, const char* alpha, const char* until) {
        return json::parse(
                   run_extension({"trajectory", "--scheme", scheme, "--n", "16", "--beta", "2",
                                  "--alpha", alpha, "--until", until, "--digits", "20", "--json"},
                                 folder.path())
                       .out)
            .at("gamma")
            .get<std::string>();
    };
    EXPECT_EQ(gamma("deepnorm", "2", "t=6"), gamma("post-ln", "1", "t=3"));
    EXPECT_EQ(gamma("layerscale", "1/2", "t=6"), gamma("pre-ln", "1", "t=3"));
    EXPECT_NE(gamma("layerscale", "0.500001", "t=6"), gamma("pre-ln", "1", "t=3"));
}

TEST(CliExtensions, OneTableForThePapersSchemesAndTheOthers)
{
    const TemporaryFolder folder;
    const std::vector<std::string> arguments = {"terminal", "--scheme", "all", "--n",
                                                "128",      "--beta",   "1",   "--alpha",
                                                "2",        "--digits", "15"};
    const std::string table = run_extension(arguments, folder.path()).out;
    EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 10); // parameters, header, six + two
    std::vector<std::string> with_json = arguments;
    with_json.emplace_back("--json");
    const json rows = json::parse(run_extension(with_json, folder.path()).out);
    ASSERT_EQ(rows.size(), 8U);
    const auto number = [&](std::size_t k) {
        return std::stod(rows.at(k).at("C").at("mid").get<std::string>());
    };
    EXPECT_EQ(rows.at(6).at("scheme"), "deepnorm");
    EXPECT_EQ(rows.at(6).at("law"), "C*exp(((-1)*t))");
    EXPECT_NEAR(number(6), number(0) / 2, 1e-12 * number(0)); // C_post/a
    EXPECT_EQ(rows.at(7).at("law"), "C/t^(3)");
    EXPECT_NEAR(number(7), number(1) / 4, 1e-12 * number(1)); // C_pre/lambda^2
    EXPECT_EQ(rows.at(7).at("initial_velocity").at("formula"), "2/((r0/alpha0)*((n-1)+exp(beta)))");
}

TEST(CliExtensions, AWeightThatVanishesAtTheStartHasNoVelocityThere)
{
    const TemporaryFolder folder;
    const std::vector<std::string> start = {"terminal", "--scheme", "layerscale", "--n", "8",
                                            "--beta",   "1",        "--digits",   "15"};
    for (const char* option : {"", "--json"}) {
        std::vector<std::string> arguments = start;
        arguments.insert(arguments.end(), {"--alpha", "t"});
        if (*option != '\0') {
            arguments.emplace_back(option);
        }
        const Outcome run = run_attest(arguments, folder.path());
        EXPECT_EQ(run.status, 0) << run.err;
        EXPECT_NE(run.out.find("none at t = 0"), std::string::npos) << run.out;
        EXPECT_EQ(run.out.find("nan"), std::string::npos) << run.out;
    }
}

TEST(CliExtensions, WrongNamesAndWeightsAreRefused)
{
    const TemporaryFolder folder;
    for (const char* command : {"trajectory", "terminal", "tube", "reference", "particles"}) {
        std::vector<std::string> arguments = {command, "--scheme", "deep", "--n",
                                              "4",     "--beta",   "1"};
        if (std::string(command) == "particles") {
            arguments.insert(arguments.end(), {"--d", "2"});
        } else if (std::string(command) == "reference") {
            arguments.insert(arguments.end(), {"--times", "0,1"});
        } else if (std::string(command) != "terminal") {
            arguments.insert(arguments.end(), {"--until", "t=1"});
        }
        const Outcome run = run_attest(arguments, folder.path());
        EXPECT_EQ(run.status, 2) << command;
        for (const char* scheme : {"post-ln", "sqrt-scaling", "deepnorm", "layerscale"}) {
            EXPECT_NE(run.err.find(scheme), std::string::npos) << command << ": " << run.err;
        }
    }
    for (const char* scheme : schemes_outside) {
        const Outcome run = run_attest(
            {"terminal", "--scheme", scheme, "--n", "4", "--beta", "1", "--alpha", "-1/2"},
            folder.path());
        EXPECT_EQ(run.status, 2);
        EXPECT_NE(run.err.find("must be positive"), std::string::npos) << run.err;
    }
    // The ensembles of the paper are those of its six schemes.
    EXPECT_EQ(
        run_attest({"trajectory", "--scheme", "all", "--n", "4", "--beta", "1", "--until", "t=1"},
                   folder.path())
            .status,
        2);
}

/// An Euler simulator of LayerScale's gamma and r, n = 8, beta = 1, lambda = 1/2. `power`: of r in
/// gamma'; 1 is right.
std::string layerscale_csv(double step, int power)
{
    std::string csv = "t,gamma,r\n";
    double gamma = 0;
    double r = 1;
    for (int k = 0; k * step <= 8 + 1e-9; ++k) {
        csv += fmt::format("{:.17g},{:.17g},{:.17g}\n", k * step, gamma, r);
        const double e = std::exp(gamma);
        const double Z = 7 * e + std::exp(1.0);
        const double slope = 0.5 * 2 * e * (1 - gamma) * (7 * gamma + 1) / (std::pow(r, power) * Z);
        r += step * 0.5 * (7 * e * gamma + std::exp(1.0)) / Z;
        gamma += step * slope;
    }
    return csv;
}

TEST(CliExtensions, ConformTellsARightSimulatorFromAWrongOne)
{
    const TemporaryFolder folder;
    folder.file("right.csv", layerscale_csv(0.02, 1));
    folder.file("wrong.csv", layerscale_csv(0.02, 0));
    const std::vector<std::string> how = {"--scheme", "layerscale", "--n",     "8",
                                          "--beta",   "1",          "--alpha", "1/2"};
    std::vector<std::string> arguments = {"conform", "right.csv"};
    arguments.insert(arguments.end(), how.begin(), how.end());
    const Outcome right = run_attest(arguments, folder.path());
    EXPECT_EQ(right.status, 0) << right.out << right.err;
    arguments[1] = "wrong.csv";
    const Outcome wrong = run_attest(arguments, folder.path());
    EXPECT_EQ(wrong.status, 1) << wrong.out << wrong.err;
    EXPECT_NE(wrong.out.find("x/layerscale/gamma-ode"), std::string::npos) << wrong.out;
    EXPECT_EQ(wrong.out.find("thm4.1/"), std::string::npos) << "not a scheme of the paper";
}

TEST(CliExtensions, OwnClaimsHaveARunOfTheirOwn)
{
    const TemporaryFolder folder;
    const std::string listed = run_extension({"list", "--extensions", "--ids"}, folder.path()).out;
    EXPECT_NE(listed.find("x/deepnorm/layer-of-post-ln\n"), std::string::npos);
    EXPECT_EQ(run_extension({"list", "--ids"}, folder.path()).out.find("x/"), std::string::npos);
    EXPECT_EQ(run_attest({"verify", "x/*"}, folder.path()).status, 2) << "not the paper's";
    run_extension({"verify", "x/deepnorm/*", "x/layerscale/*", "--extensions", "--format",
                   "json,md", "--threads", "2"},
                  folder.path());
    const ledger::Results results =
        report::read_results(folder.path() / "attest-report" / "results.json");
    EXPECT_EQ(results.claims.size(), 10U);
    EXPECT_EQ(results.paper.title, "Claims outside the paper");
    EXPECT_TRUE(results.constants.empty());
    for (const ledger::ClaimResult& claim : results.claims) {
        EXPECT_EQ(claim.as_stated.verdict, ledger::Verdict::Holds) << claim.id;
        EXPECT_EQ(claim.controls.planted, claim.controls.caught) << claim.id;
    }
    const std::string shown =
        run_extension({"show", "x/deepnorm/terminal-velocity", "--live"}, folder.path()).out;
    EXPECT_NE(shown.find("holds"), std::string::npos);
}

/// Lines without leading blanks, joined: a fragment in a page and the file may differ in indent.
std::string without_indent(const std::string& text)
{
    std::string out;
    bool at_start = true;
    for (const char c : text) {
        if (at_start && c == ' ') {
            continue;
        }
        at_start = c == '\n';
        out += c;
    }
    return out;
}

// Every fragment of code in docs/extending.md stands so in the file that the page names before it.
TEST(CliExtensions, ThePageShowsTheShippedFiles)
{
    const std::filesystem::path docs = ATTEST_DOCS;
    const std::string page = text_of(docs / "extending.md");
    std::size_t fragments = 0;
    for (std::size_t from = page.find("```cpp"); from != std::string::npos;
         from = page.find("```cpp", from + 1)) {
        const std::size_t start = page.find('\n', from) + 1;
        const std::string code = page.substr(start, page.find("```", start) - start);
        const std::size_t named = page.rfind("](../", from);
        ASSERT_NE(named, std::string::npos);
        const std::string file = page.substr(named + 5, page.find(')', named) - named - 5);
        const std::string source = text_of(docs.parent_path() / file);
        ASSERT_FALSE(source.empty()) << file;
        EXPECT_NE(without_indent(source).find(without_indent(code)), std::string::npos)
            << file << ":\n"
            << code;
        ++fragments;
    }
    EXPECT_GE(fragments, 5U);
}

} // namespace
} // namespace attest::testing
