// Reports at the edges: results that no run makes are refused by name, and rare contents are shown
// in every format.

#include "attest/report/certificates.hpp"
#include "attest/report/html/html.hpp"
#include "attest/report/json.hpp"
#include "attest/report/latex.hpp"
#include "attest/report/latex_text.hpp"
#include "attest/report/markdown.hpp"
#include "attest/report/math.hpp"
#include "attest/report/mutation.hpp"
#include "attest/report/process.hpp"
#include "attest/report/svg.hpp"
#include "attest/report/temporary_file.hpp"
#include "tests/report_sample.hpp"
#include "tests/run_program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>

namespace attest::report {
namespace {

using ledger::Results;

std::string refused_writing(const std::function<void(Results&)>& change)
{
    Results results = sample::small_results();
    change(results);
    try {
        (void)to_json(results);
    } catch (const std::exception& error) {
        return error.what();
    }
    return "accepted";
}

TEST(ReportEdges, WhatNoRunMakesIsNotWritten)
{
    const auto expect_named = [](const std::string& message, const char* part) {
        EXPECT_NE(message.find(part), std::string::npos) << message << "\ninstead of " << part;
    };
    EXPECT_EQ(refused_writing([](Results&) {}), "accepted");
    expect_named(refused_writing([](Results& r) { r.claims[0].seconds = -1; }),
                 "-1 is not a duration");
    expect_named(refused_writing(
                     [](Results& r) { r.run.seconds = std::numeric_limits<double>::quiet_NaN(); }),
                 "nan is not a duration");
    expect_named(refused_writing([](Results& r) {
                     r.claims[0].controls = {2, 3, {}};
                 }),
                 "caught 3 of 2 planted faults");
    expect_named(refused_writing([](Results& r) {
                     r.claims[0].controls = {2, -1, {}};
                 }),
                 "caught -1 of 2 planted faults");
    expect_named(refused_writing([](Results& r) { r.constants.at(0).mid = "many"; }),
                 "'many' is not a number");
    expect_named(refused_writing([](Results& r) { r.figures.at(0).id = "../figure"; }),
                 "its id must be letters, digits, '_' and '-'");
    expect_named(refused_writing(
                     [](Results& r) { r.figures.at(0).panels.at(0).curves.at(0).x.push_back(1); }),
                 "abscissae but ");
}

std::string refused_reading(const char* place, const nlohmann::json& value)
{
    nlohmann::json document = nlohmann::json::parse(to_json(sample::small_results()));
    document[nlohmann::json::json_pointer(place)] = value;
    try {
        (void)from_json(document.dump(), "file.json");
    } catch (const InputError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(ReportEdges, WhatIsReadHasTheRightKind)
{
    EXPECT_NE(refused_reading("/claims", 5).find("must be a list, found number"),
              std::string::npos);
    EXPECT_NE(refused_reading("/run/seed", "99999999999999999999").find("seed"), std::string::npos);
    EXPECT_NE(refused_reading("/figures/0/panels/0/curves/0/x/0", nullptr)
                  .find("must be a finite number, found null"),
              std::string::npos);
}

TEST(ReportEdges, CertificatesAreCountedByTheirAnswers)
{
    const auto text = [](const std::vector<std::string>& answers) {
        ledger::Evidence evidence;
        for (const std::string& answer : answers) {
            evidence.certificates.push_back({"{}", "certificates/x/1.json", answer});
        }
        return certificates_text(evidence);
    };
    EXPECT_EQ(text({}), "");
    EXPECT_EQ(text({"accepted"}), "1 certificate, accepted by the checker");
    EXPECT_EQ(text({"", ""}), "2 certificates, not re-checked");
    EXPECT_EQ(text({"accepted", ""}), "2 certificates, 1 accepted by the checker");
    EXPECT_EQ(text({"accepted", "rejected"}), "2 certificates, 1 REJECTED by the checker");
}

TEST(ReportEdges, WhatKilledProcessesLeftIsRemoved)
{
    const testing::TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / "sub");
    const std::vector<std::string> left = {".attest.results.json.17.0.partial",
                                           "sub/.attest.a.b.json.17.4.partial"};
    const std::vector<std::string> kept = {"attest.results.json.17.0.partial",
                                           ".attest.results.json.17.0",
                                           ".attest.partial",
                                           ".results.json.17.0.partial",
                                           ".hidden",
                                           "results.json"};
    for (const std::string& name : kept) {
        folder.file(name, "kept");
    }
    const TemporaryFile being_written(folder.path() / "other.json");
    ASSERT_TRUE(being_written.is_open());
    const auto all_kept = [&] {
        for (const std::string& name : kept) {
            EXPECT_TRUE(std::filesystem::exists(folder.path() / name)) << name;
        }
        // The file that is being written is one more.
        EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}),
                  static_cast<std::ptrdiff_t>(kept.size() + 2));
    };
    for (const std::string& name : left) {
        folder.file(name, "left");
    }
    remove_leftovers(folder.path());
    all_kept();
    EXPECT_TRUE(std::filesystem::is_empty(folder.path() / "sub"));
    remove_leftovers(folder.path() / "none"); // no folder, nothing to do

    // Whoever writes into a folder for the first time cleans it up, too, but not what lies below.
    for (const std::string& name : left) {
        folder.file(name, "left");
    }
    write_file(folder.path() / "results.json", "kept");
    all_kept();
    EXPECT_FALSE(std::filesystem::is_empty(folder.path() / "sub"));
}

