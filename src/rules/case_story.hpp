// How a case is told: the choices it takes and where it comes to, as witness of a finding.
#pragma once

#include <span>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

/// The first `most_choices` decisions of a run, each with the exit taken.
void tell_choices(const RuleContext& c, std::span<const RunStep> run, Diagnostic& finding);

/// Exits taken one after another. If they answer two decisions of one condition differently, the
/// case may be none: the finding says so and is a warning at most. Answers may change where the
/// case goes back.
void doubt_if_inconsistent(const RuleContext& c, std::span<const EdgeIndex> exits,
                           Diagnostic& finding);
void doubt_if_inconsistent(const RuleContext& c, std::span<const RunStep> run, Diagnostic& finding);

}  // namespace flowproof::rules
