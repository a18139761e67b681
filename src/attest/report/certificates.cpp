#include "attest/report/certificates.hpp"

#include "attest/report/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <set>

namespace attest::report {
namespace {

namespace fs = std::filesystem;
using ledger::Certificate;
using ledger::ClaimResult;
using ledger::Results;
using nlohmann::ordered_json;

constexpr const char* folder_name = "certificates";

/// visit(part, evidence) for all evidence of a claim, const or not.
template <class Claim, class Visit>
void each_evidence(Claim& claim, const Visit& visit)
{
    for (auto& item : claim.as_stated.evidence) {
        visit("as-stated", item);
    }
    if (claim.amended) {
        for (auto& item : claim.amended->judgement.evidence) {
            visit("amended", item);
        }
    }
}

std::string counted(int count, const std::string& what)
{
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

} // namespace

void write_certificates(Results& results, const fs::path& folder)
{
    for (ClaimResult& claim : results.claims) {
        int number = 0;
        each_evidence(claim, [&](const char* part, ledger::Evidence& item) {
            for (Certificate& certificate : item.certificates) {
                if (certificate.body.empty()) {
                    continue;
                }
                const fs::path file =
                    fs::path(folder_name) / claim.id / fmt::format("{}.json", ++number);
                ordered_json json;
                json["format"] = "attest-certificate/1";
                json["claim"] = claim.id;
                json["part"] = part;
                json["route"] = item.route;
                const std::string head = json.dump();
                write_file(folder / file, head.substr(0, head.size() - 1)
                                              + ",\n \"certificate\": " + certificate.body + "}\n");
                certificate.file = file.generic_string();
            }
        });
    }
}

void remove_stale_certificates(const Results& results, const fs::path& folder)
{
    std::set<std::string> wanted;
    for (const ClaimResult& claim : results.claims) {
        each_evidence(claim, [&](const char*, const ledger::Evidence& item) {
            for (const Certificate& certificate : item.certificates) {
                wanted.insert(certificate.file);
            }
        });
    }
    std::error_code error;
    std::vector<fs::path> stale;
    for (fs::recursive_directory_iterator entry(folder / folder_name, error), end;
         !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().lexically_relative(folder).generic_string();
        if (entry->is_regular_file(error) && entry->path().extension() == ".json"
            && !wanted.contains(name)) {
            stale.push_back(entry->path());
        }
    }
    for (const fs::path& file : stale) {
        fs::remove(file, error);
    }
}

Recheck apply_recheck(Results& results, const std::string& answers)
{
    Recheck recheck;
    std::map<std::string, std::string> verdicts;
    try {
        const nlohmann::json json = nlohmann::json::parse(answers);
        recheck.checker =
            json.at("checker").get<std::string>() + " " + json.at("version").get<std::string>();
        for (const nlohmann::json& item : json.at("certificates")) {
            const std::string file = fs::path(folder_name) / item.at("file").get<std::string>();
            const bool accepted = item.at("accepted").get<bool>();
            verdicts[file] = accepted ? "accepted" : "rejected";
            if (!accepted && recheck.first_rejected.empty()) {
                recheck.first_rejected = file + ": " + item.at("why").get<std::string>();
            }
        }
    } catch (const nlohmann::json::exception& error) {
        throw InputError(
            fmt::format("the checker's answers are not the list they should be: {}", error.what()));
    }
    for (ClaimResult& claim : results.claims) {
        each_evidence(claim, [&](const char*, ledger::Evidence& item) {
            for (Certificate& certificate : item.certificates) {
                const auto found = verdicts.find(certificate.file);
                certificate.recheck = found == verdicts.end() ? "" : found->second;
            }
        });
    }
    const CertificateCount count = count_certificates(results);
    recheck.accepted = count.accepted;
    recheck.rejected = count.rejected;
    results.run.checker = recheck.checker;
    return recheck;
}

CertificateCount count_certificates(const ledger::Evidence& evidence)
{
    CertificateCount count;
    for (const Certificate& certificate : evidence.certificates) {
        ++count.all;
        count.accepted += certificate.recheck == "accepted" ? 1 : 0;
        count.rejected += certificate.recheck == "rejected" ? 1 : 0;
    }
    return count;
}

CertificateCount count_certificates(const Results& results)
{
    CertificateCount count;
    for (const ClaimResult& claim : results.claims) {
        each_evidence(claim, [&](const char*, const ledger::Evidence& item) {
            const CertificateCount here = count_certificates(item);
            count.all += here.all;
            count.accepted += here.accepted;
            count.rejected += here.rejected;
        });
    }
    return count;
}

std::string certificates_text(const ledger::Evidence& evidence)
{
    const CertificateCount count = count_certificates(evidence);
    if (count.all == 0) {
        return "";
    }
    const std::string all = counted(count.all, "certificate");
    if (count.rejected > 0) {
        return fmt::format("{}, {} REJECTED by the checker", all, count.rejected);
    }
    return count.accepted == count.all ? all + ", accepted by the checker"
           : count.accepted == 0
               ? all + ", not re-checked"
               : fmt::format("{}, {} accepted by the checker", all, count.accepted);
}

std::string certificates_summary(const Results& results)
{
    const CertificateCount count = count_certificates(results);
    if (count.all == 0) {
        return "no certificates were written";
    }
    const std::string written = counted(count.all, "certificate") + " written";
    return results.run.checker.empty()
               ? written + "; no independent checker ran"
               : fmt::format("{}; {} re-checked them: {} accepted, {} rejected", written,
                             results.run.checker, count.accepted, count.rejected);
}

} // namespace attest::report
