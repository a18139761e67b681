// `attest conform` and `attest reference` as a user runs them: files of right and wrong simulators,
// NumPy arrays, hostile files.

#include "tests/run_program.hpp"

#include "attest/numbers/rational.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <sstream>

namespace attest::testing {
namespace {

using nlohmann::json;

/// An Euler simulator of Post-LN's gamma, n = 8, beta = 1; factor 1 in the place of 2 is its bug.
std::string euler_csv(double step, double factor)
{
    std::string csv = "t,gamma\n";
    double gamma = 0;
    for (double k = 0; k * step <= 6 + 1e-9; ++k) {
        csv += fmt::format("{:.17g},{:.17g}\n", k * step, gamma);
        const double e = std::exp(gamma);
        gamma += step * factor * e * (1 - gamma) * (7 * gamma + 1) / (7 * e + std::exp(1.0));
    }
    return csv;
}

/// A .npy file by hand.
std::string npy(const std::string& descr, bool fortran, const std::string& shape,
                const std::string& data)
{
    std::string header = fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}", descr,
                                     fortran ? "True" : "False", shape);
    header.resize((header.size() + 10) / 64 * 64 + 64 - 10 - 1, ' ');
    header += '\n';
    std::string bytes = "\x93NUMPY";
    bytes += '\x01';
    bytes += '\0';
    bytes += static_cast<char>(header.size() % 256);
    bytes += static_cast<char>(header.size() / 256);
    return bytes + header + data;
}

std::string bytes_of(double x, bool big_endian)
{
    const auto bits = std::bit_cast<std::uint64_t>(x);
    std::string bytes;
    for (unsigned i = 0; i < 8; ++i) {
        bytes += static_cast<char>(bits >> (big_endian ? 56 - 8 * i : 8 * i) & 0xFFU);
    }
    return bytes;
}

const std::vector<std::string> post_ln{"--scheme", "post-ln", "--n", "8", "--beta", "1"};

Outcome conform(const TemporaryFolder& folder, std::vector<std::string> arguments,
                const std::vector<std::string>& problem = post_ln)
{
    arguments.insert(arguments.begin(), "conform");
    arguments.insert(arguments.end(), problem.begin(), problem.end());
    return run_attest(arguments, folder.path());
}

TEST(CliConform, RightSimulatorsConformAndShowTheirOrder)
{
    const TemporaryFolder folder;
    folder.file("coarse.csv", euler_csv(0.1, 2));
    folder.file("fine.csv", euler_csv(0.05, 2));
    const Outcome outcome = conform(folder, {"coarse.csv", "fine.csv", "--json"});
    ASSERT_EQ(outcome.status, 0) << outcome.err << outcome.out;
    const json result = json::parse(outcome.out);
    EXPECT_TRUE(result.at("conforms"));
    EXPECT_TRUE(result.at("files")[0].at("certified"));
    EXPECT_TRUE(result.at("files")[1].at("contradicts").empty());
    EXPECT_NEAR(result.at("observed_orders")[0].at("order").get<double>(), 1, 0.15);
    // A tighter tolerance than the steps reach.
    EXPECT_EQ(conform(folder, {"fine.csv", "--tolerance", "1e-6"}).status, 1);
    EXPECT_EQ(conform(folder, {"fine.csv", "--tolerance", "0.1"}).status, 0);
}

TEST(CliConform, WrongSimulatorsLeaveAndClaimsAreNamed)
{
    const TemporaryFolder folder;
    folder.file("half.csv", euler_csv(0.05, 1));
    const Outcome outcome = conform(folder, {"half.csv"});
    EXPECT_EQ(outcome.status, 1);
    for (const char* part :
         {"leaves", "row 2", "thm4.1/post-ln/initial-velocity", "appA/post-ln/ode"}) {
        EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
    }
    folder.file("half-fine.csv", euler_csv(0.025, 1));
    const Outcome both = conform(folder, {"half.csv", "half-fine.csv", "--json"});
    EXPECT_EQ(both.status, 1);
    EXPECT_LT(json::parse(both.out).at("observed_orders")[0].at("order").get<double>(), 0.2);
}

