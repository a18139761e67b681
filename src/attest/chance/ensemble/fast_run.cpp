#include "attest/chance/ensemble/fast_run.hpp"

#include "attest/chance/ensemble/attention.hpp"
#include "attest/chance/ensemble/kernels.hpp"
#include "attest/chance/ensemble/layer_step.hpp"
#include "attest/chance/ensemble/layer_walk.hpp"
#include "attest/chance/ensemble/weights.hpp"

#include <algorithm>
#include <cmath>

namespace attest::chance {
namespace {

std::size_t size_of(long count)
{
    return static_cast<std::size_t>(count);
}

/// Directions of several configurations, one n x d block behind the other.
struct Directions {
    std::vector<float> theta;
    std::vector<double> r; ///< |x_j|
};

} // namespace

struct FastRun::Work {
    Work(const EnsembleSetting& chosen, ProductKernel kernel) :
        setting(chosen), attention(make_attention(chosen, kernel)), n(size_of(chosen.n)),
        d(size_of(chosen.d))
    {
        const std::size_t all = scheme_count * n;
        const auto room = [](std::size_t size) { return size + 2 * kernels::slack; };
        for (Directions* state : {&now, &next}) {
            state->theta.resize(room(all * d));
            state->r.resize(all);
        }
        A.resize(room(all * d));
        for (std::vector<float>* numbers : {&theta_A, &A_A, &of_theta, &of_A}) {
            numbers->resize(n);
        }
        lengths.resize(n);
    }

    // --- one layer -----------------------------------------------------------------------------

    void prepare(long t)
    {
        if (t == 0 || !setting.static_weights) {
            draw_weights(setting, current, t, weights);
            attention->take(weights);
        }
    }

    /// A for the first `count` configurations of `now`.
    void attend(std::size_t count) { (*attention)(now.theta.data(), count, A.data()); }

    void update(std::size_t scheme, const model::Regulation<double>& at, std::size_t from,
                std::size_t to)
    {
        const std::size_t block = n * d;
        const float* theta = now.theta.data() + from * block;
        const float* added = A.data() + from * block;
        kernels::row_products(theta, d, added, d, n, d, theta_A.data(), A_A.data());
        bool unit = false;
        for (std::size_t j = 0; j < n; ++j) {
            const double r = now.r[from * n + j];
            const LayerStep step = layer_step(
                scheme, at,
                {r * r, r * static_cast<double>(theta_A[j]), static_cast<double>(A_A[j])});
            of_theta[j] = static_cast<float>(step.a * r);
            of_A[j] = static_cast<float>(step.b);
            unit = step.unit;
        }
        kernels::combine_rows(theta, of_theta.data(), added, of_A.data(), n, d,
                              next.theta.data() + to * block, lengths.data());
        // A scheme on the sphere keeps its tokens there: what |x| differs from 1 is rounding.
        for (std::size_t j = 0; j < n; ++j) {
            next.r[to * n + j] = unit ? 1 : lengths[j];
        }
    }

    Measured measure(std::size_t k) const
    {
        return {cosine_of_rows(next.theta.data() + k * n * d, n, d), mean_of(&next.r[k * n], n)};
    }

    void advance() { std::swap(now, next); }

    // --- the run -------------------------------------------------------------------------------

    RunCurves simulate(std::uint64_t run)
    {
        draw_tokens(setting, run, tokens);
        for (std::size_t j = 0; j < n; ++j) {
            float* row = now.theta.data() + j * d;
            std::copy_n(tokens.data() + j * d, d, row);
            const double squared = kernels::combine(row, 1, row, 0, d);
            kernels::scale(row, d, static_cast<float>(1 / std::sqrt(squared)));
            now.r[j] = 1;
        }
        current = run;
        return walk_layers(setting, cosine_of_rows(now.theta.data(), n, d), *this);
    }

    EnsembleSetting setting;
    std::uint64_t current = 0; ///< number of the run
    std::unique_ptr<Attention> attention;
    std::size_t n, d;
    LayerWeights weights;
    std::vector<float> tokens, A;
    std::vector<float> theta_A, A_A, of_theta, of_A;
    std::vector<double> lengths;
    Directions now;
    Directions next;
};

FastRun::FastRun(const EnsembleSetting& setting, ProductKernel kernel)
{
    validate(setting);
    work_ = std::make_unique<Work>(setting, kernel);
}
FastRun::~FastRun() = default;

RunCurves FastRun::operator()(std::uint64_t run)
{
    return work_->simulate(run);
}

} // namespace attest::chance
