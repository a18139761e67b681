#include "attest/ledger/proof_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

namespace attest::ledger {
namespace {

/// Depth-first search for a way back to a statement that is still open.
class CycleSearch {
public:
    explicit CycleSearch(const Dependencies& edges) : edges_(edges) {}

    std::vector<std::string> from(const std::string& id)
    {
        if (const auto open = std::find(path_.begin(), path_.end(), id); open != path_.end()) {
            std::vector<std::string> cycle(open, path_.end());
            cycle.push_back(id);
            return cycle;
        }
        const auto edges = edges_.find(id);
        if (edges == edges_.end() || !done_.insert(id).second) {
            return {};
        }
        path_.push_back(id);
        for (const std::string& other : edges->second) {
            if (std::vector<std::string> cycle = from(other); !cycle.empty()) {
                return cycle;
            }
        }
        path_.pop_back();
        return {};
    }

private:
    const Dependencies& edges_;
    std::vector<std::string> path_;
    std::set<std::string> done_;
};

void collect(const Dependencies& edges, const std::string& id, std::set<std::string>& found)
{
    if (!found.insert(id).second) {
        return;
    }
    if (const auto below = edges.find(id); below != edges.end()) {
        for (const std::string& other : below->second) {
            collect(edges, other, found);
        }
    }
}

int badness(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Holds:
        return 0;
    case Verdict::NotChecked:
        return 1;
    case Verdict::Undecided:
        return 2;
    case Verdict::Disagreement:
        return 3;
    case Verdict::Fails:
        break;
    }
    return 4;
}

Verdict worse(Verdict a, Verdict b)
{
    return badness(a) < badness(b) ? b : a;
}

Verdict printed_verdict(const ProofNode& node)
{
    return node.claim == nullptr ? Verdict::NotChecked : node.claim->as_stated.verdict;
}

Verdict best_verdict(const ProofNode& node)
{
    const Judgement* best = best_judgement(node);
    return best == nullptr ? Verdict::NotChecked : best->verdict;
}

/// Larger is weaker.
std::tuple<int, int, int> weakness(const ProofNode& node)
{
    const Judgement* best = best_judgement(node);
    if (best == nullptr) {
        return {badness(Verdict::NotChecked), 0, 0};
    }
    return {badness(best->verdict), -static_cast<int>(best->strength),
            -static_cast<int>(best->scope.kind)};
}

} // namespace

Dependencies dependencies_of(const Registry& registry)
{
    Dependencies edges;
    for (const InventoryRow& row : registry.inventory()) {
        const Claim* claim = registry.find(row.id);
        edges[row.id] = claim == nullptr ? std::vector<std::string>() : claim->depends_on;
    }
    return edges;
}

Dependencies dependencies_of(const Results& results)
{
    Dependencies edges;
    for (const ClaimResult& claim : results.claims) {
        edges[claim.id] = claim.depends_on;
    }
    return edges;
}

std::vector<std::string> unknown_dependencies(const Dependencies& dependencies)
{
    std::vector<std::string> found;
    for (const auto& [id, others] : dependencies) {
        for (const std::string& other : others) {
            if (!dependencies.contains(other)) {
                found.push_back(fmt::format("{} -> {}", id, other));
            }
        }
    }
    return found;
}

std::vector<std::string> find_cycle(const Dependencies& dependencies)
{
    CycleSearch search(dependencies);
    for (const auto& [id, others] : dependencies) {
        if (std::vector<std::string> cycle = search.from(id); !cycle.empty()) {
            return cycle;
        }
    }
    return {};
}

ProofGraph proof_graph(const Results& results, const std::string& unit)
{
    const Dependencies edges = dependencies_of(results);
    if (const std::vector<std::string> cycle = find_cycle(edges); !cycle.empty()) {
        throw std::logic_error(
            fmt::format("depends_on has the cycle {}", fmt::join(cycle, " -> ")));
    }
    std::set<std::string> roots;
    std::set<std::string> reached;
    for (const ClaimResult& claim : results.claims) {
        if (claim.id.substr(0, claim.id.find('/')) == unit) {
            roots.insert(claim.id);
            if (!claim.depends_on.empty()) {
                collect(edges, claim.id, reached);
            }
        }
    }
    ProofGraph graph;
    std::map<std::string, std::size_t> position;
    const auto add = [&](const std::string& id, const ClaimResult* claim) {
        position[id] = graph.nodes.size();
        graph.nodes.push_back({id, claim, roots.contains(id), {}});
    };
    for (const ClaimResult& claim : results.claims) {
        if (reached.erase(claim.id) > 0) {
            add(claim.id, &claim);
        }
    }
    for (const std::string& id : reached) {
        add(id, nullptr);
    }
    for (ProofNode& node : graph.nodes) {
        if (node.claim == nullptr) {
            continue;
        }
        for (const std::string& other : node.claim->depends_on) {
            node.rests_on.push_back(position.at(other));
        }
        std::sort(node.rests_on.begin(), node.rests_on.end());
        node.rests_on.erase(std::unique(node.rests_on.begin(), node.rests_on.end()),
                            node.rests_on.end());
    }
    return graph;
}

std::vector<std::size_t> steps_below(const ProofGraph& graph, std::size_t node)
{
    std::set<std::size_t> found;
    std::vector<std::size_t> open = graph.nodes.at(node).rests_on;
    while (!open.empty()) {
        const std::size_t next = open.back();
        open.pop_back();
        if (found.insert(next).second) {
            open.insert(open.end(), graph.nodes[next].rests_on.begin(),
                        graph.nodes[next].rests_on.end());
        }
    }
    return {found.begin(), found.end()};
}

ProofGraph reduced(ProofGraph graph)
{
    std::vector<std::set<std::size_t>> below(graph.nodes.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const std::vector<std::size_t> steps = steps_below(graph, i);
        below[i].insert(steps.begin(), steps.end());
    }
    for (ProofNode& node : graph.nodes) {
        const std::vector<std::size_t> all = node.rests_on;
        std::erase_if(node.rests_on, [&](std::size_t end) {
            return std::any_of(all.begin(), all.end(),
                               [&](std::size_t other) { return below[other].contains(end); });
        });
    }
    return graph;
}

const Judgement* best_judgement(const ProofNode& node)
{
    if (node.claim == nullptr) {
        return nullptr;
    }
    const ClaimResult& claim = *node.claim;
    return claim.as_stated.verdict == Verdict::Holds || !claim.amended ? &claim.as_stated
                                                                       : &claim.amended->judgement;
}

ProofStanding standing(const ProofGraph& graph, std::size_t node)
{
    const std::vector<std::size_t> steps = steps_below(graph, node);
    ProofStanding result;
    result.steps = steps.size();
    result.weakest = steps.empty() ? 0 : steps.front();
    for (const std::size_t step : steps) {
        const ProofNode& below = graph.nodes[step];
        const Verdict printed = printed_verdict(below);
        result.proof = worse(result.proof, printed);
        result.repaired = worse(result.repaired, best_verdict(below));
        if (printed == Verdict::Fails) {
            result.failing.push_back(step);
        } else if (printed != Verdict::Holds) {
            result.open.push_back(step);
        }
        if (weakness(graph.nodes[result.weakest]) < weakness(below)) {
            result.weakest = step;
        }
    }
    return result;
}

} // namespace attest::ledger
