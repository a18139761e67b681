#include "cli/ensemble_store.hpp"

#include "attest/chance/mean_bounds.hpp"
#include "attest/model/schemes.hpp"
#include "attest/report/file.hpp"

#include <fmt/format.h>
#include <hdf5.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <sstream>
#include <vector>

namespace attest::cli {
namespace {

using chance::EnsembleStatistics;

/// A handle of the HDF5 library, with the function that closes it.
class Handle {
public:
    Handle(hid_t id, herr_t (*close)(hid_t), const char* what) : id_(id), close_(close)
    {
        if (id < 0) {
            throw report::IoError(fmt::format("HDF5 cannot make {}", what));
        }
    }
    ~Handle() { close_(id_); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    hid_t get() const { return id_; }

private:
    hid_t id_;
    herr_t (*close_)(hid_t);
};

void require(herr_t status, const char* what)
{
    if (status < 0) {
        throw report::IoError(fmt::format("HDF5 cannot write {}", what));
    }
}

using Shape = std::vector<hsize_t>;

/// Levels of SimultaneousBands::quantile.
constexpr double law_levels[] = {0.05, 0.5, 0.95};

void put(hid_t file, const char* name, const Shape& shape, const std::vector<double>& numbers)
{
    const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                       H5Sclose, name);
    // No times of creation: equal ensembles give equal files.
    const Handle how(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "a property list");
    require(H5Pset_obj_track_times(how.get(), 0), "a property list");
    const Handle set(
        H5Dcreate2(file, name, H5T_IEEE_F64LE, space.get(), H5P_DEFAULT, how.get(), H5P_DEFAULT),
        H5Dclose, name);
    require(H5Dwrite(set.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()),
            name);
}

void set_attribute(hid_t file, const std::string& name, const std::string& value)
{
    const Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "a type");
    require(H5Tset_size(type.get(), value.size() + 1), "a type");
    const Handle space(H5Screate(H5S_SCALAR), H5Sclose, "a space");
    const Handle attribute(
        H5Acreate2(file, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
        name.c_str());
    require(H5Awrite(attribute.get(), type.get(), value.c_str()), name.c_str());
}

/// f(scheme, time) for all of them.
template <class F>
std::vector<double> table(const EnsembleStatistics& statistics, const F& f)
{
    std::vector<double> out;
    for (std::size_t s = 0; s < statistics.schemes(); ++s) {
        for (std::size_t t = 0; t < statistics.times(); ++t) {
            out.push_back(f(s, t));
        }
    }
    return out;
}

void fill(hid_t file, const std::string& setting, const EnsembleStatistics& statistics,
          const chance::SimultaneousBands& bands)
{
    std::istringstream lines(setting);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t gap = line.find(' ');
        set_attribute(file, line.substr(0, gap),
                      gap == std::string::npos ? "" : line.substr(gap + 1));
    }
    set_attribute(file, "runs", std::to_string(statistics.runs()));
    set_attribute(file, "schemes", fmt::format("{}", fmt::join(model::scheme_names, " ")));
    const hsize_t schemes = statistics.schemes();
    const hsize_t times = statistics.times();
    const auto curve = [&](const char* name, const auto& f) {
        put(file, name, {schemes, times}, table(statistics, f));
    };
    curve("mean", [&](auto s, auto t) { return statistics.mean(s, t); });
    curve("variance", [&](auto s, auto t) { return statistics.variance(s, t); });
    curve("lowest", [&](auto s, auto t) { return statistics.lowest(s, t); });
    curve("highest", [&](auto s, auto t) { return statistics.highest(s, t); });
    curve("mean_magnitude", [&](auto s, auto t) { return statistics.mean_magnitude(s, t); });
    curve("variance_of_magnitude",
          [&](auto s, auto t) { return statistics.variance_of_magnitude(s, t); });

    // Limits of the law, which all hold together with confidence 95 %.
    set_attribute(file, "statements", std::to_string(bands.statements()));
    set_attribute(file, "share_between_quantiles",
                  fmt::format("{:.6f}", bands.share().convert_to<double>()));
    std::vector<double> limits;
    std::vector<double> quantile_limits;
    for (const bool upper : {false, true}) {
        const auto one = table(statistics, [&](auto s, auto t) {
            const auto interval = bands.mean(s, t);
            return upper ? interval.upper : interval.lower;
        });
        limits.insert(limits.end(), one.begin(), one.end());
    }
    for (std::size_t level = 0; level < std::size(law_levels); ++level) {
        for (const bool upper : {false, true}) {
            const auto one = table(statistics, [&](auto s, auto t) {
                const auto interval = bands.quantile(s, t, level);
                return upper ? interval.upper : interval.lower;
            });
            quantile_limits.insert(quantile_limits.end(), one.begin(), one.end());
        }
    }
    put(file, "law_mean", {2, schemes, times}, limits);
    put(file, "law_quantile_levels", {std::size(law_levels)},
        {std::begin(law_levels), std::end(law_levels)});
    put(file, "law_quantiles", {std::size(law_levels), 2, schemes, times}, quantile_limits);
    std::vector<double> estimates;
    std::vector<double> at_most;
    for (std::size_t s = 0; s < statistics.schemes(); ++s) {
        const NeededRuns needed = needed_runs(statistics, bands, s);
        estimates.push_back(static_cast<double>(needed.estimate));
        at_most.push_back(static_cast<double>(needed.at_most));
    }
    set_attribute(file, "aimed_standard_error", fmt::format("{}", aimed_standard_error));
    put(file, "runs_needed", {schemes}, estimates);
    put(file, "runs_needed_at_most", {schemes}, at_most);

