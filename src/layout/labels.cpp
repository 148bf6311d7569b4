#include <algorithm>
#include <cmath>

#include "layout/occupancy.hpp"
#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr double from_line = 3;   // between a label and the line beside it
constexpr double from_box = 5;    // between a label and the box its line leaves
constexpr double from_fork = 10;  // between a label and the trunk its line leaves
constexpr double clearance = 1;

class LabelPlacing {
 public:
  LabelPlacing(const Chart& chart, Layout layout) : chart_(chart), layout_(std::move(layout)) {
    taken_.add(layout_);
  }

  Layout run() {
    for (std::uint32_t edge = 0; edge < layout_.edges.size(); ++edge) {
      if (!chart_.measured.labels[edge].lines.empty()) place(edge);
    }
    return std::move(layout_);
  }

 private:
  // Beside the first pieces of the line, nearest to its exit first; of a trunk that several exits
  // share only where there is no room behind the fork, for there the label could be anyone's.
  void place(std::uint32_t edge) {
    const Size size = chart_.measured.labels[edge].size;
    const double trunk = shared_with_others(edge);
    if (trunk > 0 && place_behind(edge, size, trunk)) return;
    if (place_behind(edge, size, 0)) return;
    const Polyline& path = layout_.edges[edge].path;
    const std::vector<Rect> areas =
        path.size() > 1 ? candidates(path[0], path[1], size, from_box) : std::vector<Rect>{};
    keep(areas.empty() ? Rect{path[0].x + from_line, path[0].y + from_line, size.width, size.height}
                       : areas[0],
         edge);
  }

  // False if there is no room behind the first `skipped` points of the line.
  bool place_behind(std::uint32_t edge, Size size, double skipped) {
    const Polyline& path = layout_.edges[edge].path;
    bool behind_fork = skipped > 0;
    for (std::size_t i = 1; i < path.size(); ++i) {
      const Point to = path[i];
      const double length = length_of(path[i - 1], to);
      if (skipped >= length && skipped > 0) {
        skipped -= length;
        continue;
      }
      const Point from = skipped > 0 ? along(path[i - 1], to, skipped) : path[i - 1];
      const double start = behind_fork ? from_fork : i == 1 ? from_box : from_line;
      behind_fork = false;
      for (const Rect& area : candidates(from, to, size, start)) {
        if (!is_free(area, edge)) continue;
        keep(area, edge);
        return true;
      }
      skipped = 0;
    }
    return false;
  }

  static double length_of(Point a, Point b) { return std::abs(a.x - b.x) + std::abs(a.y - b.y); }

  static Point along(Point a, Point b, double distance) {
    const double share = distance / length_of(a, b);
    return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
  }

  // How far the line runs on one of the other exits of its box. Of more exits every pair would take
  // too long.
  double shared_with_others(std::uint32_t edge) const {
    constexpr std::size_t most_exits = 16;
    const auto exits = chart_.facts.graph.exits(chart_.flow.edges[edge].from);
    double shared = 0;
    if (exits.size() > most_exits) return shared;
    for (const EdgeIndex other : exits) {
      if (at(other) == edge) continue;
      shared = std::max(shared, common(layout_.edges[edge].path, layout_.edges[at(other)].path));
    }
    return shared;
  }

  // The length of what both lines begin with.
  static double common(const Polyline& a, const Polyline& b) {
    constexpr double rounding = 0.01;
    double total = 0;
    for (std::size_t i = 1; i < std::min(a.size(), b.size()); ++i) {
      if (length_of(a[i - 1], b[i - 1]) > rounding) break;
      const double shorter = std::min(length_of(a[i - 1], a[i]), length_of(b[i - 1], b[i]));
      if (shorter < rounding) break;
      if (length_of(along(a[i - 1], a[i], shorter), along(b[i - 1], b[i], shorter)) > rounding) {
        break;
      }
      total += shorter;
    }
    return total;
  }

  void keep(const Rect& area, std::uint32_t edge) {
    layout_.edges[edge].label = area;
    taken_.add(area, none);
  }

  // Places along one piece, `start` from its beginning and further, on both sides of it.
  static std::vector<Rect> candidates(Point a, Point b, Size size, double start) {
    std::vector<Rect> out;
    const bool flat = std::abs(a.y - b.y) < std::abs(a.x - b.x);
    const double length = flat ? std::abs(a.x - b.x) : std::abs(a.y - b.y);
    const double extent = flat ? size.width : size.height;
    const double sign = flat ? (b.x > a.x ? 1 : -1) : (b.y > a.y ? 1 : -1);
    const double step = std::max(8.0, length / 16);
    for (double at = start; at == start || at + extent <= length; at += step) {
      const double begin = (flat ? a.x : a.y) + sign * at;
      const double low = sign > 0 ? begin : begin - extent;
      if (flat) {
        out.push_back({low, a.y - from_line - size.height, size.width, size.height});
        out.push_back({low, a.y + from_line, size.width, size.height});
      } else {
        out.push_back({a.x + from_line + 1, low, size.width, size.height});
        out.push_back({a.x - from_line - 1 - size.width, low, size.width, size.height});
      }
    }
    return out;
  }

  bool is_free(const Rect& area, std::uint32_t edge) {
    taken_.near(area, near_);
    return std::none_of(near_.begin(), near_.end(), [&](std::uint32_t i) {
      const Occupancy::Entry& entry = taken_.entry(i);
      return overlap(area, entry.area, entry.owner == edge ? 0 : clearance);
    });
  }

  const Chart& chart_;
  Layout layout_;
  Occupancy taken_;
  std::vector<std::uint32_t> near_;
};

}  // namespace

Layout place_labels(const Chart& chart, Layout layout) {
  return LabelPlacing(chart, std::move(layout)).run();
}

}  // namespace flowproof::layout
