#include <algorithm>
#include <bit>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

// A detour of this many boxes is as bad as what the row names.
constexpr double box_cost = 1;
constexpr double lane_change_cost = 1;
constexpr double special_cost = 2;    // a procedure outside the clock is a detour
constexpr double adverse_cost = 100;  // a box that refuses
constexpr double unsaid_order_cost = 0.01;
constexpr double outer_branch_cost = 2.5;  // a case goes through all branches of a fork
constexpr double box_gain = 2;
constexpr double stage_gain = 8;  // less than what a denial costs

// A clear denial is worse than a long way; a bare answer counts as a short detour.
double exit_cost(int denial) {
  constexpr double clear_denial_cost = 20;
  return denial >= clear_denial ? clear_denial_cost : denial;
}

struct Way {
  double cost = 0;
  std::uint32_t length = 0;
  std::uint32_t by = none;  // edge that enters
  std::uint32_t stages = 0;
  bool reached = false;
};

std::vector<Way> cheapest_ways(const Chart& chart, const std::vector<int>& denial) {
  const Flow& flow = chart.flow;
  std::vector<Way> ways(flow.nodes.size());
  for (const NodeIndex start : chart.facts.starts) ways[at(start)].reached = true;
  if (chart.facts.starts.empty()) {
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const auto entries = chart.facts.graph.entries(NodeIndex(i));
      ways[i].reached = std::all_of(entries.begin(), entries.end(),
                                    [&](EdgeIndex e) { return chart.goes_back(e); });
    }
  }
  for (const NodeIndex node : chart.facts.order) {
    const Way& way = ways[at(node)];
    if (!way.reached) continue;
    double order = 0;
    const std::optional<EdgeIndex> middle = chart.middle_branch(node);
    for (const EdgeIndex exit : chart.facts.graph.exits(node)) {
      if (chart.goes_back(exit)) continue;
      const Edge& edge = flow.edge(exit);
      const Node& next = flow.node(edge.to);
      const bool adverse = chart.facts.meanings[at(edge.to)].adverse();
      const double cost = way.cost + box_cost + exit_cost(denial[at(exit)]) + order +
                          (next.lane != flow.node(node).lane ? lane_change_cost : 0) +
                          (next.kind == NodeKind::special ? special_cost : 0) +
                          (middle && exit != *middle ? outer_branch_cost : 0) +
                          (adverse ? adverse_cost : 0);
      order += unsaid_order_cost;
      Way& known = ways[at(edge.to)];
      if (known.reached && known.cost <= cost) continue;
      known = {cost, way.length + 1, at(exit), way.stages | chart.usual_stages(edge.to), true};
    }
  }
  return ways;
}

// The end that grants; of several the one whose way passes most stages, then the cheapest. Ends
// that say nothing: the furthest that is not behind a denial.
std::uint32_t goal_of(const Chart& chart, const std::vector<Way>& ways) {
  std::uint32_t best = none;
  int best_rank = 0;
  for (std::uint32_t i = 0; i < ways.size(); ++i) {
    if (!ways[i].reached) continue;
    const Meaning& meaning = chart.facts.meanings[i];
    const bool last = chart.flow.nodes[i].kind == NodeKind::end;
    const int rank = last && meaning.is(Outcome::granted) ? 3
                     : last && !meaning.adverse()         ? 2
                     : last                               ? 1
                                                          : 0;
    const auto merit = [&](std::uint32_t node) {
      const double gain =
          rank == 3 ? stage_gain * std::popcount(ways[node].stages) : box_gain * ways[node].length;
      return gain - ways[node].cost;
    };
    const bool better =
        best == none || rank > best_rank || (rank == best_rank && merit(i) > merit(best));
    if (better) {
      best = i;
      best_rank = rank;
    }
  }
  return best;
}

}  // namespace

MainLine find_main_line(const Chart& chart) {
  MainLine main;
  main.has_node.resize(chart.flow.nodes.size());
  main.has_edge.resize(chart.flow.edges.size());
  main.denial = judge_exits(chart);
  const std::vector<Way> ways = cheapest_ways(chart, main.denial);
  for (std::uint32_t node = goal_of(chart, ways); node != none;) {
    main.nodes.push_back(NodeIndex(node));
    main.has_node[node] = true;
    const std::uint32_t by = ways[node].by;
    if (by == none) break;
    main.has_edge[by] = true;
    node = at(chart.flow.edges[by].from);
  }
  std::reverse(main.nodes.begin(), main.nodes.end());
  return main;
}

}  // namespace flowproof::layout
