#include "attest/flow/goal.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace attest::flow {
namespace {

constexpr std::array<std::string_view, 5> goal_names{"time", "synchronised", "cone", "hemisphere",
                                                     "stationary"};

} // namespace

std::string_view to_string(Goal goal)
{
    return goal_names.at(static_cast<std::size_t>(goal));
}

std::string_view to_string(Stop stop)
{
    constexpr std::array<std::string_view, 4> names{"goal", "time", "evaluations", "breakdown"};
    return names.at(static_cast<std::size_t>(stop));
}

Goal parse_goal(std::string_view text)
{
    const auto* found = std::find(goal_names.begin(), goal_names.end(), text);
    if (found == goal_names.end()) {
        throw InputError(
            fmt::format("goal '{}': must be one of {}", text, fmt::join(goal_names, ", ")));
    }
    return static_cast<Goal>(found - goal_names.begin());
}

} // namespace attest::flow
