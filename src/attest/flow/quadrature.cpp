#include "attest/flow/quadrature.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <acb_calc.h>

#include <exception>
#include <optional>

namespace attest::flow {
namespace {

/// What travels through Arb's C callback. An exception must not unwind through C frames: it is
/// parked here and thrown again after the call.
struct Call {
    const HolomorphicFunction& f;
    std::exception_ptr failure;
};

int evaluate(acb_ptr out, const acb_t x, void* data, slong order, slong bits)
{
    (void)order; // Arb asks for the value only (order 0 or 1), always on balls to be holomorphic on
    Call& call = *static_cast<Call*>(data);
    acb_indeterminate(out);
    if (call.failure) {
        return 0;
    }
    try {
        std::optional<PrecisionScope> scope;
        if (bits != working_bits()) {
            scope.emplace(bits);
        }
        acb_set(out, call.f(ComplexBall(x)).raw());
    } catch (...) {
        call.failure = std::current_exception();
    }
    return 0;
}

class Magnitude {
public:
    explicit Magnitude(long exponent)
    {
        mag_init(value_);
        mag_set_ui_2exp_si(value_, 1, exponent);
    }
    ~Magnitude() { mag_clear(value_); }
    Magnitude(const Magnitude&) = delete;
    Magnitude& operator=(const Magnitude&) = delete;
    Magnitude(Magnitude&&) = delete;
    Magnitude& operator=(Magnitude&&) = delete;
    const mag_struct* raw() const noexcept { return value_; }

private:
    mag_t value_;
};

} // namespace

Ball integrate(const HolomorphicFunction& f, const Ball& lo, const Ball& hi, long relative_bits)
{
    Call call{f, nullptr};
    ComplexBall result;
    // An absolute tolerance far below anything representable here leaves the relative goal alone.
    const Magnitude absolute(-1'000'000'000);
    acb_calc_integrate(result.raw(), evaluate, &call, ComplexBall(lo).raw(), ComplexBall(hi).raw(),
                       relative_bits, absolute.raw(), nullptr, working_bits());
    if (call.failure) {
        std::rethrow_exception(call.failure);
    }
    if (!result.is_finite()) {
        throw Undecidable("quadrature over [" + lo.to_string(10) + ", " + hi.to_string(10)
                          + "] found no finite enclosure at " + std::to_string(working_bits())
                          + " bits");
    }
    return result.real();
}

} // namespace attest::flow
