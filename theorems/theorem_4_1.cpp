// Theorem 4.1: the symmetric orthogonal start stays symmetric; gamma'(t) for t -> 0 and t ->
// infinity.
#include "attest/flow/clock.hpp"
#include "attest/flow/taylor.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/root.hpp"
#include "theorems/convergence.hpp"
#include "theorems/limit_plots.hpp"
#include "theorems/symmetric.hpp"
#include "theorems/terminal_law.hpp"
#include "theorems/terminal_steps.hpp"
#include "theorems/units.hpp"
#include "theorems/witnesses.hpp"

#include <fmt/format.h>

#include <tuple>

namespace attest::theorems {
namespace {

// --- all pairs keep one cosine similarity ------------------------------------------------------

template <class S>
std::vector<Statement> reduction_parts()
{
    const auto derived = derived_velocity<S>();
    const auto p = symbolic_point();
    const auto equal = [](const Expr& lhs, const Expr& rhs) {
        Statement part;
        part.formulas = {{"lhs", lhs}, {"rhs", rhs}};
        return part;
    };
    std::vector<Statement> parts = {equal(derived.diagonal_dot, Expr(0)),
                                    equal(derived.gamma_dot, S::gamma_dot(p)),
                                    equal(derived.r_dot, S::symmetric_r_dot(p))};
    // The indicator of t > tau takes two values; algebra does not know that its square is itself.
    std::vector<Statement> phases;
    for (const Statement& part : parts) {
        for (const long late : {0L, 1L}) {
            phases.push_back(equal(part.formulas.at("lhs").substitute("late", Expr(late)),
                                   part.formulas.at("rhs").substitute("late", Expr(late))));
        }
    }
    return S::name == model::MixLN::name ? phases : parts;
}

std::vector<Statement> all_reduction_parts()
{
    std::vector<Statement> parts;
    std::apply(
        [&](auto... scheme) {
            const auto append = [&](std::vector<Statement> more) {
                parts.insert(parts.end(), more.begin(), more.end());
            };
            (append(reduction_parts<decltype(scheme)>()), ...);
        },
        model::Schemes{});
    return parts;
}

/// Velocities of all pairs and magnitudes of n explicit tokens whose first pair is off by
/// numbers["pair"] and whose first magnitude is off by numbers["magnitude"]: all equal, or not.
Truth velocities_agree(std::string_view scheme, long n, const Statement& statement)
{
    using Balls = Matrix<Ball>;
    const Ball gamma(Rational(1, 3));
    model::GramState<Ball> state;
    state.G = Balls(n, n);
    state.r = Vector<Ball>(n);
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index k = 0; k < n; ++k) {
            state.G(j, k) = j == k ? Ball(1) : gamma;
        }
        state.r(j) = Ball(2);
    }
    const Ball pair(statement.numbers.at("pair"));
    state.G(0, 1) = state.G(1, 0) = gamma + pair;
    state.r(0) = state.r(0) + Ball(statement.numbers.at("magnitude"));
    model::Regulation<Ball> at;
    at.late = Ball(1);
    const auto velocity = model::gram_velocity<Ball>(scheme, state, Ball(1), at);
    const auto same = [](const Ball& a, const Ball& b) {
        return a.overlaps(b) ? Truth::True : Truth::False;
    };
    Truth outcome = Truth::True;
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index k = 0; k < n; ++k) {
            if (j != k) {
                outcome = outcome && same(velocity.G(j, k), velocity.G(n - 1, n - 2));
            }
        }
        outcome = outcome && same(velocity.r(j), velocity.r(n - 1));
    }
    return outcome;
}

