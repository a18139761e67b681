// Table 1: each discrete update, with a step h in front of the attention term, against the
// continuous form beside it.
#include "theorems/limit_plots.hpp"
#include "theorems/particle_claims.hpp"
#include "theorems/units.hpp"

#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// Both columns of a row, for the report: the formulas of Table 1 with the step h.
struct RowText {
    std::string_view scheme;
    const char* update;
    const char* velocity;
};
constexpr std::array<RowText, 6> row_texts = {{
    {model::PostLN::name, "\\mathrm{Norm}(X + h A^t(X))", "P_X A^t(X)"},
    {model::PreLN::name, "X + h A^t(\\mathrm{Norm}(X))", "A^t(\\mathrm{Norm}(X))"},
    {model::MixLN::name,
     "\\mathrm{Norm}(X + h A^t(X))\\,\\mathbb{1}_{t\\le\\tau} + (X + h "
     "A^t(\\mathrm{Norm}(X)))\\,\\mathbb{1}_{t>\\tau}",
     "P_X A^t(X)\\,\\mathbb{1}_{t\\le\\tau} + A^t(\\mathrm{Norm}(X))\\,\\mathbb{1}_{t>\\tau}"},
    {model::PeriLN::name, "X + h\\,\\mathrm{Norm}(A^t(\\mathrm{Norm}(X)))",
     "\\mathrm{Norm}(A^t(\\mathrm{Norm}(X)))"},
    {model::NGPT::name, "\\mathrm{Norm}(X + h \\alpha_t \\mathrm{Norm}(A^t(X)))",
     "P_X \\alpha_t \\mathrm{Norm}(A^t(X))"},
    {model::SqrtScaling::name, "\\mathrm{Norm}(X + h (t+1)^{-1/2} A^t(X))",
     "(t+1)^{-1/2} P_X A^t(X)"},
}};

std::string with_coordinates(const RowText& row, const Expr& theta, const Expr& A)
{
    return fmt::format("\\lim_{{h\\to 0}} \\frac{{[{}] - X}}{{h}} = {}, \\quad\\text{{token }} j: "
                       "\\left({}\\right)\\theta_j + \\left({}\\right)A_j",
                       row.update, row.velocity, theta.latex(), A.latex());
}

/// Token by token, x_j' as printed in the statement: coordinates along theta_j and A_j.
Matrix<Real> stated_velocity(const Statement& statement, const Configuration& c,
                             const Matrix<Real>& X, long late)
{
    const auto attention = attention_of<Real>(c);
    const auto at = regulation_of<Real>(c, late);
    const Matrix<Real> theta = model::unit_columns(X);
    const Matrix<Real> A = model::attend(attention, theta);
    Matrix<Real> out(X.rows(), X.cols());
    for (Eigen::Index j = 0; j < X.cols(); ++j) {
        const Vector<Real> theta_j = theta.col(j);
        const Vector<Real> A_j = A.col(j);
        const Vector<Real> x = X.col(j);
        const std::map<std::string, Real> values = {{"r", sqrt(model::inner(x, x))},
                                                    {"normA", sqrt(model::inner(A_j, A_j))},
                                                    {"thetaA", model::inner(theta_j, A_j)},
                                                    {"alpha", at.alpha},
                                                    {"t", at.t},
                                                    {"late", at.late}};
        const Real along_theta = statement.formulas.at("theta").evaluate(values);
        const Real along_A = statement.formulas.at("A").evaluate(values);
        out.col(j) = along_theta * theta_j + along_A * A_j;
    }
    return out;
}

Real largest_entry(const Matrix<Real>& m)
{
    Real largest = 0;
    for (Eigen::Index j = 0; j < m.cols(); ++j) {
        for (Eigen::Index i = 0; i < m.rows(); ++i) {
            const Real size = abs(m(i, j));
            largest = size > largest ? size : largest;
        }
    }
    return largest;
}

bool has_zero_attention(const Configuration& c, const Matrix<Real>& X)
{
    const Matrix<Real> A = model::attend(attention_of<Real>(c), model::unit_columns(X));
    for (Eigen::Index j = 0; j < A.cols(); ++j) {
        const Vector<Real> A_j = A.col(j);
        if (model::inner(A_j, A_j) == 0) {
            return true;
        }
    }
    return false;
}