TEST(CliConform, TheProgramsOwnTrajectoryAndReferenceAgree)
{
    const TemporaryFolder folder;
    const std::vector<std::string> problem{"--scheme", "pre-ln", "--n", "8", "--beta", "1"};
    std::vector<std::string> arguments{"trajectory", "--until", "t=4",      "--samples", "9",
                                       "--csv",      "own.csv", "--digits", "30"};
    arguments.insert(arguments.end(), problem.begin(), problem.end());
    ASSERT_EQ(run_attest(arguments, folder.path()).status, 0);
    EXPECT_EQ(conform(folder, {"own.csv", "--tolerance", "1e-25"}, problem).status, 0);

    arguments = {"reference", "--times", "own.csv", "--digits", "25", "--json", "reference.json"};
    arguments.insert(arguments.end(), problem.begin(), problem.end());
    const Outcome reference = run_attest(arguments, folder.path());
    ASSERT_EQ(reference.status, 0) << reference.err;
    const json rows = json::parse(text_of(folder.path() / "reference.json")).at("rows");
    ASSERT_EQ(rows.size(), 9U);
    EXPECT_EQ(rows[1].at("t"), "0.5");
    std::istringstream csv(text_of(folder.path() / "own.csv"));
    std::string line;
    std::getline(csv, line);
    for (const json& row : rows) {
        std::getline(csv, line);
        const std::size_t comma = line.find(',');
        const Rational gamma =
            parse_rational(line.substr(comma + 1, line.find(',', comma + 1) - comma - 1));
        const Rational room = parse_rational("1e-28");
        EXPECT_LE(parse_rational(row.at("gamma")[0].get<std::string>()), gamma + room);
        EXPECT_GE(parse_rational(row.at("gamma")[1].get<std::string>()), gamma - room);
    }
}

TEST(CliConform, LayersAreCompared)
{
    const TemporaryFolder folder;
    const Outcome reference = run_attest({"reference", "--layers", "12", "--scheme", "peri-ln",
                                          "--n", "5", "--beta", "2", "--csv", "layers.csv"},
                                         folder.path());
    ASSERT_EQ(reference.status, 0) << reference.err;
    // Lower ends as somebody's layers.
    std::istringstream in(text_of(folder.path() / "layers.csv"));
    std::string mine = "t,gamma,r\n";
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        const std::vector<std::string> cells = cells_of(line);
        mine += fmt::format("{},{},{}\n", cells[0], cells[1], cells[3]);
    }
    folder.file("mine.csv", mine);
    const std::vector<std::string> right{"--scheme", "peri-ln", "--n", "5", "--beta", "2"};
    const std::vector<std::string> wrong{"--scheme", "peri-ln", "--n", "5", "--beta", "2.02"};
    const std::vector<std::string> other{"--scheme", "pre-ln", "--n", "5", "--beta", "2"};
    EXPECT_EQ(conform(folder, {"mine.csv", "--layers"}, right).status, 0);
    EXPECT_EQ(conform(folder, {"mine.csv", "--layers"}, wrong).status, 1);
    EXPECT_EQ(conform(folder, {"mine.csv", "--layers"}, other).status, 1);
}

TEST(CliConform, ArraysOfEitherOrderAndEndianness)
{
    // Two orthogonal tokens and Post-LN's layers, exactly as the reference has them.
    const TemporaryFolder folder;
    const Outcome reference = run_attest({"reference", "--layers", "3", "--scheme", "post-ln",
                                          "--n", "2", "--beta", "1", "--json", "layers.json"},
                                         folder.path());
    ASSERT_EQ(reference.status, 0) << reference.err;
    std::vector<double> angle;
    const json rows = json::parse(text_of(folder.path() / "layers.json")).at("rows");
    for (const json& row : rows) {
        const double gamma =
            parse_rational(row.at("gamma")[0].get<std::string>()).convert_to<double>();
        angle.push_back(std::acos(gamma) / 2);
    }
    const std::vector<std::string> problem{"--scheme", "post-ln", "--n", "2", "--beta", "1"};
    const auto x = [&](std::size_t t, std::size_t j, std::size_t i) {
        return i == 0 ? std::cos(angle[t]) : (j == 0 ? 1 : -1) * std::sin(angle[t]);
    };
    for (const bool big : {false, true}) {
        std::string c_order;
        std::string fortran;
        for (std::size_t k = 0; k < 16; ++k) {
            c_order += bytes_of(x(k / 4, k / 2 % 2, k % 2), big);
            fortran += bytes_of(x(k % 4, k / 4 % 2, k / 8), big);
        }
        const std::string descr = big ? ">f8" : "<f8";
        folder.file("c.npy", npy(descr, false, "(4, 2, 2)", c_order));
        folder.file("f.npy", npy(descr, true, "(4, 2, 2)", fortran));
        for (const char* name : {"c.npy", "f.npy"}) {
            const Outcome outcome = conform(folder, {name, "--layers"}, problem);
            EXPECT_EQ(outcome.status, 0) << name << outcome.out << outcome.err;
        }
    }
}

