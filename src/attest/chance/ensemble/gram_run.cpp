#include "attest/chance/ensemble/gram_run.hpp"

#include "attest/chance/ensemble/factor.hpp"
#include "attest/chance/ensemble/kernels.hpp"
#include "attest/chance/ensemble/layer_step.hpp"
#include "attest/chance/ensemble/layer_walk.hpp"
#include "attest/chance/ensemble/products.hpp"
#include "attest/chance/ensemble/weights.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::chance {
namespace {

constexpr std::size_t gram_room = 64; // as kernels::normal_numbers asks for

/// The square root of a chi-squared number with `freedom` >= 2 degrees: Marsaglia and Tsang's
/// rejection (ACM Trans. Math. Software 26, 2000) for a gamma number of shape freedom/2, from
/// normal and uniform numbers `stride` apart. The last of `tries` is taken in any case; from 64
/// degrees on that matters with probability below 10^-30.
constexpr std::size_t tries = 12;
float chi(std::size_t freedom, const float* normal, const float* uniform, std::size_t stride)
{
    const double shape = static_cast<double>(freedom) / 2;
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    double cube = 1;
    for (std::size_t k = 0; k < tries; ++k) {
        const auto x = static_cast<double>(normal[k * stride]);
        const double u = (1 + static_cast<double>(uniform[k * stride])) / 2;
        const double root = 1 + c * x;
        cube = root * root * root;
        if (root > 0 && std::log(u) < x * x / 2 + d * (1 - cube + std::log(cube))) {
            break;
        }
    }
    return static_cast<float>(std::sqrt(2 * d * cube));
}

} // namespace

bool gram_chain_applies(const EnsembleSetting& s)
{
    return s.heads == 1 && !s.static_weights && s.law != WeightLaw::KaimingUniform
           && s.d >= 2 * s.n;
}

struct GramRun::Work {
    explicit Work(const EnsembleSetting& chosen) :
        setting(chosen), n(static_cast<std::size_t>(chosen.n)),
        d(static_cast<std::size_t>(chosen.d)), square(n * n)
    {
        const auto room = [](std::size_t size) { return size + gram_room; };
        for (std::vector<float>* matrices : {&lower, &next_lower, &left, &scores, &mixed}) {
            matrices->resize(room(scheme_count * square));
        }
        A.resize(room(2 * scheme_count * square));
        factors.resize(room(5 * square));
        normals.resize(room(3 * n * tries));
        uniforms.resize(room(3 * n * tries));
        short_vectors.resize(room(3 * n * short_length));
        merged.resize(room(2 * square));
        value_factor.resize(room(2 * square));
        sums.resize(room(scheme_count * n));
        rows.resize(room(2 * square));
        r.resize(scheme_count * n);
        next_r.resize(scheme_count * n);
    }

    /// Lengths of vectors with fewer entries are computed from the entries.
    static constexpr std::size_t short_length = 64;

    // --- the random matrices of a layer ----------------------------------------------------------

    /// Bartlett's lower triangular factor of an n x `freedom` normal matrix: independent entries,
    /// normal below the diagonal, on it the lengths of normal vectors of `freedom`, `freedom` - 1,
    /// ... entries. M has normal entries already; `part` is 0, 1 or 2.
    void make_triangular(float* M, std::size_t freedom, std::size_t part) const
    {
        for (std::size_t j = 0; j < n; ++j) {
            float* row = M + j * n;
            const std::size_t degrees = freedom - j;
            const std::size_t which = part * n + j;
            const float* few = short_vectors.data() + which * short_length;
            row[j] = degrees < short_length
                         ? std::sqrt(kernels::inner(few, few, degrees))
                         : chi(degrees, normals.data() + which, uniforms.data() + which, 3 * n);
            std::fill(row + j + 1, row + n, 0.0F);
        }
    }

    void draw(std::uint64_t run, long layer)
    {
        // draw_weights uses matrices 0 to 4 of 8.
        const auto address = [&](std::uint32_t matrix) {
            return kernels::NormalAddress{{static_cast<std::uint32_t>(setting.seed),
                                           static_cast<std::uint32_t>(setting.seed >> 32U)},
                                          {static_cast<std::uint32_t>(run),
                                           static_cast<std::uint32_t>(run >> 32U),
                                           static_cast<std::uint32_t>(8 * layer) + matrix}};
        };
        kernels::normal_numbers(address(5), 1, 5 * square, factors.data());
        kernels::normal_numbers(address(6), 1, 3 * n * tries, normals.data());
        kernels::uniform_numbers(address(7), 1, 3 * n * tries, uniforms.data());
        if (d < 2 * n + short_length) {
            kernels::normal_numbers(address(1), 1, 3 * n * short_length, short_vectors.data());
        }
        float* G = factors.data();
        float* R = G + square;
        float* T = R + square;
        float* N = T + square;
        float* rest = N + square;
        make_triangular(R, d, 0);
        make_triangular(T, d, 1);
        make_triangular(rest, d - n, 2);

        const double variance = setting.deviation() * setting.deviation();
        products.times_transposed({G, n}, {R, n}, 0, 1, n, n, n, merged.data());
        kernels::scale(merged.data(), square, static_cast<float>(setting.beta * variance));
        products.pack(merged.data(), n, n, score_factor);
        for (std::size_t j = 0; j < n; ++j) {
            std::copy_n(N + j * n, n, value_factor.data() + 2 * j * n);
            std::copy_n(rest + j * n, n, value_factor.data() + (2 * j + 1) * n);
        }
        products.times(T, {value_factor.data(), 2 * n}, 0, 1, n, 2 * n, n, merged.data());
        kernels::scale(merged.data(), 2 * square, static_cast<float>(variance));
        products.pack(merged.data(), n, 2 * n, output);
    }

