#pragma once

#include "attest/numbers/ball.hpp"
#include "attest/numbers/expr.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace attest::proof {

/// Formulas as one straight list of operations over numbered inputs, shared subformulas once: what
/// branch and bound evaluates thousands of times a second. The meaning is Expr::evaluate<Ball>.
class Program {
public:
    /// Throws DomainError for a symbol that is not among the inputs.
    Program(const std::vector<Expr>& formulas, const std::vector<std::string>& inputs);

    /// Values of the formulas, in balls at the working precision. inputs.size() as constructed.
    std::vector<Ball> operator()(const std::vector<Ball>& inputs) const;

private:
    struct Operation {
        Expr::Kind kind{};
        std::size_t a = 0; ///< operand; for a Symbol the number of the input
        std::size_t b = 0;
        Rational value; ///< Constant, and the exponent of a Power
    };
    std::vector<Operation> operations_;
    std::vector<std::size_t> results_;
};

} // namespace attest::proof
