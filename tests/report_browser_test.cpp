#include "attest/report/file.hpp"
#include "attest/report/html/html.hpp"
#include "attest/report/json.hpp"
#include "attest/report/math.hpp"
#include "tests/report_folder.hpp"
#include "tests/report_sample.hpp"
#include "tests/run_program.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace {

using namespace attest;
namespace fs = std::filesystem;

bool have_chromium()
{
    return std::system("command -v chromium >/dev/null 2>&1") == 0;
}

/// Reports as a browser without a window shows them.
class Browser : public ::testing::Test {
protected:
    void SetUp() override
    {
        if (!have_chromium()) {
            GTEST_SKIP() << "chromium is not installed";
        }
    }

    /// Writes the page of the results, and the same with the self-test.
    void write(const ledger::Results& results) const
    {
        const std::string html = report::to_html(results);
        const std::string test =
            report::read_file(sample::source_folder() / "tests" / "report_selftest.js");
        report::write_file(folder.path() / "report.html", html);
        report::write_file(
            folder.path() / "tested.html",
            report::replace_all(html, "</body>", "<script>" + test + "</script></body>"));
    }

    void expect_passes() const
    {
        for (const char* size : {"1280,1000", "500,900"}) {
            const attest::testing::Outcome run =
                open("tested.html", {std::string("--window-size=") + size, "--dump-dom"});
            EXPECT_EQ(run.err.find("CONSOLE"), std::string::npos) << run.err;
            const std::size_t place = run.out.find("<p id=\"selftest\">");
            ASSERT_NE(place, std::string::npos) << run.err;
            EXPECT_TRUE(run.out.substr(place + 17).starts_with("passed"))
                << size << ": " << run.out.substr(place);
        }
    }

    attest::testing::Outcome open(const std::string& file, std::vector<std::string> arguments) const
    {
        const std::vector<std::string> common = {"--headless=new",
                                                 "--no-sandbox",
                                                 "--disable-gpu",
                                                 "--no-first-run",
                                                 "--hide-scrollbars",
                                                 "--enable-logging=stderr",
                                                 "--disable-sync",
                                                 "--disable-extensions",
                                                 "--disable-background-networking",
                                                 "--user-data-dir="
                                                     + (folder.path() / "profile").string(),
                                                 "--virtual-time-budget=60000"};
        arguments.insert(arguments.begin(), common.begin(), common.end());
        arguments.push_back("file://" + (folder.path() / file).string());
        return attest::testing::run_program("chromium", arguments, folder.path());
    }

    /// Opens the page in a window of that size and keeps a picture of it.
    void take_picture(const std::string& name, const std::string& size, const char* scheme) const
    {
        const fs::path picture = fs::current_path() / "screenshots" / (name + ".png");
        fs::create_directories(picture.parent_path());
        fs::remove(picture);
        const attest::testing::Outcome run =
            open("report.html", {"--window-size=" + size, "--screenshot=" + picture.string(),
                                 std::string("--blink-settings=preferredColorScheme=") + scheme});
        EXPECT_EQ(run.err.find("CONSOLE"), std::string::npos) << run.err;
        ASSERT_TRUE(fs::exists(picture)) << run.err;
        EXPECT_TRUE(report::read_file(picture).starts_with("\x89PNG"));
        EXPECT_GT(fs::file_size(picture), 20'000U) << picture;
    }

    const sample::Folder folder;
};

TEST_F(Browser, SearchFilterGraphsAndPlotsWork)
{
    write(sample::inventory_results());
    expect_passes();
}

TEST_F(Browser, EverythingOnThePageOfTheReferenceRunWorks)
{
    write(report::read_results(sample::source_folder() / "reports" / "reference" / "results.json"));
    expect_passes();
}

TEST_F(Browser, PicturesAreTaken)
{
    write(sample::inventory_results());
    take_picture("report-light", "1280,1600", "1");
    take_picture("report-dark-phone", "500,1200", "0");
}

} // namespace
