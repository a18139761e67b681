#include "attest/numbers/expr.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>

namespace attest {
namespace {

constexpr std::size_t longest_formula = 4096;
constexpr int deepest_nesting = 200;
/// Of all constants of a formula together, powers of constants multiplied out: some are evaluated
/// exactly, and neither ((9^1000)^1000)^1000 nor a hundred times 1e99999 may take for ever.
constexpr double most_constant_bits = 350'000;

/// Recursive descent over: sum -> product (('+'|'-') product)*, product -> unary (('*'|'/')
/// unary)*, unary -> '-' unary | power, power -> atom ('^' exponent)?, exponent a constant
/// expression.
class Parser {
public:
    Parser(std::string_view text, const std::vector<std::string>& symbols) :
        text_(text), symbols_(symbols)
    {
    }

    Expr parse()
    {
        Expr result = sum();
        skip_space();
        if (at_ != text_.size()) {
            fail("an operator or the end");
        }
        if (exact_size(result.node()).bits > most_constant_bits) {
            at_ = 0;
            fail("constants of at most 100000 digits together");
        }
        return result;
    }

private:
    [[noreturn]] void fail(std::string_view expected) const
    {
        std::string shown(text_.substr(0, 80));
        std::replace_if(
            shown.begin(), shown.end(), [](unsigned char c) { return std::iscntrl(c) != 0; }, '?');
        throw InputError(
            fmt::format("formula '{}': expected {} at character {}", shown, expected, at_ + 1));
    }

    void skip_space()
    {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) {
            ++at_;
        }
    }

    bool take(char c)
    {
        skip_space();
        if (at_ < text_.size() && text_[at_] == c) {
            ++at_;
            return true;
        }
        return false;
    }

    Expr sum()
    {
        if (++depth_ > deepest_nesting) {
            fail("fewer nested brackets");
        }
        Expr left = product();
        while (true) {
            if (take('+')) {
                left = left + product();
            } else if (take('-')) {
                left = left - product();
            } else {
                --depth_;
                return left;
            }
        }
    }

    Expr product()
    {
        Expr left = unary();
        while (true) {
            if (take('*')) {
                left = left * unary();
            } else if (take('/')) {
                left = left / unary();
            } else {
                return left;
            }
        }
    }

    Expr unary()
    {
        if (take('-')) {
            if (++depth_ > deepest_nesting) {
                fail("fewer minus signs");
            }
            Expr operand = unary();
            --depth_;
            return -operand;
        }
        return power_term();
    }

    Expr power_term()
    {
        Expr base = atom();
        if (!take('^')) {
            return base;
        }
        const std::size_t start = at_;
        const bool negative = take('-');
        const Expr exponent = atom();
        const bool evaluable =
            !has_power(exponent.node()) && exact_size(exponent.node()).bits <= most_constant_bits;
        const std::optional<Rational> value = evaluable ? constant_value(exponent) : std::nullopt;
        if (!value || abs(boost::multiprecision::numerator(*value)) > 1000
            || boost::multiprecision::denominator(*value) > 1000) {
            at_ = start;
            fail("a constant exponent p/q with |p|, q at most 1000");
        }
        if (const ExactSize size = exact_size(base.node());
            !size.symbols && size.bits * numerator_size(*value) > most_constant_bits) {
            at_ = start;
            fail("a smaller exponent of a power of constants");
        }
        return pow(base, negative ? Rational(-*value) : *value);
    }

    /// A bound of what exact evaluation makes of the constants of a formula.
    struct ExactSize {
        double bits = 0;
        bool symbols = false;
    };
    static ExactSize exact_size(const Expr::Node& node)
    {
        if (node.kind == Expr::Kind::Constant) {
            return {size_of(boost::multiprecision::numerator(node.value))
                        + size_of(boost::multiprecision::denominator(node.value)),
                    false};
        }
        ExactSize size{0, node.kind == Expr::Kind::Symbol};
        for (const auto& arg : node.args) {
            const ExactSize part = exact_size(*arg);
            size.bits += part.bits;
            size.symbols = size.symbols || part.symbols;
        }
        if (node.kind == Expr::Kind::Power && !size.symbols) {
            size.bits *= numerator_size(node.value);
        }
        return size;
    }

    static double size_of(const Integer& value)
    {
        return value == 0 ? 1 : static_cast<double>(msb(abs(value))) + 1;
    }

    static double numerator_size(const Rational& exponent)
    {
        const Integer top = abs(boost::multiprecision::numerator(exponent));
        return std::max(1.0, top.convert_to<double>());
    }

    /// The exponent itself is evaluated before its size is known.
    static bool has_power(const Expr::Node& node)
    {
        return node.kind == Expr::Kind::Power
               || std::any_of(node.args.begin(), node.args.end(),
                              [](const auto& arg) { return has_power(*arg); });
    }

    Expr atom()
    {
        skip_space();
        if (take('(')) {
            Expr inner = sum();
            if (!take(')')) {
                fail("')'");
            }
            return inner;
        }
        if (at_ >= text_.size()) {
            fail("a number, a symbol or '('");
        }
        const auto c = static_cast<unsigned char>(text_[at_]);
        if (std::isdigit(c) != 0 || c == '.') {
            return number();
        }
        if (std::isalpha(c) != 0) {
            return name();
        }
        fail("a number, a symbol or '('");
    }

    Expr number()
    {
        const std::size_t start = at_;
        const auto digits = [&] {
            while (at_ < text_.size()
                   && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) {
                ++at_;
            }
        };
        digits();
        if (at_ < text_.size() && text_[at_] == '.') {
            ++at_;
            digits();
        }
        if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
            const std::size_t mark = at_++;
            if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) {
                ++at_;
            }
            const std::size_t first = at_;
            digits();
            if (first == at_) {
                at_ = mark;
            }
        }
        Expr constant(parse_rational(text_.substr(start, at_ - start)));
        constant_bits_ += exact_size(constant.node()).bits;
        if (constant_bits_ > most_constant_bits) {
            at_ = start;
            fail("constants of at most 100000 digits together");
        }
        return constant;
    }

    Expr name()
    {
        const std::size_t start = at_;
        while (
            at_ < text_.size()
            && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_')) {
            ++at_;
        }
        const std::string word(text_.substr(start, at_ - start));
        using Function = Expr (*)(const Expr&);
        static const std::map<std::string, Function> functions = {
            {"exp", &exp}, {"log", &log}, {"sqrt", &sqrt}, {"sin", &sin}, {"cos", &cos}};
        if (const auto found = functions.find(word); found != functions.end()) {
            if (!take('(')) {
                fail("'(' after " + word);
            }
            const Expr argument = sum();
            if (!take(')')) {
                fail("')'");
            }
            return found->second(argument);
        }
        if (std::find(symbols_.begin(), symbols_.end(), word) == symbols_.end()) {
            at_ = start;
            fail(fmt::format("one of {} or exp log sqrt sin cos", fmt::join(symbols_, ", ")));
        }
        return Expr::symbol(word);
    }

    std::string_view text_;
    const std::vector<std::string>& symbols_;
    std::size_t at_ = 0;
    int depth_ = 0;
    double constant_bits_ = 0;
};

} // namespace

Expr parse_expr(std::string_view text, const std::vector<std::string>& allowed_symbols)
{
    if (text.size() > longest_formula) {
        throw InputError(fmt::format("formula of {} characters: at most {} are read", text.size(),
                                     longest_formula));
    }
    return Parser(text, allowed_symbols).parse();
}

} // namespace attest
