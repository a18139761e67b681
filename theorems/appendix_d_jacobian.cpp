// Appendix D.3, Step 4: the Jacobian of the compactified system at its critical points.
#include "attest/numbers/precision.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/named_vectors.hpp"
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

using Order = FirstOrder<Expr>;

Scope all_critical_points()
{
    return {ScopeKind::All, "all n, d, beta > 0, critical points with q_j* = f_j > 0"};
}

/// The scheme with r = q t in the time tau = ln t: theta_j' = P_j A_j q/(s_j q), so that g_j = Z_j
/// s_j/q_j (grad_j E = -Z_j P_j A_j), and f_j = dr_j/dt.
struct Frame {
    Expr g;
    Expr f;
};
template <class Scheme>
Frame frame_of()
{
    const model::TokenView<Expr> token = symbolic_token();
    return {tidy(Scheme::speed_factor(token)).substitute("r", sym("q")) * sym("Z") / sym("q"),
            tidy(Scheme::r_dot(token))};
}

// --- explicit critical points on the circle ------------------------------------------------------

struct CirclePoint {
    std::vector<Rational> angles; ///< over pi
    Rational beta;
};

const std::vector<CirclePoint>& circle_points()
{
    static const std::vector<CirclePoint> list = {
        {{0, 1}, 1},
        {{0, Rational(2, 3), Rational(4, 3)}, Rational(1, 2)},
        {{0, 0, 0, 1}, 2},
    };
    return list;
}

/// The right sides of the compactified system on the circle, and the energy, as formulas in the
/// angles p1, p2, ... and q1, q2, ...
template <class Scheme>
struct CircleSystem {
    explicit CircleSystem(std::size_t n) : velocity(n), drift(n), Z(n), theta_A(n), norm_A(n)
    {
        const Expr beta = sym("beta");
        const auto p = [](std::size_t j) { return sym(fmt::format("p{}", j + 1)); };
        energy = Expr(0);
        for (std::size_t j = 0; j < n; ++j) {
            Expr along(0);
            Expr across(0);
            Z[j] = Expr(0);
            for (std::size_t k = 0; k < n; ++k) {
                const Expr weight = exp(beta * cos(p(k) - p(j)));
                Z[j] = Z[j] + weight;
                along = along + weight * cos(p(k) - p(j));
                across = across + weight * sin(p(k) - p(j));
                energy = energy - weight / (2 * beta);
            }
            theta_A[j] = along / Z[j];
            norm_A[j] = sqrt(along * along + across * across) / Z[j];
            const Expr q = sym(fmt::format("q{}", j + 1));
            const model::TokenView<Expr> token{q, norm_A[j], theta_A[j], Expr(1), Expr(1), Expr(1)};
            velocity[j] = across / Z[j] / Scheme::speed_factor(token);
            drift[j] = Scheme::r_dot(token) - q;
        }
    }

    std::vector<Expr> velocity;
    std::vector<Expr> drift;
    std::vector<Expr> Z;
    std::vector<Expr> theta_A;
    std::vector<Expr> norm_A;
    Expr energy;
};

