// Horizontal lines from one lane to another within a row.
//
// A line may leave its box sideways and cross a border of lanes if no box stands in its way. Each
// end of a row's part in a lane is claimed once. Used by the rank and wiring passes.
#pragma once

#include <array>
#include <map>
#include <utility>
#include <vector>

#include "layout/passes.hpp"

namespace flowproof::layout {

class Crossways {
 public:
  Crossways(const Chart& chart, const std::vector<std::uint32_t>& rank, const Spines& spines);

  /// Claims the way from a box to a place in another lane of its row. `spine`: no box of it may
  /// stand in that lane there, since the line wants its column; `empty`: no box at all.
  bool claim(std::uint32_t node, std::uint32_t to_lane, std::uint32_t spine, bool empty);
  /// That a line from above enters the box along the way it claimed.
  void enter_from_above(std::uint32_t node, std::uint32_t from_lane);
  /// Claims the way for a line that comes from below to the same side, under the one from above.
  bool claim_under(std::uint32_t node, std::uint32_t from_lane, std::uint32_t spine);
  /// Boxes of one row in one lane; none if they are many.
  [[nodiscard]] const std::vector<std::uint32_t>& boxes(std::uint32_t rank,
                                                        std::uint32_t lane) const;
  /// The same between two boxes of one row.
  bool claim_flat(std::uint32_t from, std::uint32_t to);
  /// That a box goes to another row: it stands in no other's way.
  void leave(std::uint32_t node);
  /// A side of a box that a neighbour in its own lane takes: its note needs the other one.
  void take_side(std::uint32_t node, Side side);

 private:
  struct Cell {
    std::vector<std::uint32_t> boxes;
    bool claimed[2] = {false, false};  // left end, right end
    std::uint32_t holder[2] = {none, none};
    std::uint32_t above[2] = {none,
                              none};  // the lane from which a line from above enters the holder
  };
  [[nodiscard]] const Cell* find(std::uint32_t rank, std::uint32_t lane) const;
  Cell& cell(std::uint32_t rank, std::uint32_t lane) { return cells_[{rank, lane}]; }
  [[nodiscard]] bool may_hold(std::uint32_t node, std::size_t end) const;
  [[nodiscard]] bool free_between(std::uint32_t rank, std::uint32_t a, std::uint32_t b) const;
  [[nodiscard]] bool has_of(const Cell& target, std::uint32_t spine) const;
  void hold(std::uint32_t node, std::size_t end);
  void pass_between(std::uint32_t rank, std::uint32_t a, std::uint32_t b);

  const Chart& chart_;
  const std::vector<std::uint32_t>& rank_;
  const Spines& spines_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Cell> cells_;
  std::vector<std::array<bool, 2>> taken_;  // per node: left, right
  std::vector<bool> noted_;                 // per node: a note needs one of its sides
};

}  // namespace flowproof::layout