/// The full particle system of three tokens in Gram form, recorded once and integrated by Taylor
/// series as a system of nine states: the pairs stay together and follow Appendix A's ODE.
template <class S>
long digits_of_full_system(long digits)
{
    constexpr Eigen::Index n = 3;
    using Formulas = Matrix<Expr>;
    model::GramState<Expr> state;
    state.G = Formulas(n, n);
    state.r = Vector<Expr>(n);
    flow::System system;
    std::vector<Rational> start;
    std::vector<std::string> positive;
    for (Eigen::Index j = 0; j < n; ++j) {
        state.G(j, j) = Expr(1);
        for (Eigen::Index k = j + 1; k < n; ++k) {
            state.G(j, k) = state.G(k, j) = sym(fmt::format("g{}{}", j + 1, k + 1));
            system.states.push_back(fmt::format("g{}{}", j + 1, k + 1));
            start.emplace_back(0);
        }
    }
    for (Eigen::Index j = 0; j < n; ++j) {
        state.r(j) = sym(fmt::format("r{}", j + 1));
        system.states.push_back(fmt::format("r{}", j + 1));
        start.emplace_back(1);
    }
    model::Regulation<Expr> at;
    at.alpha = Expr(1);
    at.t = sym("t");
    at.late = Expr(1);
    const auto velocity = model::gram_velocity<S>(state.G, state.r, Expr(1), at);
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index k = j + 1; k < n; ++k) {
            system.rates.push_back(velocity.G(j, k));
        }
    }
    for (Eigen::Index j = 0; j < n; ++j) {
        system.rates.push_back(velocity.r(j));
    }
    system.independent = "t";
    const Rational end(3);
    const flow::VerifiedState full = flow::verified_state(system, 0, start, end, digits);

    auto p = symbolic_point();
    p.n = Expr(static_cast<long>(n));
    p.beta = 1;
    p.alpha = 1;
    p.late = 1;
    flow::System reduced;
    reduced.independent = "t";
    reduced.states = {"gamma", "r"};
    reduced.rates = {S::gamma_dot(p), S::symmetric_r_dot(p)};
    const flow::VerifiedState two = flow::verified_state(reduced, 0, {0, 1}, end, digits);
    long agreed = std::min(full.digits, two.digits);
    for (std::size_t i = 0; i < full.values.size(); ++i) {
        agreed = std::min(agreed, agreeing_digits(full.values[i], two.values[i < 3 ? 0 : 1]));
    }
    return agreed;
}

Judgement check_common_gamma(const Statement& statement, const Effort& effort)
{
    Judgement judgement;
    const PrecisionScope precision(bits_for_digits(effort.digits));
    Truth outcome = Truth::True;
    for (const std::string_view scheme : model::scheme_names) {
        for (const long n : {2L, 3L, 4L, 5L}) {
            if (n > 2) { // two tokens have a single pair
                outcome = outcome && velocities_agree(scheme, n, statement);
            }
        }
    }
    judgement.evidence.push_back(
        {"explicit tokens (ball arithmetic)",
         "velocities of all pairs and of all magnitudes coincide for n = 3, 4, 5",
         outcome,
         Strength::Enclosed,
         {ScopeKind::Points, "six schemes, n in {3, 4, 5}, gamma = 1/3, beta = 1"},
         std::nullopt,
         false,
         working_bits()});
    if (is_false(outcome)) {
        judgement.counterexample =
            ledger::Counterexample{{{"gamma_12 - gamma", to_string(statement.numbers.at("pair"))},
                                    {"r_1 - r", to_string(statement.numbers.at("magnitude"))}},
                                   "the pairs move at different speeds",
                                   "attest verify thm4.1/common-gamma"};
        return judgement;
    }
    const Judgement algebra = for_every(all_reduction_parts(), effort, check_identity);
    judgement.evidence.insert(judgement.evidence.end(), algebra.evidence.begin(),
                              algebra.evidence.end());
    if (!effort.control) {
        long digits = 1'000'000;
        std::apply(
            [&](auto... scheme) {
                ((digits =
                      std::min(digits, digits_of_full_system<decltype(scheme)>(effort.digits))),
                 ...);
            },
            model::Schemes{});
        judgement.evidence.push_back(
            {"Taylor integration of the full particle system (MPFR)",
             fmt::format("n = 3 tokens as nine scalar states to t = 3: all pairs agree with the "
                         "reduced system (gamma, r) to {} digits",
                         digits),
             digits >= effort.digits - 2 ? Truth::True : Truth::False,
             Strength::Numeric,
             {ScopeKind::Points, "six schemes, n = 3, beta = 1, r_0 = 1"},
             digits,
             false});
    }
    return judgement;
}