/// Entries of the exact derivative of the system at one critical point against the block form; a
/// disjoint pair of balls refutes.
template <class Scheme>
std::optional<std::string> contradiction_at(const CirclePoint& point, const Statement& statement)
{
    const std::size_t n = point.angles.size();
    const CircleSystem<Scheme> system(n);
    std::map<std::string, Ball> at = {{"beta", Ball(point.beta)}};
    for (std::size_t j = 0; j < n; ++j) {
        at.emplace(fmt::format("p{}", j + 1), Ball(point.angles[j]) * Ball::pi());
    }
    std::vector<Ball> g(n);
    std::vector<Ball> f(n);
    for (std::size_t j = 0; j < n; ++j) {
        const std::map<std::string, Ball> token = {{"Z", system.Z[j].template evaluate<Ball>(at)},
                                                   {"thetaA", system.theta_A[j].evaluate(at)},
                                                   {"normA", system.norm_A[j].evaluate(at)}};
        g[j] = statement.formulas.at("g").evaluate(token);
        f[j] = statement.formulas.at("f").evaluate(token);
    }
    for (std::size_t j = 0; j < n; ++j) {
        // q_j* from the system itself: the drift vanishes there.
        const std::string name = fmt::format("q{}", j + 1);
        at.emplace(name, Ball(0));
        at.insert_or_assign(name, system.drift[j].evaluate(at));
    }
    for (std::size_t j = 0; j < n; ++j) {
        const Ball factor = statement.formulas.at("factor").evaluate(
            std::map<std::string, Ball>{{"f", f[j]}, {"g", g[j]}});
        for (std::size_t k = 0; k < n; ++k) {
            const std::string angle = fmt::format("p{}", k + 1);
            const std::string q = fmt::format("q{}", k + 1);
            const Expr slope = derivative(system.energy, fmt::format("p{}", j + 1));
            const std::vector<std::tuple<std::string, Ball, Ball>> entries = {
                {"J_theta,theta", derivative(system.velocity[j], angle).evaluate(at),
                 -factor * derivative(slope, angle).evaluate(at)},
                {"J_theta,q", derivative(system.velocity[j], q).evaluate(at),
                 statement.formulas.at("J_thetaq").evaluate(at)},
                {"J_qq", derivative(system.drift[j], q).evaluate(at),
                 j == k ? statement.formulas.at("J_qq").evaluate(at) : Ball(0)}};
            for (const auto& [block, found, claimed] : entries) {
                if (is_false(equal(found, claimed))) {
                    return fmt::format("entry ({}, {}) of {} is {}, not {}", j + 1, k + 1, block,
                                       found.to_string(10), claimed.to_string(10));
                }
            }
        }
    }
    return std::nullopt;
}

template <class Scheme>
Judgement at_circle_points(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(bits_for_digits(effort.digits));
    Judgement judgement;
    Evidence points{"Jacobian at explicit critical points",
                    fmt::format("exact derivatives of the system in angles, evaluated in balls at "
                                "{} critical points on the circle: every entry overlaps",
                                circle_points().size()),
                    Truth::True,
                    Strength::Enclosed,
                    {ScopeKind::Points, "n = 2, 3, 4, d = 2"}};
    points.carries = false;
    for (const CirclePoint& point : circle_points()) {
        if (const auto found = contradiction_at<Scheme>(point, statement)) {
            std::string angles;
            for (const Rational& angle : point.angles) {
                angles += (angles.empty() ? "" : ", ") + to_string(angle);
            }
            points.outcome = Truth::False;
            points.detail = *found;
            judgement.counterexample = ledger::Counterexample{
                {{"angles over pi", angles}, {"beta", to_string(point.beta)}, {"q", "f(Theta)"}},
                *found,
                ""};
            break;
        }
    }
    judgement.evidence.push_back(std::move(points));
    return judgement;
}

// --- the gradient's derivative and the second variation ------------------------------------------

/// Two tokens theta, phi with <theta, phi> = c, tangent vectors a, A at theta and b, B at phi.
InnerProducts pair_products()
{
    InnerProducts table;
    for (const std::string name : {"theta", "phi"}) {
        table.set(name, name, Expr(1));
    }
    table.set("theta", "phi", sym("c"));
    for (const std::string name : {"a", "A"}) {
        table.set("theta", name, Expr(0));
        table.set("phi", name, sym(name + "_phi"));
    }
    for (const std::string name : {"b", "B"}) {
        table.set("phi", name, Expr(0));
        table.set("theta", name, sym(name + "_theta"));
    }
    const std::vector<std::string> tangents = {"a", "A", "b", "B"};
    for (const std::string& v : tangents) {
        for (const std::string& w : tangents) {
            table.set(v, w, sym(v < w ? v + "_" + w : w + "_" + v));
        }
    }
    return table;
}

