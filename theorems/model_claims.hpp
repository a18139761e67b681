#pragma once

#include "attest/ledger/registry.hpp"
#include "theorems/explicit_particles.hpp"

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

/// A statement of one formula under the name "formula".
Statement formula_statement(const Expr& formula, const std::string& latex);

} // namespace attest::theorems
