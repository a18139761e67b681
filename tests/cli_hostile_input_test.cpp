// Every option of every command with values that no one means, and every file argument with things
// that are no such file: one line on stderr with status 2, or an answer, within seconds.

#include "tests/run_program.hpp"

#include "attest/report/file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace attest::testing {
namespace {

using HostileWords = std::vector<std::string>;

constexpr const char* most_hostile_seconds = "20";

/// Runs the program with a limit of time; status 124 where it was over.
Outcome run_limited(const HostileWords& arguments, const std::filesystem::path& folder)
{
    HostileWords words{most_hostile_seconds, ATTEST_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return run_program("/usr/bin/timeout", words, folder);
}

bool stays_on_its_line(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7F;
}

std::string shortened_words(HostileWords words)
{
    for (std::string& word : words) {
        word = word.substr(0, 60);
    }
    return as_typed(words);
}

/// What holds of every refusal.
void expect_refusal(const Outcome& outcome, const std::string& context)
{
    constexpr std::size_t longest_line = 1100;
    EXPECT_EQ(outcome.status, 2) << context << "\n" << outcome.err.substr(0, 2000);
    EXPECT_TRUE(outcome.out.empty()) << context;
    EXPECT_EQ(outcome.err.rfind("attest: ", 0), 0U) << context << "\n" << outcome.err;
    ASSERT_FALSE(outcome.err.empty()) << context;
    EXPECT_EQ(outcome.err.find('\n'), outcome.err.size() - 1) << context << "\n" << outcome.err;
    EXPECT_LE(outcome.err.size(), longest_line) << context;
    EXPECT_TRUE(std::all_of(outcome.err.begin(), outcome.err.end() - 1, stays_on_its_line))
        << context << "\n"
        << outcome.err;
}

/// A command with arguments that are right and quickly answered.
struct HostileCommand {
    const char* name;
    HostileWords arguments;
};

const HostileWords hostile_problem{"--scheme", "pre-ln", "--n", "4", "--beta", "1"};

void PrintTo(const HostileCommand& command, std::ostream* out)
{
    *out << command.name;
}

HostileWords joined_words(HostileWords words, const HostileWords& more)
{
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

const std::vector<HostileCommand> hostile_commands{
    {"verify", {"verify", "table2/pre-ln/r-dot", "--format", "json"}},
    {"list", {"list"}},
    {"show", {"show", "table2/pre-ln/r-dot", "--live"}},
    {"report", {"report", ATTEST_REFERENCE_RESULTS, "--format", "json", "--out", "o"}},
    {"compare", {"compare", ATTEST_REFERENCE_RESULTS, ATTEST_REFERENCE_RESULTS}},
    {"evaluate", {"evaluate", "n", "--at", "n=2"}},
    {"trajectory", joined_words(joined_words({"trajectory"}, hostile_problem), {"--until", "t=1"})},
    {"terminal", joined_words({"terminal"}, hostile_problem)},
    {"tube",
     joined_words(joined_words({"tube"}, hostile_problem), {"--until", "1", "--digits", "5"})},
    {"reference", joined_words(joined_words({"reference"}, hostile_problem), {"--layers", "2"})},
    {"conform", joined_words({"conform", "run.csv"}, hostile_problem)},
    {"particles", joined_words(joined_words({"particles"}, hostile_problem),
                               {"--d", "2", "--until", "time", "--last-time", "1"})},
    {"ensemble",
     {"ensemble", "--panel", "5d", "--runs", "1", "--layers", "1", "--precision", "f32"}},
    {"mutate", {"mutate", "model/alpha/constant", "--sample", "1"}},
};

/// The options of a command that take a value, from its own help.
HostileWords options_of_command(const std::string& command)
{
    const TemporaryFolder folder;
    std::istringstream help(run_attest({command, "--help"}, folder.path()).out);
    const std::regex line_of_option("^ +(?:-[a-zA-Z],)?(--[a-z0-9-]+) (?:TEXT|INT|FLOAT|UINT).*");
    HostileWords options;
    for (std::string line; std::getline(help, line);) {
        std::smatch match;
        if (std::regex_match(line, match, line_of_option)) {
            options.push_back(match[1]);
        }
    }
    return options;
}

class HostileOption : public ::testing::TestWithParam<HostileCommand> {};

TEST_P(HostileOption, IsRefusedInOneLineOrAnswered)
{
    const HostileWords values{"",
                              "-1",
                              "nan",
                              "-inf",
                              "1e999999999",
                              "1e99999",
                              "99999999999999999999",
                              "\xff\xfe\xc0\x80",
                              "two\nlines\x1b[2J{}%s%n",
                              std::string(100'000, '7'),
                              std::string(5000, '(')};
    const HostileWords options = options_of_command(GetParam().name);
    for (const std::string& option : options) {
        const TemporaryFolder folder;
        folder.file("run.csv", "t,gamma\n0,0\n1,0.1\n");
        for (const std::string& value : values) {
            HostileWords arguments = GetParam().arguments;
            const auto given = std::find(arguments.begin(), arguments.end(), option);
            if (given != arguments.end()) {
                *(given + 1) = value;
            } else {
                arguments.insert(arguments.end(), {option, value});
            }
            const Outcome outcome = run_limited(arguments, folder.path());
            const std::string context = shortened_words(arguments);
            // An empty value, as by "--out $UNSET", must not be taken for an option not given.
            if (value.empty() || (outcome.status != 0 && outcome.status != 1)) {
                expect_refusal(outcome, context);
            }
        }
    }
}

// A new command has a row above. What completion prints depends on no value.
TEST(HostileCommands, AreAllThatTheHelpNames)
{
    const TemporaryFolder folder;
    std::istringstream help(run_attest({"--help"}, folder.path()).out);
    std::string line;
    while (std::getline(help, line) && line != "Subcommands:") {
    }
    std::set<std::string> named;
    while (std::getline(help, line) && !line.empty()) {
        std::istringstream words(line);
        std::string command;
        words >> command;
        named.insert(command);
    }
    EXPECT_EQ(named.erase("completion"), 1U);
    std::set<std::string> tried;
    for (const HostileCommand& command : hostile_commands) {
        tried.insert(command.name);
    }
    EXPECT_EQ(named, tried);
}

std::string name_of_hostile_command(const ::testing::TestParamInfo<HostileCommand>& info)
{
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Commands, HostileOption, ::testing::ValuesIn(hostile_commands),
                         name_of_hostile_command);

/// Arguments with FILE where a file is read.
const std::vector<HostileWords> hostile_readers{
    {"report", "FILE", "--format", "json", "--out", "o"},
    {"compare", "FILE", ATTEST_REFERENCE_RESULTS},
    {"compare", ATTEST_REFERENCE_RESULTS, "FILE"},
    {"verify", "table2/pre-ln/r-dot", "--baseline", "FILE"},
    {"list", "--verdict", "fails", "--results", "FILE"},
    {"show", "table2/pre-ln/r-dot", "--results", "FILE"},
    joined_words({"conform", "FILE"}, hostile_problem),
    joined_words(joined_words({"conform", "tokens.npy"}, hostile_problem), {"--times", "FILE"}),
    joined_words(joined_words({"reference"}, hostile_problem), {"--times", "FILE"}),
};

TEST(HostileFile, IsRefusedInOneLine)
{
    const TemporaryFolder folder;
    const std::string reference = report::read_file(ATTEST_REFERENCE_RESULTS);
    const std::string npy_header =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 4, 1), }\n";
    folder.file("tokens.npy", std::string("\x93NUMPY\x01\x00", 8)
                                  + static_cast<char>(npy_header.size()) + '\0' + npy_header
                                  + std::string(32, '\1'));
    folder.file("empty", "");
    folder.file("zeros", std::string(1000, '\0'));
    folder.file("noise", "\xff\xfe\x80\x93NUMPY\x01\x00{\"\xc3\x28\"}");
    folder.file("cut.json", reference.substr(0, reference.size() / 2));
    folder.file("deep.json", std::string(1'000'000, '['));
    folder.file("deep-objects.json", [] {
        std::string text;
        for (int i = 0; i < 100'000; ++i) {
            text += "{\"a\":";
        }
        return text;
    }());
    folder.file("number.json", "1e99999");
    folder.file("commas", std::string(2'000'000, ','));
    folder.file("wide.csv", "t,gamma\n" + std::string(2'000'000, ',') + "\n");
    std::filesystem::create_directory(folder.path() / "folder");
    std::filesystem::create_symlink("loop", folder.path() / "loop");
    std::filesystem::create_symlink("nowhere", folder.path() / "dangling");
    const HostileWords files{"empty",
                             "zeros",
                             "noise",
                             "cut.json",
                             "deep.json",
                             "deep-objects.json",
                             "number.json",
                             "commas",
                             "wide.csv",
                             "folder",
                             "loop",
                             "dangling",
                             "missing",
                             "empty/below",
                             "",
                             std::string(300, 'x'),
                             "\xff\xfe",
                             "/proc/self/mem",
                             "/dev/zero"};
    for (const HostileWords& reader : hostile_readers) {
        for (const std::string& file : files) {
            // An empty name is no name: verify and show then look where they always do.
            if (file.empty()
                && (reader.front() == "verify" || reader.front() == "show"
                    || reader.front() == "list" || reader[2] == "--times"
                    || reader.back() == "FILE")) {
                continue;
            }
            HostileWords arguments = reader;
            std::replace(arguments.begin(), arguments.end(), std::string("FILE"), file);
            expect_refusal(run_limited(arguments, folder.path()), shortened_words(arguments));
        }
    }
}

/// Arguments with FILE where a file is written, FOLDER where a folder of files is.
const std::vector<HostileWords> hostile_writers{
    {"verify", "table2/pre-ln/r-dot", "--format", "json", "--out", "FOLDER"},
    {"report", ATTEST_REFERENCE_RESULTS, "--format", "json", "--out", "FOLDER"},
    {"ensemble", "--panel", "5d", "--runs", "1", "--layers", "1", "--out", "FOLDER"},
    {"ensemble", "--panel", "5d", "--runs", "1", "--layers", "1", "--checkpoint", "FOLDER"},
    joined_words(joined_words({"trajectory"}, hostile_problem),
                 {"--until", "t=1", "--csv", "FILE"}),
    joined_words(joined_words({"tube"}, hostile_problem), {"--until", "1", "--csv", "FILE"}),
    joined_words(joined_words({"tube"}, hostile_problem),
                 {"--until", "1", "--certificate", "FILE"}),
    joined_words(joined_words({"reference"}, hostile_problem), {"--layers", "2", "--csv", "FILE"}),
    joined_words(joined_words({"reference"}, hostile_problem), {"--layers", "2", "--json", "FILE"}),
};

TEST(HostileFile, ThatCannotBeWrittenIsNamed)
{
    const TemporaryFolder folder;
    folder.file("file", "");
    std::filesystem::create_symlink("loop", folder.path() / "loop");
    const HostileWords places{"file/below", "/dev/null/x",
                              "/proc/x",    std::string(300, 'x'),
                              "loop",       "\xff" + std::string(300, '/') + std::string(300, 'y')};
    for (const HostileWords& writer : hostile_writers) {
        for (const std::string& place : places) {
            HostileWords arguments = writer;
            std::replace(arguments.begin(), arguments.end(), std::string("FILE"), place);
            std::replace(arguments.begin(), arguments.end(), std::string("FOLDER"), place);
            const Outcome outcome = run_limited(arguments, folder.path());
            expect_refusal(outcome, shortened_words(arguments));
            EXPECT_NE(outcome.err.find("cannot"), std::string::npos) << outcome.err;
        }
    }
}

TEST(HostileSize, IsRefusedBeforeTheMemoryIsGone)
{
    struct HostileSizeCase {
        HostileWords arguments;
        HostileWords named;
    };
    const std::vector<HostileSizeCase> all{
        {joined_words({"trajectory", "--until", "t=1", "--samples", "1000000", "--digits", "10000"},
                      hostile_problem),
         {"'1000000'", "'10000'", "at most 100000000"}},
        {joined_words({"reference", "--layers", "1000000", "--digits", "400"}, hostile_problem),
         {"'1000000'", "'400'", "at most 100000000"}},
        {{"particles", "--scheme", "pre-ln", "--n", "100000000", "--d", "1", "--beta", "1"},
         {"n '100000000'", "2..1000000"}},
        {{"particles", "--scheme", "pre-ln", "--n", "1000000", "--d", "1000", "--beta", "1"},
         {"'1000000'", "'1000'", "100000000"}},
        {{"ensemble", "--panel", "5d", "--layers", "1000000"}, {"layers '1000000'", "1..4096"}},
        {{"ensemble", "--panel", "5d", "--runs", "99999999"}, {"runs '99999999'", "1..4000000"}},
        {{"evaluate", "n^(" + std::string(4000, '9') + ")", "--at", "n=2"}, {"exponent"}},
        {{"evaluate", "1e99999*1e99999", "--at", "n=2"}, {"100000 digits"}},
        {{"evaluate", "((9^1000)^1000)^1000"}, {"power of constants"}},
        {{"evaluate", std::string(5000, '1')}, {"5000 characters", "4096"}},
    };
    const TemporaryFolder folder;
    for (const HostileSizeCase& huge : all) {
        const Outcome outcome = run_limited(huge.arguments, folder.path());
        expect_refusal(outcome, shortened_words(huge.arguments));
        for (const std::string& part : huge.named) {
            EXPECT_NE(outcome.err.find(part), std::string::npos) << part << "\n" << outcome.err;
        }
    }
}

} // namespace
} // namespace attest::testing
