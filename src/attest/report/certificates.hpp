#pragma once

#include "attest/ledger/result.hpp"

#include <filesystem>
#include <string>

namespace attest::report {

/// Writes every certificate that is not written yet to `FOLDER/certificates/CLAIM/NUMBER.json`
/// (format: docs/certificates.md) and notes the file in the results. Certificates of claims that
/// were decided anew replace the old ones of that claim. Throws IoError.
void write_certificates(ledger::Results& results, const std::filesystem::path& folder);

/// Files below FOLDER/certificates that no claim of the results refers to are removed: they belong
/// to a run that these results replace.
void remove_stale_certificates(const ledger::Results& results, const std::filesystem::path& folder);

/// What an independent checker said of the certificates.
struct Recheck {
    std::string checker; ///< name and version; empty: it did not run
    int accepted = 0;
    int rejected = 0;
    std::string first_rejected; ///< file and reason
};

/// Enters the checker's answers (its JSON list, docs/certificates.md) into the results. Throws
/// InputError when the text is not such a list.
Recheck apply_recheck(ledger::Results& results, const std::string& answers);

/// How many certificates the results have, and how many of them were accepted.
struct CertificateCount {
    int all = 0;
    int accepted = 0;
    int rejected = 0;
};
CertificateCount count_certificates(const ledger::Results& results);
CertificateCount count_certificates(const ledger::Evidence& evidence);
/// "2 certificates, accepted by the checker"; empty for none.
std::string certificates_text(const ledger::Evidence& evidence);
/// "412 certificates were written; attest-check 0.2.0 re-checked them: 412 accepted, 0 rejected".
std::string certificates_summary(const ledger::Results& results);

} // namespace attest::report
