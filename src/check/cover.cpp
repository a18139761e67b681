// Kind "cover": a relation to 0 for all values in a product of ranges.
//
// Why acceptance proves it. Take a point of the ranges at which formula is defined. The names of
// "order" (old ones, and chart names through their formulas) have values there that lie in the
// product of the ranges of these names, and that product is the union of the boxes: some box holds
// them. The enclosure of form on that box, or the enclosures on parts whose union it is, have the
// sign, so form has it at the point. formula = factor * form with factor > 0 (>= 0 suffices where
// the relation allows 0) carries the sign over. The mean-value form encloses too: f(x) is f(c) plus
// a gradient on the box times x - c (mean value theorem; the enclosed gradient proves that f is
// differentiable), and where a partial derivative has one sign, the extreme values are taken on a
// face.
#include "box_union.hpp"
#include "certificate.hpp"
#include "number.hpp"
#include "tape.hpp"

namespace check {
namespace {

using Box = std::vector<Interval>;

struct Task {
    Graph graph;
    std::vector<std::string> order;
    std::map<std::string, Interval> others; ///< old names that are not in the order
    int form = -1;
    Relation wanted{};

    template <class C>
    C evaluate(const std::vector<C>& box) const
    {
        Tape<C> tape(graph, {form});
        for (std::size_t i = 0; i < order.size(); ++i) {
            tape.set(order[i], 0, box[i]);
        }
        for (const auto& [name, value] : others) {
            tape.set(name, 0, C(value));
        }
        return tape.value(form);
    }
};

/// What is known of a formula over the ranges; each level includes the ones before it.
enum class Sign { Unknown, Defined, NonNegative, Positive };

Sign enclosed_sign(const Graph& graph, int node, const Ranges& ranges)
{
    try {
        Tape<Interval> tape(graph, {node});
        for (const auto& [name, range] : ranges) {
            tape.set(name, 0, enclose(range));
        }
        const Interval value = tape.value(node);
        return value.lo.sign() > 0    ? Sign::Positive
               : value.lo.sign() == 0 ? Sign::NonNegative
                                      : Sign::Defined;
    } catch (const Undefined&) {
        return Sign::Unknown;
    }
}

/// By its parts: differences and names by their enclosures, the rest also by its operands. A factor
/// has to be defined wherever the formula is, hence the care about divisors and radicands.
Sign sign_of(const Graph& graph, int root, const Ranges& ranges,
             const std::set<std::string>& not_zero)
{
    std::map<int, Sign> signs;
    for (const int i : graph.needed_by({root})) {
        const Node& node = graph[i];
        const Sign a = node.a >= 0 ? signs.at(node.a) : Sign::Unknown;
        const Sign b = node.b >= 0 ? signs.at(node.b) : Sign::Unknown;
        const Sign both = std::min(a, b);
        Sign sign = Sign::Unknown;
        switch (node.op) {
        case Op::Exp:
        case Op::Exprel:
            sign = a >= Sign::Defined ? Sign::Positive : Sign::Unknown;
            break;
        case Op::Multiply:
            sign = both;
            break;
        case Op::Add:
            sign = both >= Sign::NonNegative ? std::max(a, b) : both;
            break;
        case Op::Divide:
            sign = b == Sign::Positive ? a : Sign::Unknown;
            break;
        case Op::Sqrt:
            sign = a >= Sign::NonNegative ? a : Sign::Unknown;
            break;
        case Op::Power: {
            const bool plain = node.value.get_den() == 1 && node.value >= 0;
            const Sign needed = plain             ? Sign::Defined
                                : node.value >= 0 ? Sign::NonNegative
                                                  : Sign::Positive;
            sign = a >= needed ? a : Sign::Unknown;
            break;
        }
        default:
            break;
        }
        sign = std::max(sign, enclosed_sign(graph, i, ranges));
        if (sign == Sign::NonNegative && node.op == Op::Name && not_zero.contains(node.name)) {
            sign = Sign::Positive;
        }
        signs[i] = sign;
    }
    return signs.at(root);
}

/// The enclosure by the mean-value form, with faces where the form is monotone.
Interval mean_value_form(const Task& task, const Box& box)
{
    std::vector<Dual> point;
    for (std::size_t i = 0; i < box.size(); ++i) {
        point.emplace_back(box[i], i, box.size());
    }
    const Dual on_box = task.evaluate(point);
    Box low = box; // where the smallest and the largest value are taken
    Box high = box;
    Box center = box;
    Interval spread;
    for (std::size_t i = 0; i < box.size() && i < on_box.gradient.size(); ++i) {
        const Interval& slope = on_box.gradient[i];
        const Interval left(box[i].lo, box[i].lo);
        const Interval right(box[i].hi, box[i].hi);
        if (slope.lo.sign() >= 0 || slope.hi.sign() <= 0) {
            const bool rises = slope.lo.sign() >= 0;
            const Interval& bottom = rises ? left : right;
            const Interval& top = rises ? right : left;
            low[i] = bottom.bounded() ? bottom : box[i];
            high[i] = top.bounded() ? top : box[i];
        }
        if (box[i].bounded()) {
            center[i] = box[i].middle();
            spread += slope * (box[i] - center[i]);
        }
    }
    const Interval faces(task.evaluate(low).lo, task.evaluate(high).hi);
    const Interval mean = task.evaluate(center) + spread;
    return {std::max(faces.lo, mean.lo), std::min(faces.hi, mean.hi)};
}

/// Does the sign hold on the box, at this precision? why: what was found instead.
bool sign_holds(const Task& task, const Box& box, std::string& why)
{
    try {
        const Interval natural = task.evaluate(box);
        if (holds(natural, task.wanted)) {
            return true;
        }
        why = "form is enclosed in " + natural.text();
        return holds(mean_value_form(task, box), task.wanted);
    } catch (const Undefined& error) {
        why = error.what();
        return false;
    }
}

Range middle_cut(const std::vector<Range>& box, std::size_t& coordinate)
{
    // The widest finite coordinate.
    mpq_class widest = 0;
    for (std::size_t i = 0; i < box.size(); ++i) {
        if (box[i].lo && box[i].hi && *box[i].hi - *box[i].lo > widest) {
            widest = *box[i].hi - *box[i].lo;
            coordinate = i;
        }
    }
    require(widest > 0, "a box that cannot be halved");
    const mpq_class middle = (*box[coordinate].lo + *box[coordinate].hi) / 2;
    return {middle, middle};
}

void check_box(const Task& task, const std::vector<Range>& box, long splits, long bits)
{
    std::string why;
    const auto attempt = [&](long precision_bits) {
        const Precision precision(precision_bits);
        Box enclosed;
        for (const Range& range : box) {
            enclosed.push_back(enclose(range));
        }
        return sign_holds(task, enclosed, why);
    };
    if (attempt(bits)) {
        return;
    }
    if (splits > 0) {
        std::size_t coordinate = 0;
        const Range cut = middle_cut(box, coordinate);
        std::vector<Range> half = box;
        half[coordinate].hi = cut.hi;
        check_box(task, half, splits - 1, bits);
        half = box;
        half[coordinate].lo = cut.lo;
        check_box(task, half, splits - 1, bits);
        return;
    }
    for (const long more : {2, 4, 8}) {
        if (attempt(more * bits)) {
            return;
        }
    }
    std::string place;
    for (std::size_t i = 0; i < box.size(); ++i) {
        place += (i > 0 ? ", " : "") + task.order[i] + " in " + enclose(box[i]).text();
    }
    throw Rejection("the sign is not shown for " + place + ": " + why);
}

/// A rational range around the interval; ends out of reach of exact numbers become 0 or infinite.
Range rational_hull(const Interval& x)
{
    const auto end = [](const Real& value, bool low) -> std::optional<mpq_class> {
        constexpr long reach = 100'000;
        if (value.sign() == 0) {
            return 0;
        }
        const bool outward = low == (value.sign() < 0);
        if (!value.finite() || mpfr_get_exp(value.raw()) > reach) {
            return outward ? std::nullopt : std::optional<mpq_class>(0);
        }
        if (mpfr_get_exp(value.raw()) < -reach) {
            mpq_class tiny(1);
            mpq_div_2exp(tiny.get_mpq_t(), tiny.get_mpq_t(), static_cast<unsigned long>(reach));
            return !outward ? mpq_class(0) : low ? mpq_class(-tiny) : tiny;
        }
        mpq_class result;
        mpfr_get_q(result.get_mpq_t(), value.raw());
        return result;
    };
    return {end(x.lo, true), end(x.hi, false)};
}

} // namespace

void check_cover(const Json& certificate)
{
    const Members members(certificate, {"kind", "formula", "relation", "ranges", "boxes", "order"},
                          {"let", "chart", "factor", "form", "bits", "splits"});
    const Ranges ranges = members.ranges("ranges");
    const Definitions lets = members.lets();
    const long bits = members.count("bits", 32, highest_bits / 8, 128);
    const long splits = members.count("splits", 0, 60, 0);
    Task task;
    task.order = members.names("order");
    task.wanted = relation(members.text("relation"));
    require(task.wanted != Relation::Unequal, "relation '!=' has no cover");

    // Two meanings of the chart names: their formulas, for the identity, and symbols of their own
    // where they are in the order, for the boxes.
    const std::set<std::string> ordered(task.order.begin(), task.order.end());
    Scope old_names(task.graph, lets);
    Scope box_names(task.graph, lets);
    Scope definitions(task.graph, lets);
    for (const auto& [name, range] : ranges) {
        for (Scope* scope : {&old_names, &box_names, &definitions}) {
            scope->symbol(name);
        }
    }
    std::vector<Range> whole;
    std::map<std::string, int> chart;
    if (members.has("chart")) {
        const Json& object = members.at("chart");
        require(object.is_object(), "member 'chart' is not an object");
        for (const auto& [name, formula] : object.items()) {
            require(formula.is_string(), "a chart formula is not a string");
            chart[name] = definitions.parse(formula.get_ref<const std::string&>());
            old_names.define(name, chart[name]);
            box_names.define(name, ordered.contains(name) ? task.graph.name(name) : chart[name]);
        }
    }
    old_names.read_all();
    box_names.read_all();
    for (const std::string& name : task.order) {
        if (const auto old = ranges.find(name); old != ranges.end()) {
            whole.push_back(old->second);
            continue;
        }
        require(chart.contains(name),
                "name '" + shown(name) + "' of the order has neither range nor chart");
        const Precision precision(8 * bits);
        Tape<Interval> tape(task.graph, {chart.at(name)});
        for (const auto& [old, range] : ranges) {
            tape.set(old, 0, enclose(range));
        }
        whole.push_back(rational_hull(tape.value(chart.at(name))));
    }

    const int formula = old_names.parse(members.text("formula"));
    const std::string& form_text = members.text(members.has("form") ? "form" : "formula");
    task.form = box_names.parse(form_text);
    if (members.has("form") || members.has("factor")) {
        const int factor = old_names.parse(members.has("factor") ? members.text("factor") : "1");
        Field field(ranges);
        require_identity(field, task.graph, formula,
                         task.graph.add({Op::Multiply, factor, old_names.parse(form_text), 0, {}}),
                         "formula = factor * form");
        const bool strict = task.wanted == Relation::Less || task.wanted == Relation::Greater;
        require(sign_of(task.graph, factor, ranges, field.divisors(task.graph, formula))
                    >= (strict ? Sign::Positive : Sign::NonNegative),
                "factor is not shown to be positive");
    }

    std::vector<std::vector<Range>> boxes;
    for (const Json& item : members.array("boxes")) {
        check_clock();
        require(item.is_array() && item.size() == task.order.size(),
                "a box does not have one range for each name of the order");
        boxes.emplace_back();
        for (const Json& side : item) {
            boxes.back().push_back(range(side));
        }
    }
    require(!task.order.empty() && !boxes.empty(), "a cover needs a coordinate and a box");
    const std::string hole = uncovered_part(whole, boxes);
    require(hole.empty(), "the boxes leave a part uncovered: " + hole);
    for (const auto& [name, range] : ranges) {
        if (!ordered.contains(name)) {
            task.others.emplace(name, enclose(range));
        }
    }
    for (const auto& box : boxes) {
        check_box(task, box, splits, bits);
    }
}

} // namespace check
