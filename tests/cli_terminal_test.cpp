// The program on a terminal: widths, colours, what is cut, and the bar of a long run.

#include "tests/run_program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace attest::testing {
namespace {

using Json = nlohmann::json;

/// Without the escape sequences of colours.
std::string uncoloured(const std::string& text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 2, "\x1b[") == 0) {
            i = text.find('m', i);
        } else {
            plain += text[i];
        }
    }
    return plain;
}

/// Cells of a line of UTF-8.
std::size_t cells_on_screen(const std::string& line)
{
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::size_t widest(const std::string& text)
{
    std::size_t width = 0;
    for (const std::string& line : lines_of(uncoloured(text))) {
        width = std::max(width, cells_on_screen(line));
    }
    return width;
}

const std::vector<std::string> some_claims = {"list", "table2/*"};

TEST(CliTerminal, TablesAreCutToItsWidth)
{
    const TemporaryFolder folder;
    const std::string piped = run_attest(some_claims, folder.path()).out;
    ASSERT_NE(piped.find('\t'), std::string::npos);
    for (const unsigned short columns : std::array<unsigned short, 3>{70, 80, 100}) {
        const Outcome shown = run_on_terminal(some_claims, folder.path(), {.columns = columns});
        EXPECT_EQ(shown.status, 0);
        EXPECT_EQ(widest(shown.out), columns) << shown.out;
        EXPECT_EQ(shown.out.find('\t'), std::string::npos);
        const std::vector<std::string> lines = lines_of(uncoloured(shown.out));
        EXPECT_EQ(lines.size(), lines_of(piped).size() + 1) << "the header, and a line a claim";
        EXPECT_TRUE(lines.back().ends_with("...")) << lines.back();
    }
    // Nothing is cut where the terminal is wide enough.
    const Outcome wide = run_on_terminal(some_claims, folder.path(), {.columns = 1000});
    EXPECT_EQ(wide.out.find("..."), std::string::npos);
}

TEST(CliTerminal, ColumnsOverridesTheTerminal)
{
    const TemporaryFolder folder;
    const auto width_with = [&](unsigned short columns, const std::string& setting) {
        return widest(run_on_terminal(some_claims, folder.path(),
                                      {.columns = columns, .settings = {"COLUMNS=" + setting}})
                          .out);
    };
    EXPECT_EQ(width_with(80, "100"), 100U);
    for (const char* no_width : {"", "0", "wide", "90x", "-90", "99999999999999999999999"}) {
        EXPECT_EQ(width_with(70, no_width), 70U) << no_width;
    }
    EXPECT_EQ(width_with(0, ""), 80U) << "a terminal that says nothing has the usual width";
    // The last column keeps ten cells, however narrow the terminal is.
    EXPECT_EQ(width_with(5, ""), width_with(20, ""));
    const Outcome narrow = run_on_terminal(some_claims, folder.path(), {.columns = 5});
    EXPECT_NE(uncoloured(narrow.out).find("  Post-LN...\n"), std::string::npos) << narrow.out;
}

TEST(CliTerminal, ColoursUnlessToldOtherwise)
{
    const TemporaryFolder folder;
    const auto shown = [&](const std::vector<std::string>& settings) {
        return run_on_terminal(some_claims, folder.path(), {.settings = settings}).out;
    };
    const std::string coloured = shown({});
    for (const char* part : {"\x1b[1mSTATEMENT\x1b[0m", "\x1b[36mtable2/pre-ln/r-dot\x1b[0m",
                             "\x1b[32mchecked\x1b[0m"}) {
        EXPECT_NE(coloured.find(part), std::string::npos) << part << "\n" << coloured;
    }
    EXPECT_EQ(shown({"NO_COLOR="}), coloured) << "set, but empty: no-color.org";
    EXPECT_EQ(shown({"NO_COLOR=1"}), uncoloured(coloured));
    EXPECT_EQ(shown({"TERM=dumb"}), uncoloured(coloured));
    EXPECT_EQ(run_attest(some_claims, folder.path()).out.find('\x1b'), std::string::npos);
    const Outcome ids = run_on_terminal({"list", "table2/*", "--ids"}, folder.path());
    EXPECT_EQ(ids.out, run_attest({"list", "table2/*", "--ids"}, folder.path()).out);
}

TEST(CliTerminal, VerdictsHaveTheirColours)
{
    const TemporaryFolder folder;
    const auto listed = [&](const std::string& verdict) {
        return run_on_terminal(
                   {"list", "--verdict", verdict, "--results", ATTEST_REFERENCE_RESULTS},
                   folder.path())
            .out;
    };
    EXPECT_NE(listed("holds").find("\x1b[32mholds\x1b[0m"), std::string::npos);
    EXPECT_NE(listed("fails").find("\x1b[2mfails\x1b[0m"), std::string::npos);
    const Outcome shown = run_on_terminal(
        {"show", "appA/pre-ln/gronwall-bound", "--results", ATTEST_REFERENCE_RESULTS},
        folder.path());
    EXPECT_EQ(shown.status, 0) << shown.out;
    EXPECT_NE(shown.out.find("\x1b[33mfails\x1b[0m"), std::string::npos) << shown.out;
    EXPECT_NE(shown.out.find("\x1b[32mholds\x1b[0m"), std::string::npos) << shown.out;
}

/// The claims of the reference run whose ids these are.
Json reference_with(const std::vector<std::string>& ids)
{
    Json results = Json::parse(text_of(ATTEST_REFERENCE_RESULTS));
    Json claims = Json::array();
    for (const Json& claim : results.at("claims")) {
        if (std::find(ids.begin(), ids.end(), claim.at("id")) != ids.end()) {
            claims.push_back(claim);
        }
    }
    EXPECT_EQ(claims.size(), ids.size());
    results["claims"] = claims;
    results["constants"] = Json::array();
    results["figures"] = Json::array();
    return results;
}

TEST(CliTerminal, DifferencesHaveTheirColours)
{
    const TemporaryFolder folder;
    const Json plain =
        reference_with({"table2/pre-ln/r-dot", "table2/mix-ln/r-dot", "table2/ngpt/speed-factor"});
    Json before = plain;
    before["claims"][0]["as_stated"]["verdict"] = "undecided";
    Json after = plain;
    after["claims"][1]["as_stated"]["verdict"] = "undecided";
    after["claims"][2]["as_stated"]["verdict"] = "fails";
    folder.file("before.json", before.dump());
    folder.file("after.json", after.dump());
    const Outcome shown =
        run_on_terminal({"compare", "before.json", "after.json"}, folder.path(), {.columns = 60});
    EXPECT_EQ(shown.status, 1) << shown.out;
    for (const char* part : {"\x1b[32mbetter\x1b[0m", "\x1b[33mweaker\x1b[0m",
                             "\x1b[31mcontradicts\x1b[0m", "3 claims compared"}) {
        EXPECT_NE(shown.out.find(part), std::string::npos) << part << "\n" << shown.out;
    }
    const Outcome same = run_on_terminal({"compare", "after.json", "after.json"}, folder.path());
    EXPECT_EQ(same.status, 0);
    EXPECT_EQ(same.out, "3 claims compared: 0 better, 0 weaker, 0 contradicted\n");
}

const std::string drawn = "\r\x1b[K[";

/// The bars that were drawn, one after the other; each was drawn over the one before.
std::vector<std::string> bars_of(const std::string& screen)
{
    std::vector<std::string> bars;
    for (std::size_t at = screen.find(drawn); at != std::string::npos;
         at = screen.find(drawn, at + 1)) {
        const std::size_t from = at + drawn.size() - 1;
        bars.push_back(screen.substr(from, screen.find_first_of("\r\n", from) - from));
    }
    return bars;
}

TEST(CliTerminal, ALongRunHasABarThatGoesAway)
{
    const TemporaryFolder folder;
    // What the claim took when it was recorded is the outlook.
    Json baseline = reference_with({"thm4.2/bound"});
    for (const auto& [seconds, outlook] : std::vector<std::pair<double, std::string>>{
             {3000, "about 50 min left"}, {10000, "about 2.8 h left"}}) {
        baseline["claims"][0]["seconds"] = seconds;
        folder.file("baseline.json", baseline.dump());
        const Outcome run = run_on_terminal({"verify", "thm4.2/bound", "--format", "json",
                                             "--baseline", "baseline.json", "--threads", "1"},
                                            folder.path(), {.columns = 60});
        EXPECT_EQ(run.status, 0) << run.out;
        const std::vector<std::string> bars = bars_of(run.out);
        ASSERT_FALSE(bars.empty()) << run.out;
        EXPECT_EQ(bars.front().substr(0, 31), "[........................] 0/1 ");
        EXPECT_NE(bars.front().find(outlook), std::string::npos) << bars.front();
        for (const std::string& bar : bars) {
            EXPECT_LT(bar.size(), 60U) << bar;
        }
        const std::size_t last = run.out.rfind("\r\x1b[K");
        EXPECT_GT(last, run.out.rfind(drawn)) << "the bar stays:\n" << run.out;
        EXPECT_EQ(run.out.compare(last, 5, "\r\x1b[K\n"), 0) << "text beside the bar";
        std::filesystem::remove_all(folder.path() / "attest-report");
    }
    const Outcome piped = run_attest({"verify", "thm4.2/bound", "--format", "json"}, folder.path());
    EXPECT_EQ(piped.err.find('\r'), std::string::npos) << piped.err;
}

TEST(CliTerminal, ABarIsCutWhereTheTerminalIsNarrow)
{
    const TemporaryFolder folder;
    const Outcome run = run_on_terminal({"mutate", "table2/*"}, folder.path(), {.columns = 40});
    EXPECT_EQ(run.status, 0) << run.out;
    const std::vector<std::string> bars = bars_of(run.out);
    ASSERT_FALSE(bars.empty()) << run.out;
    bool cut = false;
    for (const std::string& bar : bars) {
        EXPECT_LE(bar.size(), 39U) << "the cursor would go to the next line: " << bar;
        cut = cut || bar.ends_with("...");
    }
    EXPECT_TRUE(cut) << bars.back();
}

TEST(CliTerminal, CtrlCRemovesTheBarAndKeepsWhatIsThere)
{
    const TemporaryFolder folder;
    const std::vector<std::string> ensemble = {
        "ensemble", "--panel", "5d", "--runs", "100", "--layers", "64", "--checkpoint", "kept"};
    const Outcome run = run_on_terminal(ensemble, folder.path(), {.interrupt_at = "] 1/100"});
    EXPECT_EQ(run.status, 130) << run.out;
    EXPECT_NE(run.out.find("\r\x1b[Kattest: interrupted after "), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("of 100 runs; the same command goes on from there\n"), std::string::npos)
        << run.out;
    const Outcome rest = run_on_terminal(ensemble, folder.path());
    EXPECT_EQ(rest.status, 0) << rest.out;
    EXPECT_NE(rest.out.find(" were there"), std::string::npos) << rest.out;

    const Outcome lost = run_on_terminal({"ensemble", "--panel", "5d", "--runs", "100"},
                                         folder.path(), {.interrupt_at = "] 1/100"});
    EXPECT_EQ(lost.status, 130) << lost.out;
    EXPECT_NE(lost.out.find("nothing was kept (name a folder with --checkpoint)"),
              std::string::npos)
        << lost.out;

    const Outcome suite = run_on_terminal({"verify", "thm4.2/bound", "--format", "json"},
                                          folder.path(), {.interrupt_at = drawn});
    EXPECT_EQ(suite.status, 130) << suite.out;
    EXPECT_NE(suite.out.find("\r\x1b[KInterrupted: 0 of 1 claims are saved"), std::string::npos)
        << suite.out;
    EXPECT_NE(suite.out.find("--resume"), std::string::npos) << suite.out;

    const Outcome mutants =
        run_on_terminal({"mutate", "thm4.1/*"}, folder.path(), {.interrupt_at = drawn});
    EXPECT_EQ(mutants.status, 130) << mutants.out;
    EXPECT_NE(mutants.out.find("\r\x1b[KInterrupted: "), std::string::npos) << mutants.out;
}

} // namespace
} // namespace attest::testing
