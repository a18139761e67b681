// The regular system of equations whose zeros are critical points of the energy.
#include "theorems/critical_point_system.hpp"

#include <cmath>

namespace attest::theorems {
namespace {

using Index = Eigen::Index;

template <class T>
T column_product(const Matrix<T>& x, Index j, Index k)
{
    T sum = T(0);
    for (Index i = 0; i < x.rows(); ++i) {
        sum = sum + x(i, j) * x(i, k);
    }
    return sum;
}

} // namespace

template <class T>
Matrix<T> pair_weights(const Matrix<T>& x, const T& beta)
{
    using std::exp;
    Matrix<T> out(x.cols(), x.cols());
    for (Index j = 0; j < x.cols(); ++j) {
        for (Index k = 0; k <= j; ++k) {
            out(j, k) = exp(T(beta * (column_product(x, j, k) - T(1))));
            out(k, j) = out(j, k);
        }
    }
    return out;
}

template <class T>
CriticalUnknowns<T> unpacked(const Vector<T>& z, Index d, Index n)
{
    CriticalUnknowns<T> u{Matrix<T>(d, n), Vector<T>(n), Matrix<T>(d, d)};
    Index next = 0;
    for (Index j = 0; j < n; ++j) {
        for (Index i = 0; i < d; ++i) {
            u.x(i, j) = z(next++);
        }
    }
    for (Index j = 0; j < n; ++j) {
        u.mu(j) = z(next++);
    }
    for (Index a = 0; a < d; ++a) {
        u.S(a, a) = T(0);
        for (Index b = a + 1; b < d; ++b) {
            u.S(a, b) = z(next++);
            u.S(b, a) = -u.S(a, b);
        }
    }
    return u;
}

Index critical_unknowns(Index d, Index n)
{
    return d * n + n + d * (d - 1) / 2;
}

template <class T>
Vector<T> critical_equations(const Vector<T>& z, const Matrix<T>& x0, const T& beta)
{
    const Index d = x0.rows();
    const Index n = x0.cols();
    const CriticalUnknowns<T> u = unpacked(z, d, n);
    const Matrix<T> e = pair_weights(u.x, beta);
    Vector<T> out(critical_unknowns(d, n));
    Index next = 0;
    for (Index j = 0; j < n; ++j) {
        for (Index i = 0; i < d; ++i) {
            T sum = -(u.mu(j) * u.x(i, j));
            for (Index k = 0; k < n; ++k) {
                sum = sum + e(j, k) * u.x(i, k);
            }
            for (Index b = 0; b < d; ++b) {
                sum = sum + u.S(i, b) * u.x(b, j);
            }
            out(next++) = sum;
        }
    }
    for (Index j = 0; j < n; ++j) {
        out(next++) = (column_product(u.x, j, j) - T(1)) / T(2);
    }
    for (Index a = 0; a < d; ++a) {
        for (Index b = a + 1; b < d; ++b) {
            T sum = T(0);
            for (Index j = 0; j < n; ++j) {
                sum = sum + x0(b, j) * u.x(a, j) - x0(a, j) * u.x(b, j);
            }
            out(next++) = sum;
        }
    }
    return out;
}

template <class T>
Matrix<T> critical_jacobian(const Vector<T>& z, const Matrix<T>& x0, const T& beta)
{
    const Index d = x0.rows();
    const Index n = x0.cols();
    const CriticalUnknowns<T> u = unpacked(z, d, n);
    const Matrix<T> e = pair_weights(u.x, beta);
    const Index size = critical_unknowns(d, n);
    Matrix<T> J(size, size);
    for (Index i = 0; i < size; ++i) {
        for (Index j = 0; j < size; ++j) {
            J(i, j) = T(0);
        }
    }
    const Index mu_at = d * n;
    const Index S_at = mu_at + n;
    for (Index j = 0; j < n; ++j) {
        for (Index i = 0; i < d; ++i) {
            const Index row = j * d + i;
            for (Index k = 0; k < n; ++k) {
                for (Index l = 0; l < d; ++l) {
                    // e_jk x_k through x_k and through the weight, then through x_j.
                    T& there = J(row, k * d + l);
                    there = there + e(j, k) * beta * u.x(i, k) * u.x(l, j);
                    if (i == l) {
                        there = there + e(j, k);
                    }
                    T& own = J(row, j * d + l);
                    own = own + e(j, k) * beta * u.x(i, k) * u.x(l, k);
                }
            }
            for (Index l = 0; l < d; ++l) {
                T& own = J(row, j * d + l);
                own = own + u.S(i, l);
                if (i == l) {
                    own = own - u.mu(j);
                }
            }
            J(row, mu_at + j) = -u.x(i, j);
            J(mu_at + j, row) = u.x(i, j);
        }
    }
    Index pair = S_at;
    for (Index a = 0; a < d; ++a) {
        for (Index b = a + 1; b < d; ++b, ++pair) {
            for (Index j = 0; j < n; ++j) {
                J(j * d + a, pair) = u.x(b, j);
                J(j * d + b, pair) = -u.x(a, j);
                J(pair, j * d + a) = x0(b, j);
                J(pair, j * d + b) = -x0(a, j);
            }
        }
    }
    return J;
}

Vector<double> packed(const Matrix<double>& x, double beta)
{
    const Matrix<double> e = pair_weights(x, beta);
    Vector<double> z = Vector<double>::Zero(critical_unknowns(x.rows(), x.cols()));
    for (Index j = 0; j < x.cols(); ++j) {
        for (Index i = 0; i < x.rows(); ++i) {
            z(j * x.rows() + i) = x(i, j);
        }
        for (Index k = 0; k < x.cols(); ++k) {
            z(x.size() + j) += e(j, k) * column_product(x, j, k);
        }
    }
    return z;
}

template CriticalUnknowns<double> unpacked(const Vector<double>&, Index, Index);
template CriticalUnknowns<Ball> unpacked(const Vector<Ball>&, Index, Index);
template Matrix<double> pair_weights(const Matrix<double>&, const double&);
template Matrix<Ball> pair_weights(const Matrix<Ball>&, const Ball&);
template Vector<double> critical_equations(const Vector<double>&, const Matrix<double>&,
                                           const double&);
template Vector<Ball> critical_equations(const Vector<Ball>&, const Matrix<Ball>&, const Ball&);
template Matrix<double> critical_jacobian(const Vector<double>&, const Matrix<double>&,
                                          const double&);
template Matrix<Ball> critical_jacobian(const Vector<Ball>&, const Matrix<Ball>&, const Ball&);

} // namespace attest::theorems
