// The sum of the limits along a clock's longest way, held against a limit, with its addends.
#pragma once

#include "rules/judgement.hpp"

namespace flowproof::rules {

/// What runs over a limit whatever day the clock starts: a way with a sum, or one without because
/// its limits stand in several units.
struct Overrun {
  const TimedPath* path = nullptr;
  const MixedWay* way = nullptr;

  explicit operator bool() const { return path != nullptr || way != nullptr; }
};

/// Without ways back if it is so, else with their rounds.
[[nodiscard]] Overrun overrun(const RuleContext& c, const ClockFacts& clock, const Limit& limit);

/// The rule's message has {from}, {to}, {sum} and {limit}; `which` names the limit where there is
/// no sum. Gives the finding; null if nothing runs over.
Diagnostic* report_overrun(const RuleContext& c, Reporter& report, const ClockFacts& clock,
                           const Overrun& found, const Limit& limit, LocalizedText which);

/// The limits of a way one after another, as witness.
void tell_limits(const RuleContext& c, const MixedWay& way, Diagnostic& finding);

}  // namespace flowproof::rules
