#pragma once

#include "attest/flow/validated.hpp"
#include "attest/model/alpha.hpp"
#include "attest/model/particles.hpp"

#include <optional>
#include <string>
#include <vector>

namespace attest::flow {

/// A particle system (paper, (NA) and Table 2) with exact data.
struct ExactParticles {
    std::string scheme;
    model::Attention<Rational> attention;
    Matrix<Rational> theta; ///< d x n, columns of length 1
    Vector<Rational> r;     ///< n magnitudes, positive
    model::Alpha alpha = model::Alpha::constant(1);
    Rational tau = 1;
};

/// Point of the unit sphere in R^d from d - 1 rational coordinates by stereographic projection
/// from (0, ..., 0, 1).
Vector<Rational> sphere_point(const std::vector<Rational>& plane);

/// The recorded system: states theta<token>_<coordinate>, and r<token> where the scheme has
/// magnitudes that move; the independent variable is `independent`, and the paper's t is
/// t0 + independent. The rates come from model::particle_velocity. Throws InputError for an unknown
/// scheme, sizes that do not fit or a direction whose length is not 1.
System particle_system(const ExactParticles& particles, bool late, const std::string& independent,
                       const Rational& t0);

/// A proved run of a particle system, in pieces: Mix-LN has one before tau and one after it.
struct ParticleTubes {
    struct Piece {
        Rational t0; ///< the tube's independent variable is t - t0
        Tube tube;
    };
    std::vector<Piece> pieces;
    /// Of the last set, if the run ended in an open hemisphere: <pole, theta_j> > 0 for all tokens
    /// and all states of the set.
    std::optional<Vector<Rational>> pole;
    long coordinates = 0;
    long tokens = 0;

    /// The paper's t at the end.
    Ball end_time() const;
    /// <pole, theta_j> over the states' names, one for each token.
    std::vector<Expr> heights() const;
};

struct ParticleRunOptions {
    Rational until = 100; ///< latest time
    long digits = 10;     ///< a step adds less than about 10^-digits to each coordinate
    bool stop_in_hemisphere = true;
};

/// Runs the system and stops after the first step whose whole set lies in an open hemisphere, which
/// a rational pole proves. (With V the identity the tokens stay in the hemisphere from then on,
/// since each moves towards a positive combination of all; that is not proved here.) Steps up to
/// `until` otherwise, then without a pole. Throws as ValidatedIntegrator; InputError for data that
/// do not fit.
ParticleTubes validated_particles(const ExactParticles& particles,
                                  const ParticleRunOptions& options = {});

/// Whether 0 is in the interior of the convex hull of these directions, so that no open or closed
/// hemisphere contains them all; exact. n = d + 1 directions only (Unknown otherwise).
Truth surrounds_origin(const Matrix<Rational>& theta);

} // namespace attest::flow
