#pragma once

#include "attest/numbers/eigen.hpp"
#include "attest/numbers/rational.hpp"

#include <string>
#include <utility>
#include <vector>

/// Conditions on the weights of a head, read from words: which matrices meet them, exactly, and
/// what follows from them.
namespace attest::theorems {

/// Exact weights, all d x d.
struct Weights {
    Matrix<Rational> Q;
    Matrix<Rational> K;
    Matrix<Rational> V;
};

/// "Q = ((1, 1), (0, 1)), K = ..., V = ...", rows in brackets.
std::string describe(const Weights& weights);

/// Small matrices that tell the conditions below apart: multiples of the identity of both signs,
/// diagonal ones, symmetric and non-symmetric products, Q K^T symmetric with Q^T K not and the
/// other way round.
const std::vector<Weights>& example_weights();
/// Of these: Q = K = V = I; Q = I, K = V = -I; Q = I, K = V = diag(2, 1); V = Q K^T = diag(1, 2)
/// with Q^T K not symmetric.
const Weights& identity_weights();
const Weights& negative_weights();
const Weights& stretched_weights();
const Weights& sheared_weights();

/// A conjunction (" and ") of chains of equal products such as "V = Q^T K = K^T Q": factors Q, K,
/// V, their transposes and I, separated by blanks. "lambda I" is some positive multiple of I, the
/// same one throughout a chain; "mu I" any real multiple.
class WeightCondition {
public:
    /// Throws InputError, naming it, for a factor that is none of the above.
    explicit WeightCondition(const std::string& words);

    /// Whether the matrices meet it, in rational arithmetic.
    bool met_by(const Weights& weights) const;
    /// Whether product = other follows by transposition, by X = X^T and X = I for single letters,
    /// and by chaining. Sound, not complete.
    bool implies(const std::string& product, const std::string& other) const;
    /// Whether every equation of `other` follows.
    bool implies(const WeightCondition& other) const;

private:
    using Word = std::vector<std::string>;
    Word canonical(Word word) const;

    std::vector<std::vector<Word>> chains_;
    std::vector<std::pair<Word, Word>> equations_; ///< canonical, closed under transposition
    std::vector<std::string> symmetric_;           ///< letters with X = X^T
    std::vector<std::string> identity_;            ///< letters with X = I
};

} // namespace attest::theorems
