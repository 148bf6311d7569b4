// What every rule file includes. Questions about a flow belong to Facts, not here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

#include "flowproof/facts.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/guide.hpp"
#include "flowproof/profile.hpp"
#include "flowproof/rule.hpp"

namespace flowproof::rules {

/// The indices of a flow's nodes. Not std::views::iota: clang 14 cannot read libstdc++ 12's.
class EveryNode {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = NodeIndex;
    using difference_type = std::ptrdiff_t;
    using pointer = const NodeIndex*;
    using reference = NodeIndex;
    explicit Iterator(std::uint32_t at) : at_(at) {}
    NodeIndex operator*() const { return NodeIndex{at_}; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    std::uint32_t at_;
  };
  explicit EveryNode(std::size_t count) : count_(static_cast<std::uint32_t>(count)) {}
  [[nodiscard]] static Iterator begin() { return Iterator(0); }
  [[nodiscard]] Iterator end() const { return Iterator(count_); }

 private:
  std::uint32_t count_;
};

inline EveryNode every_node(const Flow& flow) { return EveryNode(flow.nodes.size()); }

/// What a message calls the chart.
inline ArgumentValue name_of(const Flow& flow) {
  if (flow.title.empty()) return LocalizedText{"流程图", "the chart"};
  return flow.title.value;
}

/// The clock of the special law, if there is one for the item.
inline const Clock* clock_of(const RuleContext& c, std::string_view id) {
  return c.profile.clock(id, c.facts.item);
}

/// Per node what its notes say; notes of no node stand in the footer and speak of all.
struct Notes {
  std::vector<std::string> of_node;
  std::string footer;

  explicit Notes(const Flow& flow) : of_node(flow.nodes.size()) {
    for (const Note& note : flow.notes) {
      (note.target ? of_node[at(*note.target)] : footer) += note.text.value + '\n';
    }
  }
};

/// What a box tells its reader.
inline std::string words_of(const Node& node) {
  std::string words;
  words.reserve(200);  // every rule asks for every box
  for (const Attribute name :
       {Attribute::text, Attribute::kind, Attribute::by, Attribute::output, Attribute::remark}) {
    words += node.get(name);
    words += '\n';
  }
  return words;
}

/// Done by the applicant, in his own time.
inline bool by_applicant(const RuleContext& c, const Node& node) {
  const bool named = node.has(Attribute::by);
  if (!named && node.lane == no_lane) return false;
  return !c.profile
              .phrase_in("applicant",
                         named ? node.get(Attribute::by) : c.flow.lanes[at(node.lane)].name.value)
              .empty();
}

/// More than a limit of the licensing law, in which 日 are working days (82).
inline bool over_licensing_limit(const Quantity& amount, const Quantity& limit) {
  const auto plain = [](TimeUnit unit) {
    return unit == TimeUnit::day ? TimeUnit::working_day : unit;
  };
  return plain(amount.unit) == plain(limit.unit) && amount.milli > limit.milli;
}

/// A basis that is more than the general law: a special law may set another limit.
inline bool cites_special_law(const RuleContext& c, std::string_view basis) {
  return !basis.empty() && c.profile.phrase_in("general-law", basis).empty();
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

/// What the guide says instead, as witness.
inline Remark said_in_guide(const Text& words) {
  return {words.span,
          {{"办事指南写“{guide}”", "the guide says '{guide}'"}, {{"guide", words.value}}}};
}
inline Remark said_in_guide(Span place, ArgumentValue limit) {
  return {place, {{"办事指南写 {guide}", "the guide says {guide}"}, {{"guide", std::move(limit)}}}};
}

/// Zero fits every unit; other amounts are compared in one unit only (行政许可法 82: never
/// converted).
inline bool comparable(const Quantity& a, const Quantity& b) {
  return a.unit == b.unit || a.milli == 0 || b.milli == 0;
}

}  // namespace flowproof::rules
