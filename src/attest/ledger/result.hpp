#pragma once

#include "attest/ledger/verdict.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attest::ledger {

/// The nearest statement that does hold, where the printed one fails.
struct Amended {
    std::string statement; ///< LaTeX
    Judgement judgement;
    bool operator==(const Amended&) const = default;
};

/// A planted fault that the claim's own check did not refute.
struct Survivor {
    std::string change;
    std::string why; ///< what the check answered instead of "fails"
    bool operator==(const Survivor&) const = default;
};

/// Planted faults of a claim: near-miss variants of a statement that holds.
struct Controls {
    int planted = 0;
    int caught = 0;
    std::vector<Survivor> survivors;
    bool operator==(const Controls&) const = default;
};

/// Everything found about one row of the inventory.
struct ClaimResult {
    std::string id;
    std::string where;
    std::string kind;
    std::string summary;   ///< the statement in plain text, from the inventory
    std::string domain;    ///< its hypotheses in plain text, from the inventory
    std::string statement; ///< LaTeX of the statement as printed; empty where no claim decides it
    Judgement as_stated;
    std::optional<Amended> amended;
    std::vector<std::string> depends_on;
    Controls controls;
    std::string witness;      ///< an object that meets the hypotheses
    std::optional<long> bits; ///< working precision at which the claim was first decided
    double seconds = 0;
    std::string note;
    bool operator==(const ClaimResult&) const = default;
};

/// A curve or a set of curves that reports draw.
struct Curve {
    std::string label;
    std::vector<double> x;
    std::vector<double> y;
    bool operator==(const Curve&) const = default;
};
struct Panel {
    std::string title;
    std::string x_label; ///< LaTeX
    std::string y_label; ///< LaTeX
    bool log_x = false;
    bool log_y = false;
    std::vector<Curve> curves;
    bool operator==(const Panel&) const = default;
};
struct Figure {
    std::string id; ///< "figure_2"
    std::string caption;
    std::vector<Panel> panels;
    bool operator==(const Figure&) const = default;
};

/// A measured constant: name, parameters, enclosure.
struct ConstantRow {
    std::string scheme;
    std::string law; ///< LaTeX
    std::string n;
    std::string beta;
    std::string r0;
    std::string extra; ///< tau, alpha_t
    std::string mid;
    std::string rad;
    long digits = 0;
    bool operator==(const ConstantRow&) const = default;
};

struct SuiteInfo {
    std::string version;
    std::string commit;
    std::string compiler;
    std::vector<std::pair<std::string, std::string>> libraries;
    bool operator==(const SuiteInfo&) const = default;
};
struct PaperInfo {
    std::string title;
    std::string sha256;    ///< of the text that the inventory was read from
    std::string authors{}; ///< for the bibliography: "A. Author, B. Author"
    bool operator==(const PaperInfo&) const = default;
};
struct RunInfo {
    std::string profile;
    long digits = 0;
    unsigned long long seed = 0;
    int threads = 1;
    double seconds = 0;
    std::string checker{}; ///< program that re-checked the certificates; empty: none did
    bool operator==(const RunInfo&) const = default;
};

/// The one object that every report is made from.
struct Results {
    SuiteInfo suite;
    PaperInfo paper;
    RunInfo run;
    std::vector<ClaimResult> claims;
    std::vector<ConstantRow> constants;
    std::vector<Figure> figures;
    bool operator==(const Results&) const = default;
};

} // namespace attest::ledger
