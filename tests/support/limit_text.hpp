// A time limit's reading in one line, as docs/time-limits.md writes it: "5 working days, from
// acceptance", "not comparable: several values".
#pragma once

#include <string>

#include "flowproof/time_limit.hpp"

namespace flowproof::test {

inline std::string reason_text(NotComparable reason) {
  switch (reason) {
    case NotComparable::none:
      return "?";
    case NotComparable::no_unit:
      return "no unit";
    case NotComparable::several_values:
      return "several values";
    case NotComparable::recurring:
      return "recurring";
    case NotComparable::calendar_date:
      return "calendar date";
    case NotComparable::minimum:
      return "minimum";
    case NotComparable::no_number:
      return "no number";
    case NotComparable::out_of_range:
      return "out of range";
    case NotComparable::unreadable:
      return "unreadable";
  }
  return "?";
}

inline std::string start_text(LimitStart start) {
  switch (start) {
    case LimitStart::unsaid:
      return "";
    case LimitStart::receipt:
      return ", from receipt";
    case LimitStart::acceptance:
      return ", from acceptance";
    case LimitStart::decision:
      return ", from decision";
    case LimitStart::other:
      return ", from another event";
  }
  return "?";
}

inline std::string limit_text(const TimeLimit& limit) {
  std::string text;
  switch (limit.form) {
    case LimitForm::absent:
      text = "absent";
      break;
    case LimitForm::none:
      text = "none";
      break;
    case LimitForm::instant:
      text = "on the spot";
      break;
    case LimitForm::amount:
      text = quantity_en(limit.amount);
      break;
    case LimitForm::not_counted:
      text = "not counted";
      break;
    case LimitForm::not_comparable:
      text = "not comparable: " + reason_text(limit.reason);
      break;
  }
  if (limit.lower) text += ", at least " + quantity_en(*limit.lower);
  if (limit.ordinal) text += ", ordinal";
  if (limit.vague) text += ", vague";
  if (!limit.counted && limit.form != LimitForm::not_counted) text += ", not counted";
  text += start_text(limit.start);
  if (limit.extension) text += ", extension " + quantity_en(*limit.extension);
  for (const std::string& exclusion : limit.exclusions) text += ", without " + exclusion;
  return text;
}

}  // namespace flowproof::test
