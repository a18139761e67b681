#include "theorems/terminal_alpha.hpp"

#include "attest/flow/terminal.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "theorems/terminal_proof.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr long alpha_bits = 256;

std::string trimmed(std::string text)
{
    const std::size_t first = text.find_first_not_of(' ');
    const std::size_t last = text.find_last_not_of(' ');
    return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

/// A time at which int alpha lies below -50, where it is known not to tend to +infinity. There
/// |gamma'/alpha| <= 2 while law/alpha = e^{-2 int alpha} > e^100; the closed form goes lower and
/// lower, so that the ratio comes arbitrarily close to 0 and has no limit C > 0.
std::optional<Evidence> enclosed_escape(const model::Alpha& alpha)
{
    if (!alpha.integral || flow::alpha_growth(alpha) != flow::AlphaGrowth::Fails) {
        return std::nullopt;
    }
    const PrecisionScope precision(alpha_bits);
    for (long eighths = 800; eighths < 816; ++eighths) {
        const Ball t = Ball::pi() * eighths / 8;
        const Ball integral = alpha.integral->evaluate<Ball>({{"t", t}});
        if (is_true(less(integral, Ball(-50)))) {
            return Evidence{
                "int alpha along its closed form",
                fmt::format("alpha_t = {}: int_0^t alpha = {} at t = {} pi/8, and lower still "
                            "later; gamma'/law <= 2 e^(2 int alpha) there",
                            alpha.formula.text(), integral.to_string(6), eighths),
                Truth::False,
                Strength::Enclosed,
                {ScopeKind::Points, "alpha_t = " + alpha.formula.text()},
                std::nullopt,
                true,
                alpha_bits};
        }
    }
    return std::nullopt;
}

/// On -1/(n-1) < gamma <= 1 nGPT's gamma' is at most 2 |alpha_t|, so that gamma'/law <= 2 e^{2 A}.
Steps speed_limit()
{
    auto p = symbolic_point();
    p.alpha = 1;
    const Expr velocity = model::NGPT::gamma_dot(p);
    const Expr m = p.n - 1;
    const Expr epsilon = 1 - p.gamma;
    const Expr q = m * p.gamma + 1;
    const Expr a = m * p.gamma + exp(p.beta - p.beta * p.gamma);
    Steps steps;
    steps.at_least("gamma' <= 2 for 0 <= gamma <= 1", Expr(2), velocity);
    steps.identity("gamma'^2 = 4 epsilon^2 q^2/(a^2 + (n-1) epsilon q)", velocity * velocity,
                   4 * pow(epsilon, 2) * pow(q, 2) / (a * a + m * epsilon * q));
    // gamma = -g/m with 0 <= g <= 1: (4 epsilon q/m)/4.
    steps.at_least("4 epsilon q/(n-1) <= 4 for -1/(n-1) <= gamma <= 0", Expr(1),
                   (1 + p.gamma / m) * (1 - p.gamma) / m);
    return steps;
}

/// gamma'/law comes arbitrarily close to 0: no C > 0, for all n and beta.
std::optional<Evidence> exact_escape(const model::Alpha& alpha, const Expr& law)
{
    const std::optional<std::string> along = integral_escapes_along(alpha, -1);
    if (!along || !is_true(constant_multiple(law, terminal_proof("ngpt").law))) {
        return std::nullopt;
    }
    return speed_limit().refutation(
        "exact algebra and int alpha along its closed form",
        fmt::format("{}; gamma'/law <= 2 e^(2 int alpha) tends to 0 along it", *along),
        {ScopeKind::All, fmt::format("alpha_t = {}, all n >= 2, beta > 0", alpha.formula.text())});
}

} // namespace

Truth constant_multiple(const Expr& law, const std::optional<Expr>& derived)
{
    if (!derived) {
        return Truth::Unknown;
    }
    Truth constant = Truth::True;
    for (const char* symbol : {"t", "alpha", "alphaint"}) {
        constant = constant && proof::identical(derivative(law / *derived, symbol), Expr(0));
    }
    return constant;
}

std::optional<std::string> integral_escapes_along(const model::Alpha& alpha, int sign)
{
    const Expr t = sym("t");
    const auto with_symbols = [&](const Expr& formula) {
        return replace_formula(replace_formula(formula, sin(4 * t), sym("sine")), cos(4 * t),
                               sym("cosine"));
    };
    const bool closed = alpha.integral
                        && is_true(proof::identical(alpha.integral->substitute("t", Expr(0)), 0))
                        && is_true(proof::identical(with_symbols(derivative(*alpha.integral, "t")),
                                                    with_symbols(alpha.formula)));
    if (!closed) {
        return std::nullopt;
    }
    for (const auto& [sine, cosine] :
         std::vector<std::pair<long, long>>{{0, 1}, {0, -1}, {1, 0}, {-1, 0}}) {
        const auto at_extremes = [&, s = sine, c = cosine](const Expr& formula) {
            return replace_formula(replace_formula(formula, sin(4 * t), Expr(s)), cos(4 * t),
                                   Expr(c));
        };
        try {
            const Expr slope = derivative(at_extremes(*alpha.integral), "t");
            const Rational value = slope.evaluate<Rational>({{"t", Rational(1)}});
            const bool linear = is_true(proof::identical(slope, Expr(value)));
            const Rational step = at_extremes(alpha.formula).evaluate<Rational>({{"t", 1}});
            if (linear && value * sign > 0 && step != 0) {
                return fmt::format(
                    "alpha_t = {}: int_0^t alpha has slope {} along {}", alpha.formula.text(),
                    to_string(value),
                    alpha.formula.symbols().empty()
                        ? std::string("all t")
                        : fmt::format("the t with sin 4t = {}, cos 4t = {}", sine, cosine));
            }
        } catch (const DomainError&) {
            continue; // an irrational value: not of this form
        }
    }
    return std::nullopt;
}

std::vector<model::Alpha> alphas_of(const Statement& statement)
{
    std::vector<model::Alpha> alphas;
    const auto found = statement.words.find("alphas");
    if (found == statement.words.end()) {
        return alphas;
    }
    std::string rest = found->second;
    while (!rest.empty()) {
        const std::size_t end = rest.find(';');
        alphas.push_back(model::Alpha::parse(trimmed(rest.substr(0, end))));
        rest = end == std::string::npos ? "" : rest.substr(end + 1);
    }
    return alphas;
}

std::vector<Evidence> integral_escapes(const model::Alpha& alpha, const Expr& law)
{
    std::vector<Evidence> found;
    for (const std::optional<Evidence>& item :
         std::vector<std::optional<Evidence>>{enclosed_escape(alpha), exact_escape(alpha, law)}) {
        if (item) {
            found.push_back(*item);
        }
    }
    return found;
}

} // namespace attest::theorems
