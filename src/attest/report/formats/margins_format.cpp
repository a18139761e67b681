#include "attest/report/file.hpp"
#include "attest/report/format.hpp"
#include "attest/report/latex/margin_style.hpp"
#include "attest/report/latex_parts.hpp"
#include "attest/report/latex_text.hpp"
#include "attest/report/markdown.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

namespace {

constexpr int margins_format_version = 1; ///< as attest-margin.sty asks for

/// What attest-margin.sty reads: one line a claim.
std::string margins_data(const Results& results)
{
    std::string out = fmt::format(
        "% Written by attest for attest-margin.sty, which says how to use it. Paper: {}.\n"
        "\\attestmargins{{{}}}{{attest {}}}{{{}}}{{{}}}\n",
        latex_text(results.paper.title), margins_format_version, latex_text(results.suite.version),
        latex_text(results.suite.commit), latex_text(results.run.profile));
    for (const ClaimResult& claim : results.claims) {
        if (label_of(claim.id) != claim.id) {
            continue; // no id of the inventory; TeX would take its signs for its own
        }
        const Judgement& judgement = claim.as_stated;
        out += fmt::format(
            "\\attestclaim{{{}}}{{{}}}{{{}}}{{{}}}{{{}}}\n", claim.id, to_string(judgement.verdict),
            judgement.strength == Strength::None ? "" : to_string(judgement.strength),
            claim.amended ? to_string(claim.amended->judgement.verdict) : "",
            claim_anchor(claim.id));
    }
    return out;
}

} // namespace

Format margins_format()
{
    return {
        "margins",
        "attest-margins.tex and attest-margin.sty: verdicts in the margin of one's own paper",
        [](const Results& results, const std::filesystem::path& folder) {
            const std::filesystem::path data = folder / "attest-margins.tex";
            const std::filesystem::path style = folder / "attest-margin.sty";
            write_file(data, margins_data(results));
            write_file(style, std::string(margin_style()));
            return std::vector<Written>{{"margins", data, true, ""}, {"margins", style, true, ""}};
        }};
}

} // namespace attest::report
