#include "attest/flow/symmetric_tokens.hpp"

#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace attest::flow {
namespace {

constexpr long most_token_digits = 1000;
constexpr long most_doublings = 6;

SymmetricState state_of(const SymmetricToken<Ball>& x, long t)
{
    SymmetricState state;
    state.t = Ball(t);
    state.epsilon = epsilon_of(x);
    state.gamma = 1 - state.epsilon;
    state.r = magnitude_of(x);
    return state;
}

template <class S>
std::vector<SymmetricState> layers_of(const model::SymmetricProblem& problem, long layers)
{
    const Ball beta(problem.beta);
    SymmetricToken<Ball> x = symmetric_token<Ball>(Ball(problem.n), Ball(problem.gamma0),
                                                   Ball(starting_magnitude(problem)));
    std::vector<SymmetricState> states{state_of(x, 0)};
    for (long t = 0; t < layers; ++t) {
        const Ball time(t);
        const Ball late(Rational(t) > problem.tau ? 1 : 0);
        const Ball alpha = problem.alpha.formula.evaluate<Ball>({{"t", time}});
        x = model::LayerRule<S>::template update<Ball>(layer_input(beta, x), Ball(1),
                                                       model::Regulation<Ball>{alpha, time, late});
        states.push_back(state_of(x, t + 1));
    }
    return states;
}

} // namespace

Rational starting_magnitude(const model::SymmetricProblem& problem)
{
    const bool fresh = problem.scheme == model::MixLN::name
                       && problem.mix_magnitude == model::MixMagnitude::Table1;
    return model::is_spherical(problem.scheme) || fresh ? Rational(1) : problem.r0;
}

std::vector<SymmetricState> symmetric_layers(const model::SymmetricProblem& problem, long layers,
                                             long digits)
{
    model::validate(problem);
    if (layers < 0 || layers > most_symmetric_layers) {
        throw InputError(
            fmt::format("{} layers: must be an integer in 0..{}", layers, most_symmetric_layers));
    }
    if (digits < 1 || digits > most_token_digits) {
        throw InputError(
            fmt::format("digits {}: must be an integer in 1..{}", digits, most_token_digits));
    }
    long bits = bits_for_digits(digits) + 64;
    for (long attempt = 0; attempt <= most_doublings; ++attempt, bits *= 2) {
        const PrecisionScope scope(bits);
        std::vector<SymmetricState> states = model::with_scheme(problem.scheme, [&](auto scheme) {
            return layers_of<decltype(scheme)>(problem, layers);
        });
        const bool tight = std::all_of(states.begin(), states.end(), [&](const auto& state) {
            return state.epsilon.certified_digits() >= digits
                   && state.r.certified_digits() >= digits;
        });
        if (tight) {
            return states;
        }
    }
    throw Undecidable(
        fmt::format("{} layers: {} digits are not reached with {} bits", layers, digits, bits / 2));
}

} // namespace attest::flow
