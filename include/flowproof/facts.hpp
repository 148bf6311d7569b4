// What rules and layout ask about a flow's graph, computed once.
//
// Made by analyse (src/analysis), near-linear and iterative. Indices are those of the Flow.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "flowproof/calls.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/profile.hpp"
#include "flowproof/soundness.hpp"
#include "flowproof/vocabulary.hpp"

namespace flowproof {

/// Adjacency of a flow in compressed rows: successors and predecessors in document order.
class Graph {
 public:
  Graph() = default;
  explicit Graph(const Flow& flow);

  [[nodiscard]] std::size_t node_count() const {
    return out_begin_.empty() ? 0 : out_begin_.size() - 1;
  }
  [[nodiscard]] std::span<const EdgeIndex> exits(NodeIndex node) const {
    return {out_.data() + out_begin_[at(node)], out_begin_[at(node) + 1] - out_begin_[at(node)]};
  }
  [[nodiscard]] std::span<const EdgeIndex> entries(NodeIndex node) const {
    return {in_.data() + in_begin_[at(node)], in_begin_[at(node) + 1] - in_begin_[at(node)]};
  }

 private:
  std::vector<std::uint32_t> out_begin_, in_begin_;
  std::vector<EdgeIndex> out_, in_;
};

enum class Direction : std::uint8_t { forward, backward };

/// One flag a node: it can be reached from the seeds, which are set themselves. `returns` (one flag
/// an edge) may be null; otherwise the edges it marks are not taken.
[[nodiscard]] std::vector<bool> reach(const Flow& flow, const Graph& graph,
                                      std::vector<NodeIndex> seeds, Direction direction,
                                      const std::vector<bool>* returns = nullptr);

/// What a node means in the procedure, and by which words that was recognised. The words point into
/// the profile's vocabulary: facts do not outlive it.
struct Meaning {
  std::uint32_t stages = 0;           ///< one bit a Stage; "审查与决定" has two
  std::optional<Match<Stage>> stage;  ///< the first one
  std::optional<Match<Outcome>> outcome;

