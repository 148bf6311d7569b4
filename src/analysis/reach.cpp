#include "flowproof/facts.hpp"

namespace flowproof {

std::vector<bool> reach(const Flow& flow, const Graph& graph, std::vector<NodeIndex> seeds,
                        Direction direction, const std::vector<bool>* returns) {
  std::vector<bool> seen(flow.nodes.size());
  for (const NodeIndex seed : seeds) seen[at(seed)] = true;
  const bool forward = direction == Direction::forward;
  while (!seeds.empty()) {
    const NodeIndex node = seeds.back();
    seeds.pop_back();
    for (const EdgeIndex edge : forward ? graph.exits(node) : graph.entries(node)) {
      if (returns != nullptr && (*returns)[at(edge)]) continue;
      const NodeIndex next = forward ? flow.edge(edge).to : flow.edge(edge).from;
      if (seen[at(next)]) continue;
      seen[at(next)] = true;
      seeds.push_back(next);
    }
  }
  return seen;
}

}  // namespace flowproof
