#include "attest/chance/ensemble/setting.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::chance {
namespace {

std::string_view law_name(WeightLaw law)
{
    switch (law) {
    case WeightLaw::KaimingNormal:
        return "kaiming-normal";
    case WeightLaw::KaimingUniform:
        return "kaiming-uniform";
    case WeightLaw::Normal:
        return "normal";
    }
    return "unknown";
}

void require(bool fine, const char* name, double value, const char* range)
{
    if (!fine) {
        throw InputError(fmt::format("ensemble: {} = {}: must be {}", name, value, range));
    }
}

} // namespace

double EnsembleSetting::deviation() const
{
    return law == WeightLaw::Normal ? std::sqrt(variance)
                                    : std::sqrt(gain_squared / static_cast<double>(d));
}

std::string EnsembleSetting::text() const
{
    return fmt::format("panel {}\nn {}\nd {}\nheads {}\nbeta {:a}\nweights {}\nlaw {}\n"
                       "gain_squared {:a}\nvariance {:a}\nlayers {}\ntau {:a}\nalpha {:a}\nseed "
                       "{}\n",
                       panel, n, d, heads, beta, static_weights ? "static" : "re-sampled",
                       law_name(law), gain_squared, variance, layers, tau, alpha, seed);
}

const std::vector<std::string>& panel_names()
{
    static const std::vector<std::string> names = {"4",  "5a", "5b", "5c",     "5d",
                                                   "5e", "5f", "5g", "5g-text"};
    return names;
}

EnsembleSetting panel_setting(std::string_view name)
{
    EnsembleSetting setting;
    setting.panel = name;
    const auto kaiming = [&](long d, double beta) {
        setting.d = d;
        setting.beta = beta;
    };
    if (name == "4" || name == "5a") {
        kaiming(512, std::sqrt(512.0));
    } else if (name == "5b") {
        kaiming(512, 4 * std::sqrt(512.0));
    } else if (name == "5c") {
        kaiming(512, std::sqrt(512.0));
        setting.static_weights = false;
    } else if (name == "5d") {
        kaiming(16, 1);
    } else if (name == "5e") {
        kaiming(128, std::sqrt(128.0));
    } else if (name == "5f") {
        kaiming(128, 4 * std::sqrt(128.0));
    } else if (name == "5g" || name == "5g-text") {
        kaiming(768, 8);
        setting.heads = 12;
        setting.law = WeightLaw::Normal;
        setting.variance = name == "5g" ? 0.02 * 0.02 : 0.02;
    } else {
        throw InputError(fmt::format("panel '{}' is unknown: must be one of {}", name,
                                     fmt::join(panel_names(), ", ")));
    }
    return setting;
}

void validate(const EnsembleSetting& s)
{
    const auto whole = [](long value) { return static_cast<double>(value); };
    require(s.n >= 2 && s.n <= 65536, "n", whole(s.n), "from 2 to 65536");
    require(s.d >= 1 && s.d <= 65536, "d", whole(s.d), "from 1 to 65536");
    require(s.heads >= 1 && s.heads <= s.d && s.d % s.heads == 0, "heads", whole(s.heads),
            "a divisor of d");
    require(s.layers >= 1 && s.layers <= 1'000'000, "layers", whole(s.layers), "from 1 to 1000000");
    require(std::isfinite(s.beta) && s.beta >= 0 && s.beta <= 1e6, "beta", s.beta,
            "from 0 to 10^6");
    require(std::isfinite(s.alpha) && s.alpha > 0, "alpha", s.alpha, "above 0");
    require(s.tau >= 0 && s.tau <= 1, "tau", s.tau, "from 0 to 1 (a part of the layers)");
    require(std::isfinite(s.gain_squared) && s.gain_squared > 0, "gain^2", s.gain_squared,
            "above 0");
    require(s.law != WeightLaw::Normal || (std::isfinite(s.variance) && s.variance > 0), "variance",
            s.variance, "above 0");
}

} // namespace attest::chance
