#include "attest/numbers/expr.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace attest {
namespace {

using NodePtr = std::shared_ptr<const Expr::Node>;
using Rebuild = std::function<NodePtr(NodePtr)>;

NodePtr rebuilt(const NodePtr& node, std::size_t index, NodePtr arg)
{
    auto copy = std::make_shared<Expr::Node>(*node);
    copy->args[index] = std::move(arg);
    return copy;
}

NodePtr with_value(const NodePtr& node, Rational value)
{
    auto copy = std::make_shared<Expr::Node>(*node);
    copy->value = std::move(value);
    return copy;
}

NodePtr with_kind(const NodePtr& node, Expr::Kind kind)
{
    auto copy = std::make_shared<Expr::Node>(*node);
    copy->kind = kind;
    return copy;
}

std::string shown(const NodePtr& node)
{
    return Expr::from_node(node).text();
}

class Mutator {
public:
    std::vector<NearMiss> run(const Expr& formula)
    {
        formula_ = &formula;
        visit(formula.handle(), [](NodePtr node) { return node; });
        return std::move(found_);
    }

private:
    void add(std::string change, const Rebuild& rebuild, NodePtr replacement)
    {
        Expr variant = Expr::from_node(rebuild(std::move(replacement)));
        const bool known = variant == *formula_
                           || std::any_of(found_.begin(), found_.end(), [&](const NearMiss& other) {
                                  return other.formula == variant;
                              });
        if (!known) {
            found_.push_back({std::move(change), std::move(variant)});
        }
    }

    void visit(const NodePtr& node, const Rebuild& rebuild)
    {
        mutate(node, rebuild);
        for (std::size_t i = 0; i < node->args.size(); ++i) {
            visit(node->args[i],
                  [&, i](NodePtr arg) { return rebuild(rebuilt(node, i, std::move(arg))); });
        }
    }

    void mutate(const NodePtr& node, const Rebuild& rebuild)
    {
        const auto& v = node->value;
        switch (node->kind) {
        case Expr::Kind::Constant:
            for (const Rational& other : {Rational(v + 1), Rational(v - 1), Rational(-v),
                                          Rational(v * Rational(1000001, 1000000))}) {
                add(fmt::format("constant {} -> {}", to_string(v), to_string(other)), rebuild,
                    with_value(node, other));
            }
            break;
        case Expr::Kind::Power:
            for (const Rational& other : {Rational(v + 1), Rational(v - 1)}) {
                add(fmt::format("exponent {} -> {}", to_string(v), to_string(other)), rebuild,
                    with_value(node, other));
            }
            break;
        case Expr::Kind::Add:
        case Expr::Kind::Subtract: {
            const bool sum = node->kind == Expr::Kind::Add;
            add("sign flipped before " + shown(node->args[1]), rebuild,
                with_kind(node, sum ? Expr::Kind::Subtract : Expr::Kind::Add));
            add("term dropped: " + shown(node->args[1]), rebuild, node->args[0]);
            add("term dropped: " + shown(node->args[0]), rebuild,
                sum ? node->args[1] : (-Expr::from_node(node->args[1])).handle());
            break;
        }
        case Expr::Kind::Multiply:
            add("factor dropped: " + shown(node->args[1]), rebuild, node->args[0]);
            add("factor dropped: " + shown(node->args[0]), rebuild, node->args[1]);
            break;
        case Expr::Kind::Divide:
            add("divisor dropped: " + shown(node->args[1]), rebuild, node->args[0]);
            break;
        case Expr::Kind::Negate:
            add("minus sign dropped", rebuild, node->args[0]);
            break;
        case Expr::Kind::Sqrt:
            add("square root dropped", rebuild, node->args[0]);
            break;
        case Expr::Kind::Exp:
            add("sign of an exponent flipped: " + shown(node->args[0]), rebuild,
                exp(-Expr::from_node(node->args[0])).handle());
            break;
        case Expr::Kind::Log:
        case Expr::Kind::Sin:
        case Expr::Kind::Cos:
        case Expr::Kind::Symbol:
            break;
        }
    }

    const Expr* formula_ = nullptr;
    std::vector<NearMiss> found_;
};

} // namespace

std::vector<NearMiss> near_misses(const Expr& formula)
{
    return Mutator().run(formula);
}

} // namespace attest
