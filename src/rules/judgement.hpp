// Does one time limit keep another? In one unit by number, in different units by the calendar.
#pragma once

#include <optional>
#include <span>

#include "flowproof/calendar.hpp"
#include "rules/rule_support.hpp"

namespace flowproof::rules {

enum class Order : std::uint8_t {
  within,
  over,     ///< on every start day
  depends,  ///< on the start day, or on how a bare 日 is to be read
  unknown,  ///< no day can be named for one of them
};

struct Judgement {
  Order order = Order::unknown;
  std::optional<Comparison> by_calendar = {};  ///< given if the units differ
};

/// Zero fits every unit. Units are never converted by a factor (行政许可法 82, 民法典 200-204).
[[nodiscard]] Judgement judge(const RuleContext& c, const Quantity& spent, const Quantity& limit);

/// The same of limits one after another.
[[nodiscard]] Judgement judge(const RuleContext& c, std::span<const Quantity> spent,
                              const Quantity& limit);

/// More than the clock's limit on every day; 日 of the licensing law are working days.
[[nodiscard]] bool over_clock(const RuleContext& c, const Quantity& amount, const Clock& clock);

/// What adds up inside a called flow, where it stands there, as witness.
void tell_called_time(const CalledTime& time, Diagnostic& finding);

/// The start days that show it, as witness.
void cite_dates(const Judgement& judgement, Span place, Diagnostic& finding);

}  // namespace flowproof::rules
