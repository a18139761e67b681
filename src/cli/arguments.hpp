#pragma once

#include "attest/numbers/rational.hpp"

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

} // namespace attest::cli
