#include "attest/proof/boxes.hpp"

#include "attest/numbers/flat_formulas.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace attest::proof {
namespace {

/// (e^x - 1)/x as a formula; for algebra only, it has no value at x = 0.
Expr divided(const Expr& x)
{
    return (exp(x) - 1) / x;
}

/// phi'(x) for phi(x) = (e^x - 1)/x = int_0^1 e^{s x} ds, that is int_0^1 s e^{s x} ds: increasing,
/// 1/2 at 0, and between 1/2 and e^x/2 because e^{s x} lies between 1 and e^x.
Ball divided_slope(const Ball& x)
{
    return Ball::hull(Ball(1), exp(x)) / Ball(2);
}

/// The form over the coordinates, with everything that depends on them computed along the way, and
/// its derivatives with respect to each coordinate.
class Form {
public:
    Form(const SignClaim& claim, std::vector<std::string> order) : order_(std::move(order))
    {
        const Expr& form = claim.chart ? claim.chart->form : claim.formula;
        std::vector<std::string> known = order_;
        if (claim.chart) {
            for (const ChartName& name : claim.chart->names) {
                if (std::find(known.begin(), known.end(), name.name) == known.end()) {
                    dependent_.push_back({name, FlatFormulas({name.formula}, known)});
                    known.push_back(name.name);
                }
            }
        }
        value_.emplace(FlatFormulas({form}, known));
        // Chain rule: for each name the partial derivatives of form and of the names after it.
        std::vector<Expr> partial;
        partial.reserve(known.size() * (1 + dependent_.size()));
        for (const std::string& name : known) {
            partial.push_back(derivative(form, name));
        }
        for (const Dependent& dependent : dependent_) {
            for (const std::string& name : known) {
                partial.push_back(derivative(dependent.name.formula, name));
            }
        }
        known_ = known.size();
        partial_.emplace(FlatFormulas(partial, known));
    }

    std::vector<Ball> all_values(const std::vector<Ball>& coordinates) const
    {
        std::vector<Ball> values = coordinates;
        for (const Dependent& dependent : dependent_) {
            const Ball x = dependent.formula(values).front();
            values.push_back(dependent.name.exprel ? expm1_over(x) : x);
        }
        return values;
    }

    Ball value(const std::vector<Ball>& coordinates) const
    {
        return (*value_)(all_values(coordinates)).front();
    }

    /// d form/d coordinate, for each.
    std::vector<Ball> slopes(const std::vector<Ball>& coordinates) const
    {
        const std::vector<Ball> values = all_values(coordinates);
        const std::vector<Ball> partial = (*partial_)(values);
        std::vector<Ball> result;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            std::vector<Ball> d(known_, Ball(0)); // d name/d coordinate i
            d[i] = Ball(1);
            for (std::size_t k = 0; k < dependent_.size(); ++k) {
                Ball change(0);
                for (std::size_t j = 0; j < order_.size() + k; ++j) {
                    change += partial[(k + 1) * known_ + j] * d[j];
                }
                if (dependent_[k].name.exprel) {
                    change = change * divided_slope(dependent_[k].formula(values).front());
                }
                d[order_.size() + k] = change;
            }
            Ball slope(0);
            for (std::size_t j = 0; j < known_; ++j) {
                slope += partial[j] * d[j];
            }
            result.push_back(slope);
        }
        return result;
    }

private:
    struct Dependent {
        ChartName name;
        FlatFormulas formula;
    };
    std::vector<std::string> order_;
    std::vector<Dependent> dependent_;
    std::optional<FlatFormulas> value_;
    std::optional<FlatFormulas> partial_;
    std::size_t known_ = 0;
};

Truth has_sign(const Ball& value, Sign sign)
{
    const Ball zero(0);
    switch (sign) {
    case Sign::Positive:
        return less(zero, value);
    case Sign::NonNegative:
        return less_equal(zero, value);
    case Sign::Negative:
        return less(value, zero);
    case Sign::NonPositive:
        break;
    }
    return less_equal(value, zero);
}

struct OpenBox {
    BoxEnds ends;
    int depth = 0;
};

std::vector<Ball> to_balls(const BoxEnds& ends)
{
    std::vector<Ball> balls;
    for (const auto& [lo, hi] : ends) {
        balls.push_back(Ball::interval(lo, hi));
    }
    return balls;
}

