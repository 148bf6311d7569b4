#include "rules/judgement.hpp"

namespace flowproof::rules {

static Order order_of(Within verdict) {
  switch (verdict) {
    case Within::always:
      return Order::within;
    case Within::never:
      return Order::over;
    case Within::depends:
      return Order::depends;
    case Within::unknown:
      return Order::unknown;
  }
  return Order::unknown;
}

static const Calendar& calendar_of(const RuleContext& c) {
  return c.calendar != nullptr ? *c.calendar : published_calendar();
}

Judgement judge(const RuleContext& c, const Quantity& spent, const Quantity& limit) {
  if (spent.unit == limit.unit || spent.milli == 0 || limit.milli == 0) {
    return {spent.milli > limit.milli ? Order::over : Order::within};
  }
  const Comparison found = compare(calendar_of(c), spent, limit);
  return {order_of(found.verdict), found};
}

Judgement judge(const RuleContext& c, std::span<const Quantity> spent, const Quantity& limit) {
  const Comparison found = compare_steps(calendar_of(c), spent, std::span(&limit, 1));
  return {order_of(found.verdict), found};
}

bool over_clock(const RuleContext& c, const Quantity& amount, const Clock& clock) {
  return clock.items.empty() ? over_licensing_limit(amount, clock.limit.amount)
                             : judge(c, amount, clock.limit.amount).order == Order::over;
}

void tell_called_time(const CalledTime& time, Diagnostic& finding) {
  for (const CalledTime::Addend& addend : time.addends) {
    finding.witness.push_back({addend.place,
                               {{"其中“{node}” {limit}", "of which '{node}' {limit}"},
                                {{"node", addend.label}, {"limit", addend.amount}}}});
  }
}

void cite_dates(const Judgement& judgement, Span place, Diagnostic& finding) {
  if (!judgement.by_calendar) return;
  const auto cite = [&](const LocalizedText& text, const std::optional<DateWitness>& witness) {
    if (!witness) return;
    finding.witness.push_back({place,
                               {text,
                                {{"start", date_text(witness->start)},
                                 {"first", date_text(witness->first_due)},
                                 {"second", date_text(witness->second_due)}}}});
  };
  cite({"例如从 {start} 起算：办到 {first}，期限到 {second}，没有超过",
        "counted from {start}, say: it ends on {first}, the limit on {second}; in time"},
       judgement.by_calendar->kept);
  cite({"例如从 {start} 起算：办到 {first}，期限到 {second}，超过了",
        "counted from {start}, say: it ends on {first}, the limit on {second}; too late"},
       judgement.by_calendar->broken);
}

}  // namespace flowproof::rules
