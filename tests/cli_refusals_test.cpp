// What the commands refuse and what they print only in rare cases: conform, reference, terminal,
// particles, trajectory, and a full disk behind the standard output.

#include "tests/run_program.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace attest::testing {
namespace {

using nlohmann::json;

std::vector<std::string> with_problem(std::vector<std::string> arguments)
{
    for (const char* word : {"--scheme", "post-ln", "--n", "8", "--beta", "1"}) {
        arguments.emplace_back(word);
    }
    return arguments;
}

/// One line, status 2, with these parts.
void expect_refused(const TemporaryFolder& folder, const std::vector<std::string>& arguments,
                    const std::vector<std::string>& named)
{
    const Outcome outcome = run_attest(arguments, folder.path());
    const std::string context = as_typed(arguments) + "\n" + outcome.err;
    EXPECT_EQ(outcome.status, 2) << context;
    EXPECT_EQ(outcome.out, "") << context;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << context;
    for (const std::string& part : named) {
        EXPECT_NE(outcome.err.find(part), std::string::npos) << part << "\n" << context;
    }
}

/// A version 1 .npy file of little-endian doubles.
std::string doubles_npy(const std::string& shape, const std::vector<double>& values)
{
    std::string header =
        fmt::format("{{'descr': '<f8', 'fortran_order': False, 'shape': {}, }}", shape);
    header.resize(117, ' ');
    header += '\n';
    std::string bytes("\x93NUMPY\x01\x00\x76\x00", 10);
    bytes += header;
    for (const double value : values) {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        for (unsigned i = 0; i < 8; ++i) {
            bytes += static_cast<char>(bits >> (8 * i) & 0xFFU);
        }
    }
    return bytes;
}

/// Euler steps of Post-LN's gamma, n = 8, beta = 1; 2 is the right factor.
std::string euler_rows(double step, double factor, bool magnitudes = false)
{
    std::string csv = magnitudes ? "t,gamma,r\n" : "t,gamma\n";
    double gamma = 0;
    for (double k = 0; k * step <= 6 + 1e-9; ++k) {
        csv += fmt::format("{:.17g},{:.17g}{}\n", k * step, gamma, magnitudes ? ",1" : "");
        const double e = std::exp(gamma);
        gamma += step * factor * e * (1 - gamma) * (7 * gamma + 1) / (7 * e + std::exp(1.0));
    }
    return csv;
}

TEST(CliRefusals, Conform)
{
    const TemporaryFolder folder;
    folder.file("run.csv", "t,gamma\n0,0\n1,0.1\n");
    folder.file("late.csv", "t,gamma\n0,0\n10000000,0.1\n");
    folder.file("square.npy", doubles_npy("(2, 2)", {0, 1, 2, 3}));
    folder.file("three.npy", doubles_npy("(3,)", {0, 1, 2}));
    folder.file("tokens.npy", doubles_npy("(2, 8, 1)", std::vector<double>(16, 1)));
    expect_refused(folder, with_problem({"conform", "run.csv", "--layers", "--step", "1"}),
                   {"step '1'", "must be left out with layers"});
    expect_refused(folder, with_problem({"conform", "late.csv", "--layers"}),
                   {"late.csv: layer 10000000", "at most 1000000"});
    expect_refused(folder, with_problem({"conform", "tokens.npy", "--times", "square.npy"}),
                   {"square.npy: shape (2, 2)", "one dimension"});
    expect_refused(folder, with_problem({"conform", "tokens.npy", "--times", "three.npy"}),
                   {"three.npy: 3 times: must be 2, as many as tokens.npy has"});
}

TEST(CliRefusals, ConformOfAMillionRows)
{
    const TemporaryFolder folder;
    std::string csv = "t,gamma\n";
    for (int row = 0; row <= 1'000'000; ++row) {
        csv += "0,0\n";
    }
    folder.file("long.csv", csv);
    expect_refused(folder, with_problem({"conform", "long.csv"}),
                   {"long.csv: more than 1000000 rows: must be at most that"});
}

TEST(CliRefusals, Reference)
{
    const TemporaryFolder folder;
    folder.file("other.csv", "a,b\n1,2\n");
    expect_refused(folder, with_problem({"reference", "--times", "1e13"}),
                   {"times '1e13'", "0..1e12"});
    expect_refused(folder, with_problem({"reference", "--until", "-1"}), {"until '-1'", "0..1e12"});
    expect_refused(folder, with_problem({"reference", "--times", "1", "--until", "2"}),
                   {"times: must be given alone"});
    expect_refused(folder, with_problem({"reference", "--times", "other.csv"}),
                   {"other.csv: no column 't'"});
    expect_refused(folder, with_problem({"reference", "--until", "1", "--samples", "1"}),
                   {"samples '1'", "2..100000"});
    const Outcome usual = run_attest(with_problem({"reference", "--until", "1"}), folder.path());
    EXPECT_EQ(usual.status, 0) << usual.err;
    EXPECT_EQ(std::count(usual.out.begin(), usual.out.end(), '\n'), 201) << "header and 200 rows";
}

TEST(CliRefusals, AFullStandardOutput)
{
    const TemporaryFolder folder;
    for (const char* arguments : {"--version", "list", "list --ids", "show thm4.2/bound"}) {
        const Outcome outcome = run_program(
            "/bin/sh", {"-c", std::string("'") + ATTEST_PROGRAM + "' " + arguments + " >/dev/full"},
            folder.path());
        EXPECT_EQ(outcome.status, 2) << arguments << outcome.err;
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
        EXPECT_EQ(outcome.err.rfind("attest: ", 0), 0U) << outcome.err;
    }
}

TEST(CliRefusals, MemoryThatTheSystemDoesNotGive)
{
    const TemporaryFolder folder;
    const auto limited = [&](const std::string& arguments) {
        return run_program(
            "/bin/sh",
            {"-c", std::string("ulimit -v 1500000; '") + ATTEST_PROGRAM + "' " + arguments},
            folder.path());
    };
    if (limited("--version").status != 0) {
        GTEST_SKIP() << "no limit of memory here (sanitizers reserve all of it)";
    }
    const Outcome outcome =
        limited("particles --scheme post-ln --n 10000 --d 10000 --beta 1 --evaluations 10");
    EXPECT_EQ(outcome.status, 2) << outcome.err;
    EXPECT_EQ(outcome.err.rfind("attest: out of memory: must be asked for fewer tokens", 0), 0U)
        << outcome.err;
}

TEST(CliRefusals, MessagesOfAnyBytesStayOneLineOfText)
{
    const TemporaryFolder folder;
    expect_refused(folder, {"li\xc3(st"}, {"command 'li?(st'"});
    expect_refused(folder, {"li\xe2\x82st"}, {"command 'li??st'"});
    expect_refused(folder, {"\xed\xa0\x80\xc0\xaf\xf5\x1b\x7f"},
                   {"command '" + std::string(8, '?') + "'"});
    for (const std::string& first : {std::string(), std::string("x"), std::string("xy")}) {
        std::string name = first;
        for (int i = 0; i < 1200; ++i) {
            name += "\u20ac";
        }
        const Outcome outcome = run_attest({name}, folder.path());
        EXPECT_EQ(outcome.status, 2);
        EXPECT_LE(outcome.err.size(), 1009U);
        EXPECT_NE(outcome.err.find(" ... "), std::string::npos);
        EXPECT_EQ(outcome.err.find('?'), std::string::npos) << "cut inside a character";
        EXPECT_TRUE(outcome.err.ends_with("completion\n")) << outcome.err;
    }
}

TEST(CliRareOutput, ConformSaysTheOrder)
{
    const TemporaryFolder folder;
    folder.file("coarse.csv", euler_rows(0.1, 2));
    folder.file("fine.csv", euler_rows(0.05, 2));
    folder.file("half.csv", euler_rows(0.05, 1));
    folder.file("half-fine.csv", euler_rows(0.025, 1));
    const Outcome right =
        run_attest(with_problem({"conform", "coarse.csv", "fine.csv"}), folder.path());
    EXPECT_EQ(right.status, 0) << right.err;
    EXPECT_NE(right.out.find("order 1.00 from step 0.1 to 0.05: gamma off by 0.0245, then 0.0122"),
              std::string::npos)
        << right.out;
    EXPECT_EQ(right.out.find("was expected"), std::string::npos) << right.out;
    const Outcome wrong =
        run_attest(with_problem({"conform", "half.csv", "half-fine.csv"}), folder.path());
    EXPECT_EQ(wrong.status, 1) << wrong.err;
    EXPECT_NE(wrong.out.find("; order 1 was expected"), std::string::npos) << wrong.out;
}

TEST(CliRareOutput, ConformOfMagnitudes)
{
    const TemporaryFolder folder;
    folder.file("sphere.csv", euler_rows(0.05, 2, true));
    const Outcome outcome =
        run_attest(with_problem({"conform", "sphere.csv", "--json"}), folder.path());
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    const json file = json::parse(outcome.out).at("files")[0];
    EXPECT_EQ(file.at("r").at("largest_error"), 0.0);
    EXPECT_FALSE(file.contains("reference_error")) << "the reference is certified";
}

TEST(CliRareOutput, ConformOfTokensThatAreNotSymmetric)
{
    const TemporaryFolder folder;
    // Two tokens at 60 degrees that do not move: not orthogonal, so compared as particles.
    std::string csv = "t,x_1_1,x_1_2,x_2_1,x_2_2\n";
    for (const char* t : {"0", "0.5", "1"}) {
        csv += std::string(t) + ",1,0,0.5,0.8660254037844386\n";
    }
    folder.file("tokens.csv", csv);
    const Outcome outcome = run_attest(
        {"conform", "tokens.csv", "--scheme", "post-ln", "--n", "2", "--beta", "1", "--json"},
        folder.path());
    EXPECT_EQ(outcome.status, 1) << "they should have moved: " << outcome.err << outcome.out;
    const json file = json::parse(outcome.out).at("files")[0];
    EXPECT_EQ(file.at("certified"), false);
    EXPECT_LT(file.at("reference_error").get<double>(), 1e-6);
    EXPECT_EQ(file.at("first_departure").at("row"), 2);
}

TEST(CliRareOutput, ConformOfTokensThatPartOrLeaveTheSphere)
{
    const TemporaryFolder folder;
    // Orthogonal at first; then the first two are the same, and the third is twice as long.
    folder.file("tokens.csv", "t,x_1_1,x_1_2,x_1_3,x_2_1,x_2_2,x_2_3,x_3_1,x_3_2,x_3_3\n"
                              "0,1,0,0,0,1,0,0,0,1\n"
                              "0.1,1,0,0,1,0,0,0,0,2\n");
    const Outcome outcome = run_attest(
        {"conform", "tokens.csv", "--scheme", "post-ln", "--n", "3", "--beta", "1", "--json"},
        folder.path());
    EXPECT_EQ(outcome.status, 1) << outcome.err << outcome.out;
    const std::string claims = json::parse(outcome.out).at("files")[0].at("contradicts").dump();
    EXPECT_NE(claims.find("thm4.1/common-gamma"), std::string::npos) << claims;
    EXPECT_NE(claims.find("differ by 1\""), std::string::npos) << claims;
    EXPECT_NE(claims.find("sec2.3/sphere-invariance"), std::string::npos) << claims;
}

TEST(CliRareOutput, ConformOfASchemeOfOnesOwn)
{
    const TemporaryFolder folder;
    for (const char* scheme : {"layerscale", "deepnorm"}) {
        const std::vector<std::string> problem = {"--scheme", scheme, "--n", "4", "--beta", "1"};
        std::vector<std::string> arguments = {"trajectory", "--until", "t=40",   "--samples",
                                              "201",        "--csv",   "run.csv"};
        arguments.insert(arguments.end(), problem.begin(), problem.end());
        ASSERT_EQ(run_attest(arguments, folder.path()).status, 0);
        arguments = {"conform", "run.csv", "--json"};
        arguments.insert(arguments.end(), problem.begin(), problem.end());
        const Outcome outcome = run_attest(arguments, folder.path());
        EXPECT_EQ(outcome.status, 0) << scheme << outcome.err << outcome.out;
        EXPECT_TRUE(json::parse(outcome.out).at("files")[0].at("contradicts").empty())
            << outcome.out;
    }
}

TEST(CliRareOutput, NumbersThatNoJsonNumberHolds)
{
    const TemporaryFolder folder;
    const auto problem_of = [&](const std::vector<std::string>& more) {
        std::vector<std::string> arguments = {"reference", "--scheme", "pre-ln", "--n",   "8",
                                              "--until",   "1",        "--json", "r.json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        arguments.insert(arguments.end(), {"--samples", "2"});
        const Outcome outcome = run_attest(arguments, folder.path());
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        return json::parse(text_of(folder.path() / "r.json"));
    };
    const json third = problem_of({"--beta", "1/3", "--r0", "1e40"});
    EXPECT_EQ(third.at("beta"), "1/3");
    EXPECT_EQ(third.at("r0"), "1" + std::string(40, '0'));
    EXPECT_FALSE(third.contains("gamma0"));
    const json tenth = problem_of({"--beta", "0.1", "--gamma0", "0.25"});
    EXPECT_EQ(tenth.at("beta"), 0.1);
    EXPECT_EQ(tenth.at("gamma0"), 0.25);
    EXPECT_EQ(tenth.at("r0"), 1);
}

TEST(CliRareOutput, LawsThatAreNoneOrHaveACondition)
{
    const TemporaryFolder folder;
    const auto terminal = [&](const std::string& alpha, bool as_json) {
        std::vector<std::string> arguments = {"terminal", "--scheme", "ngpt",    "--n", "4",
                                              "--beta",   "1",        "--alpha", alpha};
        if (as_json) {
            arguments.emplace_back("--json");
        }
        const Outcome outcome = run_attest(arguments, folder.path());
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        return outcome.out;
    };
    EXPECT_NE(terminal("-1", false)
                  .find("law        none: int_0^t alpha_s ds does not tend to "
                        "+infinity for alpha_t = (-1)"),
              std::string::npos);
    const json none = json::parse(terminal("-1", true));
    EXPECT_TRUE(none.at("law").is_null());
    EXPECT_TRUE(none.at("C").is_null());
    EXPECT_NE(none.at("condition").get<std::string>().find("no terminal law"), std::string::npos);
    EXPECT_NE(terminal("1/(1+t)^2", false).find("condition  provided that int_0^t alpha_s ds"),
              std::string::npos);
}

TEST(CliRareOutput, TrajectoriesAsATable)
{
    const TemporaryFolder folder;
    const Outcome outcome =
        run_attest(with_problem({"trajectory", "--until", "t=2", "--samples", "3"}), folder.path());
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 7)
        << "the problem, the header, three rows, what is known and how:\n"
        << outcome.out;
    const std::size_t header = outcome.out.find("\nt ");
    ASSERT_NE(header, std::string::npos) << outcome.out;
    const std::size_t gamma = outcome.out.find("gamma ", header) - header;
    const std::size_t second = outcome.out.find('\n', header + 1);
    EXPECT_NE(outcome.out[second + gamma], ' ') << "columns are aligned:\n" << outcome.out;
    EXPECT_EQ(outcome.out[second + gamma - 1], ' ') << outcome.out;
}

TEST(CliRareOutput, ParticlesInAHemisphere)
{
    const TemporaryFolder folder;
    const Outcome outcome = run_attest({"particles", "--scheme", "post-ln", "--n", "8", "--d", "16",
                                        "--beta", "1", "--until", "hemisphere"},
                                       folder.path());
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    const std::size_t at = outcome.out.find("least height  ");
    ASSERT_NE(at, std::string::npos) << outcome.out;
    EXPECT_GT(std::stod(outcome.out.substr(at + 14)), 0) << outcome.out;
}

TEST(CliRareOutput, UniformWeights)
{
    const TemporaryFolder folder;
    const auto simulated = [&](const char* weights) {
        const Outcome outcome =
            run_attest({"ensemble", "--panel", "5d", "--runs", "1", "--layers", "2", "--weights",
                        weights, "--precision", "f64", "--threads", "1"},
                       folder.path());
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        return text_of(folder.path() / "attest-ensemble" / "5d.csv");
    };
    const std::string uniform = simulated("uniform");
    EXPECT_FALSE(uniform.empty());
    EXPECT_NE(uniform, simulated("normal")) << "the law of the weights makes a difference";
}

TEST(CliRareOutput, TubesBeyondTheSteps)
{
    // The run once passed its end and aborted: a step's length was twice what it should be.
    const TemporaryFolder folder;
    for (const char* until : {"3e30", "1e34", "1e40"}) {
        const Outcome outcome =
            run_attest({"tube", "--scheme", "pre-ln", "--n", "4", "--beta", "1", "--until", until},
                       folder.path());
        EXPECT_EQ(outcome.status, 0) << until << outcome.err;
        EXPECT_NE(outcome.out.find("proved     t = 0 to "), std::string::npos) << outcome.out;
    }
}

} // namespace
} // namespace attest::testing
