#pragma once

#include "attest/report/format.hpp"
#include "attest/report/json.hpp"

namespace attest::report {

/// Every format there is, in the order in which they are written.
const std::vector<Format>& formats();

/// Their names: "json, md, ...".
std::string format_names();

/// The formats of a comma-separated list such as "md,tex,pdf"; all for "all". Throws InputError
/// that names an unknown one and the known ones.
std::vector<Format> select_formats(std::string_view list);

/// Writes the results in each format into the folder, which is made if missing: json results.json;
/// md report.md, claims.md, errata.md, proofs.md, figures/ID.svg; html report.html; tex report.tex;
/// pdf report.pdf and report.tex; junit junit.xml; margins attest-margins.tex, attest-margin.sty.
/// Equal results give equal bytes. Every file appears complete or not at all. Throws InputError for
/// an unknown format, IoError for a folder that cannot be written.
std::vector<Written> write_reports(const ledger::Results& results,
                                   const std::vector<Format>& wanted,
                                   const std::filesystem::path& folder);
std::vector<Written> write_reports(const ledger::Results& results, std::string_view format_list,
                                   const std::filesystem::path& folder);

} // namespace attest::report
