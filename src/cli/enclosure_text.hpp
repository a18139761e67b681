#pragma once

#include "attest/flow/validated_symmetric.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace attest::cli {

/// Lower and upper end of an enclosure as decimals of that many digits, rounded outward.
struct Ends {
    std::string lower;
    std::string upper;
};
Ends ends_of(const Ball& x, long digits);

/// The number as a decimal where it has a finite one of at most 40 digits, else as p/q.
std::string exact_decimal(const Rational& x);

/// Times from 0 to `until`, samples >= 2 of them: equally spaced, or geometric from 1/100 on as
/// short decimals.
std::vector<Rational> sample_times(const Rational& until, long samples, bool geometric);

struct EnclosedRow {
    Rational t;
    flow::SymmetricState state;
};

/// Columns t, gamma_lower, gamma_upper, r_lower, r_upper, one_minus_gamma_lower,
/// one_minus_gamma_upper, with that many digits, rounded outward.
std::string enclosures_csv(const std::vector<EnclosedRow>& rows, long digits);

/// The same as an array of {"t", "gamma": [lower, upper], "r": ..., "one_minus_gamma": ...} with
/// decimal strings.
nlohmann::ordered_json enclosures_json(const std::vector<EnclosedRow>& rows, long digits);

} // namespace attest::cli
