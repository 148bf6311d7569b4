// Plays all runs of a graph within a limit: finds one that violates soundness, or finds that none
// does. The last resort where the analysis by levels cannot show what it suspects; above all for
// loops that parallel branches enter at several places, which no cut makes a single decision of.
//
// All runs are played twice. First one node at a time: parallel branches do not disturb each other,
// so whatever can become of a case it becomes in these runs too, and branches that wait for each
// other add up instead of multiplying. Then with every choice of the next node, shortest run first.
// Ref: A. Valmari, Stubborn sets for reduced state space generation, 1991; J. Desel, J. Esparza,
// Free Choice Petri Nets, 1995 (a sound free-choice flow never holds two tokens on a line).
#pragma once

#include <vector>

#include "analysis/token_game.hpp"

namespace flowproof {

struct RunSearch {
  std::vector<Firing> run;  ///< ends in a violation; empty if none was found
  bool sound = false;       ///< all runs were played: from everywhere the case still completes
};

/// `to_end`: distances to the nearest end. Pre: every node can be reached and leads to an end.
[[nodiscard]] RunSearch search_runs(const ControlGraph& graph,
                                    const std::vector<std::uint32_t>& to_end);

}  // namespace flowproof
