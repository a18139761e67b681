#include "theorems/configurations.hpp"

#include <fmt/format.h>

#include <random>

namespace attest::theorems {
namespace {

using Rows = std::vector<std::vector<Rational>>;

Matrix<Rational> matrix(const Rows& rows)
{
    const auto d = static_cast<Eigen::Index>(rows.size());
    const auto n = static_cast<Eigen::Index>(rows.front().size());
    Matrix<Rational> m(d, n);
    for (Eigen::Index i = 0; i < d; ++i) {
        for (Eigen::Index j = 0; j < n; ++j) {
            m(i, j) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
        }
    }
    return m;
}

Configuration plain(const std::string& name, const Rows& rows, const Rational& beta,
                    const Rational& alpha, const Rational& t)
{
    return {name, matrix(rows), std::nullopt, std::nullopt, std::nullopt, beta, alpha, t};
}

/// mt19937_64 is specified bit by bit in the C++ standard; its distributions are not, hence the
/// remainder.
class ConfigurationDraw {
public:
    explicit ConfigurationDraw(std::uint64_t seed) : engine_(seed) {}
    long integer(long lo, long hi)
    {
        return lo + static_cast<long>(engine_() % static_cast<std::uint64_t>(hi - lo + 1));
    }
    Rational sixteenth() { return {integer(-32, 32), 16}; }
    Matrix<Rational> matrix(long rows, long columns)
    {
        Matrix<Rational> m(rows, columns);
        for (Eigen::Index j = 0; j < columns; ++j) {
            for (Eigen::Index i = 0; i < rows; ++i) {
                m(i, j) = sixteenth();
            }
            m(0, j) = m(0, j) == 0 ? Rational(1) : m(0, j);
        }
        return m;
    }

private:
    std::mt19937_64 engine_;
};

} // namespace

std::vector<Configuration> configurations(std::size_t random_count, std::uint64_t seed)
{
    const Rational tiny(1, 1000000);
    std::vector<Configuration> all = {
        plain("orthonormal", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 1, 1, 0),
        plain("nearly antipodal", {{1, -1}, {0, tiny}}, 1, 1, 1),
        plain("nearly equal", {{1, 1}, {0, tiny}}, 1, Rational(-3, 2), 8),
        plain("equal", {{1, 1}, {1, 1}}, 5, 1, 3),
        plain("on a line", {{1, -2, 3}}, Rational(1, 2), 1, 0),
        plain("beta = 0", {{3, -7, 0}, {4, 24, -1}}, 0, Rational(1, 2), 3),
        plain("beta = 60", {{3, -7, 0}, {4, 24, -1}}, 60, 2, 3),
        plain("long and short tokens", {{1000, Rational(1, 1000)}, {1000, 0}}, 1, 1, 99),
    };
    for (std::size_t i = 0; i < random_count; ++i) {
        ConfigurationDraw draw(seed * 1000003 + i);
        const long n = draw.integer(2, 5);
        const long d = draw.integer(1, 4);
        Configuration c{fmt::format("random {}", i),
                        draw.matrix(d, n),
                        std::nullopt,
                        std::nullopt,
                        std::nullopt,
                        Rational(draw.integer(0, 32), 8),
                        Rational(draw.integer(1, 32), 8) * (draw.integer(0, 1) == 0 ? 1 : -1),
                        Rational(draw.integer(0, 80), 8)};
        if (i % 2 == 0) {
            c.Q = draw.matrix(d, d);
            c.K = draw.matrix(d, d);
            c.V = draw.matrix(d, d);
        }
        all.push_back(std::move(c));
    }
    return all;
}

std::string describe(const Configuration& c)
{
    const auto text = [](const Matrix<Rational>& m) {
        std::vector<std::string> rows;
        for (Eigen::Index i = 0; i < m.rows(); ++i) {
            std::vector<std::string> entries;
            for (Eigen::Index j = 0; j < m.cols(); ++j) {
                entries.push_back(to_string(m(i, j)));
            }
            rows.push_back(fmt::format("{}", fmt::join(entries, " ")));
        }
        return fmt::format("[{}]", fmt::join(rows, "; "));
    };
    std::string out = fmt::format("X = {}, beta = {}, alpha = {}, t = {}", text(c.X),
                                  to_string(c.beta), to_string(c.alpha), to_string(c.t));
    if (c.Q) {
        out += fmt::format(", Q = {}, K = {}, V = {}", text(*c.Q), text(*c.K), text(*c.V));
    }
    return out;
}

} // namespace attest::theorems
