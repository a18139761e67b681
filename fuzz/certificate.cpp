// A certificate, as attest-check reads and re-verifies it.
#include "fuzz/target.hpp"

#include "check/certificate.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    const std::filesystem::path file = fuzz::put("certificate.json", fuzz::view(data, size));
    constexpr double seconds = 2;
    const check::Outcome outcome = check::check_file(file, seconds);
    fuzz::require(outcome.accepted == outcome.why.empty(), "a rejection says why");
    fuzz::require(outcome.seconds < 4 * seconds, "the time limit holds");
    for (const char* foreign : {"std::", "vector::", "basic_string", "map::", "stol", "stod"}) {
        fuzz::require(!outcome.why.starts_with(foreign), "a rejection is the checker's own");
    }
    return 0;
}
