#include "attest/chance/ensemble/product_kernel.hpp"

#include "attest/chance/ensemble/tile_kernels.hpp"
#include "attest/numbers/errors.hpp"

#include <initializer_list>

#if defined(__x86_64__) && defined(__linux__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace attest::chance {
namespace {

#if defined(__x86_64__) && defined(__linux__)

/// Registers of CPUID leaf `leaf`, sub-leaf `part`; zeros where there is none.
struct ProcessorFeatures {
    ProcessorFeatures(unsigned leaf, unsigned part)
    {
        if (__get_cpuid_count(leaf, part, &eax, &ebx, &ecx, &edx) == 0) {
            eax = ebx = ecx = edx = 0;
        }
    }
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
};

bool all_bits(unsigned word, std::initializer_list<unsigned> bits)
{
    for (const unsigned bit : bits) {
        if ((word >> bit & 1U) == 0) {
            return false;
        }
    }
    return true;
}

bool processor_has_tiles()
{
    // Intel, Software Developer's Manual, volume 2A, CPUID.
    const ProcessorFeatures seven(7, 0);
    const ProcessorFeatures more(7, 1);
    return all_bits(seven.ebx, {16, 17, 30, 31}) // AVX-512 F, DQ, BW, VL
           && all_bits(seven.edx, {22, 24})      // AMX-BF16, AMX-TILE
           && all_bits(more.eax, {5});           // AVX-512 BF16
}

/// Linux keeps the tile registers of those processes only that have asked (arch/x86, "xstate").
/// Granted for all threads of the process, those to come included; asking again does no harm.
bool system_grants_tiles()
{
    constexpr long get_permitted = 0x1022;      // ARCH_GET_XCOMP_PERM
    constexpr long request_permission = 0x1023; // ARCH_REQ_XCOMP_PERM
    constexpr unsigned tile_data = 18;          // XFEATURE_XTILEDATA
    constexpr unsigned avx512 = 5;              // with 6 and 7
    unsigned long permitted = 0;
    return syscall(SYS_arch_prctl, request_permission, tile_data) == 0
           && syscall(SYS_arch_prctl, get_permitted, &permitted) == 0
           && (permitted >> tile_data & 1UL) == 1 && (permitted >> avx512 & 7UL) == 7;
}

bool has_tiles()
{
    static const bool granted = tiles::built() && processor_has_tiles() && system_grants_tiles();
    return granted;
}

#else

bool has_tiles()
{
    return false;
}

#endif

} // namespace

std::string_view name_of(ProductKernel kernel)
{
    return kernel == ProductKernel::Float32 ? "f32" : "tiles";
}

bool is_available(ProductKernel kernel)
{
    return kernel == ProductKernel::Float32 || has_tiles();
}

void require_available(ProductKernel kernel)
{
    if (!is_available(kernel)) {
        throw InputError("precision 'tiles': this processor, system or build has no tiles (AMX); "
                         "must be auto, f64 or f32");
    }
}

} // namespace attest::chance
