#pragma once

#include "attest/numbers/ball.hpp"
#include "attest/numbers/expr.hpp"

#include <string>
#include <utility>
#include <vector>

/// The constants C of Theorem 4.1 for all (n, beta) of a rectangle at once, n taken as a real
/// number. Derivations: docs/mathematics.md, section 8.
namespace attest::flow {

/// An integral over e, from 0 to 1 unless said otherwise, by Taylor polynomials with interval
/// remainder on adaptive cells.
struct CellIntegral {
    Ball value;                  ///< for every n and beta of the balls given
    std::vector<Rational> cells; ///< x0 < x1 < ... < xm
    long order = 0;
};

/// int density de. The density is a formula over n, beta, e and lift, where lift stands for
/// (e^{beta e} - 1)/e; it has to be free of singularities on [0, 1] for all n and beta of the
/// balls. Relative error of the truncation about tolerance. Throws Undecidable when most_cells do
/// not suffice (a singularity, or parameters that are too wide); InputError for an odd order.
struct CellOptions {
    Rational tolerance = Rational(1, 1'000'000);
    long order = 12; ///< of the Taylor polynomials, even
    std::size_t most_cells = 4096;
    Rational from = 0;
    Rational to = 1;
};
CellIntegral integrate_density(const Expr& density, const Ball& n, const Ball& beta,
                               const CellOptions& options = {});

/// The density whose integral over [0, 1] is ln(C/2) up to an explicit term, in lift, n, e:
/// lift/q for pre-ln, peri-ln (r_0 = 1), post-ln and sqrt-scaling, (N - q)/(e q) without its
/// removable singularity for ngpt. Throws InputError for other schemes.
Expr constant_density(const std::string& scheme);

struct ParameterBox {
    Rational n_lo;
    Rational n_hi;
    Rational beta_lo;
    Rational beta_hi;
};

/// Throws InputError unless 2 <= n_lo <= n_hi and 0 <= beta_lo <= beta_hi.
void validate(const ParameterBox& box);

/// A rational strictly between lo < hi, close to their geometric mean.
Rational geometric_middle(const Rational& lo, const Rational& hi);

struct ConstantRangeOptions {
    Rational tolerance = Rational(1, 1000); ///< of ln C: how far the ends may overshoot
    long bits = 96;
    std::size_t max_boxes = 4096;
};

/// All values of ln C over the box lie in [lower, upper] (the outer ends of the two balls), and ln
/// C comes within the tolerance of both ends.
struct ConstantRange {
    Ball lower;
    Ball upper;
    std::size_t boxes = 0;
    int depth = 0;
    long bits = 0;
    double seconds = 0;
    Ball constant() const; ///< hull of C over the box
};

/// Of pre-ln, peri-ln (both with r_0 = 1), post-ln, sqrt-scaling and ngpt. ln C increases with
/// beta, so that only the edges beta = beta_lo, beta_hi are followed; there n is halved until the
/// derivative has one sign or the mean value form is narrow enough. Throws InputError unless
/// 2 <= n_lo <= n_hi, 0 <= beta_lo <= beta_hi; Undecidable when max_boxes do not suffice.
ConstantRange constant_range(const std::string& scheme, const ParameterBox& box,
                             const ConstantRangeOptions& options = {});

/// Of mix-ln with r(tau) = 1, for all tau in [tau_lo, tau_hi] as well: C decreases with tau, and
/// C = 2 e^{I(1) - 2 tau} q(epsilon_tau) with Post-LN's epsilon_tau, enclosed for every part of the
/// n-range by certified signs of its clock. Throws as constant_range; InputError unless
/// 0 < tau_lo <= tau_hi.
ConstantRange mix_constant_range(const ParameterBox& box, const Rational& tau_lo,
                                 const Rational& tau_hi, const ConstantRangeOptions& options = {});

/// JSON body of kind "integral" (docs/certificates.md): int_0^1 density at exact parameters.
std::string integral_certificate(const Expr& density, const Rational& n, const Rational& beta,
                                 long digits);

} // namespace attest::flow
