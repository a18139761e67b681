// Grammar:  sum = product {("+"|"-") product};  product = unary {("*"|"/") unary};
//           unary = "-" unary | power;  power = atom ["^" exponent];
//           exponent = ["-"] integer | "(" ["-"] integer ["/" integer] ")";
//           atom = number | name | function "(" sum ")" | "(" sum ")".
#include "formula.hpp"

#include "limits.hpp"
#include "number.hpp"

#include <algorithm>
#include <cctype>

namespace check {
namespace {

const std::map<std::string, Op, std::less<>>& functions()
{
    static const std::map<std::string, Op, std::less<>> known = {
        {"exp", Op::Exp}, {"log", Op::Log}, {"sqrt", Op::Sqrt},
        {"sin", Op::Sin}, {"cos", Op::Cos}, {"exprel", Op::Exprel}};
    return known;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_name_character(char c)
{
    return is_letter(c) || is_digit(c) || c == '_';
}

} // namespace

/// Recursive descent over one formula.
class Parser {
public:
    Parser(std::string_view text, Scope& scope, std::size_t visible_lets, int depth) :
        text_(text), scope_(scope), visible_lets_(visible_lets), depth_(depth)
    {
    }

    int whole()
    {
        const int result = sum();
        return peek() == '\0' && at_ == text_.size() ? result : fail("an operator or the end");
    }

private:
    [[noreturn]] int fail(const std::string& expected) const
    {
        throw Rejection("formula '" + shown(text_.substr(at_ > 20 ? at_ - 20 : 0)) + "': expected "
                        + expected + " at character " + std::to_string(at_ + 1));
    }

    /// Depth of the brackets that are open.
    struct Deeper {
        explicit Deeper(Parser& parser) : depth(parser.depth_)
        {
            if (++depth > deepest_nesting) {
                parser.fail("fewer nested brackets");
            }
        }
        ~Deeper() { --depth; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;
        int& depth;
    };

    char peek()
    {
        while (at_ < text_.size()
               && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) {
            ++at_;
        }
        return at_ < text_.size() ? text_[at_] : '\0';
    }

    bool take(char c) { return peek() == c && at_ < text_.size() && (++at_, true); }

    int add(Op op, int a, int b = -1) { return scope_.graph_.add({op, a, b, 0, {}}); }

    int sum()
    {
        const Deeper deeper(*this);
        int left = product();
        while (true) {
            if (take('+')) {
                left = add(Op::Add, left, product());
            } else if (take('-')) {
                left = add(Op::Subtract, left, product());
            } else {
                return left;
            }
        }
    }

    int product()
    {
        int left = unary();
        while (true) {
            if (take('*')) {
                left = add(Op::Multiply, left, unary());
            } else if (take('/')) {
                left = add(Op::Divide, left, unary());
            } else {
                return left;
            }
        }
    }

    int unary()
    {
        if (!take('-')) {
            return power();
        }
        const Deeper deeper(*this);
        return add(Op::Negate, unary());
    }

    std::string_view span(bool (*belongs)(char))
    {
        const std::size_t start = at_;
        while (at_ < text_.size() && belongs(text_[at_])) {
            ++at_;
        }
        return text_.substr(start, at_ - start);
    }

    mpq_class integer()
    {
        peek();
        const std::string_view text = span(is_digit);
        return text.empty() ? mpq_class(fail("digits")) : parse_number(text);
    }

    int power()
    {
        const int base = atom();
        if (!take('^')) {
            return base;
        }
        const bool brackets = take('(');
        const bool negative = take('-');
        mpq_class exponent = integer();
        if (brackets && take('/')) {
            const mpq_class denominator = integer();
            exponent = denominator == 0 ? mpq_class(fail("a denominator"))
                                        : mpq_class(exponent / denominator);
        }
        if (brackets && !take(')')) {
            fail("')'");
        }
        if (exponent.get_num() > largest_exponent || exponent.get_den() > largest_exponent) {
            fail("an exponent p/q with |p|, q at most " + std::to_string(largest_exponent));
        }
        return scope_.graph_.add(
            {Op::Power, base, -1, negative ? mpq_class(-exponent) : exponent, {}});
    }

