#include "attest/flow/taylor_tape.hpp"

#include "attest/flow/taylor_simplify.hpp"
#include "attest/numbers/errors.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>

namespace attest::flow {
namespace {

/// A linear combination of operations with constant weights, not yet an operation itself.
struct Affine {
    std::map<std::size_t, Expr> terms;
    Expr constant{0L};

    bool is_constant() const { return terms.empty(); }
};

bool is_zero(const Expr& constant)
{
    return constant == Expr(0L);
}

/// Arithmetic on constants keeps rationals folded and anything else recorded.
Expr fold(const Expr& e)
{
    return simplify(e);
}

class Compiler {
public:
    explicit Compiler(const System& system) : system_(system) {}

    Tape run()
    {
        tape_.states = system_.states.size();
        for (std::size_t i = 0; i < system_.states.size(); ++i) {
            Tape::Operation op;
            op.kind = Tape::Kind::State;
            op.a = i;
            symbols_[system_.states[i]] = push(op, "state " + std::to_string(i));
        }
        for (const Expr& rate : system_.rates) {
            collect_exponents(rate.node());
        }
        for (const Expr& rate : system_.rates) {
            tape_.rates.push_back(materialise(read(rate.node())));
        }
        return std::move(tape_);
    }

private:
    std::size_t push(Tape::Operation op, const std::string& key)
    {
        if (const auto found = shared_.find(key); found != shared_.end()) {
            return found->second;
        }
        tape_.operations.push_back(std::move(op));
        return shared_[key] = tape_.operations.size() - 1;
    }

    std::size_t constant(const Expr& value)
    {
        const std::string key = value.text();
        if (const auto found = constants_.find(key); found != constants_.end()) {
            return found->second;
        }
        tape_.constants.push_back(value);
        return constants_[key] = tape_.constants.size() - 1;
    }

    std::size_t materialise(const Affine& affine)
    {
        Tape::Operation op;
        if (affine.is_constant()) {
            op.kind = Tape::Kind::Constant;
            op.constant = constant(affine.constant);
            return push(op, "constant " + std::to_string(op.constant));
        }
        if (affine.terms.size() == 1 && is_zero(affine.constant)
            && affine.terms.begin()->second == Expr(1L)) {
            return affine.terms.begin()->first;
        }
        op.kind = Tape::Kind::Linear;
        std::string key = "linear";
        for (const auto& [operand, weight] : affine.terms) {
            op.terms.push_back({operand, constant(weight)});
            key += " " + std::to_string(operand) + "*" + std::to_string(op.terms.back().weight);
        }
        if (!is_zero(affine.constant)) {
            op.constant = constant(affine.constant);
            key += " + " + std::to_string(op.constant);
        }
        return push(op, key);
    }

    static Affine single(std::size_t operation)
    {
        Affine a;
        a.terms.emplace(operation, Expr(1L));
        return a;
    }

    static Affine constant_affine(const Expr& value)
    {
        Affine a;
        a.constant = value;
        return a;
    }

    static Affine scaled(const Affine& a, const Expr& factor)
    {
        Affine result;
        if (is_zero(factor)) {
            return result;
        }
        for (const auto& [operand, weight] : a.terms) {
            result.terms.emplace(operand, fold(weight * factor));
        }
        result.constant = fold(a.constant * factor);
        return result;
    }

    static Affine sum(const Affine& a, const Affine& b)
    {
        Affine result = a;
        for (const auto& [operand, weight] : b.terms) {
            const auto [place, inserted] = result.terms.emplace(operand, weight);
            if (!inserted) {
                place->second = fold(place->second + weight);
                if (is_zero(place->second)) {
                    result.terms.erase(place);
                }
            }
        }
        result.constant = fold(a.constant + b.constant);
        return result;
    }

    Affine unary(Tape::Kind kind, std::size_t a, const Rational& exponent = 0)
    {
        Tape::Operation op;
        op.kind = kind;
        op.a = a;
        op.exponent = exponent;
        return single(push(op, "unary " + std::to_string(static_cast<int>(kind)) + " "
                                   + std::to_string(a) + " " + to_string(exponent)));
    }

