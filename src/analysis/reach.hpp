// Which nodes can be reached from which: breadth of every question about ways through a flow.
#pragma once

#include <vector>

#include "flowproof/facts.hpp"

namespace flowproof {

enum class Direction : std::uint8_t { forward, backward };

/// One flag a node. `returns` (one flag an edge) may be null; otherwise edges it marks are not
/// taken.
[[nodiscard]] std::vector<bool> reach(const Flow& flow, const Graph& graph,
                                      std::vector<NodeIndex> seeds, Direction direction,
                                      const std::vector<bool>* returns = nullptr);

}  // namespace flowproof
