#pragma once

#include "attest/flow/taylor_series.hpp"

#include <vector>

namespace attest::flow::detail {

/// Taylor coefficients of the solution's derivatives with respect to its initial values, along a
/// series that TapeSeries has expanded: every recurrence of the tape, linearised.
class TapeTangents {
public:
    using Series = TapeSeries<ArbField<true>>;

    TapeTangents(const Tape& tape, long bits, std::size_t order);

    /// Coefficients 0..order, the base expanded at least as far.
    void expand(const Series& base);

    /// k-th coefficient of d y_i/d y_j(0).
    arb_srcptr at(std::size_t i, std::size_t j, std::size_t k) const { return rows_[j][i].at(k); }

private:
    void advance(const Series& base, std::size_t id, std::size_t k);
    /// out = initial -+ sum_{from <= j <= to} a_j b_{k-j}
    void convolve(arb_ptr out, arb_srcptr initial, bool minus, const ArbVector& a,
                  const ArbVector& b, std::size_t k, std::size_t from, std::size_t to) const;

    const Tape& tape_;
    slong bits_;
    std::size_t order_;
    std::vector<bool> varies_; ///< whether the operation depends on a state
    ArbVector constants_;
    std::vector<std::vector<ArbVector>> rows_; ///< by direction, operation
    ArbVector inverses_;                       ///< 1/b_0 of quotients and the like
    ArbVector scratch_;
};

} // namespace attest::flow::detail
