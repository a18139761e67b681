#pragma once

#include "attest/report/file.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attest::cli {

/// A NumPy array file (.npy, format 1.0 to 3.0) of real floating-point numbers, f4 or f8 of either
/// byte order, in C or Fortran order.
struct NpyArray {
    std::vector<std::size_t> shape;
    std::vector<double> values; ///< C order: the last index runs fastest
    bool single = false;        ///< f4
};

/// Whether the bytes begin as a .npy file does.
bool is_npy(std::string_view bytes);

/// Reads the bytes of a file; name is used in messages. Throws InputError, one line that says what
/// is wrong and what is allowed, for another magic or version, a header that is no such dictionary,
/// another type (integers, complex, half precision, objects), a shape with no entry or more than
/// most_npy_values entries, fewer or more bytes than the shape needs, NaN or infinity.
NpyArray read_npy(std::string_view bytes, const std::string& name);

/// As many of the shortest kind, f4, as a file that is read may have.
inline constexpr std::size_t most_npy_values = report::most_bytes_read / 4;

} // namespace attest::cli
