#include "attest/numbers/symbolic.hpp"

#include <flint/fmpq_mpoly.h>
#include <flint/fmpq_mpoly_factor.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace attest {
namespace {

/// Room for generators. Square roots are the most significant variables of the lexicographic order,
/// so that division by S^2 - p reduces every power of S.
constexpr slong square_root_slots = 8;
constexpr slong plain_slots = 40;
constexpr slong all_slots = square_root_slots + plain_slots;

class Context {
public:
    Context() { fmpq_mpoly_ctx_init(context_, all_slots, ORD_LEX); }
    ~Context() { fmpq_mpoly_ctx_clear(context_); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    Context(Context&&) = delete;
    Context& operator=(Context&&) = delete;
    const fmpq_mpoly_ctx_struct* raw() const noexcept { return context_; }

private:
    fmpq_mpoly_ctx_t context_;
};

} // namespace

namespace {

/// RAII polynomial that keeps its context alive.
class Polynomial {
public:
    explicit Polynomial(std::shared_ptr<const Context> context) : context_(std::move(context))
    {
        fmpq_mpoly_init(value_, context_->raw());
    }
    Polynomial(const Polynomial& other) : context_(other.context_)
    {
        fmpq_mpoly_init(value_, context_->raw());
        fmpq_mpoly_set(value_, other.value_, context_->raw());
    }
    Polynomial& operator=(const Polynomial& other)
    {
        if (this != &other) {
            fmpq_mpoly_set(value_, other.value_, context_->raw());
        }
        return *this;
    }
    Polynomial(Polynomial&& other) noexcept : Polynomial(other.context_)
    {
        fmpq_mpoly_swap(value_, other.value_, context_->raw());
    }
    Polynomial& operator=(Polynomial&& other) noexcept
    {
        fmpq_mpoly_swap(value_, other.value_, context_->raw());
        return *this;
    }
    ~Polynomial() { fmpq_mpoly_clear(value_, context_->raw()); }

    fmpq_mpoly_struct* raw() noexcept { return value_; }
    const fmpq_mpoly_struct* raw() const noexcept { return value_; }
    const fmpq_mpoly_ctx_struct* ctx() const noexcept { return context_->raw(); }
    const std::shared_ptr<const Context>& context() const noexcept { return context_; }

    bool is_zero() const { return fmpq_mpoly_is_zero(value_, ctx()) != 0; }
    bool is_constant() const { return fmpq_mpoly_is_fmpq(value_, ctx()) != 0; }
    slong terms() const { return fmpq_mpoly_length(value_, ctx()); }

private:
    std::shared_ptr<const Context> context_;
    fmpq_mpoly_t value_;
};

Polynomial operator+(const Polynomial& a, const Polynomial& b)
{
    Polynomial result(a.context());
    fmpq_mpoly_add(result.raw(), a.raw(), b.raw(), a.ctx());
    return result;
}
Polynomial operator-(const Polynomial& a, const Polynomial& b)
{
    Polynomial result(a.context());
    fmpq_mpoly_sub(result.raw(), a.raw(), b.raw(), a.ctx());
    return result;
}
Polynomial operator*(const Polynomial& a, const Polynomial& b)
{
    Polynomial result(a.context());
    fmpq_mpoly_mul(result.raw(), a.raw(), b.raw(), a.ctx());
    return result;
}

class Fmpq {
public:
    Fmpq() { fmpq_init(value_); }
    explicit Fmpq(const Rational& value) : Fmpq() { fmpq_set_mpq(value_, value.backend().data()); }
    ~Fmpq() { fmpq_clear(value_); }
    Fmpq(const Fmpq&) = delete;
    Fmpq& operator=(const Fmpq&) = delete;
    Fmpq(Fmpq&&) = delete;
    Fmpq& operator=(Fmpq&&) = delete;
    fmpq* raw() noexcept { return value_; }
    Rational rational() const
    {
        Rational result;
        fmpq_get_mpq(result.backend().data(), value_);
        return result;
    }

private:
    fmpq_t value_;
};

using Exponents = std::array<ulong, all_slots>;

struct Term {
    Rational coefficient;
    Exponents exponents{};
};

std::vector<Term> terms_of(const Polynomial& p)
{
    std::vector<Term> terms;
    for (slong i = 0; i < p.terms(); ++i) {
        Term term;
        Fmpq coefficient;
        fmpq_mpoly_get_term_coeff_fmpq(coefficient.raw(), p.raw(), i, p.ctx());
        fmpq_mpoly_get_term_exp_ui(term.exponents.data(), p.raw(), i, p.ctx());
        term.coefficient = coefficient.rational();
        terms.push_back(std::move(term));
    }
    return terms;
}

} // namespace

struct SymbolicField::Impl {
    std::shared_ptr<const Context> context = std::make_shared<Context>();
    std::map<std::string, slong> slot_of; ///< generator name -> variable index
    std::array<std::string, all_slots> name_of;
    std::vector<Polynomial> square_root_squares; ///< S_i^2, i counted from the last slot down
    slong next_plain = square_root_slots;
    SymbolicField* former = nullptr;

