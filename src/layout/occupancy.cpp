#include "layout/occupancy.hpp"

#include <algorithm>
#include <cmath>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr double cell_size = 96;
template <class Visit>
void for_cells(const Occupancy::Cells& cells, Visit visit) {
  for (std::int64_t y = cells.top; y <= cells.bottom; ++y) {
    for (std::int64_t x = cells.left; x <= cells.right; ++x) {
      visit((static_cast<std::uint64_t>(y) << 32) ^ static_cast<std::uint32_t>(x));
    }
  }
}

Occupancy::Cells cells_of(const Rect& area) {
  const auto cell = [](double value) {
    return static_cast<std::int64_t>(std::floor(value / cell_size));
  };
  return {cell(area.x), cell(area.right()), cell(area.y), cell(area.bottom())};
}

bool meet(const Occupancy::Cells& a, const Occupancy::Cells& b) {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

}  // namespace

Occupancy::Occupancy() { entries_.reserve(few); }

void Occupancy::add(const Rect& area, std::uint32_t owner) {
  entries_.push_back({area, owner, cells_of(area)});
  if (entries_.size() <= few) return;
  // The first one too many brings those before it into the grid.
  for (std::size_t i = entries_.size() == few + 1 ? 0 : entries_.size() - 1; i < entries_.size();
       ++i) {
    for_cells(entries_[i].cells,
              [&](std::uint64_t key) { grid_[key].push_back(static_cast<std::uint32_t>(i)); });
  }
}

void Occupancy::near(const Rect& area, std::vector<std::uint32_t>& out) const {
  out.clear();
  const Cells cells = cells_of(area);
  if (entries_.size() <= few) {
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
      if (meet(cells, entries_[i].cells)) out.push_back(i);
    }
    return;
  }
  for_cells(cells, [&](std::uint64_t key) {
    const auto found = grid_.find(key);
    if (found == grid_.end()) return;
    out.insert(out.end(), found->second.begin(), found->second.end());
  });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

bool overlap(const Rect& a, const Rect& b, double clearance) {
  return a.x < b.right() + clearance && b.x < a.right() + clearance &&
         a.y < b.bottom() + clearance && b.y < a.bottom() + clearance;
}

void Occupancy::add(const Layout& layout) {
  for (const Rect& box : layout.nodes) add(box, none);
  for (const Rect& note : layout.notes) {
    if (note.width > 0) add(note, none);
  }
  for (std::uint32_t edge = 0; edge < layout.edges.size(); ++edge) {
    const Polyline& path = layout.edges[edge].path;
    for (std::size_t i = 1; i < path.size(); ++i) add(piece(path[i - 1], path[i]), edge);
  }
}

Rect piece(const Point& a, const Point& b) {
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

}  // namespace flowproof::layout
