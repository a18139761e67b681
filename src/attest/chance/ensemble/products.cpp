#include "attest/chance/ensemble/products.hpp"

#include "attest/chance/ensemble/kernels.hpp"

#include <dnnl.hpp>

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

// From the OpenMP runtime that oneDNN uses; its header would need a compiler option.
extern "C" void omp_set_num_threads(int threads);

namespace attest::chance {
namespace {

using Dims = dnnl::memory::dims;
using Tag = dnnl::memory::format_tag;
constexpr auto of_floats = dnnl::memory::data_type::f32;

dnnl::memory::dim dim(std::size_t size)
{
    return static_cast<dnnl::memory::dim>(size);
}

/// Work space that only grows.
template <class T>
T* room(std::vector<T>& buffer, std::size_t size)
{
    if (buffer.size() < size + kernels::slack) {
        buffer.resize(size + kernels::slack);
    }
    return buffer.data();
}

} // namespace

struct PackedMatrix::Data {
    std::size_t inner = 0;
    std::size_t columns = 0;
    dnnl::memory memory;
};
PackedMatrix::PackedMatrix() = default;
PackedMatrix::PackedMatrix(PackedMatrix&&) noexcept = default;
PackedMatrix& PackedMatrix::operator=(PackedMatrix&&) noexcept = default;
PackedMatrix::~PackedMatrix() = default;

struct Products::Plans {
    /// batch, rows, columns, inner, layout of the right factor (any: as packed)
    using Shape =
        std::tuple<std::size_t, std::size_t, std::size_t, std::size_t, dnnl::memory::format_tag>;
    struct Plan {
        dnnl::matmul::primitive_desc description;
        dnnl::matmul primitive;
    };

    Plans() : engine(dnnl::engine::kind::cpu, 0), stream(engine) {}

    const Plan& plan(std::size_t batch, std::size_t rows, std::size_t columns, std::size_t inner,
                     Tag right, const dnnl::memory* packed = nullptr)
    {
        const Shape shape{batch, rows, columns, inner, right};
        const auto known = plans.find(shape);
        if (known != plans.end()) {
            return known->second;
        }
        // oneDNN packs right factors of plain products only, not of batches.
        const bool single = batch == 1;
        const auto shaped = [&](std::size_t m, std::size_t k) {
            return single ? Dims{dim(m), dim(k)} : Dims{dim(batch), dim(m), dim(k)};
        };
        const Tag by_rows = single ? Tag::ab : Tag::abc;
        const Tag layout = right == Tag::acb && single ? Tag::ba
                           : right == Tag::abc         ? by_rows
                                                       : right;
        const dnnl::memory::desc a(shaped(rows, inner), of_floats, by_rows);
        const dnnl::memory::desc b =
            packed != nullptr ? packed->get_desc()
                              : dnnl::memory::desc(shaped(inner, columns), of_floats, layout);
        const dnnl::memory::desc c(shaped(rows, columns), of_floats, by_rows);
        const dnnl::matmul::primitive_desc description(dnnl::matmul::desc(a, b, c), engine);
        return plans.emplace(shape, Plan{description, dnnl::matmul(description)}).first->second;
    }

    void run(const Plan& plan, const float* A, const dnnl::memory& B, float* C)
    {
        // oneDNN's memory objects do not know const; the sources are only read.
        const dnnl::memory a(plan.description.src_desc(), engine, const_cast<float*>(A));
        const dnnl::memory c(plan.description.dst_desc(), engine, C);
        plan.primitive.execute(stream,
                               {{DNNL_ARG_SRC, a}, {DNNL_ARG_WEIGHTS, B}, {DNNL_ARG_DST, c}});
        stream.wait();
    }

    /// The factor as the plans read it: contiguous.
    const float* prepared(Block x, std::size_t step, std::size_t batch, std::size_t rows,
                          std::size_t columns, std::vector<float>& plain)
    {
        const std::size_t size = rows * columns;
        if (x.stride == columns && (batch == 1 || step == size)) {
            return x.data;
        }
        float* out = room(plain, batch * size);
        for (std::size_t k = 0; k < batch; ++k) {
            for (std::size_t row = 0; row < rows; ++row) {
                std::copy_n(x.data + k * step + row * x.stride, columns,
                            out + k * size + row * columns);
            }
        }
        return out;
    }

    dnnl::engine engine;
    dnnl::stream stream;
    std::map<Shape, Plan> plans;
    std::vector<float> plain_left;
    std::vector<float> plain_right;
};

Products::Products() : plans_(std::make_unique<Plans>())
{
    // The threads of a simulation work on runs of their own; the setting belongs to this thread.
    omp_set_num_threads(1);
}
Products::~Products() = default;

void Products::pack(const float* B, std::size_t inner, std::size_t columns, PackedMatrix& packed)
{
    // The layout that a product with this many rows likes serves all others.
    constexpr std::size_t typical_rows = 128;
    const auto& plan = plans_->plan(1, typical_rows, columns, inner, Tag::any);
    if (!packed.data_ || packed.data_->inner != inner || packed.data_->columns != columns) {
        packed.data_ = std::make_unique<PackedMatrix::Data>();
        packed.data_->inner = inner;
        packed.data_->columns = columns;
        packed.data_->memory = dnnl::memory(plan.description.weights_desc(), plans_->engine);
    }
    const float* prepared =
        plans_->prepared({B, columns}, 0, 1, inner, columns, plans_->plain_right);
    dnnl::memory from({{dim(inner), dim(columns)}, of_floats, Tag::ab}, plans_->engine,
                      const_cast<float*>(prepared));
    dnnl::reorder(from, packed.data_->memory).execute(plans_->stream, from, packed.data_->memory);
    plans_->stream.wait();
}

void Products::times(const float* A, std::size_t rows, const PackedMatrix& B, float* C)
{
    const std::size_t inner = B.data_->inner;
    const std::size_t columns = B.data_->columns;
    const auto& plan = plans_->plan(1, rows, columns, inner, Tag::any, &B.data_->memory);
    const float* left = plans_->prepared({A, inner}, 0, 1, rows, inner, plans_->plain_left);
    plans_->run(plan, left, B.data_->memory, C);
}

void Products::times_transposed(Block A, Block B, std::size_t step, std::size_t batch,
                                std::size_t rows, std::size_t columns, std::size_t inner, float* C)
{
    const auto& plan = plans_->plan(batch, rows, columns, inner, Tag::acb);
    const float* left = plans_->prepared(A, step, batch, rows, inner, plans_->plain_left);
    const float* right = plans_->prepared(B, step, batch, columns, inner, plans_->plain_right);
    const dnnl::memory b(plan.description.weights_desc(), plans_->engine,
                         const_cast<float*>(right));
    plans_->run(plan, left, b, C);
}

void Products::times(const float* A, Block B, std::size_t step, std::size_t batch, std::size_t rows,
                     std::size_t columns, std::size_t inner, float* C)
{
    const auto& plan = plans_->plan(batch, rows, columns, inner, Tag::abc);
    const float* left =
        plans_->prepared({A, inner}, rows * inner, batch, rows, inner, plans_->plain_left);
    const float* right = plans_->prepared(B, step, batch, inner, columns, plans_->plain_right);
    const dnnl::memory b(plan.description.weights_desc(), plans_->engine,
                         const_cast<float*>(right));
    plans_->run(plan, left, b, C);
}

} // namespace attest::chance
