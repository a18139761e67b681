#include "attest/chance/ensemble/fast_run.hpp"

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
        at_once(chosen.d <= few_dimensions ? scheme_count : 1), setting(chosen), products(kernel),
        n(size_of(chosen.n)), d(size_of(chosen.d)), heads(size_of(chosen.heads)),
        width(size_of(chosen.head_dimension()))
    {
        const std::size_t all = scheme_count * n;
        const auto room = [](std::size_t size) { return size + 2 * kernels::slack; };
        for (Directions* state : {&now, &next}) {
            state->theta.resize(room(all * d));
            state->r.resize(all);
        }
        projected.resize(room(all * (heads == 1 ? d : 3 * d)));
        mixed.resize(room(all * d));
        A.resize(room(all * d));
        scores.resize(room(std::max(heads, at_once) * n * n));
        outputs.resize(room(n * d));
        sums.resize(room(std::max(heads, at_once) * n));
        for (std::vector<float>* numbers : {&theta_A, &A_A, &of_theta, &of_A}) {
            numbers->resize(n);
        }
        lengths.resize(n);
        merged.resize(room(heads == 1 ? d * d : 3 * d * d));
    }

    // --- weights -------------------------------------------------------------------------------

    void draw(std::uint64_t run, long layer)
    {
        draw_weights(setting, run, layer, weights);
        const auto beta = static_cast<float>(setting.beta);
        if (heads == 1) {
            // Row j of M is Q's row j against the rows of K.
            exact.times_transposed({weights.Q.data(), d}, {weights.K.data(), d}, 0, 1, d, d, d,
                                   merged.data());
            kernels::scale(merged.data(), d * d, beta);
            products.pack(merged.data(), d, d, into);
            exact.times(weights.V.data(), {weights.W.data(), d}, 0, 1, d, d, d, merged.data());
            products.pack(merged.data(), d, d, out_of);
            return;
        }
        kernels::scale(weights.Q.data(), d * d, beta);
        for (std::size_t row = 0; row < d; ++row) {
            float* line = merged.data() + 3 * row * d;
            for (const auto* matrix : {&weights.Q, &weights.K, &weights.V}) {
                line = std::copy_n(matrix->data() + row * d, d, line);
            }
        }
        products.pack(merged.data(), d, 3 * d, into);
        products.pack(weights.W.data(), d, d, out_of);
    }

    // --- one layer -----------------------------------------------------------------------------

    /// A for the first `count` configurations of `now`.
    void attend(std::size_t count)
    {
        const std::size_t block = n * d;
        products.times(now.theta.data(), count * n, into, projected.data());
        const std::size_t together = std::min(count, at_once);
        for (std::size_t k = 0; heads == 1 && k < count; k += together) {
            const std::size_t batch = std::min(together, count - k);
            const float* theta = now.theta.data() + k * block;
            products.times_transposed({projected.data() + k * block, d}, {theta, d}, block, batch,
                                      n, n, d, scores.data());
            kernels::exponentials(scores.data(), batch * n, n, sums.data());
            products.times(scores.data(), {theta, d}, block, batch, n, d, n,
                           mixed.data() + k * block);
            kernels::divide_rows(mixed.data() + k * block, batch * n, d, sums.data());
        }
        for (std::size_t k = 0; heads > 1 && k < count; ++k) {
            const float* rows = projected.data() + 3 * k * block;
            products.times_transposed({rows, 3 * d}, {rows + d, 3 * d}, width, heads, n, n, width,
                                      scores.data());
            kernels::exponentials(scores.data(), heads * n, n, sums.data());
            products.times(scores.data(), {rows + 2 * d, 3 * d}, width, heads, n, width, n,
                           outputs.data());
            kernels::divide_rows(outputs.data(), heads * n, width, sums.data());
            concatenate(mixed.data() + k * block);
        }
        products.times(mixed.data(), count * n, out_of, A.data());
    }

    void concatenate(float* rows) const
    {
        for (std::size_t h = 0; h < heads; ++h) {
            for (std::size_t j = 0; j < n; ++j) {
                std::copy_n(outputs.data() + (h * n + j) * width, width, rows + j * d + h * width);
            }
        }
    }

    void update(std::size_t scheme, const model::Regulation<double>& at, std::size_t from,
                std::size_t to)
    {
        const std::size_t block = n * d;
        const float* theta = now.theta.data() + from * block;
        const float* attention = A.data() + from * block;
        kernels::row_products(theta, d, attention, d, n, d, theta_A.data(), A_A.data());
        bool unit = false;
        for (std::size_t j = 0; j < n; ++j) {
            const double r = now.r[from * n + j];
            const LayerStep step =
                layer_step(scheme, at, {r * r, r * double{theta_A[j]}, double{A_A[j]}});
            of_theta[j] = static_cast<float>(step.a * r);
            of_A[j] = static_cast<float>(step.b);
            unit = step.unit;
        }
        kernels::combine_rows(theta, of_theta.data(), attention, of_A.data(), n, d,
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

    void prepare(long t)
    {
        if (t == 0 || !setting.static_weights) {
            draw(current, t);
        }
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

    /// Configurations whose small products are worth asking for together.
    static constexpr long few_dimensions = 64;
    std::size_t at_once;

    EnsembleSetting setting;
    std::uint64_t current = 0; ///< number of the run
    Products products;
    Products exact{ProductKernel::Float32};
    std::size_t n, d, heads, width;
    PackedMatrix into;
    PackedMatrix out_of;
    LayerWeights weights;
    std::vector<float> tokens, projected, mixed, A, scores, outputs, sums, merged;
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
