#pragma once

#include "field.hpp"

#include <string>
#include <vector>

namespace check {

/// Do the closed boxes cover the product of the ranges? Exact, in rational numbers. Returns "" or
/// a description of a part that no box covers. Boxes that subdivide a tree are handled in about
/// n log^2 n steps, others more slowly.
std::string uncovered_part(const std::vector<Range>& whole,
                           const std::vector<std::vector<Range>>& boxes);

} // namespace check
