#include "attest/flow/hemisphere.hpp"

#include <limits>

namespace attest::flow {
namespace {

/// One unit in the last place of numbers near 1.
template <class T>
T unit_roundoff(const T& sample)
{
    if constexpr (std::same_as<T, double>) {
        (void)sample;
        return std::numeric_limits<double>::epsilon();
    } else {
        return ldexp(T(1), 1 - static_cast<int>(mpfr_get_prec(sample.backend().data())));
    }
}

} // namespace

template <class T>
bool PoleSearch<T>::accept(const Matrix<T>& theta)
{
    const T squared = point_.squaredNorm();
    if (!(squared > 0)) {
        return false;
    }
    using std::sqrt;
    pole_ = point_ * T(1 / sqrt(squared));
    heights_.noalias() = theta.transpose() * pole_;
    height_ = heights_.minCoeff();
    // |computed - exact| <= (d + 1) units, for the product itself and for its factors' lengths.
    return height_ > T(T(4 * (theta.rows() + 2)) * unit_roundoff<T>(height_));
}

template <class T>
bool PoleSearch<T>::find(const Matrix<T>& theta, long rounds)
{
    const bool fresh = point_.size() != theta.rows();
    if (fresh) {
        point_.resize(theta.rows());
    } else if (accept(theta)) {
        return true;
    }
    point_ = theta.rowwise().mean();
    for (long round = 0; round < rounds; ++round) {
        if (accept(theta)) {
            return true;
        }
        // The nearest point to 0 between the point and the direction it is worst for.
        Eigen::Index worst = 0;
        heights_.noalias() = theta.transpose() * point_;
        heights_.minCoeff(&worst);
        const T squared = point_.squaredNorm();
        const T product = heights_(worst);
        const T length = T(squared - 2 * product) + theta.col(worst).squaredNorm();
        if (!(length > 0)) {
            return false;
        }
        T share = T(squared - product) / length;
        share = share < 0 ? T(0) : (share > 1 ? T(1) : share);
        point_ = T(1 - share) * point_ + share * theta.col(worst);
    }
    return false;
}

template <class T>
std::optional<Vector<T>> find_pole(const Matrix<T>& theta, long rounds)
{
    PoleSearch<T> search;
    if (theta.cols() > 0 && search.find(theta, rounds)) {
        return search.pole();
    }
    return std::nullopt;
}

template class PoleSearch<double>;
template class PoleSearch<Real>;
template std::optional<Vector<double>> find_pole(const Matrix<double>&, long);
template std::optional<Vector<Real>> find_pole(const Matrix<Real>&, long);

} // namespace attest::flow
