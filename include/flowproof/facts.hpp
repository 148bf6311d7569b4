// What rules and layout ask about a flow's graph, computed once.
//
// Made by analyse (src/analysis), near-linear and iterative. Indices are those of the Flow.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "flowproof/flow.hpp"
#include "flowproof/profile.hpp"
#include "flowproof/vocabulary.hpp"

namespace flowproof {

/// Adjacency of a flow in compressed rows: successors and predecessors in document order.
class Graph {
 public:
  Graph() = default;
  explicit Graph(const Flow& flow);

  [[nodiscard]] std::size_t node_count() const { return out_begin_.empty() ? 0 : out_begin_.size() - 1; }
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

/// What a node means in the procedure, and by which word that was recognised.
struct Meaning {
  std::optional<Match<Stage>> stage;
  std::optional<Match<Outcome>> outcome;
  Attribute from = Attribute::stage;  ///< the attribute the words were found in
};

/// The longest counted way through a clock's stretch, with its addends.
struct TimedPath {
  std::vector<NodeIndex> nodes;  ///< in order; a loop's body repeats
  Quantity total;                ///< in one unit
  bool proven = true;  ///< false: more rounds of a way back were used than it allows by itself
};

/// A stretch of the flow measured against limits ("受理..决定").
struct ClockFacts {
  bool started = false;         ///< both ends of the stretch occur and are connected
  std::optional<TimedPath> longest;
  bool complete = true;         ///< every counted step on a way through has a readable limit
  bool mixed_units = false;     ///< steps in different units: no sum exists
  std::vector<NodeIndex> unlimited;  ///< counted steps on a way through without a readable limit
  std::vector<NodeIndex> units;      ///< mixed_units: one step for each unit met
};

struct Facts {
  Graph graph;
  std::vector<Meaning> meanings;   ///< per node
  std::vector<NodeIndex> starts;   ///< nodes of kind start
  std::vector<NodeIndex> ends;     ///< nodes of kind end
  std::vector<bool> reachable;     ///< per node: from a start
  std::vector<bool> finishing;     ///< per node: an end can be reached
  std::vector<std::uint32_t> component;  ///< per node: strongly connected component, in topological order
  std::vector<bool> returns;       ///< per edge: a way back (its target leads to its source)
  std::optional<ItemType> type;
  std::optional<Handling> handling;
  ClockFacts promise;              ///< over the profile's (or the guide's) promise span
  ClockFacts decision;             ///< over the statutory clock 受理..决定
};

struct Guide;
[[nodiscard]] Facts analyse(const Flow& flow, const Guide* guide, const Profile& profile);

}  // namespace flowproof