    int atom()
    {
        const char c = peek();
        if (take('(')) {
            const int inner = sum();
            return take(')') ? inner : fail("')'");
        }
        if (is_digit(c)) {
            return scope_.graph_.add({Op::Constant, -1, -1, number(), {}});
        }
        if (!is_letter(c)) {
            fail("a number, a name or '('");
        }
        const std::string word(span(is_name_character));
        const auto function = functions().find(word);
        if (function == functions().end()) {
            return scope_.resolve(word, visible_lets_, depth_);
        }
        if (!take('(')) {
            fail("'(' after " + word);
        }
        const int argument = sum();
        return take(')') ? add(function->second, argument) : fail("')'");
    }

    mpq_class number()
    {
        const std::size_t start = at_;
        span(is_digit);
        if (at_ < text_.size() && text_[at_] == '.') {
            ++at_;
            span(is_digit);
        }
        const std::size_t mark = at_;
        if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
            ++at_;
            at_ += at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-') ? 1U : 0U;
            at_ = span(is_digit).empty() ? mark : at_;
        }
        return parse_number(text_.substr(start, at_ - start));
    }

    std::string_view text_;
    Scope& scope_;
    std::size_t visible_lets_;
    int depth_;
    std::size_t at_ = 0;
};

int Graph::add(Node node)
{
    Key key(node.op, node.a, node.b, node.value, node.name);
    if (const auto found = known_.find(key); found != known_.end()) {
        return found->second;
    }
    if (nodes_.size() >= most_nodes) {
        throw Rejection("formulas of more than " + std::to_string(most_nodes) + " operations");
    }
    const int index = static_cast<int>(nodes_.size());
    nodes_.push_back(std::move(node));
    known_.emplace(std::move(key), index);
    return index;
}

std::vector<int> Graph::needed_by(const std::vector<int>& roots) const
{
    std::vector<bool> needed(nodes_.size(), false);
    for (const int root : roots) {
        needed[static_cast<std::size_t>(root)] = true;
    }
    std::vector<int> order;
    for (int i = static_cast<int>(nodes_.size()) - 1; i >= 0; --i) {
        if (!needed[static_cast<std::size_t>(i)]) {
            continue;
        }
        order.push_back(i);
        for (const int operand : {(*this)[i].a, (*this)[i].b}) {
            if (operand >= 0) {
                needed[static_cast<std::size_t>(operand)] = true;
            }
        }
    }
    std::reverse(order.begin(), order.end());
    return order;
}

void require_name(const std::string& name)
{
    if (name.empty() || !is_letter(name.front())
        || !std::all_of(name.begin(), name.end(), is_name_character)
        || functions().contains(name)) {
        throw Rejection("'" + shown(name) + "' cannot be a name");
    }
}

void Scope::define(const std::string& name, int node)
{
    require_name(name);
    const bool is_let =
        std::any_of(lets_.begin(), lets_.end(), [&](const auto& let) { return let.first == name; });
    if (is_let || !names_.emplace(name, node).second) {
        throw Rejection("name '" + shown(name) + "' is defined twice");
    }
}

int Scope::parse(std::string_view text, std::size_t visible_lets, int depth)
{
    if (text.size() > longest_formula) {
        throw Rejection("a formula has more than " + std::to_string(longest_formula)
                        + " characters");
    }
    return Parser(text, *this, visible_lets, depth).whole();
}

int Scope::resolve(const std::string& name, std::size_t visible_lets, int depth)
{
    if (const auto found = names_.find(name); found != names_.end()) {
        return found->second;
    }
    for (std::size_t i = 0; i < visible_lets; ++i) {
        if (lets_[i].first == name) {
            return names_.emplace(name, parse(lets_[i].second, i, depth + 1)).first->second;
        }
    }
    if (any_name_ && std::none_of(lets_.begin(), lets_.end(), [&](const auto& let) {
            return let.first == name;
        })) {
        return names_.emplace(name, graph_.name(name)).first->second;
    }
    throw Rejection("unknown name '" + shown(name) + "'");
}

void Scope::read_all()
{
    for (std::size_t i = 0; i < lets_.size(); ++i) {
        require_name(lets_[i].first);
        resolve(lets_[i].first, i + 1, 0);
    }
}

} // namespace check
