// Kind "tube": a set that holds every solution of y' = f(t, y) from an initial box, step by step.
//
// Why acceptance proves it. S is the set at the start of a step (center, frame, radius), [S] a box
// around it, H the hull.
// 1. [S] + [0, h] f([t, t+h], H) inside H: the Picard operator of each start in S maps the curves
//    in H into themselves and f is continuous on H (its enclosure exists), so a solution exists on
//    the step and stays in H (Schauder). It is also in the image of H, and in the image of that;
//    the Taylor coefficients of step 2, of order 2 at least, show that f has derivatives there, so
//    that it is the only one (Picard-Lindelof).
// 2. The solution from x at time t+h is the sum of y_k(t, x) h^k for k < p, plus h^p y_p at some
//    point of the step for each coordinate (Taylor, Lagrange), where it is in H. The polynomial at
//    x is the polynomial at the center c plus M (x - c), M its derivative enclosed on [S] (mean
//    value theorem; S is convex and holds c). With x - c = frame_old r, |r| <= radius_old, the new
//    coordinates frame^-1 (solution - center) are enclosed, and have to lie within the radius.
#include "certificate.hpp"
#include "number.hpp"
#include "tape.hpp"

namespace check {
namespace {

using Vector = std::vector<Interval>;
using Matrix = std::vector<Vector>;

struct System {
    Graph graph;
    std::string independent;
    std::vector<std::string> states;
    std::vector<int> rates;

