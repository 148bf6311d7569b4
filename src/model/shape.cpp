#include "flowproof/shape.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace flowproof {

namespace {

struct Room {
  double left_right;  ///< in all, both sides
  double top_bottom;
  double shift_down;  ///< of the text's middle from the box's middle
};

// By Shape. A decision is computed: its room depends on the text.
constexpr std::array<Room, 8> rooms{
    {{21, 12, 0},
     {12, 12, 0},
     {0, 0, 0},
     {12, 11 + document_wave, -document_wave / 2},
     {10 + 2 * data_slant, 12, 0},
     {10 + 2 * predefined_bar, 12, 0},
     {12, 8, 0},
     {10 + 2 * (predefined_bar + suspended_frame), 10 + suspended_head + suspended_frame,
      (suspended_head - suspended_frame) / 2}}};

constexpr const Room& room_of(Shape shape) { return rooms[static_cast<std::size_t>(shape)]; }

// A diamond of this width to height looks right; its text touches the sides if
// width / Width + height / Height = 1.
constexpr double diamond_slope = 2.2;
constexpr double diamond_padding = 4;

// What the upper and the lower half of a diamond ask of its width, for a text in its middle: its
// lines touch the sides there, or their ink `trim` font sizes further in. Moving the text down
// takes from one what it gives to the other.
struct Halves {
  double upper = 0, lower = 0;
};

Halves halves_of(const TextBlock& text, double slope, double trim = 0) {
  Halves halves;
  double top = -text.size.height / 2;
  for (const TextLine& line : text.lines) {
    const double bottom = top + line.size * line_height;
    const double ink = line.size * trim;
    halves.upper = std::max(halves.upper, line.width - 2 * slope * (top + ink));
    halves.lower = std::max(halves.lower, line.width + 2 * slope * (bottom - ink));
    top = bottom;
  }
  return halves;
}

constexpr double ink_padding = 2.5;  // of characters to arcs and slants
// Between the top of a line and that of its characters, in font sizes.
constexpr double above_ink = (line_height - 1) / 2;

}  // namespace

double terminator_width(const TextBlock& text, double height) {
  const double radius = std::min(terminator_radius, height / 2);
  const double reach = std::max(radius - ink_padding, 0.0);
  double width = 0;
  double top = -text.size.height / 2;
  for (const TextLine& line : text.lines) {
    const double bottom = top + line.size * line_height;
    const double ink = std::max(-top, bottom) - line.size * above_ink;
    const double into_arc = std::clamp(ink - (height / 2 - radius), 0.0, reach);
    // Half of a pause at the end of the widest line hangs over.
    const double own = std::min(line.width, text.size.width);
    width = std::max(width, own + 2 * (radius - std::sqrt(reach * reach - into_arc * into_arc)));
    top = bottom;
  }
  return width;
}

Size diamond_size(const TextBlock& text, double slope) {
  const Halves halves = halves_of(text, slope);
  const double width = (halves.upper + halves.lower) / 2 + diamond_padding * (1 + slope);
  return {width, width / slope};
}

Size outline_size(Shape shape, Size text) {
  if (shape == Shape::decision) {
    const double width = text.width + diamond_padding;
    const double height = text.height + diamond_padding;
    return {width + height * diamond_slope, height + width / diamond_slope};
  }
  if (shape == Shape::parallel && text.height <= 0) return {text.width, parallel_height};
  const Room& room = room_of(shape);
  return {text.width + room.left_right, text.height + room.top_bottom};
}

Point text_center(Shape shape, const Rect& box, const TextBlock& text) {
  const Point middle = box.center();
  if (shape == Shape::decision && box.height > 0) {
    const double slope = box.width / box.height;
    const Halves halves = halves_of(text, slope, above_ink);
    const double spare = box.width - ink_padding * (1 + slope);
    const double highest = (halves.upper - spare) / (2 * slope);
    const double lowest = (spare - halves.lower) / (2 * slope);
    const double shift =
        highest < lowest ? std::clamp(0.0, highest, lowest) : (highest + lowest) / 2;
    return {middle.x, middle.y + shift};
  }
  return {middle.x, middle.y + room_of(shape).shift_down};
}

}  // namespace flowproof
