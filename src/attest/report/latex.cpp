#include "attest/report/latex.hpp"

#include "attest/report/certificates.hpp"
#include "attest/report/decimal.hpp"
#include "attest/report/latex_parts.hpp"
#include "attest/report/latex_text.hpp"
#include "attest/report/limit_plots.hpp"
#include "attest/report/math.hpp"
#include "attest/report/overview.hpp"
#include "attest/report/proofs.hpp"
#include "attest/report/ranking.hpp"

#include <fmt/format.h>

#include <set>
#include <string_view>

namespace attest::report {

using namespace ledger;

namespace {

constexpr const char* preamble = R"tex(\documentclass[10pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{textcomp,lmodern,amsmath,amssymb,amsthm,microtype}
\usepackage[margin=25mm]{geometry}
\usepackage{array,booktabs,longtable,graphicx,xcolor,placeins}
\usepackage{pgfplots}
\pgfplotsset{compat=1.16}
\usepackage[hidelinks]{hyperref}
% Equal sources give equal files.
\pdfinfoomitdate=1
\pdftrailerid{}
\pdfsuppressptexinfo=-1
\providecommand{\lt}{<}
\providecommand{\gt}{>}
\pgfplotsset{attest axis/.style={scale only axis, grid=major, grid style={black!12},
  title style={yshift=-1ex}, tick label style={font=\footnotesize}, label style={font=\small},
  tick align=inside, log ticks with fixed point/.default={}, unbounded coords=jump}}
% A formula that fits stands in one line; a little too wide, it is scaled; wider, it is broken
% between its terms.
\newsavebox{\attestbox}
\newcommand{\attestterm}[1]{\sbox{\attestbox}{$\displaystyle #1$}%
  \ifdim\wd\attestbox>\linewidth\resizebox{\linewidth}{!}{\usebox{\attestbox}}%
  \else\usebox{\attestbox}\fi}
\newcommand{\attestformula}[2]{\par\smallskip\begingroup
  \sbox{\attestbox}{$\displaystyle #1$}%
  \ifdim\wd\attestbox>1.2\linewidth{\raggedright\leftskip=1.5em
    \linewidth=\dimexpr\linewidth-3em\relax\noindent #2\par}%
  \else\noindent\hbox to \linewidth{\hfil
    \ifdim\wd\attestbox>\linewidth\resizebox{\linewidth}{!}{\usebox{\attestbox}}%
    \else\usebox{\attestbox}\fi\hfil}\par\fi
  \endgroup\smallskip}
% The same for a formula in a narrow column.
\newcommand{\attestcell}[1]{\sbox{\attestbox}{$#1$}%
  \ifdim\wd\attestbox>\linewidth\resizebox{\linewidth}{!}{\usebox{\attestbox}}%
  \else\usebox{\attestbox}\fi}
\newcommand{\digitgap}{\hskip 0.12em plus 0.03em\relax}
\newcommand{\holds}{holds}
\newcommand{\failing}[1]{\textbf{\textcolor{red!65!black}{#1}}}
\newcolumntype{L}[1]{>{\raggedright\arraybackslash}p{#1}}
\setlength{\LTleft}{0pt}
\setlength{\LTright}{\fill}
\setlength{\tabcolsep}{4pt}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt plus 1pt}
\setlength{\emergencystretch}{3em}
\hfuzz=1pt
\vfuzz=1pt
\setcounter{tocdepth}{2}
% Every erratum and every claim is a block of its own, numbered, that text and tables refer to.
\theoremstyle{definition}
\newtheorem{erratum}{Erratum}
\newtheorem{claim}{Claim}
% Most of the text is made of numbers and formulas, which hyphenation cannot break.
\AtBeginDocument{\raggedright\setlength{\parindent}{0pt}}
)tex";

std::string count_of(int number, const char* one, const char* many)
{
    return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string judgement_line(const Judgement& judgement)
{
    std::string out = verdict_latex(judgement.verdict);
    if (judgement.strength != Strength::None) {
        out += fmt::format(", {}", to_string(judgement.strength));
    }
    if (const std::string scope = scope_text(judgement.scope); !scope.empty()) {
        out += ", " + latex_text(scope);
    }
    if (judgement.digits) {
        out += fmt::format(", {} digits", *judgement.digits);
    }
    if (judgement.confidence) {
        out += ", confidence " + latex_text(*judgement.confidence);
    }
    if (judgement.slack) {
        out += ", slack " + slack_latex(judgement);
    }
    return out;
}

std::string counterexample(const Counterexample& example)
{
    std::string out;
    if (!example.values.empty()) {
        out += "Counterexample:";
        const char* separator = " ";
        for (const auto& [symbol, value] : example.values) {
            out += separator + latex_code(symbol + " = " + value);
            separator = ", ";
        }
        out += ". ";
    }
    out += latex_text(example.shows) + "\n\n";
    if (!example.replay.empty()) {
        out +=
            fmt::format("{{\\raggedright\\small Replay: {}\\par}}\n", latex_code(example.replay));
    }
    return out;
}

std::string title(const Results& results)
{
    return fmt::format("\\title{{What holds in \\emph{{{}}}}}\n"
                       "\\author{{decided by attest {}, commit {}}}\n\\date{{}}\n",
                       latex_text(results.paper.title), latex_text(results.suite.version),
                       latex_code(results.suite.commit));
}

std::string overview(const Results& results)
{
    const Tally table = tally(results);
    const Totals sums = totals(results);
    const RunInfo& run = results.run;
    std::string out = fmt::format(
        "\\begin{{abstract}}\nOf {} statements of the paper, {} hold as printed, {} fail, {} are "
        "undecided and {} were not checked. ",
        table.total(), table.of(Verdict::Holds), table.of(Verdict::Fails),
        table.of(Verdict::Undecided), table.of(Verdict::NotChecked));
    out += fmt::format("Amended statements: {} given, of which {} hold. ", sums.amended,
                       sums.amended_hold);
    const int contradictions = static_cast<int>(disagreements(results).size());
    out += contradictions == 0
               ? "No two routes contradict each other. "
               : fmt::format("\\failing{{In {} two routes contradict each other: a defect of the "
                             "suite.}} ",
                             count_of(contradictions, "claim", "claims"));
    out += fmt::format("Of {} planted in the checks themselves, {} were caught. "
                       "{}.\n\\end{{abstract}}\n\n\\tableofcontents\n\n"
                       "\\section{{Overview}}\nDecided was the paper~\\cite{{paper}}. "
                       "Run: profile {}, {} digits, seed {}",
                       count_of(sums.planted, "fault", "faults"), sums.caught,
                       latex_text(certificates_summary(results)), latex_text(run.profile),
                       run.digits, run.seed);
    if (has_timings(results)) {
        out += fmt::format(", {} in {}\\,s", count_of(run.threads, "thread", "threads"),
                           show_seconds(run.seconds));
    }
    out += fmt::format("; {}", latex_text(results.suite.compiler));
    for (const auto& [name, version] : results.suite.libraries) {
        out += fmt::format(", {} {}", latex_text(name), latex_text(version));
    }
    out += ".\n\n\\begin{center}\n\\begin{tabular}{lrrrrrr}\n\\toprule\nverdict";
    for (const Strength strength : strength_order) {
        out += strength == Strength::None ? " & no evidence"
                                          : fmt::format(" & {}", to_string(strength));
    }
    out += " & all\\\\\n\\midrule\n";
    const auto cell = [](int count) {
        return count == 0 ? std::string(" & $\\cdot$") : fmt::format(" & {}", count);
    };
    for (std::size_t row = 0; row < verdict_order.size(); ++row) {
        out += std::string(to_string(verdict_order[row]));
        for (const int count : table.counts[row]) {
            out += cell(count);
        }
        out += fmt::format(" & {}\\\\\n", table.verdict(row));
    }
    out += "\\midrule\nall";
    for (std::size_t column = 0; column < strength_order.size(); ++column) {
        out += cell(table.strength(column));
    }
    return out
           + fmt::format(" & {}\\\\\n\\bottomrule\n\\end{{tabular}}\n\\end{{center}}\n\n",
                         table.total())
           + "\\emph{Exact}: algebra over the rationals~\\cite{flint}. \\emph{Enclosed}: ball "
             "arithmetic, rounded outward~\\cite{arb}. \\emph{Numeric}: independent computations "
             "with many digits~\\cite{mpfr} agree to the digits given. "
             "\\emph{Statistical}: confidence statement; all of a report hold together with at "
             "least 95\\,\\%. A statement that fails is a finding about "
             "the text; its reason is in the list of errata.\n\n";
}

std::string erratum(const ClaimResult& claim)
{
    std::string out = fmt::format("\\begin{{erratum}}\\label{{erratum:{}}}\n\\textbf{{{}}} "
                                  "(Claim~\\ref{{claim:{}}}, {}). {}\n\n",
                                  label_of(claim.id), latex_text(claim.where), label_of(claim.id),
                                  latex_code(claim.id), latex_text(claim.summary));
    if (!claim.statement.empty()) {
        out += "As printed:\n" + latex_statement(claim.statement) + "\n";
    }
    out += fmt::format("This {}.\n\n", judgement_line(claim.as_stated));
    for (const Evidence* item : refutations(claim.as_stated)) {
        out += fmt::format("{} ({}): {}\n\n", latex_text(item->route), to_string(item->strength),
                           latex_text(item->detail));
    }
    if (claim.as_stated.counterexample) {
        out += counterexample(*claim.as_stated.counterexample) + "\n";
    }
    if (claim.amended) {
        out += "Instead:\n" + latex_statement(claim.amended->statement) + "\n";
        out += fmt::format("This {}.\n\n", judgement_line(claim.amended->judgement));
    }
    if (!claim.note.empty()) {
        out += fmt::format("Note: {}\n\n", latex_text(claim.note));
    }
    return out + "\\end{erratum}\n";
}

std::string errata(const Results& results)
{
    std::string out = "\\section{Errata}\n";
    const auto failing = with_verdict(results, Verdict::Fails);
    out += failing.empty()
               ? "No statement fails.\n\n"
               : "Statements that do not hold as printed, in the order of the paper.\n\n";
    for (const ClaimResult* claim : failing) {
        out += erratum(*claim);
    }
    return out;
}

std::string conflicts(const Results& results)
{
    std::string out = "\\section{Disagreements and weak checks}\n";
    const auto contradicted = disagreements(results);
    if (contradicted.empty()) {
        out += "No two routes contradict each other.\n\n";
    } else {
        out += table_head("@{}L{0.3\\linewidth}L{0.2\\linewidth}lL{0.34\\linewidth}@{}",
                          "claim & route & says & detail");
        const auto rows = [&](const ClaimResult& claim, const Judgement& judgement) {
            for (const Evidence& item : judgement.evidence) {
                out += fmt::format("{} & {} & {} & {}\\\\\n", claim_link(claim),
                                   latex_text(item.route), to_string(item.outcome),
                                   latex_text(item.detail));
            }
        };
        for (const ClaimResult* claim : contradicted) {
            if (claim->as_stated.verdict == Verdict::Disagreement) {
                rows(*claim, claim->as_stated);
            }
            if (claim->amended && claim->amended->judgement.verdict == Verdict::Disagreement) {
                rows(*claim, claim->amended->judgement);
            }
        }
        out += table_end;
    }
    const auto weak = weak_checks(results);
    if (weak.empty()) {
        return out + "Every planted fault was caught.\n\n";
    }
    out += "These planted faults were not refuted by the check they were planted in.\n";
    out += table_head("@{}L{0.36\\linewidth}L{0.34\\linewidth}L{0.22\\linewidth}@{}",
                      "claim & planted fault & answer");
    for (const ClaimResult* claim : weak) {
        for (const Survivor& survivor : claim->controls.survivors) {
            out += fmt::format("{} & {} & {}\\\\\n", claim_link(*claim),
                               latex_text(survivor.change), latex_text(survivor.why));
        }
    }
    return out + table_end;
}

std::string or_dash(const std::string& text)
{
    return text.empty() ? "--" : text;
}

std::string claim_row(const ClaimResult& claim)
{
    const Judgement& judgement = claim.as_stated;
    std::string verdict = verdict_latex(judgement.verdict);
    if (claim.amended) {
        verdict += fmt::format(" (amended: {})", to_string(claim.amended->judgement.verdict));
    }
    return fmt::format("{} & {} & {} & {} & {} & {} & {}\\\\\n", claim_link(claim), verdict,
                       judgement.strength == Strength::None ? "--" : to_string(judgement.strength),
                       or_dash(latex_text(scope_text(judgement.scope))),
                       or_dash(slack_latex(judgement)),
                       judgement.digits ? std::to_string(*judgement.digits) : "--",
                       or_dash(controls_text(claim.controls)));
}

std::string claim_tables(const Results& results)
{
    std::string out = "\\section{All claims}\nControls: planted faults caught of planted. Slack: "
                      "enclosure of right minus left side, or of the distance from a limit.\n\n";
    for (const Group& group : groups(results)) {
        out += fmt::format("\\subsection{{{}}}\n", latex_text(group.title));
        out += table_head("@{}L{0.265\\linewidth}L{0.125\\linewidth}lL{0.175\\linewidth}"
                          "L{0.135\\linewidth}rr@{}",
                          "claim & verdict & strength & scope & slack & digits & controls");
        for (const ClaimResult* claim : group.claims) {
            out += claim_row(*claim);
        }
        out += table_end;
    }
    return out;
}

std::string constants(const Results& results)
{
    if (results.constants.empty()) {
        return "";
    }
    std::string out = "\\section{Measured constants}\nEach constant lies within the radius of the "
                      "value given.\n";
    out += table_head("@{}L{0.11\\linewidth}L{0.125\\linewidth}L{0.085\\linewidth}"
                      "L{0.08\\linewidth}L{0.05\\linewidth}L{0.125\\linewidth}"
                      "L{0.18\\linewidth}L{0.11\\linewidth}@{}",
                      "scheme & law & $n$ & $\\beta$ & $r_0$ & further & value & radius");
    for (const ConstantRow& row : results.constants) {
        out += fmt::format("{} & {} & {} & {} & {} & {} & {} & {}\\\\\n", latex_text(row.scheme),
                           latex_cell(row.law), latex_text(row.n), latex_text(row.beta),
                           latex_text(row.r0), latex_text(row.extra), latex_number(row.mid),
                           latex_number(shorten(row.rad, 2, Rounding::Up)));
    }
    return out + table_end;
}

std::string figures(const Results& results)
{
    const std::vector<Figure> all = all_figures(results);
    std::string out = all.empty() ? "" : "\\section{Figures}\n";
    for (const Figure& figure : all) {
        out += latex_figure(figure);
    }
    return all.empty() ? out : out + "\\FloatBarrier\n";
}

std::string not_checked(const Results& results)
{
    const auto rows = with_verdict(results, Verdict::NotChecked);
    if (rows.empty()) {
        return "";
    }
    std::string out =
        fmt::format("\\section{{Not checked}}\n{}, with the reason.\n",
                    count_of(static_cast<int>(rows.size()), "statement", "statements"));
    out += table_head("@{}L{0.27\\linewidth}L{0.44\\linewidth}L{0.22\\linewidth}@{}",
                      "claim & statement & reason");
    for (const ClaimResult* claim : rows) {
        out += fmt::format("{} & {} & {}\\\\\n", latex_code(claim->id), latex_text(claim->summary),
                           claim->note.empty() ? "no reason recorded" : latex_text(claim->note));
    }
    return out + table_end;
}

std::string evidence_list(const Judgement& judgement)
{
    if (judgement.evidence.empty()) {
        return "";
    }
    std::string out = "\\begin{itemize}\\itemsep=0pt\\parskip=0pt\n";
    for (const Evidence& item : judgement.evidence) {
        out += fmt::format("\\item {}: {}", latex_text(item.route), to_string(item.outcome));
        if (item.strength != Strength::None) {
            out += fmt::format(", {}", to_string(item.strength));
        }
        if (const std::string scope = scope_text(item.scope); !scope.empty()) {
            out += ", " + latex_text(scope);
        }
        if (item.digits) {
            out += fmt::format(", {} digits", *item.digits);
        }
        if (const std::string certificates = certificates_text(item); !certificates.empty()) {
            out += "; " + certificates;
        }
        out += item.carries ? "." : ", supporting only.";
        out += item.detail.empty() ? "\n" : " " + latex_text(item.detail) + "\n";
    }
    return out + "\\end{itemize}\n";
}

std::string claim_entry(const ClaimResult& claim, const std::set<std::string_view>& entries)
{
    std::string out =
        fmt::format("\\begin{{claim}}\\label{{claim:{}}}\n{} {}\n\n", label_of(claim.id),
                    latex_code(claim.id), latex_text(claim.summary));
    if (!claim.statement.empty()) {
        out += latex_statement(claim.statement) + "\n";
    }
    out += fmt::format("As printed: {}.\n", judgement_line(claim.as_stated));
    out += evidence_list(claim.as_stated);
    if (claim.amended) {
        out += "Amended:\n" + latex_statement(claim.amended->statement) + "\n";
        out += fmt::format("As amended: {}.\n", judgement_line(claim.amended->judgement));
        out += evidence_list(claim.amended->judgement);
    }
    if (!claim.witness.empty()) {
        out += fmt::format("Witness of the hypotheses: {}.\n\n", latex_text(claim.witness));
    }
    if (!claim.depends_on.empty()) {
        out += "Rests on:";
        const char* separator = " ";
        for (const std::string& id : claim.depends_on) {
            out += separator + (entries.contains(id) ? claim_link(id) : latex_code(id));
            separator = ", ";
        }
        out += ".\n\n";
    }
    return out + "\\end{claim}\n";
}

std::string evidence(const Results& results)
{
    std::set<std::string_view> checked;
    for (const ClaimResult& claim : results.claims) {
        if (has_entry(claim)) {
            checked.insert(claim.id);
        }
    }
    std::string out = "\\appendix\n\\section{Statements and evidence}\n\\small\n";
    for (const Group& group : groups(results)) {
        std::string entries;
        for (const ClaimResult* claim : group.claims) {
            if (has_entry(*claim)) {
                entries += claim_entry(*claim, checked);
            }
        }
        if (!entries.empty()) {
            out += fmt::format("\\subsection{{{}}}\n{}", latex_text(group.title), entries);
        }
    }
    return out;
}

constexpr const char* software_cited =
    R"tex(\bibitem{flint} The FLINT team. \emph{FLINT: Fast Library for Number Theory}. flintlib.org.
\bibitem{arb} F.~Johansson. Arb: efficient arbitrary-precision midpoint-radius interval arithmetic.
\emph{IEEE Transactions on Computers} 66(8):1281--1292, 2017.
\bibitem{mpfr} L.~Fousse, G.~Hanrot, V.~Lef\`evre, P.~P\'elissier and P.~Zimmermann. MPFR: a
multiple-precision binary floating-point library with correct rounding. \emph{ACM Transactions on
Mathematical Software} 33(2), article~13, 2007.
)tex";

std::string bibliography(const Results& results)
{
    const std::string authors =
        results.paper.authors.empty() ? "" : latex_text(results.paper.authors) + ". ";
    return fmt::format(
        "\\begin{{thebibliography}}{{9}}\n\\raggedright\n\\bibitem{{paper}} "
        "{}\\emph{{{}}}. Text with SHA-256 {}.\n{}\\end{{thebibliography}}\n",
        authors, latex_text(results.paper.title),
        [&] {
            std::string hash;
            for (std::size_t i = 0; i < results.paper.sha256.size(); i += 4) {
                hash += latex_code(results.paper.sha256.substr(i, 4)) + "\\allowbreak{}";
            }
            return hash;
        }(),
        software_cited);
}

} // namespace

std::string to_latex(const Results& results)
{
    return preamble + title(results) + "\\begin{document}\n\\maketitle\n" + overview(results)
           + errata(results) + conflicts(results) + ranking_latex(results) + proofs_latex(results)
           + figures(results) + constants(results) + claim_tables(results) + not_checked(results)
           + evidence(results) + bibliography(results) + "\\end{document}\n";
}

} // namespace attest::report
