#include "attest/ledger/registry.hpp"

#include "attest/numbers/errors.hpp"
#include "theorems/registry.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace attest::ledger {
namespace {

constexpr const char* inventory_text = "id\twhere\tkind\tstatement\tdomain\n"
                                       "a/one\tSection 1\tidentity\tfirst\tall n\n"
                                       "a/two\tSection 1\tlimit\tsecond\tall n\n"
                                       "\n"
                                       "b/one\tSection 2\tidentity\tthird\tall n\r\n"
                                       "b/deep/one\tSection 2\tidentity\tfourth\t\n";

Registry small()
{
    return Registry(parse_inventory(inventory_text));
}

Claim claim(const std::string& id)
{
    Claim result;
    result.id = id;
    return result;
}

TEST(Inventory, ReadsRows)
{
    const auto rows = parse_inventory(inventory_text);
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[1].id, "a/two");
    EXPECT_EQ(rows[1].kind, "limit");
    EXPECT_EQ(rows[2].domain, "all n");
    EXPECT_EQ(rows[3].domain, "");
    EXPECT_TRUE(parse_inventory("").empty());
    EXPECT_TRUE(parse_inventory("id\twhere\tkind\tstatement\tdomain").empty());
}

TEST(Inventory, RejectsBadLinesByNumber)
{
    const std::string head = "id\twhere\tkind\tstatement\tdomain\n";
    for (const std::string& body : {std::string("x\ty\n"), std::string("x\ty\tz\tu\tv\tw\n"),
                                    std::string("x\ty\tz\tu\tv\nx\ty\tz\tu\tv\n")}) {
        try {
            parse_inventory(head + body);
            ADD_FAILURE() << body;
        } catch (const InputError& error) {
            EXPECT_NE(std::string(error.what()).find("inventory line "), std::string::npos);
        }
    }
}

TEST(Registry, OrphansAndRepetitionsAreDefects)
{
    Registry registry = small();
    EXPECT_THROW(registry.add(claim("c/none")), std::logic_error);
    EXPECT_THROW(registry.add_reason("c/none", "because"), std::logic_error);
    registry.add(claim("a/one"));
    EXPECT_THROW(registry.add(claim("a/one")), std::logic_error);
    EXPECT_NE(registry.find("a/one"), nullptr);
    EXPECT_EQ(registry.find("a/two"), nullptr);
    EXPECT_EQ(registry.find("c/none"), nullptr);
    registry.add_reason("a/two", "later");
    EXPECT_EQ(registry.reason("a/two"), "later");
    EXPECT_EQ(registry.reason("b/one"), "");
    EXPECT_THROW(registry.row("c/none"), InputError);
    EXPECT_EQ(registry.row("b/one").statement, "third");
}

TEST(Registry, SelectsByPattern)
{
    const Registry registry = small();
    using Ids = std::vector<std::string>;
    EXPECT_EQ(registry.select({}), (Ids{"a/one", "a/two", "b/one", "b/deep/one"}));
    EXPECT_EQ(registry.select({"a/*"}), (Ids{"a/one", "a/two"}));
    EXPECT_EQ(registry.select({"*"}), registry.select({}));
    EXPECT_EQ(registry.select({"*/one"}), (Ids{"a/one", "b/one", "b/deep/one"}));
    EXPECT_EQ(registry.select({"?/one"}), (Ids{"a/one", "b/one"}));
    EXPECT_EQ(registry.select({"b*e"}), (Ids{"b/one", "b/deep/one"}));
    EXPECT_EQ(registry.select({"**/***one**"}), (Ids{"a/one", "b/one", "b/deep/one"}));
    // Inventory order, each once, whatever the order of the patterns.
    EXPECT_EQ(registry.select({"b/one", "a/*", "a/one"}), (Ids{"a/one", "a/two", "b/one"}));
    for (const char* nothing : {"c/*", "a", "a/", "A/one", "?", "", "a/one/", "a/one?"}) {
        EXPECT_THROW(registry.select({nothing}), InputError) << nothing;
    }
    EXPECT_THROW(registry.select({"a/one", "c/none"}), InputError);
}

// Against the definition of a shell pattern, by a table over all prefixes.
bool matches(const std::string& pattern, const std::string& text)
{
    std::vector<bool> reach(text.size() + 1, false);
    reach[0] = true;
    for (const char p : pattern) {
        std::vector<bool> next(text.size() + 1, false);
        for (std::size_t t = 0; t <= text.size(); ++t) {
            if (p == '*') {
                next[t] = reach[t] || (t > 0 && next[t - 1]);
            } else {
                next[t] = t > 0 && reach[t - 1] && (p == '?' || p == text[t - 1]);
            }
        }
        reach = next;
    }
    return reach[text.size()];
}

RC_GTEST_PROP(Registry, GlobsAreTheDefinition, ())
{
    const auto word = [](const std::string& letters) {
        return rc::gen::container<std::string>(rc::gen::elementOf(letters));
    };
    const std::string id = *word("ab/");
    const std::string pattern = *word("ab/**?");
    const Registry registry({{id, "", "", "", ""}});
    bool selected = true;
    try {
        selected = registry.select({pattern}).size() == 1;
    } catch (const InputError&) {
        selected = false;
    }
    RC_ASSERT(selected == matches(pattern, id));
}

// The suite itself: no row is hidden, every dependency is a row, every claim has what a report
// needs.
TEST(Registry, OfThePaper)
{
    const Registry registry = theorems::make_registry();
    std::set<std::string> ids;
    std::size_t claims = 0;
    for (const InventoryRow& row : registry.inventory()) {
        ids.insert(row.id);
    }
    EXPECT_EQ(ids.size(), registry.inventory().size());
    for (const std::string& id : ids) {
        const Claim* found = registry.find(id);
        if (found == nullptr) {
            EXPECT_FALSE(registry.reason(id).empty()) << id << ": no claim and no reason";
            continue;
        }
        ++claims;
        EXPECT_TRUE(found->check) << id;
        EXPECT_FALSE(found->printed.latex.empty()) << id;
        EXPECT_FALSE(found->witness.empty()) << id;
        EXPECT_GE(found->faults.size(), 3U) << id;
        for (const std::string& other : found->depends_on) {
            EXPECT_TRUE(ids.contains(other)) << id << " depends on " << other;
        }
    }
    EXPECT_GE(claims, 90U);
}

} // namespace
} // namespace attest::ledger
