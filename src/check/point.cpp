// Kind "point": a relation at one point. The enclosure of lhs - rhs there has one sign, or, for
// "<=" and ">=", the normal form of lhs - rhs is 0 and both sides have a value.
#include "certificate.hpp"
#include "number.hpp"
#include "tape.hpp"

namespace check {
namespace {

bool refuted(const Interval& difference, Relation wanted)
{
    const bool below = wanted == Relation::Less || wanted == Relation::LessEqual;
    return below ? difference.lo.sign() > 0
                 : wanted != Relation::Unequal && difference.hi.sign() < 0;
}

} // namespace

void check_point(const Json& certificate)
{
    const Members members(certificate, {"kind", "lhs", "rhs", "relation", "at"}, {"let", "bits"});
    require(members.at("at").is_object(), "member 'at' is not an object");
    const Relation wanted = relation(members.text("relation"));
    Graph graph;
    const Definitions lets = members.lets();
    Scope scope(graph, lets);
    for (const auto& [name, value] : members.at("at").items()) {
        scope.define(name, graph.add({Op::Constant, -1, -1, number(value), {}}));
    }
    scope.read_all();
    const int lhs = scope.parse(members.text("lhs"));
    const int rhs = scope.parse(members.text("rhs"));
    const int difference = graph.add({Op::Subtract, lhs, rhs, 0, {}});
    std::string last;
    bool defined = false;
    for (long bits = members.count("bits", 32, highest_bits, 128); bits <= highest_bits;
         bits *= 4) {
        const Precision precision(bits);
        try {
            defined = false;
            const Interval value = Tape<Interval>(graph, {difference}).value(difference);
            defined = true;
            if (holds(value, wanted)) {
                return;
            }
            last = "the difference is " + value.text();
            require(!refuted(value, wanted), "the relation is false: " + last);
        } catch (const Undefined& error) { // more bits may separate a divisor from 0
            last = error.what();
        }
    }
    require(defined && (wanted == Relation::LessEqual || wanted == Relation::GreaterEqual),
            "not decided: " + last);
    Field field({});
    require_identity(field, graph, lhs, rhs, "lhs = rhs");
}

} // namespace check
