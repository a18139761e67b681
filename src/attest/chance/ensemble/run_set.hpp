#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace attest::chance {

/// Which of the runs 0, 1, 2, ... have been made.
class RunSet {
public:
    bool contains(std::uint64_t run) const;
    void insert(std::uint64_t run);
    /// Adds all of another set. Throws InputError naming a run that is in both: its curves would be
    /// counted twice.
    void add(const RunSet& other);
    std::uint64_t size() const;
    /// Of the runs 0, ..., count - 1.
    std::uint64_t size_below(std::uint64_t count) const;

    const std::vector<std::uint64_t>& words() const { return words_; }
    static RunSet from_words(std::vector<std::uint64_t> words);
    bool operator==(const RunSet&) const = default;

private:
    std::vector<std::uint64_t> words_; ///< bit r % 64 of word r / 64
};

} // namespace attest::chance
