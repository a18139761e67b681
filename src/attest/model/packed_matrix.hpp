#pragma once

#include "attest/model/velocity_kernel.hpp"
#include "attest/numbers/eigen.hpp"

#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <new>

namespace attest::model::kernel {

/// Zeros, aligned to cache lines.
class Buffer {
public:
    void resize(long size)
    {
        data_ = hwy::AllocateAligned<double>(static_cast<std::size_t>(std::max(size, 1L)));
        if (!data_) {
            throw std::bad_alloc();
        }
        std::fill_n(data_.get(), size, 0.0);
    }
    double* at(long k) const { return data_.get() + k; }

private:
    hwy::AlignedFreeUniquePtr<double[]> data_;
};

/// Panels of that size that hold `count` tokens or rows.
inline long panels_for(long count, long size)
{
    return (count + size - 1) / size;
}

/// A linear map of the tokens: row panels of the matrix and room for the images.
class Image {
public:
    Image(const Tile& tile, const Matrix<double>& matrix, long n) :
        rows_(matrix.rows()), depth_(matrix.cols()),
        stride_(panels_for(rows_, tile.rows) * tile.rows), tile_(tile)
    {
        panels_.resize(stride_ * depth_);
        pack_rows(matrix.data(), rows_, rows_, depth_, panels_.at(0), depth_ * tile.rows);
        images_.resize(stride_ * panels_for(n, tile.rows) * tile.rows);
    }
    long rows() const { return rows_; }
    long stride() const { return stride_; }
    const double* image(long token) const { return images_.at(token * stride_); }
    /// Images of the tokens of some panels.
    void apply(const double* token_panels, long first, long count) const
    {
        Product product;
        product.left = panels_.at(0);
        product.left_stride = depth_ * tile_.rows;
        product.rows = rows_;
        product.right = token_panels;
        product.right_step = tile_.rows;
        product.right_stride = depth_ * tile_.rows;
        product.depth = depth_;
        product.first_group = first * (tile_.rows / tile_.columns);
        product.last_group = (first + count) * (tile_.rows / tile_.columns);
        product.out = images_.at(0);
        product.out_stride = stride_;
        multiply(product);
    }

private:
    long rows_;
    long depth_;
    long stride_;
    Tile tile_;
    Buffer panels_;
    Buffer images_;
};

} // namespace attest::model::kernel
