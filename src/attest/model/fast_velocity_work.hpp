#pragma once

#include "attest/model/fast_velocity.hpp"
#include "attest/model/packed_matrix.hpp"
#include "attest/model/worker_team.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace attest::model {

/// Workspace of FastVelocity and the phases of an evaluation.

struct FastVelocity::Work {
    Work(std::string_view scheme, const Attention<double>& given, long dimension, long number,
         int threads);

    void evaluate();
    double least_product();

    /// s_j and r_j' of a token.
    using Rule = std::pair<double, double> (*)(const TokenView<double>&);

    Rule regulation;
    double beta;
    bool closed_form; // Q = K = V = I, beta >= 0
    long d;
    long n;
    kernel::Tile tile = kernel::tile();
    long panels;       // of tokens
    long stride;       // d rounded up
    long block_panels; // weights are kept for a pair of blocks of that many panels
    long task_panels;  // sides of a task of scores
    WorkerTeam team;

    kernel::Buffer token_panels; // of theta
    kernel::Buffer value_panels; // row panels of V theta
    kernel::Buffer attention;    // A, column-major
    kernel::Buffer by_right; // weights of a pair of blocks, the columns being those of the second
    kernel::Buffer by_left;  // the columns being those of the first
    kernel::Buffer sums;
    std::vector<kernel::Buffer> scratch; // one per worker
    std::vector<double> least_of_task;
    std::optional<double> least;

    std::optional<kernel::Image> queries;
    std::optional<kernel::Image> keys;
    std::optional<kernel::Image> values;
    kernel::Buffer query_panels;
    kernel::Buffer key_panels;
    std::vector<kernel::Buffer> columns; // one per worker

    std::vector<TokenView<double>> tokens;
    std::vector<double> speed_factors;
    std::vector<double> denominators;

    // The evaluation under way.
    const Particles<double>* state = nullptr;
    const Regulation<double>* at = nullptr;
    Particles<double>* velocity = nullptr;

private:
    long first_token(long block) const { return block * block_panels * tile.rows; }
    long block_size(long block) const
    {
        return std::min(block_panels * tile.rows, n - first_token(block));
    }
    void pack(long panel) const;
    void fill(long P, long Q);
    void add(long target, long source, const kernel::Buffer& weights);
    bool by_symmetry();
    void by_columns();
    void attend_panels(long first, long count, int worker);
    void finish(long j);
};

} // namespace attest::model
