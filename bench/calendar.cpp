// Compares the built-in calendar, day by day, with year files of holiday-cn, and prints the worst
// and best stretches of working days.
//
//   flowproof_bench_calendar FILE.json …
//
// Exit 1 if any day differs. Years that a file does not publish are left out.
#include "flowproof/calendar.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

namespace {

using flowproof::Date;

// Read without the program's own reader: "date": "…" followed by "isOffDay": true|false.
void read_days(const std::string& text, std::map<Date, bool>& off) {
  for (std::size_t at = text.find("\"date\""); at != std::string::npos;
       at = text.find("\"date\"", at + 1)) {
    const std::size_t quote = text.find('"', text.find(':', at));
    const std::size_t flag = text.find(':', text.find("\"isOffDay\"", at));
    if (quote == std::string::npos || flag == std::string::npos) return;
    const auto date = flowproof::read_date(std::string_view(text).substr(quote + 1, 10));
    if (date) off[*date] = text.compare(text.find_first_not_of(' ', flag + 1), 4, "true") == 0;
  }
}

}  // namespace

int main(int argc, char** argv) {
  using namespace flowproof;
  using std::chrono::days;
  const Calendar& calendar = published_calendar();
  std::map<Date, bool> off;
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    if (!file) {
      std::cerr << "cannot open " << argv[i] << '\n';
      return 3;
    }
    read_days(std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>()),
              off);
  }
  std::size_t compared = 0;
  std::size_t different = 0;
  const Date first{std::chrono::year{calendar.first_year()} / 1 / 1};
  for (Date date = first; calendar.covers(date); date += days{1}) {
    const auto listed = off.find(date);
    const unsigned weekday = std::chrono::weekday{date}.c_encoding();
    const bool is_off = listed != off.end() ? listed->second : weekday == 0 || weekday == 6;
    ++compared;
    if (is_off == !calendar.is_working_day(date)) continue;
    ++different;
    std::cout << date_text(date) << " differs\n";
  }
  std::cout << compared << " days compared with " << off.size() << " listed ones, " << different
            << " differ\n";
  for (const std::int64_t n : {5, 10, 15, 20, 30, 45, 60}) {
    const auto spread = calendar.spread({n * 1000, TimeUnit::working_day});
    if (!spread) continue;
    std::cout << n << " working days: " << spread->least << " to " << spread->most
              << " calendar days, most from " << date_text(spread->most_from) << '\n';
  }
  return different == 0 ? 0 : 1;
}