/// Difference quotients of the whole layer at two steps, at explicit configurations: their distance
/// from the stated velocity has to halve with the step (or vanish, where the layer is linear in h).
Evidence observed_order(const Statement& statement, const Effort& effort,
                        std::optional<ledger::Counterexample>& found)
{
    const std::string& scheme = statement.words.at("scheme");
    const PrecisionScope precision(4 * bits_for_digits(effort.digits));
    // 2^-40 against 2^-41: the ratio of the distances is 2 + O(2^-40).
    const Real h = ldexp(Real(1), -40);
    const Real half = h / 2;
    const Real noise = ldexp(Real(1), -static_cast<int>(working_bits() / 2));
    const Real tolerance = ldexp(Real(1), -16);
    const bool spherical =
        model::with_scheme(scheme, [](auto s) { return decltype(s)::spherical; });
    const auto all = configurations(effort.control ? 4 : 24, effort.seed);
    std::size_t used = 0;
    LimitPlot plot{"\\text{distance of } (X_h - X)/h \\text{ from the velocity}", "h", "0", {}};
    Truth outcome = Truth::True;
    for (const Configuration& c : all) {
        for (const long late :
             scheme == model::MixLN::name ? std::vector<long>{0, 1} : std::vector<long>{0}) {
            const bool unit = spherical || (scheme == model::MixLN::name && late == 0);
            const Matrix<Real> raw = converted<Real>(c.X);
            const Matrix<Real> X = unit ? model::unit_columns(raw) : raw;
            if (has_zero_attention(c, X)) {
                continue;
            }
            ++used;
            const auto attention = attention_of<Real>(c);
            const auto at = regulation_of<Real>(c, late);
            const Matrix<Real> velocity = stated_velocity(statement, c, X, late);
            const auto distance = [&](const Real& step) {
                const Matrix<Real> next = model::layer_update(scheme, attention, X, step, at);
                return largest_entry(Matrix<Real>((next - X) / step - velocity));
            };
            const Real coarse = distance(h);
            const Real fine = distance(half);
            const Real scale = 1 + largest_entry(velocity);
            if (!effort.control && plot.courses.size() < most_courses - 1) {
                Course course;
                course.label = fmt::format(
                    "configuration {}{}", used,
                    scheme == model::MixLN::name ? (late == 0 ? ", t <= tau" : ", t > tau") : "");
                for (int k = 0; k <= 40; k += 2) {
                    const Real step = ldexp(Real(1), -k);
                    add_point(course, Ball(step), Ball(distance(step)));
                }
                add_course(plot, std::move(course));
            }
            const bool vanishes = coarse < noise * scale && fine < noise * scale;
            const bool halves = abs(coarse / fine - 2) < tolerance;
            if (!vanishes && !halves) {
                outcome = fine > tolerance * tolerance * scale ? Truth::False : Truth::Unknown;
                if (is_false(outcome) && !found) {
                    found = ledger::Counterexample{
                        {{"configuration", describe(c)}, {"h", "2^-41"}},
                        fmt::format(
                            "the difference quotient stays {} away from the stated velocity",
                            to_decimal(fine, 6)),
                        {}};
                }
            }
            if (is_false(outcome)) {
                break;
            }
        }
        if (is_false(outcome)) {
            break;
        }
    }
    Evidence item{"difference quotients of the layer (MPFR)",
                  fmt::format("h = 2^-40 and 2^-41 at {} configurations: first order in h", used),
                  outcome,
                  Strength::Numeric,
                  {ScopeKind::Sample,
                   fmt::format("{} configurations, n <= 5, d <= 4, general Q, K, V", used)},
                  std::nullopt,
                  false,
                  working_bits()};
    attach_plot(item, std::move(plot));
    return item;
}

