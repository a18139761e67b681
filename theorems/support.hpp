#pragma once

#include "attest/ledger/claim.hpp"
#include "attest/ledger/registry.hpp"
#include "attest/model/schemes.hpp"
#include "attest/proof/sampling.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

/// What the files of this folder share: the symbols of the paper, the grids of parameters, and the
/// deciders of identities, inequalities and limits that turn computations into evidence.
namespace attest::theorems {

using ledger::Claim;
using ledger::Effort;
using ledger::Evidence;
using ledger::Fault;
using ledger::Judgement;
using ledger::Scope;
using ledger::ScopeKind;
using ledger::Statement;
using ledger::Strength;

/// The symmetric point with every coordinate a symbol: recording a formula of model/schemes.
model::SymmetricPoint<Expr> symbolic_point();
Expr sym(std::string_view name);
/// p/q as a formula.
Expr ratio(long p, long q);

/// The words of a list separated by spaces.
std::vector<std::string> names_in(const std::string& list);

/// The grid of Theorem 4.1: n = 2, 3, 10, 128, 256, 1000 and beta = 0, 1/100, 1, 5, 9, 12.
const std::vector<long>& grid_n();
const std::vector<Rational>& grid_beta();
const std::vector<Rational>& grid_r0();

/// Ranges of all symbols of the symmetric setting, with the grids as special values.
proof::Domain symmetric_domain();

/// All n >= 2, beta >= 0, gamma in [0, 1] and whatever else occurs.
Scope everywhere();
/// The grid above, in words.
Scope on_grid(const std::string& more = {});

/// Judgement with one more route; chains.
Judgement with(Judgement judgement, Evidence evidence);

/// lhs = rhs (formulas "lhs", "rhs") for all parameters: exact algebra, and balls at points of the
/// domain. A disjoint pair of balls refutes and becomes the counterexample.
Judgement decide_identity(const Statement& statement, const Effort& effort,
                          const proof::Domain& domain = symmetric_domain());
/// The same over the symmetric domain, as the check of a claim.
Judgement check_identity(const Statement& statement, const Effort& effort);

/// lhs >= rhs in the same manner; a certified violation refutes. Slack is left minus right.
Judgement decide_at_least(const Statement& statement, const Effort& effort,
                          const proof::Domain& domain = symmetric_domain());

/// formula "lhs" -> formula "rhs" as gamma -> 1 from below, for all other parameters: exact
/// algebra, and balls at gamma = 1 - 10^-k, where the distance has to shrink with 10^-k.
Judgement decide_limit_at_one(const Statement& statement, const Effort& effort);

/// Hands the certificate, where there is one, to the evidence that came last; not while a planted
/// fault is tried.
void attach(Judgement& judgement, const Effort& effort, std::optional<std::string> certificate);

/// The judgement of "all of these hold": routes of the same name are joined (the weakest strength
/// and narrowest scope count), a failing part brings its counterexample with it.
Judgement all_of(const std::vector<Judgement>& parts);

/// The judgement of the first part that has a counterexample, all_of the parts where none has; the
/// parts after that one are not computed.
Judgement first_failing(const std::vector<std::function<Judgement()>>& parts);

/// The judgement of "a and b" for two statements with routes of their own: it fails when either
/// fails, and the weaker of the two carries it when both hold.
Judgement both(Judgement a, Judgement b);

/// A statement about one scheme after the other: check(part) for each, joined by all_of; stops at
/// the first failing part when a planted fault is tried.
template <class Check>
Judgement for_every(const std::vector<Statement>& parts, const Effort& effort, const Check& check)
{
    std::vector<Judgement> judgements;
    for (const Statement& part : parts) {
        judgements.push_back(check(part, effort));
        if (effort.control && judgements.back().counterexample) {
            break;
        }
    }
    return all_of(judgements);
}

/// A command that shows a failure of "lhs relation rhs" at a point.
std::string replay_command(const Expr& lhs, const Expr& rhs, const proof::Point& point);

/// Fault with one named formula, number or word replaced.
Fault fault(const std::string& change, Statement statement, const std::string& name,
            const Expr& formula);
Fault fault(const std::string& change, Statement statement, const std::string& name,
            const Rational& number);
Fault fault(const std::string& change, Statement statement, const std::string& name,
            const std::string& word);

} // namespace attest::theorems
