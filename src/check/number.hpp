#pragma once

#include <gmpxx.h>

#include <string>
#include <string_view>

namespace check {

/// Exact value of "12", "-3/7", "0.25", "1.5e-30" or "m*2^e". Throws Rejection, also for numbers
/// beyond the bounds of limits.hpp.
mpq_class parse_number(std::string_view text);
/// The first characters of untrusted text, printable, for a message of one line.
std::string shown(std::string_view text);

} // namespace check