void add_common_gamma(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "thm4.1/common-gamma";
    claim.printed.latex = "\\langle\\theta_j(t),\\theta_k(t)\\rangle = \\gamma(t),\\ r_j(t) = r(t) "
                          "\\text{ for all } j "
                          "\\ne k,\\ t > 0";
    claim.printed.numbers = {{"pair", 0}, {"magnitude", 0}};
    claim.check = check_common_gamma;
    claim.faults = {
        fault("first pair off by 1/1000000", claim.printed, "pair", Rational(1, 1000000)),
        fault("first pair off by 1/10", claim.printed, "pair", Rational(1, 10)),
        fault("first magnitude off by 1/1000000", claim.printed, "magnitude", Rational(1, 1000000)),
        fault("first magnitude off by 1", claim.printed, "magnitude", Rational(1)),
    };
    claim.witness = symmetric_start_witness;
    claim.note =
        "the velocity of a permutation-invariant configuration is permutation invariant; the "
        "algebra of matrices aI + bJ carries this out for symbolic n";
    registry.add(std::move(claim));
}

// --- t -> 0 ------------------------------------------------------------------------------------

/// gamma'(t) over the stated value as t -> 0, along trajectories: the limit itself, where algebra
/// says what the velocity at the start is.
Evidence initial_ratio(std::string_view scheme, const Expr& stated)
{
    const PrecisionScope precision(192);
    LimitPlot plot{"\\dot\\gamma(t)/\\text{stated value}", "t", "1", {}};
    Truth outcome = Truth::True;
    for (const auto& [n, beta, r0] :
         std::vector<std::tuple<long, Rational, Rational>>{{2, 0, 1}, {3, 1, 2}, {128, 5, 1}}) {
        model::SymmetricProblem problem;
        problem.scheme = scheme;
        problem.n = n;
        problem.beta = beta;
        if (scheme == "pre-ln" || scheme == "peri-ln") {
            problem.r0 = r0;
        }
        const Rational alpha0 = scheme == "ngpt" ? Rational(3) : Rational(1);
        const flow::SymmetricClock clock(problem);
        const Ball value = stated.evaluate<Ball>({{"n", Ball(n)},
                                                  {"beta", Ball(beta)},
                                                  {"r0", Ball(problem.r0)},
                                                  {"alpha0", Ball(alpha0)}});
        const auto ratio_at = [&](const Ball& t) { // alpha_t = alpha0: int alpha = alpha0 t
            const Ball epsilon = clock.epsilon_at(Ball(alpha0) * t);
            return Ball(alpha0) * clock.gamma_dot_at(epsilon) / value;
        };
        Course course;
        course.label = describe(problem);
        const std::vector<Ball> times = decades(-8, -1, 3); // before Mix-LN switches
        for (std::size_t k = times.size(); k-- > 0;) {
            add_point(course, times[k], ratio_at(times[k]));
        }
        add_course(plot, std::move(course));
        std::vector<Ball> distances;
        for (const long k : {4L, 8L, 12L}) {
            distances.push_back(abs(ratio_at(Ball(pow(Rational(1, 10), k))) - 1));
        }
        outcome = outcome && shrinks_to_zero(distances);
    }
    Evidence item{"trajectories towards t = 0 (quadrature in balls)",
                  "gamma'(t) over the stated value, down to t = 1e-12",
                  outcome,
                  Strength::Numeric,
                  {ScopeKind::Points, "(n, beta) in {(2, 0), (3, 1), (128, 5)}"},
                  std::nullopt,
                  false,
                  working_bits()};
    attach_plot(item, std::move(plot));
    return item;
}

