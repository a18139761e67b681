// A formula of the command line: `attest evaluate`, --alpha, replay lines.
#include "fuzz/target.hpp"

#include "attest/numbers/ball.hpp"
#include "attest/numbers/expr.hpp"
#include "attest/numbers/precision.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace attest;
    fuzz::may_refuse([&] {
        const Expr formula = parse_expr(fuzz::view(data, size), {"n", "beta", "gamma", "t"});
        const PrecisionScope precision(64);
        try {
            (void)formula.evaluate<Ball>({{"n", Ball(Rational(3))},
                                          {"beta", Ball(Rational(1, 3))},
                                          {"gamma", Ball(Rational(-1, 7))},
                                          {"t", Ball(Rational(10))}});
        } catch (const DomainError&) {
        }
        const std::string text = formula.text();
        (void)formula.latex();
        if (text.size() <= 4096) { // what parse_expr reads
            Expr again = formula;
            try {
                again = parse_expr(text, {"n", "beta", "gamma", "t"});
            } catch (const InputError&) { // brackets that text() adds may nest too deeply
                return;
            }
            fuzz::require(again.text() == text, "a printed formula reads back as itself");
        }
    });
    return 0;
}
