#include "tests/run_program.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include <sys/wait.h>

namespace attest::testing {
namespace {

std::string quoted(const std::string& text)
{
    std::string result = "'";
    for (const char c : text) {
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return result + "'";
}

std::string content_of(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

} // namespace

TemporaryFolder::TemporaryFolder()
{
    std::string name = (std::filesystem::temp_directory_path() / "attest-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    path_ = name;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryFolder::file(const std::string& name,
                                            const std::string& content) const
{
    std::filesystem::path path = path_ / name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

std::string text_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<std::string> cells_of(const std::string& line)
{
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) {
        cells.push_back(cell);
    }
    return cells;
}

std::string as_typed(const std::vector<std::string>& arguments)
{
    std::string text = "attest";
    for (const std::string& argument : arguments) {
        text += " " + quoted(argument);
    }
    return text;
}

Outcome run_attest(const std::vector<std::string>& arguments, const std::filesystem::path& folder)
{
    return run_program(ATTEST_PROGRAM, arguments, folder);
}

Outcome run_program(const std::string& program, const std::vector<std::string>& arguments,
                    const std::filesystem::path& folder)
{
    const TemporaryFolder captured;
    const std::filesystem::path out = captured.path() / "out";
    const std::filesystem::path err = captured.path() / "err";
    std::string command = "cd " + quoted(folder.string()) + " && exec " + quoted(program);
    for (const std::string& argument : arguments) {
        command += " " + quoted(argument);
    }
    command += " </dev/null >" + quoted(out.string()) + " 2>" + quoted(err.string());
    const int raw = std::system(command.c_str());
    Outcome outcome;
    outcome.status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    outcome.out = content_of(out);
    outcome.err = content_of(err);
    return outcome;
}

} // namespace attest::testing
