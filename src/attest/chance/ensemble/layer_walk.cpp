#include "attest/chance/ensemble/layer_walk.hpp"

#include "attest/chance/ensemble/kernels.hpp"
#include "attest/chance/ensemble/plain_run.hpp"

#include <numeric>

namespace attest::chance {

double cosine_of_rows(const float* rows, std::size_t n, std::size_t width)
{
    std::vector<double> total(width);
    kernels::add_rows(rows, n, width, total.data());
    double squared = 0;
    for (const double x : total) {
        squared += x * x;
    }
    return average_cosine(squared, static_cast<long>(n));
}

double mean_of(const double* numbers, std::size_t n)
{
    return std::accumulate(numbers, numbers + n, 0.0) / static_cast<double>(n);
}

} // namespace attest::chance
