#include "theorems/terminal_law.hpp"

#include "attest/flow/clock.hpp"
#include "attest/flow/terminal.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "theorems/convergence.hpp"
#include "theorems/limit_plots.hpp"
#include "theorems/terminal_alpha.hpp"
#include "theorems/terminal_boxes.hpp"
#include "theorems/terminal_error.hpp"
#include "theorems/terminal_proof.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace attest::theorems {
namespace {

constexpr long law_bits = 256;
constexpr long constant_digits = 50;

bool spherical_clock(const std::string& scheme)
{
    return scheme == "post-ln" || scheme == "sqrt-scaling";
}

/// gamma', t and (nGPT) alpha_t, int alpha at one moment.
struct Moment {
    Ball epsilon;
    Ball gamma_dot;
    std::map<std::string, Ball> environment;
};

/// Where 1 - gamma = epsilon; nGPT is followed in time instead.
Moment moment_at_level(const flow::SymmetricClock& clock, const Ball& epsilon)
{
    return {epsilon, clock.gamma_dot_at(epsilon), {{"t", clock.time_at(epsilon)}}};
}

Moment moment_of_ngpt(const flow::SymmetricClock& clock, const Ball& t)
{
    const model::Alpha& alpha_t = clock.problem().alpha;
    const Ball A = alpha_t.integral->evaluate<Ball>({{"t", t}});
    const Ball alpha = alpha_t.formula.evaluate<Ball>({{"t", t}});
    const Ball epsilon = clock.epsilon_at(A);
    return {epsilon,
            alpha * clock.gamma_dot_at(epsilon),
            {{"t", t}, {"alpha", alpha}, {"alphaint", A}}};
}

bool integral_diverges(const model::SymmetricProblem& problem)
{
    return flow::alpha_growth(problem.alpha) == flow::AlphaGrowth::Diverges;
}

/// Moments that go to infinity geometrically in t, the last one late enough to tell a limit from a
/// logarithm or from a power 10^-6 off.
std::vector<Moment> late_moments(const flow::SymmetricClock& clock, bool control)
{
    const model::SymmetricProblem& problem = clock.problem();
    const long steps = control ? 5 : 6;
    std::vector<Moment> moments;
    for (long k = 0; k < steps; ++k) {
        if (problem.scheme == "ngpt") {
            // Where int alpha does not tend to infinity, t = (k+2) pi/4 is where Figure 3's
            // oscillating integrals are extreme.
            moments.push_back(moment_of_ngpt(clock, integral_diverges(problem)
                                                        ? Ball(pow(Rational(10), 6 + 2 * k))
                                                        : Ball::pi() * (k + 2) / 4));
        } else if (spherical_clock(problem.scheme)) {
            const Ball depth(pow(Rational(10), 2 + 2 * k)); // -ln epsilon
            moments.push_back(moment_at_level(clock, exp(-depth)));
        } else {
            moments.push_back(moment_at_level(clock, clock.growth_epsilon()
                                                         * Ball(pow(Rational(1, 10), 12 + 6 * k))));
        }
    }
    return moments;
}

/// Earlier ones, from the first layers on, for the plot.
std::vector<Moment> early_moments(const flow::SymmetricClock& clock)
{
    std::vector<Moment> moments;
    if (clock.problem().scheme != "ngpt") {
        const std::string& scheme = clock.problem().scheme;
        const Ball last(scheme == "post-ln" ? 90 : scheme == "sqrt-scaling" ? 10'000 : 25);
        for (const Ball& depth : decades(-1, 4, 7)) {
            if (is_true(less(depth, last))) {
                moments.push_back(moment_at_level(clock, clock.growth_epsilon() * exp(-depth)));
            }
        }
    } else if (integral_diverges(clock.problem())) {
        for (const Ball& t : decades(-1, 2, 5)) {
            moments.push_back(moment_of_ngpt(clock, t));
        }
    } else {
        for (long k = 1; k < 16; ++k) {
            moments.push_back(moment_of_ngpt(clock, Ball::pi() * k / 32));
        }
    }
    return moments;
}

/// gamma'/law.
Ball ratio_to(const Expr& law, const Moment& moment)
{
    return moment.gamma_dot / law.evaluate<Ball>(moment.environment);
}

/// The parameters whose courses the report shows.
bool is_shown(const model::SymmetricProblem& problem)
{
    const auto at = [&](long n, long beta) { return problem.n == n && problem.beta == beta; };
    if (problem.scheme == "ngpt") {
        return at(3, 1);
    }
    return problem.r0 == 1 && problem.tau == 1 && (at(2, 0) || at(3, 1) || at(128, 5));
}

/// gamma'/law over `scale` from the first layers to the moments of the verdict.
void add_ratio_course(LimitPlot& plot, const Expr& law, const Ball& scale,
                      const flow::SymmetricClock& clock, const std::vector<Moment>& late)
{
    Course course;
    model::SymmetricProblem shown = clock.problem();
    if (shown.scheme != "ngpt") {
        shown.scheme = "post-ln"; // r_0 = tau = 1 is not said again
    }
    course.label = describe(shown);
    const auto same = [&](const Course& other) { return other.label == course.label; };
    if (std::any_of(plot.courses.begin(), plot.courses.end(), same)) {
        return;
    }
    for (const std::vector<Moment>& part : {early_moments(clock), late}) {
        for (const Moment& moment : part) {
            add_point(course, moment.environment.at("t"), ratio_to(law, moment) / scale);
        }
    }
    add_course(plot, std::move(course));
}

/// Worst over all problems of what was found, kept for the report.
struct Findings {
    Truth sign = Truth::True;
    Truth ratio = Truth::True;
    Truth constant = Truth::True;
    Truth digits_agree = Truth::True;
    long digits = 1'000'000;
    std::size_t problems = 0;
    std::size_t constants = 0;
    std::set<std::string> routes; ///< names of the ways C was computed
    std::optional<Ball> widest_bound;
    std::string onset;
    std::optional<ledger::Counterexample> counterexample;
    LimitPlot plot;
};

/// The law that the clock derives for the scheme, with C = 1; nothing where gamma does not tend
/// to 1.
std::optional<Expr> derived_law(const model::SymmetricProblem& problem)
{
    flow::TerminalOptions options;
    options.with_tail = false;
    const std::optional<Expr> law = flow::terminal(problem, options).law;
    return law ? std::optional<Expr>(law->substitute("C", Expr(1))) : std::nullopt;
}

/// `derived`: where the statement's law is a constant multiple of it, the plot is of gamma'/(C
/// law).
void examine(const Expr& law, const std::optional<Expr>& derived,
             const model::SymmetricProblem& problem, const Effort& effort, Findings& findings)
{
    const PrecisionScope precision(law_bits);
    const flow::SymmetricClock clock(problem);
    const std::vector<Moment> moments = late_moments(clock, effort.control);
    std::vector<Ball> log_ratio;
    for (const Moment& moment : moments) {
        const Ball ratio = ratio_to(law, moment);
        findings.sign = findings.sign && is_positive(ratio);
        log_ratio.push_back(log(abs(ratio)));
    }
    // C > 0 asks for a positive ratio.
    const Truth ratio = converges(log_ratio) && findings.sign;
    findings.ratio = findings.ratio && ratio;
    ++findings.problems;
    if (is_false(ratio) && !findings.counterexample) {
        const Moment& last = moments.back();
        findings.counterexample = ledger::Counterexample{
            {{"n", std::to_string(problem.n)},
             {"beta", to_string(problem.beta)},
             {"r0", to_string(problem.r0)},
             {"tau", to_string(problem.tau)},
             {"alpha_t", problem.alpha.formula.text()}},
            fmt::format(
                "gamma'/law is negative or its logarithm ln|gamma'/law| goes on changing: {} "
                "and {} at t = {}",
                log_ratio[log_ratio.size() - 2].to_string(10), log_ratio.back().to_string(10),
                last.environment.at("t").to_string(6)),
            fmt::format("attest terminal --scheme {} --n {} --beta {}{}", problem.scheme, problem.n,
                        to_string(problem.beta),
                        problem.scheme == "ngpt"
                            ? fmt::format(" --alpha '{}'", problem.alpha.formula.text())
                            : std::string())};
    }
    if (!effort.control && is_shown(problem)) {
        const Ball scale = findings.plot.limit.empty()
                               ? Ball(1)
                               : clock.terminal_constant()
                                     / (law / *derived).evaluate<Ball>(moments.back().environment);
        add_ratio_course(findings.plot, law, scale, clock, moments);
    }
    if (effort.control || is_false(ratio) || !derived) {
        findings.constant = Truth::Unknown;
        return;
    }
    // With C from a quadrature that knows nothing of late times, |gamma'/(C law) - 1| has to stay
    // within the bound that holds from each moment on for good, and the bound has to go to 0.
    const Ball constant = clock.terminal_constant();
    std::vector<Ball> bounds;
    for (std::size_t k = 0; k < moments.size(); ++k) {
        const Ball bound = clock.law_deviation_bound(moments[k].epsilon);
        const Ball factor = (law / *derived).evaluate<Ball>(moments[k].environment);
        const Ball deviation = abs(factor * exp(log_ratio[k]) / constant - 1);
        // The deviation of a late moment is a difference of rounded numbers: allow their radius.
        findings.constant =
            findings.constant && less_equal(Ball(deviation.lower()), Ball(bound.upper()));
        bounds.push_back(bound);
    }
    findings.constant = findings.constant && shrinks_to_zero(bounds);
    if (!findings.widest_bound || findings.widest_bound->upper() < bounds.back().upper()) {
        findings.widest_bound = bounds.back();
    }
}

/// The proof for all parameters, when the statement's law is a constant multiple of the proved one.
void add_proof(const Statement& statement, Judgement& judgement)
{
    const std::string& scheme = statement.words.at("scheme");
    for (const model::Alpha& alpha : alphas_of(statement)) {
        if (flow::alpha_growth(alpha) != flow::AlphaGrowth::Diverges) {
            return;
        }
    }
    const TerminalProof& proof = terminal_proof(scheme);
    const Truth same = constant_multiple(statement.formulas.at("law"), proof.law);
    const Scope scope{ScopeKind::All, proof.scope};
    judgement.evidence.push_back(
        proof.law_steps.evidence("proof for all parameters (exact algebra)",
                                 fmt::format("gamma' ~ C law with {}; the law is a constant "
                                             "multiple of {} ({})",
                                             proof.constant, proof.law.text(), to_string(same)),
                                 scope, same));
    Evidence error =
        proof.error_steps.evidence("explicit error of the leading term (exact algebra)",
                                   proof.error, scope, same && proof.law_steps.outcome());
    error.carries = false; // says more than the statement
    judgement.evidence.push_back(std::move(error));
}

/// How many problems the explicit error is compared with.
std::size_t problems_followed(const Effort& effort)
{
    switch (effort.level) {
    case Effort::Level::Quick:
        return 6;
    case Effort::Level::Standard:
        return 14;
    case Effort::Level::Deep:
        break;
    }
    return 1000;
}

void examine_constant(const model::SymmetricProblem& problem, Findings& findings)
{
    flow::TerminalOptions options;
    options.digits = constant_digits;
    options.with_tail = false;
    const flow::TerminalLaw law = flow::terminal(problem, options);
    findings.digits_agree = findings.digits_agree && law.routes_agree;
    findings.digits = std::min(findings.digits, law.digits);
    for (const flow::ConstantRoute& route : law.routes) {
        findings.routes.insert(route.name);
    }
    ++findings.constants;
}

} // namespace

std::string describe(const model::SymmetricProblem& problem)
{
    std::string text = fmt::format("n={}, beta={}", problem.n, to_string(problem.beta));
    if (problem.scheme != "post-ln" && problem.scheme != "ngpt"
        && problem.scheme != "sqrt-scaling") {
        text += ", r0=" + to_string(problem.r0);
    }
    if (problem.scheme == "mix-ln") {
        text += ", tau=" + to_string(problem.tau);
    }
    if (problem.scheme == "ngpt") {
        text += ", alpha_t=" + problem.alpha.formula.text();
    }
    return text;
}

std::vector<model::SymmetricProblem> terminal_problems(const Statement& statement,
                                                       const Effort& effort)
{
    const std::string& scheme = statement.words.at("scheme");
    std::vector<model::SymmetricProblem> problems;
    const auto add = [&](long n, const Rational& beta) -> model::SymmetricProblem& {
        model::SymmetricProblem problem;
        problem.scheme = scheme;
        problem.n = n;
        problem.beta = beta;
        problems.push_back(std::move(problem));
        return problems.back();
    };
    const std::vector<std::pair<long, Rational>> few = {{2, 0}, {3, 1}, {128, 9}};
    if (scheme == "ngpt") {
        for (const model::Alpha& alpha : alphas_of(statement)) {
            for (const auto& [n, beta] : few) {
                // At n = 2, beta = 0 a negative int alpha drives two tokens apart until A_j = 0, in
                // finite time: no trajectory to follow beyond.
                const bool ends =
                    beta == 0 && flow::alpha_growth(alpha) != flow::AlphaGrowth::Diverges;
                if ((effort.control && n > 3) || ends) {
                    continue;
                }
                add(n, beta).alpha = alpha;
            }
        }
        if (effort.control) {
            return problems;
        }
        for (const long n : grid_n()) {
            for (const Rational& beta : grid_beta()) {
                add(n, beta);
            }
        }
        return problems;
    }
    if (effort.control) {
        add(2, 1);
        add(10, 0);
        return problems;
    }
    for (const long n : grid_n()) {
        for (const Rational& beta : grid_beta()) {
            add(n, beta);
        }
    }
    for (const auto& [n, beta] : few) {
        for (const Rational& r0 : {Rational(1, 10), Rational(10)}) {
            if (scheme == "pre-ln" || scheme == "peri-ln") {
                add(n, beta).r0 = r0;
            }
            if (scheme == "mix-ln") {
                model::SymmetricProblem& problem = add(n, beta);
                problem.r0 = r0;
                problem.mix_magnitude = model::MixMagnitude::Table2;
            }
        }
        for (const Rational& tau : {Rational(1, 100), Rational(10), Rational(1000)}) {
            if (scheme == "mix-ln") {
                add(n, beta).tau = tau;
            }
        }
    }
    return problems;
}

Judgement decide_terminal_law(const Statement& statement, const Effort& effort)
{
    const Expr& law = statement.formulas.at("law");
    Findings findings;
    const std::vector<model::SymmetricProblem> problems = terminal_problems(statement, effort);
    if (problems.empty()) {
        throw DomainError("a law of nGPT needs the word \"alphas\": alpha_t to follow it for");
    }
    const std::optional<Expr> derived = derived_law(problems.front());
    const Truth same_law = effort.control ? Truth::Unknown : constant_multiple(law, derived);
    findings.plot = is_true(same_law)
                        ? LimitPlot{"\\dot\\gamma(t)/(C L(t)),\\ L = " + law.latex(), "t", "1", {}}
                        : LimitPlot{"\\dot\\gamma(t)/L(t),\\ L = " + law.latex(), "t", "", {}};
    for (const model::SymmetricProblem& problem : problems) {
        examine(law, derived, problem, effort, findings);
        if (is_false(findings.ratio) && effort.control) {
            break;
        }
    }
    std::string more = "r(0) = 1";
    if (statement.words.at("scheme") == "ngpt") {
        more = "alpha_t in {" + statement.words.at("alphas") + "} at (2,0), (3,1), (128,9)";
    } else if (statement.words.at("scheme") == "mix-ln") {
        more = "tau = 1, and tau in {1/100, 10, 1000}, r(0) in {1/10, 10} at (2,0), (3,1), (128,9)";
    } else if (!spherical_clock(statement.words.at("scheme"))) {
        more = "r(0) = 1, and r(0) in {1/10, 10} at (2,0), (3,1), (128,9)";
    }
    const Scope scope = on_grid(more);
    Judgement judgement;
    judgement.counterexample = findings.counterexample;
    judgement.evidence.push_back(
        {"ratio along trajectories (quadrature in balls)",
         fmt::format(
             "gamma'/law > 0 and settles at {} parameter points, followed until its logarithm "
             "moves by less than 1e-9",
             findings.problems),
         findings.ratio, Strength::Numeric, scope, std::nullopt, false, law_bits});
    attach_plot(judgement.evidence.back(), std::move(findings.plot));
    if (!effort.control) {
        for (const model::Alpha& alpha : alphas_of(statement)) {
            for (Evidence& escape : integral_escapes(alpha, law)) {
                judgement.evidence.push_back(std::move(escape));
            }
        }
    }
    if (effort.control || is_false(findings.ratio)) {
        return judgement;
    }
    add_proof(statement, judgement);
    for (Evidence& item : constant_over_boxes(statement.words.at("scheme"), effort)) {
        judgement.evidence.push_back(std::move(item));
    }
    judgement.evidence.push_back(error_at_points(problems, problems_followed(effort)));
    // The bound for all later times is a theorem about the law that the clock derives; the
    // statement's law has to be a constant multiple of it, by algebra.
    judgement.evidence.push_back(
        {"constant and bound for all later times",
         fmt::format("the law is a constant multiple of the derived one ({}); |gamma'/(C law) - 1| "
                     "stays within a bound valid from each moment on; largest bound at the last "
                     "moment: {}",
                     to_string(same_law),
                     findings.widest_bound ? to_decimal(findings.widest_bound->upper(), 3)
                                           : "none"),
         findings.constant && same_law, Strength::Enclosed, scope, std::nullopt, true, law_bits});
    for (const model::SymmetricProblem& problem : problems) {
        examine_constant(problem, findings);
    }
    judgement.evidence.push_back(
        {"C by independent routes",
         fmt::format("{} constants by {}: {}", findings.constants, fmt::join(findings.routes, ", "),
                     is_true(findings.digits_agree) ? "they agree" : "they do not all agree"),
         findings.digits_agree, Strength::Enclosed, scope, findings.digits, false, law_bits});
    return judgement;
}

} // namespace attest::theorems
