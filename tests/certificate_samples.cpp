#include "tests/certificate_samples.hpp"

#include "tests/run_program.hpp"

namespace attest::testing {

CertificateJson identity_sample()
{
    return CertificateJson::parse(R"json({"kind": "identity",
        "let": [["Z", "(n-1)*exp(beta*gamma)+exp(beta)"]],
        "lhs": "exp(beta*(1+gamma))/Z - exp(2*beta)/Z",
        "rhs": "exp(beta)*(exp(beta*gamma)-exp(beta))/Z",
        "nonnegative": ["beta"]})json");
}

CertificateJson root_identity_sample()
{
    return CertificateJson::parse(R"json({"kind": "identity",
        "lhs": "sqrt(x^2*(n+y)/(n-1/2)^2)", "rhs": "x*sqrt(n+y)/(n-1/2)",
        "nonnegative": ["x"], "ranges": {"n": ["1", "inf"]}})json");
}

CertificateJson at_least_sample()
{
    return CertificateJson::parse(R"json({"kind": "at-least", "method": "difference",
        "lhs": "1",
        "rhs": "((n-1)*exp(beta*gamma)*gamma+exp(beta))/((n-1)*exp(beta*gamma)+exp(beta))",
        "ranges": {"n": ["2", "inf"], "beta": ["0", "inf"], "gamma": ["0", "1"]}})json");
}

CertificateJson at_least_squares_sample()
{
    return CertificateJson::parse(R"json({"kind": "at-least", "method": "squares",
        "let": [["A", "exp(beta*gamma)"],
                ["R", "exp(2*beta)+2*(n-1)*exp(beta*(1+gamma))*gamma+(n-1)*A^2*(1+(n-2)*gamma)"]],
        "lhs": "1", "rhs": "((n-1)*A*gamma+exp(beta))/sqrt(R)",
        "ranges": {"n": ["2", "inf"], "beta": ["0", "inf"], "gamma": ["0", "1"]}})json");
}

CertificateJson limit_sample()
{
    return CertificateJson::parse(R"json({"kind": "limit", "method": "value",
        "let": [["Z", "(n-1)*exp(beta*gamma)+exp(beta)"]],
        "formula": "2*exp(beta*gamma)*(1-gamma)*((n-1)*gamma+1)/Z/(1-gamma)",
        "reduced": "2*exp(beta*gamma)*((n-1)*gamma+1)/Z",
        "name": "gamma", "to": "1", "limit": "2",
        "ranges": {"n": ["2", "inf"], "beta": ["0", "inf"], "gamma": ["0", "1"]}})json");
}

CertificateJson limit_squares_sample()
{
    return CertificateJson::parse(R"json({"kind": "limit", "method": "squares",
        "let": [["A", "exp(beta*gamma)"],
                ["R", "exp(2*beta)+2*(n-1)*exp(beta*(1+gamma))*gamma+(n-1)*A^2*(1+(n-2)*gamma)"]],
        "formula": "2*A*(1-gamma)*((n-1)*gamma+1)/(r*sqrt(R))/(1-gamma)",
        "reduced": "4*A^2*((n-1)*gamma+1)^2/R/r^2",
        "name": "gamma", "to": "1", "limit": "2/r",
        "ranges": {"n": ["2", "inf"], "beta": ["0", "inf"], "gamma": ["0", "1"],
                   "r": ["0", "inf"]}})json");
}

CertificateJson point_sample()
{
    return CertificateJson::parse(R"json({"kind": "point",
        "lhs": "exp(beta)/n", "rhs": "135914091422952261768/100000000000000000000",
        "relation": ">", "at": {"n": "2", "beta": "1"}})json");
}

