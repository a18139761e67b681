#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(Figure4, Figure4AndItsComparisonWithFigure2)
{
    // The bound on means needs more runs than the quick profile makes.
    testing::expect_claims(theorems::add_figure_4, {}, testing::Routes::SomeOpen);
}

} // namespace
} // namespace attest
