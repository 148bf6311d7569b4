// How a counterexample is told: the ways of its branches as remarks, in the words of the chart.
#pragma once

#include <span>
#include <string>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

/// What an exit is called: its condition, else the box it leads to.
[[nodiscard]] const std::string& outcome_of(const Flow& flow, EdgeIndex edge);

/// What comes by an edge: the box it leaves, or "decision=outcome".
[[nodiscard]] std::string arrival_of(const Flow& flow, EdgeIndex edge);

/// Boxes along the edges, "A → B=yes → C": each box left by an edge, and the last one's target.
[[nodiscard]] std::string way_of(const Flow& flow, std::span<const EdgeIndex> edges);

/// A remark at the last edge of a way; the text has {way} and {node}.
void tell_way(const RuleContext& c, Diagnostic& finding, std::span<const EdgeIndex> edges,
              LocalizedText text, const Node& node);

/// The way from the start to the split both branches come from.
void tell_trunk(const RuleContext& c, Diagnostic& finding);

}  // namespace flowproof::rules
