#include "tape.hpp"

namespace check {
namespace {

/// The sum of a_i b_(k-i) for i = from, ..., to.
template <class C>
C convolution(const std::vector<C>& a, const std::vector<C>& b, std::size_t k, std::size_t from,
              std::size_t to)
{
    C sum;
    for (std::size_t i = from; i <= to && i <= k; ++i) {
        if (!a[i].is_zero() && !b[k - i].is_zero()) {
            sum += a[i] * b[k - i];
        }
    }
    return sum;
}

/// The sum of i a_i b_(k-i) for i = 1, ..., k: k times the coefficient k of the integral of a' b.
template <class C>
C derivative_convolution(const std::vector<C>& a, const std::vector<C>& b, std::size_t k)
{
    C sum;
    for (std::size_t i = 1; i <= k; ++i) {
        if (!a[i].is_zero() && !b[k - i].is_zero()) {
            sum += C(static_cast<long>(i)) * a[i] * b[k - i];
        }
    }
    return sum;
}

} // namespace

template <class C>
Tape<C>::Tape(const Graph& graph, const std::vector<int>& roots) :
    graph_(graph), order_(graph.needed_by(roots)), slot_(graph.size(), 0), series_(order_.size()),
    helper_(order_.size())
{
    for (std::size_t i = 0; i < order_.size(); ++i) {
        slot_[static_cast<std::size_t>(order_[i])] = i;
    }
}

template <class C>
void Tape<C>::set(const std::string& name, std::size_t order, C coefficient)
{
    Series& series = names_[name];
    series.resize(std::max(series.size(), order + 1));
    series[order] = std::move(coefficient);
}

template <class C>
void Tape<C>::next()
{
    for (std::size_t i = 0; i < order_.size(); ++i) {
        check_clock();
        series_[i].push_back(compute(i, next_));
    }
    ++next_;
}

template <class C>
const C& Tape<C>::coefficient(int node, std::size_t order) const
{
    return operand(node)[order];
}

template <class C>
C Tape<C>::value(int node)
{
    next();
    return coefficient(node, 0);
}

template <class C>
C Tape<C>::compute(std::size_t i, std::size_t k)
{
    const Node& node = graph_[order_[i]];
    const auto a = [&]() -> const Series& { return operand(node.a); };
    const auto b = [&]() -> const Series& { return operand(node.b); };
    switch (node.op) {
    case Op::Constant:
        return k == 0 ? C(Interval(node.value)) : C();
    case Op::Name: {
        const auto found = names_.find(node.name);
        if (found == names_.end()) {
            throw Rejection("name '" + node.name + "' has no value or range");
        }
        return k < found->second.size() ? found->second[k] : C();
    }
    case Op::Negate:
        return -a()[k];
    case Op::Add:
        return a()[k] + b()[k];
    case Op::Subtract:
        return a()[k] - b()[k];
    case Op::Multiply:
        // A square has one sign, which the product of two enclosures does not know.
        return k == 0 && node.a == node.b ? pow(a()[0], 2) : convolution(a(), b(), k, 0, k);
    case Op::Divide: // a = q b
        return k == 0 ? a()[0] / b()[0] : (a()[k] - convolution(b(), series_[i], k, 1, k)) / b()[0];
    default:
        return compute_function(i, k);
    }
}

template <class C>
C Tape<C>::compute_function(std::size_t i, std::size_t k)
{
    const Node& node = graph_[order_[i]];
    const Series& x = operand(node.a);
    const Series& self = series_[i];
    const C order(static_cast<long>(std::max<std::size_t>(k, 1)));
    switch (node.op) {
    case Op::Power:
        return node.value.get_den() == 1 && node.value >= 0 ? compute_integer_power(i, k)
                                                            : compute_power(x, self, node.value, k);
    case Op::Sqrt: { // f f = x: tighter on wide intervals than the power's division by x
        if (k == 0) {
            return sqrt(x[0]);
        }
        C sum = x[k];
        for (std::size_t j = 1; j < k; ++j) {
            sum = sum - self[j] * self[k - j];
        }
        return sum / (C(2) * self[0]);
    }
    case Op::Exp: // f' = x' f
        return k == 0 ? exp(x[0]) : derivative_convolution(x, self, k) / order;
    case Op::Log: { // x f' = x'
        if (k == 0) {
            return log(x[0]);
        }
        C sum = order * x[k];
        for (std::size_t j = 1; j < k; ++j) {
            sum = sum - C(static_cast<long>(j)) * self[j] * x[k - j];
        }
        return sum / (order * x[0]);
    }
    case Op::Sin:
    case Op::Cos: { // s' = x' c, c' = -x' s
        const bool sine = node.op == Op::Sin;
        auto& partner = helper_[i];
        partner.resize(1);
        if (k == 0) {
            partner[0].push_back(sine ? cos(x[0]) : sin(x[0]));
            return sine ? sin(x[0]) : cos(x[0]);
        }
        C mine = derivative_convolution(x, partner[0], k) / order;
        C other = derivative_convolution(x, self, k) / order;
        partner[0].push_back(sine ? -other : other);
        return sine ? mine : -mine;
    }
    default:
        return compose_exprel(i, k);
    }
}

template <class C>
C Tape<C>::compute_power(const Series& x, const Series& result, const mpq_class& exponent,
                         std::size_t k) const
{
    if (k == 0) {
        return pow(x[0], exponent);
    }
    // x f' = e x' f
    C sum;
    for (std::size_t j = 1; j <= k; ++j) {
        if (!x[j].is_zero()) {
            const mpq_class weight = exponent * static_cast<long>(j) - static_cast<long>(k - j);
            sum += C(Interval(weight)) * x[j] * result[k - j];
        }
    }
    return sum.is_zero() ? C() : sum / (C(static_cast<long>(k)) * x[0]);
}

/// Repeated products: unlike the recurrence they need no division by an x that may vanish.
template <class C>
C Tape<C>::compute_integer_power(std::size_t i, std::size_t k)
{
    const Node& node = graph_[order_[i]];
    const Series& x = operand(node.a);
    const auto exponent = static_cast<std::size_t>(node.value.get_num().get_ui());
    if (exponent == 0) {
        return C(k == 0 ? 1 : 0);
    }
    if (k == 0) {
        return pow(x[0], node.value);
    }
    auto& powers = helper_[i]; // powers[j]: coefficients of x^(j+1)
    powers.resize(exponent);
    for (std::size_t j = 0; j < exponent; ++j) {
        if (k == 1) {
            powers[j].push_back(pow(x[0], static_cast<long>(j) + 1));
        }
        powers[j].push_back(j == 0 ? x[k] : convolution(x, powers[j - 1], k, 0, k));
    }
    return powers.back()[k];
}

/// exprel is entire: its Taylor coefficients at x_0 times the powers of x - x_0.
template <class C>
C Tape<C>::compose_exprel(std::size_t i, std::size_t k)
{
    const Series& x = operand(graph_[order_[i]].a);
    auto& powers = helper_[i]; // powers[j - 1]: coefficients of (x - x_0)^j
    if (k == 0) {
        return exprel_coefficient(0, x[0]);
    }
    powers.emplace_back(k, C()); // the power k begins with order k
    C sum;
    for (std::size_t j = 1; j <= k; ++j) {
        powers[j - 1].push_back(j == 1 ? x[k] : convolution(x, powers[j - 2], k, 1, k - j + 1));
        sum += exprel_coefficient(static_cast<unsigned>(j), x[0]) * powers[j - 1][k];
    }
    return sum;
}

template class Tape<Interval>;
template class Tape<Dual>;

} // namespace check
