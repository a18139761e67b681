#include "attest/flow/taylor_system.hpp"

#include "attest/flow/taylor_simplify.hpp"
#include "attest/numbers/errors.hpp"

#include <algorithm>
#include <set>

namespace attest::flow {

void validate(const System& system)
{
    std::set<std::string> known{system.independent};
    for (const std::string& state : system.states) {
        if (!known.insert(state).second) {
            throw InputError("name '" + state + "' is used twice in a system of equations");
        }
    }
    if (system.rates.size() != system.states.size()) {
        throw InputError("a system of " + std::to_string(system.states.size()) + " states has "
                         + std::to_string(system.rates.size()) + " rates: must be as many");
    }
    for (const Expr& rate : system.rates) {
        for (const std::string& symbol : rate.symbols()) {
            if (!known.contains(symbol)) {
                throw InputError("symbol '" + symbol
                                 + "' in a rate is neither a state nor the independent variable '"
                                 + system.independent + "'");
            }
        }
    }
}

System change_variable(const System& system, const std::string& sigma, const Expr& rate,
                       const std::vector<std::string>& positive)
{
    validate(system);
    System result{sigma, system.states, {}};
    for (const Expr& old : system.rates) {
        result.rates.push_back(simplify(old / rate, positive));
    }
    result.states.push_back(system.independent);
    result.rates.push_back(simplify(1 / rate, positive));
    validate(result);
    return result;
}

System parametrise_by(const System& system, const std::string& state,
                      const std::vector<std::string>& positive)
{
    validate(system);
    const auto place = std::find(system.states.begin(), system.states.end(), state);
    if (place == system.states.end()) {
        throw InputError("'" + state + "' is not a state of the system");
    }
    const auto index = static_cast<std::size_t>(place - system.states.begin());
    const Expr rate = system.rates[index];
    System result{state, {}, {}};
    for (std::size_t i = 0; i < system.states.size(); ++i) {
        if (i != index) {
            result.states.push_back(system.states[i]);
            result.rates.push_back(simplify(system.rates[i] / rate, positive));
        }
    }
    result.states.push_back(system.independent);
    result.rates.push_back(simplify(1 / rate, positive));
    validate(result);
    return result;
}

} // namespace attest::flow
