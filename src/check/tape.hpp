#pragma once

#include "dual.hpp"
#include "formula.hpp"

#include <map>

namespace check {

/// Evaluates formulas over enclosures, and their Taylor coefficients where names are functions of
/// one variable: order by order, by the usual recurrences (Moore, Interval Analysis, 1966), so that
/// the solution of a differential equation can be fed back while it grows. C: Interval or Dual.
template <class C>
class Tape {
public:
    /// Names have to be set before the first order is computed.
    Tape(const Graph& graph, const std::vector<int>& roots);
    /// The coefficient of that order of a name; orders that are not set are zero.
    void set(const std::string& name, std::size_t order, C coefficient);
    /// Computes the next order of every node; the first call order 0, that is plain values.
    /// Throws Undefined where a formula has no value, Rejection for a name that was not set.
    void next();
    const C& coefficient(int node, std::size_t order) const;
    /// All at order 0 in one go.
    C value(int node);

private:
    using Series = std::vector<C>;
    C compute(std::size_t i, std::size_t k);
    C compute_function(std::size_t i, std::size_t k);
    C compute_power(const Series& x, const Series& result, const mpq_class& exponent,
                    std::size_t k) const;
    C compute_integer_power(std::size_t i, std::size_t k);
    C compose_exprel(std::size_t i, std::size_t k);
    const Series& operand(int node) const { return series_[slot_[static_cast<std::size_t>(node)]]; }

    const Graph& graph_;
    std::vector<int> order_;
    std::vector<std::size_t> slot_;
    std::vector<Series> series_;
    std::vector<std::vector<Series>> helper_; ///< sin: cos and the like; exprel: powers of x - x_0
    std::map<std::string, Series> names_;
    std::size_t next_ = 0;
};

extern template class Tape<Interval>;
extern template class Tape<Dual>;

} // namespace check
