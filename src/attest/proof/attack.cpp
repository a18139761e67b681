#include "attest/proof/attack.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>
#include <nlopt.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace attest::proof {
namespace {

constexpr double not_allowed = 1e30; ///< the optimisers compare values: no NaN, no infinity
constexpr double parameter_tolerance = 1e-10; ///< relative, of the parameters

void validate(const SearchSpace& space, const std::vector<std::vector<double>>& starts)
{
    const std::size_t n = space.lower.size();
    if (n == 0 || space.upper.size() != n || space.step.size() != n) {
        throw InputError(
            fmt::format("search space: {} lower ends, {} upper ends and {} steps; must "
                        "be equal and at least 1",
                        n, space.upper.size(), space.step.size()));
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (!(space.lower[i] <= space.upper[i]) || !(space.step[i] > 0)
            || !std::isfinite(space.lower[i]) || !std::isfinite(space.upper[i])) {
            throw InputError(fmt::format("search space: coordinate {} is [{}, {}] with step {}; "
                                         "must be finite with lower <= upper, step > 0",
                                         i, space.lower[i], space.upper[i], space.step[i]));
        }
    }
    if (starts.empty()) {
        throw InputError("search: 0 starts; must be at least 1");
    }
    for (const std::vector<double>& start : starts) {
        if (start.size() != n) {
            throw InputError(
                fmt::format("search: a start with {} coordinates; must be {}", start.size(), n));
        }
    }
}

/// The objective with its account: NLopt calls it through a C interface.
class Counted {
public:
    explicit Counted(const std::function<double(const std::vector<double>&)>& function) :
        function_(function)
    {
    }
    double operator()(const std::vector<double>& x)
    {
        ++evaluations;
        const double value = function_(x);
        if (!std::isfinite(value)) {
            return not_allowed;
        }
        if (value < best) {
            best = value;
            at = x;
        }
        return value;
    }
    static double call(const std::vector<double>& x, std::vector<double>&, void* self)
    {
        return (*static_cast<Counted*>(self))(x);
    }

    std::size_t evaluations = 0;
    double best = not_allowed;
    std::vector<double> at;

private:
    const std::function<double(const std::vector<double>&)>& function_;
};

/// One local search; the best point and value are kept by `objective`. False: it gave up early.
bool minimise(nlopt::algorithm algorithm, Counted& objective, const SearchSpace& space,
              std::vector<double> start, double shrink, std::size_t budget)
{
    nlopt::opt optimiser(algorithm, static_cast<unsigned>(space.lower.size()));
    optimiser.set_min_objective(&Counted::call, &objective);
    optimiser.set_lower_bounds(space.lower);
    optimiser.set_upper_bounds(space.upper);
    std::vector<double> step = space.step;
    for (double& s : step) {
        s *= shrink;
    }
    optimiser.set_initial_step(step);
    optimiser.set_xtol_rel(parameter_tolerance);
    optimiser.set_maxeval(static_cast<int>(budget));
    try {
        double value = 0;
        optimiser.optimize(start, value);
    } catch (const nlopt::roundoff_limited&) {
        return false;
    } catch (const std::runtime_error&) { // NLOPT_FAILURE
        return false;
    }
    return true;
}

DoubleFormulas::Rounded apply(Expr::Kind kind, const DoubleFormulas::Rounded& a,
                              const DoubleFormulas::Rounded& b, double exponent)
{
    switch (kind) {
    case Expr::Kind::Negate:
        return {-a.value, a.size};
    case Expr::Kind::Add:
        return {a.value + b.value, a.size + b.size};
    case Expr::Kind::Subtract:
        return {a.value - b.value, a.size + b.size};
    case Expr::Kind::Multiply:
        return {a.value * b.value, a.size * b.size};
    case Expr::Kind::Divide:
        return {a.value / b.value, a.size / std::abs(b.value)};
    case Expr::Kind::Power: {
        const double value = exponent == 2 ? a.value * a.value : std::pow(a.value, exponent);
        return {value, exponent > 0 ? std::pow(a.size, exponent) : std::abs(value)};
    }
    case Expr::Kind::Exp: {
        const double value = std::exp(a.value);
        return {value, value * (1 + a.size)};
    }
    case Expr::Kind::Log:
        return {std::log(a.value), std::abs(std::log(a.value)) + a.size / std::abs(a.value)};
    case Expr::Kind::Sqrt: {
        const double value = std::sqrt(a.value);
        return {value, value == 0 ? 0 : a.size / value};
    }
    case Expr::Kind::Sin:
        return {std::sin(a.value), 1 + a.size};
    case Expr::Kind::Cos:
        return {std::cos(a.value), 1 + a.size};
    case Expr::Kind::Constant:
    case Expr::Kind::Symbol:
        break;
    }
    throw DomainError("malformed expression");
}

} // namespace

