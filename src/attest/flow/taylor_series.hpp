#pragma once

#include "attest/flow/taylor_field.hpp"
#include "attest/flow/taylor_tape.hpp"

#include <algorithm>
#include <vector>

namespace attest::flow::detail {

/// Coefficients of every operation of a tape at one point, order by order. Recurrences: Griewank
/// and Walther, Evaluating Derivatives, 2nd ed., table 13.2.
template <class Field>
class TapeSeries {
public:
    using Vector = typename Field::Vector;

    TapeSeries(const Tape& tape, const Field& field, std::size_t order) :
        tape_(tape), field_(field), order_(order), constants_(tape.constants.size()), scratch_(2)
    {
        for (std::size_t i = 0; i < tape.constants.size(); ++i) {
            field_.set(constants_.at(i), tape.constants[i]);
            plain_.push_back(tape.constants[i] == Expr(1L)    ? 1
                             : tape.constants[i] == Expr(-1L) ? -1
                                                              : 0);
        }
        for (const Tape::Operation& op : tape.operations) {
            rows_.emplace_back(order + 1);
            const bool needs_derivative = op.kind == Tape::Kind::Exp || op.kind == Tape::Kind::Log
                                          || op.kind == Tape::Kind::Power
                                          || op.kind == Tape::Kind::Sin;
            derivatives_.emplace_back(needs_derivative ? order + 1 : 0);
            const bool has_inverse = op.kind == Tape::Kind::Divide || op.kind == Tape::Kind::Log
                                     || op.kind == Tape::Kind::Power || op.kind == Tape::Kind::Sqrt;
            inverses_.emplace_back(has_inverse ? 1 : 0);
        }
    }

    /// Series at x, with the states' constant terms taken from y.
    void expand(typename Field::ConstPointer x, const Vector& y)
    {
        for (std::size_t i = 0; i < tape_.states; ++i) {
            field_.copy(rows_[i].at(0), y.at(i));
        }
        for (std::size_t k = 0; k <= order_; ++k) {
            for (std::size_t id = tape_.states; id < rows_.size(); ++id) {
                advance(id, k, x);
            }
            if (k < order_) {
                for (std::size_t i = 0; i < tape_.states; ++i) {
                    field_.divide(rows_[i].at(k + 1), rows_[tape_.rates[i]].at(k),
                                  static_cast<long>(k + 1));
                }
            }
        }
    }

    /// Coefficients of state i.
    const Vector& state(std::size_t i) const { return rows_[i]; }

private:
    /// x = (minus?) initial + sum_{j=from}^{to} a_j b_{k-j}
    void convolve(typename Field::Pointer x, typename Field::ConstPointer initial, bool minus,
                  const Vector& a, const Vector& b, std::size_t k, std::size_t from, std::size_t to)
    {
        if (from > to) {
            if (initial != nullptr) {
                field_.copy(x, initial);
            } else {
                field_.zero(x);
            }
            return;
        }
        field_.dot(x, initial, minus, a.at(from), b.at(k - from), to - from + 1);
    }

    /// x = sum_{j=from}^{k-from} a_j a_{k-j}, each pair once.
    void convolve_square(typename Field::Pointer x, const Vector& a, std::size_t k,
                         std::size_t from)
    {
        const std::size_t half = (k + 1) / 2; // pairs j < k - j
        if (from < half) {
            field_.dot(x, nullptr, false, a.at(from), a.at(k - from), half - from);
            field_.add(x, x, x);
        } else {
            field_.zero(x);
        }
        if (k % 2 == 0 && k / 2 >= from) {
            field_.add_product(x, a.at(k / 2), a.at(k / 2));
        }
    }