template <class S>
void add_initial_velocity(ledger::Registry& registry, const Expr& printed)
{
    auto start = symbolic_point();
    start.gamma = 0;
    start.r = sym("r0");
    start.alpha = sym("alpha0");
    start.t = 0;
    start.late = 0;
    const Expr from_particles = derived_velocity<S>()
                                    .gamma_dot.substitute("gamma", start.gamma)
                                    .substitute("r", start.r)
                                    .substitute("alpha", start.alpha)
                                    .substitute("t", start.t)
                                    .substitute("late", start.late);
    Claim claim;
    claim.id = fmt::format("thm4.1/{}/initial-velocity", S::name);
    claim.printed.latex = "\\lim_{t\\to 0}\\dot\\gamma(t) = " + printed.latex();
    claim.printed.formulas = {{"lhs", S::gamma_dot(start)}, {"rhs", printed}};
    claim.check = [from_particles](const Statement& statement, const Effort& effort) {
        Judgement judgement = decide_identity(statement, effort);
        Steps steps;
        steps.identity(
            "velocity of gamma at the orthogonal start, derived from (NA) for symbolic n",
            from_particles, statement.formulas.at("rhs"));
        judgement.evidence.push_back(steps.evidence(
            "particle system (exact algebra)", "the right side is that velocity", everywhere()));
        if (!effort.control) {
            judgement.evidence.push_back(initial_ratio(S::name, statement.formulas.at("rhs")));
        }
        return judgement;
    };
    claim.faults = faults_of(claim.printed, "rhs");
    claim.depends_on = {"thm4.1/common-gamma"};
    claim.witness = symmetric_start_witness;
    claim.note =
        "gamma' is continuous at t = 0 (nGPT: for alpha continuous at 0), so the limit is the "
        "value at the start";
    if (std::string_view(S::name) == "mix-ln") {
        claim.note += "; tau > 0, so that Post-LN acts first";
    }
    registry.add(std::move(claim));
}

// --- t -> infinity -----------------------------------------------------------------------------

Claim terminal_claim(const std::string& id, const std::string& scheme, const Expr& law,
                     const std::string& latex)
{
    Claim claim;
    claim.id = id;
    claim.printed.latex = latex;
    claim.printed.formulas = {{"law", law}};
    claim.printed.words = {{"scheme", scheme}};
    claim.check = decide_terminal_law;
    claim.depends_on = {"thm4.1/common-gamma"};
    claim.witness = symmetric_start_witness;
    return claim;
}

void plant_faults_in_law(Claim& claim)
{
    const Statement& statement = claim.amended ? *claim.amended : claim.printed;
    const Expr& law = statement.formulas.at("law");
    const Expr t = sym("t");
    claim.faults = faults_of(statement, "law");
    claim.faults.push_back(fault("law divided by t", statement, "law", law / t));
    claim.faults.push_back(fault("law times t", statement, "law", law * t));
    claim.faults.push_back(
        fault("law times t^(1/1000)", statement, "law", law * pow(t, Rational(1, 1000))));
    claim.faults.push_back(fault("exponential instead", statement, "law", exp(-(3 * t))));
}

/// Changing the constant factor of a law leaves "for some C > 0" as true as before.
void drop_equivalent(Claim& claim, const std::vector<std::string>& changes)
{
    std::erase_if(claim.faults, [&](const Fault& planted) {
        return std::find(changes.begin(), changes.end(), planted.change) != changes.end();
    });
}

