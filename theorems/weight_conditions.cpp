#include "theorems/weight_conditions.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>

namespace attest::theorems {
namespace {

using Word = std::vector<std::string>;

Matrix<Rational> square(long a, long b, long c, long d)
{
    Matrix<Rational> m(2, 2);
    m(0, 0) = a;
    m(0, 1) = b;
    m(1, 0) = c;
    m(1, 1) = d;
    return m;
}

Matrix<Rational> transpose(const Matrix<Rational>& m)
{
    return m.transpose();
}

std::string rows_text(const Matrix<Rational>& m)
{
    std::vector<std::string> lines;
    for (Eigen::Index i = 0; i < m.rows(); ++i) {
        std::vector<std::string> entries;
        for (Eigen::Index j = 0; j < m.cols(); ++j) {
            entries.push_back(attest::to_string(m(i, j)));
        }
        lines.push_back(fmt::format("({})", fmt::join(entries, ", ")));
    }
    return fmt::format("({})", fmt::join(lines, ", "));
}

bool is_scalar(const std::string& factor)
{
    return factor == "lambda" || factor == "mu";
}

std::vector<std::string> pieces(const std::string& text, const std::string& separator)
{
    std::vector<std::string> out;
    std::size_t at = 0;
    for (std::size_t next = text.find(separator); next != std::string::npos;
         next = text.find(separator, at)) {
        out.push_back(text.substr(at, next - at));
        at = next + separator.size();
    }
    out.push_back(text.substr(at));
    return out;
}

Word word_of(const std::string& text)
{
    static const std::vector<std::string> known = {"Q",   "K", "V",      "Q^T", "K^T",
                                                   "V^T", "I", "lambda", "mu"};
    std::istringstream stream(text);
    Word word;
    for (std::string factor; stream >> factor;) {
        if (std::find(known.begin(), known.end(), factor) == known.end()) {
            throw InputError("factor '" + factor + "' of a condition is unknown: must be one of "
                             + fmt::format("{}", fmt::join(known, " ")));
        }
        word.push_back(factor);
    }
    if (word.empty()) {
        throw InputError("condition '" + text + "' has an empty side: must be a product");
    }
    return word;
}

Word transposed_word(const Word& word)
{
    Word out;
    for (auto factor = word.rbegin(); factor != word.rend(); ++factor) {
        if (is_scalar(*factor) || *factor == "I") {
            out.push_back(*factor);
        } else {
            out.push_back(factor->size() > 1 ? factor->substr(0, 1) : *factor + "^T");
        }
    }
    return out;
}

Matrix<Rational> word_product(const Word& word, const Weights& w)
{
    Matrix<Rational> result = Matrix<Rational>::Identity(w.V.rows(), w.V.cols());
    for (const std::string& factor : word) {
        if (factor == "I" || is_scalar(factor)) {
            continue;
        }
        const Matrix<Rational>& letter = factor[0] == 'Q' ? w.Q : factor[0] == 'K' ? w.K : w.V;
        result = (result * (factor.size() > 1 ? transpose(letter) : letter)).eval();
    }
    return result;
}

bool same(const Matrix<Rational>& a, const Matrix<Rational>& b)
{
    return a.rows() == b.rows() && a.cols() == b.cols() && a == b;
}

/// M = c I for some real c, positive if asked for.
bool multiple_of_identity(const Matrix<Rational>& m, bool positive)
{
    const Rational c = m(0, 0);
    return same(m, Matrix<Rational>(Matrix<Rational>::Identity(m.rows(), m.cols()) * c))
           && (!positive || c > 0);
}

} // namespace

std::string describe(const Weights& w)
{
    return fmt::format("Q = {}, K = {}, V = {}", rows_text(w.Q), rows_text(w.K), rows_text(w.V));
}

const std::vector<Weights>& example_weights()
{
    static const std::vector<Weights> all = [] {
        const Matrix<Rational> I = square(1, 0, 0, 1);
        const Matrix<Rational> shear = square(1, 1, 0, 1);
        const Matrix<Rational> partner = square(1, 0, -2, 2); // shear partner^T = diag(1, 2)
        const Matrix<Rational> rising = square(1, 0, 0, 2);
        const Matrix<Rational> falling = square(2, 0, 0, 1);
        const Matrix<Rational> turn = square(0, -1, 1, 0);
        const Matrix<Rational> two = square(2, 0, 0, 2);
        const Matrix<Rational> six = square(6, 0, 0, 6);
        const Matrix<Rational> halved = square(2, 2, 1, 1); // rising^{-1} times ((2, 2), (2, 2))
        return std::vector<Weights>{
            {I, I, I},
            {I, -I, -I},
            {I, falling, falling},
            {shear, partner, rising},
            {I, -I, I},
            {transpose(shear), transpose(partner), rising},
            {rising, falling, two},
            {I, shear, shear},
            {I, I, rising},
            {two, square(3, 0, 0, 3), six},
            {turn, Matrix<Rational>(turn * Rational(2)), two},
            {rising, halved, square(2, 2, 2, 2)},
            {halved, rising, square(2, 2, 2, 2)},
            {shear, shear, square(2, 1, 1, 1)},
            {turn, turn, turn},
        };
    }();
    return all;
}

const Weights& identity_weights()
{
    return example_weights()[0];
}
const Weights& negative_weights()
{
    return example_weights()[1];
}
const Weights& stretched_weights()
{
    return example_weights()[2];
}
const Weights& sheared_weights()
{
    return example_weights()[3];
}

WeightCondition::WeightCondition(const std::string& words)
{
    for (const std::string& chain : pieces(words, " and ")) {
        chains_.emplace_back();
        for (const std::string& side : pieces(chain, "=")) {
            chains_.back().push_back(word_of(side));
        }
    }
    for (const auto& chain : chains_) {
        for (std::size_t k = 1; k < chain.size(); ++k) {
            const Word& a = chain[k - 1];
            const Word& b = chain[k];
            if (a.size() == 1 && b == transposed_word(a)) {
                symmetric_.push_back(a[0].substr(0, 1));
            }
            for (const auto& [x, y] : {std::pair(a, b), std::pair(b, a)}) {
                if (x.size() == 1 && y == Word{"I"} && x[0] != "I") {
                    identity_.push_back(x[0].substr(0, 1));
                }
            }
        }
    }
    for (const auto& chain : chains_) {
        for (std::size_t k = 1; k < chain.size(); ++k) {
            equations_.emplace_back(canonical(chain[k - 1]), canonical(chain[k]));
            equations_.emplace_back(canonical(transposed_word(chain[k - 1])),
                                    canonical(transposed_word(chain[k])));
        }
    }
}

WeightCondition::Word WeightCondition::canonical(Word word) const
{
    const auto contains = [](const std::vector<std::string>& list, const std::string& letter) {
        return std::find(list.begin(), list.end(), letter) != list.end();
    };
    Word out;
    for (const std::string& factor : word) {
        const std::string letter = is_scalar(factor) ? factor : factor.substr(0, 1);
        if (factor == "I" || contains(identity_, letter)) {
            continue;
        }
        out.push_back(contains(symmetric_, letter) ? letter : factor);
    }
    // Scalars commute: in front.
    std::stable_partition(out.begin(), out.end(), is_scalar);
    return out;
}

bool WeightCondition::met_by(const Weights& weights) const
{
    return std::all_of(chains_.begin(), chains_.end(), [&](const std::vector<Word>& chain) {
        const auto scalar_of = [](const Word& word) -> std::string {
            const auto found = std::find_if(word.begin(), word.end(), is_scalar);
            return found == word.end() ? "" : *found;
        };
        // The sides without a free multiple agree; a free multiple is any multiple of I.
        std::optional<Matrix<Rational>> common;
        for (const Word& side : chain) {
            if (scalar_of(side).empty()) {
                const Matrix<Rational> value = word_product(side, weights);
                if (common && !same(*common, value)) {
                    return false;
                }
                common = value;
            }
        }
        return std::all_of(chain.begin(), chain.end(), [&](const Word& side) {
            const std::string scalar = scalar_of(side);
            return scalar.empty() || (common && multiple_of_identity(*common, scalar == "lambda"));
        });
    });
}

bool WeightCondition::implies(const std::string& product, const std::string& other) const
{
    const Word goal = canonical(word_of(other));
    std::vector<Word> reached = {canonical(word_of(product))};
    for (std::size_t k = 0; k < reached.size(); ++k) {
        if (reached[k] == goal) {
            return true;
        }
        for (const auto& [a, b] : equations_) {
            for (const auto& [x, y] : {std::pair(a, b), std::pair(b, a)}) {
                if (reached[k] == x
                    && std::find(reached.begin(), reached.end(), y) == reached.end()) {
                    reached.push_back(y);
                }
            }
        }
    }
    return false;
}

bool WeightCondition::implies(const WeightCondition& other) const
{
    const auto text = [](const Word& word) { return fmt::format("{}", fmt::join(word, " ")); };
    return std::all_of(other.chains_.begin(), other.chains_.end(),
                       [&](const std::vector<Word>& chain) {
                           for (std::size_t k = 1; k < chain.size(); ++k) {
                               if (!implies(text(chain[k - 1]), text(chain[k]))) {
                                   return false;
                               }
                           }
                           return true;
                       });
}

} // namespace attest::theorems
