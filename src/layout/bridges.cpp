#include <algorithm>
#include <cmath>

#include "layout/occupancy.hpp"
#include "layout/passes.hpp"

namespace flowproof::layout {

Layout place_bridges(Layout layout) {
  Occupancy uprights;
  for (std::uint32_t edge = 0; edge < layout.edges.size(); ++edge) {
    const Polyline& path = layout.edges[edge].path;
    for (std::size_t i = 1; i < path.size(); ++i) {
      if (path[i - 1].x == path[i].x) uprights.add(piece(path[i - 1], path[i]), edge);
    }
  }
  constexpr double inside = 0.5;  // a line that ends on another joins it
  std::vector<std::uint32_t> near;
  for (std::uint32_t edge = 0; edge < layout.edges.size(); ++edge) {
    EdgeLayout& line = layout.edges[edge];
    for (std::size_t i = 1; i < line.path.size(); ++i) {
      if (line.path[i - 1].y != line.path[i].y) continue;
      const Rect flat = piece(line.path[i - 1], line.path[i]);
      uprights.near(flat, near);
      std::vector<double> at;
      for (const std::uint32_t k : near) {
        const Rect& upright = uprights.entry(k).area;
        if (uprights.entry(k).owner == edge) continue;
        const bool crosses = upright.x > flat.x + inside && upright.x < flat.right() - inside &&
                             flat.y > upright.y + inside && flat.y < upright.bottom() - inside;
        if (crosses) at.push_back(upright.x);
      }
      std::sort(at.begin(), at.end());
      at.erase(std::unique(at.begin(), at.end()), at.end());
      for (const double x : at) line.bridges.push_back({x, flat.y});
    }
  }
  return layout;
}

}  // namespace flowproof::layout
