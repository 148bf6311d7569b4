#include <algorithm>

#include "layout/crossways.hpp"
#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr std::size_t most_lanes_beside = 2;  // with more lanes a second column makes them too wide
constexpr int rounds = 6;

class Ranking {
 public:
  Ranking(const Chart& chart, const MainLine& main, const Spines& spines, const Drops& drops)
      : chart_(chart), main_(main), spines_(spines), drops_(drops) {
    ranks_.of.assign(chart.flow.nodes.size(), 0);
    ranks_.beside.assign(chart.flow.nodes.size(), none);
  }

  Ranks run() {
    choose_beside();
    longest_paths();
    check_crossways();
    lower_sources();
    for (const std::uint32_t rank : ranks_.of) ranks_.count = std::max(ranks_.count, rank + 1);
    return std::move(ranks_);
  }

 private:
  // A short exception stands beside its decision: a box that is entered only from there and ends
  // the matter, goes back, or joins again at once. A box in another lane stands beside the one that
  // hands over to it, if that is not the main line.
  void choose_beside() {
    std::vector<std::uint32_t> sides(ranks_.of.size());  // of a box that lines will need
    for (std::uint32_t node = 0; node < sides.size(); ++node) {
      const auto exits = chart_.facts.graph.exits(NodeIndex(node)).size();
      sides[node] = static_cast<std::uint32_t>(exits) - (spines_.exit[node] == none ? 0 : 1);
    }
    for (std::size_t i = 0; i < chart_.flow.notes.size(); ++i) {
      if (chart_.is_beside_box(i)) ++sides[at(*chart_.flow.notes[i].target)];
    }
    for (const NodeIndex node : chart_.facts.order) {
      const auto entries = chart_.facts.graph.entries(node);
      if (entries.size() != 1 || !may_stand_beside(at(node), entries[0])) continue;
      const std::uint32_t from = at(chart_.flow.edge(entries[0]).from);
      const bool crosses = chart_.lane_of(from) != chart_.lane_of(at(node));
      if (!crosses && !short_exception(at(node), from)) continue;
      if (crosses && chart_.is_decision(from) && spines_.exit[from] == at(entries[0])) continue;
      const std::uint32_t straight = spines_.exit[from] == at(entries[0]) ? 1 : 0;
      if (sides[from] + straight > 2 || sides[at(node)] + 1 > 2) continue;
      sides[from] += straight;
      ++sides[at(node)];
      ranks_.beside[at(node)] = at(entries[0]);
    }
  }

  bool may_stand_beside(std::uint32_t node, EdgeIndex entry) const {
    const Edge& edge = chart_.flow.edge(entry);
    const std::uint32_t from = at(edge.from);
    if (chart_.goes_back(entry) || main_.has_node[node] || chart_.is_bar(node)) return false;
    if (chart_.flow.nodes[from].kind == NodeKind::parallel) return false;
    if (chart_.facts.graph.exits(edge.from).size() > 3) return false;
    // Ways back must end above the row, or come in over the top of the box it stands beside.
    const auto exits = chart_.facts.graph.exits(NodeIndex(node));
    for (const EdgeIndex exit : exits) {
      if (!chart_.goes_back(exit)) continue;
      if (exits.size() == 1 && at(chart_.flow.edge(exit).to) == from) continue;
      if (chart_.position[at(chart_.flow.edge(exit).to)] >= chart_.position[anchor_of(from)]) {
        return false;
      }
    }
    return true;
  }

  bool short_exception(std::uint32_t node, std::uint32_t from) const {
    if (!chart_.is_decision(from) || chart_.is_decision(node)) return false;
    if (chart_.flow.lanes.size() > most_lanes_beside) return false;
    if (spines_.exit[from] == at(chart_.facts.graph.entries(NodeIndex(node))[0])) return false;
    const auto exits = chart_.facts.graph.exits(NodeIndex(node));
    if (exits.empty()) return true;
    if (exits.size() > 1) return false;
    // What follows is the end of the matter, or a box that others enter too.
    const NodeIndex next = chart_.flow.edge(exits[0]).to;
    return chart_.goes_back(exits[0]) || chart_.facts.graph.entries(next).size() > 1 ||
           chart_.facts.graph.exits(next).empty();
  }

