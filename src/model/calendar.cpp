#include "flowproof/calendar.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <map>

namespace flowproof {

namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::December;
using std::chrono::January;
using std::chrono::month;
using std::chrono::months;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::int64_t whole = 1000;                      // thousandths
constexpr std::int64_t most_milli = 100'000'000 * whole;  // beyond all limits, far from overflow
constexpr std::int64_t beyond_limits = most_milli * 100;  // of steps added up

std::int64_t rounded_up(std::int64_t amount, std::int64_t of) { return (amount + of - 1) / of; }

// A month or a year later: the same day, or the last of a shorter month (民法典 202).
Date plus_months(Date start, std::int64_t count) {
  const year_month_day from{start};
  const auto target = from.year() / from.month() + months{count};
  const year_month_day same_day = target / from.day();
  return same_day.ok() ? Date{same_day} : Date{target / std::chrono::last};
}

// Dates far outside every calendar are refused, so that sums of days cannot overflow.
bool is_sensible(Date date) {
  return date >= Date{year{1900} / January / 1} && date <= Date{year{9000} / December / 31};
}

bool is_weekend(Date date) {
  const weekday wd{date};
  return wd == std::chrono::Saturday || wd == std::chrono::Sunday;
}

template <class Number>
bool read_digits(std::string_view digits, Number& number) {
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc{} && end == digits.data() + digits.size() &&
         digits.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Where a quantity ends, before the calendar says what its days are.
enum class Counting : std::uint8_t { working_days, rolled_days, rolled_months, plain_days };
struct Plan {
  Counting counting;
  std::int64_t count;
};

std::optional<Plan> plan_of(const Quantity& quantity, OfficeHours hours) {
  const std::int64_t milli = quantity.milli;
  if (milli < 0 || milli >= beyond_limits) return std::nullopt;
  switch (quantity.unit) {
    case TimeUnit::minute:
      return Plan{Counting::plain_days, rounded_up(milli, whole * 60 * 24)};
    case TimeUnit::hour:
      return Plan{Counting::plain_days, rounded_up(milli, whole * 24)};
    case TimeUnit::working_hour:
      if (hours.milli <= 0) return std::nullopt;
      return Plan{Counting::working_days, rounded_up(milli, hours.milli)};
    case TimeUnit::working_day:
      return Plan{Counting::working_days, rounded_up(milli, whole)};
    case TimeUnit::day:
    case TimeUnit::natural_day:
      return Plan{Counting::rolled_days, rounded_up(milli, whole)};
    case TimeUnit::week:
      return Plan{Counting::rolled_days, rounded_up(milli * 7, whole)};
    case TimeUnit::month:
      if (milli % whole != 0) return std::nullopt;
      return Plan{Counting::rolled_months, milli / whole};
    case TimeUnit::year:
      if (milli * 12 % whole != 0) return std::nullopt;
      return Plan{Counting::rolled_months, milli * 12 / whole};
  }
  return std::nullopt;
}

// 年 is exactly twelve 月, 周 seven 日, 小时 sixty 分钟: such pairs need no calendar.
Quantity in_base_unit(const Quantity& quantity) {
  const auto times = [&](std::int64_t factor, TimeUnit unit) {
    return Quantity{quantity.milli * factor, unit};
  };
  switch (quantity.unit) {
    case TimeUnit::year:
      return times(12, TimeUnit::month);
    case TimeUnit::week:
      return times(7, TimeUnit::natural_day);
    case TimeUnit::hour:
      return times(60, TimeUnit::minute);
    default:
      return quantity;
  }
}

// Neighbours in one unit become one step; nothing is added across another unit.
std::vector<Quantity> merged(std::span<const Quantity> steps) {
  std::vector<Quantity> result;
  for (const Quantity& step : steps) {
    const Quantity added = in_base_unit(step);
    if (!result.empty() && result.back().unit == added.unit) {
      result.back().milli = std::min(result.back().milli + added.milli, beyond_limits);
    } else {
      result.push_back(added);
    }
  }
  return result;
}

}  // namespace

std::optional<Date> read_date(std::string_view text) {
  int y = 0;
  unsigned m = 0;
  unsigned d = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !read_digits(text.substr(0, 4), y) ||
      !read_digits(text.substr(5, 2), m) || !read_digits(text.substr(8, 2), d)) {
    return std::nullopt;
  }
  const year_month_day date{year{y}, month{m}, day{d}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

std::string date_text(Date date) {
  const year_month_day parts{date};
  const auto padded = [](std::int64_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
  };
  return padded(int{parts.year()}, 4) + '-' + padded(unsigned{parts.month()}, 2) + '-' +
         padded(unsigned{parts.day()}, 2);
}

Calendar::Calendar(int first_year, int last_year, std::vector<DayChange> changes)
    : first_year_(first_year),
      last_year_(last_year),
      first_(Date{year{first_year} / January / 1}),
      last_(Date{year{last_year} / December / 31}),
      changes_(std::move(changes)) {
  assert(first_year <= last_year);
  std::stable_sort(changes_.begin(), changes_.end(), [](const DayChange& a, const DayChange& b) {
    return a.date != b.date ? a.date < b.date : a.notice < b.notice;
  });
  auto change = changes_.begin();
  std::int64_t rest = 0;
  for (Date date = first_; date <= last_; date += days{1}) {
    bool off = is_weekend(date);
    for (; change != changes_.end() && change->date <= date; ++change) {
      if (change->date == date) off = change->off;
    }
    before_.push_back(static_cast<std::uint32_t>(working_.size()));
    if (!off) working_.push_back(date);
    rest = off ? rest + 1 : 0;
    longest_rest_ = std::max(longest_rest_, rest);
  }
  before_.push_back(static_cast<std::uint32_t>(working_.size()));
}

Date Calendar::settled_through() const { return last_ - days{3}; }

bool Calendar::is_working_day(Date date) const {
  assert(covers(date));
  return before_[index(date) + 1] != before_[index(date)];
}

std::int64_t Calendar::working_days(Date from, Date to) const {
  assert(covers(from) && covers(to));
  if (to < from) return 0;
  return std::int64_t{before_[index(to) + 1]} - before_[index(from)];
}

std::optional<Due> Calendar::after_working_days(std::int64_t count, Date start) const {
  if (count == 0) return Due{start};
  if (covers(start)) {
    const std::size_t next = before_[index(start) + 1] + static_cast<std::size_t>(count) - 1;
    if (next < working_.size()) return Due{working_[next], working_[next] > settled_through()};
  }
  // Not published: as long as that many working days ever took. The worst start is a working day or
  // the day before the calendar's first one.
  const auto n = static_cast<std::size_t>(count);
  if (n >= working_.size()) return std::nullopt;
  std::int64_t most = (working_[n - 1] - first_).count();
  for (std::size_t i = 0; i + n < working_.size(); ++i) {
    most = std::max<std::int64_t>(most, (working_[i + n] - working_[i]).count());
  }
  return Due{start + days{most}, true};
}

// The day itself if it is worked, else the next that is (民法典 203).
Due Calendar::rolled(Date date) const {
  if (covers(date)) {
    const std::size_t next = before_[index(date)];
    if (next < working_.size()) return Due{working_[next], working_[next] > settled_through()};
  }
  return Due{date + days{longest_rest_}, true};
}

std::optional<Due> Calendar::due(const Quantity& quantity, Date start, OfficeHours hours) const {
  const std::optional<Plan> plan = plan_of(quantity, hours);
  if (!plan || start < first_ || !is_sensible(start)) return std::nullopt;
  constexpr std::int64_t far = 366 * 1000;  // a thousand years of days
  if (plan->count > far) return std::nullopt;
  switch (plan->counting) {
    case Counting::working_days:
      return after_working_days(plan->count, start);
    case Counting::plain_days:
      return Due{start + days{plan->count}};
    case Counting::rolled_days:
      return plan->count == 0 ? Due{start} : rolled(start + days{plan->count});
    case Counting::rolled_months:
      if (plan->count > far / 30) return std::nullopt;
      return plan->count == 0 ? Due{start} : rolled(plus_months(start, plan->count));
  }
  return std::nullopt;
}

namespace {

bool is_sensible(const Quantity& step) { return step.milli >= 0 && step.milli <= most_milli; }

bool are_sensible(std::span<const Quantity> steps) {
  return std::all_of(steps.begin(), steps.end(),
                     [](const Quantity& step) { return is_sensible(step); });
}

// Pre: merged steps.
std::optional<Due> due_one_after_another(const Calendar& calendar, std::span<const Quantity> steps,
                                         Date start, OfficeHours hours) {
  Due end{start};
  for (const Quantity& step : steps) {
    const std::optional<Due> next = calendar.due(step, end.date, hours);
    if (!next) return std::nullopt;
    end = {next->date, end.estimated || next->estimated};
  }
  return end;
}

}  // namespace

std::optional<Due> Calendar::due_of_steps(std::span<const Quantity> steps, Date start,
                                          OfficeHours hours) const {
  if (!are_sensible(steps)) return std::nullopt;
  return due_one_after_another(*this, merged(steps), start, hours);
}

std::optional<Spread> Calendar::spread(const Quantity& quantity, OfficeHours hours) const {
  std::optional<Spread> spread;
  for (Date start = first_; start <= last_; start += days{1}) {
    const std::optional<Due> end = due(quantity, start, hours);
    if (!end || end->estimated || !covers(end->date)) break;  // later starts end no earlier
    const std::int64_t length = (end->date - start).count();
    if (!spread) spread = Spread{length, length, start, start};
    if (length < spread->least) spread->least = length, spread->least_from = start;
    if (length > spread->most) spread->most = length, spread->most_from = start;
  }
  return spread;
}

std::optional<Spread> Calendar::working_days_in(std::int64_t calendar_days) const {
  std::optional<Spread> spread;
  if (calendar_days <= 0) return spread;
  for (Date from = first_; from + days{calendar_days - 1} <= settled_through(); from += days{1}) {
    const std::int64_t count = working_days(from, from + days{calendar_days - 1});
    if (!spread) spread = Spread{count, count, from, from};
    if (count < spread->least) spread->least = count, spread->least_from = from;
    if (count > spread->most) spread->most = count, spread->most_from = from;
  }
  return spread;
}

namespace {

using Steps = std::vector<Quantity>;

Comparison compare_days(const Calendar& calendar, const Steps& first, const Steps& second,
                        OfficeHours hours) {
  Comparison result;
  bool kept_on_working_day = false;
  days worst{0};
  const Date end = calendar.settled_through();
  for (Date start{year{calendar.first_year()} / January / 1}; start <= end; start += days{1}) {
    const std::optional<Due> a = due_one_after_another(calendar, first, start, hours);
    const std::optional<Due> b = due_one_after_another(calendar, second, start, hours);
    if (!a || !b || a->estimated || b->estimated || a->date > end || b->date > end) break;
    const DateWitness witness{start, a->date, b->date};
    const days over = a->date - b->date;
    if (over <= days{0}) {
      // The latest working day says most to a reader.
      const bool working = calendar.is_working_day(start);
      if (working || !kept_on_working_day) result.kept = witness;
      kept_on_working_day = kept_on_working_day || working;
    } else if (over >= worst) {
      worst = over;
      result.broken = witness;
    }
  }
  if (result.kept || result.broken) {
    result.verdict = !result.broken ? Within::always
                     : result.kept  ? Within::depends
                                    : Within::never;
  }
  return result;
}

Steps read_as(Steps steps, TimeUnit unit) {
  for (Quantity& step : steps) {
    if (step.unit == TimeUnit::day) step.unit = unit;
  }
  return merged(steps);
}

bool has_bare_days(const Steps& steps) {
  return std::any_of(steps.begin(), steps.end(),
                     [](const Quantity& step) { return step.unit == TimeUnit::day; });
}

}  // namespace

Comparison compare_steps(const Calendar& calendar, std::span<const Quantity> first,
                         std::span<const Quantity> second, OfficeHours hours) {
  if (!are_sensible(first) || !are_sensible(second)) return {};
  const Steps a = merged(first);
  const Steps b = merged(second);
  const bool one_unit = a.size() <= 1 && b.size() <= 1 &&
                        (a.empty() || b.empty() || a.front().unit == b.front().unit);
  if (one_unit) {
    const std::int64_t left = a.empty() ? 0 : a.front().milli;
    const std::int64_t right = b.empty() ? 0 : b.front().milli;
    return {.verdict = left <= right ? Within::always : Within::never};
  }
  if (!has_bare_days(a) && !has_bare_days(b)) return compare_days(calendar, a, b, hours);
  const Comparison working = compare_days(calendar, read_as(a, TimeUnit::working_day),
                                          read_as(b, TimeUnit::working_day), hours);
  const Comparison natural = compare_days(calendar, read_as(a, TimeUnit::natural_day),
                                          read_as(b, TimeUnit::natural_day), hours);
  if (working.verdict == Within::unknown || natural.verdict == Within::unknown) return {};
  if (working.verdict == natural.verdict) return natural.broken ? natural : working;
  Comparison both{.verdict = Within::depends, .ambiguous = true};
  both.kept = natural.kept ? natural.kept : working.kept;
  both.broken = natural.broken ? natural.broken : working.broken;
  return both;
}

Comparison compare(const Calendar& calendar, const Quantity& first, const Quantity& second,
                   OfficeHours hours) {
  const auto walk = [&] {
    return compare_steps(calendar, std::span(&first, 1), std::span(&second, 1), hours);
  };
  if (&calendar != &published_calendar() || hours.milli != 0) return walk();
  // It walks twenty years of days, and the records of a portal repeat few pairs of limits.
  constexpr std::size_t most_remembered = 4096;
  using Pair = std::array<std::int64_t, 4>;
  thread_local std::map<Pair, Comparison> remembered;
  const Pair pair = {first.milli, static_cast<std::int64_t>(first.unit), second.milli,
                     static_cast<std::int64_t>(second.unit)};
  if (const auto known = remembered.find(pair); known != remembered.end()) return known->second;
  if (remembered.size() >= most_remembered) remembered.clear();
  return remembered.emplace(pair, walk()).first->second;
}

}  // namespace flowproof
