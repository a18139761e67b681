#include "attest/flow/series_kernel.hpp"

#include "attest/flow/taylor_series.hpp"
#include "attest/flow/taylor_tape.hpp"
#include "attest/numbers/errors.hpp"

#include <arb_poly.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace attest::flow::detail {
namespace {

class Recurrences : public SeriesKernel {
public:
    Recurrences(long n, const LogisticRates& rates, std::size_t order, long bits) :
        tape_(compile_as_written(system(n, rates))), series_(tape_, ArbField<true>(bits), order),
        grows_(rates.grows)
    {
    }

    void expand(const SeriesCentre& centre, ArbVector& r, ArbVector& clock) override
    {
        ArbVector start(3);
        arb_set(start.at(0), centre.epsilon.raw());
        arb_set(start.at(1), centre.clock.raw());
        arb_set(start.at(2), centre.r.raw());
        series_.expand(start.at(0), start);
        clock = series_.state(1);
        if (grows_) {
            r = series_.state(2);
        } else {
            r = ArbVector(1);
            arb_set(r.at(0), centre.r.raw());
        }
    }

private:
    static System system(long n, const LogisticRates& rates)
    {
        const Expr eps = Expr::symbol("eps");
        // Written with the square apart: it needs half an inner product.
        System result{"sigma",
                      {"eps", "clock", "r"},
                      {Expr(Rational(2 * (n - 1), n)) * (eps * eps) - 2 * eps, rates.clock_rate,
                       Expr::symbol("r") * rates.log_r_rate}};
        return result;
    }

    Tape tape_;
    TapeSeries<ArbField<true>> series_;
    bool grows_;
};

class Polynomial {
public:
    Polynomial() { arb_poly_init(value_); }
    Polynomial(Polynomial&& other) noexcept
    {
        arb_poly_init(value_);
        arb_poly_swap(value_, other.value_);
    }
    Polynomial& operator=(Polynomial&& other) noexcept
    {
        arb_poly_swap(value_, other.value_);
        return *this;
    }
    Polynomial(const Polynomial&) = delete;
    Polynomial& operator=(const Polynomial&) = delete;
    ~Polynomial() { arb_poly_clear(value_); }
    arb_poly_struct* raw() noexcept { return value_; }
    const arb_poly_struct* raw() const noexcept { return value_; }

private:
    arb_poly_t value_;
};

/// 1/w by Newton's iteration g <- g + g (1 - w g), doubling the number of known terms.
Polynomial inverse(const Polynomial& w, slong length, slong bits)
{
    std::vector<slong> lengths;
    for (slong n = length; n > 32; n = (n + 1) / 2) {
        lengths.push_back(n);
    }
    const slong base = lengths.empty() ? length : (lengths.back() + 1) / 2;
    Polynomial g;
    arb_poly_inv_series(g.raw(), w.raw(), base, bits);
    Polynomial error;
    Polynomial correction;
    std::reverse(lengths.begin(), lengths.end());
    for (const slong n : lengths) {
        const slong known = arb_poly_length(g.raw());
        arb_poly_mullow(error.raw(), w.raw(), g.raw(), n, bits);
        // The first `known` coefficients of w g are 1, 0, ..., 0 exactly.
        arb_poly_shift_right(error.raw(), error.raw(), known);
        arb_poly_mullow(correction.raw(), error.raw(), g.raw(), n - known, bits);
        arb_poly_shift_left(correction.raw(), correction.raw(), known);
        arb_poly_sub(g.raw(), g.raw(), correction.raw(), bits);
    }
    return g;
}

/// Operations of a tape on whole power series.
class PolynomialTape {
public:
    PolynomialTape(const Tape& tape, slong length, slong bits) :
        tape_(tape), length_(length), bits_(bits), values_(tape.operations.size())
    {
        for (const Expr& constant : tape.constants) {
            constants_.push_back(constant.evaluate<Ball>({}));
        }
    }

    void reset()
    {
        for (auto& value : values_) {
            value.reset();
        }
    }
    void set_state(std::size_t i, Polynomial value) { values_[i] = std::move(value); }

