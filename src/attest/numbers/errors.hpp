#pragma once

#include <stdexcept>
#include <string>

namespace attest {

/// A value given by the caller lies outside the allowed range. The message is one line,
/// names the value and the range; the program maps it to exit status 2.
class InputError : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// A mathematical operation has no value for its operand in this number type (the logarithm of
/// a negative number, the exponential of a rational). Distinct from "unable to decide".
class DomainError : public std::domain_error {
public:
    using std::domain_error::domain_error;
};

/// An algorithm stopped without an answer: budget, precision or step size ran out.
/// The message carries the place (time, step, bits) at which it stopped.
class Undecidable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace attest
