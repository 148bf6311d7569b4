#include <algorithm>
#include <cmath>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr double overhang = 14;    // of a bar over its outer lines
constexpr double least_half = 22;  // of a bar without text
constexpr double neighbour_gap = 10;
constexpr double stub = 16;  // to a turn of its own

// A line at a bar and where it would run straight.
struct Foot {
  std::uint32_t edge = 0;
  double x = 0;           // from the bar's axis
  bool upper_end = true;  // of the line
  bool foreign = false;   // it comes from or goes to another lane
};

class BarSpreading {
 public:
  BarSpreading(const Chart& chart, const Wiring& wiring, const Skeleton& skeleton, const Rows& rows,
               const Ports& ports, const Columns& columns)
      : chart_(chart), wiring_(wiring), skeleton_(skeleton), rows_(rows), columns_(columns) {
    bars_.ports = ports;
    for (const Size& size : chart.measured.node_sizes) {
      bars_.left.push_back(size.width / 2);
      bars_.right.push_back(size.width / 2);
    }
  }

  Bars run() {
    for (const std::vector<std::uint32_t>& row : rows_) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        const bool bar = skeleton_.items[row[i]].kind == ItemKind::box && chart_.is_bar(row[i]);
        if (bar) spread(row, i);
      }
    }
    return std::move(bars_);
  }

 private:
  // The outermost lane at one side that its branches are in.
  std::uint32_t last_lane(std::uint32_t node, int direction) const {
    std::uint32_t last = chart_.lane_of(node);
    const auto take = [&](NodeIndex other) {
      const std::uint32_t lane = chart_.lane_of(at(other));
      last = direction < 0 ? std::min(last, lane) : std::max(last, lane);
    };
    const Graph& graph = chart_.facts.graph;
    if (graph.exits(NodeIndex(node)).size() > 1) {
      for (const EdgeIndex edge : graph.exits(NodeIndex(node))) take(chart_.flow.edge(edge).to);
    }
    if (graph.entries(NodeIndex(node)).size() > 1) {
      for (const EdgeIndex edge : graph.entries(NodeIndex(node))) take(chart_.flow.edge(edge).from);
    }
    return last;
  }

  // How far the bar may reach to one side.
  double room(const std::vector<std::uint32_t>& row, std::size_t i, int direction) const {
    const double x = columns_.x[row[i]];
    const auto other = static_cast<std::ptrdiff_t>(i) + direction;
    double reach = 1e30;
    if (!columns_.lane_left.empty()) {
      const std::uint32_t lane = last_lane(row[i], direction);
      reach = direction < 0 ? x - columns_.lane_left[lane] : columns_.lane_right[lane] - x;
      reach -= neighbour_gap;
    }
    if (other < 0 || other >= static_cast<std::ptrdiff_t>(row.size())) return reach;
    const std::uint32_t next = row[static_cast<std::size_t>(other)];
    const Item& item = skeleton_.items[next];
    const bool own = item.kind == ItemKind::turn && item.owner == row[i];
    const double distance = direction < 0 ? x - columns_.x[next] : columns_.x[next] - x;
    double extent = direction < 0 ? item.right : item.left;
    // A bar at the left was spread before this one.
    if (direction < 0 && item.kind == ItemKind::box && chart_.is_bar(next)) {
      extent = std::max(extent, bars_.right[next]);
    }
    const double taken = own ? stub : extent + neighbour_gap;
    return std::min(reach, distance - taken);
  }

  void spread(const std::vector<std::uint32_t>& row, std::size_t i) {
    const std::uint32_t node = row[i];
    const double left = room(row, i, -1);
    const double right = room(row, i, 1);
    std::vector<Foot> below = feet(node, true);
    std::vector<Foot> above = feet(node, false);
    const double text = chart_.measured.nodes[node].size.width / 2 + overhang;
    const double least = chart_.measured.nodes[node].lines.empty() ? least_half : text;
    double first = 0;
    double last = 0;
    for (std::vector<Foot>* side : {&below, &above}) {
      keep_apart(*side, -left + chart_.options.line_gap / 2, right - chart_.options.line_gap / 2);
      for (const Foot& foot : *side) {
        first = std::min(first, foot.x);
        last = std::max(last, foot.x);
        (foot.upper_end ? bars_.ports.upper : bars_.ports.lower)[foot.edge].x = foot.x;
      }
    }
    // As far beyond its first line as beyond its last; further where that is too short.
    const double over = std::max(overhang, least - (last - first) / 2);
    const double even = std::min({over, left + first, right - last});
    bars_.left[node] = even - first;
    bars_.right[node] = even + last;
    if (bars_.left[node] + bars_.right[node] < 2 * least) {
      bars_.left[node] = std::max(bars_.left[node], std::min(least, left));
      bars_.right[node] = std::max(bars_.right[node], std::min(least, right));
    }
    move_side_ports(node);
  }

  // Lines below (above) the bar, from left to right.
  std::vector<Foot> feet(std::uint32_t node, bool below) const {
    std::vector<Foot> out;
    const auto add = [&](EdgeIndex index) {
      const std::uint32_t edge = at(index);
      const Wire& wire = wiring_[edge];
      const std::uint32_t first = skeleton_.first_link[edge];
      const std::uint32_t last = skeleton_.first_link[edge + 1];
      if (first == last) return;
      const Edge& ends = chart_.flow.edges[edge];
      const bool foreign = chart_.lane_of(at(ends.from)) != chart_.lane_of(at(ends.to));
      if (below && at(wire.upper) == node && wire.upper_side == Side::bottom) {
        out.push_back({edge, end_of(skeleton_.links[first].lower, edge, false), true, foreign});
      }
      if (!below && at(wire.lower) == node && wire.lower_side == Side::top) {
        out.push_back({edge, end_of(skeleton_.links[last - 1].upper, edge, true), false, foreign});
      }
      if (!below && at(wire.upper) == node && wire.upper_side == Side::top) {
        out.push_back({edge, end_of(skeleton_.links[first].lower, edge, false), true, foreign});
      }
    };
    for (const EdgeIndex edge : chart_.facts.graph.exits(NodeIndex(node))) add(edge);
    for (const EdgeIndex edge : chart_.facts.graph.entries(NodeIndex(node))) add(edge);
    for (Foot& foot : out) foot.x -= columns_.x[node];
    // The line before the branches, or behind them: that of a join to another one straight down.
    const auto forward = [&](const Foot& foot) { return !wiring_[foot.edge].reversed; };
    if (std::count_if(out.begin(), out.end(), forward) == 1) {
      Foot& only = *std::find_if(out.begin(), out.end(), forward);
      const bool joins = below && chart_.is_bar(at(wiring_[only.edge].lower));
      if (only.foreign || joins) only.x = 0;
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Foot& a, const Foot& b) { return a.x < b.x; });
    return out;
  }

  double end_of(std::uint32_t item, std::uint32_t edge, bool upper_end) const {
    if (skeleton_.items[item].kind != ItemKind::box) return columns_.x[item];
    return columns_.x[item] + (upper_end ? bars_.ports.upper : bars_.ports.lower)[edge].x;
  }

  void keep_apart(std::vector<Foot>& feet, double low, double high) const {
    if (feet.empty()) return;
    const auto count = static_cast<double>(feet.size());
    const double gap = std::min(chart_.options.line_gap, (high - low) / count);
    for (std::size_t i = 0; i < feet.size(); ++i) {
      feet[i].x = std::max(feet[i].x, i == 0 ? low : feet[i - 1].x + gap);
    }
    for (std::size_t i = feet.size(); i-- > 0;) {
      feet[i].x = std::min(feet[i].x, i + 1 == feet.size() ? high : feet[i + 1].x - gap);
    }
  }

  void move_side_ports(std::uint32_t node) {
    const auto move = [&](EdgeIndex index) {
      const Wire& wire = wiring_[at(index)];
      for (const bool upper_end : {true, false}) {
        const Side side = upper_end ? wire.upper_side : wire.lower_side;
        if (at(upper_end ? wire.upper : wire.lower) != node || !Wire::is_beside(side)) continue;
        (upper_end ? bars_.ports.upper : bars_.ports.lower)[at(index)].x =
            side == Side::left ? -bars_.left[node] : bars_.right[node];
      }
    };
    for (const EdgeIndex edge : chart_.facts.graph.exits(NodeIndex(node))) move(edge);
    for (const EdgeIndex edge : chart_.facts.graph.entries(NodeIndex(node))) move(edge);
  }

  const Chart& chart_;
  const Wiring& wiring_;
  const Skeleton& skeleton_;
  const Rows& rows_;
  const Columns& columns_;
  Bars bars_;
};

}  // namespace

Bars spread_bars(const Chart& chart, const Wiring& wiring, const Skeleton& skeleton,
                 const Rows& rows, const Ports& ports, const Columns& columns) {
  return BarSpreading(chart, wiring, skeleton, rows, ports, columns).run();
}

}  // namespace flowproof::layout
