#include "attest/proof/program.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace attest::proof {
namespace {

/// x^k; over a ball around 0 an even power reaches from 0 on and not below.
Ball whole_power(const Ball& x, long k)
{
    if (k > 0 && k % 2 == 0 && x.contains_zero() && x.is_finite()) {
        return Ball::hull(Ball(0), Ball(pow(abs(x), k).upper()));
    }
    return pow(x, k);
}

} // namespace

Program::Program(const std::vector<Expr>& formulas, const std::vector<std::string>& inputs)
{
    std::unordered_map<const Expr::Node*, std::size_t> done;
    const std::function<std::size_t(const Expr::Node&)> compile = [&](const Expr::Node& node) {
        if (const auto found = done.find(&node); found != done.end()) {
            return found->second;
        }
        Operation operation;
        operation.kind = node.kind;
        operation.value = node.value;
        if (node.kind == Expr::Kind::Symbol) {
            const auto input = std::find(inputs.begin(), inputs.end(), node.name);
            if (input == inputs.end()) {
                throw DomainError("no value given for symbol '" + node.name + "'");
            }
            operation.a = static_cast<std::size_t>(input - inputs.begin());
        } else if (!node.args.empty()) {
            operation.a = compile(*node.args[0]);
            operation.b = node.args.size() > 1 ? compile(*node.args[1]) : 0;
        }
        operations_.push_back(std::move(operation));
        done.emplace(&node, operations_.size() - 1);
        return operations_.size() - 1;
    };
    for (const Expr& formula : formulas) {
        results_.push_back(compile(formula.node()));
    }
}

std::vector<Ball> Program::operator()(const std::vector<Ball>& inputs) const
{
    std::vector<Ball> values(operations_.size());
    for (std::size_t i = 0; i < operations_.size(); ++i) {
        const Operation& operation = operations_[i];
        const Ball& a = values[operation.a];
        const Ball& b = values[operation.b];
        switch (operation.kind) {
        case Expr::Kind::Constant:
            values[i] = Ball(operation.value);
            break;
        case Expr::Kind::Symbol:
            values[i] = inputs[operation.a];
            break;
        case Expr::Kind::Negate:
            values[i] = -a;
            break;
        case Expr::Kind::Add:
            values[i] = a + b;
            break;
        case Expr::Kind::Subtract:
            values[i] = a - b;
            break;
        case Expr::Kind::Multiply:
            // A square is no product of independent factors.
            values[i] = operation.a == operation.b ? whole_power(a, 2) : a * b;
            break;
        case Expr::Kind::Divide:
            values[i] = a / b;
            break;
        case Expr::Kind::Power:
            values[i] =
                boost::multiprecision::denominator(operation.value) == 1
                    ? whole_power(
                        a, boost::multiprecision::numerator(operation.value).convert_to<long>())
                    : power(a, operation.value);
            break;
        case Expr::Kind::Exp:
            values[i] = exp(a);
            break;
        case Expr::Kind::Log:
            values[i] = log(a);
            break;
        case Expr::Kind::Sqrt:
            values[i] = sqrt(a);
            break;
        case Expr::Kind::Sin:
            values[i] = sin(a);
            break;
        case Expr::Kind::Cos:
            values[i] = cos(a);
            break;
        }
    }
    std::vector<Ball> results;
    results.reserve(results_.size());
    for (const std::size_t result : results_) {
        results.push_back(values[result]);
    }
    return results;
}

} // namespace attest::proof
