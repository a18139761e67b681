#pragma once

#include "attest/numbers/rational.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::cli {

// Readers of option values. CLI11 hands over plain text and these say, in one line, which value is
// wrong and what is allowed.

/// An integer low..high. Throws InputError naming the option, the text and the range.
long parse_integer(std::string_view option, std::string_view text, long low, long high);

/// An exact number. Throws InputError naming the option, the text and the range in words.
Rational parse_number(std::string_view option, std::string_view text, std::string_view range);

/// The text, if it is one of the choices. Throws InputError naming the option and the choices.
std::string parse_choice(std::string_view option, std::string_view text,
                         const std::vector<std::string>& choices);

/// The last time that a run may reach, and how messages write it.
inline constexpr long latest_time = 1'000'000'000'000;
inline constexpr std::string_view latest_time_text = "1e12";

/// Throws InputError unless the times lie in 0..latest_time and ascend; place(k) names time k.
void check_times(const std::vector<Rational>& times,
                 const std::function<std::string(std::size_t)>& place);

} // namespace attest::cli
