#pragma once

#include "attest/flow/terminal_box.hpp"
#include "theorems/support.hpp"

#include <string>
#include <vector>

/// The constants of Theorem 4.1 over boxes of (n, beta), for the report.
namespace attest::theorems {

/// One box of the table and what ln C does there.
struct ConstantBox {
    flow::ParameterBox box;
    flow::ConstantRange range;
};

/// Boxes between n = 2, 3, 10, 100, 1000 (quick: up to 10) and beta = 0, 1/4, 1, 3, 6, 12 (quick:
/// up to 3), r_0 = 1. Empty for mix-ln, whose constant also depends on tau.
std::vector<ConstantBox> constant_boxes(const std::string& scheme, const Effort& effort);

/// Decimal texts of a lower and an upper end, rounded outward to about six digits.
std::string decimal_below(const Ball& x);
std::string decimal_above(const Ball& x);

/// n -> infinity for pre-ln and peri-ln: C decreases with n and tends to 2 r_0^2, so that on
/// n >= n_lo, beta in [0, beta_hi] it lies between 2 and its value at the corner (r_0 = 1).
struct ConstantTail {
    Rational n_lo;
    Rational beta_hi;
    Ball largest; ///< C at (n_lo, beta_hi)
};
std::vector<ConstantTail> constant_tails(const Effort& effort);

/// The enclosures over boxes, and the elementary bounds and tails for all parameters, as evidence
/// that supports the terminal law; certificates for the integrals at corners.
std::vector<Evidence> constant_over_boxes(const std::string& scheme, const Effort& effort);

} // namespace attest::theorems
