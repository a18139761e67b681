#pragma once

#include "attest/model/schemes/mix_ln.hpp"
#include "attest/model/schemes/ngpt.hpp"
#include "attest/model/schemes/peri_ln.hpp"
#include "attest/model/schemes/post_ln.hpp"
#include "attest/model/schemes/pre_ln.hpp"
#include "attest/model/schemes/sqrt_scaling.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <tuple>

namespace attest::model {

/// The schemes of Tables 1 and 2 in the paper's order. A new scheme is one new file and one name
/// here.
using Schemes = std::tuple<PostLN, PreLN, MixLN, PeriLN, NGPT, SqrtScaling>;

/// Names of all schemes, in order.
inline constexpr std::array<std::string_view, std::tuple_size_v<Schemes>> scheme_names = std::apply(
    [](auto... s) { return std::array{std::string_view(decltype(s)::name)...}; }, Schemes{});

/// Calls f with a value of the scheme type of that name and returns what it returns.
/// Throws InputError naming the known schemes for any other name.
template <class F>
auto with_scheme(std::string_view name, F&& f)
{
    using Result = decltype(f(PostLN{}));
    Result result{};
    bool found = false;
    std::apply(
        [&](auto... s) {
            (void)((name == decltype(s)::name && (result = f(s), found = true)) || ...);
        },
        Schemes{});
    if (!found) {
        throw InputError(fmt::format("scheme '{}' is unknown: must be one of {}", name,
                                     fmt::join(scheme_names, ", ")));
    }
    return result;
}

} // namespace attest::model
