#include <algorithm>
#include <array>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr Side opposite(Side side) { return side == Side::left ? Side::right : Side::left; }

// What a side of a box is used for.
struct SideUse {
  std::uint8_t exits = 0, entries = 0;
  bool flat = false;  // a flat line has the side to itself
};

class SideChoice {
 public:
  SideChoice(const Chart& chart, const MainLine& main, const Ranks& ranks)
      : chart_(chart),
        main_(main),
        ranks_(ranks),
        wiring_(chart.flow.edges.size()),
        use_(chart.flow.nodes.size()),
        lean_(chart.flow.nodes.size(), 0),
        leans_(chart.flow.nodes.size(), false) {}

  Wiring run() {
    for (std::uint32_t edge = 0; edge < wiring_.size(); ++edge) turn(edge);
    for (const NodeIndex node : chart_.facts.order) choose_exits(at(node));
    for (const NodeIndex node : chart_.facts.order) choose_entries(at(node));
    return std::move(wiring_);
  }

 private:
  void turn(std::uint32_t edge) {
    const Edge& e = chart_.flow.edges[edge];
    Wire& wire = wiring_[edge];
    wire.reversed = chart_.goes_back(EdgeIndex(edge));
    wire.loop = e.from == e.to;
    wire.flat = ranks_.beside[at(e.to)] == edge;
    wire.upper = wire.reversed ? e.to : e.from;
    wire.lower = wire.reversed ? e.from : e.to;
  }

  SideUse& use(std::uint32_t node, Side side) { return use_[node][side == Side::left ? 0 : 1]; }

  // ---- exits

  void choose_exits(std::uint32_t node) {
    const auto exits = chart_.facts.graph.exits(NodeIndex(node));
    if (main_.has_node[node]) lean_[node] = 0;
    const NodeKind kind = chart_.flow.nodes[node].kind;
    std::vector<std::uint32_t> sideways;
    const std::uint32_t straight = straight_exit(node);
    const bool all_down = kind == NodeKind::parallel || kind == NodeKind::join ||
                          (kind != NodeKind::decision && exits.size() > 3);
    for (const EdgeIndex exit : exits) {
      const std::uint32_t edge = at(exit);
      if (edge == straight || (all_down && !wiring_[edge].reversed)) {
        pass_lean(edge, lean_[node]);
      } else {
        sideways.push_back(edge);
      }
    }
    // Flat lines choose first: nothing else may stand at their side.
    std::stable_partition(sideways.begin(), sideways.end(),
                          [&](std::uint32_t edge) { return wiring_[edge].flat; });
    for (const std::uint32_t edge : sideways) choose_exit(node, edge);
  }

  // The exit that goes on downwards: the main line, else the one that leads furthest.
  std::uint32_t straight_exit(std::uint32_t node) const {
    std::uint32_t best = none;
    for (const EdgeIndex exit : chart_.facts.graph.exits(NodeIndex(node))) {
      const std::uint32_t edge = at(exit);
      const Wire& wire = wiring_[edge];
      if (wire.reversed || wire.flat) continue;
      if (main_.has_edge[edge]) return edge;
      if (best == none || rank_weight(edge) > rank_weight(best)) best = edge;
    }
    return best;
  }

  // Nearer goals in the same lane go straight on; what others reach as well is a shortcut.
  int rank_weight(std::uint32_t edge) const {
    const Edge& e = chart_.flow.edges[edge];
    const bool same_lane = chart_.flow.nodes[at(e.from)].lane == chart_.flow.nodes[at(e.to)].lane;
    const auto step = static_cast<int>(ranks_.of[at(e.to)] - ranks_.of[at(e.from)]);
    const bool ends = chart_.facts.graph.exits(e.to).empty();
    return (same_lane ? 40 : 0) + (ends ? 0 : 20) - std::min(step, 15);
  }

  void choose_exit(std::uint32_t node, std::uint32_t edge) {
    Wire& wire = wiring_[edge];
    Side side = wanted_side(node, edge);
    if (!free_for_exit(node, side) && free_for_exit(node, opposite(side))) side = opposite(side);
    if (use(node, side).flat) side = opposite(side);
    ++use(node, side).exits;
    wire.turn_side = side;
    if (wire.loop) {
      wire.over = chart_.is_decision(node);
      wire.lower_side = side;
      wire.upper_side = wire.over ? Side::top : side;
      return;
    }
    (wire.reversed ? wire.lower_side : wire.upper_side) = side;
    if (wire.flat) {
      wire.lower_side = opposite(side);
      use(node, side).flat = true;
      use(at(wire.lower), opposite(side)).flat = true;
    }
    if (!wire.reversed) pass_lean(edge, side == Side::left ? -1 : 1);
    // A box entered from the side may go back from its top.
    if (wire.reversed && ranks_.beside[node] != none) {
      wire.lower_side = Side::top;
      --use(node, side).exits;
    }
  }

  bool free_for_exit(std::uint32_t node, Side side) {
    const SideUse& u = use(node, side);
    return !u.flat && u.exits == 0;
  }

