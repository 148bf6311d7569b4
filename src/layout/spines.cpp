#include <algorithm>
#include <tuple>

#include "layout/passes.hpp"

namespace flowproof::layout {

Spines find_spines(const Chart& chart, const MainLine& main) {
  const Flow& flow = chart.flow;
  const std::size_t count = flow.nodes.size();
  Spines spines;
  spines.exit.assign(count, none);
  spines.entry.assign(count, none);
  spines.of.resize(count);
  std::vector<std::uint32_t> deviation(count, 0);  // branches off on the way from the start
  std::vector<std::uint32_t> axis(std::max<std::size_t>(flow.lanes.size(), 1), none);

  for (const NodeIndex node : chart.facts.order) {
    const std::uint32_t n = at(node);
    std::tuple<int, int, bool> best_exit;
    const std::optional<EdgeIndex> middle = chart.middle_branch(node);
    for (const EdgeIndex exit : chart.facts.graph.exits(node)) {
      if (chart.goes_back(exit)) continue;
      const Edge& edge = flow.edge(exit);
      const bool adverse = chart.facts.meanings[at(edge.to)].adverse();
      const std::tuple<int, int, bool> cost{
          main.has_edge[at(exit)] ? -1 : main.denial[at(exit)] + (adverse ? 10 : 0),
          flow.node(edge.to).lane != flow.nodes[n].lane, middle && exit != *middle};
      if (spines.exit[n] != none && cost >= best_exit) continue;
      spines.exit[n] = at(exit);
      best_exit = cost;
    }
    std::tuple<int, std::uint32_t, int> best_entry;
    for (const EdgeIndex entry : chart.facts.graph.entries(node)) {
      if (chart.goes_back(entry)) continue;
      const std::uint32_t from = at(flow.edge(entry).from);
      const std::tuple<int, std::uint32_t, int> cost{
          main.has_edge[at(entry)] ? 0 : 1,
          deviation[from] + (spines.exit[from] == at(entry) ? 0 : 1),
          flow.nodes[from].lane != flow.nodes[n].lane};
      if (spines.entry[n] != none && cost >= best_entry) continue;
      spines.entry[n] = at(entry);
      best_entry = cost;
    }
    if (spines.entry[n] != none && !main.has_node[n]) deviation[n] = std::get<1>(best_entry);

    const std::uint32_t lane = chart.lane_of(n);
    spines.of[n] = n;
    if (main.has_node[n]) {
      if (axis[lane] == none) axis[lane] = n;
      spines.of[n] = axis[lane];
    } else if (spines.entry[n] != none) {
      const std::uint32_t from = at(flow.edges[spines.entry[n]].from);
      const bool goes_on = spines.exit[from] == spines.entry[n] && chart.lane_of(from) == lane &&
                           !main.has_node[from];
      if (goes_on) spines.of[n] = spines.of[from];
    }
  }
  return spines;
}

}  // namespace flowproof::layout
