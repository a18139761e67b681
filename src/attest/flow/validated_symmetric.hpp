#pragma once

#include "attest/flow/validated.hpp"
#include "attest/model/parameters.hpp"

#include <string>
#include <vector>

namespace attest::flow {

/// How a stage of a symmetric run measures time by its independent variable x.
enum class StageClock {
    Shifted,    ///< t = t0 + x
    Root,       ///< t = x^k, from t = 0
    Logarithmic ///< t = t0 e^x
};

/// What stands for gamma as the state v, which is 0 at the start.
enum class SymmetricCoordinate {
    Decay, ///< 1 - gamma = (1 - gamma0) e^{-v}
    Logit  ///< v = change of ln(((n-1) gamma + 1)/(1 - gamma)): also accurate near -1/(n-1)
};

/// A point of the symmetric trajectory, proved by stepping: each entry an enclosure.
struct SymmetricState {
    Ball t;
    Ball epsilon; ///< 1 - gamma
    Ball gamma;
    Ball r; ///< 1 for the schemes on the sphere
};

/// A proved enclosure of a symmetric run for all t in [0, until], in stages that each have a tube
/// over the states v (and r where it moves): the error of v is the relative error of epsilon,
/// however small epsilon is.
class SymmetricTube {
public:
    struct Stage {
        StageClock clock = StageClock::Shifted;
        Rational t0;
        long root = 1;
        Rational from; ///< paper's t at the start and end of the stage
        Rational to;
        Tube tube;
    };

    SymmetricTube(model::SymmetricProblem problem, SymmetricCoordinate coordinate,
                  std::vector<Stage> stages);

    const model::SymmetricProblem& problem() const noexcept { return problem_; }
    SymmetricCoordinate coordinate() const noexcept { return coordinate_; }
    const std::vector<Stage>& stages() const noexcept { return stages_; }
    const Rational& until() const { return stages_.back().to; }
    std::size_t steps() const;
    /// State at an exact time in [0, until]. Throws InputError outside.
    SymmetricState at(const Rational& t) const;
    /// Enclosure of all states at times between from and to: the hulls.
    SymmetricState over(const Rational& from, const Rational& to) const;
    /// 1 - gamma as a formula over the states' names.
    Expr epsilon_formula() const;

private:
    Ball clock_value(const Stage& stage, const Rational& t, long bits) const;
    SymmetricState state_of(const std::vector<Ball>& values, const Ball& t) const;

    model::SymmetricProblem problem_;
    SymmetricCoordinate coordinate_;
    std::vector<Stage> stages_;
    Ball resting_r_; ///< r where it does not move
};

struct SymmetricTubeOptions {
    long digits = 30;      ///< proved at the end, relative, in 1 - gamma and r
    bool log_time = false; ///< from t = 1 on in ln t
    ValidatedOptions step; ///< order, bits and max_steps may be given
};

/// 1 - gamma over the state v.
Expr symmetric_epsilon(const model::SymmetricProblem& problem, SymmetricCoordinate coordinate);

/// The equations of one stage over v, where it moves r, and the independent variable x: the
/// recorded formulas of Appendix A with epsilon and the stage's t substituted.
System symmetric_system(const model::SymmetricProblem& problem, SymmetricCoordinate coordinate,
                        bool late, StageClock clock, const Rational& t0, long root);

/// A proved symmetric run from t = 0 to `until`, by steps of ValidatedIntegrator; repeated with
/// more digits until the end has the digits asked for. Throws InputError for a bad problem, until
/// <= 0 or digits outside 1..3000; Undecidable, naming the place, where an enclosure is not found
/// or the digits are not reached.
SymmetricTube symmetric_tube(const model::SymmetricProblem& problem, const Rational& until,
                             const SymmetricTubeOptions& options = {});

} // namespace attest::flow
