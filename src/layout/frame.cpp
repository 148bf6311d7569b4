#include <algorithm>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr double lane_gap = 12;  // below a lane's header and above its foot
constexpr double margin = 4;     // room for strokes without lanes

struct Extent {
  double left = 1e30, top = 1e30, right = -1e30, bottom = -1e30;

  void add(const Rect& area) {
    left = std::min(left, area.x);
    top = std::min(top, area.y);
    right = std::max(right, area.right());
    bottom = std::max(bottom, area.bottom());
  }
};

Extent extent_of(const Layout& layout) {
  Extent extent;
  for (const Rect& node : layout.nodes) extent.add(node);
  for (const Rect& note : layout.notes) {
    if (note.width > 0) extent.add(note);
  }
  for (const EdgeLayout& edge : layout.edges) {
    for (const Point& point : edge.path) extent.add({point.x, point.y, 0, 0});
    if (edge.label) extent.add(*edge.label);
  }
  for (const Rect& lane : layout.lanes) extent.add({lane.x, extent.top, lane.width, 0});
  if (extent.left > extent.right) extent = {0, 0, 0, 0};
  return extent;
}

void move(Layout& layout, double dx, double dy) {
  const auto shift = [&](auto& place) {
    place.x += dx;
    place.y += dy;
  };
  for (Rect& node : layout.nodes) shift(node);
  for (Rect& note : layout.notes) shift(note);
  for (Rect& lane : layout.lanes) lane.x += dx;
  for (EdgeLayout& edge : layout.edges) {
    for (Point& point : edge.path) shift(point);
    for (Point& point : edge.bridges) shift(point);
    if (edge.label) shift(*edge.label);
  }
}

}  // namespace

Layout place_frame(Layout layout) {
  const Extent extent = extent_of(layout);
  const bool banded = !layout.lanes.empty();
  const double side = banded ? 0 : margin;
  const double above = banded ? layout.lane_header + lane_gap : margin;
  move(layout, side - extent.left, above - extent.top);
  layout.size = {extent.right - extent.left + 2 * side,
                 above + extent.bottom - extent.top + (banded ? lane_gap : margin)};
  for (Rect& lane : layout.lanes) {
    lane.y = 0;
    lane.height = layout.size.height;
  }
  return layout;
}

}  // namespace flowproof::layout
