// The table of statements, and a glob over its ids (the first line).
#include "fuzz/target.hpp"

#include "attest/ledger/registry.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    std::string_view text = fuzz::view(data, size);
    const std::string pattern(fuzz::take_line(text));
    fuzz::may_refuse([&] {
        const ledger::Registry registry(ledger::parse_inventory(text));
        fuzz::require(registry.select({}).size() == registry.inventory().size(),
                      "no pattern means all rows");
        fuzz::require(!registry.select({pattern}).empty(), "a pattern without rows is refused");
    });
    return 0;
}
