// One depth-first walk over a flow: strongly connected components (Tarjan 1972), ways back, and an
// order in which every other edge goes forward. Iterative: depth of the input is no depth of ours.
#pragma once

#include "flowproof/facts.hpp"

namespace flowproof {

/// Sets component, returns and order of `facts`. Pre: graph and starts are set. With `barred` (one
/// flag an edge) as if the edges it marks were not there.
void walk(const Flow& flow, Facts& facts, const std::vector<bool>* barred = nullptr);

}  // namespace flowproof
