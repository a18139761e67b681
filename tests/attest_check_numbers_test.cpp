// The arithmetic of attest-check against exact rational numbers and against itself.
#include "check/box_union.hpp"
#include "check/certificate.hpp"
#include "check/number.hpp"
#include "check/tape.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace attest::testing {
namespace {

using check::Interval;

mpq_class random_rational()
{
    mpq_class value(*rc::gen::inRange(-2000, 2001), *rc::gen::inRange(1, 60));
    value.canonicalize();
    return value;
}

/// A range around nothing in particular, and a member of it.
struct Sample {
    mpq_class lo, hi, inside;
    Interval interval() const { return {lo, hi}; }
};

Sample random_sample()
{
    Sample s;
    s.lo = random_rational();
    s.hi = s.lo + abs(random_rational());
    s.inside = s.lo + (s.hi - s.lo) * *rc::gen::inRange(0, 101) / 100;
    return s;
}

bool contains(const Interval& x, const mpq_class& value)
{
    return mpfr_cmp_q(x.lo.raw(), value.get_mpq_t()) <= 0
           && mpfr_cmp_q(x.hi.raw(), value.get_mpq_t()) >= 0;
}

bool overlap(const Interval& a, const Interval& b)
{
    return a.lo <= b.hi && b.lo <= a.hi;
}

RC_GTEST_PROP(AttestCheckInterval, EnclosesExactArithmetic, ())
{
    const check::Precision precision(*rc::gen::inRange(32, 90));
    const Sample a = random_sample();
    const Sample b = random_sample();
    RC_ASSERT(contains(a.interval() + b.interval(), a.inside + b.inside));
    RC_ASSERT(contains(a.interval() - b.interval(), a.inside - b.inside));
    RC_ASSERT(contains(a.interval() * b.interval(), a.inside * b.inside));
    RC_ASSERT(contains(-a.interval(), -a.inside));
    if (sgn(b.lo) * sgn(b.hi) > 0) {
        RC_ASSERT(contains(a.interval() / b.interval(), a.inside / b.inside));
    } else {
        RC_ASSERT_THROWS_AS(a.interval() / b.interval(), check::Undefined);
    }
    const auto exponent = *rc::gen::inRange(0, 7);
    mpq_class power = 1;
    for (int i = 0; i < exponent; ++i) {
        power *= a.inside;
    }
    RC_ASSERT(contains(pow(a.interval(), exponent), power));
}

RC_GTEST_PROP(AttestCheckInterval, ProductsAreTight, ())
{
    // The ends of a product are products of ends: rounding aside nothing is given away.
    const check::Precision precision(200);
    const Sample a = random_sample();
    const Sample b = random_sample();
    const std::vector<mpq_class> corners = {a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi};
    const auto [low, high] = std::minmax_element(corners.begin(), corners.end());
    const Interval product = a.interval() * b.interval();
    const mpq_class room = mpq_class(1) / mpq_class("1000000000000000000000000000000");
    RC_ASSERT(mpfr_cmp_q(product.lo.raw(), mpq_class(*low - room).get_mpq_t()) >= 0);
    RC_ASSERT(mpfr_cmp_q(product.hi.raw(), mpq_class(*high + room).get_mpq_t()) <= 0);
}

RC_GTEST_PROP(AttestCheckInterval, FunctionsEncloseTheirValues, ())
{
    // The value at a member, at many bits, overlaps the enclosure over the interval at few.
    const Sample s = random_sample();
    using Function = Interval (*)(const Interval&);
    const auto covered = [](Function f, const mpq_class& lo, const mpq_class& hi,
                            const mpq_class& inside) {
        const auto at = [&](long bits, const mpq_class& left, const mpq_class& right) {
            const check::Precision precision(bits);
            return f(Interval(left, right));
        };
        return overlap(at(40, lo, hi), at(300, inside, inside));
    };
    RC_ASSERT(covered(check::exp, s.lo, s.hi, s.inside));
    RC_ASSERT(covered(check::sin, s.lo, s.hi, s.inside));
    RC_ASSERT(covered(check::cos, s.lo, s.hi, s.inside));
    const Function exprel = [](const Interval& x) { return check::exprel_coefficient(0, x); };
    RC_ASSERT(covered(exprel, s.lo, s.hi, s.inside));
    const mpq_class up = 1 - s.lo;
    RC_ASSERT(covered(check::log, s.lo + up, s.hi + up, s.inside + up));
    RC_ASSERT(covered(check::sqrt, s.lo + up, s.hi + up, s.inside + up));
    const Function cube_root = [](const Interval& x) { return pow(x, mpq_class(-2, 3)); };
    RC_ASSERT(covered(cube_root, s.lo + up, s.hi + up, s.inside + up));
}

RC_GTEST_PROP(AttestCheckInterval, FunctionsObeyTheirIdentities, ())
{
    const check::Precision precision(100);
    mpq_class q = random_rational() / 50;
    const Interval x(q);
    const Interval one(1);
    RC_ASSERT(contains(sin(x) * sin(x) + cos(x) * cos(x), 1));
    RC_ASSERT(contains(log(exp(x)), q));
    RC_ASSERT(contains(exp(x) * exp(-x), 1));
    RC_ASSERT(overlap(check::exprel_coefficient(0, x) * x + one, exp(x)));
    // The derivative of x exprel(x) = e^x - 1.
    RC_ASSERT(
        overlap(check::exprel_coefficient(0, x) + x * check::exprel_coefficient(1, x), exp(x)));
}

TEST(AttestCheckIntervalEnds, InfiniteEndsAreNoMembers)
{
    const check::Precision precision(64);
    const Interval ray(check::Real(mpq_class(0), MPFR_RNDD), check::Real::infinity(1));
    EXPECT_TRUE((ray * Interval()).is_zero());
    EXPECT_TRUE(contains(exp(-ray), 0) && contains(exp(-ray), 1));
    EXPECT_FALSE((ray - ray).lo.finite());
    EXPECT_THROW(Interval(1) / ray, check::Undefined);
    EXPECT_TRUE((Interval(1) / (ray + Interval(1))).inside(Interval(0, 1)));
    EXPECT_THROW(log(ray), check::Undefined);
    EXPECT_THROW(sqrt(-ray), check::Undefined);
}

/// A formula over x and y evaluated by the tape on a box, against exact values at a point in it.
RC_GTEST_PROP(AttestCheckTape, EnclosesRationalFunctionsAndTheirDerivatives, ())
{
    const check::Precision precision(64);
    const Sample x = random_sample();
    const Sample y = random_sample();
    check::Graph graph;
    const check::Definitions lets = {{"d", "(1 + x^2)*(2 + y^2)"}};
    check::Scope scope(graph, lets);
    scope.symbol("x");
    scope.symbol("y");
    const int root = scope.parse("(x*y - 3*x^3 + 1/7)/d - -y");
    const auto& p = x.inside;
    const auto& q = y.inside;
    const mpq_class below = (1 + p * p) * (2 + q * q);
    const mpq_class above = p * q - 3 * p * p * p + mpq_class(1, 7);

    check::Tape<check::Dual> tape(graph, {root});
    tape.set("x", 0, check::Dual(x.interval(), 0, 2));
    tape.set("y", 0, check::Dual(y.interval(), 1, 2));
    const check::Dual dual = tape.value(root);
    RC_ASSERT(contains(dual.value, above / below + q));
    const mpq_class dx = ((q - 9 * p * p) * below - above * 2 * p * (2 + q * q)) / (below * below);
    const mpq_class dy = (p * below - above * (1 + p * p) * 2 * q) / (below * below) + 1;
    RC_ASSERT(contains(dual.gradient[0], dx));
    RC_ASSERT(contains(dual.gradient[1], dy));

    check::Tape<Interval> series(graph, {root});
    series.set("x", 0, x.interval());
    series.set("x", 1, Interval(1));
    series.set("y", 0, y.interval());
    series.next();
    series.next();
    RC_ASSERT(contains(series.coefficient(root, 0), above / below + q));
    RC_ASSERT(contains(series.coefficient(root, 1), dx));
}

/// Taylor coefficients of two ways to write one function agree to order 8.
TEST(AttestCheckTape, SeriesOfEqualFormulasOverlap)
{
    const std::vector<std::pair<const char*, const char*>> pairs = {
        {"exp(x)*exp(-2*x)", "exp(-x)"},
        {"sqrt(1+x)*sqrt(1+x)", "1+x"},
        {"log((1+x)^3)", "3*log(1+x)"},
        {"sin(2*x)", "2*sin(x)*cos(x)"},
        {"cos(2*x)", "1-2*sin(x)^2"},
        {"exprel(x^2)*x^2", "exp(x^2)-1"},
        {"exprel(x-3/10)*(x-3/10)", "exp(x-3/10)-1"},
        {"(1+x)^(3/2)", "(1+x)*sqrt(1+x)"},
        {"(1+x)^(-2)", "1/(1+2*x+x*x)"},
        {"x^5", "x*x*x*x*x"}};
    const check::Precision precision(128);
    for (const auto& [left, right] : pairs) {
        check::Graph graph;
        check::Scope scope(graph, {});
        scope.symbol("x");
        const std::vector<int> roots = {scope.parse(left), scope.parse(right)};
        check::Tape<Interval> tape(graph, roots);
        tape.set("x", 0, Interval(mpq_class(3, 10)));
        tape.set("x", 1, Interval(1));
        for (std::size_t order = 0; order < 9; ++order) {
            tape.next();
            const Interval& a = tape.coefficient(roots[0], order);
            const Interval& b = tape.coefficient(roots[1], order);
            EXPECT_TRUE(overlap(a, b)) << left << " order " << order;
            EXPECT_TRUE(overlap(a - b, Interval()));
            EXPECT_LT(mpfr_get_d((a - b).hi.raw(), MPFR_RNDU), 1e-25) << left;
        }
        // The derivative, forward, is the coefficient of order 1.
        check::Tape<check::Dual> dual(graph, roots);
        dual.set("x", 0, check::Dual(Interval(mpq_class(3, 10)), 0, 1));
        for (const int root : roots) {
            const check::Dual value = dual.value(root);
            EXPECT_TRUE(overlap(value.value, tape.coefficient(root, 0))) << left;
            EXPECT_TRUE(overlap(value.gradient.at(0), tape.coefficient(root, 1))) << left;
        }
    }
}

RC_GTEST_PROP(AttestCheckPolynomial, RingDivisionAndRoots, ())
{
    const auto polynomial = [] {
        std::vector<check::Polynomial::Term> terms;
        for (int i = *rc::gen::inRange(1, 5); i > 0; --i) {
            check::Monomial m{};
            m[0] = static_cast<std::int16_t>(*rc::gen::inRange(0, 4));
            m[1] = static_cast<std::int16_t>(*rc::gen::inRange(0, 4));
            terms.emplace_back(m, *rc::gen::inRange(1, 9));
        }
        return check::Polynomial::sum_of(std::move(terms));
    };
    const auto minus = [](const check::Polynomial& p) { return p.scaled({}, -1); };
    const check::Polynomial p = polynomial();
    const check::Polynomial q = polynomial();
    RC_ASSERT((p + q) * (p + minus(q)) == p * p + minus(q * q));
    RC_ASSERT(p.power(3) == p * p * p);
    const auto quotient = (p * q).divided_by(q);
    RC_ASSERT(quotient.has_value());
    RC_ASSERT(*quotient == p);
    const auto root = (p * p).square_root();
    RC_ASSERT(root.has_value());
    RC_ASSERT(*root == p || *root == minus(p));
    if (const auto other = p.square_root()) {
        RC_ASSERT(*other * *other == p);
    }
}

/// Unions of boxes on a small grid, against the cells of the grid one by one.
RC_GTEST_PROP(AttestCheckBoxes, CoverIsDecidedAsCellByCell, ())
{
    constexpr int size = 4;
    const auto span = [](int lo, int hi) { return check::Range{lo, hi}; };
    std::vector<std::vector<check::Range>> boxes;
    bool cell[size][size] = {};
    for (int k = *rc::gen::inRange(0, 12); k > 0; --k) {
        const int x = *rc::gen::inRange(0, size);
        const int y = *rc::gen::inRange(0, size);
        const int right = *rc::gen::inRange(x, size + 1);
        const int top = *rc::gen::inRange(y, size + 1);
        boxes.push_back({span(x, right), span(y, top)});
        for (int i = x; i < right; ++i) {
            for (int j = y; j < top; ++j) {
                cell[i][j] = true;
            }
        }
    }
    bool all = true;
    for (const auto& column : cell) {
        all = all && std::all_of(std::begin(column), std::end(column), [](bool c) { return c; });
    }
    RC_ASSERT(check::uncovered_part({span(0, size), span(0, size)}, boxes).empty() == all);
}

TEST(AttestCheckBoxes, ManyBoxesAreFast)
{
    // 65536 boxes of a tree-like subdivision, then without one of them.
    std::vector<std::vector<check::Range>> boxes;
    for (int i = 0; i < 256; ++i) {
        for (int j = 0; j < 256; ++j) {
            boxes.push_back({{mpq_class(i), mpq_class(i + 1)}, {mpq_class(j), mpq_class(j + 1)}});
        }
    }
    const std::vector<check::Range> whole = {{0, 256}, {0, 256}};
    EXPECT_EQ(check::uncovered_part(whole, boxes), "");
    boxes.erase(boxes.begin() + 12345);
    EXPECT_NE(check::uncovered_part(whole, boxes), "");
}

TEST(AttestCheckNumber, ReadsExactNumbersOnly)
{
    EXPECT_EQ(check::parse_number("-3/6"), mpq_class(-1, 2));
    EXPECT_EQ(check::parse_number("0.250"), mpq_class(1, 4));
    EXPECT_EQ(check::parse_number("-.5e1"), mpq_class(-5));
    EXPECT_EQ(check::parse_number("3*2^-4"), mpq_class(3, 16));
    EXPECT_EQ(check::parse_number("007"), mpq_class(7));
    for (const char* bad :
         {"", "-", "1/0", "1/-2", "0x10", "1e", "1.2.3", "1*2^", "inf", "nan", " 1", "1 ", "1/2/3",
          "1.5/2", "1*3^4", "1e999999999", "1*2^1000000000000", "+1"}) {
        EXPECT_THROW(check::parse_number(bad), check::Rejection) << bad;
    }
}

} // namespace
} // namespace attest::testing