    // --- one layer -------------------------------------------------------------------------------

    /// What attention adds, for the first `count` configurations, in coordinates along the rows
    /// that span the directions and n further ones.
    void attend(std::size_t count)
    {
        products.times(lower.data(), count * n, score_factor, left.data());
        products.times_transposed({left.data(), n}, {lower.data(), n}, square, count, n, n, n,
                                  scores.data());
        kernels::exponentials(scores.data(), count * n, n, sums.data());
        products.times(scores.data(), {lower.data(), n}, square, count, n, n, n, mixed.data());
        kernels::divide_rows(mixed.data(), count * n, n, sums.data());
        products.times(mixed.data(), count * n, output, A.data());
    }

    void update(std::size_t scheme, const model::Regulation<double>& at, std::size_t from,
                std::size_t to)
    {
        for (std::size_t j = 0; j < n; ++j) {
            const float* theta = lower.data() + from * square + j * n;
            const float* attention = A.data() + 2 * (from * square + j * n);
            const double length = r[from * n + j];
            const auto theta_A = static_cast<double>(kernels::inner(theta, attention, n));
            const auto A_A = static_cast<double>(kernels::inner(attention, attention, 2 * n));
            const LayerStep step = layer_step(scheme, at, {length * length, length * theta_A, A_A});
            float* row = rows.data() + 2 * j * n;
            const auto b = static_cast<float>(step.b);
            std::copy_n(theta, n, row);
            std::copy_n(attention + n, n, row + n);
            const double squared =
                kernels::combine(row, static_cast<float>(step.a * length), attention, b, n)
                + kernels::combine(row + n, b, row + n, 0, n);
            const double grown = std::sqrt(squared);
            kernels::scale(row, 2 * n, static_cast<float>(1 / grown));
            next_r[to * n + j] = step.unit ? 1 : grown;
        }
    }

    Measured measure(std::size_t k)
    {
        factor(rows.data(), n, 2 * n, next_lower.data() + k * square);
        return {cosine_of_rows(rows.data(), n, 2 * n), mean_of(&next_r[k * n], n)};
    }

    void prepare(long t) { draw(current, t); }

    void advance()
    {
        std::swap(lower, next_lower);
        std::swap(r, next_r);
    }

    // --- the run ---------------------------------------------------------------------------------

    RunCurves simulate(std::uint64_t run)
    {
        draw_tokens(setting, run, tokens);
        for (std::size_t j = 0; j < n; ++j) {
            float* row = tokens.data() + j * d;
            const double squared = kernels::combine(row, 1, row, 0, d);
            kernels::scale(row, d, static_cast<float>(1 / std::sqrt(squared)));
            r[j] = 1;
        }
        factor(tokens.data(), n, d, lower.data());
        current = run;
        return walk_layers(setting, cosine_of_rows(tokens.data(), n, d), *this);
    }

    EnsembleSetting setting;
    std::uint64_t current = 0; ///< number of the run
    std::size_t n, d, square;
    Products products;
    PackedMatrix score_factor;
    PackedMatrix output;
    GramFactor factor;
    std::vector<float> tokens, lower, next_lower, left, scores, mixed, A, factors, normals,
        uniforms, short_vectors, value_factor, merged, sums, rows;
    std::vector<double> r, next_r;
};

GramRun::GramRun(const EnsembleSetting& setting)
{
    validate(setting);
    if (!gram_chain_applies(setting)) {
        throw InputError(fmt::format("precision 'gram' with d = {}, n = {}, {} heads: must be d >= "
                                     "2 n, one head and re-sampled normal weights",
                                     setting.d, setting.n, setting.heads));
    }
    work_ = std::make_unique<Work>(setting);
}
GramRun::~GramRun() = default;

RunCurves GramRun::operator()(std::uint64_t run)
{
    return work_->simulate(run);
}

} // namespace attest::chance
