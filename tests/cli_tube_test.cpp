// `attest tube` as a user runs it: the enclosure, its CSV, its certificates, its refusals.

#include "tests/run_program.hpp"

#include "attest/numbers/rational.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace attest::testing {
namespace {

using nlohmann::json;

TEST(CliTube, EnclosesTheTrajectoryAndWritesItDown)
{
    const TemporaryFolder folder;
    const Outcome tube =
        run_attest({"tube", "--scheme", "pre-ln", "--n", "16", "--beta", "2", "--until", "50",
                    "--digits", "20", "--log-time", "--csv", "rows.csv", "--samples", "12",
                    "--certificate", "run.json", "--json"},
                   folder.path());
    ASSERT_EQ(tube.status, 0) << tube.err;
    const json result = json::parse(tube.out);
    const Outcome trajectory =
        run_attest({"trajectory", "--scheme", "pre-ln", "--n", "16", "--beta", "2", "--until",
                    "t=50", "--digits", "40", "--json"},
                   folder.path());
    const json point = json::parse(trajectory.out);
    for (const char* name : {"gamma", "one_minus_gamma", "r"}) {
        const Rational value = parse_rational(point.at(name).get<std::string>());
        EXPECT_LE(parse_rational(result.at(name)[0].get<std::string>()), value) << name;
        EXPECT_GE(parse_rational(result.at(name)[1].get<std::string>()), value) << name;
    }
    std::istringstream csv(text_of(folder.path() / "rows.csv"));
    std::string line;
    std::getline(csv, line);
    EXPECT_EQ(line.rfind("t,gamma_lower,gamma_upper,r_lower,r_upper", 0), 0U);
    std::size_t rows = 0;
    while (std::getline(csv, line)) {
        const std::vector<std::string> cells = cells_of(line);
        ASSERT_EQ(cells.size(), 7U);
        EXPECT_LE(parse_rational(cells[1]), parse_rational(cells[2]));
        EXPECT_LE(parse_rational(cells[3]), parse_rational(cells[4]));
        ++rows;
    }
    EXPECT_EQ(rows, 12U);
    // One certificate for each stage: t up to 1, then ln t.
    for (const char* name : {"run-1.json", "run-2.json"}) {
        const json certificate = json::parse(text_of(folder.path() / name));
        EXPECT_EQ(certificate.at("format"), "attest-certificate/1");
        EXPECT_EQ(certificate.at("certificate").at("kind"), "tube");
        EXPECT_FALSE(certificate.at("certificate").at("steps").empty());
    }
}

TEST(CliTube, TheCheckerReprovesItsCertificates)
{
    const TemporaryFolder folder;
    for (const char* scheme : {"post-ln", "pre-ln", "mix-ln", "peri-ln", "ngpt", "sqrt-scaling"}) {
        const Outcome tube =
            run_attest({"tube", "--scheme", scheme, "--n", "5", "--beta", "3/2", "--tau", "1/3",
                        "--gamma0", "1/7", "--alpha", "sqrt(t)", "--until", "1", "--digits", "9",
                        "--certificate", std::string(scheme) + ".json"},
                       folder.path());
        EXPECT_EQ(tube.status, 0) << tube.err;
    }
    const Outcome all = run_program(ATTEST_CHECK_PROGRAM, {"."}, folder.path());
    EXPECT_EQ(all.status, 0) << all.out << all.err;

    // Changed in one place, each is rejected.
    const json original = json::parse(text_of(folder.path() / "pre-ln.json"));
    const auto rejects = [&](const char* what, const auto& change) {
        json changed = original;
        change(changed.at("certificate"));
        const std::filesystem::path file = folder.file("changed.json", changed.dump());
        const Outcome outcome =
            run_program(ATTEST_CHECK_PROGRAM, {file.filename().string()}, folder.path());
        EXPECT_NE(outcome.status, 0) << what << "\n" << outcome.out;
    };
    const auto last = [](json& c) -> json& { return c.at("steps").back(); };
    rejects("a rate", [](json& c) {
        c["rates"][1] = "1001/1000*(" + c["rates"][1].get<std::string>() + ")";
    });
    rejects("a center", [&](json& c) { last(c)["center"][0] = "3*2^-3"; });
    rejects("a radius", [&](json& c) { last(c)["radius"][0] = "1*2^-200"; });
    rejects("a hull", [&](json& c) { last(c)["hull"][1][1] = last(c)["hull"][1][0]; });
    rejects("a step's length", [](json& c) { c["steps"][0]["h"] = "1"; });
    rejects("a missing step", [](json& c) { c["steps"].erase(1); });
    rejects("the start", [](json& c) { c["initial"][1] = {"1", "101/100"}; });
    rejects("a conclusion", [](json& c) {
        c["conclusions"].push_back({{"formula", "1-r"}, {"relation", ">"}, {"where", "end"}});
    });
}

TEST(CliTube, BadInputIsOneLineWithExitStatusTwo)
{
    const TemporaryFolder folder;
    const std::vector<std::string> usual{"tube", "--scheme", "post-ln", "--n", "4", "--beta", "1"};
    const std::vector<std::vector<std::string>> endings{
        {"--until", "0"},
        {"--until", "soon"},
        {"--until", "-3"},
        {"--until", "1", "--digits", "5000"},
        {"--until", "1", "--csv", "rows.csv", "--samples", "1"},
        {"--until", "1", "--csv", "no-such-folder/file/rows.csv", "--digits", "nine"}};
    for (const std::vector<std::string>& ending : endings) {
        std::vector<std::string> arguments = usual;
        arguments.insert(arguments.end(), ending.begin(), ending.end());
        const Outcome outcome = run_attest(arguments, folder.path());
        EXPECT_EQ(outcome.status, 2) << as_typed(arguments);
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
        EXPECT_EQ(outcome.err.rfind("attest: ", 0), 0U) << outcome.err;
        EXPECT_TRUE(outcome.out.empty());
    }
}

} // namespace
} // namespace attest::testing