void add_terminal_velocities(ledger::Registry& registry)
{
    const Expr t = sym("t");
    const Expr alpha = sym("alpha");
    const Expr integral = sym("alphaint");

    Claim post = terminal_claim("thm4.1/post-ln/terminal-velocity", "post-ln", exp(-(2 * t)),
                                "\\dot\\gamma(t) \\sim C e^{-2t}");
    plant_faults_in_law(post);
    registry.add(std::move(post));

    for (const std::string scheme : {"pre-ln", "mix-ln", "peri-ln"}) {
        Claim claim = terminal_claim("thm4.1/" + scheme + "/terminal-velocity", scheme, pow(t, -3),
                                     "\\dot\\gamma(t) \\sim C/t^3");
        plant_faults_in_law(claim);
        if (scheme == "mix-ln") {
            claim.note =
                "tau and r(tau) enter through C only; r(tau) by Table 1 (1) and by Table 2 "
                "(r_0) were both tried";
        } else {
            claim.note =
                "C = 2K^2 with K = r_0 exp(1/2 int_0^1 (e^{beta e} - 1)/(e (n - (n-1)e)) de), "
                "the same for Pre-LN and Peri-LN: d ln r/d gamma is the same function";
        }
        registry.add(std::move(claim));
    }

    const Expr ngpt_law = alpha * exp(-(2 * integral));
    Claim ngpt = terminal_claim("thm4.1/ngpt/terminal-velocity", "ngpt", ngpt_law,
                                "\\dot\\gamma(t) \\sim C\\alpha_t e^{-2\\int_C^t\\alpha_s\\,ds}");
    ngpt.printed.words.insert({"alphas", "1; 1/3; root; linear; -1; sine-cosine"});
    ngpt.amended = ngpt.printed;
    ngpt.amended->latex += " \\quad\\text{if } \\int_0^t\\alpha_s\\,ds \\to +\\infty";
    ngpt.amended->words.at("alphas") = "linear; 1; 1/3; root; 3*t^2";
    plant_faults_in_law(ngpt);
    ngpt.note =
        "for alpha_t = -1 gamma tends to -1/(n-1), not to 1; for Figure 3's t sin 4t + cos 4t the "
        "integral of alpha oscillates and the ratio with it. The lower limit of the integral "
        "only changes C. The relation is read as gamma' = (C + o(1)) alpha_t e^{...}, so that "
        "zeros of "
        "alpha_t do no harm";
    registry.add(std::move(ngpt));

    Claim appendix =
        terminal_claim("appA/ngpt/terminal-velocity", "ngpt", ngpt_law,
                       "\\dot\\gamma(t) \\sim C\\alpha_t e^{-2\\int_0^t\\alpha_s\\,ds}, \\quad "
                       "\\int_0^t\\alpha_s\\,ds \\to \\infty");
    appendix.printed.words.insert({"alphas", "linear; 1; 1/3; root; 3*t^2"});
    plant_faults_in_law(appendix);
    registry.add(std::move(appendix));

    Claim root = terminal_claim("thm4.1/sqrt-scaling/terminal-velocity", "sqrt-scaling",
                                exp(-(4 * sqrt(t))) / sqrt(t),
                                "\\dot\\gamma(t) \\sim C e^{-4\\sqrt t}/\\sqrt t");
    plant_faults_in_law(root);
    root.note = "C is e^4 times the constant of Post-LN";
    registry.add(std::move(root));
}

// --- consistency -------------------------------------------------------------------------------

void add_mix_magnitude(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "thm4.1/mix-ln/magnitude";
    claim.printed.latex = "r(\\tau)\\big|_{\\text{Table 1}} = r(\\tau)\\big|_{\\text{Table 2}} "
                          "\\text{ for } r_j(0) = r_0";
    claim.printed.formulas = {{"r0", sym("r0")}};
    claim.amended = claim.printed;
    claim.amended->latex += ",\\ r_0 = 1";
    claim.amended->formulas.at("r0") = Expr(1);
    claim.check = [](const Statement& statement, const Effort& effort) {
        // Table 1 normalises up to tau: |Norm(x)| = sqrt(<x,x>/<x,x>). Table 2: r' = 0 from r_0 on.
        const Expr& r0 = statement.formulas.at("r0");
        Statement equation;
        equation.formulas = {{"lhs", sqrt(r0 * r0) / r0}, {"rhs", r0}};
        Judgement judgement = decide_identity(equation, effort);
        if (judgement.counterexample && !effort.control) {
            judgement.evidence.push_back(
                differs_unless_r0_is_one(equation.formulas.at("lhs"), equation.formulas.at("rhs")));
        }
        const PrecisionScope precision(128);
        Truth outcome = Truth::True;
        const auto samples = proof::sample_points(
            {{"r0", {Rational(1, 10), 10, false, {Rational(1, 10), 1, 10}}}}, 6, effort.seed);
        for (const proof::Point& sample : samples) {
            model::SymmetricProblem problem;
            problem.scheme = "mix-ln";
            problem.r0 = r0.evaluate<Rational>(sample);
            problem.mix_magnitude = model::MixMagnitude::Table1;
            const flow::SymmetricClock first(problem);
            problem.mix_magnitude = model::MixMagnitude::Table2;
            const flow::SymmetricClock second(problem);
            const Ball late(Rational(1, 1000));
            const Ball a = first.magnitude_at(late);
            const Ball b = second.magnitude_at(late);
            outcome = outcome && (a.overlaps(b) ? Truth::True : Truth::False);
        }
        judgement.evidence.push_back(
            {"magnitudes along trajectories",
             "r at 1 - gamma = 1/1000 (n = 2, beta = 1, tau = 1) when the Pre-LN phase starts from "
             "either magnitude",
             outcome,
             Strength::Enclosed,
             {ScopeKind::Points, "six values of r_0 in [1/10, 10]"},
             std::nullopt,
             false,
             working_bits()});
        return judgement;
    };
    for (const Rational& r0 : {Rational(1000001, 1000000), Rational(2), Rational(1, 2)}) {
        claim.faults.push_back(
            fault("r_0 = 1 -> " + to_string(r0), *claim.amended, "r0", Expr(r0)));
    }
    claim.witness = "r_0 = 2, n = 2 orthonormal directions";
    claim.note =
        "the exponent of the terminal law is the same under both readings; C differs by r_0^2";
    registry.add(std::move(claim));
}

