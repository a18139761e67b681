#include "attest/numbers/errors.hpp"
#include "attest/numbers/rational.hpp"
#include "attest/report/decimal.hpp"
#include "attest/report/json.hpp"
#include "attest/report/latex_text.hpp"
#include "attest/report/math.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace {

using namespace attest;
using namespace attest::ledger;

/// Text with everything that JSON, LaTeX, Markdown and XML reserve, control characters and several
/// lengths of UTF-8.
rc::Gen<std::string> text()
{
    const std::vector<std::string> parts = {"a",       "B",        "7",
                                            " ",       "\\",       "\"",
                                            "'",       "/",        "\n",
                                            "\t",      "\x01",     "\x7f",
                                            "{",       "}",        "$",
                                            "_",       "^",        "&",
                                            "#",       "%",        "~",
                                            "<",       ">",        "|",
                                            "`",       "*",        "[",
                                            "]",       "->",       "<=",
                                            "\\left(", "\\right)", "\\frac{1}{2}",
                                            "γ",       "ẋ",        "–",
                                            "☃",       "𝛾",        "NaN",
                                            "null",    "</script>"};
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(parts)),
                        [](const std::vector<std::string>& chosen) {
                            std::string all;
                            for (const std::string& part : chosen) {
                                all += part;
                            }
                            return all;
                        });
}

rc::Gen<std::string> digit_string(std::size_t most)
{
    return rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, most), [](std::size_t length) {
        return rc::gen::container<std::string>(length, rc::gen::inRange('0', ':'));
    });
}

/// Decimal numbers as Arb and MPFR print them, and as people type them.
rc::Gen<std::string> decimal()
{
    return rc::gen::apply(
        [](const std::string& sign, const std::string& whole, bool point,
           const std::string& fraction, bool power, int exponent) {
            std::string number = sign + whole;
            if (point) {
                number.append(1, '.').append(fraction);
            }
            if (power) {
                number.append(1, 'e').append(std::to_string(exponent));
            }
            return number;
        },
        rc::gen::element<std::string>("", "-", "+"), digit_string(60), rc::gen::arbitrary<bool>(),
        digit_string(60), rc::gen::arbitrary<bool>(), rc::gen::inRange(-60, 60));
}

rc::Gen<double> finite_double()
{
    using Limits = std::numeric_limits<double>;
    return rc::gen::oneOf(
        rc::gen::element(0.0, -0.0, 0.1, 1e33, -1e-300, Limits::max(), Limits::lowest(),
                         Limits::min(), Limits::denorm_min(), 1 + Limits::epsilon()),
        rc::gen::map(rc::gen::arbitrary<std::pair<long, int>>(), [](const std::pair<long, int>& p) {
            return std::ldexp(static_cast<double>(p.first), p.second % 900);
        }));
}

template <class T>
std::vector<T> some(const rc::Gen<T>& item, std::size_t most)
{
    const auto count = *rc::gen::inRange<std::size_t>(0, most + 1);
    return *rc::gen::container<std::vector<T>>(count, item);
}

template <class T>
std::optional<T> maybe(const rc::Gen<T>& item)
{
    return *rc::gen::arbitrary<bool>() ? std::optional<T>(*item) : std::nullopt;
}

Scope any_scope()
{
    return {static_cast<ScopeKind>(*rc::gen::inRange(0, 5)), *text()};
}

