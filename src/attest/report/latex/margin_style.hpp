#pragma once

#include <string_view>

namespace attest::report {

/// attest-margin.sty, with which authors print verdicts in the margin of their own paper.
std::string_view margin_style();

} // namespace attest::report
