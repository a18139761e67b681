#include "theorems/explicit_particles.hpp"

#include "attest/model/gram.hpp"

#include <fmt/format.h>

#include <cmath>

namespace attest::theorems {

void PointTrial::compare(const Ball& stated, const Ball& other, const std::string& what,
                         const proof::Point& point)
{
    if (!other.is_finite()) {
        return; // outside the domain of the other route
    }
    ++compared_;
    if (!stated.is_finite()) {
        ++undefined_;
        return;
    }
    const Ball difference = stated - other;
    if (difference.contains_zero()) {
        const double radius = Ball(difference.upper()).to_double();
        digits_ = std::min(digits_, radius > 0 ? static_cast<long>(-std::log10(radius)) : digits_);
        return;
    }
    if (!different_) {
        different_ = ledger::Counterexample{{},
                                            fmt::format("{} at {}: formula {}, other route {}",
                                                        what, proof::to_string(point),
                                                        stated.to_string(10), other.to_string(10)),
                                            {}};
    }
}

Judgement PointTrial::added_to(Judgement judgement, const Effort& effort, bool carries) const
{
    Truth outcome = Truth::Unknown;
    // A formula of the program has to have a value wherever the other route has one.
    if (different_ || undefined_ > 0) {
        outcome = Truth::False;
    } else if (compared_ > 0 && digits_ >= effort.digits / 2) {
        outcome = Truth::True;
    }
    judgement.evidence.push_back(
        {route_,
         fmt::format("{} values compared, {} without a value", compared_, undefined_),
         outcome,
         Strength::Enclosed,
         {ScopeKind::Points, where_},
         is_true(outcome) ? std::optional<long>(digits_) : std::nullopt,
         carries});
    if (different_ && !judgement.counterexample) {
        judgement.counterexample = different_;
    }
    return judgement;
}

std::vector<proof::Point> trial_points(const proof::Domain& domain, const Effort& effort)
{
    constexpr std::size_t control_points = 8;
    constexpr std::size_t points = 40;
    return proof::sample_points(domain, effort.control ? control_points : points, effort.seed);
}

FirstPair first_pair_velocity(std::string_view scheme, const model::Particles<Ball>& state,
                              const proof::Point& point)
{
    model::Attention<Ball> attention;
    attention.beta = Ball(point.at("beta"));
    const auto dot = model::particle_velocity(scheme, attention, state,
                                              model::Regulation<Ball>{Ball(point.at("alpha")),
                                                                      Ball(point.at("t")),
                                                                      Ball(point.at("late"))});
    const Vector<Ball> a = state.theta.col(0);
    const Vector<Ball> b = state.theta.col(1);
    const Vector<Ball> a_dot = dot.theta.col(0);
    const Vector<Ball> b_dot = dot.theta.col(1);
    return {model::inner(a_dot, b) + model::inner(a, b_dot), dot.r(0)};
}

proof::Domain explicit_domain()
{
    proof::Domain domain = symmetric_domain();
    domain["n"] = {2, 6, true, {2, 3}}; // explicit n x n matrices
    domain["gamma"].special = {0, Rational(1, 2)};
    return domain;
}

model::Particles<Ball> symmetric_particles(const proof::Point& point)
{
    const long n = point.at("n").convert_to<long>();
    model::Particles<Ball> state;
    state.theta = model::symmetric_directions(n, Ball(point.at("gamma")));
    state.r = Vector<Ball>::Constant(n, Ball(point.at("r")));
    return state;
}

} // namespace attest::theorems
