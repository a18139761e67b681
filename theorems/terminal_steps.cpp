#include "theorems/terminal_steps.hpp"

#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace attest::theorems {

void Steps::identity(const std::string& says, const Expr& lhs, const Expr& rhs)
{
    const Truth proved = proof::identical(lhs, rhs);
    steps_.push_back({says, proved});
    if (is_true(proved)) {
        certificates_.push_back({proof::identity_certificate(lhs, rhs)});
    }
}

void Steps::at_least(const std::string& says, const Expr& lhs, const Expr& rhs)
{
    const proof::AlgebraicProof proved = proof::at_least(lhs, rhs);
    steps_.push_back({says, proved.outcome});
    if (auto body = proof::at_least_certificate(lhs, rhs, proved)) {
        certificates_.push_back({std::move(*body)});
    }
}

void Steps::limit_at_one(const std::string& says, const Expr& formula, const Expr& limit)
{
    const proof::AlgebraicProof proved = proof::limit_at_one(formula, limit);
    steps_.push_back({says, proved.outcome});
    if (auto body = proof::limit_certificate(formula, limit, proved)) {
        certificates_.push_back({std::move(*body)});
    }
}

void Steps::nonnegative_in_beta(const std::string& says, const Expr& formula, int order)
{
    Expr current = formula;
    for (int k = 0; k < order; ++k) {
        at_least(fmt::format("{} (derivative {} at beta = 0)", says, k),
                 current.substitute("beta", Expr(0)), Expr(0));
        current = derivative(current, "beta");
    }
    at_least(fmt::format("{} (derivative {} for all beta)", says, order), current, Expr(0));
}

void Steps::decided(const std::string& says, Truth outcome)
{
    steps_.push_back({says, outcome});
}

void Steps::append(const Steps& more)
{
    steps_.insert(steps_.end(), more.steps_.begin(), more.steps_.end());
    for (const ledger::Certificate& certificate : more.certificates_) {
        if (std::find(certificates_.begin(), certificates_.end(), certificate)
            == certificates_.end()) {
            certificates_.push_back(certificate);
        }
    }
}

Truth Steps::outcome() const
{
    const bool proved = !steps_.empty()
                        && std::all_of(steps_.begin(), steps_.end(),
                                       [](const Step& step) { return is_true(step.outcome); });
    return proved ? Truth::True : Truth::Unknown;
}

std::string Steps::text() const
{
    constexpr std::size_t most_shown = 16;
    std::vector<std::string> open;
    std::vector<std::string> proved;
    for (const Step& step : steps_) {
        std::vector<std::string>& rows = is_true(step.outcome) ? proved : open;
        const std::string row = step.says + (is_true(step.outcome) ? "" : " [open]");
        if (std::find(rows.begin(), rows.end(), row) == rows.end()) {
            rows.push_back(row);
        }
    }
    if (proved.size() > most_shown) {
        const std::size_t more = proved.size() - most_shown;
        proved.resize(most_shown);
        proved.push_back(fmt::format("and {} more", more));
    }
    open.insert(open.end(), proved.begin(), proved.end());
    return fmt::format("{}", fmt::join(open, "; "));
}

Evidence Steps::evidence(const std::string& route, const std::string& conclusion,
                         const Scope& scope, Truth more) const
{
    Evidence item{route, fmt::format("{}. Steps: {}", conclusion, text()), outcome() && more,
                  Strength::Exact, scope};
    if (is_false(item.outcome)) {
        item.outcome = Truth::Unknown;
    }
    item.certificates = certificates_;
    return item;
}

Evidence Steps::refutation(const std::string& route, const std::string& conclusion,
                           const Scope& scope) const
{
    Evidence item = evidence(route, conclusion, scope);
    item.outcome = is_true(item.outcome) ? Truth::False : Truth::Unknown;
    return item;
}

Evidence differs_unless_r0_is_one(const Expr& lhs, const Expr& rhs)
{
    Steps steps;
    steps.identity("left minus right is 1 - r_0", lhs - rhs, 1 - sym("r0"));
    return steps.refutation("exact algebra", "the two sides differ",
                            {ScopeKind::All, "every r_0 > 0 other than 1"});
}

Expr replace_formula(const Expr& formula, const Expr& part, const Expr& replacement)
{
    if (formula == part) {
        return replacement;
    }
    if (formula.node().args.empty()) {
        return formula;
    }
    auto copy = std::make_shared<Expr::Node>(formula.node());
    for (auto& arg : copy->args) {
        arg = replace_formula(Expr::from_node(arg), part, replacement).handle();
    }
    return Expr::from_node(std::move(copy));
}

} // namespace attest::theorems
