#include "claim_cases.hpp"

#include <nlohmann/json.hpp>

namespace attest {
namespace {

using ledger::Evidence;
using ledger::Judgement;
using ledger::Verdict;

/// The evidence that the verdict, its strength and its scope come from.
bool carries(const Judgement& judgement, const Evidence& item)
{
    const bool decides = judgement.verdict == Verdict::Holds ? is_true(item.outcome) && item.carries
                                                             : is_false(item.outcome);
    return decides && item.strength == judgement.strength && item.scope == judgement.scope;
}

void expect_certificates(const std::string& id, const Judgement& judgement)
{
    for (const Evidence& item : judgement.evidence) {
        if (!carries(judgement, item) || item.strength < ledger::Strength::Enclosed) {
            continue;
        }
        EXPECT_FALSE(item.certificates.empty()) << id << ": " << item.route;
        for (const ledger::Certificate& certificate : item.certificates) {
            const auto json = nlohmann::json::parse(certificate.body, nullptr, false);
            ASSERT_TRUE(json.is_object()) << id << ": " << certificate.body;
            EXPECT_TRUE(json.contains("kind")) << id << ": " << certificate.body;
        }
    }
}

TEST(ParticleClaims, ProofsAndCounterexamplesLeaveCertificates)
{
    for (const auto add :
         {theorems::add_introduction, theorems::add_section_2, theorems::add_table_1,
          theorems::add_table_2, theorems::add_table_3, theorems::add_section_4,
          theorems::add_section_5, theorems::add_appendix_c, theorems::add_appendix_e}) {
        const ledger::Registry registry = testing::registry_with(add);
        for (const ledger::InventoryRow& row : registry.inventory()) {
            const ledger::Claim* claim = registry.find(row.id);
            if (claim == nullptr) {
                continue;
            }
            expect_certificates(row.id, ledger::judge(claim->check(claim->printed, {})));
            if (claim->amended) {
                expect_certificates(row.id, ledger::judge(claim->check(*claim->amended, {})));
            }
        }
    }
}

TEST(ParticleClaims, PlantedFaultsLeaveNone)
{
    ledger::Effort effort;
    effort.control = true;
    for (const auto add : {theorems::add_introduction, theorems::add_section_4,
                           theorems::add_section_5, theorems::add_appendix_e}) {
        const ledger::Registry registry = testing::registry_with(add);
        for (const ledger::InventoryRow& row : registry.inventory()) {
            const ledger::Claim* claim = registry.find(row.id);
            if (claim == nullptr) {
                continue;
            }
            for (const Evidence& item : claim->check(claim->printed, effort).evidence) {
                EXPECT_TRUE(item.certificates.empty()) << row.id << ": " << item.route;
            }
        }
    }
}

} // namespace
} // namespace attest
