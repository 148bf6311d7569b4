// The token-count test of all levels of a reducible graph in one pass.
//
// The same test as token_counts.hpp makes level by level, for graphs of any nesting depth; a level
// that fails is handed to it for the diagnosis.
#pragma once

#include <cstdint>
#include <optional>

#include "analysis/loop_forest.hpp"

namespace flowproof {

/// Number of the deepest loop whose inside fails (0: the whole graph), or nothing if all pass. A
/// loop that cannot be contracted counts as a failure of the level around it.
[[nodiscard]] std::optional<std::uint32_t> failing_level(const ControlGraph& graph,
                                                         const LoopForest& forest,
                                                         std::uint64_t seed);

}  // namespace flowproof
