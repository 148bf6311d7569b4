#include "flowproof/calendar.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace flowproof {
namespace {

using std::chrono::days;

// An oracle that walks day by day and shares nothing with the calendar but the set of days off:
// its own civil dates, its own counting.
class DayWalk {
 public:
  struct Day {
    int year, month, day, weekday;  // weekday 0 is Sunday
  };

  explicit DayWalk(const Calendar& calendar) {
    Day today{calendar.first_year(), 1, 1, weekday_of_new_year(calendar.first_year())};
    Date date = *read_date(text(today));
    while (today.year <= calendar.last_year()) {
      days_.push_back(today);
      off_.push_back(!calendar.is_working_day(date));
      today = next(today);
      date += days{1};
    }
  }
  [[nodiscard]] std::size_t size() const { return days_.size(); }
  [[nodiscard]] const Day& day(std::size_t i) const { return days_[i]; }
  [[nodiscard]] bool off(std::size_t i) const { return off_[i]; }

  // The day after `count` working days, or -1 past the end.
  [[nodiscard]] std::int64_t working(std::size_t from, int count) const {
    std::size_t i = from;
    while (count > 0) {
      if (++i >= size()) return -1;
      if (!off_[i]) --count;
    }
    return static_cast<std::int64_t>(i);
  }
  [[nodiscard]] std::int64_t natural(std::size_t from, int count) const {
    std::size_t i = from;
    for (; count > 0; --count) {
      if (++i >= size()) return -1;
    }
    return rolled(i);
  }
  [[nodiscard]] std::int64_t months(std::size_t from, int count) const {
    int year = days_[from].year;
    int month = days_[from].month;
    for (; count > 0; --count) {
      if (++month == 13) {
        month = 1;
        ++year;
      }
    }
    const int last = length(year, month);
    const int wanted = days_[from].day < last ? days_[from].day : last;
    for (std::size_t i = from; i < size(); ++i) {
      if (days_[i].year == year && days_[i].month == month && days_[i].day == wanted) {
        return rolled(i);
      }
    }
    return -1;
  }

  static std::string text(const Day& d) {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(d.year) + "-" + two(d.month) + "-" + two(d.day);
  }

 private:
  static bool leap(int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }
  static int length(int y, int m) {
    static constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return m == 2 && leap(y) ? 29 : lengths[m - 1];
  }
  // 1 January 2007 was a Monday.
  static int weekday_of_new_year(int year) {
    int weekday = 1;
    for (int y = 2007; y < year; ++y) weekday = (weekday + (leap(y) ? 366 : 365)) % 7;
    return weekday;
  }
  static Day next(Day d) {
    d.weekday = (d.weekday + 1) % 7;
    if (++d.day > length(d.year, d.month)) {
      d.day = 1;
      if (++d.month > 12) {
        d.month = 1;
        ++d.year;
      }
    }
    return d;
  }
  [[nodiscard]] std::int64_t rolled(std::size_t i) const {
    while (i < size() && off_[i]) ++i;
    return i < size() ? static_cast<std::int64_t>(i) : -1;
  }

