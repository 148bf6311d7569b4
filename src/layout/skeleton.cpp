#include <algorithm>
#include <array>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr double label_clearance = 5;   // around the label of a line
constexpr double shortest_stub = 12;    // of a line that leaves a box, to its turn
constexpr std::uint32_t crowded = 100;  // a side that a line crosses straight to the next box
// Bends that a chart may have before its longest lines go along the edge.
constexpr std::uint64_t bends_a_box = 4;
constexpr std::uint64_t free_bends = 1000;
constexpr std::uint32_t shortest_express = 12;  // ranks

class Builder {
 public:
  Builder(const Chart& chart, const Ranks& ranks, const Wiring& wiring)
      : chart_(chart), ranks_(ranks), wiring_(wiring) {
    skeleton_.lanes = static_cast<std::uint32_t>(std::max<std::size_t>(chart.flow.lanes.size(), 1));
  }

  Skeleton run() {
    for (std::uint32_t node = 0; node < ranks_.of.size(); ++node) add_box(node);
    count_boxes();
    limit_spans();
    skeleton_.loop_turn.assign(wiring_.size(), none);
    for (std::uint32_t edge = 0; edge < wiring_.size(); ++edge) {
      skeleton_.first_link.push_back(static_cast<std::uint32_t>(skeleton_.links.size()));
      add_line(edge);
    }
    skeleton_.first_link.push_back(static_cast<std::uint32_t>(skeleton_.links.size()));
    add_notes();
    return std::move(skeleton_);
  }

 private:
  void add_box(std::uint32_t node) {
    const Size size = chart_.measured.node_sizes[node];
    Item item{ItemKind::box,        node,           ranks_.of[node],
              chart_.lane_of(node), size.width / 2, size.width / 2};
    // The label of a line that leaves at the bottom stands to its right.
    for (const EdgeIndex exit : chart_.facts.graph.exits(NodeIndex(node))) {
      const Wire& wire = wiring_[at(exit)];
      if (wire.reversed || wire.upper_side != Side::bottom) continue;
      const double label = chart_.measured.labels[at(exit)].size.width;
      if (label > 0) item.right = std::max(item.right, label + 2 * label_clearance);
    }
    for (const EdgeIndex exit : chart_.facts.graph.exits(NodeIndex(node))) {
      widen_for_crossing(item, at(exit));
    }
    skeleton_.items.push_back(item);
  }

  // The label of a line that leaves for another lane stands between the box and the lane's border.
  void widen_for_crossing(Item& item, std::uint32_t edge) {
    const Wire& wire = wiring_[edge];
    const Side side = wire.reversed ? wire.lower_side : wire.upper_side;
    const std::uint32_t lane = wire.flat       ? chart_.lane_of(at(wire.lower))
                               : wire.reversed ? wire.lower_lane
                                               : wire.upper_lane;
    const double label = chart_.measured.labels[edge].size.width;
    if (!Wire::is_beside(side) || lane == item.lane || label <= 0) return;
    double& room = side == Side::left ? item.left : item.right;
    room = std::max(room,
                    chart_.measured.node_sizes[item.subject].width / 2 + label + label_clearance);
  }

  // Per lane: ranks of its boxes, to find the emptier lane for a long line.
  void count_boxes() {
    lane_ranks_.resize(skeleton_.lanes);
    for (const Item& item : skeleton_.items) lane_ranks_[item.lane].push_back(item.rank);
    for (std::vector<std::uint32_t>& ranks : lane_ranks_) std::sort(ranks.begin(), ranks.end());
  }

  // The longest span a line may have to pass its ranks one by one.
  void limit_spans() {
    std::vector<std::uint32_t> spans;
    std::uint64_t total = 0;
    for (std::uint32_t edge = 0; edge < wiring_.size(); ++edge) {
      spans.push_back(span_of(edge));
      total += spans.back();
    }
    std::uint64_t budget = bends_a_box * ranks_.of.size() + free_bends;
    if (total <= budget) return;
    std::sort(spans.begin(), spans.end());
    longest_span_ = shortest_express;
    for (const std::uint32_t span : spans) {
      if (span > budget) break;
      budget -= span;
      longest_span_ = std::max(longest_span_, span);
    }
  }

  std::uint32_t span_of(std::uint32_t edge) const {
    const Wire& wire = wiring_[edge];
    return ranks_.of[at(wire.lower)] - ranks_.of[at(wire.upper)];
  }

  std::ptrdiff_t boxes_between(std::uint32_t lane, std::uint32_t above, std::uint32_t below) const {
    const std::vector<std::uint32_t>& ranks = lane_ranks_[lane];
    return std::lower_bound(ranks.begin(), ranks.end(), below) -
           std::upper_bound(ranks.begin(), ranks.end(), above);
  }

  std::uint32_t add(Item item) {
    skeleton_.items.push_back(item);
    return static_cast<std::uint32_t>(skeleton_.items.size() - 1);
  }

