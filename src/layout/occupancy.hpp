// Which boxes, labels and lines are near a place: a grid, so that each question is answered
// locally.
//
// Used by the label and bridge passes.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "flowproof/geometry.hpp"
#include "flowproof/layout.hpp"

namespace flowproof::layout {

class Occupancy {
 public:
  /// The cells of the grid that an area touches, ends included.
  struct Cells {
    std::int64_t left, right, top, bottom;
  };
  /// A rectangle, or a line's piece as a flat one; `owner` is the edge of a line, else none.
  struct Entry {
    Rect area;
    std::uint32_t owner = 0;
    Cells cells;
  };

  Occupancy();

  void add(const Rect& area, std::uint32_t owner);
  /// Boxes, notes and lines.
  void add(const Layout& layout);
  /// Entries that may touch `area`, each once, in the order they were added.
  void near(const Rect& area, std::vector<std::uint32_t>& out) const;
  [[nodiscard]] const Entry& entry(std::uint32_t index) const { return entries_[index]; }

 private:
  /// Entries that are looked at one by one sooner than by the grid.
  static constexpr std::size_t few = 64;

  std::vector<Entry> entries_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>
      grid_;  ///< empty while entries are few
};

/// True if the inside of the areas has common points.
[[nodiscard]] bool overlap(const Rect& a, const Rect& b, double clearance);

/// The box around one piece of a path.
[[nodiscard]] Rect piece(const Point& a, const Point& b);

}  // namespace flowproof::layout
