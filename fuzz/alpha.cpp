// --alpha: a name or a formula in t, with its integral where that is known.
#include "fuzz/target.hpp"

#include "attest/model/alpha.hpp"
#include "attest/numbers/precision.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    fuzz::may_refuse([&] {
        const PrecisionScope precision(128);
        const model::Alpha alpha = model::Alpha::parse(fuzz::view(data, size));
        if (alpha.integral) {
            (void)alpha.integral->text();
        }
    });
    return 0;
}
