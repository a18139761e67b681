#include "attest/report/latex_parts.hpp"

#include "attest/report/decimal.hpp"
#include "attest/report/latex_text.hpp"

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

std::string table_head(const char* columns, const std::string& heading)
{
    return fmt::format("{{\\footnotesize\\renewcommand{{\\arraystretch}}{{1.15}}\n\\begin{{"
                       "longtable}}{{{}}}\n\\toprule\n{}\\\\\n"
                       "\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n",
                       columns, heading);
}

} // namespace attest::report