    Affine product(const Affine& a, const Affine& b)
    {
        if (a.is_constant()) {
            return scaled(b, a.constant);
        }
        if (b.is_constant()) {
            return scaled(a, b.constant);
        }
        // A common factor of one operand is cheaper outside: (c x) y = c (x y).
        if (a.terms.size() == 1 && is_zero(a.constant) && !(a.terms.begin()->second == Expr(1L))) {
            return scaled(product(single(a.terms.begin()->first), b), a.terms.begin()->second);
        }
        if (b.terms.size() == 1 && is_zero(b.constant) && !(b.terms.begin()->second == Expr(1L))) {
            return scaled(product(a, single(b.terms.begin()->first)), b.terms.begin()->second);
        }
        const auto [i, j] = std::minmax({materialise(a), materialise(b)});
        if (i == j) {
            return unary(Tape::Kind::Square, i);
        }
        Tape::Operation op;
        op.kind = Tape::Kind::Multiply;
        op.a = i;
        op.b = j;
        return single(push(op, "multiply " + std::to_string(i) + " " + std::to_string(j)));
    }

    Affine quotient(const Affine& a, const Affine& b)
    {
        if (b.is_constant()) {
            return scaled(a, fold(1 / b.constant));
        }
        if (a.terms.size() == 1 && is_zero(a.constant) && !(a.terms.begin()->second == Expr(1L))) {
            return scaled(quotient(single(a.terms.begin()->first), b), a.terms.begin()->second);
        }
        if (a.is_constant() && !(a.constant == Expr(1L))) {
            return scaled(quotient(constant_affine(Expr(1L)), b), a.constant);
        }
        Tape::Operation op;
        op.kind = Tape::Kind::Divide;
        op.a = materialise(a);
        op.b = materialise(b);
        return single(push(op, "divide " + std::to_string(op.a) + " " + std::to_string(op.b)));
    }

    /// c in exp(c x) for a rational c and one operation x.
    static std::optional<Rational> single_exponent(const Affine& a)
    {
        if (a.terms.size() == 1 && is_zero(a.constant)
            && a.terms.begin()->second.node().kind == Expr::Kind::Constant) {
            return a.terms.begin()->second.node().value;
        }
        return std::nullopt;
    }

    /// Finds which multiples of one operation are exponents, so that e^{10x} and e^{5x} need one
    /// exponential and a square.
    void collect_exponents(const Expr::Node& node)
    {
        if (!visited_.insert(&node).second) {
            return;
        }
        for (const auto& child : node.args) {
            collect_exponents(*child);
        }
        if (node.kind == Expr::Kind::Exp) {
            // The arguments are read here before all exponents are known; only an exponential
            // inside an exponential could see an unfinished entry, and it stays correct.
            const Affine a = read(*node.args[0]);
            if (const auto c = single_exponent(a); c && *c > 0) {
                Rational& unit = exponent_unit_[a.terms.begin()->first];
                unit = unit == 0 ? *c : common_measure(unit, *c);
            }
        }
    }

    /// Largest rational of which both are whole multiples.
    static Rational common_measure(const Rational& a, const Rational& b)
    {
        namespace mp = boost::multiprecision;
        const Integer denominator =
            mp::lcm(Integer(mp::denominator(a)), Integer(mp::denominator(b)));
        const Integer common = mp::gcd(Integer(mp::numerator(Rational(a * denominator))),
                                       Integer(mp::numerator(Rational(b * denominator))));
        return Rational(common) / Rational(denominator);
    }

    Affine exponential(const Affine& a)
    {
        if (const auto c = single_exponent(a); c && *c > 0) {
            const Rational multiple = *c / exponent_unit_[a.terms.begin()->first];
            if (boost::multiprecision::denominator(multiple) == 1 && multiple > 1
                && multiple <= 4) {
                const Affine unit = exponential(scaled(a, Expr(Rational(1 / multiple))));
                return whole_power(unit,
                                   boost::multiprecision::numerator(multiple).convert_to<long>());
            }
        }
        return unary(Tape::Kind::Exp, materialise(a));
    }

    Affine whole_power(const Affine& base, long exponent)
    {
        if (exponent == 0) {
            return constant_affine(Expr(1L));
        }
        const Affine half = whole_power(base, exponent / 2);
        const Affine even = exponent < 2 ? constant_affine(Expr(1L)) : product(half, half);
        return exponent % 2 == 0 ? even : product(even, base);
    }

    Affine sine_or_cosine(bool sine, std::size_t a)
    {
        const std::string key = "sincos " + std::to_string(a);
        if (!shared_.contains(key)) {
            Tape::Operation s;
            s.kind = Tape::Kind::Sin;
            s.a = a;
            s.b = tape_.operations.size() + 1;
            Tape::Operation c;
            c.kind = Tape::Kind::Cos;
            c.a = a;
            c.b = tape_.operations.size();
            tape_.operations.push_back(s);
            tape_.operations.push_back(c);
            shared_[key] = s.b - 1;
        }
        return single(shared_[key] + (sine ? 0 : 1));
    }

