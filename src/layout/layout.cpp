#include "flowproof/layout.hpp"

#include <algorithm>
#include <tuple>

#include "layout/passes.hpp"

namespace flowproof {

namespace layout {
namespace {

// Boxes, lines and bridges; labels and page come later.
struct Attempt {
  Layout drawing;
  std::size_t crossings = 0;
  std::size_t crooked = 0;  // lines with more bends than a reader follows easily
  std::size_t bends = 0;

  [[nodiscard]] bool better_than(const Attempt& other) const {
    return std::tie(crossings, crooked, bends) <
           std::tie(other.crossings, other.crooked, other.bends);
  }
  [[nodiscard]] bool is_good() const { return crossings == 0 && crooked == 0; }
  [[nodiscard]] static bool is_crooked(const EdgeLayout& edge) {
    constexpr std::size_t most_bends = 3;
    return edge.path.size() > most_bends + 2;
  }
};

class Trials {
 public:
  Trials(const Chart& chart, const MainLine& main)
      : chart_(chart),
        main_(main),
        spines_(find_spines(chart, main)),
        ranks_(assign_ranks(chart, main, spines_)) {
    if (!chart.options.refusals_above_next_stage) return;
    drops_ = drops_below_refusals();
    if (!drops_.empty()) ranks_ = assign_ranks(chart, main, spines_, drops_);
  }

  Layout run() {
    Attempt best = search();
    if (attempts_for(chart_.flow.nodes.size()) == 0) return std::move(best.drawing);
    Drops drops = drops_;
    drops.resize(chart_.flow.edges.size());
    for (const auto more : {&Trials::drops_below_exceptions, &Trials::drops_below_ends}) {
      if (best.crossings == 0) break;
      Drops deeper = (this->*more)(best.drawing);
      for (std::size_t i = 0; i < drops.size(); ++i) deeper[i] = std::max(deeper[i], drops[i]);
      Ranks lower = assign_ranks(chart_, main_, spines_, deeper);
      if (lower.of == ranks_.of) continue;
      std::swap(ranks_, lower);
      Attempt other = search();
      if (other.better_than(best) && other.crooked <= best.crooked) {
        best = std::move(other);
        drops = std::move(deeper);
      } else {
        std::swap(ranks_, lower);
      }
    }
    if (best.crossings > 0) {  // a line that comes in at the side has no way above the box
      at_side_ = true;
      Attempt other = search();
      if (other.better_than(best)) best = std::move(other);
    }
    return std::move(best.drawing);
  }

 private:
  Attempt search() const {
    Hints hints;
    hints.other_side.resize(chart_.flow.edges.size());
    hints.other_way.resize(chart_.flow.edges.size());
    hints.at_side = at_side_;
    const Wiring first = choose_sides(chart_, main_, spines_, ranks_, hints);
    std::vector<std::uint64_t> tried{digest(first)};
    Attempt best = attempt(first);
    std::size_t left = attempts_for(chart_.flow.nodes.size());
    for (bool better = true; better && !best.is_good() && left > 0;) {
      better = false;
      for (const std::uint32_t edge : faulty(best.drawing)) {
        for (const Move move : {Move::side, Move::way, Move::mirror, Move::before}) {
          if (left == 0 || best.is_good()) return best;
          Hints other = changed(hints, edge, move);
          const Wiring wiring = choose_sides(chart_, main_, spines_, ranks_, other);
          const std::uint64_t mark = digest(wiring);
          if (std::find(tried.begin(), tried.end(), mark) != tried.end()) continue;
          tried.push_back(mark);
          --left;
          Attempt now = attempt(wiring);
          if (!now.better_than(best)) continue;
          best = std::move(now);
          hints = std::move(other);
          better = true;
        }
      }
    }
    return best;
  }

  enum class Move : std::uint8_t {
    side,    // the line leaves its box at the other side
    way,     // it comes in another way
    mirror,  // all lines that leave its box sideways change sides
    before,  // all lines that leave the box before its own do
  };

  Hints changed(Hints hints, std::uint32_t edge, Move move) const {
    if (move == Move::way) {
      hints.other_way[edge] = !hints.other_way[edge];
    } else if (move == Move::side) {
      hints.other_side[edge] = !hints.other_side[edge];
    } else {
      NodeIndex from = chart_.flow.edges[edge].from;
      if (const std::uint32_t entry = spines_.entry[at(from)];
          move == Move::before && entry != none) {
        from = chart_.flow.edges[entry].from;
      }
      for (const EdgeIndex exit : chart_.facts.graph.exits(from)) {
        hints.other_side[at(exit)] = !hints.other_side[at(exit)];
      }
    }
    return hints;
  }

