#include <algorithm>
#include <cmath>

#include "layout/occupancy.hpp"
#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr double clearance = 6;  // of a line from what it passes

// A line that comes from the side, turns down onto another one and shares its way into a corner.
class Joining {
 public:
  explicit Joining(const Chart& chart, Layout layout) : chart_(chart), layout_(std::move(layout)) {}

  Layout run() {
    for (std::uint32_t node = 0; node < layout_.nodes.size(); ++node) {
      if (chart_.is_decision(node)) join_at(node);
    }
    return std::move(layout_);
  }

 private:
  // One line from each side may go straight to the corner that another one enters from above.
  void join_at(std::uint32_t node) {
    const Point corner{layout_.nodes[node].center().x, layout_.nodes[node].y};
    bool from_above = false;
    std::vector<std::uint32_t> sides;
    for (const EdgeIndex edge : chart_.facts.graph.entries(NodeIndex(node))) {
      const Polyline& path = layout_.edges[at(edge)].path;
      if (path.size() < 2 || !same(path.back(), corner) || !down(path)) continue;
      if (path.size() >= 4 && trunk_of(path) < turn_height) {
        sides.push_back(at(edge));
      } else {
        from_above = true;
      }
    }
    if (!from_above && sides.size() < 2) return;
    bool taken[2] = {false, false};
    for (const std::uint32_t edge : sides) {
      const Polyline& path = layout_.edges[edge].path;
      bool& side = taken[path[path.size() - 3].x < corner.x ? 0 : 1];
      if (!side && is_free(node, edge, corner)) {
        lower(layout_.edges[edge].path, corner);
        side = true;
      }
    }
  }

  static bool same(Point a, Point b) {
    return std::abs(a.x - b.x) < 0.01 && std::abs(a.y - b.y) < 0.01;
  }
  static bool down(const Polyline& path) { return path[path.size() - 2].y < path.back().y; }
  static double trunk_of(const Polyline& path) { return path.back().y - path[path.size() - 2].y; }

  bool is_free(std::uint32_t node, std::uint32_t edge, Point corner) {
    if (!filled_) fill();
    const Polyline& path = layout_.edges[edge].path;
    const Point turn = path[path.size() - 3];
    const Rect level = piece({turn.x, corner.y}, corner);
    const Rect upright = piece(turn, {turn.x, corner.y});
    return is_free(node, edge,
                   {level.x - clearance, level.y - clearance, level.width + 2 * clearance,
                    2 * clearance}) &&
           is_free(node, edge, {upright.x - clearance, upright.y, 2 * clearance, upright.height});
  }

  bool is_free(std::uint32_t node, std::uint32_t edge, const Rect& way) {
    const NodeIndex from = chart_.flow.edges[edge].from;
    std::vector<std::uint32_t> near;
    taken_.near(way, near);
    return std::none_of(near.begin(), near.end(), [&](std::uint32_t i) {
      const Occupancy::Entry& entry = taken_.entry(i);
      if (entry.owner == none) {
        return overlap(way, entry.area, 0) && !(entry.area == layout_.nodes[node]);
      }
      const Edge& other = chart_.flow.edges[entry.owner];
      return entry.owner != edge && at(other.to) != node && other.from != from &&
             overlap(way, entry.area, 0);
    });
  }

  void fill() {
    filled_ = true;
    taken_.add(layout_);
  }

  static void lower(Polyline& path, Point corner) {
    path.pop_back();
    path.back() = corner;
    path[path.size() - 2].y = corner.y;
  }

  static constexpr double turn_height = 40;  // above the corner

  const Chart& chart_;
  Layout layout_;
  Occupancy taken_;
  bool filled_ = false;
};

}  // namespace

Layout join_lines(const Chart& chart, Layout layout) {
  return Joining(chart, std::move(layout)).run();
}

}  // namespace flowproof::layout
