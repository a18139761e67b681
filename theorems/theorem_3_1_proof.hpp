#pragma once

#include "attest/numbers/rational.hpp"
#include "theorems/reduction.hpp"

#include <optional>
#include <string>
#include <vector>

/// The exact routes of Theorem 3.1: what a small sphere, two tokens and a common hemisphere say.
namespace attest::theorems {

/// "From every start of a class, with that probability, the event": Theorem 3.1 and its relatives,
/// about one scheme with Q = K = I, V = value I.
struct Synchronisation {
    enum class Event {
        Synchronised,       ///< all tokens have one limit
        SynchronisedOrSlow, ///< or min_j liminf r_j' = 0
        TwoClusters,        ///< the tokens gather in two clusters
        AttentionNeverZero  ///< A_j != 0, and |A_j| >= floor, for all j and t
    };
    enum class Clock { Any, Positive, Divergent }; ///< which alpha_t
    std::string scheme;
    Event event = Event::Synchronised;
    Clock alpha = Clock::Any;
    bool every_start = false; ///< instead of almost every one
    bool many_scores = false; ///< n <= e^beta
    bool few_tokens = false;  ///< n <= d only
    long smallest_d = 1;
    Rational probability = 1;
    Rational value = 1;
    std::optional<long> within; ///< some cosine is still below 0 at this time: the event is missed
    Rational floor = 0;
};

/// Reads words "schemes" (a list), "event", "start", "alpha", "hypothesis", "tokens" and numbers
/// "smallest d", "probability", "value", "within", "floor" of a statement; one entry for each
/// scheme. Throws InputError for words that it does not know.
std::vector<Synchronisation> synchronisations(const Statement& statement);

/// An exact refutation: the event's probability is not the one stated.
struct Refutation {
    Evidence evidence;
    ledger::Counterexample counterexample;
};

/// d = 1 (two tokens never turn), single starts, two tokens with V = -I, alpha_t = e^{-t}, a time
/// limit, another probability. All that apply; empty where the statement survives.
std::vector<Refutation> refutations(const Synchronisation& statement);

/// Tokens in an open hemisphere synchronise, under the scheme's own speed factor; for n <= d almost
/// every start is in one.
Evidence hemisphere_proof(const Synchronisation& statement);

/// Two tokens on any sphere, d >= 2: the cosine rises to 1 unless it starts at -1.
Evidence two_token_proof(const Synchronisation& statement);

/// More tokens than dimensions, for schemes whose speed factor does not depend on the state
/// (Post-LN, sqrt-scaling): every other critical point is unstable, and two cited theorems do the
/// rest. Nothing for the other schemes. It supports and carries no verdict.
std::optional<Evidence> many_token_evidence(const Synchronisation& statement);

} // namespace attest::theorems
