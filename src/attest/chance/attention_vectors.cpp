// Attention vectors of random directions: in blocks for all tokens, as a walk for one.
#include "attest/chance/attention_vectors.hpp"

#include "attest/model/fast_product.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace attest::chance {
namespace {

constexpr long row_block = 256;
constexpr long column_block = 1024;

/// d x n, column after column.
std::vector<double> directions(const Stream& stream, long n, long d)
{
    std::vector<double> theta;
    theta.reserve(static_cast<std::size_t>(n * d));
    for (long k = 0; k < n; ++k) {
        const Vector<double> column = stream.direction(static_cast<std::uint64_t>(k), d);
        theta.insert(theta.end(), column.data(), column.data() + d);
    }
    return theta;
}

/// M^T theta for columns first, ..., first + count - 1.
std::vector<double> queries(const std::vector<double>& theta, long d, long first, long count,
                            Scores scores)
{
    std::vector<double> a(theta.begin() + first * d, theta.begin() + (first + count) * d);
    for (long j = 0; j < count; ++j) {
        const auto column = a.begin() + j * d;
        switch (scores) {
        case Scores::Zero:
            std::fill(column, column + d, 0.0);
            break;
        case Scores::Identity:
            break;
        case Scores::MinusIdentity:
            std::transform(column, column + d, column, [](double x) { return -x; });
            break;
        case Scores::HalfIdentity:
            std::transform(column, column + d, column, [](double x) { return x / 2; });
            break;
        case Scores::Shift:
            std::rotate(column, column + 1, column + d);
            break;
        case Scores::RankOne:
            std::fill(column + 1, column + d, 0.0);
            break;
        }
    }
    return a;
}

using Columns = Eigen::Map<const Matrix<double>>;

} // namespace

std::string_view to_string(Scores scores)
{
    switch (scores) {
    case Scores::Zero:
        return "0";
    case Scores::Identity:
        return "I";
    case Scores::MinusIdentity:
        return "-I";
    case Scores::HalfIdentity:
        return "I/2";
    case Scores::Shift:
        return "cyclic shift";
    case Scores::RankOne:
        break;
    }
    return "rank one";
}

AttentionLengths attention_lengths(const Stream& stream, long n, long d, Scores scores)
{
    if (n < 1 || d < 1) {
        throw InputError(fmt::format("n = {}, d = {}: must be at least 1", n, d));
    }
    const std::vector<double> theta = directions(stream, n, d);
    const Columns tokens(theta.data(), d, n);
    AttentionLengths result;
    result.mean = tokens.rowwise().sum().norm() / static_cast<double>(n);
    if (scores == Scores::Zero) {
        result.largest = result.mean; // every A_j is the mean
        return result;
    }
    Matrix<double> weights;
    Matrix<double> part;
    for (long first = 0; first < n; first += row_block) {
        const long rows = std::min(row_block, n - first);
        const std::vector<double> a = queries(theta, d, first, rows, scores);
        const Matrix<double> asked = Columns(a.data(), d, rows);
        Matrix<double> attention = Matrix<double>::Zero(d, rows);
        Vector<double> Z = Vector<double>::Zero(rows);
        for (long next = 0; next < n; next += column_block) {
            const long columns = std::min(column_block, n - next);
            const Matrix<double> block = tokens.middleCols(next, columns);
            // weights: columns x rows, <theta_k, M^T theta_j>.
            model::fast_product(block.transpose(), asked, weights);
            weights = weights.array().exp().matrix();
            Z += weights.colwise().sum().transpose();
            model::fast_product(block, weights, part);
            attention += part;
        }
        for (long j = 0; j < rows; ++j) {
            result.largest = std::max(result.largest, attention.col(j).norm() / Z(j));
        }
    }
    return result;
}

double sphere_coordinate(const Stream& stream, std::uint64_t i, long d)
{
    const double u = stream.uniform(2 * i);
    const double angle = 2 * std::numbers::pi * stream.uniform(2 * i + 1);
    if (d == 1) {
        return u < 0.5 ? -1.0 : 1.0;
    }
    const double radius =
        d == 2 ? 1.0 : std::sqrt(1 - std::pow(u, 2.0 / static_cast<double>(d - 2)));
    return radius * std::cos(angle);
}

OneToken one_token(const Stream& stream, long n, long d, double c)
{
    if (n < 1 || d < 2) {
        throw InputError(fmt::format("n = {}, d = {}: must be at least 1 and 2", n, d));
    }
    double Z = std::exp(c);
    double along = std::exp(c);
    double square = 0; // of the part orthogonal to theta_n
    for (long k = 0; k + 1 < n; ++k) {
        const auto place = 2 * static_cast<std::uint64_t>(k);
        const double X = sphere_coordinate(stream, place, d);
        const double v = sphere_coordinate(stream, place + 1, d - 1);
        const double weight = std::exp(c * X);
        const double a = weight * std::sqrt(std::max(0.0, 1 - X * X));
        square = std::max(0.0, square + a * a + 2 * std::sqrt(square) * a * v);
        along += weight * X;
        Z += weight;
    }
    return {std::sqrt(square + along * along) / Z, along / Z};
}

} // namespace attest::chance