std::string describe(const std::vector<std::string>& order, const BoxEnds& ends)
{
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < order.size(); ++i) {
        parts.push_back(fmt::format("{} in [{}, {}]", order[i], attest::to_string(ends[i].first),
                                    attest::to_string(ends[i].second)));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

class Search {
public:
    Search(const SignClaim& claim, const BoxOptions& options, std::vector<std::string> order,
           BoxEnds domain) :
        claim_(claim),
        options_(options), form_(claim, order)
    {
        proof_.order = std::move(order);
        proof_.bits = options.bits;
        open_.push_back({std::move(domain), 0});
    }

    BoxProof run()
    {
        while (!open_.empty()) {
            const OpenBox box = std::move(open_.back());
            open_.pop_back();
            proof_.depth = std::max(proof_.depth, box.depth);
            if (accepted(box)) {
                proof_.cover.push_back(box.ends);
                continue;
            }
            if (proof_.counterexample) {
                proof_.outcome = Truth::False;
                return std::move(proof_);
            }
            if (box.depth >= options_.max_depth
                || open_.size() + proof_.cover.size() >= options_.max_boxes) {
                proof_.place = describe(proof_.order, box.ends);
                return std::move(proof_);
            }
            halve(box);
        }
        proof_.outcome = Truth::True;
        if (smallest_) {
            proof_.smallest = *smallest_;
        }
        return std::move(proof_);
    }

private:
    /// Natural extension, then the mean-value form f(m) + f'(box) (box - m), then the face where
    /// the form is worst; with more bits while the value at the midpoint itself is not decided.
    bool accepted(const OpenBox& box)
    {
        for (long bits = options_.bits; bits <= options_.max_bits; bits *= 2) {
            const PrecisionScope precision(bits);
            const std::vector<Ball> coordinates = to_balls(box.ends);
            Ball value = form_.value(coordinates);
            if (is_true(has_sign(value, claim_.sign))) {
                return keep(value, bits);
            }
            std::vector<Ball> middle;
            Point point;
            for (std::size_t i = 0; i < box.ends.size(); ++i) {
                const Rational m = (box.ends[i].first + box.ends[i].second) / 2;
                middle.emplace_back(m);
                point[proof_.order[i]] = m;
            }
            const Ball at_middle = form_.value(middle);
            if (is_false(has_sign(at_middle, claim_.sign))) {
                proof_.counterexample = std::move(point);
                return false;
            }
            slopes_ = form_.slopes(coordinates);
            value = at_middle;
            for (std::size_t i = 0; i < coordinates.size(); ++i) {
                value += slopes_[i] * (coordinates[i] - middle[i]);
            }
            if (is_true(has_sign(value, claim_.sign))) {
                return keep(value, bits);
            }
            value = form_.value(worst_face(box.ends));
            if (is_true(has_sign(value, claim_.sign))) {
                return keep(value, bits);
            }
            if (is_true(has_sign(at_middle, claim_.sign))) {
                return false; // the box is too wide, not the precision too low
            }
        }
        return false;
    }

    /// Where the form is monotone in a coordinate its worst value lies at one end of it: there a
    /// form that vanishes on the boundary of the domain has its exact 0.
    std::vector<Ball> worst_face(const BoxEnds& ends) const
    {
        const bool minimum = claim_.sign == Sign::Positive || claim_.sign == Sign::NonNegative;
        std::vector<Ball> face;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            const Truth rises = less_equal(Ball(0), slopes_[i]);
            const Truth falls = less_equal(slopes_[i], Ball(0));
            if (!is_true(rises) && !is_true(falls)) {
                face.push_back(Ball::interval(ends[i].first, ends[i].second));
            } else {
                face.emplace_back(is_true(rises) == minimum ? ends[i].first : ends[i].second);
            }
        }
        return face;
    }

    bool keep(const Ball& value, long bits)
    {
        const Ball least = abs(value);
        if (!smallest_ || least.lower() < smallest_->lower()) {
            smallest_ = Ball(least.lower());
        }
        proof_.bits = std::max(proof_.bits, bits);
        return true;
    }

    /// Across the coordinate that contributes most to the width of the mean-value form.
    void halve(const OpenBox& box)
    {
        std::size_t widest = 0;
        double most = -1;
        for (std::size_t i = 0; i < box.ends.size(); ++i) {
            const auto width =
                Rational(box.ends[i].second - box.ends[i].first).convert_to<double>();
            const double slope = i < slopes_.size() && slopes_[i].is_finite()
                                     ? abs(slopes_[i]).upper().convert_to<double>()
                                     : 1e300;
            const double share = width > 0 ? width * std::min(slope, 1e300) + width * 1e-12 : -1;
            if (share > most) {
                most = share;
                widest = i;
            }
        }
        const Rational middle = (box.ends[widest].first + box.ends[widest].second) / 2;
        OpenBox left{box.ends, box.depth + 1};
        OpenBox right{box.ends, box.depth + 1};
        left.ends[widest].second = middle;
        right.ends[widest].first = middle;
        open_.push_back(std::move(right));
        open_.push_back(std::move(left));
    }

    const SignClaim& claim_;
    const BoxOptions& options_;
    Form form_;
    BoxProof proof_;
    std::vector<OpenBox> open_;
    std::vector<Ball> slopes_;
    std::optional<Ball> smallest_;
};