  // The line's label stands over (or under) the piece between box and turn and may reach beyond.
  std::uint32_t add_turn(std::uint32_t edge, std::uint32_t node, Side side, std::uint32_t lane,
                         bool leaves) {
    const double label = leaves ? chart_.measured.labels[edge].size.width : 0;
    const double half = chart_.options.line_gap / 2;
    const double stub = leaves ? shortest_stub : chart_.options.arrow_room - 1;
    Item item{ItemKind::turn, edge, ranks_.of[node], lane, half, half, node, side};
    if (lane == chart_.lane_of(node)) {
      (side == Side::left ? item.right : item.left) = shortest_stub;
      double& beyond = side == Side::left ? item.left : item.right;
      beyond = std::max(beyond, label + 2 * label_clearance - stub);
    }
    return add(item);
  }

  void add_line(std::uint32_t edge) {
    const Wire& wire = wiring_[edge];
    if (wire.flat) return;
    const std::uint32_t upper = at(wire.upper);
    const std::uint32_t lower = at(wire.lower);
    if (wire.loop) {
      const std::uint32_t turn = add_turn(edge, upper, wire.turn_side, wire.upper_lane, true);
      skeleton_.loop_turn[edge] = turn;
      if (wire.over) link(upper, turn, edge, true);
      return;
    }
    if (ranks_.of[upper] == ranks_.of[lower]) {
      link(upper, lower, edge, true);
      return;
    }
    std::uint32_t last = upper;
    if (wire.over) {
      last = add_turn(edge, upper, wire.turn_side, wire.upper_lane, false);
      link(upper, last, edge, true);
    } else if (Wire::is_beside(wire.upper_side)) {
      last = add_turn(edge, upper, wire.upper_side, wire.upper_lane, !wire.reversed);
    }
    const std::uint32_t lane = wire.run_lane != none ? wire.run_lane : lane_for(upper, lower);
    const double half = chart_.options.line_gap / 2;
    const bool express = span_of(edge) > longest_span_;
    for (std::uint32_t rank = ranks_.of[upper] + 1; rank < ranks_.of[lower]; ++rank) {
      if (express) {
        // Down at the right edge: one bend below the upper end, one above the lower.
        last = add_express(edge, last);
        break;
      }
      const std::uint32_t bend = add({ItemKind::bend, edge, rank, lane, half, half});
      link(last, bend, edge, false);
      last = bend;
    }
    std::uint32_t end = lower;
    if (Wire::is_beside(wire.lower_side))
      end = add_turn(edge, lower, wire.lower_side, wire.lower_lane, wire.reversed);
    link(last, end, edge, false);
  }

  // On the emptier side of the box.
  void add_notes() {
    std::vector<std::array<std::uint32_t, 2>> used(ranks_.of.size());
    for (const Item& item : skeleton_.items) {
      if (item.kind != ItemKind::turn) continue;
      const bool crosses = item.lane != skeleton_.items[item.owner].lane;
      used[item.owner][item.side == Side::left ? 0 : 1] += crosses ? crowded : 1;
    }
    for (std::uint32_t node = 0; node < ranks_.of.size(); ++node) {
      if (ranks_.beside[node] == none) continue;
      const Wire& wire = wiring_[ranks_.beside[node]];
      used[at(wire.upper)][wire.upper_side == Side::left ? 0 : 1] += crowded;
      used[node][wire.lower_side == Side::left ? 0 : 1] += crowded;
    }
    for (std::uint32_t i = 0; i < chart_.flow.notes.size(); ++i) {
      if (!chart_.is_beside_box(i)) continue;
      const std::uint32_t node = at(*chart_.flow.notes[i].target);
      const Side side = used[node][0] < used[node][1] ? Side::left : Side::right;
      ++used[node][side == Side::left ? 0 : 1];
      const double half = note_size(chart_.measured.notes[i]).width / 2;
      add({ItemKind::note, i, ranks_.of[node], chart_.lane_of(node), half, half, node, side});
    }
  }

  std::uint32_t add_express(std::uint32_t edge, std::uint32_t from) {
    const Wire& wire = wiring_[edge];
    const double half = chart_.options.line_gap / 2;
    const std::uint32_t top = ranks_.of[at(wire.upper)] + 1;
    const std::uint32_t foot = ranks_.of[at(wire.lower)] - 1;
    const std::uint32_t lane = skeleton_.lanes;
    link(from, add({ItemKind::bend, edge, top, lane, half, half}), edge, false);
    return add({ItemKind::bend, edge, foot, lane, half, half});
  }

  std::uint32_t lane_for(std::uint32_t upper, std::uint32_t lower) const {
    const std::uint32_t from = chart_.lane_of(upper);
    const std::uint32_t to = chart_.lane_of(lower);
    const std::uint32_t above = ranks_.of[upper];
    const std::uint32_t below = ranks_.of[lower];
    return boxes_between(from, above, below) < boxes_between(to, above, below) ? from : to;
  }

  void link(std::uint32_t upper, std::uint32_t lower, std::uint32_t edge, bool over) {
    skeleton_.links.push_back({upper, lower, edge, over});
  }

  const Chart& chart_;
  const Ranks& ranks_;
  const Wiring& wiring_;
  Skeleton skeleton_;
  std::vector<std::vector<std::uint32_t>> lane_ranks_;
  std::uint32_t longest_span_ = none;
};

}  // namespace

Skeleton build_skeleton(const Chart& chart, const Ranks& ranks, const Wiring& wiring) {
  return Builder(chart, ranks, wiring).run();
}

}  // namespace flowproof::layout
