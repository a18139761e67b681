#include "attest/chance/ensemble/products.hpp"

#include "attest/chance/ensemble/kernels.hpp"
#include "attest/numbers/errors.hpp"

#include <dnnl.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

// From the OpenMP runtime that oneDNN uses; its header would need a compiler option.
extern "C" void omp_set_num_threads(int threads);

namespace attest::chance {
namespace {

using Dims = dnnl::memory::dims;
using Tag = dnnl::memory::format_tag;
using kernels::SplitLayout;

dnnl::memory::dim dim(std::size_t size)
{
    return static_cast<dnnl::memory::dim>(size);
}

/// The instruction sets are a bit mask in which each contains those before it.
bool has(dnnl::cpu_isa wanted)
{
    const auto have = static_cast<unsigned>(dnnl::get_effective_cpu_isa());
    return (have & static_cast<unsigned>(wanted)) == static_cast<unsigned>(wanted);
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

std::string_view name_of(ProductKernel kernel)
{
    return kernel == ProductKernel::Float32 ? "f32" : "bf16x3";
}

bool is_available(ProductKernel kernel)
{
    return kernel == ProductKernel::Float32 || has(dnnl::cpu_isa::avx512_core);
}

ProductKernel fastest_kernel()
{
    return has(dnnl::cpu_isa::avx512_core_amx) ? ProductKernel::SplitBf16 : ProductKernel::Float32;
}

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

    explicit Plans(ProductKernel chosen) :
        kernel(chosen), engine(dnnl::engine::kind::cpu, 0), stream(engine)
    {
    }

    std::size_t terms() const { return kernel == ProductKernel::SplitBf16 ? 3 : 1; }
    dnnl::memory::data_type type() const
    {
        return kernel == ProductKernel::SplitBf16 ? dnnl::memory::data_type::bf16
                                                  : dnnl::memory::data_type::f32;
    }

    /// `inner` counts all terms.
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
        const dnnl::memory::desc a(shaped(rows, inner), type(), by_rows);
        const dnnl::memory::desc b =
            packed != nullptr ? packed->get_desc()
                              : dnnl::memory::desc(shaped(inner, columns), type(), layout);
        const dnnl::memory::desc c(shaped(rows, columns), dnnl::memory::data_type::f32, by_rows);
        const dnnl::matmul::primitive_desc description(dnnl::matmul::desc(a, b, c), engine);
        return plans.emplace(shape, Plan{description, dnnl::matmul(description)}).first->second;
    }

    void run(const Plan& plan, const void* A, const dnnl::memory& B, float* C)
    {
        // oneDNN's memory objects do not know const; the sources are only read.
        const dnnl::memory a(plan.description.src_desc(), engine, const_cast<void*>(A));
        const dnnl::memory c(plan.description.dst_desc(), engine, C);
        plan.primitive.execute(stream,
                               {{DNNL_ARG_SRC, a}, {DNNL_ARG_WEIGHTS, B}, {DNNL_ARG_DST, c}});
        stream.wait();
    }

    /// The factor in the form that the plans read: contiguous, split where that is asked for.
    const void* prepared(SplitLayout layout, Block x, std::size_t step, std::size_t batch,
                         std::size_t rows, std::size_t columns, std::vector<float>& plain,
                         std::vector<std::uint16_t>& parts)
    {
        const std::size_t size = rows * columns;
        if (kernel == ProductKernel::SplitBf16) {
            std::uint16_t* out = room(parts, 3 * batch * size);
            for (std::size_t k = 0; k < batch; ++k) {
                kernels::split(layout, x.data + k * step, rows, columns, x.stride,
                               out + 3 * k * size);
            }
            return out;
        }
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

    ProductKernel kernel;
    dnnl::engine engine;
    dnnl::stream stream;
    std::map<Shape, Plan> plans;
    std::vector<float> plain_left;
    std::vector<float> plain_right;
    std::vector<std::uint16_t> parts_left;
    std::vector<std::uint16_t> parts_right;
};

Products::Products(ProductKernel kernel) : plans_(std::make_unique<Plans>(kernel))
{
    if (!is_available(kernel)) {
        throw InputError(
            "precision 'bf16x3': this processor has no AVX-512; must be auto, f64 or f32");
    }
    // The threads of a simulation work on runs of their own; the setting belongs to this thread.
    omp_set_num_threads(1);
}
Products::~Products() = default;

void Products::pack(const float* B, std::size_t inner, std::size_t columns, PackedMatrix& packed)
{
    const std::size_t terms = plans_->terms();
    // The layout that a product with this many rows likes serves all others.
    constexpr std::size_t typical_rows = 128;
    const auto& plan = plans_->plan(1, typical_rows, columns, terms * inner, Tag::any);
    if (!packed.data_ || packed.data_->inner != inner || packed.data_->columns != columns) {
        packed.data_ = std::make_unique<PackedMatrix::Data>();
        packed.data_->inner = inner;
        packed.data_->columns = columns;
        packed.data_->memory = dnnl::memory(plan.description.weights_desc(), plans_->engine);
    }
    const void* prepared = plans_->prepared(SplitLayout::RightByRows, {B, columns}, 0, 1, inner,
                                            columns, plans_->plain_right, plans_->parts_right);
    dnnl::memory from({{dim(terms * inner), dim(columns)}, plans_->type(), Tag::ab}, plans_->engine,
                      const_cast<void*>(prepared));
    dnnl::reorder(from, packed.data_->memory).execute(plans_->stream, from, packed.data_->memory);
    plans_->stream.wait();
}

void Products::times(const float* A, std::size_t rows, const PackedMatrix& B, float* C)
{
    const std::size_t inner = B.data_->inner;
    const std::size_t columns = B.data_->columns;
    const auto& plan =
        plans_->plan(1, rows, columns, plans_->terms() * inner, Tag::any, &B.data_->memory);
    const void* left = plans_->prepared(SplitLayout::Left, {A, inner}, 0, 1, rows, inner,
                                        plans_->plain_left, plans_->parts_left);
    plans_->run(plan, left, B.data_->memory, C);
}

void Products::times_transposed(Block A, Block B, std::size_t step, std::size_t batch,
                                std::size_t rows, std::size_t columns, std::size_t inner, float* C)
{
    const auto& plan = plans_->plan(batch, rows, columns, plans_->terms() * inner, Tag::acb);
    const void* left = plans_->prepared(SplitLayout::Left, A, step, batch, rows, inner,
                                        plans_->plain_left, plans_->parts_left);
    const void* right = plans_->prepared(SplitLayout::RightByColumns, B, step, batch, columns,
                                         inner, plans_->plain_right, plans_->parts_right);
    const dnnl::memory b(plan.description.weights_desc(), plans_->engine, const_cast<void*>(right));
    plans_->run(plan, left, b, C);
}

void Products::times(const float* A, Block B, std::size_t step, std::size_t batch, std::size_t rows,
                     std::size_t columns, std::size_t inner, float* C)
{
    const auto& plan = plans_->plan(batch, rows, columns, plans_->terms() * inner, Tag::abc);
    const void* left = plans_->prepared(SplitLayout::Left, {A, inner}, rows * inner, batch, rows,
                                        inner, plans_->plain_left, plans_->parts_left);
    const void* right = plans_->prepared(SplitLayout::RightByRows, B, step, batch, inner, columns,
                                         plans_->plain_right, plans_->parts_right);
    const dnnl::memory b(plan.description.weights_desc(), plans_->engine, const_cast<void*>(right));
    plans_->run(plan, left, b, C);
}

} // namespace attest::chance
