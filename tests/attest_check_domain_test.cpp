// attest-check and the places where a formula has no value, or its parts no known sign.
#include "check/certificate.hpp"
#include "tests/certificate_samples.hpp"
#include "tests/run_program.hpp"

#include <gtest/gtest.h>

namespace attest::testing {
namespace {

/// False statements that a checker careless about where formulas are defined would accept.
TEST(AttestCheckDomain, IsCarefulAboutWhereFormulasAreDefined)
{
    const std::vector<const char*> false_ones = {
        // sqrt(x)^2 = x only where x >= 0.
        R"json({"kind": "cover", "formula": "x", "relation": ">=", "factor": "sqrt(x)^2", "form": "1",
            "ranges": {"x": ["-1", "0"]}, "order": ["x"], "boxes": [[["-1", "0"]]]})json",
        R"json({"kind": "cover", "formula": "x", "relation": ">=", "factor": "exp(log(x))^0*sqrt(x)^2",
            "form": "1", "ranges": {"x": ["-1", "0"]}, "order": ["x"], "boxes": [[["-1", "0"]]]})json",
        // The factor has no value where the form vanishes.
        R"json({"kind": "cover", "formula": "-1", "relation": ">=", "factor": "1/b", "form": "-b",
            "ranges": {"b": ["0", "0"]}, "order": ["b"], "boxes": [[["0", "0"]]]})json",
        R"json({"kind": "cover", "formula": "-exprel(b)", "relation": ">=", "factor": "1/b",
            "form": "-b*exprel(b)", "ranges": {"b": ["0", "0"]}, "order": ["b"],
            "boxes": [[["0", "0"]]]})json",
        // An empty product of ranges would make everything true.
        R"json({"kind": "cover", "formula": "-1", "relation": ">", "ranges": {"x": ["1", "0"]},
            "order": ["x"], "boxes": []})json",
        R"json({"kind": "cover", "formula": "-1", "relation": ">", "ranges": {}, "order": [],
            "boxes": []})json",
        R"json({"kind": "cover", "formula": "x", "relation": ">", "ranges": {"x": ["-5", "-1"]},
            "order": [], "boxes": []})json",
        // Over the one point 0: exprel(0) is 1, and 1/0 is nothing.
        R"json({"kind": "at-least", "lhs": "exprel(x)", "rhs": "5", "method": "difference",
            "ranges": {"x": ["0", "0"]}})json",
        R"json({"kind": "at-least", "lhs": "1/x", "rhs": "7", "method": "difference",
            "ranges": {"x": ["0", "0"]}})json",
        R"json({"kind": "identity", "lhs": "exprel(x)-5", "rhs": "sqrt((exprel(x)-5)^2)",
            "ranges": {"x": ["0", "0"]}})json",
        R"json({"kind": "cover", "formula": "exprel(x)-5", "relation": ">=",
            "ranges": {"x": ["0", "0"]}, "factor": "1/x", "form": "exp(x)-1-5*x", "order": ["x"],
            "boxes": [[["0", "0"]]]})json",
        // At b = 0 the limit is 1: exprel(b) is no division by b.
        R"json({"kind": "limit", "formula": "(1-g)*exprel(b)/(1-g+b)", "name": "g", "to": "1",
            "reduced": "(1-g)*(exp(b)-1)/b/(1-g+b)", "limit": "0", "method": "value",
            "ranges": {"b": ["0", "inf"], "g": ["0", "1"]}})json",
        R"json({"kind": "limit", "formula": "(1-g)/(1-g+b)", "name": "g", "to": "1",
            "reduced": "(1-g)/(1-g+b)", "limit": "0", "method": "value",
            "ranges": {"b": ["0", "inf"], "g": ["0", "1"]}})json",
        R"json({"kind": "limit", "formula": "(1-g)/(1-g+b)", "name": "g", "to": "1",
            "reduced": "(1-g)/(1-g+b)*b/b", "limit": "0", "method": "value",
            "ranges": {"b": ["0", "1"], "g": ["0", "1"]}})json",
        R"json({"kind": "point", "lhs": "log(-1)*0", "rhs": "0", "relation": ">=", "at": {}})json",
        R"json({"kind": "point", "lhs": "sqrt(x)^2", "rhs": "x", "relation": ">=",
            "at": {"x": "-1"}})json",
        // Roots and quotients of unknown sign.
        R"json({"kind": "identity", "lhs": "sqrt(x^2)", "rhs": "x"})json",
        R"json({"kind": "identity", "lhs": "sqrt((x-y)^2)", "rhs": "x-y",
            "nonnegative": ["x", "y"]})json",
        R"json({"kind": "identity", "lhs": "sqrt(x/y^2)", "rhs": "sqrt(x)/y"})json",
        R"json({"kind": "identity", "lhs": "(x^3)^(1/3)", "rhs": "x"})json",
        R"json({"kind": "identity", "lhs": "log(exp(x)*exp(y))", "rhs": "x*y"})json",
        R"json({"kind": "at-least", "lhs": "x^2", "rhs": "x", "method": "difference",
            "ranges": {"x": ["0", "inf"]}})json",
        R"json({"kind": "at-least", "lhs": "exp(b*g)", "rhs": "1", "method": "difference",
            "ranges": {"b": ["0", "inf"], "g": ["-1", "1"]}})json",
        R"json({"kind": "at-least", "lhs": "exp(b)", "rhs": "exp(b*g)", "method": "difference",
            "ranges": {"b": ["0", "inf"], "g": ["0", "11/10"]}})json",
        R"json({"kind": "at-least", "lhs": "1/x", "rhs": "0", "method": "difference",
            "ranges": {"x": ["-1", "inf"]}})json",
        // sqrt is not smooth at 0: y' = 2 sqrt(y) from 0 has more than one solution.
        R"json({"kind": "tube", "independent": "t", "states": ["y"], "rates": ["2*sqrt(y)"],
            "start": "0", "initial": [["0", "0"]], "bits": 64,
            "steps": [{"h": "1/16", "order": 2, "hull": [["0", "1"]], "center": ["0"],
                       "frame": [["1"]], "radius": ["0"]}]})json",
        R"json({"kind": "tube", "independent": "t", "states": ["y"], "rates": ["2*sqrt(y)"],
            "start": "0", "initial": [["0", "0"]], "bits": 64,
            "steps": [{"h": "1/16", "order": 1, "hull": [["0", "1"]], "center": ["0"],
                       "frame": [["1"]], "radius": ["1/5"]}]})json",
        R"json({"kind": "integral", "integrand": "1/x", "name": "x", "from": "-1", "to": "1",
            "cells": ["-1", "1"], "orders": 2, "enclosure": ["-100", "100"], "bits": 64})json",
    };
    for (const char* text : false_ones) {
        const check::Outcome outcome = judged(CertificateJson::parse(text));
        EXPECT_FALSE(outcome.accepted) << text;
    }
}

} // namespace
} // namespace attest::testing
