// The working-day calendar: which day a limit ends on, and how limits in different units compare.
//
// Working days are weekdays without public holidays, plus the weekends that are worked instead
// (调休), after the State Council's yearly notices. The program knows the notices of 2007-2026
// (published_calendar); read_calendar replaces or adds years. Units are never converted by a
// factor: a quantity is a function from the day a clock starts on to the day it ends on, and that
// function never goes back when the start moves on.
//
// Counting: the first day is not counted (民法典 201); months and years end on the same day of the
// month or its last (202); if the last day is a day off, the next working day takes its place
// (203), except for hours. A part of a day ends with that day.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/result.hpp"
#include "flowproof/source.hpp"
#include "flowproof/time_limit.hpp"

namespace flowproof {

/// A civil date; no time, no zone.
using Date = std::chrono::sys_days;

/// "2026-01-30", and no other form; empty if there is no such day.
[[nodiscard]] std::optional<Date> read_date(std::string_view text);
[[nodiscard]] std::string date_text(Date date);

/// Hours a working day has, in thousandths; 0: not said, so that working hours have no end day.
struct OfficeHours {
  std::int64_t milli = 0;
};

/// The day a clock ends on.
struct Due {
  Date date{};
  /// CAL-UNPUBLISHED: days that decide are not published yet. The date is then that of the longest
  /// such stretch ever published.
  bool estimated = false;

  friend bool operator==(const Due&, const Due&) = default;
};

/// Calendar days from start to end of one quantity over all published start days.
struct Spread {
  std::int64_t least = 0, most = 0;
  Date least_from{}, most_from{};  ///< the first such start
};

/// One start day and the ends of two clocks.
struct DateWitness {
  Date start{};
  Date first_due{}, second_due{};

  friend bool operator==(const DateWitness&, const DateWitness&) = default;
};

enum class Within : std::uint8_t {
  always,
  never,
  depends,  ///< on the start day, or on how a bare 日 is to be read
  unknown,  ///< a unit cannot be placed on days, or no start day is published far enough
};

struct Comparison {
  Within verdict = Within::unknown;
  std::optional<DateWitness> kept =
      {};  ///< a start day on which the first quantity keeps the second
  std::optional<DateWitness> broken = {};  ///< the start day on which it runs over by most days
  /// The two readings of 日 (working or natural) give different verdicts.
  bool ambiguous = false;
};

/// One day that is not what its weekday says.
struct DayChange {
  Date date{};
  bool off = false;
  int notice = 0;  ///< the year whose notice rules it; that of `date` or the one after

  friend bool operator==(const DayChange&, const DayChange&) = default;
};

class Calendar {
 public:
  /// Pre: first_year <= last_year; at most one change a date and notice; later notices win.
  Calendar(int first_year, int last_year, std::vector<DayChange> changes);

  [[nodiscard]] int first_year() const { return first_year_; }
  [[nodiscard]] int last_year() const { return last_year_; }
  [[nodiscard]] const std::vector<DayChange>& changes() const { return changes_; }
  [[nodiscard]] bool covers(Date date) const { return date >= first_ && date <= last_; }
  /// The last day no later notice will touch: new year's holiday may still take 29-31 December.
  [[nodiscard]] Date settled_through() const;

  /// Pre: covers(date).
  [[nodiscard]] bool is_working_day(Date date) const;
  /// Working days from `from` to `to`, both included. Pre: both covered.
  [[nodiscard]] std::int64_t working_days(Date from, Date to) const;

  /// When a clock of that length ends. A bare 日 counts natural days. Empty if the start lies
  /// before the calendar or the quantity has no place on days: half a month, working hours without
  /// OfficeHours, more than the calendar has ever seen.
  [[nodiscard]] std::optional<Due> due(const Quantity& quantity, Date start,
                                       OfficeHours hours = {}) const;

  /// When steps one after another end, each starting on the day the one before ends. Neighbours in
  /// one unit are added first, so that two halves of a day are one day.
  [[nodiscard]] std::optional<Due> due_of_steps(std::span<const Quantity> steps, Date start,
                                                OfficeHours hours = {}) const;

  /// Empty if no start day has a published end.
  [[nodiscard]] std::optional<Spread> spread(const Quantity& quantity,
                                             OfficeHours hours = {}) const;
  /// How many working days a stretch of that many calendar days holds, at least and at most.
  [[nodiscard]] std::optional<Spread> working_days_in(std::int64_t calendar_days) const;

 private:
  [[nodiscard]] std::size_t index(Date date) const {
    return static_cast<std::size_t>((date - first_).count());
  }
  [[nodiscard]] std::optional<Due> after_working_days(std::int64_t count, Date start) const;
  [[nodiscard]] Due rolled(Date date) const;

  int first_year_, last_year_;
  Date first_, last_;
  std::vector<DayChange> changes_;
  std::vector<std::uint32_t> before_;  // working days before each day; one more at the end
  std::vector<Date> working_;          // all of them, in order
  std::int64_t longest_rest_ = 0;      // longest run of days off
};

/// Whether `first` ends no later than `second` when both start on the same day.
[[nodiscard]] Comparison compare(const Calendar& calendar, const Quantity& first,
                                 const Quantity& second, OfficeHours hours = {});

/// The same for steps one after another, as due_of_steps counts them.
[[nodiscard]] Comparison compare_steps(const Calendar& calendar, std::span<const Quantity> first,
                                       std::span<const Quantity> second, OfficeHours hours = {});

/// The State Council's notices of 2007-2026, by way of NateScarlet/holiday-cn.
[[nodiscard]] const Calendar& published_calendar();

/// Reads year files as holiday-cn writes them: {"year", "papers", "days": [{"name", "date",
/// "isOffDay"}]}, one object or an array of them. Each year replaces that of `base` or follows it.
/// Errors: a day twice, a day both off and worked, a day of another year (but for the December
/// before), a year without days, twice or with a gap to the others.
[[nodiscard]] Result<Calendar> read_calendar(const SourceText& source, const Calendar& base);

}  // namespace flowproof
