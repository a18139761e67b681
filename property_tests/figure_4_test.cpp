#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(Figure4, Figure4AndItsComparisonWithFigure2)
{
    testing::expect_claims(theorems::add_figure_4, {});
}

} // namespace
} // namespace attest