    static SymbolicField*& current()
    {
        thread_local SymbolicField* field = nullptr;
        return field;
    }
    static Impl& get()
    {
        if (current() == nullptr) {
            throw std::logic_error("symbolic arithmetic needs a SymbolicField in scope");
        }
        return current()->impl();
    }

    Polynomial constant(const Rational& value) const
    {
        Polynomial result(context);
        Fmpq exact(value);
        fmpq_mpoly_set_fmpq(result.raw(), exact.raw(), context->raw());
        return result;
    }
    Polynomial generator(slong slot) const
    {
        Polynomial result(context);
        fmpq_mpoly_gen(result.raw(), slot, context->raw());
        return result;
    }
    Polynomial plain(const std::string& name)
    {
        const auto found = slot_of.find(name);
        if (found != slot_of.end()) {
            return generator(found->second);
        }
        if (next_plain >= all_slots) {
            throw DomainError(
                fmt::format("a symbolic field holds at most {} symbols", plain_slots));
        }
        slot_of[name] = next_plain;
        name_of[static_cast<std::size_t>(next_plain)] = name;
        return generator(next_plain++);
    }
    slong square_root_slot(std::size_t index) const
    {
        return square_root_slots - 1 - static_cast<slong>(index);
    }
    /// Square root of a polynomial: an old generator for the same radicand, or a new one.
    Polynomial square_root(const Polynomial& radicand)
    {
        for (std::size_t i = 0; i < square_root_squares.size(); ++i) {
            if ((square_root_squares[i] - radicand).is_zero()) {
                return generator(square_root_slot(i));
            }
        }
        if (square_root_squares.size() >= static_cast<std::size_t>(square_root_slots)) {
            throw DomainError(
                fmt::format("a symbolic field holds at most {} square roots", square_root_slots));
        }
        const slong slot = square_root_slot(square_root_squares.size());
        square_root_squares.push_back(radicand);
        const std::string name = fmt::format("sqrt{}", square_root_squares.size());
        slot_of[name] = slot;
        name_of[static_cast<std::size_t>(slot)] = name;
        return generator(slot);
    }
    /// Remainder modulo every S^2 - p: at most the first power of each square root is left. The
    /// youngest root is reduced first, because its radicand may contain older ones.
    Polynomial reduced(Polynomial p) const
    {
        for (std::size_t i = square_root_squares.size(); i-- > 0;) {
            const Polynomial root = generator(square_root_slot(i));
            const Polynomial relation = root * root - square_root_squares[i];
            Polynomial quotient(context);
            Polynomial remainder(context);
            fmpq_mpoly_divrem(quotient.raw(), remainder.raw(), p.raw(), relation.raw(),
                              context->raw());
            p = std::move(remainder);
        }
        return p;
    }
    std::vector<const char*> names() const
    {
        std::vector<const char*> pointers;
        for (const std::string& name : name_of) {
            pointers.push_back(name.c_str());
        }
        return pointers;
    }
};

SymbolicField::SymbolicField() : impl_(std::make_unique<Impl>())
{
    impl_->former = Impl::current();
    Impl::current() = this;
}

SymbolicField::~SymbolicField()
{
    Impl::current() = impl_->former;
}

struct Symbolic::Value {
    Polynomial numerator;
    Polynomial denominator;

