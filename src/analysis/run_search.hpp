// Looks for a run that violates soundness by trying them all, shortest first, within a limit; then
// at random. The last resort of counterexamples, where steering by the analysis does not suffice.
#pragma once

#include <vector>

#include "analysis/token_game.hpp"

namespace flowproof {

/// Empty if none was found within the limit. `to_end`: distances to the nearest end.
[[nodiscard]] std::vector<Firing> search_run(const ControlGraph& graph,
                                             const std::vector<std::uint32_t>& to_end);

}  // namespace flowproof
