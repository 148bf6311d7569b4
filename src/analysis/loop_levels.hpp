// A graph as nested acyclic levels: the whole, and each loop cut open at its entries.
//
// Used by the soundness engine and by counterexamples. A level's units are its nodes in topological
// order, an inner loop (strongly connected component) counting as one unit that is a level of its
// own. Ways that leave a level, or lead back to one of its entries, are its boundary.
// Ref: G. Ramalingam, On loops, dominators and dominance frontiers, 2002 (nesting forests);
// R. Tarjan, Depth-first search and linear graph algorithms, 1972.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/control_graph.hpp"

namespace flowproof {

struct Level {
  std::uint32_t depth = 0;
  std::vector<std::uint32_t> entries;
  std::vector<std::uint32_t> order;  ///< its nodes, unit by unit
  std::vector<std::uint32_t> begin;  ///< per unit: first place in `order`; one more at the end

  [[nodiscard]] std::uint32_t unit_count() const {
    return static_cast<std::uint32_t>(begin.size()) - 1;
  }
  [[nodiscard]] std::span<const std::uint32_t> nodes(std::uint32_t unit) const {
    return {order.data() + begin[unit], begin[unit + 1] - begin[unit]};
  }
};

/// Marks which nodes belong to the level at hand; one level at a time.
class LoopLevels {
 public:
  explicit LoopLevels(const ControlGraph& graph);

  /// The whole graph as far as the source reaches; sorted, and the level at hand.
  [[nodiscard]] Level top();
  /// The loop that is `unit` of the level at hand, which has to be entered before it is used.
  [[nodiscard]] Level inner(const Level& level, std::uint32_t unit) const;
  /// Makes a level the one at hand and sorts its units.
  void enter(Level& level);

  // About the level at hand:
  [[nodiscard]] bool inside(std::uint32_t edge) const {
    const std::uint32_t to = graph_.to(edge);
    return region_[graph_.from(edge)] == current_ && region_[to] == current_ &&
           entry_[to] != current_;
  }
  [[nodiscard]] bool contains(std::uint32_t node) const { return region_[node] == current_; }
  [[nodiscard]] bool is_entry(std::uint32_t node) const { return entry_[node] == current_; }
  [[nodiscard]] std::uint32_t unit_of(std::uint32_t node) const { return unit_[node]; }
  [[nodiscard]] bool is_loop(const Level& level, std::uint32_t unit) const;
  /// The edge goes from its unit to another one or over the boundary.
  [[nodiscard]] bool leaves(std::uint32_t edge) const {
    return !inside(edge) || unit_[graph_.from(edge)] != unit_[graph_.to(edge)];
  }
  /// Nodes of the unit that are entered from elsewhere in the level.
  [[nodiscard]] std::vector<std::uint32_t> entries_of(const Level& level, std::uint32_t unit) const;

  /// Edges looked at so far; a caller bounds its work by it.
  [[nodiscard]] std::uint64_t work() const { return work_; }

 private:
  void sort(Level& level);
  void visit(std::uint32_t node);

  const ControlGraph& graph_;
  std::uint32_t current_ = 0;
  std::uint64_t work_ = 0;
  std::vector<std::uint32_t> region_, entry_;  // number of the level that owns the mark
  std::vector<std::uint32_t> unit_, index_, low_, next_;
  std::vector<std::uint32_t> path_, open_;
  std::uint32_t visited_ = 0;
};

}  // namespace flowproof
