#pragma once

#include "attest/ledger/registry.hpp"

/// One function per unit of the paper; each adds the claims that its file decides.
namespace attest::theorems {

void add_introduction(ledger::Registry& registry);
void add_section_2(ledger::Registry& registry);
void add_table_1(ledger::Registry& registry);
void add_table_2(ledger::Registry& registry);
void add_table_3(ledger::Registry& registry);
void add_section_3(ledger::Registry& registry);
void add_section_3_gradient(ledger::Registry& registry);
void add_section_3_dynamics(ledger::Registry& registry);
void add_lojasiewicz(ledger::Registry& registry);
void add_theorem_3_1_weights(ledger::Registry& registry);
void add_theorem_3_1(ledger::Registry& registry);
void add_corollary_3_2(ledger::Registry& registry);
void add_section_4(ledger::Registry& registry);
void add_section_4_1(ledger::Registry& registry);
void add_theorem_4_1(ledger::Registry& registry);
void add_section_4_3(ledger::Registry& registry);
void add_theorem_4_3(ledger::Registry& registry);
void add_figure_2(ledger::Registry& registry);
void add_figure_3(ledger::Registry& registry);
void add_figure_4(ledger::Registry& registry);
void add_section_5(ledger::Registry& registry);
void add_section_5_flows(ledger::Registry& registry);
void add_blog(ledger::Registry& registry);
void add_appendix_a_odes(ledger::Registry& registry);
void add_appendix_a_bounds(ledger::Registry& registry);
void add_appendix_a_limits(ledger::Registry& registry);
void add_section_4_2(ledger::Registry& registry);
void add_theorem_4_2(ledger::Registry& registry);
void add_appendix_b(ledger::Registry& registry);
void add_appendix_b_weights(ledger::Registry& registry);
void add_appendix_c(ledger::Registry& registry);
void add_appendix_c_variance(ledger::Registry& registry);
void add_appendix_c_velocity(ledger::Registry& registry);
void add_appendix_c_i1(ledger::Registry& registry);
void add_appendix_c_weights(ledger::Registry& registry);
void add_appendix_c_deviations(ledger::Registry& registry);
void add_appendix_c_projections(ledger::Registry& registry);
void add_appendix_c_rates(ledger::Registry& registry);
void add_appendix_c_cone(ledger::Registry& registry);
void add_appendix_c_speeds(ledger::Registry& registry);
void add_appendix_c_constants(ledger::Registry& registry);
void add_appendix_c_main_terms(ledger::Registry& registry);
void add_appendix_c_remark(ledger::Registry& registry);
void add_appendix_d(ledger::Registry& registry);
void add_appendix_d_bounds(ledger::Registry& registry);
void add_appendix_d_lemma_1(ledger::Registry& registry);
void add_appendix_d_length(ledger::Registry& registry);
void add_appendix_d_limits(ledger::Registry& registry);
void add_appendix_d_sphere(ledger::Registry& registry);
void add_appendix_d_lemma_3(ledger::Registry& registry);
void add_appendix_d_jacobian(ledger::Registry& registry);
void add_appendix_d_hessian(ledger::Registry& registry);
void add_appendix_d_events(ledger::Registry& registry);
void add_appendix_d_critical_set(ledger::Registry& registry);
void add_appendix_d_null_event(ledger::Registry& registry);
void add_appendix_d_basin(ledger::Registry& registry);
void add_appendix_d_remarks(ledger::Registry& registry);
void add_appendix_e(ledger::Registry& registry);
void add_appendix_e_text(ledger::Registry& registry);

} // namespace attest::theorems
