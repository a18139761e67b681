#include "attest/ledger/mutation.hpp"

#include "attest/numbers/mutation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <sstream>

namespace attest::ledger {
namespace statement_mutation {
namespace {

constexpr std::array<std::string_view, fate_count> fate_words = {
    "caught", "contradicted",   "equivalent", "no-statement",
    "proved", "true-at-points", "undecided",  "missed"};

std::vector<std::string> symbols_of(const Statement& statement)
{
    std::set<std::string> names;
    for (const auto& [name, formula] : statement.formulas) {
        for (const std::string& symbol : formula.symbols()) {
            names.insert(symbol);
        }
    }
    return {names.begin(), names.end()};
}

void add_numbers(const Statement& statement, std::vector<StatementMutant>& all)
{
    for (const auto& [name, value] : statement.numbers) {
        std::vector<std::pair<const char*, Rational>> others = {
            {"constant-ppm", value == 0 ? Rational(1, 1'000'000)
                                        : Rational(value * Rational(1'000'001, 1'000'000))},
            {"constant-by-one", value + 1},
            {"constant-by-one", value - 1},
            {"sign", -value},
            {"factor-two", value / 2},
            {"factor-two", value * 2}};
        if (value != 0) {
            others.emplace_back("reciprocal", 1 / value);
        }
        std::set<Rational> known = {value};
        for (const auto& [operation, other] : others) {
            if (known.insert(other).second) {
                StatementMutant mutant{
                    "number " + name, operation, "whole",
                    fmt::format("{} -> {}", attest::to_string(value), attest::to_string(other)),
                    statement};
                mutant.statement.numbers[name] = other;
                all.push_back(std::move(mutant));
            }
        }
    }
}

/// The words of a list separated by spaces; the word itself where it has none.
std::vector<std::string> items(const std::string& word)
{
    std::istringstream in(word);
    std::vector<std::string> found;
    for (std::string one; in >> one;) {
        found.push_back(one);
    }
    return found;
}

bool contains(const std::vector<std::string>& words, const std::string& word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

class WordMutants {
public:
    WordMutants(const Statement& statement, const std::string& name,
                std::vector<StatementMutant>& all) :
        statement_(statement),
        name_(name), word_(statement.words.at(name)), all_(all)
    {
    }

    void add(const char* operation, const std::string& other)
    {
        StatementMutant mutant{"word " + name_, operation, "whole",
                               fmt::format("{} -> {}", word_, other), statement_};
        mutant.statement.words[name_] = other;
        all_.push_back(std::move(mutant));
    }

    void of_family(const std::vector<std::string>& family)
    {
        const std::vector<std::string> list = items(word_);
        const bool belongs =
            !list.empty() && std::all_of(list.begin(), list.end(), [&](const auto& item) {
                return contains(family, item);
            });
        if (!belongs) {
            return;
        }
        for (std::size_t i = 0; i < list.size(); ++i) {
            std::vector<std::string> shorter = list;
            shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
            if (!shorter.empty()) {
                add("drop-term", fmt::format("{}", fmt::join(shorter, " ")));
            }
            for (const std::string& other : family) {
                if (!contains(list, other)) {
                    std::vector<std::string> changed = list;
                    changed[i] = other;
                    add(family == relation_signs() ? "relation" : "wrong-word",
                        fmt::format("{}", fmt::join(changed, " ")));
                }
            }
        }
    }

private:
    const Statement& statement_;
    const std::string& name_;
    const std::string& word_;
    std::vector<StatementMutant>& all_;
};

void add_words(const Statement& statement, const WordFamilies& families,
               std::vector<StatementMutant>& all)
{
    for (const auto& [name, word] : statement.words) {
        WordMutants mutants(statement, name, all);
        for (const std::vector<std::string>& family : families) {
            mutants.of_family(family);
        }
        if (const std::string other = other_extreme(word); !other.empty()) {
            mutants.add("swap-extremes", other);
        }
    }
}

bool stopped(const Judgement& answer)
{
    return answer.evidence.size() == 1 && answer.evidence.front().route == "check"
           && answer.evidence.front().strength == Strength::None;
}

} // namespace
} // namespace statement_mutation

const std::vector<std::string>& relation_signs()
{
    static const std::vector<std::string> signs = {"=", "<=", "<", ">=", ">"};
    return signs;
}

std::vector<StatementMutant> mutants_of(const Statement& statement, const WordFamilies& families)
{
    using namespace statement_mutation;
    std::vector<StatementMutant> all;
    const std::vector<std::string> symbols = symbols_of(statement);
    for (const auto& [name, formula] : statement.formulas) {
        for (Mutant& one : mutants(formula, symbols)) {
            StatementMutant mutant{"formula " + name, std::move(one.operation),
                                   std::move(one.place), std::move(one.change), statement};
            mutant.statement.formulas.at(name) = std::move(one.formula);
            all.push_back(std::move(mutant));
        }
    }
    add_numbers(statement, all);
    add_words(statement, families, all);
    return all;
}

std::vector<PartProbe> part_probes(const Statement& statement)
{
    static const std::string nonsense = "something without a meaning";
    std::vector<PartProbe> probes;
    for (const auto& [name, formula] : statement.formulas) {
        PartProbe probe{"formula " + name, statement, statement};
        probe.removed.formulas.erase(name);
        probe.meaningless.formulas.at(name) = Expr::symbol(nonsense);
        probes.push_back(std::move(probe));
    }
    for (const auto& [name, number] : statement.numbers) {
        PartProbe probe{"number " + name, statement, statement};
        probe.removed.numbers.erase(name);
        probe.meaningless.numbers.at(name) = Rational(-987'654'321, 123'456'789);
        probes.push_back(std::move(probe));
    }
    for (const auto& [name, word] : statement.words) {
        PartProbe probe{"word " + name, statement, statement};
        probe.removed.words.erase(name);
        probe.meaningless.words.at(name) = nonsense;
        probes.push_back(std::move(probe));
    }
    return probes;
}

std::vector<std::string> changed_parts(const Statement& a, const Statement& b)
{
    std::set<std::string> changed;
    const auto compare = [&](const char* kind, const auto& left, const auto& right) {
        for (const auto* side : {&left, &right}) {
            for (const auto& [name, value] : *side) {
                const auto l = left.find(name);
                const auto r = right.find(name);
                if (l == left.end() || r == right.end() || !(l->second == r->second)) {
                    changed.insert(fmt::format("{} {}", kind, name));
                }
            }
        }
    };
    compare("formula", a.formulas, b.formulas);
    compare("number", a.numbers, b.numbers);
    compare("word", a.words, b.words);
    return {changed.begin(), changed.end()};
}

std::string_view to_string(Fate fate) noexcept
{
    using namespace statement_mutation;
    return fate_words[static_cast<std::size_t>(fate)];
}

Fate parse_fate(std::string_view word)
{
    using namespace statement_mutation;
    const auto found = std::find(fate_words.begin(), fate_words.end(), word);
    if (found == fate_words.end()) {
        throw InputError(
            fmt::format("fate '{}': must be one of {}", word, fmt::join(fate_words, ", ")));
    }
    return static_cast<Fate>(found - fate_words.begin());
}

FateReason fate_of(const Judgement& answer)
{
    using namespace statement_mutation;
    switch (answer.verdict) {
    case Verdict::Fails:
        return {Fate::Caught, {}};
    case Verdict::Holds: {
        const std::string proof =
            fmt::format("holds, {}: {}", to_string(answer.strength), answer.scope.text);
        if (answer.strength < Strength::Enclosed) {
            return {Fate::Missed, proof};
        }
        const bool continuous = answer.scope.kind >= ScopeKind::Box;
        return {continuous ? Fate::Proved : Fate::TrueAtPoints, proof};
    }
    case Verdict::Disagreement:
        return {Fate::Contradicted, "a route refutes it, another one does not see it"};
    case Verdict::Undecided:
    case Verdict::NotChecked:
        break;
    }
    if (stopped(answer)) {
        return {Fate::NoStatement, answer.evidence.front().detail};
    }
    std::vector<std::string> open;
    for (const Evidence& item : answer.evidence) {
        open.push_back(fmt::format("{}: {}", item.route, to_string(item.outcome)));
    }
    return {Fate::Undecided, fmt::format("{}", fmt::join(open, "; "))};
}

long FateCounts::tried() const
{
    return std::accumulate(of.begin(), of.end(), 0L);
}

long FateCounts::detected() const
{
    return (*this)[Fate::Caught] + (*this)[Fate::Contradicted];
}

long FateCounts::faults() const
{
    return tried() - (*this)[Fate::Equivalent] - (*this)[Fate::Proved]
           - (*this)[Fate::TrueAtPoints];
}

FateCounts& FateCounts::operator+=(const FateCounts& other)
{
    for (std::size_t i = 0; i < fate_count; ++i) {
        of[i] += other.of[i];
    }
    return *this;
}

FateCounts ClaimMutants::counts() const
{
    FateCounts sum;
    for (const auto& [operation, counts] : by_operation) {
        sum += counts;
    }
    return sum;
}

} // namespace attest::ledger
