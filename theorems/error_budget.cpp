// The error that statistical statements share.
#include "theorems/error_budget.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// Panels 4 (which is 5a), 5b, ..., 5f, and 5g in two readings.
constexpr long panel_samples = 8;

struct BudgetLine {
    const char* name;
    long numerator; ///< of twentieths
    long samples;
};

BudgetLine line_of(StatisticalFamily family)
{
    switch (family) {
    case StatisticalFamily::Orderings:
        return {"orderings", 8, panel_samples};
    case StatisticalFamily::MeanDifferences:
        return {"differences of means", 2, panel_samples};
    case StatisticalFamily::Bands:
        return {"bands of means and quantiles", 3, panel_samples};
    case StatisticalFamily::Growth:
        return {"exponents of growth", 2, panel_samples};
    case StatisticalFamily::CertifiedRuns:
        return {"certified runs", 1, 1};
    case StatisticalFamily::AttentionVectors:
        break;
    }
    return {"random attention vectors", 4, 1};
}

} // namespace

Rational report_error()
{
    return Rational(1, 20);
}

Rational share_of(StatisticalFamily family)
{
    return Rational(line_of(family).numerator, 20);
}

long samples_of(StatisticalFamily family)
{
    return line_of(family).samples;
}

Rational error_of_sample(StatisticalFamily family)
{
    return report_error() * share_of(family) / samples_of(family);
}

std::string share_text(StatisticalFamily family)
{
    const BudgetLine line = line_of(family);
    return fmt::format("{}: {} of the report's error of 5 %{}", line.name,
                       to_string(share_of(family)),
                       line.samples == 1 ? "" : fmt::format(", over {} samples", line.samples));
}

std::string budget_text(StatisticalFamily family)
{
    return share_text(family)
           + "; all statistical statements of the report hold together with at least 95 % "
             "confidence";
}

} // namespace attest::theorems
