// Flow lines: from the laid-out path to what is drawn.
//
// Paths run axis-parallel between boxes. Here their ends are drawn on to the outlines, bridges are
// put in where one line passes over another, and lines are cut where a page ends.
#pragma once

#include <vector>

#include "flowproof/layout.hpp"
#include "scene/shapes.hpp"

namespace flowproof::scene {

/// A box of a chart and its outline.
struct Port {
  Shape shape;
  Rect box;
};

/// The path with both ends moved from the box to the outline. Pre: at least two points.
[[nodiscard]] Polyline attach(Polyline path, const Port& from, const Port& to);

/// The line itself; `shorten` is left out at its end for an arrowhead.
[[nodiscard]] Path line_path(const Polyline& path, const std::vector<Point>& bridges,
                             double shorten);

/// Heavier lines have larger heads.
[[nodiscard]] double arrow_length(double line_width);
/// A filled triangle whose tip is the end of the path.
[[nodiscard]] Path arrowhead(const Polyline& path, double length);

/// A part of a path inside one horizontal band of the chart.
struct Piece {
  Polyline path;
  std::size_t band = 0;
};

/// Cuts a path at the heights `cuts` (ascending; band i ends at cuts[i]). Points on a cut belong to
/// the upper band. A path wholly inside one band is one piece.
[[nodiscard]] std::vector<Piece> cut(const Polyline& path, const std::vector<double>& cuts);

}  // namespace flowproof::scene
