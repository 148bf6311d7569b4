// How much room an outline needs around its text, and where the text stands in it.
//
// Used by measure (src/text) to size boxes and by compose (src/scene) to draw them, so that both
// agree. A box is the outline's bounding rectangle; lines meet its sides. For `suspended` it
// includes the dashed frame.
#pragma once

#include "flowproof/geometry.hpp"
#include "flowproof/layout.hpp"
#include "flowproof/profile.hpp"

namespace flowproof {

/// Extents inside outlines, in points.
inline constexpr double document_wave = 7;    ///< height of the wavy bottom
inline constexpr double data_slant = 12;      ///< how far a parallelogram leans
inline constexpr double predefined_bar = 6;   ///< distance of the inner side lines
inline constexpr double suspended_frame = 5;  ///< between the dashed frame and the symbol in it
/// The same at the top, for "不计入时限" of 10.5 to 12.5 points with 2 to 3 points clear above and
/// below.
inline constexpr double suspended_head = 16;
inline constexpr double parallel_height = 6;  ///< distance of the two bars
/// At most: the ends of a terminator are half circles for two lines of text; for more they would
/// run into the corners of the first and the last.
inline constexpr double terminator_radius = 18;

/// The least box for a text of that size, paddings included.
[[nodiscard]] Size outline_size(Shape shape, Size text);

/// A diamond around the text, `slope` times as wide as high. Its lines may be of different width:
/// the text moves up or down to where the diamond is least.
[[nodiscard]] Size diamond_size(const TextBlock& text, double slope);

/// How wide a terminator of that height is at least whose arcs keep clear of all lines.
[[nodiscard]] double terminator_width(const TextBlock& text, double height);

/// Where the middle of the text stands: in a diamond as near to its middle as its sides allow.
[[nodiscard]] Point text_center(Shape shape, const Rect& box, const TextBlock& text);

}  // namespace flowproof
