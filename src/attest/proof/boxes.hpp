#pragma once

#include "attest/proof/extended_range.hpp"
#include "attest/proof/sampling.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Branch and bound over boxes: the sign of a formula for all values of its symbols in ranges that
/// may be unbounded. Bounded ranges are halved; an unbounded one is mapped to a bounded one by a
/// chart (w = 1/n, w = e^{-beta}), in which the formula is a positive factor times a form without
/// infinities. Charts also remove singularities: p = (e^x - 1)/x is a coordinate of its own.
namespace attest::proof {

enum class Sign { Positive, NonNegative, Negative, NonPositive };

/// A coordinate defined by others. Divided: (e^x - 1)/x of the formula's value x, 1 at x = 0.
struct ChartName {
    std::string name;
    Expr formula;
    bool exprel = false;
};

/// formula = factor * form, where form is written in old symbols and in the chart's names.
struct Chart {
    std::vector<ChartName> names; ///< each over the symbols of the claim and the names before it
    Expr factor{1};               ///< a sum, product or quotient of positive terms
    Expr form;
    std::vector<std::string> order; ///< the coordinates that are subdivided; form needs no other
                                    ///< symbol than these and names computed from them
};

/// formula > 0 (>= 0, < 0, <= 0) for all values of its symbols in the ranges.
struct SignClaim {
    Expr formula;
    Sign sign = Sign::Positive;
    std::map<std::string, ExtendedRange> ranges;
    std::optional<Chart> chart = {};
};

struct BoxOptions {
    long bits = 64;                  ///< working precision to begin with
    long max_bits = 1024;            ///< a box whose midpoint stays open gets up to this much
    std::size_t max_boxes = 200'000; ///< accepted and open ones together
    int max_depth = 60;              ///< halvings of one box
};

using BoxEnds = std::vector<std::pair<Rational, Rational>>;

struct BoxProof {
    Truth outcome = Truth::Unknown;
    std::vector<std::string> order; ///< coordinates of the boxes
    std::vector<BoxEnds> cover;     ///< accepted boxes; all of the domain when outcome is True
    int depth = 0;
    long bits = 0; ///< the most that some box needed
    double seconds = 0;
    Ball smallest;     ///< True: encloses the least lower bound of |form| seen on a box
    std::string place; ///< Unknown: the first open box, or the hypothesis that failed
    std::optional<Point> counterexample; ///< False: coordinates at which the form has another sign
    /// "1234 boxes, depth 17, 64 bits, 0.02 s".
    std::string summary() const;
};

/// True: proved on every box, and the boxes cover the product of the ranges; a chart's identity
/// formula = factor * form is proved by exact algebra and its factor is positive term by term.
/// False: the form has certainly another sign at an exact point. Unknown: the budget ran out, or
/// the chart is not proved; `place` says where.
/// Throws InputError for an unbounded coordinate that no chart removes or a symbol without range.
BoxProof prove_sign(const SignClaim& claim, const BoxOptions& options = {});

/// The certificate of kind "cover" of a proof that succeeded; nothing otherwise, or when the cover
/// has more than 20000 boxes.
std::optional<std::string> cover_certificate(const SignClaim& claim, const BoxProof& proof);

/// The formula is positive because every term of it is: constants, exponentials, symbols with
/// positive range, sums of such terms, products and quotients of positive terms, their powers.
Truth positive_term_by_term(const Expr& formula,
                            const std::map<std::string, ExtendedRange>& ranges);

} // namespace attest::proof
