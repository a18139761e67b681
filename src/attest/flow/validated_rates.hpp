#pragma once

#include "attest/flow/taylor_field.hpp"
#include "attest/flow/taylor_system.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace attest::flow::detail {

/// Formulas as one flat list of operations, evaluated as written in ball arithmetic: the plain
/// interval extension that a certificate's reader computes as well.
class FlatFormulas {
public:
    /// Symbols are looked up in names; throws InputError for any other.
    FlatFormulas(const std::vector<Expr>& formulas, const std::vector<std::string>& names);

    /// Values of all formulas, values of the names given, at the working precision.
    std::vector<Ball> operator()(const std::vector<Ball>& values) const;

private:
    struct Operation {
        Expr::Kind kind{};
        std::size_t a = 0;
        std::size_t b = 0;
        Rational value; ///< Constant, Power
        Ball constant;  ///< Constant: its enclosure
        bool exact = false;
    };
    std::vector<Operation> operations_;
    std::vector<std::size_t> results_;
};

/// Formulas with their shared parts named: definitions in order, then the formulas as text.
struct NamedParts {
    std::vector<std::pair<std::string, std::string>> definitions;
    std::vector<std::string> formulas;
};
/// Parts that occur more than once get names that are not among `taken`.
NamedParts name_shared_parts(const std::vector<Expr>& formulas,
                             const std::vector<std::string>& taken);

} // namespace attest::flow::detail
