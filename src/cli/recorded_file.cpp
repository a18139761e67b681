#include "cli/recorded_file.hpp"

#include "cli/arguments.hpp"
#include "cli/csv_table.hpp"
#include "cli/npy_array.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/report/file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>

namespace attest::cli {
namespace {

using flow::RecordedRun;
using flow::RecordedTokens;
using Recorded = std::variant<RecordedRun, RecordedTokens>;

constexpr double single_unit = 0x1p-24;
constexpr double double_unit = 0x1p-53;

void check_tokens(std::size_t n, const RecordedFileOptions& options, const std::string& name)
{
    if (n != static_cast<std::size_t>(options.n)) {
        throw InputError(
            fmt::format("{}: {} tokens: must be n = {}, from 2 on", name, n, options.n));
    }
}

// --- CSV -------------------------------------------------------------------------------------

/// Token and coordinate, from 1 on, of a column x_TOKEN_COORDINATE.
std::optional<std::pair<std::size_t, std::size_t>> coordinate_of(std::string_view name)
{
    if (!name.starts_with("x_")) {
        return std::nullopt;
    }
    const char* const last = name.data() + name.size();
    std::size_t token = 0;
    std::size_t coordinate = 0;
    const auto first = std::from_chars(name.data() + 2, last, token);
    if (first.ec != std::errc() || first.ptr == last || *first.ptr != '_') {
        return std::nullopt;
    }
    const auto second = std::from_chars(first.ptr + 1, last, coordinate);
    if (second.ec != std::errc() || second.ptr != last || token == 0 || coordinate == 0) {
        return std::nullopt;
    }
    return std::pair(token, coordinate);
}

std::vector<Rational> times_of(const CsvTable& table)
{
    const auto column = table.column("t");
    if (!column) {
        throw InputError(fmt::format("{}: no column 't': must have t and gamma (and perhaps r), or "
                                     "t and x_1_1, x_1_2, ..., x_n_d",
                                     table.name()));
    }
    std::vector<Rational> t;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        t.push_back(table.number(row, *column));
    }
    check_times(t, [&](std::size_t k) { return fmt::format("{}: row {}", table.name(), k + 1); });
    return t;
}

/// Half of the last digit that is printed.
double print_of(long decimals)
{
    return 0.5 * std::pow(10.0, -static_cast<double>(decimals));
}

RecordedRun symmetric_csv(const CsvTable& table, double unit)
{
    RecordedRun run;
    run.name = table.name();
    run.unit = unit;
    run.t = times_of(table);
    const std::size_t gamma = *table.column("gamma");
    const auto r = table.column("r");
    for (std::size_t row = 0; row < table.rows(); ++row) {
        run.gamma_low.push_back(table.number(row, gamma));
        if (r) {
            run.r_low.push_back(table.number(row, *r));
        }
    }
    run.gamma_high = run.gamma_low;
    run.r_high = run.r_low;
    run.gamma_print = print_of(table.decimals(gamma));
    // An integer in the column of r is the number itself, such as the 1 of a sphere.
    const long r_decimals = r ? table.decimals(*r) : 0;
    run.r_print = r_decimals > 0 ? print_of(r_decimals) : 0;
    return run;
}

RecordedTokens token_csv(const CsvTable& table, const RecordedFileOptions& options, double unit)
{
    std::size_t n = 0;
    std::size_t d = 0;
    std::vector<std::pair<std::size_t, std::pair<std::size_t, std::size_t>>> places;
    for (std::size_t column = 0; column < table.header().size(); ++column) {
        if (const auto place = coordinate_of(table.header()[column])) {
            n = std::max(n, place->first);
            d = std::max(d, place->second);
            places.emplace_back(column, *place);
        }
    }
    if (n > places.size() || d > places.size() || places.size() != n * d) {
        throw InputError(fmt::format("{}: {} columns x_TOKEN_COORDINATE up to token {} and "
                                     "coordinate {}: must be all n times d of them",
                                     table.name(), places.size(), n, d));
    }
    check_tokens(n, options, table.name());
    RecordedTokens tokens;
    tokens.name = table.name();
    tokens.unit = unit;
    tokens.t = times_of(table);
    for (std::size_t row = 0; row < table.rows(); ++row) {
        Matrix<double> X(d, n);
        for (const auto& [column, place] : places) {
            X(static_cast<Eigen::Index>(place.second - 1),
              static_cast<Eigen::Index>(place.first - 1)) = table.real(row, column);
        }
        tokens.X.push_back(std::move(X));
    }
    return tokens;
}

Recorded read_csv(const CsvTable& table, const RecordedFileOptions& options)
{
    const double unit = options.single ? single_unit : double_unit;
    if (table.column("gamma")) {
        return symmetric_csv(table, unit);
    }
    for (const std::string& name : table.header()) {
        if (coordinate_of(name)) {
            return token_csv(table, options, unit);
        }
    }
    throw InputError(fmt::format("{}: no column 'gamma': must have t and gamma (and perhaps r), or "
                                 "t and x_1_1, x_1_2, ..., x_n_d",
                                 table.name()));
}

// --- .npy ------------------------------------------------------------------------------------

std::vector<Rational> times_file(const std::filesystem::path& file)
{
    std::string bytes = report::read_file(file);
    if (!is_npy(bytes)) {
        return times_of(CsvTable(file.string(), std::move(bytes)));
    }
    const NpyArray array = read_npy(bytes, file.string());
    if (array.shape.size() != 1) {
        throw InputError(fmt::format("{}: shape ({}): times must be an array of one dimension",
                                     file.string(), fmt::join(array.shape, ", ")));
    }
    return {array.values.begin(), array.values.end()};
}

std::vector<Rational> times_for(std::size_t rows, const RecordedFileOptions& options,
                                const std::string& name)
{
    std::vector<Rational> t;
    if (options.times) {
        t = times_file(*options.times);
        if (t.size() != rows) {
            throw InputError(fmt::format("{}: {} times: must be {}, as many as {} has",
                                         options.times->string(), t.size(), rows, name));
        }
    } else if (options.layers || options.step) {
        for (std::size_t k = 0; k < rows; ++k) {
            t.push_back((options.layers ? Rational(1) : *options.step) * Rational(k));
        }
    } else {
        throw InputError(fmt::format("{}: an array of times x n x d has no times: --times FILE, "
                                     "--step or --layers must be given",
                                     name));
    }
    check_times(t, [&](std::size_t k) { return fmt::format("{}: time {}", name, k + 1); });
    return t;
}

Recorded read_array(const NpyArray& array, const std::string& name,
                    const RecordedFileOptions& options)
{
    const double unit = options.single || array.single ? single_unit : double_unit;
    if (array.shape.size() == 2 && (array.shape[1] == 2 || array.shape[1] == 3)) {
        RecordedRun run;
        run.name = name;
        run.unit = unit;
        const std::size_t columns = array.shape[1];
        for (std::size_t row = 0; row < array.shape[0]; ++row) {
            run.t.emplace_back(array.values[row * columns]);
            run.gamma_low.emplace_back(array.values[row * columns + 1]);
            if (columns == 3) {
                run.r_low.emplace_back(array.values[row * columns + 2]);
            }
        }
        run.gamma_high = run.gamma_low;
        run.r_high = run.r_low;
        check_times(run.t, [&](std::size_t k) { return fmt::format("{}: row {}", name, k + 1); });
        return run;
    }
    if (array.shape.size() != 3) {
        throw InputError(fmt::format("{}: shape ({}): must be rows x 2 (t, gamma), rows x 3 (t, "
                                     "gamma, r) or times x n x d",
                                     name, fmt::join(array.shape, ", ")));
    }
    const std::size_t n = array.shape[1];
    const std::size_t d = array.shape[2];
    check_tokens(n, options, name);
    RecordedTokens tokens;
    tokens.name = name;
    tokens.unit = unit;
    tokens.t = times_for(array.shape[0], options, name);
    for (std::size_t row = 0; row < array.shape[0]; ++row) {
        tokens.X.push_back(Eigen::Map<const Matrix<double>>(array.values.data() + row * n * d,
                                                            static_cast<Eigen::Index>(d),
                                                            static_cast<Eigen::Index>(n)));
    }
    return tokens;
}

} // namespace

Recorded read_recorded(const std::filesystem::path& file, const RecordedFileOptions& options)
{
    std::string bytes = report::read_file(file);
    if (is_npy(bytes)) {
        return read_array(read_npy(bytes, file.string()), file.string(), options);
    }
    if (file.extension() == ".npy") {
        read_npy(bytes, file.string()); // says what is wrong with the magic
    }
    return read_csv(CsvTable(file.string(), std::move(bytes)), options);
}

} // namespace attest::cli