TEST(CliConform, TheNumpyExampleOfTheDocs)
{
    const TemporaryFolder folder;
    const std::string python = "/usr/bin/python3";
    if (run_program(python, {"-c", "import numpy"}, folder.path()).status != 0) {
        GTEST_SKIP() << "python3-numpy is not installed";
    }
    const std::string docs = text_of(ATTEST_DOCS "/conform.md");
    const std::size_t begin = docs.find("```python\nimport numpy");
    ASSERT_NE(begin, std::string::npos);
    const std::size_t from = docs.find('\n', begin) + 1;
    folder.file("simulate.py", docs.substr(from, docs.find("```", from) - from));
    const Outcome simulation = run_program(python, {"simulate.py"}, folder.path());
    ASSERT_EQ(simulation.status, 0) << simulation.err;
    const std::vector<std::string> problem{"--scheme", "pre-ln", "--n", "16", "--beta", "2"};
    const Outcome flow = conform(folder, {"run.csv"}, problem);
    EXPECT_EQ(flow.status, 0) << flow.out << flow.err;
    const Outcome layers = conform(folder, {"layers.npy", "--layers"}, problem);
    EXPECT_EQ(layers.status, 0) << layers.out << layers.err;
}

struct Hostile {
    const char* name;
    std::string content;
    std::vector<std::string> options;
    std::vector<std::string> named;
};

