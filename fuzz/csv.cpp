// A table of comma-separated values.
#include "fuzz/target.hpp"

#include "cli/csv_table.hpp"

#include <cmath>

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    fuzz::may_refuse([&] {
        const cli::CsvTable table("table.csv", std::string(fuzz::view(data, size)));
        for (std::size_t column = 0; column < table.header().size(); ++column) {
            fuzz::may_refuse([&] {
                for (std::size_t row = 0; row < table.rows(); ++row) {
                    const double near = table.real(row, column);
                    const double exact = table.number(row, column).convert_to<double>();
                    fuzz::require(std::abs(near - exact) <= 1e-15 * std::abs(exact) + 1e-300,
                                  "the double is near the exact number");
                }
                fuzz::require(table.decimals(column) >= 0, "digits are counted from 0");
            });
        }
    });
    return 0;
}
