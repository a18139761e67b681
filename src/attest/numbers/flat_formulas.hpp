#pragma once

#include "attest/numbers/ball.hpp"
#include "attest/numbers/expr.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace attest {

/// Formulas as one flat list of operations over numbered inputs, equal subformulas once: what is
/// evaluated in balls thousands of times a second. The meaning is Expr::evaluate<Ball>, tighter
/// where a square or another even power of a ball around 0 occurs: it reaches from 0 on.
class FlatFormulas {
public:
    /// Symbols are looked up in names; throws DomainError for any other.
    FlatFormulas(const std::vector<Expr>& formulas, const std::vector<std::string>& names);

    /// Values of all formulas at values of the names, in the order given, at the working precision.
    std::vector<Ball> operator()(const std::vector<Ball>& values) const;

private:
    struct Operation {
        Expr::Kind kind{};
        std::size_t a = 0; ///< operand; for a Symbol the number of its name
        std::size_t b = 0;
        Rational value; ///< Constant, and the exponent of a Power
        Ball constant;  ///< Constant: its enclosure
        bool exact = false;
    };
    static Ball value_of(const Operation& op, const Ball& a, const Ball& b);

    std::vector<Operation> operations_; ///< operands first
    std::vector<std::size_t> results_;
};

/// Formulas as text, with the subformulas that occur more than once named first.
struct SharedText {
    std::vector<std::pair<std::string, std::string>> let; ///< name, text; may use earlier names
    std::vector<std::string> formulas;                    ///< in the order given
};
/// The names begin neither like a symbol of the formulas nor like a name among `taken`.
SharedText shared_text(const std::vector<Expr>& formulas,
                       const std::vector<std::string>& taken = {});

} // namespace attest
