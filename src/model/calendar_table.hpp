// The holiday notices the program knows without being told, one row a year.
//
// Generated table, read by published_calendar.
#pragma once

#include <span>
#include <string_view>

namespace flowproof {

/// Days are "MM-DD", runs "MM-DD..MM-DD", separated by blanks; '<' puts a day into the year before.
struct HolidayNotice {
  int year;
  std::string_view off;
  std::string_view working;  ///< make-up days: weekends that are worked
  std::string_view papers;   ///< addresses of the notices
};

[[nodiscard]] std::span<const HolidayNotice> holiday_notices();

}  // namespace flowproof
