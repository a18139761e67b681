#include "attest/model/layers.hpp"

namespace attest::model {
namespace {

bool is_one(double x)
{
    return x == 1;
}
bool is_one(const Real& x)
{
    return x == 1;
}
bool is_one(const Ball& x)
{
    return is_true(equal(x, Ball(1L)));
}
bool is_zero(double x)
{
    return x == 0;
}
bool is_zero(const Real& x)
{
    return x == 0;
}
bool is_zero(const Ball& x)
{
    return is_true(equal(x, Ball(0L)));
}

/// Evaluates a rule column by column. Mix-LN's unused branch gets a zero attention vector instead
/// of a second softmax.
template <class S, class T, class Rule>
Matrix<T> by_column(const Attention<T>& attention, const Matrix<T>& X, const Regulation<T>& at,
                    const Rule& rule)
{
    using Form = LayerRule<S>;
    const bool mixed = Form::uses_A_X && Form::uses_A_theta;
    const Matrix<T> zero = Matrix<T>::Zero(X.rows(), X.cols());
    const bool raw = Form::uses_A_X && !(mixed && is_one(at.late));
    const bool normed = Form::uses_A_theta && !(mixed && is_zero(at.late));
    const Matrix<T> A_X = raw ? attend(attention, X) : zero;
    const Matrix<T> A_theta = normed ? attend(attention, unit_columns(X)) : zero;
    Matrix<T> out(X.rows(), X.cols());
    for (Eigen::Index j = 0; j < X.cols(); ++j) {
        out.col(j) = rule(LayerInput<Vector<T>>{X.col(j), A_X.col(j), A_theta.col(j)});
    }
    return out;
}

} // namespace

template <class T>
Matrix<T> unit_columns(const Matrix<T>& X)
{
    Matrix<T> out(X.rows(), X.cols());
    for (Eigen::Index j = 0; j < X.cols(); ++j) {
        out.col(j) = unit<T>(Vector<T>(X.col(j)));
    }
    return out;
}

template <class T>
Matrix<T> layer_update(std::string_view scheme, const Attention<T>& attention, const Matrix<T>& X,
                       const T& h, const Regulation<T>& at)
{
    validate(attention, X);
    return with_scheme(scheme, [&](auto s) {
        using S = decltype(s);
        return by_column<S>(attention, X, at, [&](const LayerInput<Vector<T>>& in) {
            return LayerRule<S>::update(in, h, at);
        });
    });
}

template <class T>
Matrix<T> token_velocity(std::string_view scheme, const Attention<T>& attention, const Matrix<T>& X,
                         const Regulation<T>& at)
{
    validate(attention, X);
    return with_scheme(scheme, [&](auto s) {
        using S = decltype(s);
        return by_column<S>(attention, X, at, [&](const LayerInput<Vector<T>>& in) {
            return LayerRule<S>::velocity(in, at);
        });
    });
}

template Matrix<double> unit_columns(const Matrix<double>&);
template Matrix<double> layer_update(std::string_view, const Attention<double>&,
                                     const Matrix<double>&, const double&,
                                     const Regulation<double>&);
template Matrix<double> token_velocity(std::string_view, const Attention<double>&,
                                       const Matrix<double>&, const Regulation<double>&);

template Matrix<Real> unit_columns(const Matrix<Real>&);
template Matrix<Real> layer_update(std::string_view, const Attention<Real>&, const Matrix<Real>&,
                                   const Real&, const Regulation<Real>&);
template Matrix<Real> token_velocity(std::string_view, const Attention<Real>&, const Matrix<Real>&,
                                     const Regulation<Real>&);

template Matrix<Ball> unit_columns(const Matrix<Ball>&);
template Matrix<Ball> layer_update(std::string_view, const Attention<Ball>&, const Matrix<Ball>&,
                                   const Ball&, const Regulation<Ball>&);
template Matrix<Ball> token_velocity(std::string_view, const Attention<Ball>&, const Matrix<Ball>&,
                                     const Regulation<Ball>&);

} // namespace attest::model
