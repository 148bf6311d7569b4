#include <algorithm>
#include <cmath>

#include "layout/occupancy.hpp"
#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr double from_line = 3;  // between a label and the line beside it
constexpr double from_box = 5;   // between a label and the box its line leaves
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
  // Beside the first pieces of the line, nearest to its exit first.
  void place(std::uint32_t edge) {
    const Size size = chart_.measured.labels[edge].size;
    const Polyline& path = layout_.edges[edge].path;
    Rect first{path[0].x + from_line, path[0].y + from_line, size.width, size.height};
    bool have_first = false;
    for (std::size_t i = 1; i < path.size(); ++i) {
      for (const Rect& area : candidates(path[i - 1], path[i], size, i == 1)) {
        if (!have_first) first = area;
        have_first = true;
        if (!is_free(area, edge)) continue;
        keep(area, edge);
        return;
      }
    }
    keep(first, edge);
  }

  void keep(const Rect& area, std::uint32_t edge) {
    layout_.edges[edge].label = area;
    taken_.add(area, none);
  }

  // Places along one piece, from its beginning, on both sides of it.
  static std::vector<Rect> candidates(Point a, Point b, Size size, bool leaves_box) {
    std::vector<Rect> out;
    const double start = leaves_box ? from_box : from_line;
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
