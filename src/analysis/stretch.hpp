// The part of a flow a clock runs through, and the ways through it whose limits have no sum.
#pragma once

#include "flowproof/facts.hpp"

namespace flowproof {

/// What calls without a limit of their own take, in thousandths of the unit.
struct CallTimes {
  std::vector<std::int64_t> of_exit;  ///< per edge: a call left by it; empty: no calls
  std::vector<std::int64_t> of_node;  ///< per node: a call left by whatever exit

  [[nodiscard]] std::int64_t by_exit(EdgeIndex e) const {
    return of_exit.empty() ? 0 : of_exit[at(e)];
  }
  [[nodiscard]] std::int64_t whole(NodeIndex node) const {
    return of_node.empty() ? 0 : of_node[at(node)];
  }
};

/// One stretch of the flow: which nodes take part and what they weigh.
struct Stretch {
  std::vector<NodeIndex> to;
  std::vector<bool> inside;          ///< on a way from start to stop
  std::vector<bool> is_from;         ///< the clock starts at its end
  std::vector<std::int64_t> weight;  ///< thousandths of the unit; 0 when nothing counts
  std::vector<bool> deadline;        ///< the weight is counted from the clock's start
  CallTimes once;                    ///< calls, if no way back inside the flows called is taken
  CallTimes repeating;               ///< calls with the rounds those flows declare
};

/// The applicant's time is outside every clock (行政许可法 32); 预审 comes before acceptance.
constexpr std::uint32_t outside_clocks = bit_of(Stage::precheck) | bit_of(Stage::supplement);

/// Stages are declared in the order of a procedure.
constexpr std::uint32_t stages_up_to(Stage last) { return (bit_of(last) << 1U) - 1; }

/// Adds what a box takes to the stretch and its clock. `deadline`: its limit runs from the start.
void add_box(const Flow& flow, const Facts& facts, NodeIndex node, bool deadline, Stretch& stretch,
             ClockFacts& clock);

/// The part a case can come to that answers so.
[[nodiscard]] Stretch with_answers(const Flow& flow, const Facts& facts, const Answers& answers,
                                   Stretch stretch);

/// For limits in several units: ways (without ways back) one of which ends last whatever day the
/// clock starts; empty if there are too many to look at.
[[nodiscard]] std::vector<MixedWay> mixed_ways(const Flow& flow, const Facts& facts,
                                               const Stretch& stretch);

}  // namespace flowproof
