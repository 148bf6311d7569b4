// Which edges may hold tokens at the same time, and whether two such edges meet at a merge.
//
// Needed only where ends swallow tokens (BPMN): there the ends need not sum to 1, so that no edge
// ever holds two tokens has to be shown pair by pair. Quadratic, on bit sets.
// Pre: every parallel join of the level has equal entries (token_counts.hpp).
// Ref: C. Favre, H. Völzer, Symbolic execution of acyclic workflow graphs, BPM 2010;
// A. Kovalyov, J. Esparza, A polynomial algorithm to compute the concurrency relation, 1996.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/loop_levels.hpp"

namespace flowproof {

/// Two concurrent ways into one exclusive merge.
struct Meeting {
  std::uint32_t unit = nothing;        ///< the merge
  std::vector<std::uint32_t> choices;  ///< per unit: the exit that leads there, or `nothing`
};

struct PairTest {
  bool too_large = false;
  std::optional<Meeting> meeting;  ///< the first one in topological order
};

/// Pre: `level` is the top level and the one at hand.
[[nodiscard]] PairTest test_pairs(const ControlGraph& graph, const LoopLevels& levels,
                                  const Level& level);

}  // namespace flowproof
