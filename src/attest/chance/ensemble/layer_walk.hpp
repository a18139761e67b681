#pragma once

#include "attest/chance/ensemble/setting.hpp"
#include "attest/model/layers.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <vector>

namespace attest::chance {

/// What is kept of one configuration after a layer.
struct Measured {
    double cosine;
    double magnitude;
};

/// A way to carry several configurations of tokens through the layers: it holds those of now and,
/// while a layer is made, those of after it.
template <class W>
concept LayerWork = requires(W work, long t, std::size_t count, const model::Regulation<double>& at)
{
    work.prepare(t);                      ///< the weights of layer t are ready
    work.attend(count);                   ///< attention of the first `count` configurations
    work.update(count, at, count, count); ///< scheme, its place now, its place after the layer
    {
        work.measure(count)
        } -> std::same_as<Measured>; ///< of a place after the layer
    work.advance();                  ///< after becomes now
};

/// All schemes through all layers from one configuration, at place 0. Schemes share a place while
/// their directions are the same: all six at the start, Mix-LN and Post-LN up to tau.
template <LayerWork W>
RunCurves walk_layers(const EnsembleSetting& setting, double start_cosine, W& work)
{
    constexpr std::size_t schemes = model::scheme_names.size();
    // Post-LN comes before Mix-LN in the list of schemes, which takes its directions.
    constexpr std::size_t post_ln = 0;
    static_assert(model::scheme_names[post_ln] == model::PostLN::name);

    RunCurves curves{std::vector<std::vector<double>>(schemes, {start_cosine}),
                     std::vector<std::vector<double>>(schemes, {1.0})};
    std::array<std::size_t, schemes> place{};
    std::size_t count = 1;
    for (long t = 0; t < setting.layers; ++t) {
        work.prepare(t);
        work.attend(count);
        model::Regulation<double> at;
        at.alpha = setting.alpha;
        at.t = static_cast<double>(t);
        at.late = setting.late(t) ? 1 : 0;
        count = 0;
        for (std::size_t s = 0; s < schemes; ++s) {
            Measured now{curves.cosine[post_ln].back(), curves.magnitude[post_ln].back()};
            if (model::scheme_names[s] == model::MixLN::name && at.late == 0) {
                place[s] = place[post_ln];
            } else {
                work.update(s, at, place[s], count);
                now = work.measure(count);
                place[s] = count++;
            }
            curves.cosine[s].push_back(now.cosine);
            curves.magnitude[s].push_back(now.magnitude);
        }
        work.advance();
    }
    return curves;
}

/// Average cosine similarity of n unit rows of that width.
double cosine_of_rows(const float* rows, std::size_t n, std::size_t width);
/// Mean of n numbers.
double mean_of(const double* numbers, std::size_t n);

} // namespace attest::chance
