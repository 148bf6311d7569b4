#include "cli/calendar_option.hpp"

#include "base/file.hpp"
#include "cli/arguments.hpp"
#include "flowproof/readers.hpp"

namespace flowproof::cli {

// A calendar is configuration: whatever is wrong with it is a wrong use.
Result<std::optional<Calendar>> open_calendar(const std::string& path) {
  constexpr std::size_t most_bytes = 16U << 20;
  if (path.empty()) return std::optional<Calendar>();
  Result<std::string> bytes = read_file(path, most_bytes);
  Error error;
  if (bytes) {
    const Decoded decoded = decode(path, *std::move(bytes), {});
    Result<Calendar> calendar = read_calendar(decoded.source, published_calendar());
    if (calendar) return std::optional<Calendar>(*std::move(calendar));
    error = std::move(calendar).error();
  } else {
    error = std::move(bytes).error();
  }
  error.kind = ErrorKind::usage;
  return error;
}

Result<std::optional<Date>> read_accepted_on(const std::string& text, const Calendar* own) {
  if (text.empty()) return std::optional<Date>();
  const std::optional<Date> date = read_date(text);
  if (!date) {
    return usage_error({"--accepted-on 要写成 YYYY-MM-DD：“{date}”",
                        "--accepted-on takes a date like 2026-01-30, not '{date}'"},
                       {{"date", text}});
  }
  const Calendar& calendar = own != nullptr ? *own : published_calendar();
  if (calendar.covers(*date)) return date;
  return usage_error({"日历只有 {first} 至 {last} 年，没有 {date}；用 --calendar 补充",
                      "the calendar has {first} to {last}, not {date}; add years with --calendar"},
                     {{"first", std::int64_t{calendar.first_year()}},
                      {"last", std::int64_t{calendar.last_year()}},
                      {"date", text}});
}

}  // namespace flowproof::cli
