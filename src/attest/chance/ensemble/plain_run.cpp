#include "attest/chance/ensemble/plain_run.hpp"

#include "attest/chance/ensemble/weights.hpp"
#include "attest/model/layers.hpp"

#include <cmath>

namespace attest::chance {
namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowsOfFloats = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Rows widened(const std::vector<float>& numbers, long rows, long columns)
{
    return Eigen::Map<const RowsOfFloats>(numbers.data(), rows, columns).cast<double>();
}

Rows unit_rows(const Rows& X)
{
    return X.rowwise().normalized();
}

struct Heads {
    Rows Q, K, V, W;
};

/// Concat(O_1, ..., O_heads) W with O_h = softmax(beta X Q_h K_h^T X^T) X V_h (paper, Appendix E).
Rows attention(const EnsembleSetting& setting, const Heads& heads, const Rows& X)
{
    const long width = setting.head_dimension();
    Rows outputs(X.rows(), setting.d);
    for (long h = 0; h < setting.heads; ++h) {
        const Rows queries = X * heads.Q.middleCols(h * width, width);
        const Rows keys = X * heads.K.middleCols(h * width, width);
        const Rows values = X * heads.V.middleCols(h * width, width);
        Rows weights = setting.beta * queries * keys.transpose();
        weights = (weights.colwise() - weights.rowwise().maxCoeff()).array().exp().matrix();
        const Eigen::VectorXd sums = weights.rowwise().sum();
        outputs.middleCols(h * width, width) =
            sums.cwiseInverse().asDiagonal() * (weights * values);
    }
    return outputs * heads.W;
}

double average_cosine_of(const Rows& X)
{
    return average_cosine(unit_rows(X).colwise().sum().squaredNorm(), X.rows());
}

template <class S>
void advance(const EnsembleSetting& setting, const Heads& heads, long t, Rows& X)
{
    model::Regulation<double> at;
    at.alpha = setting.alpha;
    at.t = static_cast<double>(t);
    at.late = setting.late(t) ? 1 : 0;
    using Rule = model::LayerRule<S>;
    const Rows zero = Rows::Zero(X.rows(), X.cols());
    const Rows A_X = Rule::uses_A_X ? attention(setting, heads, X) : zero;
    const Rows A_theta = Rule::uses_A_theta ? attention(setting, heads, unit_rows(X)) : zero;
    for (long j = 0; j < X.rows(); ++j) {
        const model::LayerInput<Vector<double>> in{X.row(j), A_X.row(j), A_theta.row(j)};
        X.row(j) = Rule::update(in, 1.0, at);
    }
}

} // namespace

double average_cosine(double squared_length_of_sum, long n)
{
    const auto count = static_cast<double>(n);
    return (squared_length_of_sum - count) / (count * (count - 1));
}

RunCurves plain_run(const EnsembleSetting& setting, std::uint64_t run)
{
    validate(setting);
    std::vector<float> tokens;
    draw_tokens(setting, run, tokens);
    const Rows start = unit_rows(widened(tokens, setting.n, setting.d));
    std::vector<Rows> X(model::scheme_names.size(), start);
    RunCurves curves{std::vector<std::vector<double>>(X.size(), {average_cosine_of(start)}),
                     std::vector<std::vector<double>>(X.size(), {1.0})};
    LayerWeights drawn;
    Heads heads;
    for (long t = 0; t < setting.layers; ++t) {
        if (t == 0 || !setting.static_weights) {
            draw_weights(setting, run, t, drawn);
            const auto square = [&](const std::vector<float>& numbers) {
                return widened(numbers, setting.d, setting.d);
            };
            heads = {square(drawn.Q), square(drawn.K), square(drawn.V), square(drawn.W)};
        }
        for (std::size_t s = 0; s < X.size(); ++s) {
            model::with_scheme(model::scheme_names[s], [&](auto scheme) {
                advance<decltype(scheme)>(setting, heads, t, X[s]);
                return true;
            });
            curves.cosine[s].push_back(average_cosine_of(X[s]));
            curves.magnitude[s].push_back(X[s].rowwise().norm().mean());
        }
    }
    return curves;
}

} // namespace attest::chance
