// The tile that the kernels of one instruction set share. Read once for each of them, so without
// an ordinary include guard (see Highway's description of foreach_target.h).
#if defined(ATTEST_MODEL_VELOCITY_TILE) == defined(HWY_TARGET_TOGGLE)
#ifdef ATTEST_MODEL_VELOCITY_TILE
#undef ATTEST_MODEL_VELOCITY_TILE
#else
#define ATTEST_MODEL_VELOCITY_TILE
#endif

#include <hwy/highway.h>

#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace attest::model::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
using Doubles = hn::ScalableTag<double>;
using Vec = hn::Vec<Doubles>;

constexpr long lanes = static_cast<long>(HWY_LANES(double));
// Accumulators of a tile fill the registers that the instruction set has: 24 of 32 or 12 of 16.
constexpr long vectors = lanes == 1 ? 4 : (lanes == 2 ? 2 : 3);
constexpr long R = vectors * lanes;
constexpr long C = lanes == 8 ? 8 : 4;
constexpr std::size_t columns = C;
constexpr long groups = R / C; // of columns in a panel of tokens
static_assert(R % C == 0 && C % lanes == 0);

HWY_INLINE Vec load(const double* at)
{
    return hn::LoadU(Doubles(), at);
}
HWY_INLINE void store(Vec v, double* at)
{
    hn::StoreU(v, Doubles(), at);
}

} // namespace attest::model::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
