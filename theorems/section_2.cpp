// Section 2: attention, projection, discretization and the normalized attention dynamics (NA).
#include "theorems/particle_claims.hpp"
#include "theorems/units.hpp"

#include "attest/flow/particle_flow.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::theorems {
namespace {

constexpr std::size_t explicit_configurations = 12;

// --- Section 2.1 ----------------------------------------------------------------------------

Scope small_matrices()
{
    return {ScopeKind::Points, "n = d = 2, all weights, values and tokens"};
}

Matrix<Expr> symbols(const std::string& name, long rows, long columns)
{
    Matrix<Expr> m(rows, columns);
    for (Eigen::Index j = 0; j < columns; ++j) {
        for (Eigen::Index i = 0; i < rows; ++i) {
            m(i, j) = sym(fmt::format("{}{}{}", name, i, j));
        }
    }
    return m;
}

/// V (X + c Y) W^T = V X W^T + c^degree V Y W^T entry by entry in free symbols.
std::vector<Statement> linearity_for_fixed_weights(const Rational& degree)
{
    const Matrix<Expr> W = symbols("w", 2, 2);
    const Matrix<Expr> V = symbols("v", 2, 2);
    const Matrix<Expr> X = symbols("x", 2, 2);
    const Matrix<Expr> Y = symbols("y", 2, 2);
    const Expr c = sym("c");
    const auto apply = [&](const Matrix<Expr>& tokens) {
        return product(product(V, tokens), Matrix<Expr>(W.transpose()));
    };
    const auto times = [](const Expr& scalar, const Matrix<Expr>& m) {
        return Matrix<Expr>(scalar * m);
    };
    const Matrix<Expr> left = apply(X + times(c, Y));
    const Matrix<Expr> right = apply(X) + times(pow(c, degree), apply(Y));
    std::vector<Statement> entries;
    for (Eigen::Index j = 0; j < left.cols(); ++j) {
        for (Eigen::Index i = 0; i < left.rows(); ++i) {
            entries.push_back(part(left(i, j), right(i, j)));
        }
    }
    return entries;
}

/// Evidence that all of the identities hold, with their certificates.
void add_exact(Judgement& judgement, const Effort& effort, const std::string& detail,
               const Scope& scope, const std::vector<Statement>& identities)
{
    Truth all = Truth::True;
    for (const Statement& one : identities) {
        all = all && proof::identical(one.formulas.at("lhs"), one.formulas.at("rhs"));
    }
    judgement.evidence.push_back({"exact algebra", detail, all, Strength::Exact, scope});
    for (const Statement& one : identities) {
        if (is_true(all)) {
            attach(judgement, effort,
                   proof::identity_certificate(one.formulas.at("lhs"), one.formulas.at("rhs")));
        }
    }
}

/// A_2(2X) against 2^degree A_2(X) for the two tokens 0 and 1 on a line, Q = K = V = 1, as formulas
/// in beta: e^{4 beta} against e^{beta} in the weights.
Statement two_tokens_on_a_line(const Rational& degree)
{
    const auto A_2 = [](const Rational& x) {
        const Expr weight = exp(Expr(Rational(x * x)) * sym("beta"));
        return Expr(x) * weight / (1 + weight);
    };
    return part(A_2(2), Expr(power(Rational(2), degree)) * A_2(1));
}

/// A(2X) against 2^degree A(X), with the weights of X ("of X") or of the first argument in both
/// ("held fixed"), in balls at explicit tokens.
Judgement check_linearity(const Statement& statement, const Effort& effort)
{
    const bool fixed = statement.words.at("weights") == "held fixed";
    const Rational& degree = statement.numbers.at("degree");
    Judgement judgement;
    if (!fixed) {
        const Statement line = two_tokens_on_a_line(degree);
        const proof::Point point = {{"beta", 1}};
        const auto& [lhs, rhs] = std::pair(line.formulas.at("lhs"), line.formulas.at("rhs"));
        const proof::PointCheck check = proof::check_equal(lhs, rhs, {point}, effort.digits);
        judgement.evidence.push_back({"evaluation at two tokens",
                                      "A_2(2X) against A_2(X)",
                                      check.outcome(),
                                      Strength::Enclosed,
                                      {ScopeKind::Points, "n = 2, d = 1, X = (0, 1), beta = 1"},
                                      std::nullopt,
                                      false,
                                      check.bits});
        if (is_false(check.outcome())) {
            judgement.counterexample = ledger::Counterexample{
                {{"n", "2"}, {"d", "1"}, {"X", "(0, 1)"}, {"beta", "1"}, {"Q, K, V", "1"}},
                fmt::format("A_2(2X) = {}, 2^{} A_2(X) = {}",
                            proof::evaluate_at(lhs, point).to_string(15), to_string(degree),
                            proof::evaluate_at(rhs, point).to_string(15)),
                replay_command(lhs, rhs, point)};
            attach(judgement, effort, proof::point_certificate(lhs, "!=", rhs, point));
            return judgement;
        }
    }
    const PrecisionScope precision(2 * bits_for_digits(effort.digits));
    const Ball factor(power(Rational(2), degree));
    Truth outcome = Truth::True;
    for (const Configuration& c : configurations(explicit_configurations, effort.seed)) {
        const Matrix<Ball> X = converted<Ball>(c.X);
        const auto attention = attention_of<Ball>(c);
        const Matrix<Ball> twice = Matrix<Ball>(Ball(2) * X);
        const Matrix<Ball> W = model::attention_matrix(attention, fixed ? X : twice);
        const Matrix<Ball> values = attention.V ? product(*attention.V, twice) : twice;
        const Matrix<Ball> left = product(values, Matrix<Ball>(W.transpose()));
        const Matrix<Ball> right = model::attend(attention, X);
        for (Eigen::Index j = 0; j < X.cols() && !is_false(outcome); ++j) {
            for (Eigen::Index i = 0; i < X.rows(); ++i) {
                if (is_false(equal(left(i, j), factor * right(i, j)))) {
                    outcome = Truth::False;
                    judgement.counterexample = ledger::Counterexample{
                        {{"configuration", describe(c)}},
                        fmt::format("entry ({}, {}) of A(2X) is {}, of 2^{} A(X) {}", i + 1, j + 1,
                                    left(i, j).to_string(12), to_string(degree),
                                    Ball(factor * right(i, j)).to_string(12)),
                        {}};
                    break;
                }
            }
        }
    }
    judgement.evidence.push_back({"homogeneity in balls",
                                  "A(2X) against A(X) at explicit tokens",
                                  outcome,
                                  Strength::Enclosed,
                                  {ScopeKind::Sample, "explicit configurations"},
                                  std::nullopt,
                                  false,
                                  working_bits()});
    if (fixed && !is_false(outcome)) {
        add_exact(judgement, effort,
                  "V (X + cY) W^T = V X W^T + c V Y W^T with free symbols for all entries",
                  small_matrices(), linearity_for_fixed_weights(degree));
    }
    return judgement;
}

void add_linearity(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec2.1/attention-linear";
    claim.printed.latex = "A^t(X + cY) = A^t(X) + c A^t(Y)";
    claim.printed.words = {{"weights", "of X"}};
    claim.printed.numbers = {{"degree", 1}};
    claim.amended = claim.printed;
    claim.amended->words["weights"] = "held fixed";
    claim.amended->latex = "V (X + cY) W^\\top = V X W^\\top + c\\, V Y W^\\top \\quad\\text{for a "
                           "fixed attention matrix } W";
    claim.check = check_linearity;
    claim.faults = {fault("weights computed from X", *claim.amended, "weights", "of X"),
                    fault("degree 2", *claim.amended, "degree", Rational(2)),
                    fault("degree 0", *claim.amended, "degree", Rational(0))};
    claim.witness = orthonormal_witness;
    claim.note = "the softmax weights depend on X, so that A^t is not linear unless they do not "
                 "(beta = 0, or W held fixed)";
    registry.add(std::move(claim));
}

/// w(beta, Q, K) = w(1, a Q, b K) with the formulas a, b in beta.
Judgement check_temperature(const Statement& statement, const Effort& effort)
{
    const Expr& a = statement.formulas.at("Q");
    const Expr& b = statement.formulas.at("K");
    Judgement judgement;
    const PrecisionScope precision(2 * bits_for_digits(effort.digits));
    Truth outcome = Truth::True;
    for (const Configuration& c : configurations(explicit_configurations, effort.seed)) {
        const Matrix<Ball> X = converted<Ball>(c.X);
        const auto with_beta = attention_of<Ball>(c);
        const std::map<std::string, Ball> values = {{"beta", with_beta.beta}};
        const auto identity = [&] {
            return Matrix<Ball>(Matrix<Ball>::Identity(X.rows(), X.rows()));
        };
        model::Attention<Ball> without = with_beta;
        without.beta = Ball(1);
        without.Q = Matrix<Ball>(a.evaluate(values) * with_beta.Q.value_or(identity()));
        without.K = Matrix<Ball>(b.evaluate(values) * with_beta.K.value_or(identity()));
        const Matrix<Ball> W = model::attention_matrix(with_beta, X);
        const Matrix<Ball> W_1 = model::attention_matrix(without, X);
        for (Eigen::Index k = 0; k < W.size() && !is_false(outcome); ++k) {
            if (!W.reshaped()(k).overlaps(W_1.reshaped()(k))) {
                outcome = Truth::False;
                judgement.counterexample = ledger::Counterexample{
                    {{"configuration", describe(c)}},
                    fmt::format("a weight is {} with beta and {} without",
                                W.reshaped()(k).to_string(12), W_1.reshaped()(k).to_string(12)),
                    {}};
            }
        }
    }
    judgement.evidence.push_back({"attention matrices in balls",
                                  "weights with (beta, Q, K) against those with (1, aQ, bK)",
                                  outcome,
                                  Strength::Enclosed,
                                  {ScopeKind::Sample, "explicit configurations"},
                                  std::nullopt,
                                  false,
                                  working_bits()});
    if (!is_false(outcome)) {
        // Each summand of the inner product of q = Qx and k = Ky.
        const Expr q = sym("q");
        const Expr k = sym("k");
        add_exact(judgement, effort, "<aQx, bKy> = ab <Qx, Ky>, and ab = beta",
                  {ScopeKind::All, "all n, d, X, Q, K, beta >= 0"},
                  {part(a * b, sym("beta")), part((a * q) * (b * k), a * b * (q * k))});
    }
    return judgement;
}

void add_temperature(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec2.1/temperature-redundant";
    claim.printed.latex = "w_{jk}(\\beta, Q, K) = w_{jk}(1, \\beta Q, K)";
    claim.printed.formulas = {{"Q", sym("beta")}, {"K", Expr(1)}};
    claim.check = check_temperature;
    claim.faults = faults_of(claim.printed, "K");
    claim.faults.push_back(fault("both rescaled by beta", claim.printed, "K", sym("beta")));
    claim.witness = orthonormal_witness;
    registry.add(std::move(claim));
}

// --- Section 2.2 ----------------------------------------------------------------------------

/// P y = a x + b y with <P y, x> = 0 and y - P y along x: that is the orthogonal projection onto
/// the tangent space. y takes A_j's place in the plane, x theta_j's.
Judgement check_tangent_projection(const Statement& statement, const Effort& effort)
{
    const auto token = symbolic_token();
    const SpanVector<Expr> Py{statement.formulas.at("x"), statement.formulas.at("y"), token.theta_A,
                              pow(token.norm_A, 2)};
    const SpanVector<Expr> x{Expr(1), Expr(0), token.theta_A, pow(token.norm_A, 2)};
    const SpanVector<Expr> y{Expr(0), Expr(1), token.theta_A, pow(token.norm_A, 2)};
    return decide_token_identities({part(inner(Py, x), Expr(0)), part((y - Py).A, Expr(0)),
                                    part(Py.theta, model::project<Expr>(x, y).theta),
                                    part(Py.A, model::project<Expr>(x, y).A)},
                                   effort);
}

void add_tangent_projection(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec2.2/projection";
    claim.printed.latex =
        "P_x y = y - \\langle y, x\\rangle x \\;\\perp\\; x, \\quad y - P_x y \\in "
        "\\mathbb{R}x \\quad (\\|x\\| = 1)";
    claim.printed.formulas = {{"x", -sym("thetaA")}, {"y", Expr(1)}};
    claim.check = check_tangent_projection;
    for (const char* name : {"x", "y"}) {
        for (Fault& miss : faults_of(claim.printed, name)) {
            claim.faults.push_back(std::move(miss));
        }
    }
    claim.faults.push_back(
        fault("divided by |y|", claim.printed, "x", -sym("thetaA") / sym("normA")));
    claim.faults.push_back(fault("projection on x", claim.printed, "x", sym("thetaA")));
    claim.witness = "x = (1, 0), y = (3, 4)";
    registry.add(std::move(claim));
}

/// Post-LN's and sqrt-scaling's trajectories by Runge-Kutta, the first at the time that the clock
/// shows.
Evidence compare_trajectories(const Expr& clock)
{
    const PrecisionScope precision(96);
    const Real end = 3;
    const Real clock_end = clock.evaluate(std::map<std::string, Real>{{"t", end}});
    const Configuration c = configurations(0, 0).at(5); // Pythagorean directions
    flow::ParticleProblem<Real> problem;
    problem.attention.beta = 2;
    const Matrix<Real> start = model::unit_columns(converted<Real>(c.X));
    constexpr long steps = 400;
    problem.scheme = model::SqrtScaling::name;
    const Matrix<Real> slow = flow::integrate_tokens(problem, start, Real(0), end, steps);
    problem.scheme = model::PostLN::name;
    const Matrix<Real> fast = flow::integrate_tokens(problem, start, Real(0), clock_end, steps);
    const Real distance = (slow - fast).cwiseAbs().maxCoeff();
    constexpr long expected = 8; // order 5 with 400 steps leaves about ten digits
    const Real tolerance = to_real(pow(Rational(1, 10), expected));
    return {"Runge-Kutta of order 5 (MPFR)",
            fmt::format("n = 3 tokens to t = 3: directions differ by {}", to_decimal(distance, 3)),
            distance < tolerance         ? Truth::True
            : distance > 100 * tolerance ? Truth::False
                                         : Truth::Unknown,
            Strength::Numeric,
            {ScopeKind::Points, "one trajectory"},
            std::nullopt,
            false,
            working_bits()};
}

/// x'(t) of sqrt-scaling = clock'(t) times the velocity of Post-LN, clock(0) = 0.
Judgement check_clock(const Statement& statement, const Effort& effort)
{
    const Expr& clock = statement.formulas.at("clock");
    using Series = FirstOrder<Expr>;
    const Expr rate =
        clock.evaluate(std::map<std::string, Series>{{"t", Series(sym("t"), Expr(1))}}).slope;
    const auto token = token_with(symbolic_token(), 0, true);
    const SpanVector<Expr> post = recorded_velocity(model::PostLN::name, token);
    const SpanVector<Expr> scaled = recorded_velocity(model::SqrtScaling::name, token);
    Judgement judgement = decide_token_identities({part(clock.substitute("t", Expr(0)), Expr(0)),
                                                   part(rate * post.theta, scaled.theta),
                                                   part(rate * post.A, scaled.A)},
                                                  effort);
    if (!effort.control) {
        judgement.evidence.push_back(compare_trajectories(clock));
    }
    // The two schemes meet the same weights at different times.
    for (Evidence& item : judgement.evidence) {
        item.scope.text += "; Q, K, V constant in t";
    }
    return judgement;
}

void add_rescaled_clock(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec2.2/sqrt-scaling-rescales-post-ln";
    const Expr clock = 2 * (sqrt(sym("t") + 1) - 1);
    claim.printed.latex = "\\Theta_{\\text{sqrt-scaling}}(t) = \\Theta_{\\text{Post-LN}}\\left("
                          + clock.latex() + "\\right)";
    claim.printed.formulas = {{"clock", clock}};
    claim.check = check_clock;
    claim.faults = faults_of(claim.printed, "clock");
    claim.witness = orthonormal_witness;
    registry.add(std::move(claim));
}

/// The layers of all six rows with step h against X + factor h F(X), F the continuous column: equal
/// ("exact") or equal up to O(h^2) ("first order").
Judgement check_euler(const Statement& statement, const Effort& effort)
{
    const Expr factor(statement.numbers.at("factor"));
    const bool exact = statement.words.at("meaning") == "exact";
    const Expr h = sym("h");
    std::vector<Statement> parts;
    for (const std::string_view scheme : model::scheme_names) {
        for (const auto& token : phases(scheme)) {
            const SpanVector<Expr> F = recorded_velocity(scheme, token);
            if (exact) {
                const SpanVector<Expr> layer = recorded_layer(scheme, token, h);
                parts.push_back(part(layer.theta, token.r + factor * h * F.theta));
                parts.push_back(part(layer.A, factor * h * F.A));
            } else {
                const SpanVector<FirstOrder<Expr>> layer = recorded_update(scheme, token);
                parts.push_back(part(layer.theta.value, token.r));
                parts.push_back(part(layer.A.value, Expr(0)));
                parts.push_back(part(layer.theta.slope, factor * F.theta));
                parts.push_back(part(layer.A.slope, factor * F.A));
            }
        }
    }
    return decide_token_identities(parts, effort);
}

void add_euler(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec2.2/euler-discretization";
    claim.printed.latex = "X^{t+1} = X^t + h F(X^t) \\;\\text{(forward Euler), } F \\text{ the "
                          "continuous column of Table 1, all rows}";
    claim.printed.words = {{"meaning", "exact"}};
    claim.printed.numbers = {{"factor", 1}};
    claim.amended = claim.printed;
    claim.amended->words["meaning"] = "first order";
    claim.amended->latex = "X^{t+1} = X^t + h F(X^t) + O(h^2) \\;\\text{for all rows of Table 1}";
    claim.check = check_euler;
    claim.faults = {fault("no remainder", *claim.amended, "meaning", "exact"),
                    fault("twice the speed", *claim.amended, "factor", Rational(2)),
                    fault("half the speed", *claim.amended, "factor", Rational(1, 2)),
                    fault("backwards", *claim.amended, "factor", Rational(-1))};
    claim.witness = orthonormal_witness;
    claim.note =
        "Pre-LN and Peri-LN layers are forward Euler steps; the four that normalise the sum "
        "are one-step methods that agree with forward Euler to first order in h";
    registry.add(std::move(claim));
}

// --- Section 2.3 ----------------------------------------------------------------------------

/// <x_j, x_j'> = 0 on the unit sphere for every scheme that the statement lists.
Judgement check_sphere(const Statement& statement, const Effort& effort)
{
    std::vector<Statement> parts;
    for (const auto& [scheme, place] : statement.words) {
        if (place != "on the sphere") {
            throw InputError(fmt::format("place '{}': must be on the sphere", place));
        }
        for (const auto& phase : phases(scheme)) {
            const auto token = [&] {
                auto unit = phase;
                unit.r = Expr(1);
                return unit;
            }();
            const SpanVector<Expr> x_dot = recorded_velocity(scheme, token);
            parts.push_back(part(x_dot.theta + x_dot.A * token.theta_A, Expr(0)));
        }
    }
    return decide_token_identities(parts, effort);
}

void add_sphere(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec2.3/sphere-invariance";
    claim.printed.latex =
        "\\|x_j(0)\\| = 1 \\Rightarrow \\|x_j(t)\\| = 1 \\quad\\text{(Post-LN, nGPT, "
        "sqrt-scaling): } \\langle x_j, \\dot x_j\\rangle = 0";
    const std::string place = "on the sphere";
    claim.printed.words = {{std::string(model::PostLN::name), place},
                           {std::string(model::NGPT::name), place},
                           {std::string(model::SqrtScaling::name), place}};
    claim.check = check_sphere;
    for (const std::string_view other :
         {model::PreLN::name, model::MixLN::name, model::PeriLN::name}) {
        claim.faults.push_back(fault(fmt::format("claimed for {} too", other), claim.printed,
                                     std::string(other), place));
    }
    claim.witness = orthonormal_witness;
    registry.add(std::move(claim));
}

/// (NA) with every scheme's s_j; formulas are named by scheme.
Judgement check_na_form(const Statement& statement, const Effort& effort)
{
    std::vector<Judgement> parts;
    for (const auto& [scheme, s] : statement.formulas) {
        Statement one;
        one.formulas = {{"s", s}};
        one.words = {{"scheme", scheme}};
        if (scheme == model::NGPT::name) {
            one.words["alpha"] = statement.words.at("alpha");
        }
        parts.push_back(check_speed_factor(one, effort));
        if (parts.back().counterexample) {
            return parts.back(); // one scheme that fails refutes "all six"
        }
    }
    return all_of(parts);
}

void add_na_form(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec2.3/na-form";
    for (const std::string_view scheme : model::scheme_names) {
        claim.printed.formulas.emplace(scheme, speed_factor_of(scheme));
    }
    const std::string form =
        "\\dot\\theta_j = \\frac{1}{s_j} P_{\\theta_j} A_j(\\Theta), \\quad s_j "
        "\\text{ as in Table 2, all six schemes}";
    claim.printed.latex = form;
    claim.printed.words = {{"alpha", "nonzero"}};
    claim.check = check_na_form;
    for (const auto& [scheme, s] : claim.printed.formulas) {
        claim.faults.push_back(fault(scheme + ": s_j doubled", claim.printed, scheme, 2 * s));
        claim.faults.push_back(
            fault(scheme + ": s_j |A_j|", claim.printed, scheme, s * sym("normA")));
    }
    claim.faults.push_back(fault("alpha_t = 0 allowed", claim.printed, "alpha", "real"));
    claim.witness = orthonormal_witness;
    claim.depends_on = {"table2/post-ln/speed-factor", "table2/pre-ln/speed-factor",
                        "table2/mix-ln/speed-factor",  "table2/peri-ln/speed-factor",
                        "table2/ngpt/speed-factor",    "table2/sqrt-scaling/speed-factor"};
    claim.note = "where every s_j is defined: alpha_t != 0, see table1/ngpt/alpha-domain";
    registry.add(std::move(claim));
}

/// The same at three tokens with different |A_j|, enclosed: the ratio of the speed factors at two
/// moving tokens, before and after Mix-LN's switch.
std::optional<Evidence> differing_ratios_of_three(const Expr& ratio, const Statement& statement)
{
    const PrecisionScope precision(128);
    Matrix<Ball> theta(2, 3);
    theta << Ball(1), Ball(Rational(3, 5)), Ball(Rational(-4, 5)), Ball(0), Ball(Rational(4, 5)),
        Ball(Rational(3, 5));
    const Matrix<Ball> A = model::attend({Ball(1), {}, {}, {}}, theta);
    struct Seen {
        Ball norm;
        Ball along;
    };
    std::vector<Seen> tokens;
    for (Eigen::Index j = 0; j < 2; ++j) {
        const Ball norm = sqrt(model::inner<Ball>(A.col(j), A.col(j)));
        const Ball along = model::inner<Ball>(A.col(j), theta.col(j));
        if (!is_true(less(abs(along), norm))) {
            return std::nullopt; // does not move for certain
        }
        tokens.push_back({norm, along});
    }
    for (const long late : {1L, 0L}) {
        std::vector<Ball> ratios;
        for (std::size_t j = 0; j < 2; ++j) {
            ratios.push_back(
                ratio.evaluate<Ball>({{"normA", tokens[j].norm},
                                      {"thetaA", tokens[j].along},
                                      {"alpha", Ball(1)},
                                      {"t", Ball(0)},
                                      {"late", Ball(late)},
                                      {"r", Ball(statement.numbers.at(j == 0 ? "r_1" : "r_2"))}}));
        }
        if (is_false(equal(ratios[0], ratios[1]))) {
            return Evidence{
                "three tokens in balls",
                fmt::format("speed ratios {} and {} of two moving tokens at one state{}",
                            ratios[0].to_string(8), ratios[1].to_string(8),
                            late == 0 ? " before Mix-LN's switch" : ""),
                Truth::True,
                Strength::Enclosed,
                {ScopeKind::Points, "n = 3, d = 2, beta = 1, Q = K = V = I"}};
        }
    }
    return std::nullopt;
}

/// Do two schemes move the directions along different paths? Yes, if at one common state their
/// joint velocities (theta_1', ..., theta_n') are not parallel: the ratio of the speed factors
/// differs between two tokens that both move. No, if the ratio of the speed factors is the same for
/// all tokens, always.
Judgement check_paths(const Statement& statement, const Effort& effort)
{
    const Expr a = speed_factor_of(statement.words.at("first"));
    const Expr b = speed_factor_of(statement.words.at("second"));
    const Expr ratio = a / b;
    const std::vector<std::string> occurring = ratio.symbols();
    const bool own_clock =
        std::all_of(occurring.begin(), occurring.end(),
                    [](const std::string& s) { return s == "t" || s == "alpha"; });
    if (own_clock || is_true(proof::identical(a, b))) {
        return with({}, {"exact algebra",
                         "the ratio of the speed factors is " + ratio.text()
                             + " for every token: the same path with another clock",
                         Truth::False, Strength::Exact, all_configurations()});
    }
    // Tokens (1, 0) and (-7/25, 24/25), beta = 0: A = (9/25, 12/25) for both, |A| = 3/5, and
    // <theta_j, A> = 9/25 for both, so that both move.
    const Rational norm_A(3, 5);
    const Rational theta_A(9, 25);
    proof::Point state = {
        {"normA", norm_A}, {"thetaA", theta_A}, {"alpha", 1}, {"t", 0}, {"late", 1}};
    std::vector<Rational> ratios;
    std::vector<Expr> formulas;
    for (const char* magnitude : {"r_1", "r_2"}) {
        state[magnitude] = statement.numbers.at(magnitude);
        formulas.push_back(ratio.substitute("r", sym(magnitude)));
        ratios.push_back(formulas.back().evaluate<Rational>(state));
    }
    if (ratios[0] == ratios[1]) {
        if (std::optional<Evidence> more = differing_ratios_of_three(ratio, statement)) {
            return with({}, std::move(*more));
        }
    }
    Judgement judgement =
        with({}, {"exact evaluation",
                  fmt::format("speed ratios {} and {} of two moving tokens at one state",
                              to_string(ratios[0]), to_string(ratios[1])),
                  ratios[0] != ratios[1] ? Truth::True : Truth::Unknown,
                  Strength::Exact,
                  {ScopeKind::Points, "n = d = 2, beta = 0, r = (1, 2)"}});
    if (ratios[0] != ratios[1]) {
        attach(judgement, effort,
               proof::point_certificate(formulas[0], "!=", formulas[1],
                                        restricted_to(state, formulas)));
        // Among them: P A_1 is not 0, and P A_2 has the same length, so that both tokens move.
        for (std::string& more : pair_certificates(Rational(-7, 25), theta_A, norm_A)) {
            attach(judgement, effort, std::move(more));
        }
    }
    return judgement;
}

void add_paths(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec2.3/trajectories-differ";
    claim.printed.latex = "\\exists\\, \\Theta(0): \\{\\Theta_{\\text{Pre-LN}}(t)\\}_t \\ne "
                          "\\{\\Theta_{\\text{Post-LN}}(t)\\}_t \\;\\text{as paths}";
    claim.printed.words = {{"first", std::string(model::PreLN::name)},
                           {"second", std::string(model::PostLN::name)}};
    claim.printed.numbers = {{"r_1", 1}, {"r_2", 2}};
    claim.check = check_paths;
    const std::string sqrt_scaling(model::SqrtScaling::name);
    claim.faults = {
        fault("sqrt-scaling against Post-LN", claim.printed, "first", sqrt_scaling),
        fault("Pre-LN against itself", claim.printed, "second", std::string(model::PreLN::name)),
        fault("Post-LN against itself", claim.printed, "first", std::string(model::PostLN::name))};
    claim.witness = "theta_1 = (1, 0), theta_2 = (-7/25, 24/25), r = (1, 2), beta = 0";
    claim.note = "sqrt-scaling and Post-LN do share their paths "
                 "(sec2.2/sqrt-scaling-rescales-post-ln)";
    registry.add(std::move(claim));
}

/// x + h x' for a token x = r theta with an arbitrary velocity x', which takes A_j's place.
SpanVector<FirstOrder<Expr>> moving_token()
{
    using Series = FirstOrder<Expr>;
    const auto token = symbolic_token();
    const auto constant = [](const Expr& e) { return Series(e, Expr(0)); };
    return {constant(token.r), Series(Expr(0), Expr(1)), constant(token.theta_A),
            constant(pow(token.norm_A, 2))};
}

Judgement check_length(const Statement& statement, const Effort& effort)
{
    const SpanVector<FirstOrder<Expr>> x = moving_token();
    return decide_token_identity(part(statement.formulas.at("rdot"), sqrt(inner(x, x)).slope),
                                 effort);
}

Judgement check_direction(const Statement& statement, const Effort& effort)
{
    const auto theta = model::unit<FirstOrder<Expr>>(moving_token());
    return decide_token_identities({part(statement.formulas.at("theta"), theta.theta.slope),
                                    part(statement.formulas.at("velocity"), theta.A.slope)},
                                   effort);
}

void add_polar_identities(ledger::Registry& registry)
{
    Claim length;
    length.id = "sec2.3/r-dot-identity";
    length.printed.latex = "\\dot r_j = \\langle\\theta_j, \\dot x_j\\rangle";
    const Expr radial = sym("thetaA");
    length.printed.formulas = {{"rdot", radial}};
    length.check = check_length;
    length.faults = {fault("sign", length.printed, "rdot", -radial),
                     fault("twice", length.printed, "rdot", 2 * radial),
                     fault("<x_j, x_j'>", length.printed, "rdot", sym("r") * radial),
                     fault("|x_j'|", length.printed, "rdot", sym("normA"))};
    length.witness = "x_j = (3, 4), x_j' = (1, 0)";
    length.note = "x_j' is any vector; r_j > 0";
    registry.add(std::move(length));

    Claim direction;
    direction.id = "sec2.3/theta-dot-identity";
    direction.printed.latex = "\\dot\\theta_j = \\frac{1}{r_j}(\\dot x_j - \\dot r_j\\theta_j) = "
                              "\\frac{1}{r_j} P_{\\theta_j}\\dot x_j";
    direction.printed.formulas = {{"theta", -(sym("thetaA") / sym("r"))},
                                  {"velocity", 1 / sym("r")}};
    direction.check = check_direction;
    for (const char* name : {"theta", "velocity"}) {
        for (Fault& miss : faults_of(direction.printed, name)) {
            direction.faults.push_back(std::move(miss));
        }
    }
    direction.witness = "x_j = (3, 4), x_j' = (1, 0)";
    direction.note = "x_j' is any vector; r_j > 0";
    registry.add(std::move(direction));
}

} // namespace

void add_section_2(ledger::Registry& registry)
{
    add_linearity(registry);
    add_temperature(registry);
    add_rescaled_clock(registry);
    add_euler(registry);
    add_tangent_projection(registry);
    add_sphere(registry);
    add_na_form(registry);
    add_paths(registry);
    add_polar_identities(registry);
}

} // namespace attest::theorems
