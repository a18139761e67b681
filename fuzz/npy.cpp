// A NumPy array.
#include "fuzz/target.hpp"

#include "cli/npy_array.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    fuzz::may_refuse([&] {
        const cli::NpyArray array = cli::read_npy(fuzz::view(data, size), "array.npy");
        std::size_t entries = 1;
        for (const std::size_t extent : array.shape) {
            entries *= extent;
        }
        fuzz::require(entries == array.values.size(), "an array has the entries of its shape");
    });
    return 0;
}
