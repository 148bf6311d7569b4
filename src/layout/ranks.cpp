#include <algorithm>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

class Ranking {
 public:
  Ranking(const Chart& chart, const MainLine& main) : chart_(chart), main_(main) {
    ranks_.of.assign(chart.flow.nodes.size(), 0);
    ranks_.beside.assign(chart.flow.nodes.size(), none);
  }

  Ranks run() {
    choose_beside();
    longest_paths();
    lower_sources();
    for (const std::uint32_t rank : ranks_.of) ranks_.count = std::max(ranks_.count, rank + 1);
    return std::move(ranks_);
  }

 private:
  // A short exception stands beside its decision: a box that is entered only from there and ends
  // the matter, goes back, or joins again at once.
  void choose_beside() {
    for (std::uint32_t node = 0; node < ranks_.of.size(); ++node) {
      const auto entries = chart_.facts.graph.entries(NodeIndex(node));
      if (entries.size() != 1) continue;
      const std::uint32_t edge = at(entries[0]);
      if (fits_beside(node, edge)) ranks_.beside[node] = edge;
    }
    keep_two_sides();
  }

  bool fits_beside(std::uint32_t node, std::uint32_t edge) const {
    const Edge& entry = chart_.flow.edges[edge];
    const std::uint32_t from = at(entry.from);
    const NodeKind kind = chart_.flow.nodes[node].kind;
    if (chart_.goes_back(EdgeIndex(edge)) || main_.has_node[node] || from == node) return false;
    if (chart_.flow.nodes[from].kind != NodeKind::decision) return false;
    if (kind == NodeKind::decision || kind == NodeKind::parallel || kind == NodeKind::join) {
      return false;
    }
    if (chart_.flow.nodes[from].lane != chart_.flow.nodes[node].lane) return false;
    const auto exits = chart_.facts.graph.exits(NodeIndex(node));
    if (exits.size() > 1) return false;
    for (const EdgeIndex exit : exits) {
      const Edge& next = chart_.flow.edge(exit);
      if (next.to == entry.from || next.to == next.from) return false;
      // The way back must end above the decision.
      if (chart_.goes_back(exit) && chart_.position[at(next.to)] >= chart_.position[from])
        return false;
      if (!chart_.goes_back(exit) && !short_branch(at(next.to))) return false;
    }
    return true;
  }

  // What follows the box is an end of its own or a box that others enter too.
  bool short_branch(std::uint32_t next) const {
    return chart_.facts.graph.entries(NodeIndex(next)).size() > 1 ||
           chart_.facts.graph.exits(NodeIndex(next)).empty();
  }

  // One on the left, one on the right of a box; ways back first, then in document order.
  void keep_two_sides() {
    std::vector<std::uint8_t> taken(ranks_.of.size(), 0);
    for (std::uint32_t node = 0; node < ranks_.of.size(); ++node) {
      if (ranks_.beside[node] == none) continue;
      const std::uint32_t from = at(chart_.flow.edges[ranks_.beside[node]].from);
      const std::size_t exits = chart_.facts.graph.exits(NodeIndex(from)).size();
      const std::uint8_t most = exits > 3 ? 0 : 2;
      if (++taken[from] > most) ranks_.beside[node] = none;
    }
  }

  void longest_paths() {
    // What a box beside a decision has to stay below, the decision has to stay below.
    std::vector<std::vector<std::uint32_t>> below(ranks_.of.size());
    for (std::uint32_t node = 0; node < ranks_.of.size(); ++node) {
      if (ranks_.beside[node] == none) continue;
      const std::uint32_t from = at(chart_.flow.edges[ranks_.beside[node]].from);
      for (const EdgeIndex exit : chart_.facts.graph.exits(NodeIndex(node))) {
        if (chart_.goes_back(exit)) below[from].push_back(at(chart_.flow.edge(exit).to));
      }
    }
    for (const NodeIndex node : chart_.facts.order) {
      const std::uint32_t n = at(node);
      std::uint32_t rank = 0;
      if (ranks_.beside[n] != none) {
        ranks_.of[n] = ranks_.of[at(chart_.flow.edges[ranks_.beside[n]].from)];
        continue;
      }
      for (const EdgeIndex entry : chart_.facts.graph.entries(node)) {
        const std::uint32_t from = at(chart_.flow.edge(entry).from);
        if (!chart_.goes_back(entry)) rank = std::max(rank, ranks_.of[from] + 1);
      }
      for (const EdgeIndex exit : chart_.facts.graph.exits(node)) {
        const std::uint32_t to = at(chart_.flow.edge(exit).to);
        if (chart_.goes_back(exit) && to != n) rank = std::max(rank, ranks_.of[to] + 1);
      }
      for (const std::uint32_t other : below[n]) rank = std::max(rank, ranks_.of[other] + 1);
      ranks_.of[n] = rank;
    }
  }

  // A second start stands just above the first box it leads to.
  void lower_sources() {
    for (auto node = chart_.facts.order.rbegin(); node != chart_.facts.order.rend(); ++node) {
      if (!chart_.facts.graph.entries(*node).empty() || main_.has_node[at(*node)]) continue;
      std::uint32_t first = none;
      for (const EdgeIndex exit : chart_.facts.graph.exits(*node)) {
        const std::uint32_t to = at(chart_.flow.edge(exit).to);
        if (ranks_.beside[to] != none || chart_.goes_back(exit)) {
          first = 1;
          break;
        }
        first = std::min(first, ranks_.of[to]);
      }
      if (first != none && first > ranks_.of[at(*node)] + 1) ranks_.of[at(*node)] = first - 1;
    }
  }

  const Chart& chart_;
  const MainLine& main_;
  Ranks ranks_;
};

}  // namespace

Ranks assign_ranks(const Chart& chart, const MainLine& main) { return Ranking(chart, main).run(); }

}  // namespace flowproof::layout
