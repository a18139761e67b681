#pragma once

#include "attest/chance/ensemble/setting.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace attest::chance {

/// How runs are computed.
enum class Arithmetic {
    Float64,   ///< plain_run: the definition in double precision
    Float32,   ///< FastRun in single precision
    Tiles,     ///< FastRun, products of split factors on AMX (ProductKernel::Tiles)
    GramChain, ///< GramRun, in law: re-sampled normal weights only
};

inline constexpr std::array arithmetics = {Arithmetic::Float64, Arithmetic::Float32,
                                           Arithmetic::Tiles, Arithmetic::GramChain};

/// "f64", "f32", "tiles", "gram", and back; "auto" is the fastest for this processor and setting.
/// Throws InputError for another name, for "gram" where it has another law and for "tiles" where
/// the processor has none. Runs of different arithmetics differ, if only in their rounding: what is
/// kept of them carries the name.
std::string_view name_of(Arithmetic arithmetic);
Arithmetic arithmetic_named(std::string_view name, const EnsembleSetting& setting);

/// Runs first, ..., end - 1.
struct RunRange {
    std::uint64_t first;
    std::uint64_t end;
};

/// Where runs come from and their curves go. Both functions are called from several threads, one at
/// a time.
struct RunBoard {
    /// The next runs to be made; nothing ends the thread that asks.
    std::function<std::optional<RunRange>()> next;
    std::function<void(std::uint64_t run, const RunCurves& curves)> collect;
    /// All of a range that next() gave out have been collected.
    std::function<void(RunRange range)> finished = [](RunRange) {};
    /// Asked before every run: a range left unfinished is not reported.
    std::function<bool()> stopped = [] { return false; };
};

/// Makes runs on `threads` threads until next() has none left. A run depends on its number and the
/// setting alone. The first exception of a thread ends all of them and is thrown again here.
void simulate(const EnsembleSetting& setting, Arithmetic arithmetic, int threads,
              const RunBoard& board);

} // namespace attest::chance