Judgement check_continuous(const Statement& statement, const Effort& effort)
{
    const std::string& scheme = statement.words.at("scheme");
    std::vector<Statement> parts;
    for (const auto& token : phases(scheme)) {
        const SpanVector<FirstOrder<Expr>> update = recorded_update(scheme, token);
        const auto stated = [&](const char* name) {
            return statement.formulas.at(name)
                .substitute("late", token.late)
                .substitute("r", token.r);
        };
        parts.push_back(part(update.theta.value, token.r));
        parts.push_back(part(update.A.value, Expr(0)));
        parts.push_back(part(stated("theta"), update.theta.slope));
        parts.push_back(part(stated("A"), update.A.slope));
    }
    Judgement judgement = decide_token_identities(parts, effort);
    std::optional<ledger::Counterexample> found;
    judgement.evidence.push_back(observed_order(statement, effort, found));
    if (found && !judgement.counterexample) {
        judgement.counterexample = found;
    }
    return judgement;
}

void add_continuous(ledger::Registry& registry, const RowText& row)
{
    Claim claim;
    claim.id = fmt::format("table1/{}/continuous", row.scheme);
    // Where theta_j occurs, X is on the sphere: r_j = 1.
    model::TokenView<Expr> token = symbolic_token();
    token.r = Expr(1);
    const SpanVector<Expr> velocity = recorded_velocity(row.scheme, token);
    const Expr theta = tidy(velocity.theta);
    const Expr A = tidy(velocity.A);
    claim.printed.latex = with_coordinates(row, theta, A);
    claim.printed.formulas = {{"theta", theta}, {"A", A}};
    claim.printed.words = {{"scheme", std::string(row.scheme)}};
    claim.check = check_continuous;
    for (const char* name : {"theta", "A"}) {
        for (Fault& miss : faults_of(claim.printed, name)) {
            miss.change = fmt::format("along {}: {}", name, miss.change);
            claim.faults.push_back(std::move(miss));
        }
    }
    for (const RowText& other : row_texts) {
        // Post-LN's layer is Mix-LN's before its switch: no fault there.
        const bool early_half =
            row.scheme == model::MixLN::name && other.scheme == model::PostLN::name;
        if (other.scheme != row.scheme && !early_half) {
            claim.faults.push_back(fault(fmt::format("update of {} instead", other.scheme),
                                         claim.printed, "scheme", std::string(other.scheme)));
        }
    }
    claim.witness = orthonormal_witness;
    registry.add(std::move(claim));
}

/// The form (NA) with the stated s_j for every alpha_t of the stated range.
void add_alpha_domain(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "table1/ngpt/alpha-domain";
    const Expr s = model::NGPT::speed_factor(symbolic_token());
    claim.printed.formulas = {{"s", s}};
    claim.printed.words = {{"scheme", std::string(model::NGPT::name)}, {"alpha", "real"}};
    claim.printed.latex = "\\forall \\alpha_t \\in \\mathbb{R}: \\quad \\dot\\theta_j = "
                          "\\frac{1}{s_j} P_{\\theta_j} A_j(\\Theta), \\quad s_j = "
                          + s.latex();
    claim.amended = claim.printed;
    claim.amended->words["alpha"] = "nonzero";
    claim.amended->latex =
        "\\forall \\alpha_t \\in \\mathbb{R}\\setminus\\{0\\}: \\quad "
        "\\dot\\theta_j = \\frac{1}{s_j} P_{\\theta_j} A_j(\\Theta), \\quad s_j = "
        + s.latex();
    claim.check = check_speed_factor;
    claim.faults = faults_of(*claim.amended, "s");
    claim.faults.push_back(fault("alpha_t = 0 allowed", *claim.amended, "alpha", "real"));
    claim.faults.push_back(fault("only the size of alpha_t", *claim.amended, "s",
                                 sym("normA") / sqrt(pow(sym("alpha"), 2))));
    claim.witness = orthonormal_witness;
    claim.note =
        "the equation theta_j' = alpha_t P_{theta_j} A_j/|A_j| itself has a meaning at "
        "alpha_t = 0; only its form with a speed factor does not. For alpha_t < 0 the speed "
        "factor is negative: tokens move against the attention vector";
    registry.add(std::move(claim));
}

} // namespace

void add_table_1(ledger::Registry& registry)
{
    for (const RowText& row : row_texts) {
        add_continuous(registry, row);
    }
    add_alpha_domain(registry);
}

} // namespace attest::theorems
