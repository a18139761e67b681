#include "attest/chance/ensemble/run_set.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <bit>
#include <utility>

namespace attest::chance {
namespace {

constexpr std::uint64_t word_bits = 64;

std::uint64_t bit_of(std::uint64_t run)
{
    return std::uint64_t{1} << (run % word_bits);
}

} // namespace

bool RunSet::contains(std::uint64_t run) const
{
    const std::uint64_t word = run / word_bits;
    return word < words_.size() && (words_[word] & bit_of(run)) != 0;
}

void RunSet::insert(std::uint64_t run)
{
    const std::uint64_t word = run / word_bits;
    if (word >= words_.size()) {
        words_.resize(word + 1);
    }
    words_[word] |= bit_of(run);
}

void RunSet::add(const RunSet& other)
{
    if (words_.size() < other.words_.size()) {
        words_.resize(other.words_.size());
    }
    for (std::size_t k = 0; k < other.words_.size(); ++k) {
        const std::uint64_t twice = words_[k] & other.words_[k];
        if (twice != 0) {
            throw InputError(
                fmt::format("run {} is counted twice: must be once",
                            k * word_bits + static_cast<std::uint64_t>(std::countr_zero(twice))));
        }
        words_[k] |= other.words_[k];
    }
}

std::uint64_t RunSet::size() const
{
    std::uint64_t count = 0;
    for (const std::uint64_t word : words_) {
        count += static_cast<std::uint64_t>(std::popcount(word));
    }
    return count;
}

std::uint64_t RunSet::size_below(std::uint64_t count) const
{
    std::uint64_t found = 0;
    for (std::size_t k = 0; k < words_.size() && k * word_bits < count; ++k) {
        const std::uint64_t left = count - k * word_bits;
        const std::uint64_t mask = left >= word_bits ? ~std::uint64_t{0} : bit_of(left) - 1;
        found += static_cast<std::uint64_t>(std::popcount(words_[k] & mask));
    }
    return found;
}

RunSet RunSet::from_words(std::vector<std::uint64_t> words)
{
    RunSet set;
    set.words_ = std::move(words);
    return set;
}

} // namespace attest::chance
