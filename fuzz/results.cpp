// A results file.
#include "fuzz/target.hpp"

#include "attest/report/json.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    fuzz::may_refuse([&] {
        const ledger::Results results = report::from_json(fuzz::view(data, size), "results.json");
        const std::string written = report::to_json(results);
        fuzz::require(report::to_json(report::from_json(written, "written")) == written,
                      "what was read is written and read back");
    });
    return 0;
}
