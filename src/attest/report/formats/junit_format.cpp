#include "attest/report/file.hpp"
#include "attest/report/format.hpp"
#include "attest/report/math.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

namespace {

/// What a continuous-integration server shows. A statement that fails is a finding about the text,
/// not a failure of the run, so it passes; a contradiction between two routes is a failure, and a
/// check that stopped without an answer, or did not exist, is skipped with its reason.
std::string outcome(const ClaimResult& claim)
{
    Results alone;
    alone.claims.push_back(claim);
    if (!disagreements(alone).empty()) {
        std::string detail;
        for (const Evidence& item : claim.as_stated.evidence) {
            detail += fmt::format("{}: {}: {}\n", item.route, to_string(item.outcome), item.detail);
        }
        return fmt::format("<failure message=\"two routes contradict each other\">{}</failure>",
                           xml_text(detail));
    }
    switch (claim.as_stated.verdict) {
    case Verdict::Undecided:
        return "<skipped message=\"undecided\"/>";
    case Verdict::NotChecked:
        return fmt::format("<skipped message=\"not checked: {}\"/>", xml_text(claim.note));
    case Verdict::Holds:
    case Verdict::Fails:
    case Verdict::Disagreement:
        break;
    }
    return "";
}

std::string property(const char* name, const std::string& value)
{
    return value.empty() ? ""
                         : fmt::format("        <property name=\"{}\" value=\"{}\"/>\n", name,
                                       xml_text(value));
}

std::string test_case(const ClaimResult& claim, const std::string& unit)
{
    std::string out = fmt::format("    <testcase classname=\"attest.{}\" name=\"{}\" "
                                  "time=\"{:.3f}\">\n      <properties>\n",
                                  xml_text(unit), xml_text(claim.id), claim.seconds);
    out += property("verdict", std::string(to_string(claim.as_stated.verdict)));
    out += property("strength", std::string(to_string(claim.as_stated.strength)));
    out += property("scope", scope_text(claim.as_stated.scope));
    out += property("slack", slack_text(claim.as_stated));
    out += property("controls", controls_text(claim.controls));
    if (claim.amended) {
        out += property("amended", std::string(to_string(claim.amended->judgement.verdict)));
    }
    out += "      </properties>\n";
    if (const std::string result = outcome(claim); !result.empty()) {
        out += "      " + result + "\n";
    }
    return out + "    </testcase>\n";
}

std::string test_suite(const Group& group)
{
    int failures = 0;
    int skipped = 0;
    double seconds = 0;
    std::string cases;
    for (const ClaimResult* claim : group.claims) {
        const std::string result = outcome(*claim);
        failures += result.starts_with("<failure") ? 1 : 0;
        skipped += result.starts_with("<skipped") ? 1 : 0;
        seconds += claim->seconds;
        cases += test_case(*claim, group.key);
    }
    return fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" "
                       "skipped=\"{}\" time=\"{:.3f}\">\n{}  </testsuite>\n",
                       xml_text(group.title), group.claims.size(), failures, skipped, seconds,
                       cases);
}

std::string to_junit(const Results& results)
{
    std::string suites;
    for (const Group& group : groups(results)) {
        suites += test_suite(group);
    }
    const Tally table = tally(results);
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<testsuites name=\"attest: {}\" tests=\"{}\" failures=\"{}\" errors=\"0\" "
                       "skipped=\"{}\" time=\"{:.3f}\">\n{}</testsuites>\n",
                       xml_text(results.paper.title), table.total(), disagreements(results).size(),
                       table.of(Verdict::Undecided) + table.of(Verdict::NotChecked),
                       results.run.seconds, suites);
}

} // namespace

Format junit_format()
{
    return {"junit", "junit.xml for continuous integration: one test case a claim",
            [](const Results& results, const std::filesystem::path& folder) {
                const std::filesystem::path file = folder / "junit.xml";
                write_file(file, to_junit(results));
                return std::vector<Written>{{"junit", file, true, ""}};
            }};
}

} // namespace attest::report