    static Symbolic make(const Polynomial& numerator, const Polynomial& denominator)
    {
        const SymbolicField::Impl& field = SymbolicField::Impl::get();
        Polynomial top = field.reduced(numerator);
        Polynomial bottom = field.reduced(denominator);
        if (bottom.is_zero()) {
            throw DomainError("division by an expression that is identically zero");
        }
        if (top.is_zero()) {
            return Symbolic(
                std::make_shared<const Value>(Value{std::move(top), field.constant(1)}));
        }
        Polynomial common(field.context);
        if (fmpq_mpoly_gcd(common.raw(), top.raw(), bottom.raw(), top.ctx()) != 0
            && !common.is_constant()) {
            Polynomial a(field.context);
            Polynomial b(field.context);
            fmpq_mpoly_divides(a.raw(), top.raw(), common.raw(), top.ctx());
            fmpq_mpoly_divides(b.raw(), bottom.raw(), common.raw(), top.ctx());
            top = std::move(a);
            bottom = std::move(b);
        }
        // One canonical sign: the leading coefficient of the denominator is positive.
        Fmpq leading;
        fmpq_mpoly_get_term_coeff_fmpq(leading.raw(), bottom.raw(), 0, bottom.ctx());
        if (fmpq_sgn(leading.raw()) < 0) {
            fmpq_mpoly_neg(top.raw(), top.raw(), top.ctx());
            fmpq_mpoly_neg(bottom.raw(), bottom.raw(), bottom.ctx());
        }
        return Symbolic(std::make_shared<const Value>(Value{std::move(top), std::move(bottom)}));
    }
};

Symbolic::Symbolic(const Rational& value)
{
    const SymbolicField::Impl& field = SymbolicField::Impl::get();
    value_ = std::make_shared<const Value>(Value{field.constant(value), field.constant(1)});
}

Symbolic Symbolic::symbol(std::string_view name)
{
    SymbolicField::Impl& field = SymbolicField::Impl::get();
    return Value::make(field.plain(std::string(name)), field.constant(1));
}

Truth Symbolic::is_zero() const
{
    if (value_->numerator.is_zero()) {
        return Truth::True;
    }
    return value_->numerator.is_constant() ? Truth::False : Truth::Unknown;
}

Truth Symbolic::is_manifestly_nonnegative() const
{
    const auto nonnegative = [](const Polynomial& p) {
        const std::vector<Term> terms = terms_of(p);
        return std::all_of(terms.begin(), terms.end(),
                           [](const Term& term) { return term.coefficient >= 0; });
    };
    return nonnegative(value_->numerator) && nonnegative(value_->denominator) ? Truth::True
                                                                              : Truth::Unknown;
}

Truth Symbolic::is_manifestly_positive(const std::vector<std::string>& may_vanish) const
{
    const SymbolicField::Impl& field = SymbolicField::Impl::get();
    const auto free_of_vanishing = [&](const Term& term) {
        return std::none_of(may_vanish.begin(), may_vanish.end(), [&](const std::string& name) {
            const auto found = field.slot_of.find(name);
            return found != field.slot_of.end()
                   && term.exponents[static_cast<std::size_t>(found->second)] > 0;
        });
    };
    const auto positive = [&](const Polynomial& p) {
        const std::vector<Term> terms = terms_of(p);
        return std::any_of(terms.begin(), terms.end(), free_of_vanishing);
    };
    return is_true(is_manifestly_nonnegative()) && positive(value_->numerator)
                   && positive(value_->denominator)
               ? Truth::True
               : Truth::Unknown;
}

Symbolic Symbolic::denominator() const
{
    return Value::make(value_->denominator, SymbolicField::Impl::get().constant(1));
}

Symbolic Symbolic::substitute(const std::vector<Replacement>& replacements) const
{
    const SymbolicField::Impl& field = SymbolicField::Impl::get();
    std::map<slong, Symbolic> by_slot;
    for (const Replacement& replacement : replacements) {
        const auto found = field.slot_of.find(replacement.generator);
        if (found != field.slot_of.end()) {
            by_slot.emplace(found->second, replacement.value);
        }
    }
    const auto value_of = [&](const Polynomial& p) {
        Symbolic sum(0);
        for (const Term& term : terms_of(p)) {
            Symbolic product(term.coefficient);
            for (slong slot = 0; slot < all_slots; ++slot) {
                const ulong exponent = term.exponents[static_cast<std::size_t>(slot)];
                if (exponent == 0) {
                    continue;
                }
                const auto found = by_slot.find(slot);
                const Symbolic base = found != by_slot.end()
                                          ? found->second
                                          : Value::make(field.generator(slot), field.constant(1));
                product = product * power(base, Rational(static_cast<long>(exponent)));
            }
            sum = sum + product;
        }
        return sum;
    };
    return value_of(value_->numerator) / value_of(value_->denominator);
}

std::string Symbolic::text() const
{
    const SymbolicField::Impl& field = SymbolicField::Impl::get();
    std::vector<const char*> names = field.names();
    const auto print = [&](const Polynomial& p) {
        char* raw = fmpq_mpoly_get_str_pretty(p.raw(), names.data(), p.ctx());
        std::string text(raw);
        flint_free(raw);
        return text;
    };
    return value_->denominator.is_constant() && print(value_->denominator) == "1"
               ? print(value_->numerator)
               : fmt::format("({})/({})", print(value_->numerator), print(value_->denominator));
}

Symbolic operator+(const Symbolic& a, const Symbolic& b)
{
    return Symbolic::Value::make(a.value_->numerator * b.value_->denominator
                                     + b.value_->numerator * a.value_->denominator,
                                 a.value_->denominator * b.value_->denominator);
}
Symbolic operator-(const Symbolic& a, const Symbolic& b)
{
    return Symbolic::Value::make(a.value_->numerator * b.value_->denominator
                                     - b.value_->numerator * a.value_->denominator,
                                 a.value_->denominator * b.value_->denominator);
}
Symbolic operator*(const Symbolic& a, const Symbolic& b)
{
    return Symbolic::Value::make(a.value_->numerator * b.value_->numerator,
                                 a.value_->denominator * b.value_->denominator);
}
Symbolic operator/(const Symbolic& a, const Symbolic& b)
{
    return Symbolic::Value::make(a.value_->numerator * b.value_->denominator,
                                 a.value_->denominator * b.value_->numerator);
}
Symbolic operator-(const Symbolic& a)
{
    return Symbolic(0) - a;
}

Symbolic exp(const Symbolic& x)
{
    SymbolicField::Impl& field = SymbolicField::Impl::get();
    // Over a common denominator q every m/q, and every fraction of a monomial, is an exponent with
    // a generator of its own. (That exp(m/2)^2 = exp(m) is then not seen; nothing false is.)
    Fmpq scale;
    std::string divided_by;
    if (x.value_->denominator.is_constant()) {
        fmpq_mpoly_get_fmpq(scale.raw(), x.value_->denominator.raw(), x.value_->denominator.ctx());
    } else {
        fmpq_mpoly_get_term_coeff_fmpq(scale.raw(), x.value_->denominator.raw(), 0,
                                       x.value_->denominator.ctx());
        const Symbolic monic = Symbolic::Value::make(x.value_->denominator, field.constant(1))
                               * Symbolic(Rational(1) / scale.rational());
        divided_by = "/(" + monic.text() + ")";
    }
    Polynomial top = field.constant(1);
    Polynomial bottom = field.constant(1);
    for (const Term& term : terms_of(x.value_->numerator)) {
        const Rational coefficient = term.coefficient / scale.rational();
        const Integer parts = boost::multiprecision::denominator(coefficient);
        std::vector<std::string> factors;
        for (std::size_t slot = 0; slot < term.exponents.size(); ++slot) {
            if (term.exponents[slot] == 1) {
                factors.push_back(field.name_of[slot]);
            } else if (term.exponents[slot] > 1) {
                factors.push_back(fmt::format("{}^{}", field.name_of[slot], term.exponents[slot]));
            }
        }
        std::sort(factors.begin(), factors.end());
        const std::string monomial =
            factors.empty() ? "1" : fmt::format("{}", fmt::join(factors, "*"));
        const std::string share =
            parts == 1 ? monomial : fmt::format("(1/{})*{}", parts.str(), monomial);
        const Polynomial generator = field.plain(fmt::format("exp({}{})", share, divided_by));
        long count = boost::multiprecision::numerator(coefficient).convert_to<long>();
        Polynomial& target = count < 0 ? bottom : top;
        for (count = count < 0 ? -count : count; count > 0; --count) {
            target = target * generator;
        }
    }
    return Symbolic::Value::make(top, bottom);
}

namespace {

/// Symbols of the paper that may be negative: their powers never leave a square root.
bool may_be_negative(const std::string& name)
{
    static const std::array<std::string_view, 7> names = {
        "alpha", "alpha0", "alphaint", "alphaC", "gamma", "thetaVtheta", "thetaA"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Polynomials with coefficients of one sign in symbols that are not negative keep that sign: their
/// square may leave a square root, with the sign that makes them positive. 0: no such sign is
/// known.
int manifest_sign(const Polynomial& p)
{
    const SymbolicField::Impl& field = SymbolicField::Impl::get();
    int sign = 0;
    for (const Term& term : terms_of(p)) {
        const int here = term.coefficient < 0 ? -1 : 1;
        if (sign != 0 && sign != here) {
            return 0;
        }
        sign = here;
        for (std::size_t slot = 0; slot < term.exponents.size(); ++slot) {
            if (term.exponents[slot] % 2 == 1 && may_be_negative(field.name_of[slot])) {
                return 0;
            }
        }
    }
    return sign;
}

class SquarefreeFactors {
public:
    explicit SquarefreeFactors(const Polynomial& p) : context_(p.context())
    {
        fmpq_mpoly_factor_init(value_, context_->raw());
        complete_ = fmpq_mpoly_factor_squarefree(value_, p.raw(), context_->raw()) != 0;
    }
    ~SquarefreeFactors() { fmpq_mpoly_factor_clear(value_, context_->raw()); }
    SquarefreeFactors(const SquarefreeFactors&) = delete;
    SquarefreeFactors& operator=(const SquarefreeFactors&) = delete;
    SquarefreeFactors(SquarefreeFactors&&) = delete;
    SquarefreeFactors& operator=(SquarefreeFactors&&) = delete;

    bool complete() const noexcept { return complete_; }
    slong count() const { return fmpq_mpoly_factor_length(value_, context_->raw()); }
    Polynomial base(slong i) const
    {
        Polynomial result(context_);
        fmpq_mpoly_factor_get_base(result.raw(), value_, i, context_->raw());
        return result;
    }
    slong exponent(slong i) { return fmpq_mpoly_factor_get_exp_si(value_, i, context_->raw()); }

private:
    std::shared_ptr<const Context> context_;
    fmpq_mpoly_factor_t value_;
    bool complete_ = false;
};

} // namespace

Symbolic sqrt(const Symbolic& x)
{
    SymbolicField::Impl& field = SymbolicField::Impl::get();
    if (x.value_->numerator.is_zero()) {
        return Symbolic(0);
    }
    // sqrt(a/b) = sqrt(a b)/b needs b > 0.
    if (manifest_sign(x.value_->denominator) != 1) {
        throw DomainError(
            "the square root of a quotient needs a denominator that is manifestly positive");
    }
    Polynomial radicand = field.reduced(x.value_->numerator * x.value_->denominator);
    if (manifest_sign(radicand) == -1) {
        throw DomainError("the square root of a number that is manifestly negative");
    }
    Polynomial outside = field.constant(1);
    SquarefreeFactors factors(radicand);
    for (slong i = 0; factors.complete() && i < factors.count(); ++i) {
        Polynomial factor = factors.base(i);
        const int sign = manifest_sign(factor);
        if (sign == 0) {
            continue;
        }
        if (sign < 0) {
            factor = field.constant(0) - factor;
        }
        for (slong pairs = factors.exponent(i) / 2; pairs > 0; --pairs) {
            Polynomial quotient(field.context);
            fmpq_mpoly_divides(quotient.raw(), radicand.raw(), (factor * factor).raw(),
                               radicand.ctx());
            radicand = std::move(quotient);
            outside = outside * factor;
        }
    }
    if (radicand.is_constant() && fmpq_mpoly_is_square(radicand.raw(), radicand.ctx()) != 0) {
        Polynomial root(field.context);
        fmpq_mpoly_sqrt(root.raw(), radicand.raw(), radicand.ctx());
        return Symbolic::Value::make(root * outside, x.value_->denominator);
    }
    return Symbolic::Value::make(field.square_root(radicand) * outside, x.value_->denominator);
}

namespace {

[[noreturn]] void no_algebra(const char* name)
{
    throw DomainError(fmt::format("{} has no algebraic normal form", name));
}

} // namespace

Symbolic log(const Symbolic& x)
{
    return is_true((x - Symbolic(1)).is_zero()) ? Symbolic(0) : (no_algebra("log"), Symbolic());
}
Symbolic sin(const Symbolic& x)
{
    return is_true(x.is_zero()) ? Symbolic(0) : (no_algebra("sin"), Symbolic());
}
Symbolic cos(const Symbolic& x)
{
    return is_true(x.is_zero()) ? Symbolic(1) : (no_algebra("cos"), Symbolic());
}

} // namespace attest
