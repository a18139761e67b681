#include "attest/flow/terminal_tail.hpp"

#include "attest/flow/clock_precision.hpp"
#include "attest/flow/exponential_integral.hpp"

#include <algorithm>

namespace attest::flow {
namespace {

constexpr long tail_digits = 6;

TailBound tail_at(const SymmetricClock& clock, const Ball& epsilon)
{
    return {epsilon, clock.time_at(epsilon), clock.law_deviation_bound(epsilon)};
}

bool usable(const TailBound& tail)
{
    return tail.t_star.certified_digits() >= tail_digits && tail.bound.certified_digits() >= 2;
}

/// Largest epsilon, to about one percent of the bound, at which the bound is below one percent.
/// The bound grows with epsilon, like epsilon or sqrt(epsilon) near 0, so a secant in logarithms is
/// fast; points close to the start, where the time integral is dear, are visited only if needed.
std::optional<TailBound> find_onset(const SymmetricClock& clock)
{
    const Ball goal(Rational(995, 100'000)); // inside [lower, upper]
    const Ball upper(Rational(1, 100));
    const Ball lower(Rational(99, 10'000));
    const Ball top = centre_of(log(clock.growth_epsilon()) - Ball(Rational(1, 1'000'000)));
    TailBound tail;
    const auto excess_at = [&](const Ball& x) {
        tail = tail_at(clock, centre_of(exp(x)));
        return centre_of(log(tail.bound / goal));
    };
    const auto found = [&] {
        return is_true(less_equal(tail.bound, upper)) && is_true(less_equal(lower, tail.bound));
    };
    const auto result = [&] {
        return usable(tail) ? std::optional<TailBound>(tail) : std::nullopt;
    };
    Ball x = log(Ball(Rational(1, 16)));
    if (!is_true(less(x, top))) {
        x = top;
    }
    x = centre_of(x);
    Ball excess = excess_at(x);
    Ball low = x;
    Ball low_excess = excess;
    Ball high = x;
    Ball high_excess = excess;
    while (excess.is_finite() && is_true(is_negative(excess)) && !found()) {
        if (is_true(equal(x, top))) {
            return result(); // within one percent from the first moment on
        }
        low = x;
        low_excess = excess;
        x = centre_of(x + Ball(1));
        if (!is_true(less(x, top))) {
            x = top;
        }
        excess = excess_at(x);
        high = x;
        high_excess = excess;
    }
    while (excess.is_finite() && is_true(is_positive(excess)) && is_true(equal(low, high))) {
        high = x;
        high_excess = excess;
        for (int walk = 0; walk < 100 && is_true(is_positive(excess)); ++walk) {
            high = x;
            high_excess = excess;
            // Slope 1/2 for growing magnitudes, 1 on the sphere, but only logarithmic for
            // sqrt-scaling, hence the growing stride.
            x = centre_of(x - 2 * excess - Ball(Rational(1L << std::min(walk, 40), 8)));
            excess = excess_at(x);
        }
        low = x;
        low_excess = excess;
    }
    for (int step = 0; step < 100 && excess.is_finite(); ++step) {
        if (found()) {
            return result();
        }
        // Every third step halves, so that one stuck end cannot stall the search.
        x = step % 3 == 2 ? centre_of((low + high) / Ball(2))
                          : centre_of(low - low_excess * (high - low) / (high_excess - low_excess));
        excess = excess_at(x);
        if (is_true(is_negative(excess))) {
            low = x;
            low_excess = excess;
        } else {
            high = x;
            high_excess = excess;
        }
    }
    return std::nullopt;
}

} // namespace

void add_tail(TerminalLaw& law, int decades)
{
    struct Found {
        std::optional<TailBound> onset;
        std::vector<TailBound> tail;
    };
    Found found = with_rising_precision(
        tail_digits, bits_lost_to_beta(law.problem), "tail of the terminal law", [&] {
            const SymmetricClock clock(law.problem);
            Found f;
            f.onset = find_onset(clock);
            bool complete = f.onset.has_value();
            for (int k = 1; complete && k <= decades; ++k) {
                const Ball epsilon(attest::pow(Rational(10), -k));
                if (!is_true(less(epsilon, clock.growth_epsilon()))) {
                    continue;
                }
                f.tail.push_back(tail_at(clock, epsilon));
                complete = usable(f.tail.back());
            }
            return complete ? std::optional<Found>(std::move(f)) : std::nullopt;
        });
    law.onset = std::move(found.onset);
    law.tail = std::move(found.tail);
}

} // namespace attest::flow
