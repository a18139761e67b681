#include "attest/numbers/flat_formulas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

namespace attest {
namespace {

/// Numbers equal nodes equally, whatever their addresses.
class NodeIndex {
public:
    std::size_t number(const Expr::Node& node)
    {
        if (const auto found = by_address_.find(&node); found != by_address_.end()) {
            return found->second;
        }
        std::string key = std::to_string(static_cast<int>(node.kind));
        for (const auto& child : node.args) {
            key += " " + std::to_string(number(*child));
        }
        if (node.kind == Expr::Kind::Constant || node.kind == Expr::Kind::Power) {
            key += " " + to_string(node.value);
        }
        key += " " + node.name;
        const auto [place, inserted] = by_key_.emplace(key, nodes.size());
        if (inserted) {
            nodes.push_back(&node);
        }
        return by_address_[&node] = place->second;
    }

    std::vector<const Expr::Node*> nodes; ///< operands first

private:
    std::unordered_map<const Expr::Node*, std::size_t> by_address_;
    std::map<std::string, std::size_t> by_key_;
};

/// x^k; over a ball around 0 an even power reaches from 0 on and not below.
Ball whole_power(const Ball& x, long k)
{
    if (k > 0 && k % 2 == 0 && x.contains_zero() && x.is_finite()) {
        // A ball may reach further than the exponents of a Real.
        const Real most = pow(abs(x), k).upper();
        if (boost::multiprecision::isfinite(most)) {
            return Ball::hull(Ball(0), Ball(most));
        }
    }
    return pow(x, k);
}

/// A prefix that none of the names begins with.
std::string fresh_prefix(const std::vector<std::string>& names)
{
    std::string prefix = "v";
    while (std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return name.starts_with(prefix); })) {
        prefix += "v";
    }
    return prefix;
}

} // namespace

FlatFormulas::FlatFormulas(const std::vector<Expr>& formulas, const std::vector<std::string>& names)
{
    NodeIndex index;
    for (const Expr& formula : formulas) {
        results_.push_back(index.number(formula.node()));
    }
    for (const Expr::Node* node : index.nodes) {
        Operation op;
        op.kind = node->kind;
        op.value = node->value;
        if (node->kind == Expr::Kind::Symbol) {
            const auto place = std::find(names.begin(), names.end(), node->name);
            if (place == names.end()) {
                throw DomainError("no value given for symbol '" + node->name + "'");
            }
            op.a = static_cast<std::size_t>(place - names.begin());
        } else if (node->kind == Expr::Kind::Constant) {
            op.constant = Ball(op.value);
            op.exact = op.constant.is_exact();
        } else {
            op.a = index.number(*node->args[0]);
            op.b = node->args.size() > 1 ? index.number(*node->args[1]) : 0;
        }
        operations_.push_back(std::move(op));
    }
}

Ball FlatFormulas::value_of(const Operation& op, const Ball& a, const Ball& b)
{
    switch (op.kind) {
    case Expr::Kind::Negate:
        return -a;
    case Expr::Kind::Add:
        return a + b;
    case Expr::Kind::Subtract:
        return a - b;
    case Expr::Kind::Multiply:
        // A square is no product of independent factors.
        return op.a == op.b ? whole_power(a, 2) : a * b;
    case Expr::Kind::Divide:
        return a / b;
    case Expr::Kind::Power:
        return boost::multiprecision::denominator(op.value) == 1
                   ? whole_power(a, boost::multiprecision::numerator(op.value).convert_to<long>())
                   : pow(a, op.value);
    case Expr::Kind::Exp:
        return exp(a);
    case Expr::Kind::Log:
        return log(a);
    case Expr::Kind::Sqrt:
        return sqrt(a);
    case Expr::Kind::Sin:
        return sin(a);
    case Expr::Kind::Cos:
        return cos(a);
    case Expr::Kind::Constant:
    case Expr::Kind::Symbol:
        break;
    }
    return op.exact ? op.constant : Ball(op.value);
}

std::vector<Ball> FlatFormulas::operator()(const std::vector<Ball>& values) const
{
    std::vector<Ball> work(operations_.size());
    for (std::size_t i = 0; i < operations_.size(); ++i) {
        const Operation& op = operations_[i];
        work[i] =
            op.kind == Expr::Kind::Symbol ? values[op.a] : value_of(op, work[op.a], work[op.b]);
    }
    std::vector<Ball> out;
    out.reserve(results_.size());
    for (const std::size_t result : results_) {
        out.push_back(work[result]);
    }
    return out;
}

SharedText shared_text(const std::vector<Expr>& formulas, const std::vector<std::string>& taken)
{
    NodeIndex index;
    std::vector<std::size_t> results;
    std::vector<std::string> names = taken;
    for (const Expr& formula : formulas) {
        results.push_back(index.number(formula.node()));
        const std::vector<std::string> symbols = formula.symbols();
        names.insert(names.end(), symbols.begin(), symbols.end());
    }
    std::vector<std::size_t> uses(index.nodes.size());
    for (const Expr::Node* node : index.nodes) {
        for (const auto& child : node->args) {
            ++uses[index.number(*child)];
        }
    }
    for (const std::size_t result : results) {
        ++uses[result];
    }
    const std::string prefix = fresh_prefix(names);
    SharedText text;
    std::vector<Expr> written(index.nodes.size());
    for (std::size_t i = 0; i < index.nodes.size(); ++i) {
        Expr::Node copy = *index.nodes[i];
        for (auto& child : copy.args) {
            child = written[index.number(*child)].handle();
        }
        // A sign is shorter than a name for it.
        const bool named = uses[i] > 1 && !copy.args.empty() && copy.kind != Expr::Kind::Negate;
        written[i] = Expr::from_node(std::make_shared<const Expr::Node>(std::move(copy)));
        if (named) {
            const std::string name = fmt::format("{}{}", prefix, text.let.size() + 1);
            text.let.emplace_back(name, written[i].text());
            written[i] = Expr::symbol(name);
        }
    }
    for (const std::size_t result : results) {
        text.formulas.push_back(written[result].text());
    }
    return text;
}

} // namespace attest
