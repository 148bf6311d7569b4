// One depth-first walk over a flow: strongly connected components (Tarjan 1972), ways back, and an
// order in which every other edge goes forward. Iterative: depth of the input is no depth of ours.
#pragma once

#include "flowproof/facts.hpp"

namespace flowproof {

/// Sets component, returns and order of `facts`. Pre: graph and starts are set.
void walk(const Flow& flow, Facts& facts);

}  // namespace flowproof
