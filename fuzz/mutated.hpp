#pragma once

#include "attest/chance/stream.hpp"

#include <array>
#include <string>
#include <string_view>

namespace attest::fuzz {

/// What parsers trip over.
inline constexpr std::array<std::string_view, 18> awkward = {
    "-",
    "+",
    "0",
    ".",
    ",",
    "(",
    ")",
    "^",
    "\"",
    "{",
    "]",
    "\n",
    "nan",
    "1e99999",
    "9223372036854775808",
    "-9223372036854775808",
    "\xff\xfe",
    std::string_view("\0\0\0\0\0\0\0\0", 8)};

/// A kept input after one to six random changes: a bit, a byte, a piece lost, said twice, put in
/// from `other` or from `awkward`. The same stream gives the same bytes on every machine.
inline std::string mutated(std::string bytes, const std::string& other,
                           const chance::Stream& stream)
{
    std::uint64_t draws = 0;
    const auto below = [&](std::size_t count) {
        return static_cast<std::size_t>(stream.below(draws++, count));
    };
    const auto place = [&](const std::string& of) { return below(of.size() + 1); };
    const std::size_t changes = 1 + below(6);
    for (std::size_t k = 0; k < changes; ++k) {
        const std::size_t at = place(bytes);
        switch (below(6)) {
        case 0:
            if (at < bytes.size()) {
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
            }
            break;
        case 1:
            if (at < bytes.size()) {
                bytes[at] = static_cast<char>(below(256));
            }
            break;
        case 2:
            bytes.erase(at, 1 + below(16));
            break;
        case 3:
            bytes.insert(at, bytes.substr(place(bytes), 1 + below(32)));
            break;
        case 4:
            bytes.insert(at, other.substr(place(other), 1 + below(64)));
            break;
        default:
            bytes.insert(at, awkward[below(awkward.size())]);
        }
    }
    return bytes;
}

} // namespace attest::fuzz
