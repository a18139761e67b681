#pragma once

#include "attest/flow/terminal.hpp"

namespace attest::flow {

/// Fills in onset and tail of a law whose constant is known. Throws Undecidable when a bound
/// cannot be computed.
void add_tail(TerminalLaw& law, int decades);

} // namespace attest::flow