    /// Taylor coefficients 0, ..., order of the solution through state at time: result[k][i].
    template <class C>
    std::vector<std::vector<C>> series(const Interval& time, const std::vector<C>& state,
                                       std::size_t order) const
    {
        Tape<C> tape(graph, rates);
        tape.set(independent, 0, C(time));
        tape.set(independent, 1, C(1));
        std::vector<std::vector<C>> result{state};
        for (std::size_t k = 0; k <= order; ++k) {
            for (std::size_t i = 0; i < states.size(); ++i) {
                tape.set(states[i], k, result[k][i]);
            }
            if (k < order) {
                tape.next();
                result.emplace_back();
                for (const int rate : rates) {
                    result.back().push_back(tape.coefficient(rate, k)
                                            / C(static_cast<long>(k) + 1));
                }
            }
        }
        return result;
    }
};

Matrix product(const Matrix& a, const Matrix& b)
{
    Matrix result(a.size(), Vector(b.front().size()));
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t k = 0; k < b.size(); ++k) {
            for (std::size_t j = 0; j < b[k].size() && !a[i][k].is_zero(); ++j) {
                result[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    return result;
}

Real magnitude(const Interval& x)
{
    return std::max((-x).hi, x.hi);
}

/// Encloses the inverse by Gauss-Jordan elimination; division fails where a pivot may vanish.
Matrix inverse(Matrix a)
{
    const std::size_t n = a.size();
    Matrix result(n, Vector(n));
    for (std::size_t i = 0; i < n; ++i) {
        result[i][i] = Interval(1);
    }
    for (std::size_t column = 0; column < n; ++column) {
        std::size_t best = column;
        for (std::size_t row = column + 1; row < n; ++row) {
            best = magnitude(a[best][column]) < magnitude(a[row][column]) ? row : best;
        }
        std::swap(a[column], a[best]);
        std::swap(result[column], result[best]);
        const Interval pivot = a[column][column];
        for (std::size_t j = 0; j < n; ++j) {
            a[column][j] = a[column][j] / pivot;
            result[column][j] = result[column][j] / pivot;
        }
        for (std::size_t row = 0; row < n; ++row) {
            const Interval factor = a[row][column];
            for (std::size_t j = 0; row != column && j < n; ++j) {
                a[row][j] = a[row][j] - factor * a[column][j];
                result[row][j] = result[row][j] - factor * result[column][j];
            }
        }
    }
    return result;
}

/// center + frame * [-radius, radius]
struct Set {
    Vector center;
    Matrix frame;
    Vector radius; ///< [-radius, radius]

    Vector box() const
    {
        Vector result = center;
        for (std::size_t i = 0; i < center.size(); ++i) {
            for (std::size_t j = 0; j < center.size(); ++j) {
                result[i] += frame[i][j] * radius[j];
            }
        }
        return result;
    }
};

const Json& list(const Json& value, std::size_t size, const std::string& what)
{
    require(value.is_array() && value.size() == size,
            what + " does not have one entry for each state");
    return value;
}

Vector numbers(const Json& value, std::size_t size, const std::string& what)
{
    Vector result;
    for (const Json& item : list(value, size, what)) {
        result.emplace_back(number(item));
    }
    return result;
}

/// [-r, r] for each r: rounded inwards when something has to fit in, outwards when it starts there.
Vector radii(const Json& value, std::size_t size, bool inwards)
{
    Vector result;
    for (const Json& item : list(value, size, "radius")) {
        const mpq_class r = number(item);
        require(r >= 0, "a radius is negative");
        const Real end(r, inwards ? MPFR_RNDD : MPFR_RNDU);
        result.emplace_back((-Interval(end, end)).lo, end);
    }
    return result;
}

Set initial_set(const Json& value, std::size_t size)
{
    Set set;
    for (const Json& item : list(value, size, "initial")) {
        const auto [lo, hi] = bounded_range(item);
        const mpq_class half = (hi - lo) / 2;
        set.center.emplace_back(mpq_class((lo + hi) / 2));
        set.radius.emplace_back(mpq_class(-half), half);
        set.frame.emplace_back(size);
        set.frame.back()[set.frame.size() - 1] = Interval(1);
    }
    return set;
}

/// Encloses H from inside, for tests, and from outside, for evaluation.
struct Hull {
    Vector inner, outer;
};

Hull hull_of(const Json& value, std::size_t size)
{
    Hull hull;
    for (const Json& item : list(value, size, "hull")) {
        const auto [lo, hi] = bounded_range(item);
        hull.outer.emplace_back(lo, hi);
        hull.inner.emplace_back(Real(lo, MPFR_RNDU), Real(hi, MPFR_RNDD));
    }
    return hull;
}

/// Where solutions are that start in box and stay in hull for some time out of duration.
Vector picard_image(const System& system, const Interval& during, const Vector& box,
                    const Interval& duration, const Vector& hull)
{
    const Vector rates = system.series(during, hull, 1)[1];
    Vector result;
    for (std::size_t i = 0; i < box.size(); ++i) {
        result.push_back(box[i] + duration * rates[i]);
    }
    return result;
}

/// Encloses the Taylor coefficient of that order along all solutions of the step. The step is cut
/// into pieces, the narrower the sets over which it is evaluated; each Picard image holds the
/// solutions again and is narrower too.
Vector last_coefficient(const System& system, const mpq_class& start, const mpq_class& h,
                        const Vector& box, const Vector& hull, std::size_t order, long pieces)
{
    Vector result;
    Vector now = box;
    const mpq_class part = h / pieces;
    for (long piece = 0; piece < pieces; ++piece) {
        const Interval during(mpq_class(start + piece * part),
                              mpq_class(start + (piece + 1) * part));
        Vector here = hull;
        for (int image = 0; image < 4; ++image) {
            here = picard_image(system, during, now, Interval(0, part), here);
        }
        const Vector found = system.series(during, here, order)[order];
        for (std::size_t i = 0; i < box.size(); ++i) {
            piece == 0 ? result.push_back(found[i])
                       : static_cast<void>(result[i] = result[i].hull(found[i]));
        }
        now = picard_image(system, during, now, Interval(part), here);
    }
    return result;
}

/// The set at the end of a step, once both tests are passed.
Set checked_step(const System& system, const Set& old, const Hull& hull, const Members& step,
                 const mpq_class& start, const mpq_class& h, long pieces)
{
    const std::size_t size = system.states.size();
    const auto order = static_cast<std::size_t>(step.count("order", 2, highest_order, 2));
    const Interval during(start, mpq_class(start + h));
    const Interval width(h);
    const Vector box = old.box();

    // The Jacobian multiplies the radius and the remainder is small: few bits do.
    Vector last;
    std::vector<std::vector<Dual>> over_box;
    {
        const Precision few(64);
        const Vector reached = picard_image(system, during, box, Interval(0, h), hull.outer);
        for (std::size_t i = 0; i < size; ++i) {
            require(reached[i].inside(hull.inner[i]),
                    "existence: " + system.states[i] + " reaches " + reached[i].text()
                        + ", outside its hull " + hull.outer[i].text());
        }
        last = last_coefficient(system, start, h, box, reached, order, pieces);
        std::vector<Dual> coordinates;
        for (std::size_t i = 0; i < size; ++i) {
            coordinates.emplace_back(box[i], i, size);
        }
        over_box = system.series(Interval(start), coordinates, order - 1);
    }
    const auto at_center = system.series(Interval(start), old.center, order - 1);
    Set next{numbers(step.at("center"), size, "center"), {}, radii(step.at("radius"), size, true)};
    for (const Json& row : list(step.at("frame"), size, "frame")) {
        next.frame.push_back(numbers(row, size, "frame"));
    }
    Matrix shift(size, Vector(1)); // sum of y_k h^k + h^p y_p - center
    Matrix jacobian(size, Vector(size));
    Interval power(1);
    for (std::size_t k = 0; k <= order; ++k) {
        for (std::size_t i = 0; i < size; ++i) {
            shift[i][0] += power * (k < order ? at_center[k][i] : last[i]);
            for (std::size_t j = 0; k < order && j < over_box[k][i].gradient.size(); ++j) {
                jacobian[i][j] += power * over_box[k][i].gradient[j];
            }
        }
        power = power * width;
    }
    for (std::size_t i = 0; i < size; ++i) {
        shift[i][0] = shift[i][0] - next.center[i];
    }
    const Matrix back = inverse(next.frame);
    const Matrix moved = product(back, shift);
    const Matrix turned = product(back, product(jacobian, old.frame));
    for (std::size_t i = 0; i < size; ++i) {
        Interval coordinate = moved[i][0];
        for (std::size_t j = 0; j < size; ++j) {
            coordinate += turned[i][j] * old.radius[j];
        }
        require(coordinate.inside(next.radius[i]),
                "coordinate " + std::to_string(i + 1) + " of the new set is only shown to lie in "
                    + coordinate.text() + ", radius " + next.radius[i].text());
    }
    next.radius = radii(step.at("radius"), size, false);
    return next;
}

struct Conclusion {
    int formula = -1;
    Relation wanted{};
    bool always = false;
};

void require_conclusion(const System& system, const Conclusion& conclusion, const Interval& time,
                        const Vector& box)
{
    Tape<Interval> tape(system.graph, {conclusion.formula});
    tape.set(system.independent, 0, time);
    for (std::size_t i = 0; i < box.size(); ++i) {
        tape.set(system.states[i], 0, box[i]);
    }
    const Interval value = tape.value(conclusion.formula);
    require(holds(value, conclusion.wanted),
            "conclusion: the formula is only shown to lie in " + value.text());
}

} // namespace

void check_tube(const Json& certificate)
{
    const Members members(
        certificate,
        {"kind", "independent", "states", "rates", "start", "initial", "steps", "bits"},
        {"let", "conclusions"});
    const Precision precision(members.count("bits", 32, highest_bits, 128) + 32);
    System system;
    system.independent = members.text("independent");
    system.states = members.names("states");
    require(!system.states.empty() && system.states.size() <= 100,
            "the number of states is not 1 to 100");
    const Definitions lets = members.lets();
    Scope scope(system.graph, lets);
    scope.symbol(system.independent);
    for (const std::string& state : system.states) {
        scope.symbol(state);
    }
    scope.read_all();
    for (const Json& rate : list(members.at("rates"), system.states.size(), "rates")) {
        require(rate.is_string(), "a rate is not a formula");
        system.rates.push_back(scope.parse(rate.get_ref<const std::string&>()));
    }
    std::vector<Conclusion> conclusions;
    if (members.has("conclusions")) {
        for (const Json& item : members.array("conclusions")) {
            const Members conclusion(item, {"formula", "relation", "where"});
            const std::string& where = conclusion.text("where");
            require(where == "end" || where == "always", "'where' is neither end nor always");
            conclusions.push_back({scope.parse(conclusion.text("formula")),
                                   relation(conclusion.text("relation")), where == "always"});
        }
    }

    mpq_class time = members.number("start");
    Set set = initial_set(members.at("initial"), system.states.size());
    const Json& steps = members.array("steps");
    require(!steps.empty(), "no steps");
    std::size_t index = 0;
    for (const Json& item : steps) {
        ++index;
        try {
            const Members step(item, {"h", "order", "hull", "center", "frame", "radius"});
            const mpq_class h = step.number("h");
            require(h > 0, "h is not positive");
            const Hull hull = hull_of(step.at("hull"), system.states.size());
            try {
                set = checked_step(system, set, hull, step, time, h, 1);
            } catch (const Rejection&) {
                set = checked_step(system, set, hull, step, time, h, 16);
            }
            for (const Conclusion& conclusion : conclusions) {
                if (conclusion.always) {
                    require_conclusion(system, conclusion, Interval(time, mpq_class(time + h)),
                                       hull.outer);
                }
            }
            time += h;
        } catch (const Rejection& error) {
            throw Rejection("step " + std::to_string(index) + ": " + error.what());
        }
    }
    for (const Conclusion& conclusion : conclusions) {
        if (!conclusion.always) {
            require_conclusion(system, conclusion, Interval(time), set.box());
        }
    }
}

} // namespace check
