#include "scene/lines.hpp"

#include <algorithm>
#include <cmath>

namespace flowproof::scene {

namespace {

constexpr double arrow_slenderness = 0.386;  // half of its width to its length
constexpr double bridge_radius = 4;
constexpr double same_place = 0.01;  // points; the layout rounds to less

double length_of(Point a, Point b) {
  const double across = b.x - a.x, down = b.y - a.y;
  return std::sqrt(across * across + down * down);
}

Point along(Point from, Point to, double distance) {
  const double length = length_of(from, to);
  if (length <= 0) return from;
  const double share = distance / length;
  return {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
}

// The side of the box a line that comes from `outside` ends at.
Side side_of(const Rect& box, Point end, Point outside) {
  if (std::abs(end.x - outside.x) <= std::abs(end.y - outside.y)) {
    return std::abs(end.y - box.y) <= std::abs(end.y - box.bottom()) ? Side::top : Side::bottom;
  }
  return std::abs(end.x - box.x) <= std::abs(end.x - box.right()) ? Side::left : Side::right;
}

Point drawn_on(const Port& port, Point end, Point outside) {
  // At a corner from its side: the corner is on the outline.
  const Point middle = port.box.center();
  const bool level_end = std::abs(end.y - outside.y) < same_place;
  if (level_end && std::abs(end.x - middle.x) < same_place &&
      std::abs(end.y - port.box.y) < same_place) {
    return end;
  }
  const Side side = side_of(port.box, end, outside);
  const bool level = side == Side::top || side == Side::bottom;
  const double depth = inset(port.shape, port.box, side, level ? end.x : end.y);
  switch (side) {
    case Side::top:
      return {end.x, end.y + depth};
    case Side::bottom:
      return {end.x, end.y - depth};
    case Side::left:
      return {end.x + depth, end.y};
    case Side::right:
      return {end.x - depth, end.y};
  }
  return end;
}

struct Stretch {
  double from, to;
};

// Where on the segment a-b the line is lifted: around every bridge, neighbours taken together.
std::vector<Stretch> lifted(Point a, Point b, const std::vector<Point>& bridges) {
  const double length = length_of(a, b);
  std::vector<double> places;
  for (const Point& bridge : bridges) {
    const double place = length_of(a, bridge);
    const bool on_it = std::abs(place + length_of(bridge, b) - length) < same_place;
    if (on_it && place > bridge_radius && place < length - bridge_radius) places.push_back(place);
  }
  std::sort(places.begin(), places.end());
  std::vector<Stretch> stretches;
  for (const double place : places) {
    const Stretch next{place - bridge_radius, place + bridge_radius};
    if (!stretches.empty() && next.from <= stretches.back().to) {
      stretches.back().to = next.to;
    } else {
      stretches.push_back(next);
    }
  }
  return stretches;
}

// Half an ellipse over the stretch, upwards on a level segment, to the right on an upright one.
void add_arch(Path& path, Point a, Point b, const Stretch& stretch) {
  constexpr double control = 0.5522847498;
  const bool level = std::abs(b.x - a.x) > std::abs(b.y - a.y);
  const Point start = along(a, b, stretch.from), end = along(a, b, stretch.to);
  const Point lift = level ? Point{0, -bridge_radius} : Point{bridge_radius, 0};
  const Point middle{(start.x + end.x) / 2, (start.y + end.y) / 2};
  const Point top{middle.x + lift.x, middle.y + lift.y};
  const auto raised = [&](Point at, double share) {
    return Point{at.x + lift.x * share, at.y + lift.y * share};
  };
  const auto beside = [&](Point toward) {
    return Point{top.x + (toward.x - middle.x) * control, top.y + (toward.y - middle.y) * control};
  };
  path.emplace_back(LineTo{start});
  path.emplace_back(CurveTo{raised(start, control), beside(start), top});
  path.emplace_back(CurveTo{beside(end), raised(end, control), end});
}

}  // namespace

Polyline attach(Polyline path, const Port& from, const Port& to) {
  path.front() = drawn_on(from, path.front(), path[1]);
  path.back() = drawn_on(to, path.back(), path[path.size() - 2]);
  return path;
}

Path line_path(const Polyline& path, const std::vector<Point>& bridges, double shorten) {
  Path drawn;
  drawn.reserve(path.size());  // more with bridges
  drawn.emplace_back(MoveTo{path.front()});
  for (std::size_t i = 1; i < path.size(); ++i) {
    const Point a = path[i - 1], b = path[i];
    for (const Stretch& stretch : lifted(a, b, bridges)) add_arch(drawn, a, b, stretch);
    const double length = length_of(a, b);
    const bool last = i + 1 == path.size();
    drawn.emplace_back(LineTo{last ? along(b, a, std::min(shorten, length)) : b});
  }
  return drawn;
}

double arrow_length(double line_width) { return 3 + 4 * std::max(line_width, 0.5); }

Path arrowhead(const Polyline& path, double length) {
  const Point tip = path.back();
  Point from = path[path.size() - 2];
  if (length_of(from, tip) < same_place) from = {tip.x, tip.y - 1};
  const Point foot = along(tip, from, length);
  const double across_x = (tip.y - foot.y) * arrow_slenderness;
  const double across_y = (foot.x - tip.x) * arrow_slenderness;
  return {MoveTo{tip}, LineTo{{foot.x + across_x, foot.y + across_y}},
          LineTo{{foot.x - across_x, foot.y - across_y}}, ClosePath{}};
}

std::vector<Piece> cut(const Polyline& path, const std::vector<double>& cuts) {
  const auto band_of = [&](double y) {
    return static_cast<std::size_t>(std::lower_bound(cuts.begin(), cuts.end(), y) - cuts.begin());
  };
  std::vector<Piece> pieces{{{path.front()}, band_of(path.front().y)}};
  for (std::size_t i = 1; i < path.size(); ++i) {
    const Point a = path[i - 1], b = path[i];
    const std::size_t goal = band_of(b.y);
    while (pieces.back().band != goal) {
      const std::size_t band = pieces.back().band;
      const bool down = goal > band;
      const double y = cuts[down ? band : band - 1];
      const Point at{b.y == a.y ? b.x : a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y};
      pieces.back().path.push_back(at);
      pieces.push_back({{at}, down ? band + 1 : band - 1});
    }
    pieces.back().path.push_back(b);
  }
  return pieces;
}

}  // namespace flowproof::scene
