#include "cli/recheck.hpp"

#include "attest/report/file.hpp"
#include "attest/report/process.hpp"

#include <fmt/format.h>

#include <system_error>

namespace attest::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* checker_name = "attest-check";

/// Where the checker lies: installed beside attest, or in the build tree, or wherever PATH says.
std::string find_checker()
{
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        const fs::path here = program.parent_path();
        for (const fs::path& candidate :
             {here / checker_name, here.parent_path() / "check" / checker_name}) {
            if (fs::is_regular_file(candidate, error)) {
                return candidate.string();
            }
        }
    }
    return checker_name;
}

} // namespace

report::Recheck recheck_certificates(ledger::Results& results, const fs::path& folder)
{
    const fs::path certificates = fs::absolute(folder) / "certificates";
    std::error_code error;
    if (report::count_certificates(results).all == 0 || !fs::is_directory(certificates, error)) {
        return {};
    }
    const report::TemporaryFolder work;
    const fs::path answers = work.path() / "answers.json";
    const fs::path output = work.path() / "output.txt";
    const int status = report::run_program({find_checker(), "--keep-going", "--quiet", "--json",
                                            answers.string(), certificates.string()},
                                           work.path(), output);
    if (status == report::program_missing) {
        return {};
    }
    if (!fs::is_regular_file(answers, error)) {
        throw report::IoError(
            fmt::format("{} ended with status {} and gave no answers", checker_name, status));
    }
    return report::apply_recheck(results, report::read_file(answers));
}

} // namespace attest::cli
