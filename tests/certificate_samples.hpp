#pragma once

#include "check/certificate.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

/// True certificates written by hand, one or more of every kind, for the tests of attest-check.
namespace attest::testing {

using CertificateJson = nlohmann::json;

/// (n - 1) e^{beta gamma} + e^beta, the normaliser of attention; its exponentials interact.
CertificateJson identity_sample();
/// A square leaves its root, and a denominator that is positive for n >= 1 only.
CertificateJson root_identity_sample();
CertificateJson at_least_sample();
/// With square roots.
CertificateJson at_least_squares_sample();
CertificateJson limit_sample();
CertificateJson limit_squares_sample();
CertificateJson point_sample();
/// (x - y)^2 + 1/1000 > 0 on the unit square, in side x side equal boxes.
CertificateJson cover_sample(int side);
/// An unbounded range through a chart.
CertificateJson chart_sample();
/// The integral of exp(-x^2) over [0, 1].
CertificateJson integral_sample();
/// A rotation x' = -y, y' = x from a square of half width 1/1000 in two steps of 1/4: the exact
/// image is the rotated square, so that any smaller radius is false.
CertificateJson tube_sample();
/// All of the above.
std::vector<CertificateJson> certificate_samples();

/// The file around a certificate.
CertificateJson certificate_file(const CertificateJson& certificate);
/// What attest-check says of it.
check::Outcome judged(const CertificateJson& certificate);

} // namespace attest::testing
