#pragma once

#include <gmpxx.h>

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace check {

enum class Op {
    Constant,
    Name,
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Exp,
    Log,
    Sqrt,
    Sin,
    Cos,
    Exprel
};

struct Node {
    Op op{};
    int a = -1, b = -1; ///< operands, numbers of earlier nodes
    mpq_class value;    ///< Constant: its value; Power: the exponent
    std::string name;   ///< Name
};

/// All formulas of a certificate; equal subformulas are one node. Operands precede their users.
class Graph {
public:
    int add(Node node);
    int name(const std::string& name) { return add({Op::Name, -1, -1, 0, name}); }
    const Node& operator[](int i) const { return nodes_[static_cast<std::size_t>(i)]; }
    std::size_t size() const { return nodes_.size(); }
    /// The nodes that these depend on, operands first.
    std::vector<int> needed_by(const std::vector<int>& roots) const;

private:
    using Key = std::tuple<Op, int, int, mpq_class, std::string>;
    std::vector<Node> nodes_;
    std::map<Key, int> known_;
};

using Definitions = std::vector<std::pair<std::string, std::string>>;

/// What names mean inside formulas: nodes given by the certificate's kind, and the let names, each
/// of which may use the ones before it. Let formulas are read when they are first used.
class Scope {
public:
    Scope(Graph& graph, Definitions lets) : graph_(graph), lets_(std::move(lets)) {}
    void define(const std::string& name, int node);
    /// The name as a free symbol.
    void symbol(const std::string& name) { define(name, graph_.name(name)); }
    /// Unknown names become free symbols.
    void allow_any_name() { any_name_ = true; }
    int parse(std::string_view text) { return parse(text, lets_.size(), 0); }
    /// Reads all let formulas, so that an error in one that is not used is found too.
    void read_all();

private:
    friend class Parser;
    /// Depth counts open brackets, through let formulas too.
    int parse(std::string_view text, std::size_t visible_lets, int depth);
    int resolve(const std::string& name, std::size_t visible_lets, int depth);

    Graph& graph_;
    Definitions lets_;
    std::map<std::string, int> names_;
    bool any_name_ = false;
};

/// [A-Za-z][A-Za-z0-9_]*, and not a function. Throws Rejection.
void require_name(const std::string& name);

} // namespace check
