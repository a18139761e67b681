#include "attest/flow/terminal_tail.hpp"

#include "attest/flow/clock_precision.hpp"
#include "attest/flow/exponential_integral.hpp"

namespace attest::flow
{
namespace
{

constexpr long tail_digits = 6;

TailBound tail_at(const SymmetricClock& clock, const Ball& epsilon)
{
    return {epsilon, clock.time_at(epsilon), clock.law_deviation_bound(epsilon)};
}

bool usable(const TailBound& tail)
{
    return tail.t_star.certified_digits() >= tail_digits
           && tail.bound.certified_digits() >= 2;
}

/// Largest epsilon, to about one percent, at which the bound is below one percent. The bound
/// behaves like epsilon or sqrt(epsilon) near 0, so regula falsi in logarithms is fast.
std::optional<TailBound> find_onset(const SymmetricClock& clock)
{
    const Ball goal(Rational(995, 100'000)); // inside [0.0099, 0.01]
    const Ball upper(Rational(1, 100));
    const Ball lower(Rational(99, 10'000));
    const Ball top = clock.growth_epsilon();
    const auto defect_at = [&](const Ball& x, TailBound& tail) {
        tail = tail_at(clock, centre_of(exp(x)));
        return centre_of(log(tail.bound / goal));
    };
    TailBound tail;
    Ball high = centre_of(log(top) - Ball(Rational(1, 1'000'000)));
    Ball high_value = defect_at(high, tail);
    if (is_true(less_equal(tail.bound, upper))) {
        return tail; // within one percent from the first moment on
    }
    Ball low = high;
    Ball low_value = high_value;
    for (int walk = 0; walk < 200 && !is_true(is_negative(low_value)); ++walk) {
        high = low;
        high_value = low_value;
        // Newton with the slope 1/2 of the slowest law, so that the step is never too short.
        low = centre_of(low - 2 * low_value - Ball(Rational(1, 2)));
        low_value = defect_at(low, tail);
        if (!low_value.is_finite()) {
            return std::nullopt;
        }
    }
    for (int step = 0; step < 100; ++step) {
        if (is_true(less_equal(tail.bound, upper)) && is_true(less_equal(lower, tail.bound))) {
            return usable(tail) ? std::optional<TailBound>(tail) : std::nullopt;
        }
        // Every third step halves, so that one stuck end cannot stall the search.
        const Ball next = step % 3 == 2
                              ? centre_of((low + high) / Ball(2))
                              : centre_of(low - low_value * (high - low) / (high_value - low_value));
        const Ball value = defect_at(next, tail);
        if (!value.is_finite()) {
            return std::nullopt;
        }
        if (is_true(is_negative(value))) {
            low = next;
            low_value = value;
        } else {
            high = next;
            high_value = value;
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
                const Ball epsilon(pow(Rational(10), -k));
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
