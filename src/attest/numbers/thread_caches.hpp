#pragma once

namespace attest {

/// FLINT, Arb and MPFR keep memory and constants for each thread, and none of them frees these when
/// a thread ends. Called first in a thread of one's own, this has it done; numbers that outlive the
/// thread stay valid.
void free_caches_with_thread();

} // namespace attest
