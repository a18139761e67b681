#pragma once

#include "attest/flow/taylor_system.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace attest::flow {

/// A system of equations as a straight list of series operations: equal subexpressions are shared,
/// constant ones folded, and every operation is either linear (cost: a term or two for each order)
/// or needs one or two inner products of coefficients.
struct Tape {
    enum class Kind {
        Independent, ///< the independent variable
        State,       ///< operand a: index of the state
        Constant,    ///< constants[weight of the single term]
        Linear,      ///< sum of weight * operand, plus constant
        Multiply,    ///< a * b
        Square,      ///< a * a
        Divide,      ///< a / b
        Exp,
        Log,
        Sqrt,
        Power, ///< a^exponent, rational constant exponent
        Sin,   ///< sine of a; its partner (operand b) is the cosine
        Cos    ///< cosine of a; its partner (operand b) is the sine
    };
    struct Term {
        std::size_t operand = 0;
        std::size_t weight = 0; ///< index into constants
    };
    struct Operation {
        Kind kind{};
        std::size_t a = 0;
        std::size_t b = 0;
        std::vector<Term> terms;     ///< Linear
        std::size_t constant = npos; ///< Linear, Constant: index into constants
        Rational exponent;           ///< Power
    };
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    std::vector<Operation> operations; ///< in an order in which operands come first
    std::vector<Expr> constants;       ///< without symbols
    std::vector<std::size_t> rates;    ///< operation that holds dy_i/dx
    std::size_t states = 0;

    /// Inner products of full length that one order costs: what the run time is made of. A square
    /// or root counts half.
    double convolutions() const;
};

/// Compiles the rates after simplification. Throws InputError where validate(system) does.
Tape compile(const System& system, const std::vector<std::string>& positive = {});
/// Compiles the rates in the form given.
Tape compile_as_written(const System& system);

} // namespace attest::flow
