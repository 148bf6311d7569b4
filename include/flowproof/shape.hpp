// How much room an outline needs around its text, and where the text stands in it.
//
// Used by measure (src/text) to size boxes and by compose (src/scene) to draw them, so that both
// agree. A box is the outline's bounding rectangle; lines meet its sides. For `suspended` it
// includes the dashed frame.
#pragma once

#include "flowproof/geometry.hpp"
#include "flowproof/profile.hpp"

namespace flowproof {

/// Extents inside outlines, in points.
inline constexpr double document_wave = 7;    ///< height of the wavy bottom
inline constexpr double data_slant = 12;      ///< how far a parallelogram leans
inline constexpr double predefined_bar = 6;   ///< distance of the inner side lines
inline constexpr double suspended_frame = 5;  ///< between the dashed frame and the symbol in it
inline constexpr double parallel_height = 6;  ///< distance of the two bars

/// The least box for a text of that size, paddings included.
[[nodiscard]] Size outline_size(Shape shape, Size text);

/// Where the middle of the text stands.
[[nodiscard]] Point text_center(Shape shape, const Rect& box);

}  // namespace flowproof
