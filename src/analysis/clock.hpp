// Longest counted ways through a stretch of the flow: verification of time limits.
//
// A path is the witness of its own length, so rules can print the sum. In a sound flow the greatest
// time between two events is the longest path between them: sequence adds, parallel and alternative
// branches give their maximum. Linear in the flow, times the declared rounds of ways back.
#pragma once

#include "flowproof/facts.hpp"

namespace flowproof {

/// Pre: every field of `facts` above the clocks is set.
[[nodiscard]] ClockFacts measure_clock(const Flow& flow, const Facts& facts, StageSpan span);

}  // namespace flowproof