CertificateJson cover_sample(int side)
{
    CertificateJson result = CertificateJson::parse(R"json({"kind": "cover",
        "formula": "x^2 - 2*x*y + y^2 + 1/1000", "relation": ">",
        "ranges": {"x": ["0", "1"], "y": ["0", "1"]}, "order": ["x", "y"], "splits": 14})json");
    const auto range = [side](int i) {
        const auto end = [side](int k) { return std::to_string(k) + "/" + std::to_string(side); };
        return CertificateJson::array({end(i), end(i + 1)});
    };
    for (int i = 0; i < side * side; ++i) {
        result["boxes"].push_back(CertificateJson::array({range(i / side), range(i % side)}));
    }
    return result;
}

CertificateJson chart_sample()
{
    return CertificateJson::parse(R"json({"kind": "cover",
        "formula": "exp(beta)*exprel(beta) + n - 1/2", "relation": ">=",
        "ranges": {"beta": ["0", "inf"], "n": ["2", "inf"]},
        "chart": {"w": "exp(-beta)", "v": "1/n", "p": "exprel(-beta)"},
        "factor": "exp(beta)^2*n", "form": "p*v + w^2*(1 - v/2)",
        "order": ["w", "v", "beta"], "splits": 4,
        "boxes": [[["1/4", "1"], ["0", "1/2"], ["0", "inf"]],
                  [["0", "1/4"], ["1/100", "1/2"], ["0", "10"]],
                  [["0", "1/4"], ["1/100", "1/2"], ["10", "inf"]],
                  [["0", "1/4"], ["0", "1/100"], ["0", "inf"]]]})json");
}

CertificateJson integral_sample()
{
    return CertificateJson::parse(R"json({"kind": "integral",
        "integrand": "exp(-x^2)", "name": "x", "from": "0", "to": "1",
        "cells": ["0", "1/4", "1/2", "3/4", "1"], "orders": 20,
        "enclosure": ["0.746824132812427025", "0.746824132812427026"], "bits": 128})json");
}

CertificateJson tube_sample()
{
    // Center and frame: cos and sin of 1/4 and of 1/2, rounded.
    return CertificateJson::parse(R"json({"kind": "tube",
        "let": [["turned", "-y"]], "independent": "t", "states": ["x", "y"],
        "rates": ["turned", "x"], "start": "0",
        "initial": [["0.999", "1.001"], ["-0.001", "0.001"]],
        "steps": [
          {"h": "1/4", "order": 14, "hull": [["0.9", "1.03"], ["-0.01", "0.27"]],
           "center": ["0.96891242171064478414", "0.24740395925452292959"],
           "frame": [["0.96891242171064478414", "-0.24740395925452292959"],
                     ["0.24740395925452292959", "0.96891242171064478414"]],
           "radius": ["0.001000001", "0.001000001"]},
          {"h": "1/4", "order": 14, "hull": [["0.8125", "1"], ["0.24", "0.51"]],
           "center": ["0.87758256189037271611", "0.47942553860420300027"],
           "frame": [["0.87758256189037271611", "-0.47942553860420300027"],
                     ["0.47942553860420300027", "0.87758256189037271611"]],
           "radius": ["0.001000002", "0.001000002"]}],
        "conclusions": [
          {"formula": "x - 0.8", "relation": ">=", "where": "always"},
          {"formula": "x^2 + y^2 - 1.01", "relation": "<", "where": "end"},
          {"formula": "x - 0.879", "relation": "<", "where": "end"}],
        "bits": 128})json");
}

std::vector<CertificateJson> certificate_samples()
{
    return {identity_sample(), root_identity_sample(), at_least_sample(), at_least_squares_sample(),
            limit_sample(),    limit_squares_sample(), point_sample(),    cover_sample(2),
            chart_sample(),    integral_sample(),      tube_sample()};
}

CertificateJson certificate_file(const CertificateJson& certificate)
{
    CertificateJson file = {{"format", "attest-certificate/1"}, {"part", "as-stated"}};
    file["route"] = "by hand";
    file["claim"] = "sample/" + certificate.value("kind", "none");
    file["certificate"] = certificate;
    return file;
}

check::Outcome judged(const CertificateJson& certificate)
{
    const TemporaryFolder folder;
    return check::check_file(folder.file("one.json", certificate_file(certificate).dump()), 60);
}

} // namespace attest::testing
