// What every rule file includes. Questions about a flow belong to Facts, not here.
#pragma once

#include <ranges>

#include "flowproof/facts.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/guide.hpp"
#include "flowproof/profile.hpp"
#include "flowproof/rule.hpp"

namespace flowproof::rules {

inline auto every_node(const Flow& flow) {
  return std::views::iota(std::uint32_t{0}, static_cast<std::uint32_t>(flow.nodes.size())) |
         std::views::transform([](std::uint32_t i) { return NodeIndex{i}; });
}

/// The limits a flow is held to: the guide's, else those the chart itself prints. Null if absent.
struct Limit {
  const TimeLimit* reading = nullptr;
  Span place;
};
inline Limit statutory_limit(const RuleContext& c) {
  if (c.guide != nullptr && c.guide->statutory.given()) {
    return {&c.guide->statutory.reading, c.guide->statutory.value.span};
  }
  if (!c.flow.statutory.empty()) return {&c.flow.statutory_limit, c.flow.statutory.span};
  return {};
}
inline Limit promised_limit(const RuleContext& c) {
  if (c.guide != nullptr && c.guide->promised.given()) {
    return {&c.guide->promised.reading, c.guide->promised.value.span};
  }
  if (!c.flow.promised.empty()) return {&c.flow.promised_limit, c.flow.promised.span};
  return {};
}

/// Zero fits every unit; other amounts are compared in one unit only (行政许可法 82: never
/// converted).
inline bool comparable(const Quantity& a, const Quantity& b) {
  return a.unit == b.unit || a.milli == 0 || b.milli == 0;
}

}  // namespace flowproof::rules
