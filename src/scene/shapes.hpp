// Outlines of GB/T 1526-1989 (ISO 5807:1985) as one table: a new symbol is a row here.
//
// A symbol fills its box. `outline` is filled and stroked, `details` only stroked, `frame` stroked
// dashed. Lines are laid out to meet the box; inset() says how much further the outline is.
#pragma once

#include <vector>

#include "flowproof/geometry.hpp"
#include "flowproof/profile.hpp"
#include "flowproof/scene.hpp"

namespace flowproof::scene {

using Path = std::vector<PathStep>;

struct Symbol {
  Path outline;
  Path details = {};
  Path frame = {};
};

enum class Side : std::uint8_t { top, right, bottom, left };

[[nodiscard]] Symbol symbol_of(Shape shape, const Rect& box);

/// Distance from a side of the box, at the point `along` it (x or y), inwards to the outline.
[[nodiscard]] double inset(Shape shape, const Rect& box, Side side, double along);

[[nodiscard]] Path rectangle(const Rect& box);
[[nodiscard]] Path segment(Point from, Point to);
[[nodiscard]] Path circle(Point center, double radius);

}  // namespace flowproof::scene
