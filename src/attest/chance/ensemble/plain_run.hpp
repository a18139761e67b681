#pragma once

#include "attest/chance/ensemble/setting.hpp"

namespace attest::chance {

/// Run number `run` by the definition, in double precision: every head's scores, softmax and values
/// formed one after the other, their concatenation times W, and Table 1's discrete rule of each
/// scheme (model::LayerRule). Nothing is merged, shared or reduced; the reference that fast_run is
/// tested against. Throws InputError as validate.
RunCurves plain_run(const EnsembleSetting& setting, std::uint64_t run);

/// (|sum of the rows|^2 - n)/(n (n - 1)) for n unit rows: the mean of <theta_j, theta_k>, j != k.
double average_cosine(double squared_length_of_sum, long n);

} // namespace attest::chance
