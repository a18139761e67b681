#include "attest/report/latex_parts.hpp"

#include "attest/report/decimal.hpp"
#include "attest/report/latex_text.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

std::string verdict_latex(Verdict verdict)
{
    const bool plain = verdict == Verdict::Holds || verdict == Verdict::NotChecked;
    return plain ? std::string(to_string(verdict))
                 : fmt::format("\\failing{{{}}}", to_string(verdict));
}

namespace {

std::string slack_end(const std::string& end, Rounding rounding)
{
    constexpr std::size_t digits = 4;
    if (end.ends_with("inf")) {
        return end.starts_with('-') ? "$-\\infty$" : "$\\infty$";
    }
    return latex_number(shorten(end, digits, rounding));
}

} // namespace

std::string slack_latex(const Judgement& judgement)
{
    if (!judgement.slack) {
        return "";
    }
    return fmt::format("[{}, {}]", slack_end(judgement.slack->lo, Rounding::Down),
                       slack_end(judgement.slack->hi, Rounding::Up));
}

bool has_entry(const ClaimResult& claim)
{
    return claim.as_stated.verdict != Verdict::NotChecked;
}

std::string label_of(std::string_view id)
{
    return plain_id(id, ".-/");
}

std::string claim_link(std::string_view id)
{
    return fmt::format("\\hyperref[claim:{}]{{{}}}", label_of(id), latex_code(id));
}

std::string claim_link(const ClaimResult& claim)
{
    return has_entry(claim) ? claim_link(claim.id) : latex_code(claim.id);
}

std::string latex_cell(std::string_view formula)
{
    const std::string inside = latex_inline(formula);
    return inside.starts_with('$')
               ? fmt::format("\\attestcell{{{}}}", inside.substr(1, inside.size() - 2))
               : inside;
}

std::string table_head(const char* columns, const std::string& heading)
{
    return fmt::format("{{\\footnotesize\\renewcommand{{\\arraystretch}}{{1.15}}\n\\begin{{"
                       "longtable}}{{{}}}\n\\toprule\n{}\\\\\n"
                       "\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n",
                       columns, heading);
}

} // namespace attest::report
