#pragma once

#include "attest/ledger/claim.hpp"

#include <array>

namespace attest::cli {

/// How hard `attest verify` works.
struct Profile {
    const char* name;
    ledger::Effort::Level level;
    long digits;
    const char* usual_time; ///< said when no earlier run tells more
    const char* mutants;    ///< of each claim and formula: "none", a number, "all"
};
inline constexpr std::array profiles = {
    Profile{"quick", ledger::Effort::Level::Quick, 30, "about a minute", "none"},
    Profile{"standard", ledger::Effort::Level::Standard, 50, "some minutes", "3"},
    Profile{"deep", ledger::Effort::Level::Deep, 100, "long; interrupt and --resume as you like",
            "all"},
};

} // namespace attest::cli
