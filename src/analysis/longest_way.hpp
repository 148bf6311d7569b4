// Longest ways from the start of a stretch to every box in it, with or without rounds of ways back.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "analysis/stretch.hpp"
#include "flowproof/facts.hpp"

namespace flowproof {

/// Inside a strongly connected component each way back leads to the next round, so what remains is
/// acyclic: states are pairs of node and round.
class LongestWay {
 public:
  LongestWay(const Flow& flow, const Facts& facts, const Stretch& stretch, bool with_rounds,
             const Answers& answers);

  /// To one of the nodes, whichever takes longest; `total` has no unit yet.
  [[nodiscard]] std::optional<TimedPath> best_path(std::span<const NodeIndex> to) const;

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  struct State {
    std::int64_t length = -1;  // -1: no way leads here
    std::uint32_t previous = none;
    NodeIndex node{};
    std::optional<EdgeIndex> by = {};  // the edge from `previous`
  };

  void count_rounds();
  void run();
  void extend(NodeIndex node, std::uint32_t round);
  [[nodiscard]] std::uint32_t source_of(EdgeIndex e, NodeIndex node, std::uint32_t round) const;
  [[nodiscard]] bool better(std::uint32_t candidate, std::uint32_t than) const;

  const Flow& flow_;
  const Facts& facts_;
  const Stretch& stretch_;
  const Answers& answers_;
  const CallTimes& calls_;
  std::vector<std::uint32_t> rounds_, first_, best_;
  std::vector<State> states_;
};

/// The longest of all cases to each of the groups of boxes; `total` has no unit yet.
[[nodiscard]] std::vector<std::optional<TimedPath>> longest_paths(
    const Flow& flow, const Facts& facts, const Stretch& stretch, bool with_rounds,
    std::span<const std::vector<NodeIndex>> to);

/// False if the way goes through 补正 or takes a way back more often than it allows by itself.
[[nodiscard]] bool rounds_proven(const Flow& flow, const Facts& facts, const TimedPath& path);

}  // namespace flowproof
