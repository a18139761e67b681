#include "attest/report/file.hpp"
#include "attest/report/report.hpp"
#include "tests/report_folder.hpp"
#include "tests/report_sample.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <limits>

namespace {

using namespace attest;
namespace fs = std::filesystem;

std::string error_of(const fs::path& path, std::string_view content)
{
    try {
        report::write_file(path, content);
    } catch (const report::IoError& error) {
        return error.what();
    }
    return "written";
}

TEST(WriteFile, ReplacesAndMakesFolders)
{
    const sample::Folder folder;
    const fs::path file = folder.path() / "a" / "b" / "file.txt";
    report::write_file(file, "one");
    report::write_file(file, "two");
    EXPECT_EQ(report::read_file(file), "two");
    EXPECT_EQ(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()),
              1)
        << "a temporary file was left behind";
}

TEST(WriteFile, FollowsSymbolicLinks)
{
    const sample::Folder folder;
    report::write_file(folder.path() / "target", "old");
    fs::create_symlink("target", folder.path() / "link");
    report::write_file(folder.path() / "link", "new");
    EXPECT_TRUE(fs::is_symlink(folder.path() / "link"));
    EXPECT_EQ(report::read_file(folder.path() / "target"), "new");
}

TEST(WriteFile, RefusesWhatIsNoFileAndNamesIt)
{
    const sample::Folder folder;
    EXPECT_NE(error_of(folder.path(), "x").find(folder.path().string()), std::string::npos);
    EXPECT_NE(error_of("/dev/null", "x").find("/dev/null"), std::string::npos);
    EXPECT_NE(error_of("/proc/attest/results.json", "x").find("/proc/attest/results.json"),
              std::string::npos);
    report::write_file(folder.path() / "file", "x");
    const std::string below = (folder.path() / "file" / "below").string();
    EXPECT_NE(error_of(below, "x").find(below), std::string::npos);
}

TEST(WriteFile, FullDiskLeavesThePreviousFile)
{
    const sample::Folder folder;
    const fs::path file = folder.path() / "results.json";
    report::write_file(file, "previous");
    // A limit on the size of files stands in for a disk that runs full in the middle of a write.
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{4096, before.rlim_max};
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const std::string error = error_of(file, std::string(100000, 'x'));
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    EXPECT_NE(error.find(file.string()), std::string::npos) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos);
    EXPECT_EQ(report::read_file(file), "previous");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(ReadFile, TakesAsMuchAsItsCallerAllows)
{
    const sample::Folder folder;
    const fs::path file = folder.path() / "long";
    for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 1'000'000U}) {
        std::string content(size, 'x');
        for (std::size_t i = 0; i < size; i += 1000) {
            content[i] = static_cast<char>('a' + i / 1000 % 26);
        }
        report::write_file(file, content);
        EXPECT_EQ(report::read_file(file), content) << size;
        EXPECT_EQ(report::read_file(file, size), content) << size;
        EXPECT_EQ(report::read_file(file, std::numeric_limits<std::size_t>::max()), content);
        if (size > 0) {
            EXPECT_THROW(report::read_file(file, size - 1), report::IoError) << size;
        }
    }
    try {
        report::read_file("/dev/zero", std::size_t{3} << 20U);
        ADD_FAILURE() << "/dev/zero has an end";
    } catch (const report::IoError& error) {
        EXPECT_STREQ(error.what(),
                     "cannot read '/dev/zero': more than 3 MiB, must be at most that");
    }
}

TEST(ReadFile, NamesWhatCannotBeRead)
{
    EXPECT_THROW(report::read_file("/nonexistent/attest"), report::IoError);
    EXPECT_THROW(report::read_file("/"), report::IoError);
    try {
        report::read_results("/nonexistent/attest");
    } catch (const InputError& error) {
        EXPECT_NE(std::string(error.what()).find("/nonexistent/attest"), std::string::npos);
    }
}

} // namespace
