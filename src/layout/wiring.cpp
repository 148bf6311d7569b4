#include <algorithm>
#include <array>

#include "layout/crossways.hpp"
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
  SideChoice(const Chart& chart, const MainLine& main, const Spines& spines, const Ranks& ranks,
             const Hints& hints)
      : chart_(chart),
        main_(main),
        spines_(spines),
        ranks_(ranks),
        hints_(hints),
        crossways_(chart, ranks.of, spines),
        wiring_(chart.flow.edges.size()),
        use_(chart.flow.nodes.size()),
        lean_(chart.flow.nodes.size(), 0),
        place_(chart.flow.nodes.size(), 0) {}

  Wiring run() {
    for (std::uint32_t edge = 0; edge < wiring_.size(); ++edge) turn(edge);
    for (const Flat which : {Flat::crossing, Flat::handed_on, Flat::other}) {
      for (const NodeIndex node : chart_.facts.order) choose_flat(at(node), which);
    }
    for (const NodeIndex node : chart_.facts.order) choose_branches(at(node));
    order_spines();
    for (const NodeIndex node : chart_.facts.order) choose_other_exits(at(node));
    for (const bool straight_in : {true, false}) {
      for (const NodeIndex node : chart_.facts.order) choose_straight_exit(at(node), straight_in);
    }
    for (const NodeIndex node : chart_.facts.order) choose_entries(at(node));
    for (Wire& wire : wiring_) choose_run(wire);
    for (const NodeIndex node : main_.nodes) raise_main_line(at(node));
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
    wire.upper_lane = chart_.lane_of(at(wire.upper));
    wire.lower_lane = chart_.lane_of(at(wire.lower));
  }

  SideUse& use(std::uint32_t node, Side side) { return use_[node][side == Side::left ? 0 : 1]; }
  std::uint32_t from(std::uint32_t edge) const { return at(chart_.flow.edges[edge].from); }
  std::uint32_t to(std::uint32_t edge) const { return at(chart_.flow.edges[edge].to); }
  bool crosses(const Wire& wire) const { return wire.upper_lane != wire.lower_lane; }
  Side hinted(Side side, std::uint32_t edge) const {
    return hints_.other_side[edge] ? opposite(side) : side;
  }
  // Where the target's lane lies.
  Side toward(std::uint32_t node, std::uint32_t lane) const {
    return lane < chart_.lane_of(node) ? Side::left : Side::right;
  }
  bool free_for_exit(std::uint32_t node, Side side) {
    const SideUse& u = use(node, side);
    return !u.flat && u.exits == 0;
  }
  // Lines of one box that go down side by side.
  bool goes_down(std::uint32_t edge) const {
    const std::uint32_t node = from(edge);
    if (wiring_[edge].reversed || wiring_[edge].flat) return false;
    return edge == spines_.exit[node] || chart_.is_bar(node) ||
           (!chart_.is_decision(node) && chart_.facts.graph.exits(NodeIndex(node)).size() > 3);
  }

  // ---- flat lines first: nothing else may stand at their sides

  // Those into another lane cannot choose their side, nor can one to a box that hands over to
  // another lane: it stands between them.
  enum class Flat : std::uint8_t { crossing, handed_on, other };

  Flat kind_of(const Wire& wire) {
    if (crosses(wire)) return Flat::crossing;
    const std::uint32_t box = at(wire.lower);
    const bool taken = use(box, Side::left).flat || use(box, Side::right).flat;
    return taken ? Flat::handed_on : Flat::other;
  }

  void choose_flat(std::uint32_t node, Flat which) {
    for (const EdgeIndex exit : chart_.facts.graph.exits(NodeIndex(node))) {
      Wire& wire = wiring_[at(exit)];
      if (!wire.flat || kind_of(wire) != which) continue;
      Side side = hinted(leads_back(wire) ? side_of_return(wire) : Side::right, at(exit));
      const bool crossing = which == Flat::crossing;
      if (crossing) {
        side = toward(node, wire.lower_lane);
        crossways_.claim_flat(node, at(wire.lower));
      } else if (which == Flat::handed_on) {
        side = use(at(wire.lower), Side::left).flat ? Side::left : Side::right;
      } else if (use(node, side).flat) {
        side = opposite(side);
      }
      wire.upper_side = side;
      wire.lower_side = opposite(side);
      use(node, side).flat = true;
      use(at(wire.lower), opposite(side)).flat = true;
      if (!crossing) {
        crossways_.take_side(node, side);
        crossways_.take_side(at(wire.lower), opposite(side));
      }
    }
  }

  bool leads_back(const Wire& wire) const {
    const auto exits = chart_.facts.graph.exits(wire.lower);
    return !exits.empty() && wiring_[at(exits[0])].reversed;
  }

  // Away from the lane that the line into its box comes from, if it returns there.
  Side side_of_return(const Wire& wire) const {
    const std::uint32_t node = at(wire.upper);
    const std::uint32_t entry = spines_.entry[node];
    const EdgeIndex back = chart_.facts.graph.exits(wire.lower)[0];
    if (entry == none || to(at(back)) != node || !crosses(wiring_[entry])) return Side::left;
    return opposite(toward(node, chart_.lane_of(from(entry))));
  }

  // ---- exits that begin a branch: exceptions to the right, ways back to the left, outwards away
  // from the main line, towards the other lane if there is one

  void choose_branches(std::uint32_t node) {
    const std::uint32_t entry = spines_.entry[node];
    if (!main_.has_node[node] && entry != none && lean_[node] == 0) {
      lean_[node] = lean_[from(entry)];
      const Wire& wire = wiring_[entry];
      if (wire.flat || spines_.exit[from(entry)] != entry) {
        if (wire.upper_side == Side::left) lean_[node] = -1;
        if (wire.upper_side == Side::right) lean_[node] = 1;
      }
    }
    for (const EdgeIndex exit : chart_.facts.graph.exits(NodeIndex(node))) {
      const std::uint32_t edge = at(exit);
      const Wire& wire = wiring_[edge];
      if (wire.flat || goes_down(edge)) continue;
      const bool branch = wire.reversed || spines_.entry[to(edge)] == edge;
      if (branch) leave_sideways(node, edge, hinted(wanted_side(node, edge), edge));
    }
  }

  Side wanted_side(std::uint32_t node, std::uint32_t edge) const {
    const Wire& wire = wiring_[edge];
    if (crosses(wire)) return toward(node, chart_.lane_of(to(edge)));
    if (wire.loop) return Side::right;
    if (lean_[node] != 0) return lean_[node] < 0 ? Side::left : Side::right;
    // The branch goes on to another lane, or back.
    const auto next = chart_.facts.graph.exits(wire.lower);
    if (!wire.reversed && next.size() == 1) {
      if (wiring_[at(next[0])].reversed) return Side::left;
      const std::uint32_t lane = chart_.lane_of(to(at(next[0])));
      if (lane != wire.lower_lane) return toward(node, lane);
    }
    return wire.reversed ? Side::left : Side::right;
  }

  void leave_sideways(std::uint32_t node, std::uint32_t edge, Side side) {
    Wire& wire = wiring_[edge];
    if (wire.reversed && !wire.loop && entered_sideways(node)) {
      wire.lower_side = Side::top;
      wire.turn_side = side;
      return;
    }
    if (!free_for_exit(node, side) && free_for_exit(node, opposite(side))) side = opposite(side);
    if (use(node, side).flat) side = opposite(side);
    if (use(node, side).flat) side = Side::bottom;  // flat lines on both sides
    if (side != Side::bottom) ++use(node, side).exits;
    wire.turn_side = side == Side::bottom ? Side::right : side;
    if (wire.loop) {
      wire.over = chart_.is_decision(node);
      wire.lower_side = wire.turn_side;
      wire.upper_side = wire.over ? Side::top : wire.turn_side;
      return;
    }
    (wire.reversed ? wire.lower_side : wire.upper_side) = side;
    const bool into_lane = !wire.reversed && crosses(wire) && side == toward(node, wire.lower_lane);
    if (into_lane && crossways_.claim(node, wire.lower_lane, spines_.of[at(wire.lower)], false)) {
      wire.upper_lane = wire.lower_lane;
    }
  }

  // A box entered from the side may go back from its top.
  bool entered_sideways(std::uint32_t node) {
    if (ranks_.beside[node] == none || top_used_.size() == 0) top_used_.resize(wiring_.size());
    if (ranks_.beside[node] == none || chart_.facts.graph.entries(NodeIndex(node)).size() > 1) {
      return false;
    }
    const bool first = !top_used_[ranks_.beside[node]];
    top_used_[ranks_.beside[node]] = true;
    return first;
  }

  // ---- places of the spines from left to right, as the branches leave them

  struct Branch {
    std::uint32_t spine = 0;
    bool left = false;
  };

  void order_spines() {
    std::vector<std::vector<Branch>> branches(place_.size());
    std::vector<std::uint32_t> roots;
    for (const NodeIndex node : chart_.facts.order) {
      const std::uint32_t spine = at(node);
      if (spines_.of[spine] != spine) continue;
      const std::uint32_t entry = spines_.entry[spine];
      if (entry == none || spines_.of[from(entry)] == spine) {
        roots.push_back(spine);
        continue;
      }
      const Wire& wire = wiring_[entry];
      bool left = crosses(wire) ? toward(from(entry), wire.lower_lane) == Side::left
                                : wire.upper_side == Side::left;
      // Branches of a bar stand in their order, to both sides of the one that goes straight on.
      if (!crosses(wire) && chart_.is_bar(from(entry))) left = entry < spines_.exit[from(entry)];
      branches[spines_.of[from(entry)]].push_back({spine, left});
    }
    std::uint32_t next = 0;
    struct Visit {
      std::uint32_t spine = 0;
      bool placed = false;
    };
    std::vector<Visit> stack;
    for (auto root = roots.rbegin(); root != roots.rend(); ++root) stack.push_back({*root});
    while (!stack.empty()) {
      const Visit visit = stack.back();
      stack.pop_back();
      if (visit.placed) {
        place_[visit.spine] = next++;
        continue;
      }
      // Upper branches lie further out. The stack turns the order round.
      const std::vector<Branch>& all = branches[visit.spine];
      for (const Branch& branch : all) {
        if (!branch.left) stack.push_back({branch.spine});
      }
      stack.push_back({visit.spine, true});
      for (auto branch = all.rbegin(); branch != all.rend(); ++branch) {
        if (branch->left) stack.push_back({branch->spine});
      }
    }
  }

  /// -1: left of the node's spine.
  int side_of(std::uint32_t other, std::uint32_t node) const {
    const std::uint32_t a = place_[spines_.of[other]];
    const std::uint32_t b = place_[spines_.of[node]];
    return a < b ? -1 : a > b ? 1 : 0;
  }

  // ---- exits that join another branch or cut a corner

  void choose_other_exits(std::uint32_t node) {
    for (const EdgeIndex exit : chart_.facts.graph.exits(NodeIndex(node))) {
      const std::uint32_t edge = at(exit);
      const Wire& wire = wiring_[edge];
      if (wire.flat || wire.reversed || goes_down(edge) || spines_.entry[to(edge)] == edge)
        continue;
      Side side = toward(node, wire.lower_lane);
      if (!crosses(wire)) {
        const int direction = side_of(to(edge), node);
        side = direction < 0 ? Side::left : Side::right;
        if (direction == 0) side = shortcut_side(node, to(edge));
      }
      leave_sideways(node, edge, hinted(side, edge));
    }
  }

  // Round the boxes between: where the ends are free.
  Side shortcut_side(std::uint32_t node, std::uint32_t goal) {
    const auto load = [&](Side side) {
      const SideUse& a = use(node, side);
      const SideUse& b = use(goal, side);
      return a.exits + a.entries + 2 * a.flat + b.exits + b.entries + 2 * b.flat;
    };
    if (lean_[node] > 0) return load(Side::right) <= load(Side::left) ? Side::right : Side::left;
    return load(Side::left) <= load(Side::right) ? Side::left : Side::right;
  }

  // ---- the exit that goes straight on, when it goes to another lane

  // Lines that come straight in choose first.
  void choose_straight_exit(std::uint32_t node, bool straight_in) {
    const std::uint32_t edge = spines_.exit[node];
    if (edge == none || (spines_.entry[to(edge)] == edge) != straight_in) return;
    Wire& wire = wiring_[edge];
    if (wire.flat || wire.loop || !crosses(wire) || chart_.is_bar(node) ||
        chart_.is_bar(at(wire.lower)))
      return;
    const std::uint32_t goal = at(wire.lower);
    const Side side = toward(node, wire.lower_lane);
    // Out at the side and down, or down and in at the side.
    if (straight_in && !hints_.other_way[edge] && !chart_.is_decision(node) &&
        free_for_exit(node, side) && !branch_beside(node, side) &&
        crossways_.claim(node, wire.lower_lane, spines_.of[goal], false)) {
      wire.upper_side = side;
      wire.turn_side = side;
      wire.upper_lane = wire.lower_lane;
      ++use(node, side).exits;
      return;
    }
    if (!straight_in && hints_.other_way[edge]) return;
    if (branch_between(ranks_.of[goal], node, side)) return;
    enter_from_lane(goal, wire, wire.upper_lane, spines_.of[node]);
  }

  // In the lane of `node`, in some row, another branch has a box between its column and the end of
  // the lane at that side.
  bool branch_between(std::uint32_t rank, std::uint32_t node, Side side) const {
    const std::vector<std::uint32_t>& boxes = crossways_.boxes(rank, chart_.lane_of(node));
    return std::any_of(boxes.begin(), boxes.end(), [&](std::uint32_t other) {
      return other != node && side_of(other, node) == (side == Side::left ? -1 : 1);
    });
  }
  bool branch_beside(std::uint32_t node, Side side) const {
    return branch_between(ranks_.of[node], node, side);
  }

  bool enter_from_lane(std::uint32_t goal, Wire& wire, std::uint32_t lane, std::uint32_t spine) {
    const Side side = toward(goal, lane);
    if (!free_for_entry(goal, side) || branch_beside(goal, side)) return false;
    const bool into_upper = goal == at(wire.upper);
    if (!crossways_.claim(goal, lane, spine, false)) {
      if (!into_upper || chart_.is_decision(goal)) return false;
      if (!crossways_.claim_under(goal, lane, spine)) return false;
    } else if (!into_upper) {
      crossways_.enter_from_above(goal, lane);
    }
    ++use(goal, side).entries;
    (into_upper ? wire.upper_side : wire.lower_side) = side;
    (into_upper ? wire.upper_lane : wire.lower_lane) = lane;
    wire.turn_side = side;
    return true;
  }

  // ---- entries

  void choose_entries(std::uint32_t node) {
    for (const EdgeIndex entry : chart_.facts.graph.entries(NodeIndex(node))) {
      Wire& wire = wiring_[at(entry)];
      if (wire.loop || wire.flat) continue;
      if (wire.reversed) {
        enter_back(node, at(entry));
      } else if (at(entry) != spines_.entry[node] && !chart_.is_bar(node)) {
        enter_sideways(node, at(entry));
      }
    }
  }

  bool free_for_entry(std::uint32_t node, Side side) {
    const SideUse& u = use(node, side);
    if (u.flat || chart_.is_bar(node)) return false;
    return chart_.is_decision(node) ? u.exits == 0 : u.exits + u.entries < 2;
  }

  void enter_sideways(std::uint32_t node, std::uint32_t edge) {
    Wire& wire = wiring_[edge];
    if (crosses(wire) || wire.lower_side != Side::top) return;
    int direction = side_of(at(wire.upper), node);
    if (wire.upper_side == Side::left && direction == 0) direction = -1;
    if (wire.upper_side == Side::right && direction == 0) direction = 1;
    if (direction == 0) return;
    if (hints_.other_way[edge]) direction = -direction;
    const Side side = direction < 0 ? Side::left : Side::right;
    if (!free_for_entry(node, side)) return;
    ++use(node, side).entries;
    wire.lower_side = side;
  }

  void enter_back(std::uint32_t node, std::uint32_t edge) {
    Wire& wire = wiring_[edge];
    Side side = wire.turn_side;
    const std::uint32_t source = at(wire.lower);
    if (ranks_.of[source] == ranks_.of[node]) {  // from the box beside it
      wire.over = true;
      wire.upper_side = wire.lower_side = Side::top;
      return;
    }
    if (crosses(wire)) {
      side = toward(node, chart_.lane_of(source));
      const std::uint32_t spine = wire.lower_side == Side::top ? spines_.of[source] : none;
      if (!hints_.other_way[edge] && enter_from_lane(node, wire, wire.lower_lane, spine)) return;
      const bool can_reach = wire.lower_side == toward(source, wire.upper_lane);
      if (can_reach && free_for_entry(node, side) &&
          crossways_.claim(source, wire.upper_lane, none, false)) {
        wire.lower_lane = wire.upper_lane;
      }
    } else if (side_of(source, node) != 0) {
      side = side_of(source, node) < 0 ? Side::left : Side::right;
    }
    if (hints_.other_way[edge]) side = opposite(side);
    // Round a decision the line would cross the main exit: it comes in over the top instead.
    if (!free_for_entry(node, side) && free_for_entry(node, opposite(side)) &&
        !chart_.is_decision(node)) {
      side = opposite(side);
    }
    wire.turn_side = side;
    if (!free_for_entry(node, side) &&
        (use(node, side).flat || chart_.is_decision(node) || chart_.is_bar(node))) {
      wire.over = true;
      wire.upper_side = Side::top;
      if (use(node, side).flat) wire.turn_side = opposite(side);
      // Straight up in its own lane, if nothing stands there.
      const bool near = crosses(wire) && wire.turn_side == toward(node, wire.lower_lane);
      if (near && crossways_.claim(node, wire.lower_lane, none, true)) {
        wire.upper_lane = wire.lower_lane;
      }
      return;
    }
    ++use(node, side).entries;
    wire.upper_side = side;
  }

  // ---- the lane of what lies between the ends: where a turn already is, else the emptier one

  void choose_run(Wire& wire) {
    const std::uint32_t upper = chart_.lane_of(at(wire.upper));
    const std::uint32_t lower = chart_.lane_of(at(wire.lower));
    if (wire.upper_lane == lower) {
      wire.run_lane = lower;
    } else if (wire.lower_lane == upper) {
      wire.run_lane = upper;
    } else {
      wire.run_lane = none;
    }
  }

  // Into a box of another lane the main line comes from above, where a reader looks for it: down in
  // its own lane and across above the box. A detour joins it there above a question.
  void raise_main_line(std::uint32_t node) {
    const std::uint32_t edge = spines_.entry[node];
    if (edge == none || !main_.has_edge[edge]) return;
    if ((hints_.at_side || hints_.other_way[edge]) && !chart_.is_decision(node)) return;
    Wire& wire = wiring_[edge];
    if (wire.flat || Wire::is_beside(wire.upper_side)) return;
    if (!Wire::is_beside(wire.lower_side) && !chart_.is_bar(node)) return;
    wire.lower_side = Side::top;
    wire.run_lane = chart_.lane_of(at(wire.upper));
    wire.lower_lane = chart_.lane_of(node);
  }

  const Chart& chart_;
  const MainLine& main_;
  const Spines& spines_;
  const Ranks& ranks_;
  const Hints& hints_;
  Crossways crossways_;
  Wiring wiring_;
  std::vector<std::array<SideUse, 2>> use_;  // per node: left, right
  std::vector<int> lean_;                    // per node: -1 left of the main line, 1 right
  std::vector<std::uint32_t> place_;         // per spine, from left to right
  std::vector<bool> top_used_;               // per flat edge: its box's top is taken
};

}  // namespace

Wiring choose_sides(const Chart& chart, const MainLine& main, const Spines& spines,
                    const Ranks& ranks, const Hints& hints) {
  return SideChoice(chart, main, spines, ranks, hints).run();
}

}  // namespace flowproof::layout
