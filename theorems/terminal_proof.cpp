#include "theorems/terminal_proof.hpp"

#include "attest/model/schemes.hpp"

#include <fmt/format.h>

#include <map>
#include <mutex>

namespace attest::theorems {
namespace {

/// The quantities of docs/mathematics.md, section 1, as formulas in n, beta, gamma.
struct FarEnd {
    Expr n = sym("n");
    Expr beta = sym("beta");
    Expr gamma = sym("gamma");
    Expr m = n - 1;
    Expr epsilon = 1 - gamma;
    Expr q = m * gamma + 1;
    Expr rise = exp(beta - beta * gamma);
    Expr lift = (rise - 1) / epsilon;
    Expr z = m + rise;
    Expr a = m * gamma + rise;
    Expr rho = (lift + m) / q;
    Expr rho_bound = exp(beta) + n - 2;
};

/// gamma' at r = 1, alpha = 1, before its clock is put in.
template <class S>
Expr unit_velocity()
{
    auto p = symbolic_point();
    p.r = 1;
    p.alpha = 1;
    p.t = 0;
    return S::gamma_dot(p);
}

/// c of section 1, from the model's velocity: gamma' = 2 epsilon q/c.
template <class S>
Expr pull_scale()
{
    const FarEnd f;
    return 2 * f.epsilon * f.q / unit_velocity<S>();
}

/// (e^{beta epsilon} - 1)/epsilon <= e^beta - 1: the chord of a convex function.
void add_chord(Steps& steps)
{
    const FarEnd f;
    steps.nonnegative_in_beta("e^{beta epsilon} <= 1 + epsilon (e^beta - 1)",
                              1 + f.epsilon * (exp(f.beta) - 1) - f.rise);
}

/// e^{-w} >= 1 - w and e^{-w}/(1+u) >= 1 - w - u for u, w >= 0 (w is called beta).
void add_exponential(Steps& steps)
{
    const FarEnd f;
    const Expr u = sym("u");
    steps.nonnegative_in_beta("e^{-w} >= 1 - w", exp(-f.beta) - 1 + f.beta);
    steps.at_least("1 - w >= (1 - w - u)(1 + u)", 1 - f.beta, (1 - f.beta - u) * (1 + u));
}

/// q <= a <= c <= z and 0 <= rho: what bounds both kinds of c.
template <class S>
void add_order(Steps& steps)
{
    const FarEnd f;
    const Expr c = pull_scale<S>();
    steps.at_least("q >= 1", f.q, Expr(1));
    steps.at_least("a >= q", f.a, f.q);
    steps.at_least("c >= a", c, f.a);
    steps.at_least("z >= c", f.z, c);
    steps.identity("z = q (1 + epsilon rho), rho = (beta phi + n - 1)/q", f.z,
                   f.q * (1 + f.epsilon * f.rho));
    steps.at_least("rho >= 0", f.rho, Expr(0));
}

void add_rho_bound(Steps& steps)
{
    const FarEnd f;
    add_chord(steps);
    steps.at_least("rho <= e^beta + n - 2", f.rho_bound, (exp(f.beta) - 1 + f.m) / f.q);
}

// --- on the sphere -----------------------------------------------------------------------------

/// In the scheme's own clock s: d/ds (ln epsilon + int_0^epsilon rho_c) = -2.
template <class S>
void add_sphere_law(Steps& steps)
{
    const FarEnd f;
    const Expr velocity = unit_velocity<S>();
    const Expr c = pull_scale<S>();
    add_order<S>(steps);
    // (c^2 - q^2)/epsilon without a quotient by epsilon: no singularity at gamma = 1.
    const bool normed = S::name == model::NGPT::name;
    const Expr regular = normed ? (f.lift * (f.a + f.q) + f.m * f.q) / ((c + f.q) * f.q) : f.rho;
    steps.identity("2 epsilon/gamma' = 1 + epsilon rho_c, rho_c continuous on [0, 1]",
                   2 * f.epsilon / velocity, 1 + f.epsilon * regular);
    steps.identity("d/ds (ln epsilon + int_0^epsilon rho_c) = -2",
                   (1 / f.epsilon + (c - f.q) / (f.epsilon * f.q)) * velocity, Expr(2));
}

void add_sphere_error(Steps& steps)
{
    add_rho_bound(steps);
    add_exponential(steps);
}

TerminalProof post_ln()
{
    TerminalProof proof;
    add_sphere_law<model::PostLN>(proof.law_steps);
    proof.law = exp(-(2 * sym("t")));
    proof.constant = "C = 2 exp(int_0^1 rho), rho = ((e^{beta e} - 1)/e + n - 1)/(n - (n-1) e)";
    add_sphere_error(proof.error_steps);
    proof.error = "0 <= 1 - gamma'/(C e^{-2t}) <= C e^{-2t} (e^beta + n - 2) for all t >= 0";
    proof.scope = "all n >= 2, beta >= 0";
    return proof;
}

TerminalProof ngpt()
{
    TerminalProof proof;
    const auto p = symbolic_point();
    proof.law_steps.identity("gamma' = alpha_t times a function of gamma",
                             model::NGPT::gamma_dot(p), p.alpha * unit_velocity<model::NGPT>());
    add_sphere_law<model::NGPT>(proof.law_steps);
    proof.law = sym("alpha") * exp(-(2 * sym("alphaint")));
    proof.constant = "C = 2 exp(int_0^1 rho_c)";
    add_sphere_error(proof.error_steps);
    proof.error = "0 <= 1 - gamma'/(C alpha_t e^{-2A}) <= C e^{-2A} (e^beta + n - 2) wherever "
                  "A = int_0^t alpha >= 0, alpha_t != 0";
    proof.scope = "all n >= 2, beta >= 0, continuous alpha_t with int_0^t alpha -> infinity along "
                  "which the trajectory exists";
    return proof;
}

TerminalProof sqrt_scaling()
{
    TerminalProof proof;
    const auto p = symbolic_point();
    const Expr t = sym("t");
    const Expr late = sqrt(t + 1);
    proof.law_steps.identity("gamma' = gamma'_Post/sqrt(t+1)", model::SqrtScaling::gamma_dot(p),
                             model::PostLN::gamma_dot(p) / late);
    proof.law_steps.identity("the clock s = 2 (sqrt(t+1) - 1) has s' = 1/sqrt(t+1)",
                             derivative(2 * (late - 1), "t"), 1 / late);
    add_sphere_law<model::PostLN>(proof.law_steps);
    // e^{-2s}/sqrt(t+1) against e^4 e^{-4 sqrt t}/sqrt t.
    proof.law_steps.identity("(sqrt(t+1) - sqrt t)(sqrt(t+1) + sqrt t) = 1",
                             (late - sqrt(t)) * (late + sqrt(t)), Expr(1));
    proof.law_steps.at_least("sqrt(t+1) >= sqrt t", late, sqrt(t));
    proof.law = exp(-(4 * sqrt(t))) / sqrt(t);
    proof.constant = "C = e^4 times that of Post-LN";
    add_sphere_error(proof.error_steps);
    // 1/sqrt(1+v) >= 1 - v/2 on 0 <= v <= 2, v = 2 gamma.
    const Expr v = 2 * sym("gamma");
    proof.error_steps.at_least("1 >= (1 - v/2)^2 (1 + v) on [0, 2]", Expr(1),
                               pow(1 - v / 2, 2) * (1 + v));
    proof.error = "0 <= 1 - gamma'/law <= 2/sqrt t + 1/(2t) + C e^{-4 sqrt(t+1)} (e^beta + n - 2) "
                  "for all t > 0";
    proof.scope = "all n >= 2, beta >= 0";
    return proof;
}

// --- growing magnitudes ------------------------------------------------------------------------

template <class S>
void add_growing_law(Steps& steps)
{
    const FarEnd f;
    auto p = symbolic_point();
    p.late = 1;
    p.t = 0;
    const Expr velocity = S::gamma_dot(p);
    const Expr slope = S::symmetric_r_dot(p);
    const Expr c = 2 * f.epsilon * f.q / (p.r * velocity);
    add_order<model::PostLN>(steps);
    steps.at_least("c >= a", c, f.a);
    steps.at_least("z >= c", f.z, c);
    steps.identity("r' = a/c", slope, f.a / c);
    steps.identity("d ln r/d epsilon = -1/(2 epsilon) - beta phi/(2 q), so r sqrt(epsilon) "
                   "e^{I/2} is constant",
                   slope / (p.r * velocity), 1 / (2 * f.epsilon) + f.lift / (2 * f.q));
    steps.at_least("0 <= r'", slope, Expr(0));
    steps.at_least("r' <= 1: t - r increases", Expr(1), slope);
    steps.identity("z - a = (n-1) epsilon, so d(t-r) <= (n-1) r/(2q) |d epsilon|", f.z - f.a,
                   f.m * f.epsilon);
    // int_0^1 (m/2) e^{-1/2}/q de with e = x^2.
    const Expr x = sym("u");
    const Expr root_n = sqrt(f.n);
    const Expr root_m = sqrt(f.m);
    const Expr slope_of_inverse_tanh =
        (derivative(log(root_n + root_m * x), "u") - derivative(log(root_n - root_m * x), "u")) / 2;
    steps.identity("int_0^1 (n-1)/(2 sqrt(e) q(e)) de = sqrt((n-1)/n) ln(sqrt n + sqrt(n-1)) =: D, "
                   "so t - r stays bounded",
                   root_m / root_n * slope_of_inverse_tanh, f.m / (f.n - f.m * x * x));
    steps.identity("(sqrt n + sqrt(n-1))(sqrt n - sqrt(n-1)) = 1",
                   (root_n + root_m) * (root_n - root_m), Expr(1));
    steps.limit_at_one("r gamma'/(2 epsilon) -> 1", p.r * velocity / (2 * f.epsilon), Expr(1));
}

void add_growing_error(Steps& steps)
{
    const FarEnd f;
    add_rho_bound(steps);
    add_exponential(steps);
    steps.at_least("beta phi/q <= e^beta - 1", exp(f.beta) - 1, (exp(f.beta) - 1) / f.q);
}

/// The law as the leading term of gamma' with epsilon = K^2/r^2 and r ~ t put in.
Expr growing_law()
{
    const Expr r = sym("t");
    const Expr epsilon = 1 / (2 * pow(r, 2));
    return 2 * epsilon / r;
}

template <class S>
TerminalProof growing()
{
    TerminalProof proof;
    add_growing_law<S>(proof.law_steps);
    proof.law = growing_law();
    proof.constant =
        "C = 2 K^2, K = r_0 e^{I/2}, I = int_0^1 (e^{beta e} - 1)/(e (n - (n-1) e)) de";
    add_growing_error(proof.error_steps);
    proof.error = "(t/(t+r_0))^3 (1 - G K^2/(t-B)^2) <= gamma' t^3/C <= (t/(t-B))^3 for all t > B, "
                  "with B = max(K D - r_0, 0), D = sqrt((n-1)/n) ln(sqrt n + sqrt(n-1)), "
                  "G = 2 e^beta + n - 3";
    proof.scope = "all n >= 2, beta >= 0, r_0 > 0";
    return proof;
}

TerminalProof mix_ln()
{
    TerminalProof proof;
    auto p = symbolic_point();
    p.late = 0;
    proof.law_steps.identity("t <= tau: Post-LN's gamma'", model::MixLN::gamma_dot(p),
                             model::PostLN::gamma_dot(p));
    proof.law_steps.identity("t <= tau: r' = 0", model::MixLN::symmetric_r_dot(p), Expr(0));
    p.late = 1;
    proof.law_steps.identity("t > tau: Pre-LN's gamma'", model::MixLN::gamma_dot(p),
                             model::PreLN::gamma_dot(p));
    proof.law_steps.identity("t > tau: Pre-LN's r'", model::MixLN::symmetric_r_dot(p),
                             model::PreLN::symmetric_r_dot(p));
    const Steps& phase = terminal_proof("post-ln").law_steps;
    proof.law_steps.append(phase);
    add_growing_law<model::MixLN>(proof.law_steps);
    proof.law = growing_law();
    proof.constant = "C = 2 K^2, K = r(tau) sqrt(epsilon_tau) e^{I(epsilon_tau)/2}, epsilon_tau in "
                     "(0, 1] from Post-LN at tau";
    add_growing_error(proof.error_steps);
    proof.error = "(t/(t-A))^3 (1 - G K^2/(t-B)^2) <= gamma' t^3/C <= (t/(t-B))^3 for all "
                  "t > max(tau, B, 0), with A = tau - r(tau), B = A + K D, G = 2 e^beta + n - 3";
    proof.scope = "all n >= 2, beta >= 0, r_0 > 0, tau >= 0";
    return proof;
}

TerminalProof make_proof(const std::string& scheme)
{
    if (scheme == "post-ln") {
        return post_ln();
    }
    if (scheme == "pre-ln") {
        return growing<model::PreLN>();
    }
    if (scheme == "peri-ln") {
        return growing<model::PeriLN>();
    }
    if (scheme == "mix-ln") {
        return mix_ln();
    }
    if (scheme == "ngpt") {
        return ngpt();
    }
    if (scheme == "sqrt-scaling") {
        return sqrt_scaling();
    }
    throw InputError(fmt::format("scheme '{}': must be one of {}", scheme,
                                 fmt::join(model::scheme_names, ", ")));
}

} // namespace

const TerminalProof& terminal_proof(const std::string& scheme)
{
    static std::recursive_mutex mutex;
    static std::map<std::string, TerminalProof> made;
    const std::scoped_lock lock(mutex);
    if (const auto found = made.find(scheme); found != made.end()) {
        return found->second;
    }
    return made.emplace(scheme, make_proof(scheme)).first->second;
}

const Steps& mix_below_pre()
{
    static const Steps steps = [] {
        const FarEnd f;
        Steps made;
        const Expr velocity = unit_velocity<model::PostLN>();
        made.identity("Post-LN: d/dt (ln epsilon + I(epsilon) - ln q + 2t) = 0",
                      (1 / f.epsilon + f.lift / f.q + f.m / f.q) * velocity, Expr(2));
        made.identity("d/dt (ln q - 2t) = -2a/z", f.m * velocity / f.q - 2, -(2 * f.a / f.z));
        made.at_least("a/z >= 1/n: strictly decreasing", f.a / f.z, 1 / f.n);
        return made;
    }();
    return steps;
}

const Steps& constant_monotone()
{
    static const Steps steps = [] {
        const FarEnd f;
        Steps made;
        made.at_least("(e^{beta e} - 1)/e increases with beta", derivative(f.lift, "beta"),
                      Expr(0));
        made.at_least("1/q decreases as n grows", Expr(0), derivative(1 / f.q, "n"));
        made.at_least("a increases with beta", derivative(f.a, "beta"), Expr(0));
        made.identity("c^2 = a^2 + (n-1) epsilon q for nGPT, a >= 0",
                      pow(pull_scale<model::NGPT>(), 2), f.a * f.a + f.m * f.epsilon * f.q);
        return made;
    }();
    return steps;
}

const Steps& constant_bounds()
{
    static const Steps steps = [] {
        const FarEnd f;
        const Expr b = f.beta;
        Steps made;
        add_chord(made);
        made.nonnegative_in_beta("(e^{beta e} - 1)/e >= beta", f.rise - 1 - b * f.epsilon);
        made.identity("int_0^1 de/q = ln n/(n-1)", derivative(log(f.q), "gamma") / f.m, 1 / f.q);
        made.at_least("q >= 1", f.q, Expr(1));
        // U = H/beta^2, beta^3 (U' - (e^beta - 1)/beta) = beta H' - 2 H - beta^2 (e^beta - 1).
        const Expr H = b * (exp(b) - 1 - b) + 3 * (exp(b) - 1 - b - b * b / 2);
        const Expr excess = b * derivative(H, "beta") - 2 * H - b * b * (exp(b) - 1);
        made.identity("beta^3 (U' - (e^beta - 1)/beta), U = (e^beta - 1 - beta)/beta + "
                      "3 (e^beta - 1 - beta - beta^2/2)/beta^2",
                      pow(b, 3) * (derivative(H / (b * b), "beta") - (exp(b) - 1) / b), excess);
        made.nonnegative_in_beta("U' >= (e^beta - 1)/beta, so U >= int_0^1 (e^{beta e} - 1)/e de",
                                 excess, 4);
        made.identity("q = 1 + (n-1) v, v = 1 - e", f.q, 1 + f.m * f.gamma);
        made.nonnegative_in_beta("1/(1+x) >= e^{-x}", exp(b) - 1 - b);
        made.identity("int_0^1 e^{beta - (beta+n-1) v} dv = (e^beta - e^{1-n})/(beta+n-1)",
                      derivative(-(exp(b - (b + f.m) * f.gamma) / (b + f.m)), "gamma"),
                      exp(b - (b + f.m) * f.gamma));
        return made;
    }();
    return steps;
}

std::string constant_bounds_text()
{
    return "with I = ln(C/(2 r_0^2)) of Pre-LN and Peri-LN: beta ln n/(n-1) <= I <= "
           "(e^beta - 1) ln n/(n-1) (n -> infinity), and I <= (e^beta - 1 - beta)/beta + "
           "3 (e^beta - 1 - beta - beta^2/2)/beta^2, I >= (e^beta - e^{1-n})/(beta + n - 1) - "
           "ln n/(n-1) (beta -> infinity); for Post-LN C = 2 n e^I";
}

} // namespace attest::theorems
