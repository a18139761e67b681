#include "attest/model/fast_velocity_work.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace attest::model {
namespace {

using kernel::panels_for;

constexpr long groups_of_task = 24;
/// Denominators outside are left to the column-wise shift; only directions far from unit length
/// have them.
constexpr double smallest_sum = 1e-280;
constexpr double largest_sum = 1e280;

} // namespace

void FastVelocity::Work::pack(long p) const
{
    const long R = tile.rows;
    const long first = p * R;
    const long count = std::min(R, n - first);
    const double* theta = state->theta.data() + first * d;
    kernel::pack_tokens(theta, d, d, count, token_panels.at(first * d));
    const auto image = [&](const std::optional<kernel::Image>& map, const kernel::Buffer& to) {
        if (map) {
            map->apply(token_panels.at(0), p, 1);
            kernel::pack_tokens(map->image(first), map->stride(), map->rows(), count,
                                to.at(first * map->rows()));
        }
    };
    image(queries, query_panels);
    image(keys, key_panels);
    if (values) {
        values->apply(token_panels.at(0), p, 1);
    }
    kernel::pack_rows(values ? values->image(first) : theta, values ? values->stride() : d, d,
                      count, value_panels.at(first * R), panels * R * R);
}

/// Weights of the tokens of block P with those of block Q, P <= Q.
void FastVelocity::Work::fill(long P, long Q)
{
    kernel::Scores scores;
    scores.left = token_panels.at(0);
    scores.right = token_panels.at(0);
    scores.depth = d;
    scores.left_tokens = n;
    scores.right_tokens = n;
    scores.symmetric = P == Q;
    scores.exponential = true;
    scores.beta = beta;
    scores.by_right = by_right.at(0);
    scores.by_left = P == Q ? by_right.at(0) : by_left.at(0);
    scores.by_right_rows = block_panels * tile.rows;
    scores.by_left_rows = block_panels * tile.rows;
    scores.left_origin = first_token(P);
    scores.right_origin = first_token(Q);
    const auto range = [&](long block, long task) {
        const long first = block * block_panels + task * task_panels;
        return std::pair(
            first, std::min({task_panels, block_panels - task * task_panels, panels - first}));
    };
    const auto tasks = [&](long block) {
        return panels_for(panels_for(block_size(block), tile.rows), task_panels);
    };
    const long columns_of_tasks = tasks(Q);
    least_of_task.assign(static_cast<std::size_t>(tasks(P) * columns_of_tasks), 1);
    team.run(tasks(P) * columns_of_tasks, [&](long task, int worker) {
        const long p = task / columns_of_tasks;
        const long q = task % columns_of_tasks;
        if (P != Q || p <= q) {
            kernel::Scores mine = scores;
            std::tie(mine.left_first, mine.left_count) = range(P, p);
            std::tie(mine.right_first, mine.right_count) = range(Q, q);
            mine.scratch = scratch[static_cast<std::size_t>(worker)].at(0);
            least_of_task[static_cast<std::size_t>(task)] = kernel::fill_scores(mine);
        }
    });
    const double here = *std::min_element(least_of_task.begin(), least_of_task.end());
    least = std::min(least.value_or(here), here);
}

/// Adds what the tokens of the block `source` contribute to A of those of `target`. Every column
/// gets the sources in ascending order, so that sums do not depend on the threads.
void FastVelocity::Work::add(long target, long source, const kernel::Buffer& weights)
{
    const long C = tile.columns;
    const long rows = block_panels * tile.rows;
    kernel::Product product;
    product.left = value_panels.at(first_token(source) * tile.rows);
    product.left_stride = panels * tile.rows * tile.rows;
    product.rows = d;
    product.right = weights.at(0);
    product.right_step = C;
    product.right_stride = rows * C;
    product.depth = block_size(source);
    product.out = attention.at(first_token(target) * stride);
    product.out_stride = stride;
    product.accumulate = source > 0;
    const long groups = panels_for(block_size(target), C);
    const long per_task = std::clamp(groups / (16L * team.size()), 1L, groups_of_task);
    const bool last = first_token(source) + block_size(source) == n;
    team.run(panels_for(groups, per_task), [&](long task, int) {
        kernel::Product mine = product;
        mine.first_group = task * per_task;
        mine.last_group = std::min(groups, mine.first_group + per_task);
        kernel::multiply(mine);
        for (long g = mine.first_group; g < mine.last_group; ++g) {
            const long first = first_token(target) + g * C;
            kernel::sum_columns(weights.at(g * rows * C), product.depth, source > 0,
                                sums.at(first));
            for (long j = first; last && j < std::min(n, first + C); ++j) {
                finish(j);
            }
        }
    });
}