Judgement any_judgement()
{
    Judgement judgement;
    judgement.verdict = static_cast<Verdict>(*rc::gen::inRange(0, 5));
    judgement.strength = static_cast<Strength>(*rc::gen::inRange(0, 5));
    judgement.scope = any_scope();
    if (*rc::gen::arbitrary<bool>()) {
        const rc::Gen<std::string> end =
            rc::gen::oneOf(decimal(), rc::gen::element<std::string>("inf", "-inf", "1/3"));
        judgement.slack = Slack{*end, *end};
    }
    judgement.digits = maybe(rc::gen::inRange<long>(0, 100000));
    judgement.confidence = maybe(text());
    if (*rc::gen::arbitrary<bool>()) {
        judgement.counterexample =
            Counterexample{{{*text(), *text()}, {*text(), "1/3"}}, *text(), *text()};
    }
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
        judgement.evidence.push_back(
            {*text(), *text(), static_cast<Truth>(*rc::gen::inRange(-1, 2)),
             static_cast<Strength>(*rc::gen::inRange(0, 5)), any_scope(),
             maybe(rc::gen::inRange<long>(0, 99)), *rc::gen::arbitrary<bool>()});
    }
    return judgement;
}

ClaimResult any_claim(int number)
{
    ClaimResult claim;
    claim.id = *text() + std::to_string(number);
    claim.where = *text();
    claim.kind = *text();
    claim.summary = *text();
    claim.domain = *text();
    claim.statement = *text();
    claim.as_stated = any_judgement();
    if (*rc::gen::arbitrary<bool>()) {
        claim.amended = Amended{*text(), any_judgement()};
    }
    claim.depends_on = some(text(), 3);
    claim.controls.caught = *rc::gen::inRange(0, 9);
    claim.controls.planted = claim.controls.caught + *rc::gen::inRange(0, 9);
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
        claim.controls.survivors.push_back({*text(), *text()});
    }
    claim.witness = *text();
    claim.bits = maybe(rc::gen::inRange<long>(0, 10000));
    claim.seconds = std::abs(*finite_double());
    claim.note = *text();
    return claim;
}

Curve any_curve()
{
    Curve curve;
    curve.label = *text();
    const auto points = *rc::gen::inRange<std::size_t>(0, 6);
    curve.x = *rc::gen::container<std::vector<double>>(points, finite_double());
    curve.y = *rc::gen::container<std::vector<double>>(points, finite_double());
    return curve;
}

Results any_results()
{
    Results results;
    results.suite = {*text(), *text(), *text(), {{*text(), *text()}, {*text(), *text()}}};
    results.paper = {*text(), *text(), *text()};
    results.run = {*text(), *rc::gen::inRange<long>(0, 1000000),
                   *rc::gen::arbitrary<unsigned long long>(), *rc::gen::inRange(0, 1000),
                   std::abs(*finite_double())};
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
        results.claims.push_back(any_claim(i));
    }
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
        results.constants.push_back({*text(), *text(), *text(), *text(), *text(), *text(),
                                     *decimal(), *decimal(), *rc::gen::inRange<long>(0, 1000)});
    }
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
        Figure figure{"figure_" + std::to_string(i), *text(), {}};
        figure.panels.push_back({*text(),
                                 *text(),
                                 *text(),
                                 *rc::gen::arbitrary<bool>(),
                                 *rc::gen::arbitrary<bool>(),
                                 {any_curve(), any_curve()}});
        results.figures.push_back(figure);
    }
    return results;
}

RC_GTEST_PROP(ReportJson, ReadingUndoesWriting, ())
{
    const Results results = any_results();
    const std::string written = report::to_json(results);
    const Results again = report::from_json(written, "memory");
    RC_ASSERT(again == results);
    RC_ASSERT(report::to_json(again) == written);
}

RC_GTEST_PROP(ReportJson, EveryTruncationIsRefusedInOneLine, ())
{
    const std::string written = report::to_json(any_results());
    const auto length = *rc::gen::inRange<std::size_t>(0, written.size() - 1);
    try {
        report::from_json(written.substr(0, length), "memory");
        RC_FAIL("a truncated file was accepted");
    } catch (const InputError& error) {
        const std::string message = error.what();
        RC_ASSERT(message.starts_with("memory: "));
        RC_ASSERT(message.find('\n') == std::string::npos);
    }
}

