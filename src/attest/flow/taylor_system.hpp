#pragma once

#include "attest/numbers/expr.hpp"

#include <string>
#include <vector>

namespace attest::flow {

/// A recorded system of ordinary differential equations dy_i/dx = rates[i](x, y). The rates may use
/// the states and the independent variable, and no other symbol.
struct System {
    std::string independent;
    std::vector<std::string> states;
    std::vector<Expr> rates;
};

/// Throws InputError for a repeated name, a missing rate or an unknown symbol in a rate.
void validate(const System& system);

/// The same curves in another independent variable sigma with d sigma/d x = rate(x, y): every rate
/// is divided by it (exactly, see simplify), and the former variable becomes the last state.
/// For sigma = ln x take rate = 1/x. Symbols named in positive may leave roots.
System change_variable(const System& system, const std::string& sigma, const Expr& rate,
                       const std::vector<std::string>& positive = {});

/// The same curves parametrised by one of their own states, which must be strictly monotone: the
/// state becomes the independent variable and the former variable the last state.
System parametrise_by(const System& system, const std::string& state,
                      const std::vector<std::string>& positive = {});

} // namespace attest::flow
