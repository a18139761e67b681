#include "attest/model/alpha.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/expr.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

namespace attest {
namespace {

Rational value(const std::string& text)
{
    return parse_expr(text, {"t", "x"})
        .evaluate<Rational>({{"t", Rational(3)}, {"x", Rational(1, 2)}});
}

TEST(ExprParser, PrecedenceAndAssociativity)
{
    const std::map<std::string, Rational> table = {
        {"1+2*3", 7},
        {"(1+2)*3", 9},
        {"1-2-3", -4},
        {"8/4/2", 1},
        {"2*3/4", Rational(3, 2)},
        {"-t^2", -9},
        {"(-t)^2", 9},
        {"--t", 3},
        {"2*-t", -6},
        {"2^3", 8},
        {"t^-1", Rational(1, 3)},
        {"t^(-2)", Rational(1, 9)},
        {"4^(1/2)", 2},
        {"sqrt(4*t^2)", 6},
        {"0.25e1", Rational(5, 2)},
        {".5", Rational(1, 2)},
        {" ( t ) \t* x ", Rational(3, 2)},
        {"exp(0)+log(1)+sin(0)+cos(0)", 2},
        {"(t^2)^3", 729},
        {"t^0", 1},
    };
    for (const auto& [text, expected] : table) {
        EXPECT_EQ(value(text), expected) << text;
    }
}

void expect_rejected(const std::string& text)
{
    try {
        parse_expr(text, {"t"});
        ADD_FAILURE() << "accepted: " << text.substr(0, 60);
    } catch (const InputError& error) {
        const std::string message = error.what();
        EXPECT_FALSE(message.empty());
        EXPECT_EQ(message.find('\n'), std::string::npos) << message;
        EXPECT_LT(message.size(), 300U) << message;
    }
}

TEST(ExprParser, RejectsHostileInputInOneLine)
{
    for (const char* text :
         {"",          " ",       "(",         ")",          "((t)",   "(t))",       "t)",
          "()",        "+",       "-",         "*t",         "t*",     "t+",         "t t",
          "2t",        "t2",      "t^",        "t^t",        "t^1001", "t^(1/1001)", "t^1e9",
          "t^2^3",     "t^(2^2)", "t^sqrt(2)", "t^(1/0)",    "NaN",    "nan",        "inf",
          "pi",        "i",       "x",         "foo(t)",     "exp",    "exp t",      "exp()",
          "exp(t",     "log(t))", "t,t",       "sin(t,t)",   "1..2",   "1.2.3",      ".",
          "1e",        "0x10",    "t;t",       "t=1",        "$t",     "`t`",        "\\frac{1}{t}",
          "t\xc2\xb2", "\xff",    "t&t",       "1e100001*t", "t!",     "[t]",        "{t}",
          "t\nq",      "T",       "tt",        "_t",         "t_1"}) {
        expect_rejected(text);
    }
    expect_rejected(std::string("t\0+1", 4));
}

TEST(ExprParser, RejectsDepthAndLength)
{
    const auto repeated = [](const std::string& text, std::size_t count) {
        std::string all;
        for (std::size_t k = 0; k < count; ++k) {
            all += text;
        }
        return all;
    };
    expect_rejected(repeated("(", 201) + "t" + repeated(")", 201));
    expect_rejected(repeated("-", 2000) + "t");
    expect_rejected(repeated("sin(", 300) + "t" + repeated(")", 300));
    expect_rejected(repeated("(", 4000));
    expect_rejected(std::string(1'000'000, '('));
    expect_rejected(std::string(4097, '1'));
    EXPECT_NO_THROW(parse_expr(repeated("(", 150) + "t" + repeated(")", 150), {"t"}));
    EXPECT_NO_THROW(parse_expr(repeated("t+", 1500) + "t", {"t"}));
}

// Exact constants that do not fit into any memory must be refused before they are computed.
TEST(ExprParser, RejectsTowersAtOnce)
{
    const auto start = std::chrono::steady_clock::now();
    expect_rejected("((9^1000)^1000)^1000");
    expect_rejected("t^((((9^1000)^1000)^1000)^1000)");
    expect_rejected("t*(((1+9^1000)^-1000)^1000)");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

RC_GTEST_PROP(ExprParser, AnyBytesAreReadOrRejected, ())
{
    const auto text = *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("t0123456789.+-*/^() esincoqrtxplg")));
    try {
        const Expr formula = parse_expr(text, {"t"});
        RC_ASSERT(!formula.latex().empty());
        RC_ASSERT(parse_expr(formula.text(), {"t"}).symbols() == formula.symbols());
    } catch (const InputError&) {
    }
}

TEST(ExprParser, NamesThePlaceAndTheAllowedSymbols)
{
    try {
        parse_expr("1 + foo", {"t", "x"});
        FAIL();
    } catch (const InputError& error) {
        const std::string message = error.what();
        EXPECT_NE(message.find("character 5"), std::string::npos) << message;
        EXPECT_NE(message.find("t, x"), std::string::npos) << message;
        EXPECT_NE(message.find("exp log sqrt sin cos"), std::string::npos) << message;
    }
}

TEST(ExprParser, FormulasWithoutSymbolsHaveAValue)
{
    const auto value = [](const char* text) { return constant_value(parse_expr(text, {"t"})); };
    EXPECT_EQ(value("3/2-1"), Rational(1, 2));
    EXPECT_EQ(value("sqrt(9/4)+exp(0)"), Rational(5, 2));
    EXPECT_EQ(value("2^(-3)"), Rational(1, 8));
    for (const char* none : {"t", "t-t", "0*t", "sqrt(2)", "exp(1)", "log(0)", "1/0", "0^(-1)",
                             "2^(1/3)", "1/(1-1)"}) {
        EXPECT_FALSE(value(none)) << none;
    }
}

// A formula that was made and not typed: no limit of the parser applies.
TEST(ExprParser, AlphaOfAFormulaIsTheOneTyped)
{
    for (const char* text : {"3/2", "2*t", "t^(3/2)/5", "1/(1+t)", "sqrt(t)", "t*sin(4*t)"}) {
        const Expr formula = parse_expr(text, {"t"});
        const model::Alpha made = model::Alpha::of(formula);
        const model::Alpha typed = model::Alpha::parse(text);
        EXPECT_EQ(made.formula, typed.formula) << text;
        EXPECT_EQ(made.integral.has_value(), typed.integral.has_value()) << text;
        EXPECT_TRUE(!made.integral || *made.integral == *typed.integral) << text;
        EXPECT_EQ(made.name, formula.text());
    }
    const Expr t = Expr::symbol("t");
    EXPECT_EQ(*model::Alpha::of(pow(t, 1998)).integral, Expr(Rational(1, 1999)) * pow(t, 1999));
    EXPECT_THROW((void)model::Alpha::of(1 / (t - 1)), InputError);
}

// alpha_t of the command line: what has no value for t > 0 is refused as input.
TEST(ExprParser, AlphaNeedsAValue)
{
    for (const char* text :
         {"1/0", "t/0", "1/(t-t)", "log(0)", "log(-t)", "sqrt(-t)", "1/(t-1)", "0^(-1)", ""}) {
        EXPECT_THROW(model::Alpha::parse(text), InputError) << text;
    }
    for (const char* text : {"1", "0", "-1", "t^2", "1/(1+t)", "sqrt(t)", "1/t", "exp(-t)",
                             "t*sin(4*t)+cos(4*t)", "root", "sine-cosine"}) {
        EXPECT_NO_THROW(model::Alpha::parse(text)) << text;
    }
}

} // namespace
} // namespace attest
