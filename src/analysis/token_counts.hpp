// How many tokens cross each edge of a level, as polynomials over the outcomes of its decisions.
//
// Used by the soundness engine (does the level pass?) and by counterexamples (does it still fail
// when these outcomes are fixed?). The theorem is verification 2.4: an acyclic level is sound iff
// at every parallel join all entries carry the same polynomial and the boundary sums to 1.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/fingerprint.hpp"
#include "analysis/loop_levels.hpp"

namespace flowproof {

/// Outcomes that are fixed; `nothing` where free.
struct Choices {
  std::uint32_t entry = nothing;    ///< node the level is entered by
  std::vector<std::uint32_t> exit;  ///< per unit: edge it is left by
};

struct CountCheck {
  enum class Result : std::uint8_t { passes, unequal_join, wrong_sum };
  Result result = Result::passes;
  std::uint32_t unit = nothing;  ///< the first join with unequal entries

  friend bool operator==(const CountCheck&, const CountCheck&) = default;
};

class TokenCounts {
 public:
  TokenCounts(const ControlGraph& graph, const LoopLevels& levels, std::uint64_t seed)
      : graph_(graph), levels_(levels), seed_(seed) {}

  /// Pre: `level` is the one at hand. `boundary`: also test that the boundary sums to 1.
  [[nodiscard]] CountCheck check(const Level& level, bool boundary) {
    return run(level, {}, {}, level.unit_count(), boundary);
  }
  /// The same under fixed outcomes, for units in the cone only (empty: all) up to `last`.
  [[nodiscard]] CountCheck run(const Level& level, const Choices& choices,
                               const std::vector<bool>& cone, std::uint32_t last, bool boundary);

  /// Edges looked at so far.
  [[nodiscard]] std::uint64_t work() const { return work_; }

 private:
  void open(const Level& level, std::uint32_t entry);
  void leave(const Level& level, std::uint32_t unit, std::uint32_t chosen);
  void leave_by_one(const Level& level, std::uint32_t unit, const Fingerprint& value,
                    std::uint32_t chosen);
  void send(std::uint32_t edge, const Fingerprint& value);

  const ControlGraph& graph_;
  const LoopLevels& levels_;
  std::uint64_t seed_;
  std::uint64_t work_ = 0;
  std::vector<ArrivedTokens> slots_;
  Fingerprint sum_;
};

}  // namespace flowproof