/// False where a denominator leaves the range that one common shift serves.
bool FastVelocity::Work::by_symmetry()
{
    const long blocks = panels_for(panels, block_panels);
    for (long P = 0; P < blocks; ++P) {
        for (long Q = P; Q < blocks; ++Q) {
            fill(P, Q);
            add(Q, P, by_right);
            if (P != Q) {
                add(P, Q, by_left);
            }
        }
    }
    std::copy_n(sums.at(0), n, denominators.begin());
    return std::all_of(denominators.begin(), denominators.end(),
                       [](double sum) { return sum > smallest_sum && sum < largest_sum; });
}

void FastVelocity::Work::attend_panels(long p, long count, int worker)
{
    const long R = tile.rows;
    const long C = tile.columns;
    const kernel::Buffer& room = columns[static_cast<std::size_t>(worker)];
    kernel::Scores scores;
    scores.left = queries ? query_panels.at(0) : token_panels.at(0);
    scores.right = keys ? key_panels.at(0) : token_panels.at(0);
    scores.depth = keys ? keys->rows() : d;
    scores.left_first = p;
    scores.left_count = count;
    scores.left_tokens = n;
    scores.right_tokens = n;
    scores.by_left = room.at(0);
    scores.by_left_rows = panels * R;
    scores.left_origin = p * R;
    scores.scratch = scratch[static_cast<std::size_t>(worker)].at(0);
    for (long q = 0; q < panels; q += task_panels) {
        scores.right_first = q;
        scores.right_count = std::min(task_panels, panels - q);
        kernel::fill_scores(scores);
    }
    const long end = std::min(n, (p + count) * R);
    const long groups = panels_for(end - p * R, C);
    for (long g = 0; g < groups; ++g) {
        kernel::softmax_columns(room.at(g * panels * R * C), n, beta, sums.at(p * R + g * C));
    }
    kernel::Product product;
    product.left = value_panels.at(0);
    product.left_stride = panels * R * R;
    product.rows = d;
    product.right = room.at(0);
    product.right_step = C;
    product.right_stride = panels * R * C;
    product.depth = n;
    product.last_group = groups;
    product.out = attention.at(p * R * stride);
    product.out_stride = stride;
    kernel::multiply(product);
    for (long j = p * R; j < end; ++j) {
        finish(j);
    }
}

void FastVelocity::Work::by_columns()
{
    const long per_task = std::clamp(panels / (8L * team.size()), 1L, task_panels);
    team.run(panels_for(panels, per_task), [&](long task, int worker) {
        const long p = task * per_task;
        attend_panels(p, std::min(per_task, panels - p), worker);
    });
}

void FastVelocity::Work::finish(long j)
{
    const auto k = static_cast<std::size_t>(j);
    double* A = attention.at(j * stride);
    const double* theta = state->theta.data() + j * d;
    const kernel::TokenSums found = kernel::normalise(1 / *sums.at(j), theta, d, A);
    tokens[k] = {state->r(j), std::sqrt(found.A_squared), found.theta_A, at->alpha, at->t,
                 at->late};
    std::tie(speed_factors[k], velocity->r(j)) = regulation(tokens[k]);
    kernel::project(1 / speed_factors[k], found.theta_A, theta, A, d,
                    velocity->theta.data() + j * d);
}

void FastVelocity::Work::evaluate()
{
    least.reset();
    team.run(panels, [&](long p, int) { pack(p); });
    if (!closed_form || !by_symmetry()) {
        by_columns();
    }
}

double FastVelocity::Work::least_product()
{
    if (!least) {
        kernel::Scores scores;
        scores.left = token_panels.at(0);
        scores.right = token_panels.at(0);
        scores.depth = d;
        scores.left_tokens = n;
        scores.right_tokens = n;
        scores.symmetric = true;
        const long tasks = panels_for(panels, task_panels);
        least_of_task.assign(static_cast<std::size_t>(tasks * tasks), 1);
        team.run(tasks * tasks, [&](long task, int worker) {
            if (task / tasks <= task % tasks) {
                kernel::Scores mine = scores;
                mine.left_first = task / tasks * task_panels;
                mine.left_count = std::min(task_panels, panels - mine.left_first);
                mine.right_first = task % tasks * task_panels;
                mine.right_count = std::min(task_panels, panels - mine.right_first);
                mine.scratch = scratch[static_cast<std::size_t>(worker)].at(0);
                least_of_task[static_cast<std::size_t>(task)] = kernel::fill_scores(mine);
            }
        });
        least = *std::min_element(least_of_task.begin(), least_of_task.end());
    }
    return *least;
}

} // namespace attest::model
