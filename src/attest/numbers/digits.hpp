#pragma once

namespace attest {

/// Bits of a decimal digit, log_2 10; for working precisions only, never inside an enclosure.
inline constexpr double log2_10 = 3.321928094887362;

} // namespace attest