    Affine read(const Expr::Node& node)
    {
        if (const auto found = done_.find(&node); found != done_.end()) {
            return found->second;
        }
        Affine result = compute(node);
        done_.emplace(&node, result);
        return result;
    }

    Affine compute(const Expr::Node& node)
    {
        const auto arg = [&](std::size_t i) { return read(*node.args[i]); };
        // A function of constants stays one recorded constant.
        if (!node.args.empty()) {
            const bool all_constant =
                std::all_of(node.args.begin(), node.args.end(),
                            [&](const auto& child) { return read(*child).is_constant(); });
            if (all_constant) {
                std::vector<Expr> values;
                for (std::size_t i = 0; i < node.args.size(); ++i) {
                    values.push_back(arg(i).constant);
                }
                Expr::Node copy = node;
                for (std::size_t i = 0; i < values.size(); ++i) {
                    copy.args[i] = values[i].handle();
                }
                return constant_affine(
                    fold(Expr::from_node(std::make_shared<const Expr::Node>(std::move(copy)))));
            }
        }
        switch (node.kind) {
        case Expr::Kind::Constant:
            return constant_affine(Expr(node.value));
        case Expr::Kind::Symbol: {
            if (node.name == system_.independent) {
                Tape::Operation op;
                op.kind = Tape::Kind::Independent;
                return single(push(op, "independent"));
            }
            return single(symbols_.at(node.name));
        }
        case Expr::Kind::Negate:
            return scaled(arg(0), Expr(-1L));
        case Expr::Kind::Add:
            return sum(arg(0), arg(1));
        case Expr::Kind::Subtract:
            return sum(arg(0), scaled(arg(1), Expr(-1L)));
        case Expr::Kind::Multiply:
            return product(arg(0), arg(1));
        case Expr::Kind::Divide:
            return quotient(arg(0), arg(1));
        case Expr::Kind::Power:
            if (boost::multiprecision::denominator(node.value) == 1) {
                // By products: the recurrence for powers fails where the base is 0.
                const Rational magnitude = abs(node.value);
                const Affine p = whole_power(
                    arg(0), boost::multiprecision::numerator(magnitude).convert_to<long>());
                return node.value > 0 ? p : quotient(constant_affine(Expr(1L)), p);
            }
            return unary(Tape::Kind::Power, materialise(arg(0)), node.value);
        case Expr::Kind::Exp:
            return exponential(arg(0));
        case Expr::Kind::Log:
            return unary(Tape::Kind::Log, materialise(arg(0)));
        case Expr::Kind::Sqrt:
            return unary(Tape::Kind::Sqrt, materialise(arg(0)));
        case Expr::Kind::Sin:
            return sine_or_cosine(true, materialise(arg(0)));
        case Expr::Kind::Cos:
            return sine_or_cosine(false, materialise(arg(0)));
        }
        throw DomainError("malformed expression");
    }

    const System& system_;
    Tape tape_;
    std::map<std::string, std::size_t> symbols_;
    std::unordered_map<std::string, std::size_t> shared_;
    std::map<std::string, std::size_t> constants_;
    std::map<const Expr::Node*, Affine> done_;
    std::set<const Expr::Node*> visited_;
    std::map<std::size_t, Rational> exponent_unit_;
};

} // namespace

double Tape::convolutions() const
{
    double count = 0;
    for (const Operation& op : operations) {
        switch (op.kind) {
        case Kind::Square:
        case Kind::Sqrt:
            count += 0.5;
            break;
        case Kind::Multiply:
        case Kind::Divide:
        case Kind::Exp:
        case Kind::Log:
        case Kind::Sin:
        case Kind::Cos:
            count += 1;
            break;
        case Kind::Power:
            count += 2;
            break;
        case Kind::Independent:
        case Kind::State:
        case Kind::Constant:
        case Kind::Linear:
            break;
        }
    }
    return count;
}

Tape compile(const System& system, const std::vector<std::string>& positive)
{
    validate(system);
    System simplified = system;
    for (Expr& rate : simplified.rates) {
        rate = simplify(rate, positive);
    }
    return Compiler(simplified).run();
}

Tape compile_as_written(const System& system)
{
    validate(system);
    return Compiler(system).run();
}

} // namespace attest::flow
