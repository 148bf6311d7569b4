#include "analysis/control_graph.hpp"

#include <utility>

namespace flowproof {

// Rows of edge numbers by one of their ends, in the order of the edges.
template <class NodeOf>
static void fill_rows(std::size_t nodes, const std::vector<ControlEdge>& edges, NodeOf node_of,
                      std::vector<std::uint32_t>& begin, std::vector<std::uint32_t>& row) {
  begin.assign(nodes + 1, 0);
  for (const ControlEdge& edge : edges) ++begin[node_of(edge) + 1];
  for (std::size_t i = 1; i <= nodes; ++i) begin[i] += begin[i - 1];
  row.resize(edges.size());
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  for (std::uint32_t e = 0; e < edges.size(); ++e) row[next[node_of(edges[e])]++] = e;
}

ControlGraph::ControlGraph(std::vector<ControlNode> nodes, std::vector<ControlEdge> edges,
                           std::uint32_t source, Ends ends)
    : nodes_(std::move(nodes)), edges_(std::move(edges)), source_(source), ends_(ends) {
  fill_rows(
      nodes_.size(), edges_, [](const ControlEdge& e) { return e.from; }, exit_begin_, exit_);
  fill_rows(
      nodes_.size(), edges_, [](const ControlEdge& e) { return e.to; }, entry_begin_, entry_);
  for (std::uint32_t n = 0; n < node_count(); ++n) {
    if (entries(n).size() < 2) nodes_[n].join = Gate::exclusive;
    if (exits(n).size() < 2) nodes_[n].split = Gate::exclusive;
    nodes_[n].end = nodes_[n].end && exits(n).empty();
  }
}

ControlGraph control_graph_of(const Flow& flow, const Answers& answers) {
  std::vector<ControlNode> nodes;
  nodes.reserve(flow.nodes.size() + 1);
  std::vector<std::uint32_t> starts;
  for (const Node& node : flow.nodes) {
    if (node.kind == NodeKind::start) starts.push_back(static_cast<std::uint32_t>(nodes.size()));
    nodes.push_back({node.kind == NodeKind::join ? Gate::parallel : Gate::exclusive,
                     node.kind == NodeKind::parallel ? Gate::parallel : Gate::exclusive,
                     node.kind == NodeKind::end});
  }
  bool entered = false;  // does anything lead back into a start?
  std::vector<ControlEdge> edges;
  edges.reserve(flow.edges.size() + starts.size());
  for (const Edge& edge : flow.edges) {
    entered |= flow.node(edge.to).kind == NodeKind::start;
    edges.push_back({at(edge.from), at(edge.to)});
  }
  std::uint32_t source = starts.size() == 1 && !entered ? starts.front() : nothing;
  if (source == nothing) {
    source = static_cast<std::uint32_t>(nodes.size());
    nodes.push_back({});
    for (const std::uint32_t start : starts) edges.push_back({source, start});
  }
  if (!answers.ruled_out.empty()) {
    const auto nowhere = static_cast<std::uint32_t>(nodes.size());
    nodes.push_back({});
    for (std::uint32_t e = 0; e < flow.edges.size(); ++e) {
      if (!answers.allow(EdgeIndex{e})) edges[e].from = nowhere;
    }
  }
  return {std::move(nodes), std::move(edges), source, flow.ends};
}

std::vector<std::uint32_t> distances_to(const ControlGraph& graph,
                                        std::span<const std::uint32_t> targets) {
  std::vector<std::uint32_t> distance(graph.node_count(), nothing);
  std::vector<std::uint32_t> queue;
  for (const std::uint32_t target : targets) {
    if (distance[target] == 0) continue;
    distance[target] = 0;
    queue.push_back(target);
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const std::uint32_t edge : graph.entries(queue[i])) {
      const std::uint32_t node = graph.from(edge);
      if (distance[node] != nothing) continue;
      distance[node] = distance[queue[i]] + 1;
      queue.push_back(node);
    }
  }
  return distance;
}

}  // namespace flowproof