TEST(ReportEdges, AFileThatIsNotFinishedDisappears)
{
    const testing::TemporaryFolder folder;
    const std::filesystem::path target = folder.file("results.json", "former");
    {
        TemporaryFile file(target);
        ASSERT_TRUE(file.is_open());
        ASSERT_TRUE(file.write("half"));
        EXPECT_EQ(read_file(target), "former");
    }
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
    {
        TemporaryFile file(target);
        ASSERT_TRUE(file.is_open() && file.write("whole") && file.rename_to_target());
    }
    EXPECT_EQ(read_file(target), "whole");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
    EXPECT_FALSE(TemporaryFile(folder.path() / "none" / "results.json").is_open());
}

/// The sample with a disagreement of the amended statement and a failure without an amended one.
Results rare_results()
{
    Results results = sample::small_results();
    for (ledger::ClaimResult& claim : results.claims) {
        if (claim.as_stated.verdict == ledger::Verdict::Fails && claim.amended) {
            claim.amended.reset();
        } else if (claim.as_stated.verdict == ledger::Verdict::Holds) {
            claim.controls = {};
            claim.as_stated.confidence = "95 %";
        }
    }
    ledger::ClaimResult contradicted = sample::contradicted_claim();
    contradicted.id = "thm9/amended-contradicted";
    contradicted.amended = ledger::Amended{"\\gamma(t) \\le 1", contradicted.as_stated};
    contradicted.as_stated = sample::holding_claim().as_stated;
    results.claims.push_back(contradicted);
    return results;
}

TEST(ReportEdges, MarkdownHtmlAndLatexShowRareResults)
{
    const Results results = rare_results();
    const std::string markdown =
        to_markdown(results) + errata_markdown(results) + claims_markdown(results);
    for (const char* part : {"No amended statement is known.", "confidence 95 %",
                             "thm9/amended-contradicted", "decided without any planted fault"}) {
        EXPECT_NE(markdown.find(part), std::string::npos) << part;
    }
    const std::string html = to_html(results);
    EXPECT_NE(html.find("no amended statement is known"), std::string::npos);
    EXPECT_NE(html.find("thm9/amended-contradicted"), std::string::npos);
    const std::string latex = to_latex(results);
    EXPECT_NE(latex.find("amended-contradicted"), std::string::npos);
}

TEST(ReportEdges, CurvesThatLeaveAndEnterAPanel)
{
    ledger::Figure figure{"edges", "", {{"", "t", "y", false, true, {}}}};
    // On a logarithmic axis 0 has no place: the curve is drawn in two parts.
    figure.panels[0].curves.push_back({"c", {0, 1, 2, 3, 4}, {1, 2, 0, 2, 1}});
    const std::string latex = latex_figure(figure);
    std::size_t parts = 0;
    for (std::size_t at = latex.find("coordinates"); at != std::string::npos;
         at = latex.find("coordinates", at + 1)) {
        ++parts;
    }
    const std::string svg = to_svg(figure);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
    EXPECT_EQ(latex.find("nan"), std::string::npos) << parts;
    // Points that cannot be seen apart are left out, the ends are not.
    ledger::Figure dense{"dense", "", {{"", "t", "y", false, false, {}}}};
    ledger::Curve curve{"c", {}, {}};
    for (int i = 0; i <= 100'000; ++i) {
        curve.x.push_back(i);
        curve.y.push_back(1 + i);
    }
    dense.panels[0].curves.push_back(curve);
    EXPECT_LT(to_svg(dense).size(), 200'000U);
}

TEST(ReportEdges, FormulasOfAnyText)
{
    EXPECT_EQ(forge_inline("a`b").find("$`"), std::string::npos) << "a backtick would end it";
    EXPECT_EQ(forge_inline(""), markdown_code(""));
    EXPECT_EQ(forge_inline("a\tb  \n"), forge_inline("a b"));
    for (const char* formula : {"\\frac", "\\frac 1 2", "\\sqrt", "x_", "x^ 2", "\\alpha b",
                                "\\hat", "{", "}", "\\", "\\text{", "_"}) {
        const std::string svg = svg_label(formula);
        EXPECT_EQ(svg.find('\\'), std::string::npos) << formula << " -> " << svg;
        EXPECT_FALSE(forge_statement(formula).empty()) << formula;
    }
    // Signs with a command of their own, and one without.
    const std::string formula = latex_inline("\u03b3 \u2264 1 \u4e2d");
    EXPECT_EQ(formula.find("\u03b3"), std::string::npos) << formula;
    EXPECT_NE(formula.find("\\gamma"), std::string::npos) << formula;
    EXPECT_EQ(formula.find("\u4e2d"), std::string::npos) << formula;
}

TEST(ReportEdges, MutantsOfNoStatement)
{
    MutationRun run;
    ledger::ClaimMutants fails;
    fails.id = "thm9/fails";
    fails.subject = "printed";
    fails.verdict = ledger::Verdict::Fails;
    ledger::ClaimMutants words = fails;
    words.id = "thm9/words";
    words.verdict = ledger::Verdict::Holds;
    run.claims = {fails, words};
    const std::string page = mutation_markdown(run);
    EXPECT_NE(page.find("- thm9/fails: the printed statement is 'fails': a mutant of it would say "
                        "nothing about the check\n"),
              std::string::npos)
        << page;
    EXPECT_NE(page.find("- thm9/words: words only, of which no operator knows another one\n"),
              std::string::npos)
        << page;
}

} // namespace
} // namespace attest::report
