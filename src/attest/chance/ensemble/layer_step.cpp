#include "attest/chance/ensemble/layer_step.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <type_traits>

namespace attest::chance {
namespace {

/// a x_j + b A_j, with what model::LayerRule does with a vector.
struct InPlane {
    double a;
    double b;
    const TokenProducts* of;

    friend InPlane operator+(const InPlane& v, const InPlane& w)
    {
        return {v.a + w.a, v.b + w.b, v.of};
    }
    friend InPlane operator*(double s, const InPlane& v) { return {s * v.a, s * v.b, v.of}; }
};

double inner(const InPlane& v, const InPlane& w)
{
    const double value =
        v.a * w.a * v.of->xx + (v.a * w.b + v.b * w.a) * v.of->xA + v.b * w.b * v.of->AA;
    // A squared length stays positive where rounding would have it cancel to nothing or below: the
    // direction is then rounding anyway, and the update divides by the length.
    constexpr double least = 1e-16;
    return v.a == w.a && v.b == w.b
               ? std::max(value, least * (v.a * v.a * v.of->xx + v.b * v.b * v.of->AA))
               : value;
}

template <class S>
LayerStep step(const model::Regulation<double>& at, const TokenProducts& known)
{
    const InPlane x{1, 0, &known};
    const InPlane A{0, 1, &known};
    const InPlane out = model::LayerRule<S>::update(model::LayerInput<InPlane>{x, A, A}, 1.0, at);
    return {out.a, out.b, S::spherical || (std::is_same_v<S, model::MixLN> && at.late == 0)};
}

using Stepper = LayerStep (*)(const model::Regulation<double>&, const TokenProducts&);

template <class... S>
constexpr std::array<Stepper, sizeof...(S)> steppers(std::tuple<S...>)
{
    return {&step<S>...};
}

} // namespace

LayerStep layer_step(std::size_t scheme, const model::Regulation<double>& at,
                     const TokenProducts& known)
{
    static constexpr auto rules = steppers(model::Schemes{});
    static_assert(rules.size() == model::scheme_names.size());
    return rules.at(scheme)(at, known);
}

} // namespace attest::chance
