#include "attest/flow/clock_alpha.hpp"

#include "attest/numbers/errors.hpp"

namespace attest::flow {
namespace {

std::optional<Rational> power_of_t(const Expr::Node& node)
{
    if (node.kind == Expr::Kind::Symbol && node.name == "t") {
        return Rational(1);
    }
    if (node.kind == Expr::Kind::Power && node.args[0]->kind == Expr::Kind::Symbol) {
        return node.value;
    }
    return std::nullopt;
}

} // namespace

std::optional<AlphaMonomial> alpha_monomial(const model::Alpha& alpha)
{
    if (!alpha.integral) {
        return std::nullopt;
    }
    const Expr::Node& node = alpha.integral->node();
    if (const auto exponent = power_of_t(node)) {
        return AlphaMonomial{1, *exponent};
    }
    if (node.kind == Expr::Kind::Constant) {
        return AlphaMonomial{node.value, 0};
    }
    if (node.kind == Expr::Kind::Multiply && node.args[0]->kind == Expr::Kind::Constant) {
        if (const auto exponent = power_of_t(*node.args[1])) {
            return AlphaMonomial{node.args[0]->value, *exponent};
        }
    }
    return std::nullopt;
}

Ball alpha_at(const model::Alpha& alpha, const Rational& t)
{
    return alpha.formula.evaluate<Ball>({{"t", Ball(t)}});
}

Ball alpha_integral_at(const model::Alpha& alpha, const Rational& t)
{
    if (!alpha.integral) {
        throw Undecidable("alpha = " + alpha.name + " has no known closed-form integral");
    }
    return t == 0 ? Ball(0) : alpha.integral->evaluate<Ball>({{"t", Ball(t)}});
}

Ball time_of_alpha_integral(const model::Alpha& alpha, const Ball& value)
{
    const auto monomial = alpha_monomial(alpha);
    if (!monomial || monomial->factor <= 0 || monomial->exponent <= 0) {
        throw Undecidable("alpha = " + alpha.name
                          + ": its integral is not known to be a positive power of t");
    }
    return pow(value / Ball(monomial->factor), Rational(1 / monomial->exponent));
}

} // namespace attest::flow
