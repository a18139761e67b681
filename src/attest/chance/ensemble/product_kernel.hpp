#pragma once

#include <string_view>

namespace attest::chance {

/// How the products of a simulation are formed.
/// - Float32: single precision, by oneDNN, on any processor.
/// - Tiles: every factor as the sum of two 8-bit numbers (bfloat16), three of the four products,
///   added up in single precision by the processor's tiles (AMX): a relative error of about 2^-16
///   of |A||B| an entry. Several times faster than Float32, where the processor has tiles.
///
/// Runs of different kernels differ in their rounding and are never mixed: the name is a part of
/// what a checkpoint and a file of results say they hold.
enum class ProductKernel { Float32, Tiles };

std::string_view name_of(ProductKernel kernel);

/// Whether this processor, this operating system and this build of the program can form them at
/// all. The first call asks the system for the use of tiles; it may come from any thread.
bool is_available(ProductKernel kernel);
/// Throws InputError unless it is available.
void require_available(ProductKernel kernel);

} // namespace attest::chance