  std::vector<Day> days_;
  std::vector<bool> off_;
};

Date date(const char* text) { return read_date(text).value(); }

std::string due_text(const Quantity& quantity, const char* start, OfficeHours hours = {}) {
  const std::optional<Due> due = published_calendar().due(quantity, date(start), hours);
  if (!due) return "none";
  return date_text(due->date) + (due->estimated ? " estimated" : "");
}

Quantity working(std::int64_t n) { return {n * 1000, TimeUnit::working_day}; }
Quantity natural(std::int64_t n) { return {n * 1000, TimeUnit::natural_day}; }
Quantity unclear(std::int64_t n) { return {n * 1000, TimeUnit::day}; }
Quantity in_months(std::int64_t n) { return {n * 1000, TimeUnit::month}; }

TEST(Dates, AreReadInOneFormOnly) {
  EXPECT_EQ(date_text(date("2024-02-29")), "2024-02-29");
  EXPECT_EQ(date_text(date("2026-01-05")), "2026-01-05");
  for (const char* text : {"", "2023-02-29", "2026-1-5", "2026-13-01", "2026-00-10", "2026-01-00",
                           "2026/01/05", "26-01-05", "2026-01-05 ", "2026-01-+5", "-026-01-05"}) {
    EXPECT_FALSE(read_date(text)) << text;
  }
}

TEST(PublishedCalendar, KnowsTheYearsAndTheirLength) {
  const Calendar& calendar = published_calendar();
  EXPECT_EQ(calendar.first_year(), 2007);
  EXPECT_EQ(calendar.last_year(), 2026);
  // Counted once from the notices by other means; two new holidays since 2025 make it 248.
  const std::vector<int> expected{249, 251, 250, 250, 250, 249, 250, 250, 249, 250,
                                  249, 250, 250, 249, 250, 249, 249, 251, 248, 248};
  for (int year = 2007; year <= 2026; ++year) {
    const Date first{std::chrono::year{year} / 1 / 1};
    const Date last{std::chrono::year{year} / 12 / 31};
    EXPECT_EQ(calendar.working_days(first, last), expected[static_cast<std::size_t>(year - 2007)])
        << year;
  }
}

// The whole of 2026 as the notice of November 2025 has it.
TEST(PublishedCalendar, HasEveryDayOf2026) {
  const std::set<std::string> off{
      "2026-01-01", "2026-01-02", "2026-01-03", "2026-02-15", "2026-02-16", "2026-02-17",
      "2026-02-18", "2026-02-19", "2026-02-20", "2026-02-21", "2026-02-22", "2026-02-23",
      "2026-04-04", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-02", "2026-05-03",
      "2026-05-04", "2026-05-05", "2026-06-19", "2026-06-20", "2026-06-21", "2026-09-25",
      "2026-09-26", "2026-09-27", "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04",
      "2026-10-05", "2026-10-06", "2026-10-07"};
  const std::set<std::string> worked{"2026-01-04", "2026-02-14", "2026-02-28",
                                     "2026-05-09", "2026-09-20", "2026-10-10"};
  const DayWalk walk(published_calendar());
  for (std::size_t i = 0; i < walk.size(); ++i) {
    if (walk.day(i).year != 2026) continue;
    const std::string text = DayWalk::text(walk.day(i));
    const bool weekend = walk.day(i).weekday == 0 || walk.day(i).weekday == 6;
    EXPECT_EQ(walk.off(i), (weekend && !worked.contains(text)) || off.contains(text)) << text;
  }
}

TEST(PublishedCalendar, KnowsTheProlongedHolidayOf2020) {
  const Calendar& calendar = published_calendar();
  EXPECT_FALSE(calendar.is_working_day(date("2020-01-31")));
  EXPECT_FALSE(calendar.is_working_day(date("2020-02-02")));
  EXPECT_TRUE(calendar.is_working_day(date("2020-02-03")));
  EXPECT_TRUE(calendar.is_working_day(date("2007-12-29")));  // ruled by the notice of 2008
  EXPECT_FALSE(calendar.is_working_day(date("2007-12-31")));
}

TEST(Due, AgreesWithTheDayWalkOnEveryStart) {
  const Calendar& calendar = published_calendar();
  const DayWalk walk(calendar);
  const Date first = date(DayWalk::text(walk.day(0)).c_str());
  const auto expect = [&](const Quantity& quantity, std::size_t start, std::int64_t end) {
    const std::optional<Due> due = calendar.due(quantity, first + days{start});
    ASSERT_TRUE(due);
    if (end < 0) {
      EXPECT_TRUE(due->estimated);
      return;
    }
    ASSERT_EQ(date_text(due->date), DayWalk::text(walk.day(static_cast<std::size_t>(end))))
        << quantity_en(quantity) << " from " << DayWalk::text(walk.day(start));
    const auto& day = walk.day(static_cast<std::size_t>(end));
    EXPECT_EQ(due->estimated, day.year == 2026 && day.month == 12 && day.day > 28);
  };
  for (std::size_t start = 0; start < walk.size(); ++start) {
    for (const int n : {1, 2, 3, 5, 10, 20, 45, 60}) {
      expect(working(n), start, walk.working(start, n));
      expect(natural(n), start, walk.natural(start, n));
    }
    for (const int n : {1, 2, 12}) {
      if (start % 3 == 0) expect(in_months(n), start, walk.months(start, n));
    }
  }
}

// Worst and best cases for start days of 2015-2026, measured independently.
TEST(Spread, IsThatOfTheKnownTable) {
  const Calendar calendar(2015, 2026, published_calendar().changes());
  struct Row {
    std::int64_t count, most, least;
  };
  for (const Row& row : {Row{5, 15, 5}, Row{10, 22, 11}, Row{15, 29, 18}, Row{20, 38, 25},
                         Row{30, 52, 39}, Row{45, 73, 60}, Row{60, 96, 81}}) {
    const std::optional<Spread> spread = calendar.spread(working(row.count));
    ASSERT_TRUE(spread);
    EXPECT_EQ(spread->most, row.most) << row.count;
    EXPECT_EQ(spread->least, row.least) << row.count;
    EXPECT_EQ(
        (calendar.due(working(row.count), spread->most_from)->date - spread->most_from).count(),
        row.most);
    EXPECT_EQ(
        (calendar.due(working(row.count), spread->least_from)->date - spread->least_from).count(),
        row.least);
  }
}

TEST(WorkingDaysIn, IsThatOfTheKnownTable) {
  const Calendar calendar(2015, 2026, published_calendar().changes());
  struct Row {
    std::int64_t count, least, most;
  };
  for (const Row& row : {Row{7, 0, 7}, Row{10, 0, 9}, Row{15, 5, 12}, Row{30, 15, 23},
                         Row{60, 36, 45}, Row{90, 56, 66}}) {
    const std::optional<Spread> spread = calendar.working_days_in(row.count);
    ASSERT_TRUE(spread);
    EXPECT_EQ(spread->least, row.least) << row.count;
    EXPECT_EQ(spread->most, row.most) << row.count;
  }
  EXPECT_FALSE(calendar.working_days_in(0));
  EXPECT_FALSE(calendar.working_days_in(100'000));
}

TEST(Due, FollowsTheCivilCode) {
  EXPECT_EQ(due_text(working(60), "2026-01-30"), "2026-05-06");
  EXPECT_EQ(due_text(working(0), "2026-01-31"), "2026-01-31");
  EXPECT_EQ(due_text(working(1), "2026-02-13"), "2026-02-14");  // a Saturday that is worked
  EXPECT_EQ(due_text(natural(5), "2026-04-28"), "2026-05-06");  // ends on 3 May, a holiday
  EXPECT_EQ(due_text(in_months(1), "2025-01-31"), "2025-02-28");
  EXPECT_EQ(due_text(in_months(1), "2024-01-31"), "2024-02-29");
  EXPECT_EQ(due_text({1000, TimeUnit::year}, "2024-02-29"), "2025-02-28");
  EXPECT_EQ(due_text({1000, TimeUnit::week}, "2026-09-24"), "2026-10-08");
}

TEST(Due, RoundsPartsOfADayUpAndRefusesPartsOfAMonth) {
  EXPECT_EQ(due_text({500, TimeUnit::working_day}, "2026-03-02"), "2026-03-03");
  EXPECT_EQ(due_text({1500, TimeUnit::natural_day}, "2026-03-02"), "2026-03-04");
  EXPECT_EQ(due_text({24'000, TimeUnit::hour}, "2026-02-14"), "2026-02-15");  // hours do not roll
  EXPECT_EQ(due_text({90'000, TimeUnit::minute}, "2026-03-02"), "2026-03-03");
  EXPECT_EQ(due_text({8'000, TimeUnit::working_hour}, "2026-03-02"), "none");
  EXPECT_EQ(due_text({8'000, TimeUnit::working_hour}, "2026-03-02", {7'500}), "2026-03-04");
  EXPECT_EQ(due_text({7'500, TimeUnit::working_hour}, "2026-03-02", {7'500}), "2026-03-03");
  EXPECT_EQ(due_text({500, TimeUnit::month}, "2026-03-02"), "none");
  EXPECT_EQ(due_text({1500, TimeUnit::year}, "2023-03-02"), "2024-09-02");
}

TEST(Due, IsAnEstimateBeyondThePublishedDays) {
  // 20 working days have taken 38 calendar days at most.
  EXPECT_EQ(due_text(working(20), "2026-12-10"), "2027-01-17 estimated");
  EXPECT_EQ(due_text(working(5), "2028-03-01"), "2028-03-16 estimated");
  // A day off may be followed by up to nine more.
  EXPECT_EQ(due_text(natural(10), "2026-12-30"), "2027-01-19 estimated");
  EXPECT_EQ(due_text(working(1), "2026-12-28"),
            "2026-12-29 estimated");  // the next notice may take it
  EXPECT_EQ(due_text(working(1), "2006-12-29"), "none");
  EXPECT_EQ(due_text(working(30'000), "2026-01-05"), "none");
}

// Longest paths and comparisons rest on this; it holds across the end of the published days too.
TEST(Due, NeverGoesBackWhenTheStartMovesOn) {
  const Calendar& calendar = published_calendar();
  for (const Quantity& quantity :
       {working(0), working(1), working(20), natural(1), natural(10), natural(30), in_months(1),
        in_months(3), Quantity{36'000, TimeUnit::hour}, Quantity{1000, TimeUnit::year}}) {
    Date last{};
    for (Date start = date("2007-01-01"); start < date("2028-01-01"); start += days{1}) {
      const std::optional<Due> due = calendar.due(quantity, start);
      ASSERT_TRUE(due);
      ASSERT_GE(due->date, last) << quantity_en(quantity) << " from " << date_text(start);
      ASSERT_GE(due->date, start);
      last = due->date;
    }
  }
}

TEST(Due, SurvivesEveryQuantity) {
  for (int unit = 0; unit <= static_cast<int>(TimeUnit::year); ++unit) {
    for (const std::int64_t milli : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1},
                                     std::int64_t{36'500'000}, INT64_MAX}) {
      for (const char* start : {"1900-01-01", "2007-01-01", "2026-12-31", "9999-12-31"}) {
        const auto due =
            published_calendar().due({milli, static_cast<TimeUnit>(unit)}, date(start), {8000});
        if (due) {
          EXPECT_GE(due->date, date(start));
        }
      }
    }
  }
}

TEST(Compare, NeedsNoCalendarWithinOneUnit) {
  const Calendar& calendar = published_calendar();
  EXPECT_EQ(compare(calendar, working(20), working(20)).verdict, Within::always);
  EXPECT_EQ(compare(calendar, working(21), working(20)).verdict, Within::never);
  EXPECT_EQ(compare(calendar, in_months(12), {1000, TimeUnit::year}).verdict, Within::always);
  EXPECT_EQ(compare(calendar, {25'000, TimeUnit::hour}, {1440'000, TimeUnit::minute}).verdict,
            Within::never);
  EXPECT_EQ(compare(calendar, unclear(30), unclear(30)).verdict, Within::always);
}

TEST(Compare, SaysAlwaysNeverOrOnWhichDate) {
  const Calendar& calendar = published_calendar();
  EXPECT_EQ(compare(calendar, working(20), natural(60)).verdict, Within::always);
  EXPECT_EQ(compare(calendar, working(60), natural(60)).verdict, Within::never);
  const Comparison some = compare(calendar, working(20), natural(30));
  EXPECT_EQ(some.verdict, Within::depends);
  EXPECT_FALSE(some.ambiguous);
  ASSERT_TRUE(some.kept && some.broken);
  EXPECT_LE(some.kept->first_due, some.kept->second_due);
  EXPECT_GT(some.broken->first_due, some.broken->second_due);
  for (const DateWitness& witness : {*some.kept, *some.broken}) {
    EXPECT_EQ(calendar.due(working(20), witness.start)->date, witness.first_due);
    EXPECT_EQ(calendar.due(natural(30), witness.start)->date, witness.second_due);
  }
  EXPECT_EQ(compare(calendar, in_months(1), working(10)).verdict, Within::never);
  EXPECT_EQ(compare(calendar, {500, TimeUnit::month}, working(10)).verdict, Within::unknown);
}

TEST(Compare, AgreesWithEveryStartDay) {
  const Calendar& calendar = published_calendar();
  for (std::int64_t n = 1; n <= 60; n += 7) {
    for (std::int64_t d = 1; d <= 100; d += 9) {
      bool kept = false;
      bool broken = false;
      for (Date start = date("2007-01-01"); start < date("2026-08-01"); start += days{1}) {
        const bool within =
            calendar.due(working(n), start)->date <= calendar.due(natural(d), start)->date;
        (within ? kept : broken) = true;
      }
      const Comparison result = compare(calendar, working(n), natural(d));
      EXPECT_EQ(result.kept.has_value(), kept) << n << ' ' << d;
      EXPECT_EQ(result.broken.has_value(), broken) << n << ' ' << d;
    }
  }
}

TEST(Compare, ReadsABareDayBothWays) {
  const Calendar& calendar = published_calendar();
  const Comparison either = compare(calendar, working(20), unclear(20));
  EXPECT_EQ(either.verdict, Within::depends);
  EXPECT_TRUE(either.ambiguous);
  EXPECT_EQ(compare(calendar, working(21), unclear(20)).verdict, Within::never);
  EXPECT_EQ(compare(calendar, working(5), unclear(60)).verdict, Within::always);
}

TEST(CompareSteps, AddsNeighboursAndCountsOneAfterAnother) {
  const Calendar& calendar = published_calendar();
  const Quantity half{500, TimeUnit::working_day};
  const std::vector<Quantity> halves{half, half, working(1)};
  EXPECT_EQ(date_text(calendar.due_of_steps(halves, date("2026-03-02"))->date), "2026-03-04");
  const std::vector<Quantity> mixed{working(5), natural(10), {24'000, TimeUnit::hour}};
  // 5 working days end on 9 March, 10 days on 19 March, 24 hours on 20 March.
  EXPECT_EQ(date_text(calendar.due_of_steps(mixed, date("2026-03-02"))->date), "2026-03-20");
  EXPECT_EQ(calendar.due_of_steps({}, date("2026-03-02"))->date, date("2026-03-02"));

  const std::vector<Quantity> limit{working(20)};
  const Comparison result = compare_steps(calendar, mixed, limit);
  EXPECT_EQ(result.verdict, Within::always);
  EXPECT_EQ(compare_steps(calendar, halves, std::vector{working(2)}).verdict, Within::always);
  EXPECT_EQ(compare_steps(calendar, {}, limit).verdict, Within::always);
  const Comparison some = compare_steps(calendar, mixed, std::vector{natural(20)});
  EXPECT_EQ(some.verdict, Within::depends);
  ASSERT_TRUE(some.kept && some.broken);
  EXPECT_EQ(calendar.due_of_steps(mixed, some.broken->start)->date, some.broken->first_due);
  EXPECT_GT(some.broken->first_due, some.broken->second_due);
  EXPECT_EQ(compare_steps(calendar, std::vector{Quantity{-1, TimeUnit::hour}}, limit).verdict,
            Within::unknown);
}

std::string refusal(const std::string& json) {
  const Result<Calendar> read = read_calendar({"c.json", json}, published_calendar());
  return read ? "read" : render(read.error().message, Language::en);
}

std::string year_file(int year, const std::string& list) {
  return R"({"year": )" + std::to_string(year) + R"(, "papers": [], "days": [)" + list + "]}";
}

TEST(ReadCalendar, AddsAndReplacesYears) {
  const Result<Calendar> next = read_calendar(
      {"2027.json", year_file(2027, R"({"name": "元旦", "date": "2026-12-31", "isOffDay": true},
                                       {"name": "元旦", "date": "2027-01-01", "isOffDay": true})")},
      published_calendar());
  ASSERT_TRUE(next);
  EXPECT_EQ(next->last_year(), 2027);
  EXPECT_FALSE(next->is_working_day(date("2026-12-31")));
  EXPECT_FALSE(next->is_working_day(date("2027-01-01")));
  EXPECT_TRUE(next->is_working_day(date("2027-02-08")));
  EXPECT_EQ(next->due(working(1), date("2026-12-30"))->date, date("2027-01-04"));

  const Result<Calendar> other = read_calendar(
      {"2026.json",
       "[" + year_file(2026, R"({"name": "三月三", "date": "2026-04-20", "isOffDay": true})") +
           "]"},
      published_calendar());
  ASSERT_TRUE(other);
  EXPECT_FALSE(other->is_working_day(date("2026-04-20")));
  EXPECT_TRUE(other->is_working_day(date("2026-10-01")));  // the whole year is replaced
  EXPECT_FALSE(other->is_working_day(date("2025-10-01")));
}

TEST(ReadCalendar, RefusesWhatIsNoCalendar) {
  const std::string new_year = R"({"date": "2027-01-01", "isOffDay": true})";
  EXPECT_EQ(refusal(""), "the calendar file 'c.json' is not JSON at line 1, column 1");
  EXPECT_EQ(refusal("{\n \"year\": 2027,,}"),
            "the calendar file 'c.json' is not JSON at line 2, column 15");
  EXPECT_EQ(refusal("[]"), "the calendar file 'c.json' has no year");
  EXPECT_EQ(refusal("7"), "the calendar file 'c.json' lacks an integer 'year' or an array 'days'");
  EXPECT_EQ(refusal(R"({"year": 2027, "year": 2028, "days": []})"),
            "an object of the calendar file 'c.json' has 'year' twice");
  EXPECT_EQ(refusal(R"({"year": 18446744073709551615, "days": []})"),
            "a year of the calendar file 'c.json' is not between 1949 and 2999");
  EXPECT_EQ(refusal(year_file(2027, "")),
            "the year 2027 of the calendar file 'c.json' has no days; its holidays may not be "
            "published yet");
  EXPECT_EQ(refusal(year_file(2029, R"({"date": "2029-01-01", "isOffDay": true})")),
            "between the calendar file 'c.json' and the known years 2027 is missing");
  EXPECT_EQ(refusal(year_file(2027, new_year + "," + new_year)),
            "the calendar file 'c.json' lists 2027-01-01 twice");
  EXPECT_EQ(refusal(year_file(2027, new_year + R"(, {"date": "2027-01-01", "isOffDay": false})")),
            "the calendar file 'c.json' says 2027-01-01 is both off and worked");
  EXPECT_EQ(refusal(year_file(2027, R"({"date": "2028-01-01", "isOffDay": true})")),
            "the calendar file 'c.json' puts 2028-01-01 into the year 2027");
  EXPECT_EQ(refusal(year_file(2027, R"({"date": "2026-11-30", "isOffDay": true})")),
            "the calendar file 'c.json' puts 2026-11-30 into the year 2027");
  EXPECT_EQ(refusal(year_file(2027, R"({"date": "2027-02-29", "isOffDay": true})")),
            "'2027-02-29' in the calendar file 'c.json' is no date");
  EXPECT_EQ(refusal(year_file(2027, R"({"date": "2027-01-01", "isOffDay": 1})")),
            "a day of 2027 in the calendar file 'c.json' lacks 'date' or 'isOffDay'");
  EXPECT_EQ(refusal("[" + year_file(2027, new_year) + "," + year_file(2027, new_year) + "]"),
            "the calendar file 'c.json' gives the year 2027 twice");
}

TEST(ReadCalendar, SurvivesDeepNesting) {
  for (const char* open : {"[", "{\"a\":", "{\"year\":2027,\"days\":["}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += open;
    EXPECT_NE(refusal(text), "read");
  }
  EXPECT_NE(refusal(std::string(50'000, '[') + std::string(50'000, ']')), "read");
  EXPECT_NE(refusal(R"({"year": 2027, "days": [], "x": )" + std::string(50'000, '[') +
                    std::string(50'000, ']') + "}"),
            "read");
}

}  // namespace
}  // namespace flowproof
