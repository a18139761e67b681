#pragma once

#include "attest/flow/validated.hpp"
#include "attest/flow/validated_tangent.hpp"
#include "attest/numbers/flat_formulas.hpp"

#include <optional>
#include <vector>

namespace attest::flow::detail {

class StepEngine;

/// What a run knows and leaves behind.
struct ValidatedData {
    System system;
    ValidatedOptions options;
    long bits = 0;
    long order = 0;
    Tape tape;
    std::optional<FlatFormulas> rates;
    std::vector<InitialRange> initial;
    Ball start;
    std::vector<ValidatedStep> steps;
    bool stopped = false;
    /// For at and over.
    mutable std::shared_ptr<StepEngine> reader;
};

/// One step of a validated run, in parts. Precision: the point series carries data.bits, all else
/// low_bits.
class StepEngine {
public:
    static constexpr long low_bits = 64;

    explicit StepEngine(const ValidatedData& data);

    /// The set of initial values: center, unit frame, half widths.
    StateSet initial_set() const;

    /// Expands at the start of a step, and finds an enclosure for a length of at most 2^log2_h and
    /// at most `limit`. Afterwards length() is the longest for which the remainder is small enough.
    /// Throws Undecidable where there is none.
    void begin(const Ball& x, const StateSet& set, double log2_h, const Ball& limit);
    /// As begin, for a step that was made before: its hull is taken as it is.
    void resume(const Ball& x, const StateSet& set, const ValidatedStep& step);

    const Ball& length() const noexcept { return h_; }
    const std::vector<Ball>& hull() const noexcept { return hull_; }
    /// log2 of the step that the point series alone would allow.
    double natural_length() const noexcept { return natural_; }
    /// log2 of (longest step that keeps the remainder small)/(the step whose hull was found).
    double stretch() const noexcept { return stretch_; }

    /// The set after the step.
    StateSet finish();
    /// Box around all states at start + s, 0 <= s <= length().
    std::vector<Ball> at(const Ball& s);

private:
    void expand(const Ball& x, const StateSet& set);
    void find_hull(double log2_h, const Ball& limit);
    bool inclusion(const std::vector<Ball>& hull, const Ball& h, std::vector<Ball>& image) const;
    std::vector<Ball> guess(const Ball& h) const;
    void expand_over_hull();
    /// False where the remainder is not finite.
    bool choose_length();
    /// Enclosure of the Jacobian of the flow over the time s from the start set.
    Matrix<Ball> jacobian(const Ball& s);
    void prepare_jacobian();
    double log2_scale(std::size_t state) const;
    std::vector<Ball> remainder(const Ball& s) const;
    bool is_point() const;

    const ValidatedData& data_;
    std::size_t m_;
    std::size_t tangent_order_;
    TapeSeries<ArbField<true>> point_;
    TapeSeries<ArbField<true>> low_;
    TapeSeries<ArbField<true>> wide_;
    TapeTangents low_tangents_;
    TapeTangents wide_tangents_;
    bool has_jacobian_ = false;
    Matrix<Ball> jacobian_remainder_;

    Ball x_;
    const StateSet* set_ = nullptr;
    std::vector<Ball> box_;
    std::vector<Ball> hull_;
    Ball h_;
    Ball hull_h_; ///< length that the hull was found for
    double natural_ = 0;
    double stretch_ = 0;
};

} // namespace attest::flow::detail