/// d^2/dt^2 of -(1/beta) e^{beta <theta(t), phi(t)>} over e^{beta c} at t = 0 along great circles
/// with velocities u at theta and w at phi: both ordered pairs of E.
Expr second_variation(const InnerProducts& table, const Combination& u, const Combination& w)
{
    const Expr t = sym("t");
    const auto moved = [&](const std::string& name, const Combination& tangent) {
        return (Expr(1) - t * t / 2 * inner(table, tangent, tangent)) * Combination::of(name)
               + t * tangent;
    };
    const Expr cosine = inner(table, moved("theta", u), moved("phi", w));
    const Expr first = derivative(cosine, "t");
    return -(sym("beta") * first * first + derivative(first, "t")).substitute("t", Expr(0));
}

/// <test, D grad_x E [u, w]> over e^{beta c} for the term e^{beta <x, y>} of one token x: the
/// spherical gradient is -e^{beta <x, y>} (y - <x, y> x), x and y move with velocities u and w.
Expr gradient_slope(const InnerProducts& table, const std::string& x, const std::string& y,
                    const Combination& u, const Combination& w, const std::string& test)
{
    const Expr t = sym("t");
    const Combination token = Combination::of(x) + t * u;
    const Combination other = Combination::of(y) + t * w;
    const Expr cosine = inner(table, token, other);
    const Expr part = inner(table, other - cosine * token, Combination::of(test));
    return -(sym("beta") * derivative(cosine, "t") * part + derivative(part, "t"))
                .substitute("t", Expr(0));
}

Judgement gradient_is_hessian(const Effort& effort)
{
    const InnerProducts table = pair_products();
    const Combination a = Combination::of("a");
    const Combination b = Combination::of("b");
    const Combination A = Combination::of("A");
    const Combination B = Combination::of("B");
    const Expr polarised = (second_variation(table, a + A, b + B) - second_variation(table, a, b)
                            - second_variation(table, A, B))
                           / 2;
    const Expr slopes = gradient_slope(table, "theta", "phi", a, b, "A")
                        + gradient_slope(table, "phi", "theta", b, a, "B");
    return decide_reduced(
        relation_part(slopes, "=", polarised), effort,
        {"derivative of the spherical gradient along (a, b), tested with (A, B), against the "
         "polarised second variation along great circles; one pair of tokens, over e^{beta c}: "
         "Hess E is the derivative of grad E, and symmetric",
         {},
         {}},
        {}, all_critical_points());
}

// --- the block form ------------------------------------------------------------------------------

