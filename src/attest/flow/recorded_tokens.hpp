#pragma once

#include "attest/flow/conformance.hpp"
#include "attest/numbers/eigen.hpp"

namespace attest::flow {

/// All tokens of somebody's simulator, one d x n matrix a time.
struct RecordedTokens {
    std::string name;
    std::vector<Rational> t; ///< ascending, not negative
    std::vector<Matrix<double>> X;
    double unit = 0x1p-53; ///< relative rounding of the arithmetic behind it
};

/// The file as a symmetric run: least and largest cosine similarity and magnitude at each time.
/// Throws InputError for fewer than two tokens or a token of length 0.
RecordedRun symmetric_rows(const RecordedTokens& tokens);

/// Whether the first row is the problem's symmetric start, up to rounding.
bool starts_symmetric(const model::SymmetricProblem& problem, const RecordedRun& run);

/// Cosine similarities of all pairs and magnitudes of the columns of X, in double.
struct PairView {
    Matrix<double> cosines;
    Vector<double> r;
};
PairView pair_view(const Matrix<double>& X);

} // namespace attest::flow
