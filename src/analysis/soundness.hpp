// The verdict on a graph, and what failed first, in terms of the levels.
//
// Steps: shape; loops, outermost first, each with its conditions on entries and exits; the
// token-count test of every level; for swallowing ends also the pair test. See
// docs/soundness.md. Counterexamples are made from a Failure in counterexample.hpp.
#pragma once

#include <optional>

#include "analysis/concurrency.hpp"
#include "analysis/control_graph.hpp"
#include "analysis/loop_levels.hpp"
#include "analysis/token_counts.hpp"
#include "flowproof/soundness.hpp"

namespace flowproof {

struct Failure {
  enum class Kind : std::uint8_t {
    dead_end,          ///< node
    livelock,          ///< node
    loop_entry_joins,  ///< node: a parallel join that is entered from outside its loop
    loop_exit_splits,  ///< edge: a way out of a loop that leaves a parallel split
    unequal_join,      ///< unit of level
    wrong_sum,         ///< of the level's boundary
    concurrent_merge,  ///< meeting: two ways into one exclusive merge in one run
    unreachable,       ///< node
  };
  Kind kind{};
  std::uint32_t node = nothing;
  std::uint32_t edge = nothing;
  Level level = {};
  std::uint32_t unit = nothing;
  std::optional<Meeting> meeting = {};
};

struct Judgement {
  SoundnessVerdict verdict = SoundnessVerdict::undecided;
  Undecided reason = Undecided::none;
  std::optional<Failure> failure = {};
};

/// Of what the source reaches. A failure is a suspicion until a run shows it, except in shape.
[[nodiscard]] Judgement judge(const ControlGraph& graph);

/// A node no case comes to.
[[nodiscard]] std::optional<Failure> island_of(const ControlGraph& graph);

/// Judges; unsound only if a replayed run shows it.
[[nodiscard]] Soundness verify(const ControlGraph& graph);

}  // namespace flowproof
