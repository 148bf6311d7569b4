#include "layout/occupancy.hpp"

#include <algorithm>
#include <cmath>

namespace flowproof::layout {

namespace {

constexpr double cell_size = 96;

template <class Visit>
void for_cells(const Rect& area, Visit visit) {
  const auto cell = [](double value) {
    return static_cast<std::int64_t>(std::floor(value / cell_size));
  };
  for (std::int64_t y = cell(area.y); y <= cell(area.bottom()); ++y) {
    for (std::int64_t x = cell(area.x); x <= cell(area.right()); ++x) {
      visit((static_cast<std::uint64_t>(y) << 32) ^ static_cast<std::uint32_t>(x));
    }
  }
}

}  // namespace

std::uint32_t Occupancy::add(const Rect& area, std::uint32_t owner) {
  const auto index = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back({area, owner});
  for_cells(area, [&](std::uint64_t key) { cells_[key].push_back(index); });
  return index;
}

void Occupancy::near(const Rect& area, std::vector<std::uint32_t>& out) const {
  out.clear();
  for_cells(area, [&](std::uint64_t key) {
    const auto found = cells_.find(key);
    if (found == cells_.end()) return;
    out.insert(out.end(), found->second.begin(), found->second.end());
  });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

bool overlap(const Rect& a, const Rect& b, double clearance) {
  return a.x < b.right() + clearance && b.x < a.right() + clearance &&
         a.y < b.bottom() + clearance && b.y < a.bottom() + clearance;
}

Rect piece(const Point& a, const Point& b) {
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

}  // namespace flowproof::layout
