#pragma once

#include "theorems/leading_terms.hpp"
#include "theorems/reduction.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

/// Bounds "C g(n, d)" with an unknown constant C: that g is large enough on the whole regime of
/// Theorem 4.2 or Appendix B, or that no C will do along explicit pairs (n, d). In formulas log(n)
/// is the logarithm of the number of tokens and e is Euler's number.
namespace attest::theorems {

/// Pairs (n, d) that lie in both regimes, e^{sqrt d} >= n log n >= d >= log^2 n.
enum class PairFamily {
    Equal,  ///< n = d = y^16
    Square, ///< n = d^2, d = y^16
    Cube,   ///< n = d^3, d = y^16
    Wide,   ///< n = 3^k, d = k 3^k: d is as large as n log n allows up to a factor 1.1
    Narrow  ///< n = 3^k, d = 9 k^2: d is as small as log^2 n allows up to a factor 8
};
inline constexpr std::array pair_families = {
    PairFamily::Equal, PairFamily::Cube, PairFamily::Square, PairFamily::Wide, PairFamily::Narrow};

std::string describe(PairFamily family);

/// For all y >= 2 (k >= 3, Narrow: 5): the pairs lie in both regimes. 3^k >= 2k^2 + 1 is binomial.
StepsOnRanges membership(PairFamily family);

/// lower >= (y/tau) g (Wide: (k/tau) g) for all y >= tau >= 9: no constant C makes C g exceed lower
/// on the family. g has to grow with log n, which is part of the proof; log n <= 16 y etc. Nothing
/// for Narrow.
struct Exceeds {
    Truth outcome = Truth::Unknown; ///< never False
    long tau = 0;
    std::vector<ledger::Certificate> certificates;
};
Exceeds exceeds_every_multiple(const Expr& lower, const Expr& g, PairFamily family);

/// Leading terms with y = d for n = d, d^2, d^3 and y = n = 3^k otherwise.
std::optional<Growth> growth(const Expr& formula, PairFamily family);
std::optional<Outgrows> outgrows(const Expr& lower, const Expr& g, PairFamily family);

/// Explicit n and d of the family (with small powers) where lower > C g and both regimes hold, both
/// certified in balls, n >= first_n; nothing when none is found below 10^80.
struct ExplicitPair {
    Rational n;
    Rational d;
};
std::optional<ExplicitPair> explicit_pair(const Expr& lower, const Expr& g, const Rational& C,
                                          PairFamily family, const Rational& first_n = 2);

/// e^{sqrt d} >= n log n >= d, and n log n >= d >= log^2 n, at a point.
Truth in_theorem_regime(const Rational& n, const Rational& d);
Truth in_appendix_regime(const Rational& n, const Rational& d);

/// Integers n, d in both regimes, small and large, near both ends of the range of d.
const std::vector<ExplicitPair>& regime_pairs();

/// log(1/n), log(n^p) as multiples of log n; log(n + c), 0 < c <= 1, and log(n^p), 1 <= p <= 9/4,
/// as log(n) (1 + m)^2 with a symbol 0 <= m <= 1/2 of their own; log(d) as "logd" >= 0 (d >= 1).
Expr with_plain_logs(const Expr& formula);
/// The ranges of the symbols that with_plain_logs put into the formulas, added.
Ranges with_log_ranges(Ranges ranges, const std::vector<Expr>& formulas);
/// left >= right wherever n >= 2, d >= 1, n log n >= d (and d >= log^2 n, if asked for), by exact
/// algebra on one of several charts that cover these pairs and know: d >= 1; log n <= n/e; both
/// d >= 1 and n log n >= d; d >= log^2 n. The chart's name and the steps; nothing if no proof is
/// found.
struct RegimeProof {
    std::string why;
    StepsOnRanges steps;
};
std::optional<RegimeProof> proved_on_charts(const Expr& left, const Expr& right,
                                            bool log_square_below_d);

/// A formula in n, d, log n on n log n >= d: n = rn^2, log n = ln^2, d = n log n/rho^2 with rn >=
/// 7/5, ln >= 83/100 (n >= 2), rho >= 1. The same with d free: d >= 1.
Expr on_regime(const Expr& formula);
Ranges regime_ranges();

/// log n.
Expr log_n();
/// The formula with log(n) a symbol L.
Expr with_log_symbol(const Expr& formula);
/// The formula with symbol e replaced by exp(1), for values in balls.
Expr with_euler(const Expr& formula);

/// 2718/1000 < e < 2719/1000, 83/100 < sqrt(log 2), 1 < log 3 < 11/10: certificates of kind point.
std::vector<ledger::Certificate> number_certificates();

} // namespace attest::theorems
