#include "attest/chance/ensemble/ensemble.hpp"

#include "attest/chance/ensemble/fast_run.hpp"
#include "attest/chance/ensemble/gram_run.hpp"
#include "attest/chance/ensemble/plain_run.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace attest::chance {
namespace {

std::function<RunCurves(std::uint64_t)> maker(const EnsembleSetting& setting, Arithmetic arithmetic)
{
    if (arithmetic == Arithmetic::Float64) {
        return [setting](std::uint64_t run) { return plain_run(setting, run); };
    }
    if (arithmetic == Arithmetic::GramChain) {
        const auto chain = std::make_shared<GramRun>(setting);
        return [chain](std::uint64_t run) { return (*chain)(run); };
    }
    const auto kernel =
        arithmetic == Arithmetic::Float32 ? ProductKernel::Float32 : ProductKernel::Tiles;
    const auto fast = std::make_shared<FastRun>(setting, kernel);
    return [fast](std::uint64_t run) { return (*fast)(run); };
}

} // namespace

std::string_view name_of(Arithmetic arithmetic)
{
    switch (arithmetic) {
    case Arithmetic::Float64:
        return "f64";
    case Arithmetic::Float32:
        return "f32";
    case Arithmetic::Tiles:
        return "tiles";
    case Arithmetic::GramChain:
        break;
    }
    return "gram";
}

Arithmetic arithmetic_named(std::string_view name, const EnsembleSetting& setting)
{
    for (const Arithmetic known : arithmetics) {
        if (name == name_of(known)) {
            if (known == Arithmetic::GramChain && !gram_chain_applies(setting)) {
                throw InputError(fmt::format("precision 'gram' with panel {}: must be a panel of "
                                             "re-sampled normal weights, one head, d >= 2 n",
                                             setting.panel));
            }
            if (known == Arithmetic::Tiles) {
                require_available(ProductKernel::Tiles);
            }
            return known;
        }
    }
    if (name != "auto") {
        throw InputError(
            fmt::format("precision '{}': must be one of auto, f64, f32, tiles, gram", name));
    }
    if (gram_chain_applies(setting)) {
        return Arithmetic::GramChain;
    }
    return is_available(ProductKernel::Tiles) ? Arithmetic::Tiles : Arithmetic::Float32;
}

void simulate(const EnsembleSetting& setting, Arithmetic arithmetic, int threads,
              const RunBoard& board)
{
    validate(setting);
    std::mutex mutex;
    std::exception_ptr failure;
    const auto work = [&] {
        try {
            const auto make = maker(setting, arithmetic);
            for (;;) {
                std::optional<RunRange> range;
                {
                    const std::lock_guard lock(mutex);
                    range = failure || board.stopped() ? std::nullopt : board.next();
                }
                if (!range) {
                    return;
                }
                for (std::uint64_t run = range->first; run < range->end; ++run) {
                    const RunCurves curves = make(run);
                    const std::lock_guard lock(mutex);
                    if (failure) {
                        return;
                    }
                    board.collect(run, curves);
                    if (run + 1 < range->end && board.stopped()) {
                        return;
                    }
                }
                const std::lock_guard lock(mutex);
                board.finished(*range);
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!failure) {
                failure = std::current_exception();
            }
        }
    };
    {
        std::vector<std::jthread> others;
        for (int k = 1; k < threads; ++k) {
            others.emplace_back(work);
        }
        work();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

} // namespace attest::chance
