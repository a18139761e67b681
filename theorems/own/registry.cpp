#include "theorems/own/registry.hpp"

namespace attest::theorems {

ledger::Registry make_own_registry()
{
    ledger::Registry registry(ledger::parse_inventory(own_inventory_text()));
    add_deepnorm(registry);
    add_layerscale(registry);
    add_panels(registry);
    return registry;
}

ledger::PaperInfo outside_the_paper()
{
    ledger::PaperInfo info;
    info.title = "Claims outside the paper";
    return info;
}

} // namespace attest::theorems
