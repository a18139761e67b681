#pragma once

#include "attest/chance/ensemble/products.hpp"
#include "attest/chance/ensemble/setting.hpp"

#include <memory>

namespace attest::chance {

/// The same runs as plain_run in single precision, with the work that can be shared done once:
/// - one head: scores X (beta Q K^T) X^T and outputs P X (V W) with both products of weights formed
///   once a draw;
/// - the schemes' directions are stacked, so that each weight matrix is read once a layer;
/// - all six schemes start from the same directions, and Mix-LN is Post-LN up to tau;
/// - a layer's update is a combination of theta_j and A_j, whose coefficients model::LayerRule
///   yields from three inner products.
/// One object serves one thread and keeps its work space from run to run.
class FastRun {
public:
    /// Throws InputError as validate.
    FastRun(const EnsembleSetting& setting, ProductKernel kernel);
    ~FastRun();
    FastRun(const FastRun&) = delete;
    FastRun& operator=(const FastRun&) = delete;

    RunCurves operator()(std::uint64_t run);

private:
    struct Work;
    std::unique_ptr<Work> work_;
};

} // namespace attest::chance
