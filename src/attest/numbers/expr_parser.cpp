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
        const std::optional<Rational> value =
            has_power(exponent.node()) ? std::nullopt : constant_value(exponent);
        if (!value || abs(boost::multiprecision::numerator(*value)) > 1000
            || boost::multiprecision::denominator(*value) > 1000) {
            at_ = start;
            fail("a constant exponent p/q with |p|, q at most 1000");
        }
        if (base.symbols().empty()
            && tower(base.node()) * std::abs(value->convert_to<double>()) > 1000) {
            at_ = start;
            fail("a smaller exponent of a power of constants");
        }
        return pow(base, negative ? Rational(-*value) : *value);
    }

    /// The largest product of exponents that stand on each other. Constants are evaluated exactly,
    /// and ((9^1000)^1000)^1000 would outgrow every memory.
    static double tower(const Expr::Node& node)
    {
        double highest = 1;
        for (const auto& arg : node.args) {
            highest = std::max(highest, tower(*arg));
        }
        return node.kind == Expr::Kind::Power
                   ? highest * std::max(1.0, std::abs(node.value.convert_to<double>()))
                   : highest;
    }

    /// The exponent itself is evaluated before its size is known.
    static bool has_power(const Expr::Node& node)
    {
        return node.kind == Expr::Kind::Power
               || std::any_of(node.args.begin(), node.args.end(),
                              [](const auto& arg) { return has_power(*arg); });
    }

    static std::optional<Rational> constant_value(const Expr& expr)
    {
        try {
            return expr.evaluate<Rational>({});
        } catch (const std::exception&) {
            return std::nullopt;
        }
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
        return Expr(parse_rational(text_.substr(start, at_ - start)));
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