  // Exceptions to the right, ways back and shortcuts to the left; outwards away from the main line;
  // towards the other lane if there is one.
  Side wanted_side(std::uint32_t node, std::uint32_t edge) {
    const Edge& e = chart_.flow.edges[edge];
    const Wire& wire = wiring_[edge];
    const LaneIndex from = chart_.flow.nodes[at(e.from)].lane;
    const LaneIndex to = chart_.flow.nodes[at(e.to)].lane;
    if (from != to && from != no_lane && to != no_lane) {
      return at(to) < at(from) ? Side::left : Side::right;
    }
    if (lean_[node] != 0) return lean_[node] < 0 ? Side::left : Side::right;
    const bool shortcut = !wire.flat && !wire.reversed && main_.has_node[at(e.to)];
    return wire.reversed || shortcut || leads_back(wire) ? Side::left : Side::right;
  }

  bool leads_back(const Wire& wire) const {
    if (!wire.flat) return false;
    const auto exits = chart_.facts.graph.exits(wire.lower);
    return !exits.empty() && wiring_[at(exits[0])].reversed;
  }

  void pass_lean(std::uint32_t edge, int lean) {
    const std::uint32_t to = at(chart_.flow.edges[edge].to);
    if (main_.has_node[to] || leans_[to]) return;
    lean_[to] = lean;
    leans_[to] = true;
  }

  // ---- entries

  void choose_entries(std::uint32_t node) {
    const NodeKind kind = chart_.flow.nodes[node].kind;
    const bool bar = kind == NodeKind::parallel || kind == NodeKind::join;
    const std::uint32_t straight = straight_entry(node);
    for (const EdgeIndex entry : chart_.facts.graph.entries(NodeIndex(node))) {
      Wire& wire = wiring_[at(entry)];
      if (wire.loop || wire.flat) continue;
      if (wire.reversed) {
        enter_back(node, wire);
      } else if (at(entry) != straight && !bar) {
        enter_sideways(node, wire);
      }
    }
  }

  std::uint32_t straight_entry(std::uint32_t node) const {
    std::uint32_t best = none;
    int best_weight = 0;
    for (const EdgeIndex entry : chart_.facts.graph.entries(NodeIndex(node))) {
      const Wire& wire = wiring_[at(entry)];
      if (wire.reversed || wire.flat) continue;
      if (main_.has_edge[at(entry)]) return at(entry);
      const bool same_lane = chart_.flow.node(wire.upper).lane == chart_.flow.nodes[node].lane;
      const int weight = (same_lane ? 4 : 0) + (lean_[at(wire.upper)] == lean_[node] ? 2 : 0) +
                         (wire.upper_side == Side::bottom ? 1 : 0);
      if (best == none || weight > best_weight) {
        best = at(entry);
        best_weight = weight;
      }
    }
    return best;
  }

  bool free_for_entry(std::uint32_t node, Side side) {
    const SideUse& u = use(node, side);
    if (u.flat) return false;
    return chart_.is_decision(node) ? u.exits == 0 : u.exits + u.entries < 2;
  }

  void enter_sideways(std::uint32_t node, Wire& wire) {
    if (chart_.flow.node(wire.upper).lane != chart_.flow.nodes[node].lane) return;
    int lean = lean_[at(wire.upper)];
    if (wire.upper_side == Side::left) lean = -1;
    if (wire.upper_side == Side::right) lean = 1;
    if (lean == 0) return;
    const Side side = lean < 0 ? Side::left : Side::right;
    if (!free_for_entry(node, side)) return;
    ++use(node, side).entries;
    wire.lower_side = side;
  }

  void enter_back(std::uint32_t node, Wire& wire) {
    const std::uint32_t from = at(wire.lower);
    const LaneIndex mine = chart_.flow.nodes[node].lane;
    const LaneIndex theirs = chart_.flow.nodes[from].lane;
    Side side = wire.turn_side;
    if (mine != theirs && mine != no_lane && theirs != no_lane) {
      side = at(theirs) < at(mine) ? Side::left : Side::right;
    }
    if (!free_for_entry(node, side) && free_for_entry(node, opposite(side))) side = opposite(side);
    wire.turn_side = side;
    const SideUse& u = use(node, side);
    if (u.flat || (chart_.is_decision(node) && u.exits > 0)) {
      wire.over = true;
      wire.upper_side = Side::top;
      return;
    }
    ++use(node, side).entries;
    wire.upper_side = side;
  }

  const Chart& chart_;
  const MainLine& main_;
  const Ranks& ranks_;
  Wiring wiring_;
  std::vector<std::array<SideUse, 2>> use_;  // per node: left, right
  std::vector<int> lean_;                    // per node: -1 left of the main line, 1 right
  std::vector<bool> leans_;                  // lean_ was passed on to it
};

}  // namespace

Wiring choose_sides(const Chart& chart, const MainLine& main, const Ranks& ranks) {
  return SideChoice(chart, main, ranks).run();
}

}  // namespace flowproof::layout