/// formula = factor * form with the chart's names replaced by what they stand for.
Truth chart_identity(const SignClaim& claim)
{
    const Chart& chart = *claim.chart;
    Expr form = chart.form;
    for (auto name = chart.names.rbegin(); name != chart.names.rend(); ++name) {
        form = form.substitute(name->name, name->exprel ? divided(name->formula) : name->formula);
    }
    return identical(claim.formula, chart.factor * form);
}

} // namespace

Truth positive_term_by_term(const Expr& formula, const std::map<std::string, ExtendedRange>& ranges)
{
    const Expr::Node& node = formula.node();
    const auto arg = [&](std::size_t i) {
        return positive_term_by_term(Expr::from_node(node.args[i]), ranges);
    };
    switch (node.kind) {
    case Expr::Kind::Constant:
        return node.value > 0 ? Truth::True : Truth::Unknown;
    case Expr::Kind::Exp:
        return Truth::True;
    case Expr::Kind::Add:
    case Expr::Kind::Multiply:
    case Expr::Kind::Divide:
        return arg(0) && arg(1);
    case Expr::Kind::Power:
    case Expr::Kind::Sqrt:
        return arg(0);
    case Expr::Kind::Symbol: {
        const auto found = ranges.find(node.name);
        return found != ranges.end() && found->second.lo && *found->second.lo > 0 ? Truth::True
                                                                                  : Truth::Unknown;
    }
    default:
        break;
    }
    const ExtendedRange range = range_of(formula, ranges);
    return range.lo && *range.lo > 0 ? Truth::True : Truth::Unknown;
}

std::string BoxProof::summary() const
{
    return fmt::format("{} boxes, depth {}, {} bits", cover.size(), depth, bits);
}

BoxProof prove_sign(const SignClaim& claim, const BoxOptions& options)
{
    const auto start = std::chrono::steady_clock::now();
    std::map<std::string, ExtendedRange> ranges = claim.ranges;
    std::vector<std::string> order;
    if (claim.chart) {
        BoxProof failed;
        if (!is_true(chart_identity(claim))) {
            failed.place = "the chart: formula = factor * form is not proved";
            return failed;
        }
        if (!is_true(positive_term_by_term(claim.chart->factor, ranges))) {
            failed.place = "the chart: its factor is not positive term by term";
            return failed;
        }
        for (const ChartName& name : claim.chart->names) {
            const ExtendedRange range = range_of(name.formula, ranges);
            ranges[name.name] = name.exprel ? range_of_exprel(range) : range;
        }
        order = claim.chart->order;
    } else {
        order = claim.formula.symbols();
    }
    BoxEnds domain;
    for (const std::string& name : order) {
        const auto found = ranges.find(name);
        if (found == ranges.end() || !found->second.bounded()) {
            throw InputError(
                fmt::format("coordinate '{}': its range must be bounded, is {}", name,
                            found == ranges.end() ? "missing" : found->second.to_string()));
        }
        domain.emplace_back(*found->second.lo, *found->second.hi);
    }
    BoxProof proof = Search(claim, options, std::move(order), std::move(domain)).run();
    proof.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return proof;
}

} // namespace attest::proof
