#include "rules/judgement.hpp"

namespace flowproof::rules {

Judgement judge(const RuleContext& c, const Quantity& spent, const Quantity& limit) {
  if (spent.unit == limit.unit || spent.milli == 0 || limit.milli == 0) {
    return {spent.milli > limit.milli ? Order::over : Order::within};
  }
  Judgement judgement;
  const Calendar& calendar = c.calendar != nullptr ? *c.calendar : published_calendar();
  judgement.by_calendar = compare(calendar, spent, limit);
  switch (judgement.by_calendar->verdict) {
    case Within::always:
      judgement.order = Order::within;
      break;
    case Within::never:
      judgement.order = Order::over;
      break;
    case Within::depends:
      judgement.order = Order::depends;
      break;
    case Within::unknown:
      judgement.order = Order::unknown;
      break;
  }
  return judgement;
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
  cite({"{start} 起算：到 {first} 为止，不超过 {second}",
        "from {start}: it ends on {first}, not after {second}"},
       judgement.by_calendar->kept);
  cite({"{start} 起算：到 {first} 为止，晚于 {second}",
        "from {start}: it ends on {first}, after {second}"},
       judgement.by_calendar->broken);
}

}  // namespace flowproof::rules
