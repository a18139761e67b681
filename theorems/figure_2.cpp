// Figure 2: cosine similarity and its speed for the six schemes, n = 256, beta = 5.
#include "theorems/figure_2_times.hpp"
#include "theorems/symmetric.hpp"
#include "theorems/units.hpp"
#include "theorems/witnesses.hpp"

namespace attest::theorems {
namespace {

void add_last_to_converge(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "fig2/caption/last-to-converge";
    claim.printed.latex =
        "\\text{from some } t \\text{ on, Pre-LN and Peri-LN have smaller } \\gamma "
        "\\text{ than the other four (every } \\tau > 0\\text{)}";
    claim.printed.words = {{"slow", "pre-ln peri-ln"},
                           {"fast", "post-ln mix-ln ngpt sqrt-scaling"},
                           {"levels", "2 4 8 16"},
                           {"tau", "1/20 1 10"}};
    claim.check = decide_converges_last;
    claim.faults = {
        fault("Mix-LN among the last", claim.printed, "slow", std::string("mix-ln peri-ln")),
        fault("Peri-LN among the others", claim.printed, "fast",
              std::string("post-ln mix-ln ngpt sqrt-scaling peri-ln")),
        fault("nGPT among the last", claim.printed, "slow", std::string("pre-ln ngpt")),
        fault("sqrt-scaling among the last", claim.printed, "slow",
              std::string("peri-ln sqrt-scaling")),
    };
    claim.depends_on = {"thm4.1/pre-ln/terminal-velocity", "thm4.1/peri-ln/terminal-velocity"};
    claim.witness = figure_2_witness;
    claim.note =
        "to converge is read as gamma -> 1, that is t -> infinity. Mix-LN starts its Pre-LN phase "
        "with r = 1 where Pre-LN has grown, so its constant is smaller for every tau > 0. The "
        "figure fixes no tau: for small tau, and for levels such as gamma = 0.9, Peri-LN is "
        "still ahead of Mix-LN and sqrt-scaling";
    registry.add(std::move(claim));
}

void add_early(ledger::Registry& registry, const std::string& scheme, bool coincides_with_mix)
{
    Claim claim;
    claim.id = "fig2/caption/early-faster/" + scheme;
    claim.printed.latex =
        "\\text{" + scheme + " is ahead of Pre-LN, Mix-LN, sqrt-scaling in early layers}";
    claim.printed.words = {
        {"fast", scheme}, {"slow", "pre-ln mix-ln sqrt-scaling"}, {"strict", "yes"}};
    claim.check = decide_ahead_early;
    if (coincides_with_mix) {
        claim.amended = claim.printed;
        claim.amended->latex = "\\text{" + scheme
                               + " is ahead of Pre-LN and sqrt-scaling in early layers, "
                                 "and equal to Mix-LN for } t \\le \\tau";
        claim.amended->words.at("strict") = "no";
        claim.note =
            "for t <= tau Mix-LN is Post-LN; all four start with the same velocity for r_0 = 1";
    }
    const Statement& statement = claim.amended ? *claim.amended : claim.printed;
    claim.faults = {
        fault("Pre-LN called fast", statement, "fast", std::string("pre-ln")),
        fault("sqrt-scaling called fast", statement, "fast", std::string("sqrt-scaling")),
        fault("nGPT called slow", statement, "slow", std::string("pre-ln ngpt")),
        fault("scheme called slow itself", statement, "slow", scheme + " pre-ln"),
    };
    if (scheme != "post-ln") {
        claim.faults.push_back(
            fault("Post-LN called fast", statement, "fast", std::string("post-ln")));
    }
    if (scheme == "ngpt") {
        claim.faults.erase(claim.faults.begin() + 2);
    }
    // Where equal equations are accepted, a scheme compared with itself is no fault.
    if (coincides_with_mix) {
        std::erase_if(claim.faults, [](const Fault& planted) {
            return planted.change == "scheme called slow itself";
        });
    }
    claim.depends_on = {"thm4.1/" + scheme + "/initial-velocity"};
    claim.witness = figure_2_witness;
    registry.add(std::move(claim));
}

template <class S>
std::vector<Statement> phase_plot_parts(const Rational& exponent)
{
    const auto p = symbolic_point();
    const model::InvariantMatrix<Expr> G{Expr(1), p.gamma, p.n};
    const auto W = model::softmax_rows(model::InvariantMatrix<Expr>(p.beta * G));
    const auto B = model::product(W, G);
    const Expr norm_A = sqrt(model::row_products(W, B).value);
    const Expr s =
        S::speed_factor(model::TokenView<Expr>{p.r, norm_A, B.diagonal, p.alpha, p.t, p.late});
    const Expr speed = S::gamma_dot(p) * pow(s, exponent);
    std::vector<Statement> parts;
    for (const long late : {0L, 1L}) {
        Statement part;
        part.formulas = {{"lhs", speed.substitute("late", Expr(late))},
                         {"rhs", model::PostLN::gamma_dot(p)}};
        parts.push_back(std::move(part));
    }
    return parts;
}

void add_phase_plot(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "fig2/caption/phase-plot";
    claim.printed.latex =
        "\\dot\\gamma = \\dot\\gamma_{\\text{Post-LN}}(\\gamma)\\,/\\,s \\text{ for every "
        "scheme, } s \\text{ from Table 2}";
    claim.printed.numbers = {{"exponent", 1}};
    claim.check = [](const Statement& statement, const Effort& effort) {
        std::vector<Statement> parts;
        std::apply(
            [&](auto... scheme) {
                const auto append = [&](std::vector<Statement> more) {
                    parts.insert(parts.end(), more.begin(), more.end());
                };
                (append(phase_plot_parts<decltype(scheme)>(statement.numbers.at("exponent"))), ...);
            },
            model::Schemes{});
        return for_every(parts, effort, [](const Statement& part, const Effort& e) {
            return decide_identity(part, e);
        });
    };
    for (const Rational& exponent : {Rational(0), Rational(2), Rational(-1), Rational(3)}) {
        claim.faults.push_back(
            fault("1/s -> 1/s^" + to_string(exponent), claim.printed, "exponent", exponent));
    }
    claim.depends_on = {"thm4.1/common-gamma"};
    claim.witness = figure_2_witness;
    claim.note =
        "at one position gamma the speeds are therefore ranked by 1/s; s depends on r and t, so "
        "the curves of panel (c) may cross";
    registry.add(std::move(claim));
}

} // namespace

void add_figure_2(ledger::Registry& registry)
{
    add_last_to_converge(registry);
    add_early(registry, "post-ln", true);
    add_early(registry, "ngpt", false);
    add_early(registry, "peri-ln", false);
    add_phase_plot(registry);
}

} // namespace attest::theorems
