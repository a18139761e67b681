#pragma once

#include "attest/ledger/registry.hpp"
#include "attest/ledger/result.hpp"
#include "attest/report/file.hpp"

#include <cmath>
#include <filesystem>

namespace attest::sample {

// Results as a run makes them, with everything that reports have to cope with: every verdict, long
// ids, formulas too wide for a line, Unicode, characters that markup languages reserve.

inline ledger::Evidence evidence(std::string route, std::string detail, Truth outcome,
                                 ledger::Strength strength, ledger::Scope scope,
                                 std::optional<long> digits = std::nullopt)
{
    return {std::move(route), std::move(detail), outcome, strength, std::move(scope), digits, true};
}

/// A ratio that tends to the value like 1/t, followed to t = 10^12, twice; the second course begins
/// with a number that no double holds.
inline ledger::LimitPlot limit_plot(double value)
{
    ledger::LimitPlot plot{"\\dot\\gamma(t)/(C L(t)),\\ L = t^{-3}", "t", "1", {}};
    for (const int slow : {1, 10}) {
        ledger::Course course{"n=" + std::to_string(slow) + ", beta=1", {}, {}, {}};
        for (int k = -1; k <= 12; ++k) {
            const double t = std::pow(10.0, k);
            const double ratio = value * t / (t + slow);
            course.x.push_back("1e" + std::to_string(k));
            course.lo.push_back(std::to_string(ratio - 1e-6));
            course.hi.push_back(std::to_string(ratio + 1e-6));
        }
        plot.courses.push_back(std::move(course));
    }
    plot.courses.back().lo.front() = "1e-434294481903";
    plot.courses.back().hi.front() = "1.5e-434294481903";
    return plot;
}

inline ledger::ClaimResult holding_claim()
{
    ledger::ClaimResult claim;
    claim.id = "thm4.1/pre-ln/terminal-velocity";
    claim.where = "Theorem 4.1, column t->infinity; Appendix A";
    claim.kind = "rate";
    claim.summary = "Pre-LN: gammadot(t) ~ C/t^3 as t->infinity, with a constant C>0";
    claim.domain = "Theorem 4.1: (NA), Q=K=V=I_d, <theta_j(0),theta_k(0)>=delta_jk";
    claim.statement = "\\dot{\\gamma}(t)\\, {t}^{3} \\to C > 0";
    const ledger::Scope scope{ledger::ScopeKind::Points,
                              "n in {2, 3, 10, 128, 256, 1000}, beta in {0, 1/100, 1, 5, 9, 12}, "
                              "r0 in {1/10, 1, 10}"};
    claim.as_stated.slack =
        ledger::Slack{"-0.00000012345678901234567890", "1.2345678901234567890e-33"};
    claim.as_stated.evidence = {
        evidence("closed form (Arb quadrature)", "C = 412.345... enclosed at 108 points",
                 Truth::True, ledger::Strength::Enclosed, scope, 50),
        evidence("Taylor integration (MPFR)", "the ratio is within 10^-31 of C at t = 10^40",
                 Truth::True, ledger::Strength::Numeric, scope, 31)};
    claim.as_stated.evidence[1].plots = {limit_plot(1)};
    claim.as_stated = ledger::judge(std::move(claim.as_stated));
    claim.depends_on = {"appA/pre-ln/ode", "thm4.1/common-gamma"};
    claim.controls = {7, 6, {{"exponent 3 -> 2 in {t}^{3}", "answered 'undecided'"}}};
    claim.witness = "n = 2, beta = 0, r0 = 1";
    claim.bits = 256;
    claim.seconds = 1.25;
    return claim;
}

inline ledger::ClaimResult failing_claim()
{
    ledger::ClaimResult claim;
    claim.id = "appA/peri-ln/gronwall-upper-bound-of-the-velocity";
    claim.where = "Appendix A, Peri-LN";
    claim.kind = "inequality";
    claim.summary =
        "For all t, gammadot <= 2 (1-gamma)/(r0+t) & r >= r0 + t*gamma_0 |100%| #1 ~ _x";
    claim.domain = "n >= 2, beta >= 0, 0 <= gamma <= 1";
    claim.statement =
        "\\frac{2 \\, e^{\\beta \\, \\gamma} \\, \\left(1 - \\gamma\\right) \\, \\left(\\left(n - "
        "1\\right) \\, \\gamma + 1\\right)}{r \\, \\sqrt{e^{2 \\cdot \\beta} + 2 \\, \\left(n - "
        "1\\right) \\, \\gamma \\, e^{\\beta \\, \\left(1 + \\gamma\\right)} + \\left(n - "
        "1\\right) \\, \\left(1 + \\left(n - 2\\right) \\, \\gamma\\right) \\, e^{2 \\cdot \\beta "
        "\\, \\gamma}}} \\le \\frac{2 \\cdot \\left(1 - \\gamma\\right)}{r} + \\frac{\\left(n - "
        "1\\right) \\, e^{\\beta \\, \\gamma}}{e^{\\beta} + \\left(n - 1\\right) \\, e^{\\beta "
        "\\, \\gamma}} + \\log\\left(1 + \\frac{e^{\\beta}}{n}\\right)";
    claim.as_stated.slack = ledger::Slack{"-inf", "-0.0417"};
    claim.as_stated.counterexample = ledger::Counterexample{
        {{"n", "3"}, {"beta", "17/4"}, {"gamma", "99/100"}},
        "left side 0.0123..., right side 0.0098...: the inequality is violated by 25 %",
        "attest show appA/peri-ln/gronwall-upper-bound-of-the-velocity --at "
        "'n=3,beta=17/4,gamma=99/100'"};
    claim.as_stated.evidence = {evidence("ball arithmetic", "left - right >= 0.0417 at the point",
                                         Truth::False, ledger::Strength::Enclosed,
                                         {ledger::ScopeKind::Points, "one point"})};
    claim.as_stated.evidence[0].plots = {limit_plot(2)}; // goes to 2 where 1 is printed
    claim.as_stated = ledger::judge(std::move(claim.as_stated));
    ledger::Amended amended{"\\dot{\\gamma} \\le 2 \\, \\left(1 - \\gamma\\right) \\quad\\text{for "
                            "all } n \\ge 2,\\ \\beta \\ge 0,\\ \\gamma \\in [0, 1]",
                            {}};
    amended.judgement.evidence = {evidence("exact algebra", "", Truth::True,
                                           ledger::Strength::Exact,
                                           {ledger::ScopeKind::All, "all n >= 2, beta >= 0"})};
    amended.judgement.evidence[0].plots = {limit_plot(1)};
    amended.judgement = ledger::judge(std::move(amended.judgement));
    claim.amended = amended;
    claim.controls = {12, 12, {}};
    claim.seconds = 0.0421;
    claim.note = "printed without the factor gamma; see eq. (12)";
    return claim;
}

inline ledger::ClaimResult contradicted_claim()
{
    ledger::ClaimResult claim;
    claim.id = "fig2/phase-plot/ranking";
    claim.where = "Figure 2 caption, panel (c)";
    claim.kind = "figure";
    claim.summary = "At the same position the speed is ranked";
    claim.statement = "At equal $\\gamma$ the speeds are ordered: $\\dot\\gamma_{\\mathrm{Post}} "
                      "\\ge \\dot\\gamma_{\\mathrm{Pre}}$ for every time";
    const ledger::Scope scope{ledger::ScopeKind::Points, "n = 256, beta = 5"};
    claim.as_stated.evidence = {
        evidence("route one", "yes", Truth::True, ledger::Strength::Numeric, scope, 20),
        evidence("route two", "no", Truth::False, ledger::Strength::Numeric, scope, 20)};
    claim.as_stated = ledger::judge(std::move(claim.as_stated));
    claim.controls = {3, 3, {}};
    claim.seconds = 130.5;
    return claim;
}

inline ledger::ClaimResult undecided_claim()
{
    ledger::ClaimResult claim;
    claim.id = "sec4.1/prose/initial-velocities-comparable";
    claim.where = "Section 4.1, remarks after Theorem 4.1";
    claim.kind = "prose";
    claim.summary = "the initial velocities are comparable – up to α_0 and r_0";
    claim.statement =
        "\\dot\\gamma_{\\mathrm{Post}}(0) = \\frac{2}{e^{\\beta} + n - 1},\\quad "
        "\\dot\\gamma_{\\mathrm{Pre}}(0) = \\frac{2}{r_0 \\left(e^{\\beta} + n - 1\\right)},\\quad "
        "\\dot\\gamma_{\\mathrm{Peri}}(0) = \\frac{2}{r_0 \\sqrt{e^{2\\beta} + n - 1}},\\quad "
        "\\dot\\gamma_{\\mathrm{nGPT}}(0) = \\frac{2\\alpha_0}{\\sqrt{e^{2\\beta} + n - 1}} "
        "\\text{ are within one factor of each other for all n, beta and r0 that the text allows,} "
        "\\text{ the tuning parameters apart: } \\sup_{n,\\beta} "
        "\\frac{\\dot\\gamma_1(0)}{\\dot\\gamma_2(0)} < \\infty";
    claim.as_stated.evidence = {
        evidence("check", "stopped by an error: out of budget at t = 10^12 <&> \"quoted\"",
                 Truth::Unknown, ledger::Strength::None, {})};
    claim.as_stated = ledger::judge(std::move(claim.as_stated));
    claim.seconds = 0.001;
    return claim;
}

inline ledger::ClaimResult unchecked_claim()
{
    ledger::ClaimResult claim;
    claim.id = "thm4.2/angle-bound";
    claim.where = "Theorem 4.2";
    claim.kind = "probability";
    claim.summary = "P(max_j |<theta_j,A_j>| <= C sqrt(log n/d)) >= 1-n^{-C}";
    claim.domain = "n >= 2, d >= 1";
    claim.note = "needs ensembles of random weights";
    return claim;
}

inline ledger::Figure figure_2()
{
    const std::vector<std::string> schemes = {"Post-LN", "Pre-LN", "Mix-LN ($\\tau = 2$)",
                                              "Peri-LN", "nGPT",   "sqrt-scaling"};
    ledger::Figure figure{"figure_2",
                          "Cosine similarity, its speed and the phase plot for n = 256, beta = 5.",
                          {{"(a) cosine similarity", "t", "\\gamma(t)", false, false, {}},
                           {"(b) speed", "t", "\\dot{\\gamma}(t)", true, true, {}},
                           {"(c) phase plot", "\\gamma", "\\dot{\\gamma}", false, true, {}}}};
    for (std::size_t s = 0; s < schemes.size(); ++s) {
        ledger::Curve position{schemes[s], {}, {}};
        ledger::Curve speed{schemes[s], {}, {}};
        ledger::Curve phase{schemes[s], {}, {}};
        const double rate = 1.0 / static_cast<double>(s + 1);
        for (int i = 0; i <= 50; ++i) {
            const double t = 0.4 * i;
            const double gamma = 1 / (1 + 20 * std::exp(-rate * t));
            position.x.push_back(t);
            position.y.push_back(gamma);
            const double late = std::pow(10.0, -2 + i * 0.2);
            speed.x.push_back(late);
            speed.y.push_back(rate / (1 + std::pow(late, 3)));
            phase.x.push_back(gamma);
            phase.y.push_back(rate * gamma * (1 - gamma));
        }
        figure.panels[0].curves.push_back(position);
        figure.panels[1].curves.push_back(speed);
        figure.panels[2].curves.push_back(phase);
    }
    return figure;
}

inline ledger::Figure figure_3()
{
    ledger::Figure figure{
        "figure_3", "nGPT for different alpha_t.", {{"", "t", "\\gamma(t)", false, false, {}}}};
    const std::vector<std::string> labels = {"$\\alpha_t = 1$", "$\\alpha_t = \\sqrt{t}$",
                                             "$\\alpha_t = t$",
                                             "$\\alpha_t = t\\sin(4t) + \\cos(4t)$"};
    for (std::size_t k = 0; k < labels.size(); ++k) {
        ledger::Curve curve{labels[k], {}, {}};
        for (int i = 0; i <= 25; ++i) {
            const double t = 0.2 * i;
            curve.x.push_back(t);
            curve.y.push_back(std::tanh(std::pow(t, 0.5 + 0.5 * static_cast<double>(k))));
        }
        figure.panels[0].curves.push_back(curve);
    }
    return figure;
}

inline ledger::Results small_results()
{
    ledger::Results results;
    results.suite = {"0.1.0",
                     "ff8b794",
                     "GCC 12.2.0",
                     {{"Boost", "1.81.0"}, {"MPFR", "4.2.0"}, {"Arb", "2.23.0"}}};
    results.paper = {"Normalization in Attention Dynamics", std::string(64, 'a'),
                     "N. Karagodin, S. Ge, Y. Polyanskiy, P. Rigollet"};
    results.run = {"quick", 30, 18446744073709551615ULL, 2, 41.5};
    results.claims = {holding_claim(), failing_claim(), contradicted_claim(), undecided_claim(),
                      unchecked_claim()};
    const std::string fifty = "412.34567890123456789012345678901234567890123456789";
    results.constants = {
        {"pre-ln", "\\dot{\\gamma} \\sim C/t^3", "128", "9", "1", "", fifty, "3.21e-50", 50},
        {"mix-ln", "\\dot{\\gamma} \\sim C/t^3", "256", "5", "1/10", "tau = 2", fifty, "0", 50},
        {"post-ln", "\\dot{\\gamma} \\sim C e^{-2t}", "1000", "1/100", "10",
         "alpha = t*sin(4*t)+cos(4*t)", "-4.1234567890123456789012345678901234567890123456789e+33",
         "1.5e-17", 50}};
    results.figures = {figure_2(), figure_3()};
    return results;
}

inline std::filesystem::path source_folder()
{
    return std::filesystem::path(__FILE__).parent_path().parent_path();
}

/// The sample among all rows of the inventory, the others being not checked.
inline ledger::Results inventory_results()
{
    ledger::Results results = small_results();
    const std::string tsv = report::read_file(source_folder() / "theorems" / "inventory.tsv");
    for (const ledger::InventoryRow& row : ledger::parse_inventory(tsv)) {
        ledger::ClaimResult claim;
        claim.id = row.id;
        claim.where = row.where;
        claim.kind = row.kind;
        claim.summary = row.statement;
        claim.domain = row.domain;
        claim.note = "belongs to a later part of the suite";
        const bool taken =
            std::any_of(results.claims.begin(), results.claims.end(),
                        [&](const ledger::ClaimResult& other) { return other.id == claim.id; });
        if (!taken) {
            results.claims.push_back(std::move(claim));
        }
    }
    return results;
}

} // namespace attest::sample
