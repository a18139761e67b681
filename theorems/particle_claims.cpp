#include "theorems/particle_claims.hpp"

#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace attest::theorems {
namespace {

constexpr std::size_t control_count = 4;
constexpr std::size_t quick_count = 16;
constexpr std::size_t standard_count = 200;
constexpr std::size_t deep_count = 5000;

std::size_t configuration_count(const Effort& effort)
{
    if (effort.control) {
        return control_count;
    }
    return effort.level == Effort::Level::Quick      ? quick_count
           : effort.level == Effort::Level::Standard ? standard_count
                                                     : deep_count;
}

/// What a comparison of balls came to.
struct Tally {
    std::size_t entries = 0;
    std::size_t skipped = 0; ///< configurations outside the domain: A_j = 0 where it is divided by
    long digits = 1'000'000;
    std::optional<ledger::Counterexample> different;

    void compare(const Ball& difference, const Configuration& c, const std::string& what)
    {
        ++entries;
        if (difference.is_finite() && difference.contains_zero()) {
            const double radius = Ball(difference.upper()).to_double();
            digits = std::min(digits, radius > 0 ? static_cast<long>(-std::log10(radius)) : digits);
        } else if (difference.is_finite() && !different) {
            different = ledger::Counterexample{
                {{"configuration", describe(c)}},
                fmt::format("{}: left minus right is {}", what, difference.to_string(10)),
                {}};
        } else if (!difference.is_finite()) {
            digits = 0;
        }
    }
};

/// Values of the symbols of a formula for token j.
std::map<std::string, Ball> environment(const model::TokenView<Ball>& token)
{
    return {{"r", token.r},         {"normA", token.norm_A}, {"thetaA", token.theta_A},
            {"alpha", token.alpha}, {"t", token.t},          {"late", token.late}};
}

void compare_configuration(std::string_view scheme, TableTwoColumn column, const Expr& formula,
                           const Configuration& c, long late, Tally& tally)
{
    const bool spherical =
        model::with_scheme(scheme, [](auto s) { return decltype(s)::spherical; });
    const bool unit = spherical || (scheme == model::MixLN::name && late == 0);
    const Matrix<Ball> raw = converted<Ball>(c.X);
    const Matrix<Ball> X = unit ? model::unit_columns(raw) : raw;
    const model::Attention<Ball> attention = attention_of<Ball>(c);
    const model::Regulation<Ball> at = regulation_of<Ball>(c, late);
    const Matrix<Ball> X_dot = model::token_velocity(scheme, attention, X, at);
    const Matrix<Ball> A = model::attend(attention, model::unit_columns(raw));
    for (Eigen::Index j = 0; j < X.cols(); ++j) {
        const Vector<Ball> x = X.col(j);
        const Vector<Ball> x_dot = X_dot.col(j);
        const Vector<Ball> A_j = A.col(j);
        const Ball r = sqrt(model::inner(x, x));
        const Vector<Ball> theta = model::unit<Ball>(x);
        const Ball norm_A = sqrt(model::inner(A_j, A_j));
        if (norm_A.contains_zero() || !norm_A.is_finite()) {
            ++tally.skipped;
            continue;
        }
        const Ball radial = model::inner(theta, x_dot);
        const Ball value = formula.evaluate(
            environment({r, norm_A, model::inner(theta, A_j), at.alpha, at.t, at.late}));
        if (column == TableTwoColumn::Magnitude) {
            tally.compare(radial - value, c, fmt::format("r' of token {}", j + 1));
            continue;
        }
        const Vector<Ball> tangent = model::project<Ball>(theta, A_j);
        for (Eigen::Index i = 0; i < x.size(); ++i) {
            const Ball turning = (x_dot(i) - radial * theta(i)) / r;
            tally.compare(turning - tangent(i) / value, c,
                          fmt::format("component {} of theta' of token {}", i + 1, j + 1));
        }
    }
}

/// At alpha_t = 0 theta_1' = 0 although P A_1 is not 0: no number s_1 makes s_1 theta_1' = P A_1.
/// Without certificates where theta_1' does not vanish.
std::vector<std::string> no_speed_factor_certificates(const SpanVector<Expr>& x_dot,
                                                      const Rational& cosine,
                                                      const proof::Point& point)
{
    const Expr radial = x_dot.theta + x_dot.A * sym("thetaA");
    const std::array<Expr, 2> turning = {(x_dot.theta - radial) / sym("r"), x_dot.A / sym("r")};
    std::vector<std::string> all = pair_certificates(cosine, point.at("thetaA"), point.at("normA"));
    for (const Expr& coordinate : turning) {
        if (coordinate.evaluate<Rational>(point) != 0) {
            return {};
        }
        all.push_back(value_certificate(coordinate, 0, point));
    }
    return all;
}

} // namespace

bool divides_by_zero(const Expr& formula, const proof::Point& point)
{
    try {
        (void)formula.evaluate<Rational>(point);
        return false;
    } catch (const std::overflow_error&) {
        return true;
    }
}

