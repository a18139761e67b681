#pragma once

#include <string_view>

namespace attest {

/// Three-valued truth of Kleene. There is no conversion to bool: "not certainly true" is
/// not "false", so a caller has to say which of the three it means.
enum class Truth : signed char { False = -1, Unknown = 0, True = 1 };

/// Strong Kleene connectives: the truth of the compound when Unknown may be either value.
constexpr Truth operator!(Truth a) noexcept
{
    return static_cast<Truth>(-static_cast<int>(a));
}
constexpr Truth operator&&(Truth a, Truth b) noexcept
{
    return static_cast<int>(a) < static_cast<int>(b) ? a : b;
}
constexpr Truth operator||(Truth a, Truth b) noexcept
{
    return static_cast<int>(a) < static_cast<int>(b) ? b : a;
}

constexpr bool is_true(Truth a) noexcept
{
    return a == Truth::True;
}
constexpr bool is_false(Truth a) noexcept
{
    return a == Truth::False;
}
constexpr bool is_unknown(Truth a) noexcept
{
    return a == Truth::Unknown;
}

/// A decided truth value from a proved fact; the only way in from bool.
constexpr Truth truth_of(bool proved_true) noexcept
{
    return proved_true ? Truth::True : Truth::False;
}

constexpr std::string_view to_string(Truth a) noexcept
{
    switch (a) {
    case Truth::False:
        return "false";
    case Truth::True:
        return "true";
    case Truth::Unknown:
        break;
    }
    return "unknown";
}

} // namespace attest
