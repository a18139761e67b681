#include "theorems/terminal_boxes.hpp"

#include "attest/numbers/precision.hpp"
#include "theorems/terminal_proof.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace attest::theorems {
namespace {

constexpr long certificate_digits = 12;

bool quick(const Effort& effort)
{
    return effort.level == Effort::Level::Quick;
}

std::vector<Rational> n_ends(const std::string& scheme, const Effort& effort)
{
    if (scheme == "mix-ln") {
        return quick(effort) ? std::vector<Rational>{2, 3} : std::vector<Rational>{2, 3, 10};
    }
    return quick(effort) ? std::vector<Rational>{2, 3, 10}
                         : std::vector<Rational>{2, 3, 10, 100, 1000};
}

std::vector<Rational> beta_ends(const std::string& scheme, const Effort& effort)
{
    const std::vector<Rational> all = {0, Rational(1, 4), 1, 3, 6, 12};
    return quick(effort) || scheme == "mix-ln" ? std::vector<Rational>{all.begin(), all.begin() + 4}
                                               : all;
}

std::string interval_text(const Rational& lo, const Rational& hi)
{
    return fmt::format("[{}, {}]", to_string(lo), to_string(hi));
}

Evidence enclosed_boxes(const std::string& scheme, const Effort& effort)
{
    std::size_t parts = 0;
    int depth = 0;
    std::vector<std::string> rows;
    const std::vector<ConstantBox> boxes = constant_boxes(scheme, effort);
    for (const ConstantBox& entry : boxes) {
        parts += entry.range.boxes;
        depth = std::max(depth, entry.range.depth);
        const PrecisionScope precision(entry.range.bits);
        rows.push_back(fmt::format(
            "n in {}, beta in {}: ln C in [{}, {}]", interval_text(entry.box.n_lo, entry.box.n_hi),
            interval_text(entry.box.beta_lo, entry.box.beta_hi), decimal_below(entry.range.lower),
            decimal_above(entry.range.upper)));
    }
    const Rational n_last = n_ends(scheme, effort).back();
    const Rational beta_last = beta_ends(scheme, effort).back();
    const long bits = boxes.front().range.bits;
    Evidence item{"C over boxes of (n, beta)",
                  fmt::format("{} boxes halved into {} edges, depth {}, {} bits: {}", boxes.size(),
                              parts, depth, bits, fmt::join(rows, "; ")),
                  Truth::True,
                  Strength::Enclosed,
                  {ScopeKind::Box, fmt::format("real n in [2, {}], beta in [0, {}], r_0 = 1",
                                               to_string(n_last), to_string(beta_last))},
                  std::nullopt,
                  false,
                  bits};
    // Mix-LN's constant comes from Pre-LN's density by the exact relation of mix_below_pre.
    const Expr density = flow::constant_density(scheme == "mix-ln" ? "pre-ln" : scheme);
    for (const Rational& n : n_ends(scheme, effort)) {
        for (const Rational& beta : beta_ends(scheme, effort)) {
            if (beta > 0) {
                item.certificates.push_back(
                    {flow::integral_certificate(density, n, beta, certificate_digits)});
            }
        }
    }
    return item;
}

/// The end moved by more than what rounding to the shown digits can move it back.
std::string moved_end(const Real& end, const Rational& relative)
{
    constexpr long shown = 6;
    const Ball x(end);
    return to_decimal((x + abs(x) * Ball(relative)).midpoint(), shown);
}

} // namespace

std::string decimal_below(const Ball& x)
{
    return moved_end(x.lower(), Rational(-6, 1'000'000));
}

std::string decimal_above(const Ball& x)
{
    return moved_end(x.upper(), Rational(6, 1'000'000));
}

std::vector<ConstantTail> constant_tails(const Effort& effort)
{
    std::vector<ConstantTail> tails;
    const Rational n = n_ends("pre-ln", effort).back();
    for (const Rational& beta : beta_ends("pre-ln", effort)) {
        if (beta > 0) {
            const flow::ConstantRange corner = flow::constant_range("pre-ln", {n, n, beta, beta});
            tails.push_back({n, beta, corner.constant()});
        }
    }
    return tails;
}

std::vector<ConstantBox> constant_boxes(const std::string& scheme, const Effort& effort)
{
    // The claims and the table of constants ask for the same boxes.
    static std::mutex mutex;
    static std::map<std::pair<std::string, bool>, std::vector<ConstantBox>> made;
    const std::scoped_lock lock(mutex);
    std::vector<ConstantBox>& table = made[{scheme, quick(effort)}];
    if (!table.empty()) {
        return table;
    }
    flow::ConstantRangeOptions options;
    const bool mixed = scheme == "mix-ln";
    options.tolerance = mixed              ? Rational(1, 8)
                        : quick(effort)    ? Rational(1, 20)
                        : scheme == "ngpt" ? Rational(1, 100)
                                           : Rational(1, 1000);
    const std::vector<Rational> n = n_ends(scheme, effort);
    const std::vector<Rational> beta = beta_ends(scheme, effort);
    std::vector<ConstantBox> boxes;
    for (std::size_t i = 1; i < n.size(); ++i) {
        for (std::size_t k = 1; k < beta.size(); ++k) {
            const flow::ParameterBox box{n[i - 1], n[i], beta[k - 1], beta[k]};
            boxes.push_back({box, mixed ? flow::mix_constant_range(box, 1, 1, options)
                                        : flow::constant_range(scheme, box, options)});
        }
    }
    table = std::move(boxes);
    return table;
}

std::vector<Evidence> constant_over_boxes(const std::string& scheme, const Effort& effort)
{
    std::vector<Evidence> items;
    items.push_back(enclosed_boxes(scheme, effort));
    if (scheme == "mix-ln") {
        Evidence item = mix_below_pre().evidence(
            "C from Pre-LN's (exact algebra)",
            "C = r(tau)^2 e^{-2 tau} (1 + (n-1) gamma(tau)) C_pre/r_0^2 with gamma of Post-LN, and "
            "the factor e^{-2 tau} (1 + (n-1) gamma(tau)) falls from 1 as tau grows",
            {ScopeKind::All, "all n >= 2, beta >= 0, r_0 > 0, tau >= 0"});
        item.carries = false;
        items.push_back(std::move(item));
        return items;
    }
    Steps bounds = constant_monotone();
    std::string text = "C increases with beta";
    if (scheme != "ngpt") {
        bounds.append(constant_bounds());
        text += ", C of Pre-LN decreases with n; " + constant_bounds_text();
    }
    Evidence item = bounds.evidence("bounds and tails of C (exact algebra)", text,
                                    {ScopeKind::All, "all n >= 2, beta >= 0"});
    item.carries = false;
    items.push_back(std::move(item));
    return items;
}

} // namespace attest::theorems