/// Statement with pairs of formulas "<name>/table" and "<name>/appendix".
Judgement check_pairs(const Statement& statement, const Effort& effort)
{
    std::vector<Statement> parts;
    for (const auto& [name, formula] : statement.formulas) {
        const std::size_t slash = name.rfind("/table");
        if (slash == std::string::npos) {
            continue;
        }
        Statement part;
        part.formulas = {{"lhs", formula},
                         {"rhs", statement.formulas.at(name.substr(0, slash) + "/appendix")}};
        parts.push_back(std::move(part));
    }
    return for_every(parts, effort, check_identity);
}

void add_table_vs_appendix(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr beta = sym("beta");
    const Expr r0 = sym("r0");
    const Expr t = sym("t");
    Claim claim;
    claim.id = "thm4.1/table-vs-appendix";
    claim.printed.latex =
        "\\text{the cells of Theorem 4.1 for Post-LN, Pre-LN, Peri-LN, sqrt-scaling "
        "equal those of Appendix A with } r(0) = r_0";
    // Left: the table of Theorem 4.1. Right: the displays of Appendix A, typed from there.
    claim.printed.formulas = {
        {"post-ln/initial/table", 2 / (exp(beta) + n - 1)},
        {"post-ln/initial/appendix", 2 / (exp(beta) + n - 1)},
        {"post-ln/terminal/table", exp(-(2 * t))},
        {"post-ln/terminal/appendix", exp(-(2 * t))},
        {"pre-ln/initial/table", 2 / (r0 * (exp(beta) + n - 1))},
        {"pre-ln/initial/appendix", 2 / (r0 * (exp(beta) + n - 1))},
        {"pre-ln/terminal/table", 1 / pow(t, 3)},
        {"pre-ln/terminal/appendix", 1 / pow(t, 3)},
        {"peri-ln/initial/table", 2 / (r0 * sqrt(exp(2 * beta) + n - 1))},
        {"peri-ln/initial/appendix", 2 / (r0 * sqrt(exp(2 * beta) + n - 1))},
        {"peri-ln/terminal/table", 1 / pow(t, 3)},
        {"peri-ln/terminal/appendix", 1 / pow(t, 3)},
        {"sqrt-scaling/initial/table", 2 / (exp(beta) + n - 1)},
        {"sqrt-scaling/initial/appendix", 2 / (exp(beta) + n - 1)},
        {"sqrt-scaling/terminal/table", exp(-(4 * sqrt(t))) / sqrt(t)},
        {"sqrt-scaling/terminal/appendix", exp(-(4 * sqrt(t))) / sqrt(t)},
    };
    claim.check = check_pairs;
    for (const std::string name : {"post-ln/initial/table", "pre-ln/initial/table",
                                   "peri-ln/initial/table", "pre-ln/terminal/table"}) {
        for (Fault& planted : faults_of(claim.printed, name)) {
            planted.change = name + ": " + planted.change;
            claim.faults.push_back(std::move(planted));
        }
    }
    claim.witness = "n = 2, beta = 1, r_0 = 1";
    registry.add(std::move(claim));
}