Judgement check_jacobian(const Statement& statement, const Effort& effort)
{
    const std::string& scheme = statement.words.at("scheme");
    const bool peri = scheme == "peri-ln";
    if (!peri && scheme != "pre-ln") {
        throw DomainError(
            fmt::format("scheme '{}': q_j = r_j/t is for pre-ln and peri-ln", scheme));
    }
    Judgement points = peri ? at_circle_points<model::PeriLN>(statement, effort)
                            : at_circle_points<model::PreLN>(statement, effort);
    if (points.counterexample) {
        return points;
    }
    const Frame frame = peri ? frame_of<model::PeriLN>() : frame_of<model::PreLN>();
    const auto formula = [&](const char* name) { return statement.formulas.at(name); };
    // Two tokens at beta = 0 with <theta_1, theta_2> = -7/25.
    const std::vector<Instance> tokens = {
        {{{"n", "2"}, {"beta", "0"}, {"<theta_1, theta_2>", "-7/25"}, {"q_j", "1"}},
         {{"normA", Rational(3, 5)}, {"thetaA", Rational(9, 25)}, {"Z", 2}, {"q", 1}},
         {}}};
    const auto identity = [&](const Expr& lhs, const Expr& rhs, const std::string& why,
                              const std::vector<Instance>& instances = {}) {
        return decide_reduced(relation_part(lhs, "=", rhs), effort, {why, {}, {}}, instances,
                              all_critical_points());
    };
    for (const auto& [mine, derived] :
         {std::pair(formula("g"), frame.g), std::pair(formula("f"), frame.f)}) {
        Judgement part = identity(mine, derived, "g_j, f_j from s_j, dr_j/dt of Table 2", tokens);
        if (part.counterexample) {
            return part;
        }
    }
    // Along a direction in which q moves by p, g by g1, f by f1 and the gradient, 0 itself, by G1.
    const Order q(sym("f"), sym("p"));
    const Order g(sym("g"), sym("g1"));
    const Order G(Expr(0), sym("G1"));
    const Order f(sym("f"), sym("f1"));
    const std::string chain = "chain rule at grad E = 0, q = f";
    Judgement blocks =
        all_of({identity(formula("g"), frame.g, "g_j from s_j of Table 2"),
                identity(formula("f"), frame.f, "f_j from dr_j/dt of Table 2"),
                identity((-(G / (q * g))).slope,
                         formula("J_thetaq") * sym("p") - formula("factor") * sym("G1"), chain),
                identity((f - q).slope, sym("f1") + formula("J_qq") * sym("p"), chain),
                gradient_is_hessian(effort)});
    for (Evidence& item : points.evidence) {
        blocks.evidence.push_back(std::move(item));
    }
    if (!peri) {
        const Frame other = frame_of<model::PeriLN>();
        const Expr product = sym("Z") * sym("thetaA");
        blocks.evidence.push_back(remark(
            "Peri-LN",
            "f_j g_j = Z_j <theta_j, A_j> for Peri-LN as for Pre-LN: the same "
            "J_theta,theta, with q_j* = f_j = <theta_j, A_j>/|A_j|",
            proof::identical(other.f * other.g, product)
                && proof::identical(frame.f * frame.g, product),
            all_critical_points(), {{proof::identity_certificate(other.f * other.g, product)}}));
    }
    return blocks;
}

} // namespace

void add_appendix_d_jacobian(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/step4/jacobian";
    const Expr f = sym("f");
    const Expr g = sym("g");
    claim.printed.formulas = {{"J_qq", Expr(-1)},
                              {"J_thetaq", Expr(0)},
                              {"factor", 1 / (f * g)},
                              {"g", sym("Z")},
                              {"f", sym("thetaA")}};
    claim.printed.words = {{"scheme", "pre-ln"}};
    claim.printed.latex =
        "\\nabla E(\\Theta^*) = 0,\\ q^* = f(\\Theta^*) > 0 \\implies J_{qq} = -I_n,\\ "
        "J_{\\theta q} = 0,\\ J_{\\theta\\theta} = -\\mathrm{diag}\\Bigl(\\frac{1}{f_jg_j}\\Bigr)"
        "\\mathrm{Hess}\\,E, \\quad g_j = Z_j,\\ f_j = \\langle\\theta_j, A_j\\rangle";
    claim.check = check_jacobian;
    const Statement& holds = claim.printed;
    claim.faults = {
        fault("J_qq = I", holds, "J_qq", Expr(1)),
        fault("J_qq = 0", holds, "J_qq", Expr(0)),
        fault("J_thetaq = 1", holds, "J_thetaq", Expr(1)),
        fault("1/g: q* taken for 1", holds, "factor", 1 / g),
        fault("1/f: Z_j forgotten", holds, "factor", 1 / f),
        fault("f_j g_j instead of its inverse", holds, "factor", f * g),
        fault("the Hessian with the other sign", holds, "factor", -1 / (f * g)),
        fault("g_j = Z_j |A_j|", holds, "g", sym("Z") * sym("normA")),
        fault("f_j = 1", holds, "f", Expr(1)),
    };
    claim.witness = "n = d = 2, theta = (e_1, -e_1), beta = 1, q* = (tanh 1, tanh 1)";
    claim.depends_on = {"appD.1/tau-frame", "appD.3/step2/gradient-form"};
    claim.note = "Hess E is the Riemannian Hessian on the product of spheres. J_{q theta} is not "
                 "0 in general; the block form makes the spectrum that of J_qq and J_{theta theta}";
    registry.add(std::move(claim));
}

} // namespace attest::theorems
