#include "attest/flow/validated_rates.hpp"

#include "attest/numbers/errors.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace attest::flow::detail {
namespace {

using Handle = std::shared_ptr<const Expr::Node>;

/// Numbers equal nodes equally, whatever their addresses.
class NodeIndex {
public:
    std::size_t number(const Expr::Node& node)
    {
        if (const auto found = by_address_.find(&node); found != by_address_.end()) {
            return found->second;
        }
        std::string key = std::to_string(static_cast<int>(node.kind));
        for (const Handle& child : node.args) {
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

Ball apply(Expr::Kind kind, const Ball& a)
{
    switch (kind) {
    case Expr::Kind::Negate:
        return -a;
    case Expr::Kind::Exp:
        return exp(a);
    case Expr::Kind::Log:
        return log(a);
    case Expr::Kind::Sqrt:
        return sqrt(a);
    case Expr::Kind::Sin:
        return sin(a);
    default:
        return cos(a);
    }
}

Ball apply(Expr::Kind kind, const Ball& a, const Ball& b)
{
    switch (kind) {
    case Expr::Kind::Add:
        return a + b;
    case Expr::Kind::Subtract:
        return a - b;
    case Expr::Kind::Multiply:
        return a * b;
    default:
        return a / b;
    }
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
                throw InputError("symbol '" + node->name + "' in a formula is not a state");
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

std::vector<Ball> FlatFormulas::operator()(const std::vector<Ball>& values) const
{
    std::vector<Ball> work;
    work.reserve(operations_.size());
    for (const Operation& op : operations_) {
        switch (op.kind) {
        case Expr::Kind::Symbol:
            work.push_back(values[op.a]);
            break;
        case Expr::Kind::Constant:
            work.push_back(op.exact ? op.constant : Ball(op.value));
            break;
        case Expr::Kind::Power:
            work.push_back(pow(work[op.a], op.value));
            break;
        case Expr::Kind::Add:
        case Expr::Kind::Subtract:
        case Expr::Kind::Multiply:
        case Expr::Kind::Divide:
            work.push_back(apply(op.kind, work[op.a], work[op.b]));
            break;
        default:
            work.push_back(apply(op.kind, work[op.a]));
            break;
        }
    }
    std::vector<Ball> out;
    out.reserve(results_.size());
    for (const std::size_t result : results_) {
        out.push_back(work[result]);
    }
    return out;
}

NamedParts name_shared_parts(const std::vector<Expr>& formulas,
                             const std::vector<std::string>& taken)
{
    NodeIndex index;
    std::vector<std::size_t> uses;
    std::vector<std::size_t> results;
    for (const Expr& formula : formulas) {
        results.push_back(index.number(formula.node()));
    }
    uses.resize(index.nodes.size());
    for (const Expr::Node* node : index.nodes) {
        for (const Handle& child : node->args) {
            ++uses[index.number(*child)];
        }
    }
    for (const std::size_t result : results) {
        ++uses[result];
    }
    // A product of signs and constants is shorter than a name for it.
    const std::set<std::string> known(taken.begin(), taken.end());
    NamedParts parts;
    std::vector<Expr> written(index.nodes.size());
    long counter = 0;
    for (std::size_t i = 0; i < index.nodes.size(); ++i) {
        const Expr::Node& node = *index.nodes[i];
        if (node.args.empty()) {
            written[i] = Expr::from_node(std::make_shared<const Expr::Node>(node));
            continue;
        }
        Expr::Node copy = node;
        for (std::size_t k = 0; k < node.args.size(); ++k) {
            copy.args[k] = written[index.number(*node.args[k])].handle();
        }
        written[i] = Expr::from_node(std::make_shared<const Expr::Node>(std::move(copy)));
        if (uses[i] > 1 && node.kind != Expr::Kind::Negate) {
            std::string name;
            do {
                name = "u" + std::to_string(++counter);
            } while (known.contains(name));
            parts.definitions.emplace_back(name, written[i].text());
            written[i] = Expr::symbol(name);
        }
    }
    for (const std::size_t result : results) {
        parts.formulas.push_back(written[result].text());
    }
    return parts;
}

} // namespace attest::flow::detail