Evidence compare_in_balls(std::string_view scheme, TableTwoColumn column, const Expr& formula,
                          const Effort& effort, std::optional<ledger::Counterexample>& found)
{
    Tally tally;
    const auto all = configurations(configuration_count(effort), effort.seed);
    const std::vector<long> sides =
        scheme == model::MixLN::name ? std::vector<long>{0, 1} : std::vector<long>{0};
    // Nearly antipodal tokens and beta = 60 cost some digits; twice the bits cover them.
    const PrecisionScope precision(2 * bits_for_digits(effort.digits));
    for (const Configuration& c : all) {
        for (const long late : sides) {
            compare_configuration(scheme, column, formula, c, late, tally);
        }
    }
    Evidence evidence{
        "particle system in balls",
        fmt::format("{} equations at {} configurations of Table 1's velocity", tally.entries,
                    all.size()),
        Truth::Unknown,
        Strength::Enclosed,
        {ScopeKind::Sample,
         fmt::format("{} configurations, n <= 5, d <= 4, general Q, K, V", all.size())},
        std::nullopt,
        false,
        working_bits()};
    if (tally.different) {
        evidence.outcome = Truth::False;
        found = tally.different;
    } else if (tally.entries > 0 && tally.digits >= effort.digits) {
        evidence.outcome = Truth::True;
        evidence.digits = std::min(tally.digits, digits_for_bits(working_bits()));
    }
    return evidence;
}

std::vector<Statement> speed_factor_parts(std::string_view scheme, const Expr& s)
{
    std::vector<Statement> parts;
    for (const auto& token : phases(scheme)) {
        const SpanVector<Expr> x_dot = recorded_velocity(scheme, token);
        // theta' = (x' - <theta, x'> theta)/r in coordinates of (theta, A).
        const Expr radial = x_dot.theta + x_dot.A * token.theta_A;
        const Expr here = s.substitute("late", token.late).substitute("r", token.r);
        parts.push_back(part(1 / here, x_dot.A / token.r));
        parts.push_back(part(-token.theta_A / here, (x_dot.theta - radial) / token.r));
    }
    return parts;
}

std::vector<Statement> magnitude_parts(std::string_view scheme, const Expr& r_dot)
{
    std::vector<Statement> parts;
    for (const auto& token : phases(scheme)) {
        const SpanVector<Expr> x_dot = recorded_velocity(scheme, token);
        parts.push_back(part(r_dot.substitute("late", token.late).substitute("r", token.r),
                             x_dot.theta + x_dot.A * token.theta_A));
    }
    return parts;
}

Judgement check_speed_factor(const Statement& statement, const Effort& effort)
{
    const std::string& scheme = statement.words.at("scheme");
    const Expr& s = statement.formulas.at("s");
    const auto alpha = statement.words.find("alpha");
    if (alpha != statement.words.end() && alpha->second == "real") {
        // Tokens (1, 0) and (-7/25, 24/25), beta = 0, V = I: A_1 = (9/25, 12/25), |A_1| = 3/5.
        const proof::Point at_zero = {{"alpha", 0},
                                      {"normA", Rational(3, 5)},
                                      {"thetaA", Rational(9, 25)},
                                      {"r", 1},
                                      {"t", 0},
                                      {"late", 0}};
        const SpanVector<Expr> x_dot = recorded_velocity(scheme, symbolic_token());
        const bool motion_defined =
            !divides_by_zero(x_dot.theta, at_zero) && !divides_by_zero(x_dot.A, at_zero);
        if (motion_defined && divides_by_zero(s, at_zero)) {
            Judgement judgement;
            judgement.evidence.push_back({"exact evaluation at alpha_t = 0",
                                          "s_j divides by zero while x_j' of Table 1 has a value",
                                          Truth::False,
                                          Strength::Exact,
                                          {ScopeKind::Points, "alpha_t = 0"}});
            judgement.counterexample = ledger::Counterexample{
                {{"alpha", "0"},
                 {"n", "2"},
                 {"beta", "0"},
                 {"theta_1", "(1, 0)"},
                 {"theta_2", "(-7/25, 24/25)"},
                 {"A_1", "(9/25, 12/25)"}},
                fmt::format("Table 1 gives x_1' = {} theta_1 + {} A_1; s_1 = {} has no value",
                            to_string(x_dot.theta.evaluate<Rational>(at_zero)),
                            to_string(x_dot.A.evaluate<Rational>(at_zero)), s.text()),
                fmt::format("attest evaluate '{}' '0' --at alpha=0,normA=3/5,thetaA=9/25,r=1,t=0",
                            s.text())};
            for (std::string& one :
                 no_speed_factor_certificates(x_dot, Rational(-7, 25), at_zero)) {
                attach(judgement, effort, std::move(one));
            }
            return judgement;
        }
    }
    Judgement judgement = decide_token_identities(speed_factor_parts(scheme, s), effort);
    if (alpha != statement.words.end()) {
        for (Evidence& item : judgement.evidence) {
            if (item.scope.kind == ScopeKind::All) {
                item.scope.text += ", alpha_t != 0, A_j != 0";
            }
        }
    }
    std::optional<ledger::Counterexample> found;
    judgement.evidence.push_back(compare_in_balls(scheme, TableTwoColumn::Speed, s, effort, found));
    if (found && !judgement.counterexample) {
        judgement.counterexample = found;
    }
    return judgement;
}

Judgement check_magnitudes(const Statement& statement, const Effort& effort)
{
    std::vector<Judgement> parts;
    for (const auto& [scheme, r_dot] : statement.formulas) {
        Judgement judgement = decide_token_identities(magnitude_parts(scheme, r_dot), effort);
        std::optional<ledger::Counterexample> found;
        judgement.evidence.push_back(
            compare_in_balls(scheme, TableTwoColumn::Magnitude, r_dot, effort, found));
        if (found && !judgement.counterexample) {
            judgement.counterexample = found;
        }
        parts.push_back(std::move(judgement));
    }
    return all_of(parts);
}

} // namespace attest::theorems
