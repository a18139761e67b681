#pragma once

#include "attest/numbers/rational.hpp"

#include <string>

/// One probability of error for all statistical statements that a report makes about the paper, or
/// about what goes beyond it. It is split over families of statements with declared shares; a
/// family splits its part evenly over its samples, a sample over the statements that could be made
/// about it (Bonferroni each time). So all of them hold together with confidence 1 -
/// report_error(), whatever their dependence.
namespace attest::theorems {

/// 5 %.
Rational report_error();

enum class StatisticalFamily {
    Orderings,        ///< "ahead in more than half of all runs": sign tests, Figures 4 and 5
    MeanDifferences,  ///< "ahead in the mean": a bettor's wealth, Figures 4 and 5
    Bands,            ///< where means and quantiles of the law lie, Figures 4 and 5
    Growth,           ///< medians of exponents of r, Figures 4 and 5
    CertifiedRuns,    ///< probabilities of synchronisation, Theorem 3.1
    AttentionVectors, ///< random directions, Theorem 4.2
};
inline constexpr StatisticalFamily statistical_families[] = {
    StatisticalFamily::Orderings,     StatisticalFamily::MeanDifferences,
    StatisticalFamily::Bands,         StatisticalFamily::Growth,
    StatisticalFamily::CertifiedRuns, StatisticalFamily::AttentionVectors};

/// Of report_error(), in (0, 1); they sum up to 1.
Rational share_of(StatisticalFamily family);

/// Samples that the family's part is split over: one a panel, or 1 where the family counts its
/// statements itself.
long samples_of(StatisticalFamily family);

/// Error of all statements of the family about one sample together.
Rational error_of_sample(StatisticalFamily family);

/// "orderings: 2/5 of the report's error of 5 %, over 8 samples".
std::string share_text(StatisticalFamily family);
/// The same and what it is a part of, for the confidence of a verdict.
std::string budget_text(StatisticalFamily family);

} // namespace attest::theorems