DoubleFormulas::DoubleFormulas(const std::vector<Expr>& formulas,
                               const std::vector<std::string>& names)
{
    std::unordered_map<const Expr::Node*, std::size_t> done;
    const std::function<std::size_t(const Expr::Node&)> add = [&](const Expr::Node& node) {
        if (const auto found = done.find(&node); found != done.end()) {
            return found->second;
        }
        Operation op;
        op.kind = node.kind;
        if (node.kind == Expr::Kind::Symbol) {
            const auto name = std::find(names.begin(), names.end(), node.name);
            if (name == names.end()) {
                throw DomainError("no value given for symbol '" + node.name + "'");
            }
            op.a = static_cast<std::size_t>(name - names.begin());
        } else {
            op.value = node.value.convert_to<double>();
            op.a = node.args.empty() ? 0 : add(*node.args[0]);
            op.b = node.args.size() < 2 ? op.a : add(*node.args[1]);
        }
        operations_.push_back(op);
        done.emplace(&node, operations_.size() - 1);
        return operations_.size() - 1;
    };
    for (const Expr& formula : formulas) {
        results_.push_back(add(formula.node()));
    }
}

void DoubleFormulas::evaluate(const std::vector<double>& values, std::vector<Rounded>& work,
                              std::vector<Rounded>& results) const
{
    work.resize(operations_.size());
    for (std::size_t i = 0; i < operations_.size(); ++i) {
        const Operation& op = operations_[i];
        if (op.kind == Expr::Kind::Symbol || op.kind == Expr::Kind::Constant) {
            const double value = op.kind == Expr::Kind::Symbol ? values[op.a] : op.value;
            work[i] = {value, std::abs(value)};
        } else {
            work[i] = apply(op.kind, work[op.a], work[op.b], op.value);
        }
    }
    results.resize(results_.size());
    for (std::size_t i = 0; i < results_.size(); ++i) {
        results[i] = work[results_[i]];
    }
}

SearchResult search_least(const std::function<double(const std::vector<double>&)>& function,
                          const SearchSpace& space, const std::vector<std::vector<double>>& starts,
                          const SearchOptions& options)
{
    validate(space, starts);
    struct Found {
        double value;
        std::vector<double> point;
    };
    std::vector<Found> found;
    SearchResult result;
    result.starts = starts.size();
    const auto local = [&](nlopt::algorithm algorithm, std::vector<double> start, double shrink,
                           std::size_t budget) {
        for (std::size_t i = 0; i < start.size(); ++i) {
            start[i] = std::clamp(start[i], space.lower[i], space.upper[i]);
        }
        Counted objective(function);
        result.stopped += minimise(algorithm, objective, space, start, shrink, budget) ? 0U : 1U;
        result.evaluations += objective.evaluations;
        if (!objective.at.empty()) {
            found.push_back({objective.best, objective.at});
        }
    };
    const auto by_value = [](const Found& a, const Found& b) { return a.value < b.value; };
    for (const std::vector<double>& start : starts) {
        local(nlopt::LN_SBPLX, start, 1, options.evaluations);
    }
    std::stable_sort(found.begin(), found.end(), by_value);
    const std::size_t polished = std::min(options.polished, found.size());
    for (std::size_t k = 0; k < polished; ++k) {
        // found grows: the point is copied first.
        const std::vector<double> coarse = found[k].point;
        constexpr double finer = 0.1;
        local(nlopt::LN_BOBYQA, coarse, finer, options.polish_budget);
        const std::vector<double> fine =
            found.back().value < found[k].value ? found.back().point : coarse;
        local(nlopt::LN_SBPLX, fine, finer * finer, options.polish_budget);
    }
    const auto least = std::min_element(found.begin(), found.end(), by_value);
    if (least == found.end()) {
        throw Undecidable(
            fmt::format("search: no admissible point from {} starts in {} evaluations",
                        result.starts, result.evaluations));
    }
    result.value = least->value;
    result.point = least->point;
    return result;
}

Rational simplest_rational(double value, double within)
{
    if (!std::isfinite(value) || !std::isfinite(within) || within < 0) {
        throw InputError(fmt::format("simplest fraction of {} within {}: must be finite, with a "
                                     "tolerance >= 0",
                                     value, within));
    }
    const Rational exact(value);
    const Rational lo = exact - Rational(within);
    const Rational hi = exact + Rational(within);
    if (lo <= 0 && hi >= 0) {
        return 0;
    }
    // For 0 < lo <= hi: the least integer if there is one, else whole part and the inverse.
    const std::function<Rational(const Rational&, const Rational&)> simplest =
        [&](const Rational& a, const Rational& b) -> Rational {
        const Integer whole = Integer(numerator(a) / denominator(a));
        const Rational floor(whole);
        if (floor == a) {
            return floor;
        }
        if (floor + 1 <= b) {
            return floor + 1;
        }
        return floor + 1 / simplest(1 / (b - floor), 1 / (a - floor));
    };
    return exact > 0 ? simplest(lo, hi) : Rational(-simplest(-hi, -lo));
}

std::vector<Rational> stereographic_point(const std::vector<Rational>& u)
{
    Rational square = 0;
    for (const Rational& x : u) {
        square += x * x;
    }
    std::vector<Rational> point = {(1 - square) / (1 + square)};
    for (const Rational& x : u) {
        point.push_back(2 * x / (1 + square));
    }
    return point;
}

} // namespace attest::proof
