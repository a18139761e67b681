#pragma once

#include "attest/flow/clock.hpp"
#include "attest/flow/clock_reduction.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/precision.hpp"
#include "scheme_cases.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::testing {

/// A rational in (0, 1) with a denominator that is not a power of two, at times close to an end.
inline Rational any_fraction()
{
    const long kind = *rc::gen::inRange(0, 4);
    const long den = kind == 3 ? 1'000'003 : 97;
    const long num = kind == 0 ? 1 : kind == 1 ? den - 1 : *rc::gen::inRange(1L, den);
    return Rational(num, den);
}

/// Token numbers and temperatures with the hard ends on purpose.
inline model::SymmetricProblem any_problem(const std::string& scheme)
{
    model::SymmetricProblem problem;
    problem.scheme = scheme;
    problem.n = *rc::gen::element(2L, 3L, 7L, 128L, 1000L, 1'000'000L);
    problem.beta = *rc::gen::element(Rational(0), Rational(1, 100), Rational(1), Rational(7, 2),
                                     Rational(5), Rational(12));
    problem.r0 = *rc::gen::element(Rational(1, 10), Rational(1), Rational(10));
    problem.tau = *rc::gen::element(Rational(0), Rational(1, 100), Rational(2), Rational(30));
    problem.gamma0 = *rc::gen::element(Rational(0), Rational(0), Rational(1, 3),
                                       Rational(-1, 2 * (problem.n - 1)));
    return problem;
}

/// Overlapping, and each tight enough for the overlap to say something.
inline bool agree(const Ball& a, const Ball& b, long digits)
{
    return a.overlaps(b) && a.certified_digits() >= digits && b.certified_digits() >= digits;
}

} // namespace attest::testing
