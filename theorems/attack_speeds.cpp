// Trajectories in closed form as a search space for the ranges of the speed factors.
#include "attest/model/schemes.hpp"
#include "theorems/attack_space.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace attest::theorems {
namespace {

/// n tokens that are equal (apart = false) or form the regular simplex with mean 0. Both are at
/// rest on the sphere: A_k is a positive multiple of theta_k, <theta_k, A_k> = |A_k| = f.
class SpeedSpace final : public AttackSpace {
public:
    SpeedSpace(std::string scheme, long n, bool apart, AttackSetting setting) :
        scheme_(std::move(scheme)), n_(n), apart_(apart), setting_(std::move(setting))
    {
        // The scheme's own r' and s for this trajectory: r' is constant in each phase.
        model::TokenView<Expr> token{sym("r"),     sym("f"), sym("f"),
                                     sym("alpha"), sym("t"), sym("late")};
        std::tie(grows_, factor_) = model::with_scheme(scheme_, [&](auto s) {
            return std::pair(decltype(s)::r_dot(token), decltype(s)::speed_factor(token));
        });
    }

    std::string title() const override
    {
        return apart_ ? fmt::format("the regular simplex of {} tokens at rest", n_)
                      : std::string("equal tokens");
    }
    const std::vector<std::string>& names() const override
    {
        static const std::vector<std::string> list = {"s", "t", "r0", "alpha", "tau", "delta", "n"};
        return list;
    }
    proof::SearchSpace box() const override
    {
        // log10 of t, r_0, alpha, tau, beta; the part of the way to the largest delta.
        return {{-6, -6, -3, -6, -3, 0}, {6, 6, 3, 6, 2, largest_part}, {1, 1, 1, 1, 1, 0.2}};
    }
    std::vector<std::vector<double>> starts(std::size_t count, std::uint64_t seed) const override
    {
        UniformStream draw(seed + static_cast<std::uint64_t>(n_));
        std::vector<std::vector<double>> list;
        for (std::size_t i = 0; i < count; ++i) {
            list.push_back({draw(-3, 3), draw(-3, 3), draw(-2, 2), draw(-3, 3), draw(-3, 2),
                            i % 2 == 0 ? 0 : draw(0, 1)});
        }
        return list;
    }
    void values(const std::vector<double>& x,
                std::vector<std::vector<double>>& places) const override
    {
        places.clear();
        const double n = static_cast<double>(n_);
        const double least = apart_ ? n / (n - 1) : 0;
        if (setting_.largest_delta && least > setting_.largest_delta->convert_to<double>()) {
            return;
        }
        const double t = std::pow(10, x[0]);
        const double r0 = std::pow(10, x[1]);
        const double tau = std::pow(10, x[3]);
        const double beta = beta_of(x[4], least);
        const double gamma = 1 - least;
        const double E = std::exp(beta * (gamma - 1)); // relative to e^beta
        const double f = apart_ ? (1 - E) / (1 + (n - 1) * E) : 1;
        const bool mix = scheme_ == model::MixLN::name;
        std::map<std::string, double> at = {{"f", f},
                                            {"alpha", std::pow(10, x[2])},
                                            {"t", t},
                                            {"late", mix && t <= tau ? 0 : 1},
                                            {"r", 1}};
        const double rate = grows_.evaluate(at);
        at["r"] = mix ? 1 + (t <= tau ? 0 : (t - tau) * rate) : r0 + t * rate;
        places.push_back({factor_.evaluate(at), t, r0, at["alpha"], tau,
                          least + x[5] * (largest_delta(beta) - least), n});
    }
    std::optional<ExactPlace> exact(const std::vector<double>& x, std::size_t place,
                                    double tolerance) const override;

private:
    double beta_of(double y, double least) const
    {
        const double most = 1 / (10 * static_cast<double>(n_) * std::sqrt(least));
        return std::min(std::pow(10, y), (1 - 1e-9) * most);
    }
    double largest_delta(double beta) const
    {
        const double n = static_cast<double>(n_);
        const double bound = std::min(2.0, 1 / (100 * n * n * beta * beta));
        return setting_.largest_delta
                   ? std::min(bound, setting_.largest_delta->convert_to<double>())
                   : bound;
    }

    std::string scheme_;
    long n_;
    bool apart_;
    AttackSetting setting_;
    Expr grows_;
    Expr factor_;
};

std::optional<ExactPlace> SpeedSpace::exact(const std::vector<double>& x, std::size_t,
                                            double tolerance) const
{
    const auto power_of_ten = [&](double y) {
        const double value = std::pow(10, y);
        return proof::simplest_rational(value, tolerance * value);
    };
    const Rational n(n_);
    const Rational least = apart_ ? Rational(n / (n - 1)) : Rational(0);
    const double beta_near = beta_of(x[4], least.convert_to<double>()) * (1 - 1.5 * tolerance);
    const Rational beta = proof::simplest_rational(beta_near, 0.5 * tolerance * beta_near);
    if (beta <= 0) {
        return std::nullopt;
    }
    Rational largest = 1 / (100 * n * n * beta * beta);
    largest = largest < 2 ? largest : Rational(2);
    if (setting_.largest_delta && *setting_.largest_delta < largest) {
        largest = *setting_.largest_delta;
    }
    Rational part = proof::simplest_rational(x[5], tolerance);
    part = part < 0 ? Rational(0) : part >= 1 ? Rational(999999, 1000000) : part;
    if (least > largest || 100 * n * n * beta * beta * least >= 1) {
        return std::nullopt;
    }
    const Rational delta = least + part * (largest - least);
    const Rational t = power_of_ten(x[0]);
    const Rational r0 = power_of_ten(x[1]);
    const Rational alpha = power_of_ten(x[2]);
    const Rational tau = power_of_ten(x[3]);
    const bool mix = scheme_ == model::MixLN::name;
    const bool late = !mix || t > tau;
    ExactPlace result;
    result.values.what = {{"n", std::to_string(n_)},   {"tokens", title()},
                          {"delta", to_string(delta)}, {"beta", to_string(beta)},
                          {"r_k(0)", to_string(r0)},   {"alpha_t", to_string(alpha)},
                          {"tau", to_string(tau)},     {"t", to_string(t)}};
    result.values.exact = {{"n", n},         {"delta", delta}, {"beta", beta}, {"r0", r0},
                           {"alpha", alpha}, {"tau", tau},     {"t", t}};
    const Expr E = exp(Expr(Rational(-least)) * sym("beta"));
    const Expr f = apart_ ? (1 - E) / (1 + (sym("n") - 1) * E) : Expr(1);
    const auto put = [&](const Expr& formula) {
        return formula.substitute("f", f).substitute("late", Expr(late ? 1 : 0));
    };
    const Expr grown = mix ? 1 + (late ? sym("t") - sym("tau") : Expr(0)) * put(grows_)
                           : sym("r0") + sym("t") * put(grows_);
    result.formulas = {{"s", put(factor_).substitute("r", grown)}};
    return result;
}

} // namespace

std::vector<std::unique_ptr<AttackSpace>> speed_spaces(std::string_view scheme,
                                                       const AttackSetting& setting)
{
    std::vector<std::unique_ptr<AttackSpace>> spaces;
    spaces.push_back(std::make_unique<SpeedSpace>(std::string(scheme), 2, false, setting));
    for (const long n : {2, 3, 10}) {
        spaces.push_back(std::make_unique<SpeedSpace>(std::string(scheme), n, true, setting));
    }
    return spaces;
}

} // namespace attest::theorems
