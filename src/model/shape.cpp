#include "flowproof/shape.hpp"

#include <algorithm>
#include <array>

namespace flowproof {

namespace {

struct Room {
  double left_right;  ///< in all, both sides
  double top_bottom;
  double shift_down;  ///< of the text's middle from the box's middle
};

// By Shape. A decision is computed: its room depends on the text.
constexpr std::array<Room, 8> rooms{
    {{28, 13, 0},
     {16, 13, 0},
     {0, 0, 0},
     {16, 12 + document_wave, -document_wave / 2},
     {14 + 2 * data_slant, 13, 0},
     {14 + 2 * predefined_bar, 13, 0},
     {16, 8, 0},
     {14 + 2 * (predefined_bar + suspended_frame), 11 + 2 * suspended_frame, 0}}};

constexpr const Room& room_of(Shape shape) { return rooms[static_cast<std::size_t>(shape)]; }

// A diamond of this width to height looks right; its text touches the sides if
// width / Width + height / Height = 1.
constexpr double diamond_ratio = 2.2;
constexpr double diamond_padding = 5;

}  // namespace

Size outline_size(Shape shape, Size text) {
  if (shape == Shape::decision) {
    const double width = text.width + diamond_padding;
    const double height = text.height + diamond_padding;
    return {width + height * diamond_ratio, height + width / diamond_ratio};
  }
  if (shape == Shape::parallel && text.height <= 0) return {text.width, parallel_height};
  const Room& room = room_of(shape);
  return {text.width + room.left_right, text.height + room.top_bottom};
}

Point text_center(Shape shape, const Rect& box) {
  const Point middle = box.center();
  return {middle.x, middle.y + room_of(shape).shift_down};
}

}  // namespace flowproof