TEST(CliConform, HostileFilesAreOneLineWithExitStatusTwo)
{
    const std::string two(32, '\0');
    const std::vector<Hostile> all{
        {"empty.csv", "", {}, {"empty", "header"}},
        {"header.csv", "t,gamma\n", {}, {"no rows"}},
        {"nan.csv", "t,gamma\n0,0\n1,nan\n", {}, {":3:", "gamma 'nan'", "finite"}},
        {"inf.csv", "t,gamma\n0,0\n1,1e999\n", {}, {":3:", "1e999", "1e300"}},
        {"exponent.csv", "t,gamma\n0,0\n1,1e-99999999\n2,abc\n", {}, {":4:", "abc"}},
        {"word.csv", "t,gamma\n0,zero\n", {}, {":2:", "'zero'"}},
        {"cells.csv", "t,gamma\n0,0\n1\n", {}, {":3:", "1 cells", "2"}},
        {"twice.csv", "t,t,gamma\n0,0,0\n", {}, {"'t'", "twice"}},
        {"unsorted.csv", "t,gamma\n0,0\n2,0.1\n1,0.2\n", {}, {"row 3", "'1'", "above"}},
        {"negative.csv", "t,gamma\n-1,0\n2,0.1\n", {}, {"'-1'", "0..1e12"}},
        {"late.csv", "t,gamma\n0,0\n1e13,0.1\n", {}, {"1e+13", "0..1e12"}},
        {"one.csv", "t,gamma\n0,0\n", {}, {"1 rows", "at least 2"}},
        {"notime.csv", "time,gamma\n0,0\n1,0\n", {}, {"no column 't'"}},
        {"nogamma.csv", "t,cosine\n0,0\n1,0\n", {}, {"no column 'gamma'"}},
        {"halves.csv", "t,gamma\n0,0\n0.5,0\n", {"--layers"}, {"0.5", "integer"}},
        {"tokens.csv", "t,x_1_1,x_1_2,x_2_1\n0,1,0,0\n", {}, {"3 columns", "n times d"}},
        {"few.csv", "t,x_1_1,x_2_1\n0,1,1\n1,1,1\n", {}, {"2 tokens", "n = 8"}},
        {"many.csv", "t,x_99999999999_1,x_1_1\n0,1,1\n", {}, {"99999999999"}},
        {"binary.csv", std::string("t,gamma\n0,\0\n", 12), {}, {"byte 0"}},
        {"magic.npy", "PK\x03\x04 something else entirely", {}, {"NUMPY"}},
        {"short.npy", "\x93NUMPY", {}, {"header"}},
        {"version.npy", "\x93NUMPY\x09\x01\x01\x01\x01\x01\x01", {}, {"version 9", "1..3"}},
        {"header.npy", std::string("\x93NUMPY\x01\x00\xff\xff{'descr'", 18), {}, {"65535"}},
        {"type.npy", npy("<i8", false, "(2, 2)", two), {}, {"<i8", "f4 or f8"}},
        {"object.npy", npy("|O", false, "(2, 2)", two), {}, {"|O", "f4 or f8"}},
        {"shape.npy", npy("<f8", false, "(2, 3)", two), {}, {"32 bytes", "(2, 3)", "48"}},
        {"huge.npy", npy("<f8", false, "(4294967296, 4294967296)", two), {}, {"at most"}},
        {"zero.npy", npy("<f8", false, "(0, 2)", ""), {}, {"from 1 on"}},
        {"scalar.npy", npy("<f8", false, "()", two.substr(8)), {}, {"1 to 3"}},
        {"line.npy", npy("<f8", false, "(4,)", two), {}, {"(4)", "times x n x d"}},
        {"notimes.npy", npy("<f8", false, "(1, 8, 1)", two + two), {}, {"--times"}},
        {"nan.npy",
         npy("<f8", false, "(2, 2)", two.substr(8) + bytes_of(std::nan(""), false)),
         {},
         {"entry 3", "finite"}},
        {"zeros.npy",
         npy("<f8", false, "(2, 8, 1)", two + two + two + two),
         {"--layers"},
         {"length 0"}},
        {"order.csv", "t,gamma\n0,0\n1,0.1\n", {"--order", "5"}, {"order '5'", "1..4"}},
        {"step.csv", "t,gamma\n0,0\n1,0.1\n", {"--step", "0"}, {"step '0'", "above 0"}},
        {"tiny.csv", "t,gamma\n0,0\n1,0.1\n", {"--step", "1e-9"}, {"steps", "at most"}},
        {"tolerance.csv", "t,gamma\n0,0\n1,0.1\n", {"--tolerance", "-1"}, {"tolerance '-1'"}}};
    const TemporaryFolder folder;
    for (const Hostile& file : all) {
        folder.file(file.name, file.content);
        std::vector<std::string> arguments{file.name};
        arguments.insert(arguments.end(), file.options.begin(), file.options.end());
        const Outcome outcome = conform(folder, arguments);
        const std::string context = std::string(file.name) + "\n" + outcome.err + outcome.out;
        EXPECT_EQ(outcome.status, 2) << context;
        EXPECT_TRUE(outcome.out.empty()) << context;
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << context;
        for (const std::string& part : file.named) {
            EXPECT_NE(outcome.err.find(part), std::string::npos) << part << "\n" << context;
        }
    }
    EXPECT_EQ(conform(folder, {"missing.csv"}).status, 2);
    EXPECT_EQ(conform(folder, {"."}).status, 2);
    for (const std::vector<std::string>& ending :
         std::vector<std::vector<std::string>>{{},
                                               {"--until", "0"},
                                               {"--times", "2,1"},
                                               {"--times", "none.csv"},
                                               {"--layers", "0"},
                                               {"--layers", "3", "--until", "1"},
                                               {"--until", "1", "--digits", "1000"}}) {
        std::vector<std::string> arguments{"reference"};
        arguments.insert(arguments.end(), post_ln.begin(), post_ln.end());
        arguments.insert(arguments.end(), ending.begin(), ending.end());
        const Outcome outcome = run_attest(arguments, folder.path());
        EXPECT_EQ(outcome.status, 2) << as_typed(arguments);
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    }
}

} // namespace
} // namespace attest::testing
