#pragma once

#include "attest/flow/conformance.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace attest::cli {

/// One file and what came of it.
struct CheckedFile {
    std::string name;
    std::vector<Rational> t;
    double unit = 0x1p-53;
    flow::Conformance result;
};

/// What `attest conform` found.
struct ConformReport {
    model::SymmetricProblem problem;
    flow::ConformanceOptions options;
    std::vector<CheckedFile> files;
    std::vector<flow::ObservedOrder> orders; ///< of gamma, between files of different steps
};

/// Observed orders of gamma between the files, by falling step; nothing for one file.
std::vector<flow::ObservedOrder> orders_between(const std::vector<CheckedFile>& files);

/// Every file stays within what is allowed, and no observed order is more than 1/2 below the one
/// that was given.
bool conforms(const ConformReport& report);

std::string to_text(const ConformReport& report);
nlohmann::ordered_json to_json(const ConformReport& report);

} // namespace attest::cli
