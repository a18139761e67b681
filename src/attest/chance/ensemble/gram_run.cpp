#include "attest/chance/ensemble/gram_run.hpp"

#include "attest/chance/ensemble/factor.hpp"
#include "attest/chance/ensemble/kernels.hpp"
#include "attest/chance/ensemble/layer_step.hpp"
#include "attest/chance/ensemble/plain_run.hpp"
#include "attest/chance/ensemble/products.hpp"
#include "attest/chance/ensemble/weights.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace attest::chance {
namespace {

constexpr std::size_t scheme_count = model::scheme_names.size();
constexpr std::size_t fill_room = 64; // as kernels::normal_numbers asks for

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
        const double x{normal[k * stride]};
        const double u = (1 + double{uniform[k * stride]}) / 2;
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
        const auto room = [](std::size_t size) { return size + fill_room; };
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
        total.resize(std::max(2 * n, d));
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
        for (std::size_t j = 0; j < count * n; ++j) {
            kernels::scale(mixed.data() + j * n, n, 1 / sums[j]);
        }
        products.times(mixed.data(), count * n, output, A.data());
    }

    void update(std::size_t scheme, const model::Regulation<double>& at, std::size_t from,
                std::size_t to)
    {
        for (std::size_t j = 0; j < n; ++j) {
            const float* theta = lower.data() + from * square + j * n;
            const float* attention = A.data() + 2 * (from * square + j * n);
            const double length = r[from * n + j];
            const double theta_A{kernels::inner(theta, attention, n)};
            const double A_A{kernels::inner(attention, attention, 2 * n)};
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

    /// Average cosine of the unit rows of `rows`, and the Cholesky factor of their Gram matrix.
    double finish(const float* unit_rows, std::size_t width, float* L)
    {
        std::fill(total.begin(), total.end(), 0.0);
        kernels::add_rows(unit_rows, n, width, total.data());
        double squared = 0;
        for (std::size_t i = 0; i < width; ++i) {
            squared += total[i] * total[i];
        }
        factor(unit_rows, n, width, L);
        return average_cosine(squared, setting.n);
    }

    double magnitude(std::size_t k) const
    {
        double sum = 0;
        for (std::size_t j = 0; j < n; ++j) {
            sum += next_r[k * n + j];
        }
        return sum / static_cast<double>(n);
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
        const double start = finish(tokens.data(), d, lower.data());
        RunCurves curves{std::vector<std::vector<double>>(scheme_count, {start}),
                         std::vector<std::vector<double>>(scheme_count, {1.0})};
        std::array<std::size_t, scheme_count> place{};
        std::size_t count = 1;
        for (long t = 0; t < setting.layers; ++t) {
            draw(run, t);
            attend(count);
            model::Regulation<double> at;
            at.alpha = setting.alpha;
            at.t = static_cast<double>(t);
            at.late = setting.late(t) ? 1 : 0;
            count = 0;
            for (std::size_t s = 0; s < scheme_count; ++s) {
                if (model::scheme_names[s] == model::MixLN::name && at.late == 0) {
                    place[s] = place[post_ln];
                    curves.cosine[s].push_back(curves.cosine[post_ln].back());
                    curves.magnitude[s].push_back(curves.magnitude[post_ln].back());
                    continue;
                }
                update(s, at, place[s], count);
                place[s] = count;
                curves.cosine[s].push_back(
                    finish(rows.data(), 2 * n, next_lower.data() + count * square));
                curves.magnitude[s].push_back(magnitude(count));
                ++count;
            }
            std::swap(lower, next_lower);
            std::swap(r, next_r);
        }
        return curves;
    }

    /// Mix-LN is Post-LN up to tau.
    static constexpr std::size_t post_ln = 0;
    static_assert(model::scheme_names[post_ln] == model::PostLN::name);

    EnsembleSetting setting;
    std::size_t n, d, square;
    Products products{ProductKernel::Float32};
    PackedMatrix score_factor;
    PackedMatrix output;
    GramFactor factor;
    std::vector<float> tokens, lower, next_lower, left, scores, mixed, A, factors, normals,
        uniforms, short_vectors, value_factor, merged, sums, rows;
    std::vector<double> r, next_r, total;
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
