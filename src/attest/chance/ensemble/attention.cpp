#include "attest/chance/ensemble/attention.hpp"

#include "attest/chance/ensemble/float_attention.hpp"
#include "attest/chance/ensemble/tile_attention.hpp"

namespace attest::chance {

std::unique_ptr<Attention> make_attention(const EnsembleSetting& setting, ProductKernel kernel)
{
    require_available(kernel);
    return kernel == ProductKernel::Tiles ? make_tile_attention(setting)
                                          : make_float_attention(setting);
}

} // namespace attest::chance
