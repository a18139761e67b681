#include "theorems/collapse_readings.hpp"

#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace attest::theorems {
namespace {

const std::vector<std::string>& names()
{
    static const std::vector<std::string> all = {
        "tokens nearly stationary over many layers", "deep layers near the identity",
        "directions cluster fast", "converges early", "variance within the cluster vanishes fast"};
    return all;
}

TEST(CollapseReadings, WitnessesAreCasesOfWhatTheirNamesSay)
{
    using Cases = std::vector<bool>;
    ASSERT_EQ(collapse_witnesses().size(), 6U);
    // Never move; merge and stay; merge and rotate; rotate; meet in the last layer; rotate, stay.
    EXPECT_EQ(cases_of(names()[0]), (Cases{true, true, false, false, false, true}));
    EXPECT_EQ(cases_of(names()[1]), (Cases{true, true, false, false, false, true}));
    for (const std::size_t k : {2U, 3U, 4U}) {
        EXPECT_EQ(cases_of(names()[k]), (Cases{false, true, true, false, false, false}));
    }
    EXPECT_THROW(cases_of("tokens explode"), InputError);
}

TEST(CollapseReadings, CertificatesStateTheCase)
{
    for (const std::string& name : names()) {
        for (std::size_t w = 0; w < collapse_witnesses().size(); ++w) {
            const std::vector<std::string> bodies = certificates_of(name, w);
            ASSERT_FALSE(bodies.empty()) << name;
            for (const std::string& body : bodies) {
                const auto json = nlohmann::json::parse(body);
                const bool satisfied = json.at("relation").get<std::string>().size() == 2;
                EXPECT_EQ(satisfied, cases_of(name)[w]) << name << ": " << body;
            }
        }
    }
}

} // namespace
} // namespace attest::theorems
