#pragma once

#include "attest/numbers/expr.hpp"
#include "attest/numbers/rational.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

/// Adversarial search: local minimisation of a function without derivatives from many starts. It
/// proves nothing; what it finds is a candidate that exact or ball arithmetic judges afterwards.
namespace attest::proof {

/// Formulas as one flat list of operations in double, shared subformulas once: for searches that
/// evaluate them a million times. Rounded, without any guarantee.
class DoubleFormulas {
public:
    /// `size` is what the value would be if nothing cancelled: rounding errors are of the order of
    /// 1e-16 times it.
    struct Rounded {
        double value = 0;
        double size = 0;
    };

    /// Symbols are looked up in names; throws DomainError for any other.
    DoubleFormulas(const std::vector<Expr>& formulas, const std::vector<std::string>& names);

    /// Values of the formulas, in their order, at values of the names; NaN or infinite where
    /// double has none. `work` is scratch space that may be used again.
    void evaluate(const std::vector<double>& values, std::vector<Rounded>& work,
                  std::vector<Rounded>& results) const;

private:
    struct Operation {
        Expr::Kind kind{};
        std::size_t a = 0; ///< operand; for a Symbol the number of its name
        std::size_t b = 0;
        double value = 0; ///< Constant, and the exponent of a Power
    };
    std::vector<Operation> operations_; ///< operands first
    std::vector<std::size_t> results_;
};

/// A function on a box of parameters. NaN and infinities mean "not allowed here".
struct SearchSpace {
    std::vector<double> lower;
    std::vector<double> upper;
    std::vector<double> step; ///< first step in each coordinate, > 0
};

struct SearchOptions {
    std::size_t evaluations = 300;   ///< for each start (Rowan's Sbplx)
    std::size_t polished = 2;        ///< best points that are polished (BOBYQA, then Sbplx again)
    std::size_t polish_budget = 800; ///< evaluations for each of these and each of the two
};

struct SearchResult {
    std::vector<double> point;
    double value = 0;
    std::size_t starts = 0;
    std::size_t evaluations = 0;
    std::size_t stopped = 0; ///< local searches that the optimiser gave up before its budget
};

/// The least value found. The same input gives the same result: no random numbers are drawn, not
/// even by the optimiser. Starts are clipped to the box. Throws InputError for a box, steps or a
/// start of the wrong size, an empty range (lower > upper) or no start at all; Undecidable when the
/// function is not allowed at any point that was tried.
/// Algorithms: T. Rowan's subspace simplex method (NLopt's Sbplx); M. J. D. Powell's BOBYQA.
SearchResult search_least(const std::function<double(const std::vector<double>&)>& function,
                          const SearchSpace& space, const std::vector<std::vector<double>>& starts,
                          const SearchOptions& options = {});

/// The fraction with the least denominator that differs from value by at most tolerance >= 0
/// (Stern-Brocot). Throws InputError for a value or tolerance that is not finite.
Rational simplest_rational(double value, double tolerance);

/// The unit vector with stereographic coordinates u seen from -e_1: ((1 - |u|^2), 2u)/(1 + |u|^2),
/// exact; every unit vector but -e_1, dimension |u| + 1.
std::vector<Rational> stereographic_point(const std::vector<Rational>& u);

} // namespace attest::proof
