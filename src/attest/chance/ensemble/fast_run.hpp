#pragma once

#include "attest/chance/ensemble/product_kernel.hpp"
#include "attest/chance/ensemble/setting.hpp"

#include <memory>

namespace attest::chance {

/// The same runs as plain_run in single precision or near it, with the work that can be shared done
/// once:
/// - attention of all schemes together (make_attention);
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
