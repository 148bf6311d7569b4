#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "flowproof/calendar.hpp"
#include "model/calendar_table.hpp"

namespace flowproof {

namespace {

using Json = nlohmann::json;
using std::chrono::days;
using std::chrono::December;
using std::chrono::January;
using std::chrono::year;
using std::chrono::year_month_day;

int year_of(Date date) { return int{year_month_day{date}.year()}; }

/// One run "02-18..02-24" of the table, '<' marking the year before.
std::pair<Date, Date> read_run(std::string_view run, int notice) {
  const auto read_day = [&](std::string_view day) {
    const int of = day.starts_with('<') ? notice - 1 : notice;
    if (day.starts_with('<')) day.remove_prefix(1);
    const std::optional<Date> date = read_date(std::to_string(of).append("-").append(day));
    assert(date && "the table is generated");
    return date.value_or(Date{});
  };
  const std::size_t dots = run.find("..");
  const Date first = read_day(run.substr(0, dots));
  return {first, dots == std::string_view::npos ? first : read_day(run.substr(dots + 2))};
}

void add_runs(std::string_view runs, bool off, int notice, std::vector<DayChange>& changes) {
  while (!runs.empty()) {
    const std::size_t end = std::min(runs.find(' '), runs.size());
    const auto [first, last] = read_run(runs.substr(0, end), notice);
    for (Date date = first; date <= last; date += days{1}) changes.push_back({date, off, notice});
    runs.remove_prefix(std::min(end + 1, runs.size()));
  }
}

Calendar calendar_of_table() {
  std::vector<DayChange> changes;
  for (const HolidayNotice& notice : holiday_notices()) {
    add_runs(notice.off, true, notice.year, changes);
    add_runs(notice.working, false, notice.year, changes);
  }
  return Calendar(holiday_notices().front().year, holiday_notices().back().year,
                  std::move(changes));
}

/// Reads year files; the first defect ends it.
class CalendarReader {
 public:
  CalendarReader(const SourceText& source, const Calendar& base) : source_(source), base_(base) {}

  Result<Calendar> read() {
    Result<Json> json = parse();
    if (!json) return std::move(json).error();
    // Never copied: the library copies nested values by recursion.
    if (!json->is_array()) {
      if (std::optional<Error> fault = take_notice(*json)) return *std::move(fault);
      return merged();
    }
    for (const Json& notice : *json) {
      if (std::optional<Error> fault = take_notice(notice)) return *std::move(fault);
    }
    return merged();
  }

 private:
  [[nodiscard]] Error error(LocalizedText text, Arguments arguments) const {
    arguments.push_back({"path", source_.path});
    return {ErrorKind::usage, {text, std::move(arguments)}};
  }
  [[nodiscard]] Error date_error(LocalizedText text, Date date) const {
    return error(text, {{"date", date_text(date)}});
  }

  // The library throws at the first byte that is no JSON; a name twice in one object would be lost.
  Result<Json> parse() const {
    std::vector<std::set<std::string>> names;
    std::string twice;
    const auto watch = [&](int, Json::parse_event_t event, Json& value) {
      if (event == Json::parse_event_t::object_start) names.emplace_back();
      if (event == Json::parse_event_t::object_end) names.pop_back();
      if (event == Json::parse_event_t::key &&
          !names.back().insert(value.get_ref<const std::string&>()).second && twice.empty()) {
        twice = value.get_ref<const std::string&>();
      }
      return true;
    };
    try {
      Json json = Json::parse(source_.text, watch);
      if (twice.empty()) return Result<Json>(std::move(json));
      return error({"日历文件“{path}”的一个对象里有两个“{name}”",
                    "an object of the calendar file '{path}' has '{name}' twice"},
                   {{"name", twice}});
    } catch (const Json::parse_error& failure) {
      const auto offset = static_cast<std::uint32_t>(failure.byte == 0 ? 0 : failure.byte - 1);
      const Place place = place_of(source_.text, offset);
      return error({"日历文件“{path}”第 {line} 行第 {column} 列不是 JSON",
                    "the calendar file '{path}' is not JSON at line {line}, column {column}"},
                   {{"line", std::int64_t{place.line}}, {"column", std::int64_t{place.column}}});
    }
  }

  static const Json* member(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
  }

