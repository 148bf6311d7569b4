// The part of a flow a clock runs through, and the ways through it whose limits have no sum.
#pragma once

#include "flowproof/facts.hpp"

namespace flowproof {

/// One stretch of the flow: which nodes take part and what they weigh.
struct Stretch {
  std::vector<NodeIndex> to;
  std::vector<bool> inside;          ///< on a way from start to stop
  std::vector<bool> is_from;         ///< the clock starts at its end
  std::vector<std::int64_t> weight;  ///< thousandths of the unit; 0 when nothing counts
  std::vector<bool> deadline;        ///< the weight is counted from the clock's start
};

/// For limits in several units: ways (without ways back) one of which ends last whatever day the
/// clock starts; empty if there are too many to look at.
[[nodiscard]] std::vector<MixedWay> mixed_ways(const Flow& flow, const Facts& facts,
                                               const Stretch& stretch);

}  // namespace flowproof
