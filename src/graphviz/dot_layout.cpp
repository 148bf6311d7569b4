#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/worker.hpp"
#include "flowproof/dot.hpp"
#include "graphviz/records.hpp"

namespace flowproof {

namespace {

using graphviz::append_record;
using graphviz::Record;

constexpr double points_in_inch = 72;
constexpr double margin = 12;
constexpr double label_gap = 4;

std::string decimal(double value) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, 4);
  return {text, end.ptr};
}

/// A coordinate that may stand in a drawing, else 0: the worker's answer is not trusted.
double coordinate(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::isfinite(value) && std::abs(value) < 1e7 ? value : 0;
}

std::size_t index_in(const std::string& text, std::size_t count) {
  std::size_t value = count;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::min(value, count);
}

std::string request(const Flow& flow, const Measured& measured, const LayoutOptions& options) {
  std::string records;
  append_record(records,
                {"graph", "splines", "ortho", "nodesep", decimal(options.node_gap / points_in_inch),
                 "ranksep", decimal(options.rank_gap / points_in_inch)});
  for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
    const Size size = measured.node_sizes[i];
    append_record(records, {"node", std::to_string(i), "", "label", "", "shape", "box", "fixedsize",
                            "true", "width", decimal(size.width / points_in_inch), "height",
                            decimal(size.height / points_in_inch)});
  }
  for (const Edge& edge : flow.edges) {
    append_record(records, {"edge", std::to_string(at(edge.from)), std::to_string(at(edge.to)),
                            "arrowhead", "none"});
  }
  return records;
}

/// dot's corners are off by fractions of a point: pieces are made level or upright, and points that
/// bend nothing are left out.
Polyline straightened(const Polyline& path) {
  Polyline out;
  for (Point point : path) {
    if (!out.empty()) {
      const Point& last = out.back();
      if (std::abs(point.x - last.x) < 1) point.x = last.x;
      if (std::abs(point.y - last.y) < 1) point.y = last.y;
      if (point == last) continue;
    }
    if (out.size() > 1) {
      const Point& a = out[out.size() - 2];
      const Point& b = out.back();
      if ((a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y)) out.pop_back();
    }
    out.push_back(point);
  }
  return out;
}

/// dot stops its lines a little before or behind the border of a box.
void meet_border(Point& end, const Point& next, const Rect& box) {
  const bool upright = end.x == next.x;
  double& moved = upright ? end.y : end.x;
  const double low = upright ? box.y : box.x, high = upright ? box.bottom() : box.right();
  const double nearest = std::abs(moved - low) < std::abs(moved - high) ? low : high;
  if (std::abs(moved - nearest) < 3) moved = nearest;
}

/// Beside the first piece of its line.
Rect label_beside(const Polyline& path, Size size) {
  const Point a = path[0], b = path[1];
  if (a.x == b.x) {
    const double y = b.y > a.y ? a.y + label_gap : a.y - label_gap - size.height;
    return {a.x + label_gap, y, size.width, size.height};
  }
  const double x = b.x > a.x ? a.x + label_gap : a.x - label_gap - size.width;
  return {x, a.y - label_gap - size.height, size.width, size.height};
}

void move_into_page(Layout& layout) {
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  const auto reach = [&](const Rect& area) {
    left = std::min(left, area.x);
    top = std::min(top, area.y);
    right = std::max(right, area.right());
    bottom = std::max(bottom, area.bottom());
  };
  for (const Rect& box : layout.nodes) reach(box);
  for (const EdgeLayout& edge : layout.edges) {
    for (const Point& point : edge.path) reach({point.x, point.y, 0, 0});
    if (edge.label) reach(*edge.label);
  }
  const auto move = [&](auto& place) {
    place.x += margin - left;
    place.y += margin - top;
  };
  for (Rect& box : layout.nodes) move(box);
  for (EdgeLayout& edge : layout.edges) {
    for (Point& point : edge.path) move(point);
    if (edge.label) move(*edge.label);
  }
  layout.size = {right - left + 2 * margin, bottom - top + 2 * margin};
}

}  // namespace

Result<Layout> lay_out_with_dot(const Flow& flow, const Measured& measured,
                                const LayoutOptions& options) {
  Result<std::string> answer =
      run_worker("flowproof_graphviz", "place", request(flow, measured, options));
  if (!answer) return std::move(answer).error();
  Layout layout;
  layout.nodes.resize(flow.nodes.size());
  layout.edges.resize(flow.edges.size());
  layout.notes.resize(flow.notes.size());
  for (const Record& record : graphviz::read_records(*answer)) {
    if (record[0] == "at" && record.size() > 3) {
      const std::size_t node = index_in(record[1], flow.nodes.size());
      if (node == flow.nodes.size()) continue;
      const Size size = measured.node_sizes[node];
      layout.nodes[node] = {coordinate(record[2]) - size.width / 2,
                            -coordinate(record[3]) - size.height / 2, size.width, size.height};
    } else if (record[0] == "path") {
      const std::size_t edge = index_in(record[1], flow.edges.size());
      if (edge == flow.edges.size()) continue;
      Polyline path;
      for (std::size_t i = 2; i + 1 < record.size(); i += 2) {
        path.push_back({coordinate(record[i]), -coordinate(record[i + 1])});
      }
      layout.edges[edge].path = straightened(path);
    }
  }
  for (std::size_t i = 0; i < flow.edges.size(); ++i) {
    EdgeLayout& edge = layout.edges[i];
    if (edge.path.size() < 2) {  // dot gives no line to what it could not route
      edge.path = {layout.nodes[at(flow.edges[i].from)].center(),
                   layout.nodes[at(flow.edges[i].to)].center()};
    }
    Polyline& path = edge.path;
    meet_border(path.front(), path[1], layout.nodes[at(flow.edges[i].from)]);
    meet_border(path.back(), path[path.size() - 2], layout.nodes[at(flow.edges[i].to)]);
    if (!measured.labels[i].lines.empty()) {
      edge.label = label_beside(edge.path, measured.labels[i].size);
    }
  }
  move_into_page(layout);
  return layout;
}

}  // namespace flowproof
