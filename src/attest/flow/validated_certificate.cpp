#include "attest/flow/validated.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/flat_formulas.hpp"

#include <flint/fmpz.h>
#include <nlohmann/json.hpp>

#include <array>

namespace attest::flow {
namespace {

using nlohmann::ordered_json;

/// fmpz_t, owned.
class Whole {
public:
    Whole() { fmpz_init(value_); }
    ~Whole() { fmpz_clear(value_); }
    Whole(const Whole&) = delete;
    Whole& operator=(const Whole&) = delete;
    fmpz* raw() { return value_; }
    std::string text() const
    {
        std::string out(fmpz_sizeinbase(value_, 10) + 2, '\0');
        fmpz_get_str(out.data(), 10, value_);
        out.resize(out.find('\0'));
        return out;
    }

private:
    fmpz_t value_;
};

/// arf_t, owned.
class Float {
public:
    Float() { arf_init(value_); }
    ~Float() { arf_clear(value_); }
    Float(const Float&) = delete;
    Float& operator=(const Float&) = delete;
    arf_ptr raw() { return value_; }

private:
    arf_t value_;
};

/// "m*2^e" with an odd m, or a plain integer.
std::string dyadic(arf_srcptr x)
{
    Whole mantissa;
    Whole exponent;
    arf_get_fmpz_2exp(mantissa.raw(), exponent.raw(), x);
    if (fmpz_is_zero(exponent.raw()) != 0) {
        return mantissa.text();
    }
    if (fmpz_sgn(exponent.raw()) > 0 && fmpz_cmp_ui(exponent.raw(), 32) < 0) {
        fmpz_mul_2exp(mantissa.raw(), mantissa.raw(), fmpz_get_ui(exponent.raw()));
        return mantissa.text();
    }
    return mantissa.text() + "*2^" + exponent.text();
}

std::string dyadic(const Ball& exact)
{
    return dyadic(arb_midref(exact.raw()));
}

/// Exact ends of a ball.
ordered_json ends(const Ball& x)
{
    Float radius;
    Float end;
    arf_set_mag(radius.raw(), arb_radref(x.raw()));
    ordered_json out = ordered_json::array();
    arf_sub(end.raw(), arb_midref(x.raw()), radius.raw(), ARF_PREC_EXACT, ARF_RND_DOWN);
    out.push_back(dyadic(end.raw()));
    arf_add(end.raw(), arb_midref(x.raw()), radius.raw(), ARF_PREC_EXACT, ARF_RND_DOWN);
    out.push_back(dyadic(end.raw()));
    return out;
}

ordered_json list(const std::vector<Ball>& exact)
{
    ordered_json out = ordered_json::array();
    for (const Ball& x : exact) {
        out.push_back(dyadic(x));
    }
    return out;
}

ordered_json to_json(const ValidatedStep& step)
{
    ordered_json hull = ordered_json::array();
    for (const Ball& x : step.hull) {
        hull.push_back(ends(x));
    }
    ordered_json frame = ordered_json::array();
    for (Eigen::Index i = 0; i < step.end.frame.rows(); ++i) {
        ordered_json row = ordered_json::array();
        for (Eigen::Index j = 0; j < step.end.frame.cols(); ++j) {
            row.push_back(dyadic(step.end.frame(i, j)));
        }
        frame.push_back(std::move(row));
    }
    return {{"h", dyadic(step.h)},       {"order", step.order},
            {"hull", std::move(hull)},   {"center", list(step.end.center)},
            {"frame", std::move(frame)}, {"radius", list(step.end.radius)}};
}

} // namespace

std::string tube_certificate(const Tube& tube, const std::vector<TubeConclusion>& conclusions)
{
    constexpr std::array<std::string_view, 4> relations{">", ">=", "<", "<="};
    const System& system = tube.system();
    std::vector<Expr> formulas = system.rates;
    for (const TubeConclusion& conclusion : conclusions) {
        if (std::find(relations.begin(), relations.end(), conclusion.relation) == relations.end()
            || (conclusion.where != "end" && conclusion.where != "always")) {
            throw InputError("conclusion '" + conclusion.relation + "' at '" + conclusion.where
                             + "': must be >, >=, <, <= at end or always");
        }
        formulas.push_back(conclusion.formula);
    }
    std::vector<std::string> taken = system.states;
    taken.push_back(system.independent);
    const SharedText parts = shared_text(formulas, taken);

    ordered_json json{{"kind", "tube"}};
    if (!parts.let.empty()) {
        json["let"] = ordered_json::array();
        for (const auto& [name, text] : parts.let) {
            json["let"].push_back({name, text});
        }
    }
    json["independent"] = system.independent;
    json["states"] = system.states;
    json["rates"] = ordered_json::array();
    for (std::size_t i = 0; i < system.rates.size(); ++i) {
        json["rates"].push_back(parts.formulas[i]);
    }
    json["start"] = dyadic(tube.start());
    json["initial"] = ordered_json::array();
    for (const InitialRange& range : tube.initial()) {
        json["initial"].push_back({to_string(range.lo), to_string(range.hi)});
    }
    json["steps"] = ordered_json::array();
    for (const ValidatedStep& step : tube.steps()) {
        json["steps"].push_back(to_json(step));
    }
    if (!conclusions.empty()) {
        json["conclusions"] = ordered_json::array();
        for (std::size_t i = 0; i < conclusions.size(); ++i) {
            json["conclusions"].push_back({{"formula", parts.formulas[system.rates.size() + i]},
                                           {"relation", conclusions[i].relation},
                                           {"where", conclusions[i].where}});
        }
    }
    json["bits"] = tube.bits();
    return json.dump();
}

} // namespace attest::flow