  // An exception in the stage of its question stands above the next stage: on its row, a refusal
  // would seem a part of that. None if no line has to go down for it.
  Drops drops_below_refusals() const {
    Drops drops;
    const auto stage_of = [&](NodeIndex node) -> const std::string& {
      return chart_.flow.node(node).get(Attribute::stage);
    };
    for (std::size_t i = 1; i < main_.nodes.size(); ++i) {
      const NodeIndex from = main_.nodes[i - 1], next = main_.nodes[i];
      const std::string& stage = stage_of(from);
      const bool changes_stage =
          !stage.empty() && !stage_of(next).empty() && stage_of(next) != stage;
      const std::uint32_t straight = spines_.exit[at(from)];
      if (!changes_stage || !chart_.is_decision(at(from)) || straight == none) continue;
      if (chart_.flow.edges[straight].to != next) continue;
      for (const EdgeIndex exit : chart_.facts.graph.exits(from)) {
        const NodeIndex box = chart_.flow.edge(exit).to;
        const bool same = stage_of(box).empty() || stage_of(box) == stage;
        if (!same || box == next || ranks_.of[at(box)] != ranks_.of[at(next)]) continue;
        drops.resize(chart_.flow.edges.size());
        drops[straight] = 1;
      }
    }
    return drops;
  }

  // Where the straight exit of a decision crosses an exception on its way to another lane, it can
  // pass below it instead.
  Drops drops_below_exceptions(const Layout& drawing) const {
    Drops drops(chart_.flow.edges.size());
    std::vector<bool> is_crossed(drops.size());
    for (const std::uint32_t edge : crossed(drawing)) is_crossed[edge] = true;
    for (std::uint32_t edge = 0; edge < drops.size(); ++edge) {
      const NodeIndex from = chart_.flow.edges[edge].from;
      const std::uint32_t lane = chart_.lane_of(at(from));
      const bool leaves = chart_.lane_of(at(chart_.flow.edges[edge].to)) != lane;
      if (!is_crossed[edge] || !leaves || !chart_.is_decision(at(from))) continue;
      if (spines_.exit[at(from)] != edge) continue;
      for (const EdgeIndex exit : chart_.facts.graph.exits(from)) {
        if (at(exit) == edge) continue;
        drops[edge] = std::max(drops[edge], length_of_exception(exit, lane, is_crossed));
      }
    }
    return drops;
  }

  // Where a line to an end crosses the main line to another end, it can pass below that one.
  Drops drops_below_ends(const Layout& drawing) const {
    Drops drops(chart_.flow.edges.size());
    const auto ends = [&](std::uint32_t edge) {
      return chart_.facts.graph.exits(chart_.flow.edges[edge].to).empty();
    };
    const std::vector<std::uint32_t> edges = crossed(drawing);
    for (const std::uint32_t main : edges) {
      if (!main_.has_edge[main] || !ends(main)) continue;
      const std::uint32_t last = at(chart_.flow.edges[main].to);
      for (const std::uint32_t edge : edges) {
        const Edge& line = chart_.flow.edges[edge];
        if (at(line.to) == last || !ends(edge)) continue;
        if (ranks_.of[at(line.from)] < ranks_.of[last]) {
          drops[edge] = ranks_.of[last] - ranks_.of[at(line.from)];
        }
      }
    }
    return drops;
  }

  // Boxes of a crossed exception that stays in its lane to its end, or to its way back; 0 of
  // others.
  std::uint32_t length_of_exception(EdgeIndex exit, std::uint32_t lane,
                                    const std::vector<bool>& is_crossed) const {
    constexpr std::uint32_t longest = 2;
    bool meets = is_crossed[at(exit)];
    for (std::uint32_t length = 1; length <= longest; ++length) {
      const NodeIndex box = chart_.flow.edge(exit).to;
      const auto exits = chart_.facts.graph.exits(box);
      if (chart_.lane_of(at(box)) != lane || ranks_.beside[at(box)] != none) return 0;
      if (exits.size() > 1 || chart_.goes_back(exit)) return 0;
      meets = meets || (exits.size() == 1 && is_crossed[at(exits[0])]);
      if (exits.empty() || chart_.goes_back(exits[0])) return meets ? length : 0;
      exit = exits[0];
    }
    return 0;
  }

