#include "cli/enclosure_text.hpp"

#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <cmath>

namespace attest::cli {
Ends ends_of(const Ball& x, long digits)
{
    return {to_directed_decimal(x.lower(), digits, MPFR_RNDD),
            to_directed_decimal(x.upper(), digits, MPFR_RNDU)};
}

std::string exact_decimal(const Rational& x)
{
    constexpr std::size_t most_places = 40;
    Integer scaled = boost::multiprecision::numerator(x);
    Integer rest = boost::multiprecision::denominator(x);
    for (std::size_t places = 0; places <= most_places; ++places) {
        if (scaled % rest == 0) {
            const bool negative = scaled < 0;
            std::string digits = Integer(abs(scaled) / rest).str();
            if (digits.size() > most_places) {
                break;
            }
            if (places > 0) {
                if (digits.size() <= places) {
                    digits.insert(0, places + 1 - digits.size(), '0');
                }
                digits.insert(digits.size() - places, ".");
            }
            return (negative ? "-" : "") + digits;
        }
        scaled *= 10;
    }
    return to_string(x);
}

std::vector<Rational> sample_times(const Rational& until, long samples, bool geometric)
{
    std::vector<Rational> times;
    const auto end = until.convert_to<double>();
    for (long k = 0; k + 1 < samples; ++k) {
        if (!geometric) {
            times.emplace_back(until * k / (samples - 1));
        } else if (k == 0) {
            times.emplace_back(0);
        } else {
            const double t = 0.01
                             * std::pow(end / 0.01, static_cast<double>(k - 1)
                                                        / static_cast<double>(samples - 2));
            times.push_back(parse_rational(fmt::format("{:.5e}", t)));
        }
    }
    times.push_back(until);
    return times;
}

std::string enclosures_csv(const std::vector<EnclosedRow>& rows, long digits)
{
    const PrecisionScope scope(bits_for_digits(digits) + 64);
    std::string csv = "t,gamma_lower,gamma_upper,r_lower,r_upper,one_minus_gamma_lower,"
                      "one_minus_gamma_upper\n";
    for (const EnclosedRow& row : rows) {
        const Ends gamma = ends_of(row.state.gamma, digits);
        const Ends r = ends_of(row.state.r, digits);
        const Ends epsilon = ends_of(row.state.epsilon, digits);
        csv += fmt::format("{},{},{},{},{},{},{}\n", exact_decimal(row.t), gamma.lower, gamma.upper,
                           r.lower, r.upper, epsilon.lower, epsilon.upper);
    }
    return csv;
}

nlohmann::ordered_json enclosures_json(const std::vector<EnclosedRow>& rows, long digits)
{
    const PrecisionScope scope(bits_for_digits(digits) + 64);
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const EnclosedRow& row : rows) {
        nlohmann::ordered_json entry{{"t", exact_decimal(row.t)}};
        const auto add = [&](const char* name, const Ball& x) {
            const Ends ends = ends_of(x, digits);
            entry[name] = {ends.lower, ends.upper};
        };
        add("gamma", row.state.gamma);
        add("r", row.state.r);
        add("one_minus_gamma", row.state.epsilon);
        json.push_back(std::move(entry));
    }
    return json;
}

} // namespace attest::cli
