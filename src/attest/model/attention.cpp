#include "attest/model/attention_impl.hpp"

namespace attest::model {

template void validate(const Attention<double>&, const Matrix<double>&);
template Matrix<double> softmax_rows(const Matrix<double>&);
template Matrix<double> attention_matrix(const Attention<double>&, const Matrix<double>&);
template Matrix<double> attend(const Attention<double>&, const Matrix<double>&);

template void validate(const Attention<Real>&, const Matrix<Real>&);
template Matrix<Real> softmax_rows(const Matrix<Real>&);
template Matrix<Real> attention_matrix(const Attention<Real>&, const Matrix<Real>&);
template Matrix<Real> attend(const Attention<Real>&, const Matrix<Real>&);

template void validate(const Attention<Ball>&, const Matrix<Ball>&);
template Matrix<Ball> softmax_rows(const Matrix<Ball>&);
template Matrix<Ball> attention_matrix(const Attention<Ball>&, const Matrix<Ball>&);
template Matrix<Ball> attend(const Attention<Ball>&, const Matrix<Ball>&);

// Recording the Gram form of explicit tokens.
template Matrix<Expr> softmax_rows(const Matrix<Expr>&);

} // namespace attest::model
