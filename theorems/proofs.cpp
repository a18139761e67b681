#include "theorems/proofs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace attest::theorems {
namespace {

using ClaimIds = std::vector<std::string>;

constexpr std::array proof_schemes = {"post-ln", "pre-ln", "mix-ln",
                                      "peri-ln", "ngpt",   "sqrt-scaling"};

/// Theorem 3.1: Appendix D. Pre-LN is proved in full, the others by remarks that refer to it.
void theorem_3_1(ledger::Dependencies& rests_on)
{
    const ClaimIds null_sets = {"appD.3/step3/countable-union", "appD.3/step3/null-event",
                                "appD.3/step1/q-lower"};
    const auto with = [](ClaimIds steps, const ClaimIds& more) {
        steps.insert(steps.end(), more.begin(), more.end());
        return steps;
    };
    rests_on["thm3.1/pre-ln"] = with(null_sets, {"appD.3/dynamics", "appD.1/tau-frame"});
    rests_on["thm3.1/mix-ln"] = with(null_sets, {"appD.3/remark/mix-ln"});
    rests_on["thm3.1/peri-ln"] =
        with(null_sets, {"appD.3/remark/peri-ln-frame", "appD.3/remark/peri-ln-rest"});
    const ClaimIds fixed_speed = {"appD.3/lemma-d1-on-sphere", "appD.3/step4/hessian",
                                  "appD.3/step5/stable-manifold", "sec3/gradient-identity"};
    rests_on["thm3.1/post-ln"] = with(fixed_speed, {"appD.3/remark/post-ln"});
    rests_on["thm3.1/ngpt"] =
        with(fixed_speed, {"appD.3/remark/ngpt-time-change", "appD.3/remark/ngpt-zero-attention"});
    rests_on["thm3.1/sqrt-scaling"] = {"thm3.1/post-ln", "appD.3/remark/sqrt-scaling-time-change"};
    rests_on["thm3.1/general-qkv"] = {"thm3.1/post-ln", "sec3/gradient-condition"};
    rests_on["cor3.2/statement"] = {"thm3.1/pre-ln", "thm3.1/peri-ln", "cor3.2/chain-1",
                                    "cor3.2/chain-2", "cor3.2/peri-ln-bound"};
    rests_on["sec3/lojasiewicz-extends"] = {"appD/lemma-d1", "appD.3/lemma-d1-on-sphere"};

    rests_on["appD.3/step1/common-segment"] = {"appD.3/step1/q-upper"};
    rests_on["appD.3/step1/q-lower"] = {"appD.1/tau-frame"};
    rests_on["appD.3/step2/modulator"] = {"appD.3/step2/gradient-form", "appD.3/step1/q-upper"};
    rests_on["appD.3/step3/null-event"] = {
        "appD.3/lemma-d1-on-sphere",     "appD.3/step2/modulator",      "appD.3/step4/hessian",
        "appD.3/step5/stable-manifold",  "appD.3/step1/common-segment", "appD.3/step5/interior",
        "appD.3/step5/back-to-time-zero"};
    rests_on["appD.3/step4/jacobian"] = {"appD.3/step2/gradient-form", "appD.1/tau-frame"};
    rests_on["appD.3/step4/hessian"] = {"appD.3/step4/jacobian", "appD/lemma-d3"};
    // Steps 1 and 5 need the segment [1/m, Q] only where magnitudes move.
    rests_on["appD.3/step5/stable-manifold"] = {"appD.3/step5/compact-critical-set"};
    rests_on["appD.3/remark/peri-ln-rest"] = {"appD.3/remark/peri-ln-frame"};
    rests_on["appD.3/lemma-d1-on-sphere"] = {"appD/lemma-d1"};

    rests_on["appD/lemma-d1"] = {"appD/lemma-d1/gradient-to-zero", "appD/lemma-d1/summability"};
    rests_on["appD/lemma-d1/velocity-to-zero"] = {"appD/lemma-d1/energy-decrease"};
    rests_on["appD/lemma-d1/gradient-to-zero"] = {"appD/lemma-d1/velocity-to-zero"};
    rests_on["appD/lemma-d1/f-differential"] = {"appD/lemma-d1/gradient-to-zero"};
}

/// Theorem 4.1: Appendix A, from the symmetric equations to the limits and rates.
void theorem_4_1(ledger::Dependencies& rests_on)
{
    const auto ode = [](const std::string& scheme) {
        const char* last = scheme == "post-ln" ? "ode" : "gamma-ode";
        return fmt::format("appA/{}/{}", scheme == "mix-ln" ? "pre-ln" : scheme, last);
    };
    for (const std::string scheme : proof_schemes) {
        rests_on[fmt::format("thm4.1/{}/initial-velocity", scheme)] = {"thm4.1/common-gamma",
                                                                       ode(scheme)};
    }
    rests_on["thm4.1/mix-ln/initial-velocity"].back() = ode("post-ln");
    for (const char* scheme : {"post-ln", "pre-ln", "peri-ln", "ngpt", "sqrt-scaling"}) {
        rests_on[ode(scheme)] = {"appA/gamma-dot-form", "thm4.1/common-gamma"};
    }
    rests_on["thm4.1/post-ln/terminal-velocity"] = {"appA/post-ln/epsilon-rate",
                                                    "appA/post-ln/rate-gives-terminal"};
    rests_on["appA/post-ln/monotone-limit"] = {"appA/post-ln/ode"};
    rests_on["appA/post-ln/epsilon-rate"] = {"appA/post-ln/monotone-limit"};

    rests_on["thm4.1/pre-ln/terminal-velocity"] = {"appA/pre-ln/epsilon-rate",
                                                   "appA/pre-ln/rate-gives-terminal"};
    rests_on["thm4.1/mix-ln/terminal-velocity"] = {"appA/pre-ln/epsilon-rate",
                                                   "appA/pre-ln/rate-gives-terminal"};
    rests_on["appA/pre-ln/epsilon-rate"] = {"appA/pre-ln/limits"};
    rests_on["appA/pre-ln/limits"] = {"appA/pre-ln/gronwall-bound", "appA/pre-ln/clock"};
    rests_on["appA/pre-ln/gronwall-bound"] = {"appA/pre-ln/gamma-lower-bound"};
    rests_on["appA/pre-ln/gamma-lower-bound"] = {"appA/pre-ln/gamma-ode",
                                                 "appA/pre-ln/gamma-nonnegative"};
    rests_on["appA/pre-ln/gamma-nonnegative"] = {"appA/pre-ln/gamma-ode"};
    rests_on["appA/pre-ln/clock"] = {"appA/pre-ln/r-ode"};

    rests_on["thm4.1/peri-ln/terminal-velocity"] = {"appA/peri-ln/limits",
                                                    "appA/pre-ln/rate-gives-terminal"};
    rests_on["appA/peri-ln/limits"] = {"appA/peri-ln/gronwall-bound", "appA/peri-ln/r-dot-bounds"};
    rests_on["appA/peri-ln/gronwall-bound"] = {"appA/peri-ln/lower-bound-chain"};
    rests_on["appA/peri-ln/lower-bound-chain"] = {"appA/peri-ln/lower-bound-1",
                                                  "appA/peri-ln/lower-bound-2"};
    rests_on["appA/peri-ln/lower-bound-1"] = {"appA/peri-ln/gamma-ode"};
    rests_on["appA/peri-ln/r-dot-le-1"] = {"appA/peri-ln/r-dot-argument"};
    rests_on["appA/peri-ln/r-dot-bounds"] = {"appA/peri-ln/r-ode"};

    rests_on["thm4.1/ngpt/terminal-velocity"] = {"appA/ngpt/terminal-velocity"};
    rests_on["appA/ngpt/terminal-velocity"] = {"appA/ngpt/limit"};
    rests_on["appA/ngpt/limit"] = {"appA/ngpt/gronwall-bound"};
    rests_on["appA/ngpt/gronwall-bound"] = {"appA/ngpt/peri-ln-substitution",
                                            "appA/peri-ln/lower-bound-chain"};
    rests_on["appA/ngpt/peri-ln-substitution"] = {"appA/ngpt/gamma-ode", "appA/peri-ln/gamma-ode"};

    rests_on["thm4.1/sqrt-scaling/terminal-velocity"] = {"appA/sqrt-scaling/limit"};
    rests_on["appA/sqrt-scaling/limit"] = {"appA/sqrt-scaling/pre-ln-substitution",
                                           "appA/pre-ln/gamma-lower-bound"};
    rests_on["appA/sqrt-scaling/pre-ln-substitution"] = {"appA/sqrt-scaling/gamma-ode",
                                                         "appA/pre-ln/gamma-ode"};
}

/// Theorem 4.2: Appendix B, the three terms of equation (2).
void theorem_4_2(ledger::Dependencies& rests_on)
{
    rests_on["thm4.2/bound"] = {"appB/combination", "thm4.2/regime", "thm4.2/bound-in-proof"};
    rests_on["appB/claim"] = {"appB/combination", "appB/wlog-identity-v"};
    rests_on["appB/combination"] = {"appB/eq2", "appB/eq3", "appB/hoeffding",
                                    "appB/remainder-norm"};
    rests_on["appB/hoeffding"] = {"appB/mean-x-theta", "appB/x-k-subgaussian", "appB/x-n"};
    rests_on["appB/remainder-norm"] = {"appB/remainder-norm-derivation",
                                       "appB/weight-linearization", "appB/weight-bound-2"};
    rests_on["appB/weight-linearization"] = {"appB/weight-sandwich",
                                             "appB/weight-linearization-derivation"};
    rests_on["appB/weight-linearization-derivation"] = {"appB/n-vs-sqrt-d"};
    rests_on["appB/weight-sandwich"] = {"appB/x-k-max", "appB/exp-expansion", "appB/x-n"};
    rests_on["appB/exp-expansion"] = {"appB/x-k-max"};
    rests_on["appB/x-k-max"] = {"appB/x-k-subgaussian"};
}

/// Theorem 4.3: Appendix C, (4) to (5) to the rates by way of the ranges of s_k.
void theorem_4_3(ledger::Dependencies& rests_on)
{
    rests_on["thm4.3/i/pre-ln"] = {"appC/cone-persistence", "table2/pre-ln/r-dot"};
    rests_on["thm4.3/i/peri-ln"] = {"appC/cone-persistence", "table2/peri-ln/r-dot"};
    for (const std::string scheme : proof_schemes) {
        ClaimIds& rate = rests_on[fmt::format("thm4.3/ii/{}", scheme)];
        rate = {"appC/rates-from-eq5", "appC/variance-definition"};
        if (scheme == "post-ln" || scheme == "sqrt-scaling") {
            rate.push_back(fmt::format("appC/s-range/{}", scheme));
        } else {
            rate.push_back(fmt::format("appC/s-range/{}/upper", scheme));
            rate.push_back(fmt::format("appC/s-range/{}/lower", scheme));
        }
        rests_on[fmt::format("appC/remark/{}", scheme)] = {"appC/main-terms", "appC/min-max-s"};
    }
    rests_on["appC/rates-from-eq5"] = {"appC/eq5/upper", "appC/eq5/lower",
                                       "appC/eq5/coefficient-sign", "appC/cone-persistence"};
    rests_on["appC/main-terms"] = {"appC/eq4/upper", "appC/eq4/lower", "appC/diameter/chain"};
    rests_on["appC/diameter/chain"] = {"appC/diameter/equality"};
    rests_on["appC/eq5/upper"] = {"appC/eq4/upper", "appC/constants"};
    rests_on["appC/eq5/lower"] = {"appC/eq4/lower", "appC/constants"};
    rests_on["appC/eq4/upper"] = {"appC/i1/upper", "appC/i2-bound"};
    rests_on["appC/eq4/lower"] = {"appC/i1/lower", "appC/i2-bound"};
    rests_on["appC/i1-form"] = {"appC/decomposition"};
    rests_on["appC/i2-bound"] = {"appC/decomposition", "appC/projected-delta/bound",
                                 "appC/projection-sum/first", "appC/projection-sum/second",
                                 "appC/projection-sum/third"};
    rests_on["appC/projected-delta/bound"] = {"appC/projected-delta/equality",
                                              "appC/weight-deviation"};
    rests_on["appC/projection-sum/third"] = {"appC/projection-sum/second"};
    rests_on["appC/projection-sum/second"] = {"appC/projection-sum/first"};
    rests_on["appC/variance-derivative"] = {"appC/variance-identity"};
}

void add_missing(const ledger::Dependencies& steps, const std::string& id, ClaimIds& depends_on)
{
    const auto more = steps.find(id);
    if (more == steps.end()) {
        return;
    }
    for (const std::string& end : more->second) {
        if (std::find(depends_on.begin(), depends_on.end(), end) == depends_on.end()) {
            depends_on.push_back(end);
        }
    }
}

} // namespace

ledger::Dependencies proof_steps()
{
    ledger::Dependencies rests_on;
    theorem_3_1(rests_on);
    theorem_4_1(rests_on);
    theorem_4_2(rests_on);
    theorem_4_3(rests_on);
    return rests_on;
}

ledger::Registry with_proof_steps(const ledger::Registry& registry)
{
    const ledger::Dependencies steps = proof_steps();
    ledger::Registry complete(registry.inventory());
    for (const auto& [id, others] : steps) {
        for (const std::string& end : others) {
            registry.row(end); // throws for a statement that the inventory does not have
        }
        registry.row(id);
    }
    for (const ledger::InventoryRow& row : registry.inventory()) {
        const ledger::Claim* found = registry.find(row.id);
        if (found == nullptr) {
            complete.add_reason(row.id, registry.reason(row.id));
            continue;
        }
        ledger::Claim claim = *found;
        add_missing(steps, row.id, claim.depends_on);
        complete.add(std::move(claim));
    }
    return complete;
}

void add_proof_steps(std::vector<ledger::ClaimResult>& results)
{
    const ledger::Dependencies steps = proof_steps();
    for (ledger::ClaimResult& result : results) {
        add_missing(steps, result.id, result.depends_on);
    }
}

} // namespace attest::theorems