  std::optional<Error> take_notice(const Json& notice) {
    const Json* number = notice.is_object() ? member(notice, "year") : nullptr;
    const Json* list = notice.is_object() ? member(notice, "days") : nullptr;
    if (number == nullptr || list == nullptr || !number->is_number_integer() || !list->is_array()) {
      return error({"日历文件“{path}”里缺少整数“year”或数组“days”",
                    "the calendar file '{path}' lacks an integer 'year' or an array 'days'"},
                   {});
    }
    constexpr std::int64_t first_possible = 1949;
    constexpr std::int64_t last_possible = 2999;
    // get<> would wrap an unsigned number beyond the signed ones.
    const auto wanted = number->is_number_unsigned() && number->get<std::uint64_t>() > last_possible
                            ? last_possible + 1
                            : number->get<std::int64_t>();
    if (wanted < first_possible || wanted > last_possible) {
      return error({"日历文件“{path}”的年份不在 1949 到 2999 之间",
                    "a year of the calendar file '{path}' is not between 1949 and 2999"},
                   {});
    }
    const auto notice_year = static_cast<int>(wanted);
    if (!years_.insert(notice_year).second) {
      return error({"日历文件“{path}”两次给出 {year} 年",
                    "the calendar file '{path}' gives the year {year} twice"},
                   {{"year", wanted}});
    }
    if (list->empty()) {
      return error({"日历文件“{path}”的 {year} 年没有任何日期，节假日安排可能尚未公布",
                    "the year {year} of the calendar file '{path}' has no days; its holidays may "
                    "not be published yet"},
                   {{"year", wanted}});
    }
    for (const Json& day : *list) {
      if (std::optional<Error> fault = take_day(day, notice_year)) return fault;
    }
    return std::nullopt;
  }

  std::optional<Error> take_day(const Json& day, int notice) {
    const Json* text = day.is_object() ? member(day, "date") : nullptr;
    const Json* off = day.is_object() ? member(day, "isOffDay") : nullptr;
    if (text == nullptr || off == nullptr || !text->is_string() || !off->is_boolean()) {
      return error({"日历文件“{path}”{year} 年有一天缺少“date”或“isOffDay”",
                    "a day of {year} in the calendar file '{path}' lacks 'date' or 'isOffDay'"},
                   {{"year", std::int64_t{notice}}});
    }
    const auto& spelled = text->get_ref<const std::string&>();
    const std::optional<Date> date = read_date(spelled);
    if (!date) {
      return error({"日历文件“{path}”里的“{date}”不是日期",
                    "'{date}' in the calendar file '{path}' is no date"},
                   {{"date", spelled}});
    }
    const bool december_before = *date >= Date{year{notice - 1} / December / 1};
    if (year_of(*date) != notice && !(december_before && year_of(*date) == notice - 1)) {
      return error({"日历文件“{path}”把 {date} 算在 {year} 年",
                    "the calendar file '{path}' puts {date} into the year {year}"},
                   {{"date", spelled}, {"year", std::int64_t{notice}}});
    }
    const auto [seen, added] = seen_.try_emplace(*date, off->get<bool>());
    if (!added && seen->second != off->get<bool>()) {
      return date_error({"日历文件“{path}”说 {date} 既休息又上班",
                         "the calendar file '{path}' says {date} is both off and worked"},
                        *date);
    }
    if (!added) {
      return date_error(
          {"日历文件“{path}”两次列出 {date}", "the calendar file '{path}' lists {date} twice"},
          *date);
    }
    changes_.push_back({*date, off->get<bool>(), notice});
    return std::nullopt;
  }

  Result<Calendar> merged() {
    if (years_.empty()) {
      return error({"日历文件“{path}”没有年份", "the calendar file '{path}' has no year"}, {});
    }
    const int first = std::min(base_.first_year(), *years_.begin());
    const int last = std::max(base_.last_year(), *years_.rbegin());
    for (int y = first; y <= last; ++y) {
      if (years_.contains(y) || (y >= base_.first_year() && y <= base_.last_year())) continue;
      return error({"日历文件“{path}”与已知年份之间缺少 {year} 年",
                    "between the calendar file '{path}' and the known years {year} is missing"},
                   {{"year", std::int64_t{y}}});
    }
    const auto replaced = [&](const DayChange& change) {
      return years_.contains(change.notice) || seen_.contains(change.date);
    };
    std::remove_copy_if(base_.changes().begin(), base_.changes().end(),
                        std::back_inserter(changes_), replaced);
    return Calendar(first, last, std::move(changes_));
  }

  const SourceText& source_;
  const Calendar& base_;
  std::set<int> years_;
  std::map<Date, bool> seen_;
  std::vector<DayChange> changes_;
};

}  // namespace

const Calendar& published_calendar() {
  static const Calendar calendar = calendar_of_table();
  return calendar;
}

Result<Calendar> read_calendar(const SourceText& source, const Calendar& base) {
  return CalendarReader(source, base).read();
}

}  // namespace flowproof
