#pragma once

#include "attest/chance/ensemble/setting.hpp"

#include <memory>

namespace attest::chance {

/// Does a Gram chain have the law of this setting? One head, a new draw of normal weights in every
/// layer, d >= 2 n.
bool gram_chain_applies(const EnsembleSetting& setting);

/// Runs with re-sampled normal weights as a Markov chain of n x n matrices (docs/ensembles.md has
/// the proof): the directions enter through the Cholesky factor L of their Gram matrix alone, and
/// the d x d weights through normal matrices of n rows and triangular ones by Bartlett's
/// decomposition. Each scheme's curves have exactly the law of plain_run's, up to rounding in
/// single precision (Gram matrices and Cholesky factors: double); the curves of one run are not
/// those of plain_run. The six schemes share the reduced matrices, not the weights that these come
/// from, so that after the first layer the *joint* law of two schemes is another one: differences
/// have the right mean, but their spread and signs are those of this coupling.
/// One object serves one thread.
class GramRun {
public:
    /// Throws InputError as validate, and unless gram_chain_applies.
    explicit GramRun(const EnsembleSetting& setting);
    ~GramRun();
    GramRun(const GramRun&) = delete;
    GramRun& operator=(const GramRun&) = delete;

    RunCurves operator()(std::uint64_t run);

private:
    struct Work;
    std::unique_ptr<Work> work_;
};

} // namespace attest::chance
