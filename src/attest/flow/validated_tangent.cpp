#include "attest/flow/validated_tangent.hpp"

namespace attest::flow::detail {

TapeTangents::TapeTangents(const Tape& tape, long bits, std::size_t order) :
    tape_(tape), bits_(bits), order_(order), constants_(tape.constants.size()),
    inverses_(tape.operations.size()), scratch_(2)
{
    const ArbField<true> field(bits);
    for (std::size_t i = 0; i < tape.constants.size(); ++i) {
        field.set(constants_.at(i), tape.constants[i]);
    }
    for (const Tape::Operation& op : tape.operations) {
        bool varies = false;
        switch (op.kind) {
        case Tape::Kind::State:
            varies = true;
            break;
        case Tape::Kind::Independent:
        case Tape::Kind::Constant:
            break;
        case Tape::Kind::Linear:
            for (const Tape::Term& term : op.terms) {
                varies = varies || varies_[term.operand];
            }
            break;
        case Tape::Kind::Multiply:
        case Tape::Kind::Divide:
            varies = varies_[op.a] || varies_[op.b];
            break;
        default:
            varies = varies_[op.a];
            break;
        }
        varies_.push_back(varies);
    }
    rows_.resize(tape.states);
    for (auto& direction : rows_) {
        for (const bool varies : varies_) {
            direction.emplace_back(varies ? order + 1 : 0);
        }
    }
}

void TapeTangents::expand(const Series& base)
{
    for (std::size_t id = tape_.states; id < tape_.operations.size(); ++id) {
        const Tape::Operation& op = tape_.operations[id];
        if (!varies_[id]) {
            continue;
        }
        if (op.kind == Tape::Kind::Divide) {
            arb_inv(inverses_.at(id), base.state(op.b).at(0), bits_);
        } else if (op.kind == Tape::Kind::Log || op.kind == Tape::Kind::Power) {
            arb_inv(inverses_.at(id), base.state(op.a).at(0), bits_);
        } else if (op.kind == Tape::Kind::Sqrt) {
            arb_inv(inverses_.at(id), base.state(id).at(0), bits_);
        }
    }
    for (std::size_t j = 0; j < rows_.size(); ++j) {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            arb_set_si(rows_[j][i].at(0), i == j ? 1 : 0);
        }
    }
    for (std::size_t k = 0; k <= order_; ++k) {
        if (k == order_) {
            break; // the states' coefficients are complete
        }
        for (std::size_t id = tape_.states; id < tape_.operations.size(); ++id) {
            if (varies_[id]) {
                advance(base, id, k);
            }
        }
        for (auto& direction : rows_) {
            for (std::size_t i = 0; i < rows_.size(); ++i) {
                const std::size_t rate = tape_.rates[i];
                if (varies_[rate]) {
                    arb_div_si(direction[i].at(k + 1), direction[rate].at(k),
                               static_cast<slong>(k + 1), bits_);
                }
            }
        }
    }
}

void TapeTangents::convolve(arb_ptr out, arb_srcptr initial, bool minus, const ArbVector& a,
                            const ArbVector& b, std::size_t k, std::size_t from,
                            std::size_t to) const
{
    if (from > to || to == static_cast<std::size_t>(-1)) {
        if (initial != nullptr) {
            arb_set(out, initial);
        } else {
            arb_zero(out);
        }
        return;
    }
    arb_dot(out, initial, minus ? 1 : 0, a.at(from), 1, b.at(k - from), -1,
            static_cast<slong>(to - from + 1), bits_);
}

void TapeTangents::advance(const Series& base, std::size_t id, std::size_t k)
{
    const Tape::Operation& op = tape_.operations[id];
    const ArbVector& value = base.state(id);
    for (auto& d : rows_) {
        const arb_ptr out = d[id].at(k);
        const arb_ptr sum = scratch_.at(0);
        switch (op.kind) {
        case Tape::Kind::Linear:
            arb_zero(sum);
            for (const Tape::Term& term : op.terms) {
                if (varies_[term.operand]) {
                    arb_addmul(sum, constants_.at(term.weight), d[term.operand].at(k), bits_);
                }
            }
            arb_set(out, sum);
            break;
        case Tape::Kind::Multiply:
            arb_zero(sum);
            if (varies_[op.a]) {
                convolve(sum, nullptr, false, d[op.a], base.state(op.b), k, 0, k);
            }
            if (varies_[op.b]) {
                arb_set(scratch_.at(1), sum);
                convolve(sum, scratch_.at(1), false, d[op.b], base.state(op.a), k, 0, k);
            }
            arb_set(out, sum);
            break;
        case Tape::Kind::Square:
            convolve(sum, nullptr, false, d[op.a], base.state(op.a), k, 0, k);
            arb_mul_2exp_si(out, sum, 1);
            break;
        case Tape::Kind::Divide:
            // b q' = a' - q b'
            if (varies_[op.b]) {
                convolve(sum, varies_[op.a] ? d[op.a].at(k) : nullptr, true, d[op.b], value, k, 0,
                         k);
                arb_set(scratch_.at(1), sum);
            } else {
                arb_set(scratch_.at(1), d[op.a].at(k));
            }
            convolve(sum, scratch_.at(1), true, d[id], base.state(op.b), k, 0, k - 1);
            arb_mul(out, sum, inverses_.at(id), bits_);
            break;
        case Tape::Kind::Exp:
            convolve(out, nullptr, false, d[op.a], value, k, 0, k);
            break;
        case Tape::Kind::Log:
            convolve(sum, d[op.a].at(k), true, d[id], base.state(op.a), k, 0, k - 1);
            arb_mul(out, sum, inverses_.at(id), bits_);
            break;
        case Tape::Kind::Sqrt:
            // s s' = a'/2
            arb_mul_2exp_si(scratch_.at(1), d[op.a].at(k), -1);
            convolve(sum, scratch_.at(1), true, d[id], value, k, 0, k - 1);
            arb_mul(out, sum, inverses_.at(id), bits_);
            break;
        case Tape::Kind::Power: {
            // a w' = q w a'
            const Ball exponent(op.exponent);
            convolve(sum, nullptr, false, d[op.a], value, k, 0, k);
            arb_mul(scratch_.at(1), sum, exponent.raw(), bits_);
            convolve(sum, scratch_.at(1), true, d[id], base.state(op.a), k, 0, k - 1);
            arb_mul(out, sum, inverses_.at(id), bits_);
            break;
        }
        case Tape::Kind::Sin:
            convolve(out, nullptr, false, d[op.a], base.state(op.b), k, 0, k);
            break;
        case Tape::Kind::Cos:
            convolve(out, nullptr, true, d[op.a], base.state(op.b), k, 0, k);
            break;
        case Tape::Kind::State:
        case Tape::Kind::Independent:
        case Tape::Kind::Constant:
            break;
        }
    }
}

} // namespace attest::flow::detail