    void advance(std::size_t id, std::size_t k, typename Field::ConstPointer x)
    {
        const Tape::Operation& op = tape_.operations[id];
        Vector& row = rows_[id];
        const auto out = row.at(k);
        const auto order = static_cast<long>(k);
        switch (op.kind) {
        case Tape::Kind::State:
            break;
        case Tape::Kind::Independent:
            if (k == 0) {
                field_.copy(out, x);
            } else {
                field_.set_integer(out, k == 1 ? 1 : 0);
            }
            break;
        case Tape::Kind::Constant:
            if (k == 0) {
                field_.copy(out, constants_.at(op.constant));
            } else {
                field_.zero(out);
            }
            break;
        case Tape::Kind::Linear:
            linear(op, out, k);
            break;
        case Tape::Kind::Multiply:
            convolve(out, nullptr, false, rows_[op.a], rows_[op.b], k, 0, k);
            break;
        case Tape::Kind::Square:
            convolve_square(out, rows_[op.a], k, 0);
            break;
        case Tape::Kind::Divide: {
            const auto inverse = inverses_[id].at(0);
            if (k == 0) {
                field_.set_integer(inverse, 1);
                field_.divide(inverse, inverse, rows_[op.b].at(0));
                field_.multiply(out, rows_[op.a].at(0), inverse);
            } else {
                convolve(scratch_.at(0), rows_[op.a].at(k), true, row, rows_[op.b], k, 0, k - 1);
                field_.multiply(out, scratch_.at(0), inverse);
            }
            break;
        }
        case Tape::Kind::Exp: {
            Vector& d = derivatives_[id];
            field_.multiply(d.at(k), rows_[op.a].at(k), order);
            if (k == 0) {
                field_.exp(out, rows_[op.a].at(0));
            } else {
                convolve(scratch_.at(0), nullptr, false, d, row, k, 1, k);
                field_.divide(out, scratch_.at(0), order);
            }
            break;
        }
        case Tape::Kind::Log: {
            Vector& d = derivatives_[id]; // k l_k
            const auto inverse = inverses_[id].at(0);
            if (k == 0) {
                field_.log(out, rows_[op.a].at(0));
                field_.set_integer(inverse, 1);
                field_.divide(inverse, inverse, rows_[op.a].at(0));
                field_.zero(d.at(0));
            } else {
                field_.multiply(scratch_.at(1), rows_[op.a].at(k), order);
                convolve(scratch_.at(0), scratch_.at(1), true, d, rows_[op.a], k, 1, k - 1);
                field_.multiply(d.at(k), scratch_.at(0), inverse);
                field_.divide(out, d.at(k), order);
            }
            break;
        }
        case Tape::Kind::Sqrt: {
            const auto inverse = inverses_[id].at(0); // 1 / (2 s_0)
            if (k == 0) {
                field_.sqrt(out, rows_[op.a].at(0));
                field_.add(scratch_.at(0), out, out);
                field_.set_integer(inverse, 1);
                field_.divide(inverse, inverse, scratch_.at(0));
            } else {
                convolve_square(scratch_.at(0), row, k, 1);
                field_.subtract(scratch_.at(0), rows_[op.a].at(k), scratch_.at(0));
                field_.multiply(out, scratch_.at(0), inverse);
            }
            break;
        }
        case Tape::Kind::Power:
            raise(id, op, k);
            break;
        case Tape::Kind::Sin:
            sine_cosine(id, op, k);
            break;
        case Tape::Kind::Cos:
            break; // computed with its partner
        }
    }

    void linear(const Tape::Operation& op, typename Field::Pointer out, std::size_t k)
    {
        if (k == 0 && op.constant != Tape::npos) {
            field_.copy(scratch_.at(0), constants_.at(op.constant));
        } else {
            field_.zero(scratch_.at(0));
        }
        for (const Tape::Term& term : op.terms) {
            const auto value = rows_[term.operand].at(k);
            if (plain_[term.weight] == 1) {
                field_.add(scratch_.at(0), scratch_.at(0), value);
            } else if (plain_[term.weight] == -1) {
                field_.subtract(scratch_.at(0), scratch_.at(0), value);
            } else {
                field_.add_product(scratch_.at(0), constants_.at(term.weight), value);
            }
        }
        field_.copy(out, scratch_.at(0));
    }

    /// w = a^q: a w' = q a' w, so k a_0 w_k = sum_{j=1}^{k} ((q + 1) j - k) a_j w_{k-j}, written
    /// as q sum j a_j w_{k-j} - sum (k - j) w_{k-j} a_j.
    void raise(std::size_t id, const Tape::Operation& op, std::size_t k)
    {
        const auto order = static_cast<long>(k);
        Vector& row = rows_[id];
        Vector& d = derivatives_[id];
        const Vector& a = rows_[op.a];
        const auto inverse = inverses_[id].at(0);
        field_.multiply(d.at(k), a.at(k), order);
        if (k == 0) {
            field_.pow(row.at(0), a.at(0), op.exponent);
            field_.set_integer(inverse, 1);
            field_.divide(inverse, inverse, a.at(0));
            return;
        }
        // sum_{j=1}^{k} j a_j w_{k-j}
        convolve(scratch_.at(0), nullptr, false, d, row, k, 1, k);
        // sum_{j=1}^{k-1} (k - j) w_{k-j} a_j = k sum a_j w_{k-j} - sum j a_j w_{k-j}
        convolve(scratch_.at(1), nullptr, false, a, row, k, 1, k);
        field_.multiply(scratch_.at(1), scratch_.at(1), order);
        // (q + 1) S_0 - S_1
        Vector weight(1);
        field_.set(weight.at(0), Expr(Rational(op.exponent + 1)));
        field_.multiply(scratch_.at(0), scratch_.at(0), weight.at(0));
        field_.subtract(scratch_.at(0), scratch_.at(0), scratch_.at(1));
        field_.multiply(scratch_.at(0), scratch_.at(0), inverse);
        field_.divide(row.at(k), scratch_.at(0), order);
    }

    void sine_cosine(std::size_t id, const Tape::Operation& op, std::size_t k)
    {
        const auto order = static_cast<long>(k);
        Vector& s = rows_[id];
        Vector& c = rows_[op.b];
        Vector& d = derivatives_[id];
        field_.multiply(d.at(k), rows_[op.a].at(k), order);
        if (k == 0) {
            field_.sin_cos(s.at(0), c.at(0), rows_[op.a].at(0));
            return;
        }
        convolve(scratch_.at(0), nullptr, false, d, c, k, 1, k);
        field_.divide(s.at(k), scratch_.at(0), order);
        convolve(scratch_.at(0), nullptr, true, d, s, k, 1, k);
        field_.divide(c.at(k), scratch_.at(0), order);
    }

    const Tape& tape_;
    Field field_;
    std::size_t order_;
    Vector constants_;
    std::vector<int> plain_;
    std::vector<Vector> rows_;
    std::vector<Vector> derivatives_;
    std::vector<Vector> inverses_;
    Vector scratch_;
};

} // namespace attest::flow::detail
