// Kind "integral": an enclosure of a definite integral, for all parameter values in their ranges.
//
// On a cell with middle c and half width h the integrand is the sum of f_k (x-c)^k for k <= p plus
// f_(p+1)(xi) (x-c)^(p+1) (Taylor, Lagrange), f_k the Taylor coefficients at c, the last one taken
// somewhere in the cell. Integrated: f_k contributes 2 f_k h^(k+1)/(k+1) for even k and nothing for
// odd k; of the remainder's weight |x-c|^(p+1) each half of the cell has h^(p+2)/(p+2), with its
// sign. That all coefficients exist on the cell proves that the integrand is smooth there.
#include "certificate.hpp"
#include "tape.hpp"

namespace check {
namespace {

struct Integrand {
    Graph graph;
    int root = -1;
    std::string name;
    std::map<std::string, Interval> parameters;

    /// Taylor coefficients up to that order about a point, or for all points of an interval.
    std::vector<Interval> expand(const Interval& about, std::size_t order) const
    {
        Tape<Interval> tape(graph, {root});
        for (const auto& [parameter, value] : parameters) {
            tape.set(parameter, 0, value);
        }
        tape.set(name, 0, about);
        tape.set(name, 1, Interval(1));
        std::vector<Interval> result;
        for (std::size_t k = 0; k <= order; ++k) {
            tape.next();
            result.push_back(tape.coefficient(root, k));
        }
        return result;
    }
};

Interval over_cell(const Integrand& integrand, const mpq_class& from, const mpq_class& to,
                   long order)
{
    const auto p = static_cast<std::size_t>(order);
    const mpq_class middle = (from + to) / 2;
    const Interval half(mpq_class((to - from) / 2));
    const std::vector<Interval> at_middle = integrand.expand(Interval(middle), p);
    const Interval last = integrand.expand(Interval(from, to), p + 1).back();
    Interval sum;
    for (std::size_t k = 0; k <= p; k += 2) {
        const auto weight = static_cast<long>(k) + 1;
        sum += Interval(2) * at_middle[k] * pow(half, weight) / Interval(weight);
    }
    const Interval right = last * pow(half, order + 2) / Interval(order + 2);
    return sum + (order % 2 != 0 ? right + right : right - right);
}

} // namespace

void check_integral(const Json& certificate)
{
    const Members members(
        certificate,
        {"kind", "integrand", "name", "from", "to", "cells", "orders", "enclosure", "bits"},
        {"let", "ranges"});
    const Precision precision(members.count("bits", 32, highest_bits, 128));
    Integrand integrand;
    integrand.name = members.text("name");
    const Definitions lets = members.lets();
    Scope scope(integrand.graph, lets);
    scope.symbol(integrand.name);
    if (members.has("ranges")) {
        for (const auto& [parameter, range] : members.ranges("ranges")) {
            scope.symbol(parameter);
            integrand.parameters.emplace(parameter, enclose(range));
        }
    }
    scope.read_all();
    integrand.root = scope.parse(members.text("integrand"));
    const long order = members.count("orders", 0, highest_order, 0);
    const Json& cells = members.array("cells");
    require(cells.size() >= 2, "fewer than two cell ends");
    require(number(cells.front()) == members.number("from")
                && number(cells.back()) == members.number("to"),
            "the cells do not reach from 'from' to 'to'");
    Interval sum;
    mpq_class left = number(cells.front());
    for (std::size_t i = 1; i < cells.size(); ++i) {
        const mpq_class right = number(cells[i]);
        require(left < right, "the ends of the cells do not increase");
        sum += over_cell(integrand, left, right, order);
        left = right;
    }
    // Compared with ends rounded inwards.
    const auto [lo, hi] = bounded_range(members.at("enclosure"));
    require(Real(lo, MPFR_RNDU) <= sum.lo && sum.hi <= Real(hi, MPFR_RNDD),
            "the integral is only shown to lie in " + sum.text());
}

} // namespace check
