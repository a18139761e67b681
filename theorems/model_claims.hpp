#pragma once

#include "attest/ledger/registry.hpp"
#include "theorems/support.hpp"

/// The formulas of src/attest/model as statements of their own: "the program's formula is the one
/// that another route gives". They are no statements of the paper and stand in no inventory; they
/// exist so that every formula of the model can be mutated and each mutant be told from the right
/// formula by a route that does not use it.
namespace attest::theorems {

/// All of them, ids "model/<scheme>/<formula>" and "model/<object>/<formula>".
std::vector<Claim> model_claims();

// One source each; what the other route is stands at the head of the source.
void add_symmetric_equations(std::vector<Claim>& claims);
void add_layer_formulas(std::vector<Claim>& claims);
void add_attention_formulas(std::vector<Claim>& claims);
void add_particle_formulas(std::vector<Claim>& claims);
void add_gram_formulas(std::vector<Claim>& claims);
void add_alpha_formulas(std::vector<Claim>& claims);

/// A registry with these claims only, for choosing among them by glob.
ledger::Registry model_registry();

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

/// Points of a domain: few for a control, more the harder the run works.
std::vector<proof::Point> trial_points(const proof::Domain& domain, const Effort& effort);

/// The point's values as balls, for Expr::evaluate.
std::map<std::string, Ball> balls_at(const proof::Point& point);

/// A statement of one formula under the name "formula".
Statement formula_statement(const Expr& formula, const std::string& latex);

} // namespace attest::theorems
