#pragma once

#include "field.hpp"
#include "interval.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace check {

using Json = nlohmann::json;

/// A JSON object all of whose members are known; access by name and type, or Rejection.
class Members {
public:
    /// Rejection when a member is missing or is neither required nor optional. The object has to
    /// outlive this.
    Members(const Json& object, const std::vector<std::string>& required,
            const std::vector<std::string>& optional = {});
    bool has(const std::string& name) const { return object_.contains(name); }
    const Json& at(const std::string& name) const { return object_.at(name); }
    const std::string& text(const std::string& name) const;
    const Json& array(const std::string& name) const;
    mpq_class number(const std::string& name) const;
    /// A whole number in JSON's own notation, or the default when the member is missing.
    long count(const std::string& name, long lowest, long highest, long otherwise) const;
    std::vector<std::string> names(const std::string& name) const; ///< distinct
    Ranges ranges(const std::string& name) const;
    Definitions lets() const; ///< member "let"

private:
    const Json& object_;
};

mpq_class number(const Json& value);
/// [lo, hi] with lo <= hi; without an end that is "inf" or "-inf".
Range range(const Json& value);
/// The same with both ends.
std::pair<mpq_class, mpq_class> bounded_range(const Json& value);
Interval enclose(const Range& range);
void require(bool condition, const std::string& reason);

enum class Relation { Less, LessEqual, Greater, GreaterEqual, Unequal };
Relation relation(const std::string& text);
/// x relation 0 for all members of x.
bool holds(const Interval& x, Relation relation);

// One function for each kind of certificate: returns when the certificate proves what it says,
// throws Rejection otherwise. The theorem behind it heads its source file.
void check_identity(const Json& certificate);
void check_at_least(const Json& certificate);
void check_limit(const Json& certificate);
void check_point(const Json& certificate);
void check_cover(const Json& certificate);
void check_integral(const Json& certificate);
void check_tube(const Json& certificate);

struct Outcome {
    std::string file, claim, kind, why;
    bool accepted = false;
    double seconds = 0;
};
/// Never throws: whatever goes wrong is a rejection.
Outcome check_file(const std::filesystem::path& file, double limit_seconds);

/// The symbolic identity a = b wherever both are defined.
void require_identity(Field& field, const Graph& graph, int a, int b, const std::string& what);

} // namespace check
