#include "attest/report/format.hpp"
#include "attest/report/json.hpp"

namespace attest::report {

Format json_format()
{
    return {"json", "results.json, the one object that every report is made from",
            [](const ledger::Results& results, const std::filesystem::path& folder) {
                const std::filesystem::path file = folder / "results.json";
                write_results(results, file);
                return std::vector<Written>{{"json", file, true, ""}};
            }};
}

} // namespace attest::report
