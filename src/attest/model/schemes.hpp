#pragma once

#include "attest/model/schemes/mix_ln.hpp"
#include "attest/model/schemes/ngpt.hpp"
#include "attest/model/schemes/own.hpp"
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

/// The schemes of Tables 1 and 2 in the paper's order: what "all schemes" means in a statement of
/// the paper. A scheme of one's own is one new file and one name in schemes/own.hpp.
using Schemes = std::tuple<PostLN, PreLN, MixLN, PeriLN, NGPT, SqrtScaling>;
/// The paper's and then one's own: what a command or a file may name.
using AllSchemes = decltype(std::tuple_cat(Schemes{}, OwnSchemes{}));

template <class... S>
constexpr std::array<std::string_view, sizeof...(S)> names_of(std::tuple<S...>)
{
    return {std::string_view(S::name)...};
}

/// Names of the paper's schemes, in order.
inline constexpr auto scheme_names = names_of(Schemes{});
inline constexpr auto own_scheme_names = names_of(OwnSchemes{});
inline constexpr auto all_scheme_names = names_of(AllSchemes{});

/// Whether a scheme reads alpha_t: nGPT, and those of one's own that say so.
template <class S>
inline constexpr bool uses_alpha = requires
{
    requires S::uses_alpha;
};

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
        AllSchemes{});
    if (!found) {
        throw InputError(fmt::format("scheme '{}' is unknown: must be one of {}", name,
                                     fmt::join(all_scheme_names, ", ")));
    }
    return result;
}

} // namespace attest::model