  [[nodiscard]] bool is(Stage wanted) const { return (stages & bit_of(wanted)) != 0; }
  [[nodiscard]] bool is(Outcome wanted) const { return outcome && outcome->meaning == wanted; }
  /// Nothing was granted: 不予受理, 不予决定, 补正, 撤回, 终止.
  [[nodiscard]] bool adverse() const {
    return outcome && outcome->meaning != Outcome::granted &&
           outcome->meaning != Outcome::forwarded;
  }
};

/// A counted way through a clock's stretch, with its addends.
struct TimedPath {
  struct Step {
    NodeIndex node{};
    std::int64_t milli = 0;  ///< what it adds, in thousandths of the unit; 0 if it does not count
    std::optional<EdgeIndex> exit = {};  ///< of a call that took this long: how it was left
  };
  std::vector<Step> steps;  ///< in order; those of a way back repeat
  Quantity total;
  /// False if the way goes through 补正 (whether the clock starts anew is open) or takes one way
  /// back more often than it allows by itself: then it is possible, not proven.
  bool proven = true;
};

/// A counted way whose limits stand in several units: it has no sum, only an end on the calendar.
struct MixedWay {
  std::vector<NodeIndex> nodes;  ///< those with a limit above zero, in order
  std::vector<Quantity> limits;  ///< one after another; neighbours of one unit are one
};

/// A stretch of the flow measured against limits ("受理..决定"): the sum of the counted limits on
/// the longest way from the end of `from` to the end of the last `to`. Alternatives and parallel
/// branches give their maximum, excluded procedures 0.
struct ClockFacts {
  StageSpan span;
  bool started = false;                ///< both ends occur and are connected
  std::optional<TimedPath> longest;    ///< without ways back; none if units are mixed
  std::optional<TimedPath> repeating;  ///< if declared rounds of ways back make it longer
  bool complete = true;                ///< every counted step of the stretch has a limit
  std::vector<NodeIndex> units;        ///< one node for each unit met; more than one: no sum exists
  std::vector<NodeIndex> unmeasured;   ///< calls of flows whose limits have no sum
  /// If units are mixed: ways without ways back, one of which ends last whatever day the clock
  /// starts. Empty if there are too many.
  std::vector<MixedWay> mixed;
  std::vector<bool> within;  ///< per node: what it takes is time of the stretch
};

/// What of the flow a row of the guide's procedure table speaks of.
struct StepMatch {
  std::uint32_t stages = 0;       ///< stages its words name; 0: not recognised
  std::optional<NodeIndex> node;  ///< the one box of the same name, or alone in its stage
};

/// What is done in the node takes time out of the limits: it is counted, unless the flow says no or
/// it is a procedure whose time the law excludes.
[[nodiscard]] bool clock_runs(const Node& node, const Profile& profile);

struct Facts {
  Graph graph;
  std::vector<Meaning> meanings;  ///< per node
  std::vector<NodeIndex> starts;  ///< nodes of kind start
  std::vector<NodeIndex> ends;    ///< nodes of kind end
  /// Every case keeps to one of these: each rules out what contradicts it. The only one rules out
  /// nothing if no question is shared by decisions outside loops, or too many are.
  std::vector<Answers> answers = std::vector<Answers>(1);
  std::vector<bool> reachable;  ///< per node: a case may come there; all, if there is no start
  std::vector<bool> finishing;  ///< per node: an end, or an incomplete node, can be reached
  std::vector<std::uint32_t> component;  ///< per node: strongly connected component
  std::vector<NodeIndex> order;          ///< all nodes; edges that are no way back go forward in it
  std::vector<bool> returns;             ///< per edge: a way back
  std::vector<EdgeIndex> unbounded;      ///< ways back of loops that nothing limits in number
  std::vector<bool> counted;             ///< per node: its time counts in limits
  Soundness soundness;
  Calls calls;
  std::string item;  ///< its names in flow and guide: special laws have clocks of their own
  std::optional<ItemType> type;
  std::optional<Handling> handling;
  std::vector<StepMatch> guide_steps;  ///< per row of the guide's table
  ClockFacts promise;                  ///< over the promise span of guide or profile
  ClockFacts decision;                 ///< over the statutory clock "decide"
  ClockFacts delivery;                 ///< over the statutory clock "deliver"
  ClockFacts first_review;             ///< over the statutory clock "first-review"

  /// A node has this stage, this outcome. Whether it can be reached is another question, and what
  /// cannot be is a finding of its own.
  [[nodiscard]] bool has(Stage stage) const;
  [[nodiscard]] bool has(Outcome outcome) const;
  /// One flag a node: a case that answers so may come there.
  [[nodiscard]] std::vector<bool> reached_with(const Flow& flow, const Answers& way) const;
  /// What a box takes: its limit, or for a call without one the longest of what it calls.
  [[nodiscard]] std::optional<Quantity> time_of(const Flow& flow, NodeIndex node) const;
  /// Of the flow with what it calls: sound only if all of them are.
  [[nodiscard]] SoundnessVerdict verdict() const;
};

struct Guide;
/// A drawing asks neither what can finish or loop for ever, nor for soundness, nor for clocks but
/// that of the promise: they are left as they are in `Facts{}`.
enum class Purpose : std::uint8_t { judging, drawing };
/// `calls` as sum_up_calls gives them.
[[nodiscard]] Facts analyse(const Flow& flow, const Guide* guide, const Profile& profile,
                            Calls calls, Purpose purpose = Purpose::judging);
/// The same of a flow whose calls are not looked into.
[[nodiscard]] Facts analyse(const Flow& flow, const Guide* guide, const Profile& profile);
/// Of a guide alone: type, handling, stages of its rows, promise span.
[[nodiscard]] Facts analyse(const Guide& guide, const Profile& profile);

/// "受理..决定" in the profile's words or stage ids; empty if it is not that.
[[nodiscard]] std::optional<StageSpan> read_span(std::string_view text,
                                                 const Vocabulary& vocabulary);

}  // namespace flowproof