void add_lower_limit(ledger::Registry& registry)
{
    const Expr alpha = sym("alpha");
    const Expr upto_t = sym("alphaint");
    const Expr upto_C = sym("alphaC");
    Claim claim;
    claim.id = "thm4.1/ngpt/lower-limit";
    claim.printed.latex = "C\\alpha_t e^{-2\\int_C^t\\alpha_s ds} \\sim C'\\alpha_t "
                          "e^{-2\\int_0^t\\alpha_s ds} \\text{ for some } C' > 0";
    claim.printed.formulas = {{"theorem", alpha * exp(-(2 * (upto_t - upto_C)))},
                              {"appendix", alpha * exp(-(2 * upto_t))}};
    claim.check = [](const Statement& statement, const Effort& effort) {
        // The quotient must not depend on t, that is neither on alpha_t nor on int_0^t alpha.
        const Expr quotient = statement.formulas.at("theorem") / statement.formulas.at("appendix");
        Statement constancy;
        constancy.formulas = {{"lhs", quotient},
                              {"rhs", quotient.substitute("alphaint", sym("alphaint") + 1)
                                          .substitute("alpha", 3 * sym("alpha"))}};
        proof::Domain domain = symmetric_domain();
        domain["alphaint"] = {-5, 50, false, {0, 1, 10}};
        domain["alphaC"] = {-5, 50, false, {0, 1, 10}};
        Judgement judgement = decide_identity(constancy, effort, domain);
        if (!effort.control) {
            // The same C in front and as lower limit: C e^{2C} = C_0 for alpha_t = 1 has a
            // solution.
            const PrecisionScope precision(256);
            model::SymmetricProblem problem;
            problem.scheme = "ngpt";
            problem.beta = 1;
            const Ball target = flow::SymmetricClock(problem).terminal_constant();
            const Ball root = proof::enclose_zero(
                [&](const Ball& c) { return c * exp(2 * c) - target; }, 0, 100, effort.digits);
            judgement.evidence.push_back(
                {"one constant in both places",
                 fmt::format("alpha_t = 1, n = 2, beta = 1: C e^(2C) = {} has the solution C = {}",
                             target.to_string(20), root.to_string(20)),
                 is_positive(root),
                 Strength::Enclosed,
                 {ScopeKind::Points, "n = 2, beta = 1, alpha_t = 1"},
                 root.certified_digits(),
                 false});
        }
        return judgement;
    };
    claim.faults = faults_of(claim.printed, "theorem");
    // A factor or an upper limit that does not depend on t only changes the constant in front.
    drop_equivalent(claim, {"term dropped: alphaC", "sign flipped before alphaC"});
    claim.witness = "alpha_t = 1";
    registry.add(std::move(claim));
}

} // namespace

void add_theorem_4_1(ledger::Registry& registry)
{
    using namespace model;
    const Expr n = sym("n");
    const Expr beta = sym("beta");
    const Expr r0 = sym("r0");
    const Expr plain = 2 / (exp(beta) + n - 1);
    add_common_gamma(registry);
    add_initial_velocity<PostLN>(registry, plain);
    add_initial_velocity<PreLN>(registry, 2 / (r0 * (exp(beta) + n - 1)));
    add_initial_velocity<MixLN>(registry, plain);
    add_initial_velocity<PeriLN>(registry, 2 / (r0 * sqrt(exp(2 * beta) + n - 1)));
    add_initial_velocity<NGPT>(registry, 2 * sym("alpha0") / sqrt(exp(2 * beta) + n - 1));
    add_initial_velocity<SqrtScaling>(registry, plain);
    add_terminal_velocities(registry);
    add_mix_magnitude(registry);
    add_table_vs_appendix(registry);
    add_lower_limit(registry);
}

} // namespace attest::theorems