RC_GTEST_PROP(ReportJson, AnyChangedByteIsReadOrRefused, ())
{
    std::string written = report::to_json(any_results());
    const auto place = *rc::gen::inRange<std::size_t>(0, written.size());
    written[place] = *rc::gen::arbitrary<char>();
    try {
        const Results read = report::from_json(written, "memory");
        RC_ASSERT(report::from_json(report::to_json(read), "memory") == read);
    } catch (const InputError&) {
    }
}

/// A decimal string as the exact rational that it denotes.
Rational exact(const std::string& number)
{
    const report::Scientific parts = report::split_exponent(number);
    const std::size_t dot = parts.significand.find('.');
    std::string digits = parts.significand;
    long exponent = parts.exponent;
    if (dot != std::string::npos) {
        exponent -= static_cast<long>(digits.size() - dot - 1);
        digits.erase(dot, 1);
    }
    const bool negative = digits.front() == '-';
    if (negative || digits.front() == '+') {
        digits.erase(0, 1);
    }
    Rational value(0);
    for (const char c : digits) {
        value = value * 10 + (c - '0');
    }
    for (; exponent > 0; --exponent) {
        value *= 10;
    }
    for (; exponent < 0; ++exponent) {
        value /= 10;
    }
    return negative ? Rational(-value) : value;
}

RC_GTEST_PROP(ReportDecimal, ShorteningRoundsOutwardByLessThanAUnit, ())
{
    const std::string number = *decimal();
    const auto digits = *rc::gen::inRange<std::size_t>(1, 8);
    const std::string below = report::shorten(number, digits, report::Rounding::Down);
    const std::string above = report::shorten(number, digits, report::Rounding::Up);
    RC_ASSERT(report::is_number(below));
    RC_ASSERT(report::is_number(above));
    const Rational value = exact(number);
    const Rational lo = exact(below);
    const Rational hi = exact(above);
    RC_ASSERT(lo <= value);
    RC_ASSERT(value <= hi);
    Rational magnitude = value < 0 ? Rational(-value) : value;
    for (std::size_t i = 1; i < digits; ++i) {
        magnitude /= 10;
    }
    RC_ASSERT(Rational(hi - lo) <= magnitude);
    RC_ASSERT(report::shorten(below, digits, report::Rounding::Down) == below);
}

/// Braces open at the end of a TeX text, or -1 where one closes too early; escapes do not count.
long open_braces(const std::string& tex)
{
    long depth = 0;
    for (std::size_t i = 0; i < tex.size() && depth >= 0; ++i) {
        if (tex[i] == '\\') {
            ++i;
        } else {
            depth += tex[i] == '{' ? 1 : tex[i] == '}' ? -1 : 0;
        }
    }
    return depth;
}

RC_GTEST_PROP(ReportLatex, NothingReservedComesThrough, ())
{
    const std::string input = *text();
    for (const std::string& tex :
         {report::latex_text(input), report::latex_code(input), report::latex_statement(input),
          report::latex_inline(input), report::latex_label(input)}) {
        RC_ASSERT(open_braces(tex) == 0);
        for (std::size_t i = 0; i < tex.size(); ++i) {
            if (tex[i] == '\\') {
                ++i;
                continue;
            }
            RC_ASSERT(tex[i] != '#');
            RC_ASSERT(tex[i] != '%');
        }
    }
    for (const std::string& tex : {report::latex_text(input), report::latex_code(input)}) {
        for (std::size_t i = 0; i < tex.size(); ++i) {
            if (tex[i] == '\\') {
                ++i;
                continue;
            }
            RC_ASSERT(std::string("&$~").find(tex[i]) == std::string::npos);
        }
    }
}

RC_GTEST_PROP(ReportMarkdown, CellsHoldNoMarkup, ())
{
    const std::string cell = report::markdown_cell(*text());
    RC_ASSERT(cell.find('|') == std::string::npos);
    RC_ASSERT(cell.find('\n') == std::string::npos);
    RC_ASSERT(cell.find('<') == std::string::npos);
}

} // namespace
