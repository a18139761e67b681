#include "attest/model/fast_product.hpp"

#include "attest/model/packed_matrix.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

namespace attest::model {

void fast_product(const Matrix<double>& A, const Matrix<double>& B, Matrix<double>& C)
{
    if (A.cols() != B.rows()) {
        throw InputError(fmt::format("product of {} x {} and {} x {}: sizes must fit", A.rows(),
                                     A.cols(), B.rows(), B.cols()));
    }
    C.resize(A.rows(), B.cols());
    if (C.size() == 0) {
        return;
    }
    const kernel::Tile tile = kernel::tile();
    const kernel::Image image(tile, A, B.cols());
    kernel::Buffer tokens;
    const long R = tile.rows;
    const long panels = kernel::panels_for(B.cols(), R);
    tokens.resize(panels * R * B.rows());
    for (long p = 0; p < panels; ++p) {
        kernel::pack_tokens(B.data() + p * R * B.rows(), B.rows(), B.rows(),
                            std::min(R, B.cols() - p * R), tokens.at(p * R * B.rows()));
    }
    image.apply(tokens.at(0), 0, panels);
    for (long j = 0; j < B.cols(); ++j) {
        std::copy_n(image.image(j), A.rows(), C.data() + j * A.rows());
    }
}

} // namespace attest::model
