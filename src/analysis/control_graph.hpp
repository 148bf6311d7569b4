// The token semantics of a flow, without words: who joins how, who splits how, where it ends.
//
// Made by control_graph_of or by generators in tests, used by the soundness engine, the token game
// and the run queries. Node i and edge j are node i and edge j of the Flow; a virtual start (and
// its edges) may follow them. Compact rows, immutable. Invariants: the source has no entries; a
// gate is `parallel` only where there are two ways or more; an end has no exits.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "flowproof/soundness.hpp"

namespace flowproof {

inline constexpr std::uint32_t nothing = 0xFFFFFFFF;  ///< no node, no edge

enum class Gate : std::uint8_t {
  exclusive,  ///< one token from one entry; one token to one exit
  parallel,   ///< one token from each entry; one token to each exit
};

struct ControlNode {
  Gate join = Gate::exclusive;
  Gate split = Gate::exclusive;
  bool end = false;
};

struct ControlEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

class ControlGraph {
 public:
  /// Pre: edge ends are nodes; nothing leads into the source.
  ControlGraph(std::vector<ControlNode> nodes, std::vector<ControlEdge> edges, std::uint32_t source,
               Ends ends);

  [[nodiscard]] std::uint32_t node_count() const {
    return static_cast<std::uint32_t>(nodes_.size());
  }
  [[nodiscard]] std::uint32_t edge_count() const {
    return static_cast<std::uint32_t>(edges_.size());
  }
  [[nodiscard]] std::uint32_t source() const { return source_; }
  [[nodiscard]] Ends ends() const { return ends_; }
  [[nodiscard]] Gate join(std::uint32_t node) const { return nodes_[node].join; }
  [[nodiscard]] Gate split(std::uint32_t node) const { return nodes_[node].split; }
  [[nodiscard]] bool is_end(std::uint32_t node) const { return nodes_[node].end; }
  [[nodiscard]] std::uint32_t from(std::uint32_t edge) const { return edges_[edge].from; }
  [[nodiscard]] std::uint32_t to(std::uint32_t edge) const { return edges_[edge].to; }
  [[nodiscard]] std::span<const std::uint32_t> exits(std::uint32_t node) const {
    return {exit_.data() + exit_begin_[node], exit_begin_[node + 1] - exit_begin_[node]};
  }
  [[nodiscard]] std::span<const std::uint32_t> entries(std::uint32_t node) const {
    return {entry_.data() + entry_begin_[node], entry_begin_[node + 1] - entry_begin_[node]};
  }

 private:
  std::vector<ControlNode> nodes_;
  std::vector<ControlEdge> edges_;
  std::vector<std::uint32_t> exit_begin_, exit_, entry_begin_, entry_;
  std::uint32_t source_;
  Ends ends_;
};

/// The semantics of verification 2.2. Several starts, or a start something leads back to, get a
/// virtual start with one alternative for each. With no start at all the source is that virtual
/// node without exits. What the answers rule out leaves a node of its own that nothing comes to: a
/// join waits for it in vain.
[[nodiscard]] ControlGraph control_graph_of(const Flow& flow, const Answers& answers = {});

/// Distance in edges from each node to the nearest of `targets`, against the direction of the
/// edges; `nothing` where none can be reached.
[[nodiscard]] std::vector<std::uint32_t> distances_to(const ControlGraph& graph,
                                                      std::span<const std::uint32_t> targets);

}  // namespace flowproof
