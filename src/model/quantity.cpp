#include <array>

#include "flowproof/time_limit.hpp"

namespace flowproof {

namespace {

struct UnitNames {
  TimeUnit unit;
  std::string_view zh, one, many;
};

constexpr std::array<UnitNames, 9> unit_names{{
    {TimeUnit::minute, "分钟", " minute", " minutes"},
    {TimeUnit::working_hour, "个工作小时", " working hour", " working hours"},
    {TimeUnit::hour, "小时", " hour", " hours"},
    {TimeUnit::working_day, "个工作日", " working day", " working days"},
    {TimeUnit::day, "日", " day", " days"},
    {TimeUnit::natural_day, "个自然日", " calendar day", " calendar days"},
    {TimeUnit::week, "周", " week", " weeks"},
    {TimeUnit::month, "个月", " month", " months"},
    {TimeUnit::year, "年", " year", " years"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < unit_names.size(); ++i) {
    if (static_cast<std::size_t>(unit_names[i].unit) != i) return false;
  }
  return true;
}
static_assert(in_order());

std::string decimal(std::int64_t milli) {
  const bool negative = milli < 0;
  const std::uint64_t size =
      negative ? 0 - static_cast<std::uint64_t>(milli) : static_cast<std::uint64_t>(milli);
  std::string text;
  if (negative) text.push_back('-');
  text.append(std::to_string(size / 1000));
  if (size % 1000 == 0) return text;
  std::string decimals = std::to_string(1000 + size % 1000);
  decimals.front() = '.';  // the 1 that kept the leading zeros
  decimals.erase(decimals.find_last_not_of('0') + 1);
  text.append(decimals);
  return text;
}

const UnitNames& names_of(TimeUnit unit) { return unit_names[static_cast<std::size_t>(unit)]; }

}  // namespace

std::string quantity_zh(const Quantity& quantity) {
  return decimal(quantity.milli).append(names_of(quantity.unit).zh);
}

std::string quantity_en(const Quantity& quantity) {
  const UnitNames& names = names_of(quantity.unit);
  return decimal(quantity.milli).append(quantity.milli == 1000 ? names.one : names.many);
}

}  // namespace flowproof
