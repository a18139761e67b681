#include "theorems/limit_plots.hpp"

#include "attest/numbers/precision.hpp"
#include "claim_cases.hpp"

namespace attest::theorems {
namespace {

Rational decimal(const std::string& text)
{
    return parse_rational(text);
}

// What is written contains the value and is not much wider.
RC_GTEST_PROP(LimitPlots, PointsAreEnclosuresInDecimal, ())
{
    const PrecisionScope precision(128);
    const long size = *rc::gen::inRange(-300L, 300L);
    const Rational value =
        Rational(*rc::gen::inRange(-1'000'000'000L, 1'000'000'000L), 7) * pow(Rational(10), size);
    const Rational radius =
        *rc::gen::arbitrary<bool>() ? Rational(0) : Rational(abs(value) / 1'000'000'000);
    const Rational x = Rational(*rc::gen::inRange(1L, 1'000'000'000L), 3) * pow(Rational(10), size);
    Course course;
    add_point(course, Ball(x), Ball::interval(value - radius, value + radius));
    RC_ASSERT(course.x.size() == 1 && course.lo.size() == 1 && course.hi.size() == 1);
    const Rational lo = decimal(course.lo[0]);
    const Rational hi = decimal(course.hi[0]);
    RC_ASSERT(lo <= value - radius && value + radius <= hi);
    RC_ASSERT(hi - lo <= 2 * radius + abs(value) / 1'000'000);
    RC_ASSERT(abs(decimal(course.x[0]) - x) <= x / 1'000'000);
    RC_ASSERT(course.lo[0].size() < 20);
}

TEST(LimitPlots, LeavesOutWhatIsNotFinite)
{
    Course course;
    add_point(course, Ball::indeterminate(), Ball(1));
    add_point(course, Ball(1), Ball(1) / Ball(0));
    add_point(course, 1.0, std::numeric_limits<double>::quiet_NaN());
    add_point(course, std::numeric_limits<double>::infinity(), 1.0);
    EXPECT_TRUE(course.x.empty() && course.lo.empty() && course.hi.empty());
    LimitPlot plot;
    add_course(plot, course);
    EXPECT_TRUE(plot.courses.empty());
    Evidence evidence;
    attach_plot(evidence, plot);
    EXPECT_TRUE(evidence.plots.empty());
}

RC_GTEST_PROP(LimitPlots, DecadesGrowByOneFactor, ())
{
    const long first = *rc::gen::inRange(-12L, 6L);
    const long last = *rc::gen::inRange(first, first + 9);
    const long steps = *rc::gen::inRange(1L, 12L);
    const std::vector<Ball> values = decades(first, last, steps);
    RC_ASSERT(values.size() == static_cast<std::size_t>((last - first) * steps + 1));
    RC_ASSERT(values.front().contains(pow(Rational(10), first)));
    RC_ASSERT(values.back().contains(pow(Rational(10), last)));
    for (std::size_t k = 1; k < values.size(); ++k) {
        const double ratio = Ball(values[k] / values[k - 1]).to_double();
        RC_ASSERT(std::abs(std::pow(ratio, static_cast<double>(steps)) - 10) < 1e-3);
    }
}

const LimitPlot& first_plot(const Judgement& judgement)
{
    for (const Evidence& item : judgement.evidence) {
        if (!item.plots.empty()) {
            return item.plots.front();
        }
    }
    throw std::logic_error("no plot");
}

double last_value(const Course& course)
{
    return std::stod(course.hi.back());
}

// The courses end where the verdict says: at C of each trajectory where the law holds, at 0 where
// alpha_t drives nGPT away.
TEST(LimitPlots, TerminalLawsEndAtTheirLimit)
{
    const auto registry = testing::registry_with(add_theorem_4_1);
    for (const std::string scheme : {"post-ln", "pre-ln", "sqrt-scaling"}) {
        const Claim& claim = *registry.find("thm4.1/" + scheme + "/terminal-velocity");
        const Judgement judgement = claim.check(claim.printed, {});
        const LimitPlot& plot = first_plot(judgement);
        EXPECT_EQ(plot.limit, "1");
        EXPECT_EQ(plot.courses.size(), 3U) << scheme;
        for (const Course& course : plot.courses) {
            EXPECT_NEAR(last_value(course), 1, 1e-6) << scheme << ", " << course.label;
            EXPECT_LE(course.x.size(), 45U);
            EXPECT_GE(course.x.size(), 20U);
        }
    }
}

TEST(LimitPlots, PrintedAndAmendedAreFollowedApart)
{
    const auto registry = testing::registry_with(add_theorem_4_1);
    const Claim& claim = *registry.find("thm4.1/ngpt/terminal-velocity");
    ASSERT_TRUE(claim.amended);
    const Judgement as_printed = claim.check(claim.printed, {});
    const Judgement as_amended = claim.check(*claim.amended, {});
    const LimitPlot& printed = first_plot(as_printed);
    const LimitPlot& amended = first_plot(as_amended);
    const auto far_from_one = [](const LimitPlot& plot) {
        return std::count_if(plot.courses.begin(), plot.courses.end(), [](const Course& course) {
            return std::any_of(course.hi.end() - 6, course.hi.end(), [](const std::string& value) {
                return std::abs(std::stod(value) - 1) > 0.5;
            });
        });
    };
    EXPECT_EQ(far_from_one(printed), 2); // alpha_t = -1 and t sin 4t + cos 4t
    EXPECT_EQ(far_from_one(amended), 0);
}

// An inference from a vanishing error alone: the ratio to the law leaves every bound.
TEST(LimitPlots, AFailingInferenceIsSeen)
{
    const ledger::ClaimResult result =
        testing::decided(add_appendix_a_limits, "appA/post-ln/rate-gives-terminal");
    const LimitPlot& printed = first_plot(result.as_stated);
    EXPECT_LT(last_value(printed.courses.back()), 1e-6);
    for (const Course& course : first_plot(result.amended->judgement).courses) {
        EXPECT_GT(last_value(course), 0.1) << course.label;
    }
}

} // namespace
} // namespace attest::theorems
