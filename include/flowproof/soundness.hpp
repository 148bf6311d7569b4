// Whether every case that starts comes to exactly one end, and if not, a run that shows it.
//
// Made by verify (src/analysis), used by the S rules and by reports. No words: places only.
// `sound` rests on a proof up to a chance below 1e-18 (random evaluation of polynomials);
// `unsound` is always right.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "flowproof/flow.hpp"

namespace flowproof {

enum class SoundnessVerdict : std::uint8_t { sound, unsound, undecided };

/// "sound", "unsound", "undecided".
[[nodiscard]] std::string_view name_of(SoundnessVerdict verdict);

enum class Defect : std::uint8_t {
  none,
  dead_end,          ///< `node` has no exit and is no end
  livelock,          ///< from `node` no end can be reached, though it goes on for ever
  unreachable,       ///< no case ever comes to `node`
  deadlock,          ///< the join `node` waits for ever for `missing`
  loop_entry_waits,  ///< a deadlock: the join `node` is the entry of a loop it waits for itself
  lack_of_synchronisation,  ///< two tokens meet on `edge`: `split` made them, `node` let both
                            ///< through
  loop_emits,  ///< the same: the parallel split `node` inside a loop sends `edge` out each round
  end_in_parallel,  ///< the end `node` is reached while another branch of `split` still runs
};

enum class Undecided : std::uint8_t {
  none,
  no_start,
  no_end,
  incomplete,      ///< an exit could not be resolved by the reader
  too_concurrent,  ///< ends swallow tokens and the graph is too large for the pair test
  too_deep,        ///< loops nested beyond the work limit
  too_entangled,   ///< a defect is suspected, but too many runs to find one that shows it
};

/// One firing of a node. No edge: every entry, every exit.
struct RunStep {
  NodeIndex node{};
  std::optional<EdgeIndex> from = {};  ///< the entry it was reached by
  std::optional<EdgeIndex> to = {};    ///< the exit that was taken

  friend bool operator==(const RunStep&, const RunStep&) = default;
};

/// One way to answer the questions that several decisions share (Attribute::condition).
struct Answers {
  std::vector<bool> ruled_out = {};  ///< per edge; empty: none

  [[nodiscard]] bool allow(EdgeIndex edge) const {
    return ruled_out.empty() || !ruled_out[at(edge)];
  }
};

struct Soundness {
  SoundnessVerdict verdict = SoundnessVerdict::undecided;
  Defect defect = Defect::none;
  Undecided reason = Undecided::none;
  std::optional<NodeIndex> node = {};     ///< see Defect
  std::optional<EdgeIndex> edge = {};     ///< the edge with two tokens; the entry of the end
  std::optional<EdgeIndex> missing = {};  ///< the entry nothing will come from
  std::optional<EdgeIndex> bypass = {};   ///< the outcome after which `missing` was out of reach
  std::optional<NodeIndex> split =
      {};  ///< the parallel split the two branches of the story come from
  std::vector<EdgeIndex> trunk = {};  ///< from the start to `split`
  std::vector<EdgeIndex> left = {};   ///< from `split` to the token that waits or arrives first
  std::vector<EdgeIndex> right = {};  ///< from `split` to the other one
  std::vector<RunStep> run = {};      ///< replayed: its firings lead to the defect, in order
};

/// Near-linear for each of `answers`, which are those of Facts. Nodes and edges are those of the
/// flow. Without answers every choice is free.
[[nodiscard]] Soundness verify(const Flow& flow, std::span<const Answers> answers = {});

}  // namespace flowproof
