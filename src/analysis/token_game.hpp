// Plays tokens on a graph, one firing at a time, and remembers where each token came from.
//
// Used to drive counterexamples and to replay them. The virtual edge `edge_count()` holds the token
// of the start. Ref: verification 2.2.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/control_graph.hpp"

namespace flowproof {

/// `nothing`: every entry or exit (parallel gates), or none (the source's entry, an end's exit).
struct Firing {
  std::uint32_t node = nothing;
  std::uint32_t from = nothing;
  std::uint32_t to = nothing;
};

class TokenGame {
 public:
  explicit TokenGame(const ControlGraph& graph);

  [[nodiscard]] std::uint32_t tokens(std::uint32_t edge) const { return tokens_[edge]; }
  [[nodiscard]] bool enabled(std::uint32_t node) const;
  /// Pre: enabled. `exit` counts at exclusive splits only; `entry` at exclusive joins, `nothing`
  /// takes the first that holds a token.
  void fire(std::uint32_t node, std::uint32_t exit, std::uint32_t entry = nothing);

  /// An edge that holds two tokens now, if there is one.
  [[nodiscard]] std::optional<std::uint32_t> doubled() const { return doubled_; }
  [[nodiscard]] std::uint32_t token_count() const { return token_count_; }
  [[nodiscard]] const std::vector<Firing>& firings() const { return firings_; }
  /// Firings of ends, in order.
  [[nodiscard]] const std::vector<std::uint32_t>& ended() const { return ended_; }
  /// Numbers of the firings whose tokens lie on the edge (the last two at most).
  [[nodiscard]] std::vector<std::uint32_t> makers(std::uint32_t edge) const;
  /// Numbers of the firings that made the tokens firing `number` took, with the edges they lay on.
  struct Origin {
    std::uint32_t firing = nothing;  ///< `nothing`: the start's own token
    std::uint32_t edge = nothing;
  };
  [[nodiscard]] std::vector<Origin> origins(std::uint32_t number) const;

 private:
  void take(std::uint32_t edge);
  void put(std::uint32_t edge);
  [[nodiscard]] std::uint32_t start_edge() const { return graph_.edge_count(); }

  const ControlGraph& graph_;
  std::vector<std::uint8_t> tokens_;
  struct Makers {
    std::uint32_t older = nothing, newer = nothing;
  };
  std::vector<Makers> makers_;
  std::vector<Firing> firings_;
  std::vector<std::uint32_t> origin_begin_{0};
  std::vector<Origin> origin_;
  std::vector<std::uint32_t> ended_;
  std::optional<std::uint32_t> doubled_;
  std::uint32_t token_count_ = 1;
};

}  // namespace flowproof
