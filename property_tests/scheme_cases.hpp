#pragma once

#include "attest/model/schemes.hpp"

#include <rapidcheck.h>

#include <string>

namespace attest::testing {

/// The name of one of the six schemes.
inline std::string any_scheme()
{
    const auto k = *rc::gen::inRange<std::size_t>(0, model::scheme_names.size());
    return std::string(model::scheme_names.at(k));
}

} // namespace attest::testing