    /// States come first in a tape; the one asked for must have its states set.
    const Polynomial& value(std::size_t id)
    {
        if (!values_[id]) {
            values_[id] = compute(id);
        }
        return *values_[id];
    }

private:
    Polynomial compute(std::size_t id)
    {
        const Tape::Operation& op = tape_.operations[id];
        Polynomial result;
        auto* const out = result.raw();
        switch (op.kind) {
        case Tape::Kind::State:
        case Tape::Kind::Independent:
            throw DomainError("a state of the series has no value");
        case Tape::Kind::Constant:
            arb_poly_set_arb(out, constants_[op.constant].raw());
            break;
        case Tape::Kind::Linear: {
            Polynomial term;
            if (op.constant != Tape::npos) {
                arb_poly_set_arb(out, constants_[op.constant].raw());
            }
            for (const Tape::Term& t : op.terms) {
                arb_poly_scalar_mul(term.raw(), value(t.operand).raw(), constants_[t.weight].raw(),
                                    bits_);
                arb_poly_add(out, out, term.raw(), bits_);
            }
            break;
        }
        case Tape::Kind::Multiply:
            arb_poly_mullow(out, value(op.a).raw(), value(op.b).raw(), length_, bits_);
            break;
        case Tape::Kind::Square:
            arb_poly_mullow(out, value(op.a).raw(), value(op.a).raw(), length_, bits_);
            break;
        case Tape::Kind::Divide: {
            const Polynomial& b = value(op.b);
            const Polynomial g = inverse(b, length_, bits_);
            arb_poly_mullow(out, value(op.a).raw(), g.raw(), length_, bits_);
            break;
        }
        case Tape::Kind::Exp:
            arb_poly_exp_series(out, value(op.a).raw(), length_, bits_);
            break;
        case Tape::Kind::Log:
            arb_poly_log_series(out, value(op.a).raw(), length_, bits_);
            break;
        case Tape::Kind::Sqrt:
            arb_poly_sqrt_series(out, value(op.a).raw(), length_, bits_);
            break;
        case Tape::Kind::Power: {
            const Ball exponent(op.exponent);
            arb_poly_pow_arb_series(out, value(op.a).raw(), exponent.raw(), length_, bits_);
            break;
        }
        case Tape::Kind::Sin:
            arb_poly_sin_series(out, value(op.a).raw(), length_, bits_);
            break;
        case Tape::Kind::Cos:
            arb_poly_cos_series(out, value(op.a).raw(), length_, bits_);
            break;
        }
        return result;
    }

    const Tape& tape_;
    slong length_;
    slong bits_;
    std::vector<Ball> constants_;
    std::vector<std::optional<Polynomial>> values_;
};

ArbVector coefficients(const Polynomial& p, std::size_t length)
{
    ArbVector c(length);
    for (std::size_t k = 0; k < length; ++k) {
        arb_poly_get_coeff_arb(c.at(k), p.raw(), static_cast<slong>(k));
    }
    return c;
}

class Products : public SeriesKernel {
public:
    Products(long n, const LogisticRates& rates, std::size_t order, long bits) :
        n_(n), bits_(bits), length_(static_cast<slong>(order) + 1), grows_(rates.grows),
        tape_(compile_as_written({"sigma", {"eps", "r"}, {rates.log_r_rate, rates.clock_rate}})),
        series_(tape_, length_, bits)
    {
    }

    void expand(const SeriesCentre& centre, ArbVector& r, ArbVector& clock) override
    {
        series_.reset();
        series_.set_state(0, epsilon(centre));
        const auto length = static_cast<std::size_t>(length_);
        if (grows_) {
            Polynomial logarithm;
            arb_poly_integral(logarithm.raw(), series_.value(tape_.rates[0]).raw(), bits_);
            arb_poly_truncate(logarithm.raw(), length_);
            Polynomial factor;
            arb_poly_exp_series(factor.raw(), logarithm.raw(), length_, bits_);
            arb_poly_scalar_mul(factor.raw(), factor.raw(), centre.r.raw(), bits_);
            r = coefficients(factor, length);
            series_.set_state(1, std::move(factor));
        } else {
            r = ArbVector(1);
            arb_set(r.at(0), centre.r.raw());
            Polynomial constant;
            arb_poly_set_arb(constant.raw(), centre.r.raw());
            series_.set_state(1, std::move(constant));
        }
        Polynomial integral;
        arb_poly_integral(integral.raw(), series_.value(tape_.rates[1]).raw(), bits_);
        arb_poly_set_coeff_arb(integral.raw(), 0, centre.clock.raw());
        clock = coefficients(integral, length);
    }

private:
    /// 1/(rise e^{2h} + (n-1)/n)
    Polynomial epsilon(const SeriesCentre& centre) const
    {
        Polynomial w;
        arb_poly_fit_length(w.raw(), length_);
        Ball term = centre.rise;
        for (slong k = 0; k < length_; ++k) {
            if (k > 0) {
                arb_mul_2exp_si(term.raw(), term.raw(), 1);
                arb_div_si(term.raw(), term.raw(), k, bits_);
            }
            arb_poly_set_coeff_arb(w.raw(), k, term.raw());
        }
        Ball constant(Rational(n_ - 1, n_));
        arb_add(constant.raw(), constant.raw(), centre.rise.raw(), bits_);
        arb_poly_set_coeff_arb(w.raw(), 0, constant.raw());
        return inverse(w, length_, bits_);
    }

    long n_;
    slong bits_;
    slong length_;
    bool grows_;
    Tape tape_;
    PolynomialTape series_;
};

} // namespace

std::unique_ptr<SeriesKernel> make_recurrences(long n, const LogisticRates& rates,
                                               std::size_t order, long bits)
{
    return std::make_unique<Recurrences>(n, rates, order, bits);
}

std::unique_ptr<SeriesKernel> make_products(long n, const LogisticRates& rates, std::size_t order,
                                            long bits)
{
    return std::make_unique<Products>(n, rates, order, bits);
}

} // namespace attest::flow::detail
