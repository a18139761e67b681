#pragma once

#include <cstddef>
#include <memory>

/// Products of matrices in single precision for the simulations, by oneDNN.
namespace attest::chance {

/// A right factor that is used many times, kept in the layout that its product likes best.
class PackedMatrix {
public:
    PackedMatrix();
    PackedMatrix(PackedMatrix&&) noexcept;
    PackedMatrix& operator=(PackedMatrix&&) noexcept;
    ~PackedMatrix();

private:
    friend class Products;
    struct Data;
    std::unique_ptr<Data> data_;
};

/// A block of a row-major matrix whose rows begin `stride` numbers apart.
struct Block {
    const float* data;
    std::size_t stride;
};

/// Products of one thread: plans and work space are kept between calls of the same shape, and no
/// product starts threads of its own. Not to be shared between threads. Matrices are row-major;
/// inputs may be read up to kernels::slack numbers behind their end.
class Products {
public:
    Products();
    ~Products();
    Products(const Products&) = delete;
    Products& operator=(const Products&) = delete;

    /// B (inner x columns) for times(); `packed` may be one of an earlier call, whose space is used
    /// again where the shape is the same.
    void pack(const float* B, std::size_t inner, std::size_t columns, PackedMatrix& packed);
    /// C = A B, A rows x inner with contiguous rows.
    void times(const float* A, std::size_t rows, const PackedMatrix& B, float* C);
    /// C_k = A_k B_k^T for `batch` blocks k, each `step` numbers to the right of the one before:
    /// A_k rows x inner, B_k columns x inner, C_k contiguous, one behind the other.
    void times_transposed(Block A, Block B, std::size_t step, std::size_t batch, std::size_t rows,
                          std::size_t columns, std::size_t inner, float* C);
    /// C_k = A_k B_k: A_k rows x inner and C_k contiguous, one behind the other; B_k inner x
    /// columns, `step` numbers apart.
    void times(const float* A, Block B, std::size_t step, std::size_t batch, std::size_t rows,
               std::size_t columns, std::size_t inner, float* C);

private:
    struct Plans;
    std::unique_ptr<Plans> plans_;
};

} // namespace attest::chance
