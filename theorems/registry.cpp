#include "theorems/registry.hpp"

#include "theorems/units.hpp"

namespace attest::theorems {

ledger::Registry make_registry()
{
    ledger::Registry registry(ledger::parse_inventory(inventory_text()));
    add_section_4_1(registry);
    add_theorem_4_1(registry);
    add_appendix_a_odes(registry);
    add_appendix_a_bounds(registry);
    add_appendix_a_limits(registry);
    return registry;
}

std::vector<ledger::Figure> figures(const ledger::Effort& /*effort*/)
{
    return {};
}

std::vector<ledger::ConstantRow> constants(const ledger::Effort& /*effort*/)
{
    return {};
}

ledger::PaperInfo paper()
{
    return {"Normalization in Attention Dynamics",
            "7f074eb43f3e4d43ba02f0d66159390632ccc6d68fbf3c3ccfdde12f66e5f488",
            "Nikita Karagodin, Shu Ge, Yury Polyanskiy, Philippe Rigollet"};
}

} // namespace attest::theorems
