#include "attest/numbers/thread_caches.hpp"

#include <flint/flint.h>
#include <mpfr.h>

namespace attest {
namespace {

struct Caches {
    Caches() = default;
    ~Caches()
    {
        flint_cleanup();
        mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);
    }
    Caches(const Caches&) = delete;
    Caches& operator=(const Caches&) = delete;
    Caches(Caches&&) = delete;
    Caches& operator=(Caches&&) = delete;
};

} // namespace

void free_caches_with_thread()
{
    // Made before all else that the thread keeps for itself, so that it goes last.
    thread_local const Caches caches;
    (void)caches;
}

} // namespace attest