    std::vector<double> levels(std::begin(stored_levels), std::end(stored_levels));
    put(file, "quantile_levels", {levels.size()}, levels);
    std::vector<double> ends;
    for (const double level : levels) {
        for (const bool upper : {false, true}) {
            const auto one = table(statistics, [&](auto s, auto t) {
                const auto interval = statistics.quantile(s, t, level);
                return upper ? interval.upper : interval.lower;
            });
            ends.insert(ends.end(), one.begin(), one.end());
        }
    }
    put(file, "quantiles", {levels.size(), 2, schemes, times}, ends);

    std::vector<double> exponents;
    for (const double level : levels) {
        const auto rank =
            static_cast<std::uint64_t>(std::ceil(level * static_cast<double>(statistics.runs())));
        for (const bool upper : {false, true}) {
            for (std::size_t s = 0; s < statistics.schemes(); ++s) {
                const auto interval = statistics.exponent(s, rank);
                exponents.push_back(upper ? interval.upper : interval.lower);
            }
        }
    }
    put(file, "growth_quantiles", {levels.size(), 2, schemes}, exponents);

    std::vector<double> mean, variance, positive, negative;
    for (std::size_t a = 0; a < schemes; ++a) {
        for (std::size_t b = 0; b < schemes; ++b) {
            for (std::size_t t = 0; t < times; ++t) {
                const auto difference = statistics.difference(a, b, t);
                mean.push_back(difference.mean);
                variance.push_back(difference.variance);
                positive.push_back(static_cast<double>(difference.positive));
                negative.push_back(static_cast<double>(difference.negative));
            }
        }
    }
    const Shape pairs{schemes, schemes, times};
    put(file, "difference_mean", pairs, mean);
    put(file, "difference_variance", pairs, variance);
    put(file, "difference_positive_runs", pairs, positive);
    put(file, "difference_negative_runs", pairs, negative);
}

} // namespace

NeededRuns needed_runs(const EnsembleStatistics& statistics, const chance::SimultaneousBands& bands,
                       std::size_t scheme)
{
    double deviation = 0;
    double limit = 0;
    for (std::size_t t = 0; t < statistics.times(); ++t) {
        deviation = std::max(deviation, std::sqrt(statistics.variance(scheme, t)));
        limit = std::max(limit, bands.deviation_at_most(scheme, t));
    }
    return {chance::runs_needed(deviation, aimed_standard_error),
            chance::runs_needed(limit, aimed_standard_error)};
}

std::string ensemble_csv(const EnsembleStatistics& statistics,
                         const chance::SimultaneousBands& bands)
{
    std::string csv = "scheme,t,mean,standard_error,deviation";
    for (const double level : stored_levels) {
        csv += fmt::format(",q{0:g}_lower,q{0:g}_upper", level);
    }
    csv += ",lowest,highest,mean_magnitude,law_mean_lower,law_mean_upper";
    for (const double level : law_levels) {
        csv += fmt::format(",law_q{0:g}_lower,law_q{0:g}_upper", level);
    }
    csv += '\n';
    for (std::size_t s = 0; s < statistics.schemes(); ++s) {
        for (std::size_t t = 0; t < statistics.times(); ++t) {
            const double deviation = std::sqrt(statistics.variance(s, t));
            csv += fmt::format(
                "{},{},{:.12g},{:.6g},{:.6g}", model::scheme_names[s], t, statistics.mean(s, t),
                deviation / std::sqrt(static_cast<double>(statistics.runs())), deviation);
            for (const double level : stored_levels) {
                const auto interval = statistics.quantile(s, t, level);
                csv += fmt::format(",{:.9g},{:.9g}", interval.lower, interval.upper);
            }
            csv += fmt::format(",{:.9g},{:.9g},{:.9g}", statistics.lowest(s, t),
                               statistics.highest(s, t), statistics.mean_magnitude(s, t));
            const auto mean = bands.mean(s, t);
            csv += fmt::format(",{:.9g},{:.9g}", mean.lower, mean.upper);
            for (std::size_t level = 0; level < std::size(law_levels); ++level) {
                const auto limits = bands.quantile(s, t, level);
                csv += fmt::format(",{:.9g},{:.9g}", limits.lower, limits.upper);
            }
            csv += '\n';
        }
    }
    return csv;
}

void write_ensemble_hdf5(const std::filesystem::path& path, const std::string& setting,
                         const EnsembleStatistics& statistics,
                         const chance::SimultaneousBands& bands)
{
    // Built in memory, so that it reaches its name through the same door as every other file.
    std::vector<char> image;
    {
        const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "a property list");
        constexpr std::size_t growth = 1U << 20U;
        require(H5Pset_fapl_core(access.get(), growth, 0), "a file in memory");
        const Handle file(H5Fcreate("ensemble.h5", H5F_ACC_TRUNC, H5P_DEFAULT, access.get()),
                          H5Fclose, "a file in memory");
        fill(file.get(), setting, statistics, bands);
        require(H5Fflush(file.get(), H5F_SCOPE_LOCAL), "a file in memory");
        const ssize_t size = H5Fget_file_image(file.get(), nullptr, 0);
        require(static_cast<herr_t>(size < 0 ? -1 : 0), "a file in memory");
        image.resize(static_cast<std::size_t>(size));
        require(static_cast<herr_t>(
                    H5Fget_file_image(file.get(), image.data(), image.size()) < 0 ? -1 : 0),
                "a file in memory");
    }
    report::write_file(path, std::string_view(image.data(), image.size()));
}

} // namespace attest::cli
