// The answers of attest-check, as attest reads them.
#include "fuzz/target.hpp"

#include "attest/report/certificates.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    static const ledger::Results results = [] {
        ledger::Evidence evidence;
        evidence.certificates.push_back({"", "certificates/a/1.json", ""});
        ledger::ClaimResult claim;
        claim.id = "a";
        claim.as_stated.evidence.push_back(evidence);
        ledger::Results one;
        one.claims.push_back(claim);
        return one;
    }();
    fuzz::may_refuse([&] {
        ledger::Results copy = results;
        const report::Recheck recheck =
            report::apply_recheck(copy, std::string(fuzz::view(data, size)));
        fuzz::require(recheck.accepted + recheck.rejected <= 1, "one certificate, one answer");
    });
    return 0;
}
