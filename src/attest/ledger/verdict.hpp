#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attest/numbers/truth.hpp"

namespace attest::ledger {

/// What the evidence says of a statement. "Disagreement" means that two routes to the same number
/// or truth contradict each other: a defect of the suite, never a statement about the paper.
enum class Verdict { Holds, Fails, Undecided, NotChecked, Disagreement };

/// How much a verdict can be relied on, weakest first. None: there is no evidence.
enum class Strength { None, Statistical, Numeric, Enclosed, Exact };

/// Over which parameters a verdict speaks.
enum class ScopeKind { Nothing, Sample, Points, Box, All };

struct Scope {
    ScopeKind kind = ScopeKind::Nothing;
    std::string text; ///< "n in {2, 3, 10}, beta in {0, 5}", "all n >= 2, beta >= 0"
    bool operator==(const Scope&) const = default;
};

/// Enclosure [lo, hi] of right side minus left side of an inequality, or of a distance from a
/// limit; decimal strings, rounded outward.
struct Slack {
    std::string lo;
    std::string hi;
    bool operator==(const Slack&) const = default;
};

/// Exact numbers at which a statement fails, and the command that shows it again.
struct Counterexample {
    std::vector<std::pair<std::string, std::string>> values; ///< symbol, exact value
    std::string shows;                                       ///< what happens there
    std::string replay;                                      ///< one shell command
    bool operator==(const Counterexample&) const = default;
};

/// Data from which another program can establish a piece of evidence again; docs/certificates.md.
struct Certificate {
    std::string body;      ///< JSON text of the certificate proper; kept in its own file
    std::string file = {}; ///< below the folder of the results; empty until written
    std::string recheck =
        {}; ///< "accepted" or "rejected" by the independent checker; empty: not run
    bool operator==(const Certificate&) const = default;
};

/// The values that a check met on its way to a limit, along one trajectory or one other family:
/// enclosure [lo[k], hi[k]] at x[k], decimal numbers rounded outward (equal ends: a number computed
/// in double precision). As many of each; in the order in which the limit is approached.
struct Course {
    std::string label; ///< "n=2, beta=1"
    std::vector<std::string> x;
    std::vector<std::string> lo;
    std::vector<std::string> hi;
    bool operator==(const Course&) const = default;
};

/// A quantity that a check followed to see whether the limit of a statement is taken.
struct LimitPlot {
    std::string quantity; ///< LaTeX: "\\dot\\gamma(t)\\,t^3/C"
    std::string variable; ///< LaTeX: "t", "\\log t", "h"
    std::string limit;    ///< by the statement, a decimal number; empty where it names none
    std::vector<Course> courses;
    bool operator==(const LimitPlot&) const = default;
};

/// One independent route to the truth of a statement.
struct Evidence {
    std::string route;  ///< "exact algebra", "Arb quadrature", "Taylor integration (MPFR)", ...
    std::string detail; ///< what was computed and what came out
    Truth outcome = Truth::Unknown;
    Strength strength = Strength::None;
    Scope scope;
    std::optional<long> digits = {}; ///< agreeing or certified digits, where a number was computed
    /// A route that only supports others (a check at points of a statement about all parameters
    /// that another route proves) cannot carry the verdict "holds" on its own.
    bool carries = true;
    std::optional<long> bits = {}; ///< working precision at which this route was decided
    std::vector<Certificate> certificates = {};
    /// What a reader can see of the limit: ratio against time. Never part of the verdict.
    std::vector<LimitPlot> plots = {};
    bool operator==(const Evidence&) const = default;
};

/// Verdict on one statement, derived from its evidence by judge().
struct Judgement {
    Verdict verdict = Verdict::NotChecked;
    Strength strength = Strength::None;
    Scope scope;
    std::optional<Slack> slack;
    std::optional<long> digits;
    std::optional<std::string> confidence;
    std::optional<long> bits; ///< of the route that carries the verdict
    std::optional<Counterexample> counterexample;
    std::vector<Evidence> evidence;
    bool operator==(const Judgement&) const = default;
};

/// Derives verdict, strength, scope and digits from the evidence:
/// - a True route that carries and a False route at the same time: Disagreement;
/// - any False route: Fails, with the strongest refuting route's strength and scope;
/// - else any True route that carries: Holds, with the widest scope and, for it, the strongest
/// route;
/// - else Undecided. Unknown, crashed and timed-out routes never count as a pass.
/// Slack, counterexample and confidence are kept as given.
Judgement judge(Judgement collected);

std::string_view to_string(Verdict v) noexcept;
std::string_view to_string(Strength s) noexcept;
std::string_view to_string(ScopeKind k) noexcept;
/// Inverse of to_string. Throw InputError for an unknown word, naming the allowed ones.
Verdict parse_verdict(std::string_view word);
Strength parse_strength(std::string_view word);
ScopeKind parse_scope_kind(std::string_view word);

} // namespace attest::ledger
