// Questions about all runs of a flow: does every case that ends so pass there, and in this order?
//
// Used by the completeness rules. Exact on sound flows (verify says so first); linear per question,
// up to 64 of the first kind in one pass. An answer "no" comes with a run that shows it, played on
// the token game.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "flowproof/soundness.hpp"

namespace flowproof {

/// "Every case that ends in one of `ends` passes one of `nodes`."
struct PassesThrough {
  std::vector<NodeIndex> nodes;
  std::vector<NodeIndex> ends;  ///< empty: whatever end
};

/// Per question a case that ends so and passes none of the nodes; empty if there is no such case.
/// Pre: the flow is sound. `answers` are those of Facts.
[[nodiscard]] std::vector<std::optional<std::vector<RunStep>>> cases_that_miss(
    const Flow& flow, std::span<const Answers> answers, std::span<const PassesThrough> questions);

}  // namespace flowproof
