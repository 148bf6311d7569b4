// What a flow calls: the flows its <subflow href="…"> boxes name, each summed up by how it can end.
//
// The pipeline reads the files; sum_up_calls (src/analysis) goes through them from the innermost
// outwards, each once, so that calls nested in calls never multiply. Used by the clocks and by the
// rules on calls. Spans stand in the called files.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "flowproof/flow.hpp"
#include "flowproof/soundness.hpp"
#include "flowproof/vocabulary.hpp"

namespace flowproof {

/// Counted time from the start of a called flow to one of its ends.
struct CalledTime {
  struct Addend {
    Span place;
    std::string label;
    Quantity amount;
  };
  std::vector<Addend> addends;  ///< in order; empty if nothing counts, or too much to list
  std::int64_t milli = 0;       ///< in the unit of the flow
  bool proven = true;           ///< see TimedPath
};

struct CalledEnd {
  std::string label;
  std::string outcome_text;  ///< its outcome attribute
  std::optional<Outcome> outcome;
  Span place;
  CalledTime longest;                        ///< without ways back
  std::optional<CalledTime> repeating = {};  ///< if declared rounds of ways back make it longer
  std::int64_t shortest = 0;                 ///< no run takes less

  /// The end was not what was applied for, and the procedure told so: it wants an exit.
  [[nodiscard]] bool refuses() const {
    return outcome == Outcome::refused || outcome == Outcome::not_accepted ||
           outcome == Outcome::supplement;
  }
  /// 撤回 and 终止 may happen at any time; charts need not draw what follows.
  [[nodiscard]] bool at_any_time() const {
    return outcome == Outcome::withdrawn || outcome == Outcome::terminated;
  }
};

struct CalledFlow {
  std::string title;  ///< its path, if it has none
  Span place;
  SoundnessVerdict soundness = SoundnessVerdict::undecided;
  Span defect_place = {};  ///< if unsound
  std::string defect_label =
      {};                    ///< of the box that shows it; empty: that of a flow called from there
  std::uint32_t stages = 0;  ///< passed by every case that is not refused
  std::vector<CalledEnd> ends = {};  ///< those a case can come to; empty if they are too many
  TimeUnit unit = TimeUnit::working_day;
  bool timed = false;     ///< its counted limits have one unit, so that times are sums
  bool complete = false;  ///< every counted step has a limit

  /// The longest of all ends; 0 if there is none.
  [[nodiscard]] const CalledEnd* slowest() const;
};

/// An exit of a call and the ends of the called flow it is for.
struct CallExit {
  EdgeIndex edge{};
  std::vector<std::uint32_t> ends;
  bool understood = true;  ///< false: its condition names no end and no outcome known to us
};

/// One call on a way of calls.
struct CallSite {
  Span place;
  std::string label;
  std::string path;  ///< of the file called
};

struct Call {
  NodeIndex node{};
  std::optional<std::uint32_t> flow = {};  ///< in Calls::flows; none: unreadable, or in a cycle
  std::vector<CallSite> cycle = {};        ///< calls that lead back to a flow that is being run
  std::vector<CallExit> exits = {};        ///< if `flow`; in the order of the node's exits
};

struct Calls {
  std::vector<CalledFlow> flows;
  std::vector<Call> calls;  ///< sorted by node

  [[nodiscard]] const Call* of(NodeIndex node) const;
  /// The flow a box calls; null if there is none that could be summed up.
  [[nodiscard]] const CalledFlow* flow_of(NodeIndex node) const;
  /// The longest time of a call that is left by `exit` (none: by whatever exit). Null if the call
  /// has no times.
  [[nodiscard]] const CalledTime* time_of(NodeIndex node, std::optional<EdgeIndex> exit,
                                          bool repeating) const;
};

/// A flow with the calls in it. Member 0 of a family is the flow that is judged.
struct FamilyMember {
  struct Target {
    NodeIndex node{};
    std::optional<std::uint32_t> member;  ///< none: the file could not be read
  };
  const Flow* flow = nullptr;
  std::string path;
  std::vector<Target> calls;  ///< sorted by node
};

struct Profile;
/// The calls of member 0. Exits are matched by analyse.
[[nodiscard]] Calls sum_up_calls(std::span<const FamilyMember> family, const Profile& profile);

}  // namespace flowproof
