#pragma once

#include "attest/ledger/registry.hpp"
#include "attest/model/particles.hpp"
#include "theorems/support.hpp"

/// Formulas against explicit particles in balls: a route that shares no algebra with the formulas.
namespace attest::theorems {

/// A formula against values from elsewhere, in balls at points.
class PointTrial {
public:
    PointTrial(std::string route, std::string where) :
        route_(std::move(route)), where_(std::move(where))
    {
    }

    /// The formula's value, the other route's, and what is compared at which point.
    void compare(const Ball& stated, const Ball& other, const std::string& what,
                 const proof::Point& point);
    /// A certain difference was found: nothing more is needed.
    bool refuted() const { return different_.has_value(); }

    /// The judgement with this route as one more piece of evidence; it supports and carries
    /// nothing unless told otherwise.
    Judgement added_to(Judgement judgement, const Effort& effort, bool carries = false) const;

private:
    std::string route_;
    std::string where_;
    std::size_t compared_ = 0;
    std::size_t undefined_ = 0;
    long digits_ = 1'000'000;
    std::optional<ledger::Counterexample> different_;
};

/// Points of a domain: few for a control, more for the formula itself.
std::vector<proof::Point> trial_points(const proof::Domain& domain, const Effort& effort);

/// What the particles of a state do at once, in balls: <theta_1, theta_2>' and r_1'. beta, alpha, t
/// and late are the point's.
struct FirstPair {
    Ball product_dot;
    Ball r_dot;
};
FirstPair first_pair_velocity(std::string_view scheme, const model::Particles<Ball>& state,
                              const proof::Point& point);

/// The symmetric configuration of a point (gamma, r, n) as explicit directions and magnitudes.
model::Particles<Ball> symmetric_particles(const proof::Point& point);
/// symmetric_domain() with as few tokens as explicit matrices of balls want.
proof::Domain explicit_domain();

} // namespace attest::theorems