  // Only charts a person reads as a whole are worth the time; large ones get fewer attempts.
  static std::size_t attempts_for(std::size_t boxes) {
    if (boxes == 0 || boxes > most_boxes) return 0;
    return std::min(most_attempts, box_attempts / boxes);
  }
  static constexpr std::size_t most_boxes = 120;
  static constexpr std::size_t most_attempts = 36;
  static constexpr std::size_t box_attempts = 1000;

  // Many hints come to nothing: what they choose is told apart by what the later passes read.
  static std::uint64_t digest(const Wiring& wiring) {
    std::uint64_t sum = 0xcbf29ce484222325;  // FNV-1a
    const auto add = [&](std::uint64_t value) { sum = (sum ^ value) * 0x100000001b3; };
    for (const Wire& wire : wiring) {
      for (const Side side : {wire.upper_side, wire.lower_side, wire.turn_side}) {
        add(static_cast<std::uint64_t>(side));
      }
      for (const std::uint32_t lane : {wire.upper_lane, wire.lower_lane, wire.run_lane}) add(lane);
      add(wire.over ? 1 : 0);
    }
    return sum;
  }

  Attempt attempt(const Wiring& wiring) const {
    const Skeleton skeleton = build_skeleton(chart_, ranks_, wiring);
    const Rows rows = order_rows(chart_, ranks_, wiring, skeleton);
    const Ports ports = place_ports(chart_, spines_, wiring, skeleton, rows);
    const Columns columns = place_columns(chart_, main_, ranks_, skeleton, rows, ports);
    const Bars bars = spread_bars(chart_, wiring, skeleton, rows, ports, columns);
    const Heights heights = place_channels(chart_, wiring, ranks_, skeleton, bars.ports, columns);
    Attempt attempt{place_bridges(draw(chart_, wiring, skeleton, bars, columns, heights))};
    for (const EdgeLayout& edge : attempt.drawing.edges) {
      attempt.crossings += edge.bridges.size();
      attempt.crooked += Attempt::is_crooked(edge) ? 1 : 0;
      attempt.bends += edge.path.size();
    }
    return attempt;
  }

  // Those that cross first.
  static std::vector<std::uint32_t> faulty(const Layout& drawing) {
    std::vector<std::uint32_t> edges = crossed(drawing);
    const auto crossings = static_cast<std::ptrdiff_t>(edges.size());
    for (std::uint32_t e = 0; e < drawing.edges.size(); ++e) {
      if (!Attempt::is_crooked(drawing.edges[e])) continue;
      if (!std::binary_search(edges.begin(), edges.begin() + crossings, e)) edges.push_back(e);
    }
    return edges;
  }

  // Lines that cross others: those that go over a bridge, and those under one.
  static std::vector<std::uint32_t> crossed(const Layout& drawing) {
    std::vector<Point> bridges;
    for (const EdgeLayout& edge : drawing.edges) {
      bridges.insert(bridges.end(), edge.bridges.begin(), edge.bridges.end());
    }
    std::vector<std::uint32_t> edges;
    for (std::uint32_t e = 0; e < drawing.edges.size(); ++e) {
      const Polyline& path = drawing.edges[e].path;
      const bool under = std::any_of(bridges.begin(), bridges.end(), [&](const Point& bridge) {
        for (std::size_t i = 1; i < path.size(); ++i) {
          const auto [low, high] = std::minmax(path[i - 1].y, path[i].y);
          if (path[i].x == bridge.x && path[i - 1].x == bridge.x && low < bridge.y &&
              bridge.y < high) {
            return true;
          }
        }
        return false;
      });
      if (under || !drawing.edges[e].bridges.empty()) edges.push_back(e);
    }
    return edges;
  }

  const Chart& chart_;
  const MainLine& main_;
  Spines spines_;
  Ranks ranks_;
  Drops drops_;  // before any that crossings ask for
  bool at_side_ = false;
};

}  // namespace
}  // namespace layout

Layout lay_out(const Flow& flow, const Facts& facts, const Measured& measured,
               const LayoutOptions& options) {
  using namespace layout;
  const Chart chart(flow, facts, measured, options);
  MainLine main = find_main_line(chart);
  Layout drawing = Trials(chart, main).run();
  drawing = place_labels(chart, std::move(drawing));
  drawing = place_frame(std::move(drawing));
  drawing.main_line = std::move(main.nodes);
  return drawing;
}

}  // namespace flowproof
