#include "theorems/model_claims.hpp"

namespace attest::theorems {

Statement formula_statement(const Expr& formula, const std::string& latex)
{
    Statement statement;
    statement.formulas = {{"formula", formula}};
    statement.latex = latex + " = " + formula.latex();
    return statement;
}

std::vector<Claim> model_claims()
{
    std::vector<Claim> claims;
    add_symmetric_equations(claims);
    add_layer_formulas(claims);
    add_attention_formulas(claims);
    add_particle_formulas(claims);
    add_gram_formulas(claims);
    add_alpha_formulas(claims);
    return claims;
}

ledger::Registry model_registry()
{
    std::vector<Claim> claims = model_claims();
    std::vector<ledger::InventoryRow> rows;
    rows.reserve(claims.size());
    for (const Claim& claim : claims) {
        rows.push_back({claim.id, "src/attest/model", "formula", claim.printed.latex, ""});
    }
    ledger::Registry registry(std::move(rows));
    for (Claim& claim : claims) {
        registry.add(std::move(claim));
    }
    return registry;
}

} // namespace attest::theorems
