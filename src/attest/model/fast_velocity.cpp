#include "attest/model/fast_velocity_work.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::model {
namespace {

using kernel::panels_for;

/// Weights of a pair of blocks are kept at a time: blocks of about this many tokens.
constexpr long block_tokens = 1024;
/// Below so many panels tasks are small, for the sake of balance.
constexpr long few_panels = 32;

template <class S>
std::pair<double, double> rule(const TokenView<double>& token)
{
    return {S::speed_factor(token), S::r_dot(token)};
}

auto rule_of(std::string_view scheme)
{
    return with_scheme(scheme, [](auto s) { return &rule<decltype(s)>; });
}

/// Q^T K, or nothing where it is the identity.
std::optional<Matrix<double>> merged(const Attention<double>& attention)
{
    if (attention.Q && attention.K) {
        return Matrix<double>(attention.Q->transpose() * *attention.K);
    }
    if (attention.Q) {
        return Matrix<double>(attention.Q->transpose());
    }
    return attention.K;
}

} // namespace

FastVelocity::Work::Work(std::string_view scheme, const Attention<double>& given, long dimension,
                         long number, int threads) :
    regulation(rule_of(scheme)),
    beta(given.beta), closed_form(!given.Q && !given.K && !given.V && given.beta >= 0),
    d(dimension), n(number), team(threads)
{
    if (d < 1 || n < 1) {
        throw InputError(fmt::format("n = {}, d = {}: must be at least 1", n, d));
    }
    validate(given, Matrix<double>(d, 1));
    const long R = tile.rows;
    panels = panels_for(n, R);
    stride = panels_for(d, R) * R;
    block_panels = std::min(panels, panels_for(block_tokens, R));
    task_panels = panels < few_panels ? 2 : 4;
    token_panels.resize(panels * R * d);
    value_panels.resize(stride * panels * R);
    attention.resize(stride * panels * R);
    sums.resize(panels * R);
    scratch.resize(static_cast<std::size_t>(threads));
    columns.resize(static_cast<std::size_t>(threads));
    for (std::size_t worker = 0; worker < scratch.size(); ++worker) {
        scratch[worker].resize(task_panels * task_panels * R * R);
        columns[worker].resize(task_panels * R * panels * R);
    }
    tokens.resize(static_cast<std::size_t>(n));
    speed_factors.resize(static_cast<std::size_t>(n));
    if (closed_form) {
        by_right.resize(block_panels * R * block_panels * R);
        if (panels > block_panels) {
            by_left.resize(block_panels * R * block_panels * R);
        }
        denominators.resize(static_cast<std::size_t>(n));
    }
    if (given.Q && given.K && given.Q->rows() < d) {
        queries.emplace(tile, *given.Q, n);
        keys.emplace(tile, *given.K, n);
        query_panels.resize(panels * R * queries->rows());
    } else if (const auto M = merged(given)) {
        keys.emplace(tile, *M, n);
    }
    if (keys) {
        key_panels.resize(panels * R * keys->rows());
    }
    if (given.V) {
        values.emplace(tile, *given.V, n);
    }
}

FastVelocity::FastVelocity(std::string_view scheme, const Attention<double>& attention, long d,
                           long n, int threads) :
    work_(std::make_unique<Work>(scheme, attention, d, n, threads))
{
}

FastVelocity::~FastVelocity() = default;
FastVelocity::FastVelocity(FastVelocity&&) noexcept = default;

void FastVelocity::evaluate(const Particles<double>& state, const Regulation<double>& at,
                            Particles<double>& velocity)
{
    if (state.theta.rows() != work_->d || state.theta.cols() != work_->n
        || state.r.size() != work_->n) {
        throw InputError(fmt::format(
            "{} directions in R^{} with {} magnitudes: must be {} in R^{} with as many",
            state.theta.cols(), state.theta.rows(), state.r.size(), work_->n, work_->d));
    }
    velocity.theta.resize(work_->d, work_->n);
    velocity.r.resize(work_->n);
    work_->state = &state;
    work_->at = &at;
    work_->velocity = &velocity;
    work_->evaluate();
}

double FastVelocity::least_product()
{
    return work_->least_product();
}
const std::vector<TokenView<double>>& FastVelocity::tokens() const
{
    return work_->tokens;
}
const std::vector<double>& FastVelocity::speed_factors() const
{
    return work_->speed_factors;
}
const std::vector<double>& FastVelocity::denominators() const
{
    return work_->denominators;
}

} // namespace attest::model
