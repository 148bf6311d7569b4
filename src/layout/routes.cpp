#include <algorithm>
#include <cmath>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr double header_padding = 7;
constexpr std::size_t usual_points = 8;  // of a line before it is simplified

// Drops repeated points and points on a straight run.
Polyline simplified(const Polyline& path) {
  Polyline out;
  out.reserve(path.size());
  const auto near = [](double a, double b) { return std::abs(a - b) < 0.005; };
  for (const Point& point : path) {
    if (!out.empty() && near(out.back().x, point.x) && near(out.back().y, point.y)) continue;
    if (out.size() >= 2) {
      const Point& a = out[out.size() - 2];
      const Point& b = out.back();
      if ((near(a.x, b.x) && near(b.x, point.x)) || (near(a.y, b.y) && near(b.y, point.y))) {
        out.pop_back();
      }
    }
    out.push_back(point);
  }
  return out;
}

class Drawing {
 public:
  Drawing(const Chart& chart, const Wiring& wiring, const Skeleton& skeleton, const Bars& bars,
          const Columns& columns, const Heights& heights)
      : chart_(chart),
        wiring_(wiring),
        skeleton_(skeleton),
        bars_(bars),
        columns_(columns),
        heights_(heights) {}

  Layout run() {
    Layout layout;
    layout.nodes.reserve(chart_.flow.nodes.size());
    for (std::uint32_t node = 0; node < chart_.flow.nodes.size(); ++node) {
      Rect box = around(node, chart_.measured.node_sizes[node]);
      box.x = columns_.x[node] - bars_.left[node];
      box.width = bars_.left[node] + bars_.right[node];
      layout.nodes.push_back(box);
    }
    layout.edges.resize(wiring_.size());
    for (std::uint32_t edge = 0; edge < wiring_.size(); ++edge) {
      Polyline path = wiring_[edge].loop ? loop_path(edge) : path_of(edge);
      if (wiring_[edge].reversed) std::reverse(path.begin(), path.end());
      layout.edges[edge].path = simplified(path);
    }
    layout.notes.resize(chart_.flow.notes.size());
    for (std::uint32_t i = 0; i < skeleton_.items.size(); ++i) {
      const Item& item = skeleton_.items[i];
      if (item.kind != ItemKind::note) continue;
      layout.notes[item.subject] = around(i, note_size(chart_.measured.notes[item.subject]));
    }
    place_lanes(layout);
    return layout;
  }

 private:
  Point middle(std::uint32_t item) const {
    return {columns_.x[item], heights_.row_middle[skeleton_.items[item].rank]};
  }

  Rect around(std::uint32_t item, Size size) const {
    const Point m = middle(item);
    return {m.x - size.width / 2, m.y - size.height / 2, size.width, size.height};
  }

  Point port(std::uint32_t edge, bool upper_end) const {
    const Wire& wire = wiring_[edge];
    const Point m = middle(at(upper_end ? wire.upper : wire.lower));
    const Point offset = (upper_end ? bars_.ports.upper : bars_.ports.lower)[edge];
    return {m.x + offset.x, m.y + offset.y};
  }

  // From the upper to the lower end.
  Polyline path_of(std::uint32_t edge) const {
    const Point from = port(edge, true);
    const Point to = port(edge, false);
    Polyline path;
    path.reserve(usual_points);
    path.push_back(from);
    double x = from.x;
    for (std::uint32_t i = skeleton_.first_link[edge]; i < skeleton_.first_link[edge + 1]; ++i) {
      const Link& link = skeleton_.links[i];
      if (skeleton_.items[link.upper].kind == ItemKind::turn && !skeleton_.links[i].over &&
          path.size() == 1) {
        x = columns_.x[link.upper];
        path.push_back({x, from.y});
      }
      for (const Track& track : heights_.tracks[i]) {
        path.push_back({x, track.y});
        x = track.to_x;
        path.push_back({x, track.y});
      }
    }
    path.push_back({x, to.y});
    path.push_back(to);
    return path;
  }

  // From where it enters the box to where it leaves.
  Polyline loop_path(std::uint32_t edge) const {
    const Point enter = port(edge, true);
    const Point leave = port(edge, false);
    const double x = columns_.x[skeleton_.loop_turn[edge]];
    Polyline path{enter};
    if (wiring_[edge].over) {
      const Track& track = heights_.tracks[skeleton_.first_link[edge]].front();
      path.push_back({enter.x, track.y});
      path.push_back({x, track.y});
    } else {
      path.push_back({x, enter.y});
    }
    path.push_back({x, leave.y});
    path.push_back(leave);
    return path;
  }

  void place_lanes(Layout& layout) const {
    if (chart_.flow.lanes.empty()) return;
    for (const TextBlock& header : chart_.measured.lanes) {
      layout.lane_header = std::max(layout.lane_header, header.size.height + 2 * header_padding);
    }
    for (std::size_t lane = 0; lane < columns_.lane_left.size(); ++lane) {
      layout.lanes.push_back({columns_.lane_left[lane], 0,
                              columns_.lane_right[lane] - columns_.lane_left[lane],
                              heights_.bottom});
    }
  }

  const Chart& chart_;
  const Wiring& wiring_;
  const Skeleton& skeleton_;
  const Bars& bars_;
  const Columns& columns_;
  const Heights& heights_;
};

}  // namespace

Layout draw(const Chart& chart, const Wiring& wiring, const Skeleton& skeleton, const Bars& bars,
            const Columns& columns, const Heights& heights) {
  return Drawing(chart, wiring, skeleton, bars, columns, heights).run();
}

}  // namespace flowproof::layout
