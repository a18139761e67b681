#pragma once

#include "attest/numbers/expr.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace attest::model {

/// The learnable step alpha_t of nGPT as a function of t, with its integral int_0^t alpha_s ds
/// where that is known in closed form. Any real value is allowed, zero and negative ones included.
struct Alpha {
    std::string name; ///< "constant", "root", "linear", "sine-cosine", or the formula's text
    Expr formula;     ///< alpha_t over the symbol t
    std::optional<Expr> integral; ///< int_0^t alpha_s ds over the symbol t

    /// alpha_t = c, alpha_t = sqrt(t), alpha_t = t (Figure 3).
    static Alpha constant(const Rational& c = 1);
    static Alpha root();
    static Alpha linear();
    /// alpha_t = t sin(4t) + cos(4t): linear weighted with sin(4t), constant with cos(4t) (Figure
    /// 3).
    static Alpha sine_cosine();
    /// alpha_t = sin(4t) + t cos(4t): the other reading of Figure 3's caption.
    static Alpha cosine_sine();

    /// One of the names above, or a formula in t such as "1/(1+t)" or "3/2". The integral is found
    /// for constants and for c t^p; otherwise it is left to quadrature.
    /// Throws InputError where the text is neither.
    static Alpha parse(std::string_view text);

    /// A formula over t, named by its text, with the integral found as parse finds it. Throws
    /// InputError for one without a value for t > 0.
    static Alpha of(Expr formula);
};

} // namespace attest::model