  /// The box whose rank this one takes.
  std::uint32_t anchor_of(std::uint32_t node) const {
    while (ranks_.beside[node] != none) node = at(chart_.flow.edges[ranks_.beside[node]].from);
    return node;
  }

  void longest_paths() {
    // What a box beside another has to stay below, the other has to stay below.
    std::vector<std::vector<std::uint32_t>> below(ranks_.of.size());
    for (std::uint32_t node = 0; node < ranks_.of.size(); ++node) {
      for (const EdgeIndex exit : chart_.facts.graph.exits(NodeIndex(node))) {
        const std::uint32_t to = at(chart_.flow.edge(exit).to);
        if (chart_.goes_back(exit) && anchor_of(to) != anchor_of(node)) {
          below[anchor_of(node)].push_back(to);
        }
      }
    }
    for (const NodeIndex node : chart_.facts.order) {
      const std::uint32_t n = at(node);
      if (ranks_.beside[n] != none) {
        ranks_.of[n] = ranks_.of[at(chart_.flow.edges[ranks_.beside[n]].from)];
        continue;
      }
      std::uint32_t rank = 0;
      for (const EdgeIndex entry : chart_.facts.graph.entries(node)) {
        const std::uint32_t from = at(chart_.flow.edge(entry).from);
        if (chart_.goes_back(entry)) continue;
        rank = std::max(rank, ranks_.of[from] + 1 + (drops_.empty() ? 0 : drops_[at(entry)]));
      }
      for (const std::uint32_t other : below[n]) rank = std::max(rank, ranks_.of[other] + 1);
      ranks_.of[n] = rank;
    }
  }

  // Lines between lanes must not meet boxes; giving one up moves others.
  void check_crossways() {
    if (chart_.flow.lanes.size() < 2) return;
    for (int round = 0; round <= rounds; ++round) {
      Crossways crossways(chart_, ranks_.of, spines_);
      bool dropped = false;
      for (const bool back : {false, true}) {
        for (const NodeIndex node : chart_.facts.order) {
          std::uint32_t& edge = ranks_.beside[at(node)];
          if (edge == none || leads_back(node) != back) continue;
          const std::uint32_t from = at(chart_.flow.edges[edge].from);
          if (chart_.lane_of(from) == chart_.lane_of(at(node))) continue;
          if (round < rounds && crossways.claim_flat(from, at(node))) continue;
          crossways.leave(at(node));
          edge = none;
          dropped = true;
        }
      }
      if (!dropped) return;
      longest_paths();
    }
  }

  bool leads_back(NodeIndex node) const {
    const auto exits = chart_.facts.graph.exits(node);
    return exits.size() == 1 && chart_.goes_back(exits[0]);
  }

  // A second start stands just above the first box it leads to.
  void lower_sources() {
    if (chart_.flow.lanes.size() > 1) return;  // crossways were checked for the ranks as they are
    for (auto node = chart_.facts.order.rbegin(); node != chart_.facts.order.rend(); ++node) {
      if (!chart_.facts.graph.entries(*node).empty() || main_.has_node[at(*node)]) continue;
      std::uint32_t first = none;
      for (const EdgeIndex exit : chart_.facts.graph.exits(*node)) {
        const std::uint32_t to = at(chart_.flow.edge(exit).to);
        const bool fixed = ranks_.beside[to] != none || chart_.goes_back(exit);
        first = std::min(first, fixed ? 0 : ranks_.of[to]);
      }
      if (first != none && first > ranks_.of[at(*node)] + 1) ranks_.of[at(*node)] = first - 1;
    }
  }

  const Chart& chart_;
  const MainLine& main_;
  const Spines& spines_;
  const Drops& drops_;
  Ranks ranks_;
};

}  // namespace

Ranks assign_ranks(const Chart& chart, const MainLine& main, const Spines& spines,
                   const Drops& drops) {
  return Ranking(chart, main, spines, drops).run();
}

}  // namespace flowproof::layout
