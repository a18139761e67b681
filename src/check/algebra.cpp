// Kinds "identity", "at-least" and "limit": algebra over the rationals, no interval arithmetic.
//
// identity. Every element of a Field is built with relations that hold for the real functions.
// Hence lhs - rhs has a normal form that equals it wherever both sides are defined, and when the
// normal form is 0, so is the difference there.
//
// at-least. field_sign.cpp: a quotient of polynomials with coefficients >= 0 in symbols that are
// >= 0 is >= 0. Squares: lhs >= 0 and lhs^2 >= rhs^2 give lhs >= |rhs| >= rhs.
//
// limit. formula = reduced as above, reduced = N/D, and both N and D are continuous in the name: as
// the name goes to its limit, N/D goes to N(to)/D(to) because D(to) is not 0. Squares: the square
// of a non-negative formula goes to the square of the non-negative limit, hence so do the roots.
#include "certificate.hpp"

#include "number.hpp"

namespace check {
namespace {

void define_names(Scope& scope, const Ranges& ranges)
{
    for (const auto& [name, range] : ranges) {
        scope.symbol(name);
    }
    scope.read_all();
}

} // namespace

void require_identity(Field& field, const Graph& graph, int a, int b, const std::string& what)
{
    const Value difference = field.subtract(field.evaluate(graph, a), field.evaluate(graph, b));
    require(difference.core.is_zero(), what + ": the difference does not have the normal form 0");
}

void check_identity(const Json& certificate)
{
    const Members members(certificate, {"kind", "lhs", "rhs"}, {"let", "nonnegative", "ranges"});
    Ranges ranges = members.has("ranges") ? members.ranges("ranges") : Ranges();
    if (members.has("nonnegative")) {
        for (const std::string& name : members.names("nonnegative")) {
            ranges.emplace(name, Range{0, {}});
        }
    }
    Graph graph;
    const Definitions lets = members.lets();
    Scope scope(graph, lets);
    scope.allow_any_name();
    define_names(scope, ranges);
    Field field(ranges);
    const int lhs = scope.parse(members.text("lhs"));
    require_identity(field, graph, lhs, scope.parse(members.text("rhs")), "lhs = rhs");
}

void check_at_least(const Json& certificate)
{
    const Members members(certificate, {"kind", "lhs", "rhs", "method", "ranges"}, {"let"});
    const Ranges ranges = members.ranges("ranges");
    Graph graph;
    const Definitions lets = members.lets();
    Scope scope(graph, lets);
    define_names(scope, ranges);
    Field field(ranges);
    const Value lhs = field.evaluate(graph, scope.parse(members.text("lhs")));
    const Value rhs = field.evaluate(graph, scope.parse(members.text("rhs")));
    const std::string& method = members.text("method");
    if (method == "difference") {
        require(field.is_nonnegative(field.subtract(lhs, rhs)),
                "lhs - rhs has coefficients of both signs");
    } else {
        require(method == "squares", "method '" + shown(method) + "' is unknown");
        require(field.is_nonnegative(lhs), "lhs has coefficients of both signs");
        require(field.is_nonnegative(
                    field.subtract(field.multiply(lhs, lhs), field.multiply(rhs, rhs))),
                "lhs^2 - rhs^2 has coefficients of both signs");
    }
}

void check_limit(const Json& certificate)
{
    const Members members(certificate,
                          {"kind", "formula", "reduced", "name", "to", "limit", "ranges", "method"},
                          {"let"});
    Ranges ranges = members.ranges("ranges");
    const std::string& name = members.text("name");
    const mpq_class to = members.number("to");
    require(ranges.contains(name), "name '" + shown(name) + "' has no range");
    const Range& own = ranges.at(name);
    require(!own.lo || !own.hi || *own.lo < *own.hi, "the range of '" + name + "' is a point");
    require((!own.lo || *own.lo <= to) && (!own.hi || to <= *own.hi),
            "'to' lies outside the range");
    Graph graph;
    const Definitions lets = members.lets();
    Scope scope(graph, lets);
    define_names(scope, ranges);
    Field field(ranges);
    const int formula_node = scope.parse(members.text("formula"));
    const Value formula = field.evaluate(graph, formula_node);
    const Value reduced = field.evaluate(graph, scope.parse(members.text("reduced")));
    const Value limit = field.evaluate(graph, scope.parse(members.text("limit")));
    const std::string& method = members.text("method");
    const bool squares = method == "squares";
    require(squares || method == "value", "method '" + shown(method) + "' is unknown");
    require(!squares || (field.is_nonnegative(formula) && field.is_nonnegative(limit)),
            "formula or limit has coefficients of both signs");
    const auto squared = [&](const Value& v) { return squares ? field.multiply(v, v) : v; };
    require(field.subtract(squared(formula), reduced).core.is_zero(),
            squares ? "formula^2 is not reduced" : "formula is not reduced");
    std::set<std::string> not_zero = field.divisors(graph, formula_node);
    not_zero.erase(name);
    require(field.is_continuous(reduced, name, to, not_zero),
            "the denominator of reduced may vanish at the limit");
    require(field
                .subtract(field.substitute(reduced, name, to),
                          squared(field.substitute(limit, name, to)))
                .core.is_zero(),
            "reduced has another value at the limit");
}

} // namespace check
