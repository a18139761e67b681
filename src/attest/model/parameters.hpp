#pragma once

#include "attest/model/alpha.hpp"
#include "attest/numbers/rational.hpp"

#include <string>

namespace attest::model {

/// Which magnitude Mix-LN has when its Pre-LN phase begins. Table 1 normalises the tokens up to
/// tau, so r(tau) = 1; Table 2 says r' = 0 up to tau, so r(tau) = r_0. They agree for r_0 = 1 only.
enum class MixMagnitude { Table1, Table2 };

/// A symmetric run: scheme, tokens, temperature, start and regulation parameters, all exact.
struct SymmetricProblem {
    std::string scheme = "post-ln";
    long n = 2;        ///< number of tokens, >= 2
    Rational beta = 1; ///< >= 0
    Rational r0 = 1;   ///< magnitude at t = 0, > 0; the spherical schemes ignore it
    Rational tau = 1;  ///< Mix-LN's switching time, >= 0
    Alpha alpha = Alpha::constant(1);
    Rational gamma0 = 0; ///< cosine similarity at t = 0, in (-1/(n-1), 1)
    MixMagnitude mix_magnitude = MixMagnitude::Table1;
};

/// Whether the scheme of that name reads alpha_t. Throws InputError for an unknown name.
bool has_alpha(std::string_view scheme);
/// Whether it is one of one's own (schemes/own.hpp), not one of the paper's. Throws likewise.
bool is_own(std::string_view scheme);
/// Whether its tokens stay on the sphere, so that it has no magnitudes. Throws likewise.
bool is_spherical(std::string_view scheme);
/// Throws InputError for an unknown scheme, and where a scheme whose alpha_t has to be positive
/// gets one that is not, at one of five moments: a wrong sign is caught, not every wrong formula.
void require_alpha(std::string_view scheme, const Alpha& alpha);

/// Throws InputError with the offending value and its allowed range.
void validate(const SymmetricProblem& problem);

} // namespace attest::model
