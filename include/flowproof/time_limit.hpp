// Time limits as people write them: "5个工作日", "自受理之日起二十日内", "当场办结".
//
// read_time_limit is the only parser of limits in the program; flows, guides, profiles and portal
// records all go through it. What is not a duration is `not_comparable` with a reason, never a
// guess. Units are never converted into one another here (行政许可法 82, 民法典 200-204).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flowproof {

enum class TimeUnit : std::uint8_t {
  minute,        ///< 分钟
  working_hour,  ///< 工作小时
  hour,          ///< 小时
  working_day,   ///< 工作日
  day,           ///< 日, 天: working or natural depends on the law that uses it
  natural_day,   ///< 自然日, 日历日
  week,
  month,
  year,
};

/// An exact amount of time: thousandths of one unit.
struct Quantity {
  std::int64_t milli = 0;
  TimeUnit unit = TimeUnit::working_day;

  friend bool operator==(const Quantity&, const Quantity&) = default;
};

enum class LimitForm : std::uint8_t {
  absent,          ///< nothing written
  none,            ///< 无, 暂无, "/", 无明确规定: there is no limit, and that is said
  instant,         ///< 当场, 即办: zero
  amount,          ///< a number and a unit
  not_counted,     ///< 不计入 …, without a number
  not_comparable,  ///< words that are no duration; see `reason`
};

enum class NotComparable : std::uint8_t {
  none,
  no_unit,         ///< a bare number
  several_values,  ///< "法定办理时限20日,本流程12日"
  recurring,       ///< 每月15日前, 批次办理
  calendar_date,  ///< 2024年5月1日前, 有效期届满30日前, 年内: a date, or counted back from one
  minimum,       ///< "不少于7日": a least time without an upper bound; see `lower`
  no_number,     ///< words without a number: 及时, 尽快, 十几天
  out_of_range,  ///< negative, more than three decimals, or more than 36,500 days
  unreadable,
};

/// From which event the limit runs, when the text says so.
enum class LimitStart : std::uint8_t { unsaid, receipt, acceptance, decision, other };

struct TimeLimit {
  LimitForm form = LimitForm::absent;
  Quantity amount = {};                ///< the upper bound; 0 when instant
  std::optional<Quantity> lower = {};  ///< "3-5个工作日", "当场或者在五日内" (0)
  std::optional<Quantity> extension = {};  ///< "20日,经批准可以延长10日": 10, not part of `amount`
  LimitStart start = LimitStart::unsaid;
  bool ordinal = false;  ///< "自受理后第15个工作日": a cumulative deadline, not a duration
  bool counted = true;   ///< false: "2个工作日,不包含在审批时限内"
  bool vague = false;    ///< 约, 左右, 原则上
  NotComparable reason = NotComparable::none;
  std::vector<std::string> exclusions = {};  ///< "不含专家论证时间" -> 专家论证时间, as written

  /// True if `amount` is a number that may be compared.
  [[nodiscard]] bool has_amount() const {
    return form == LimitForm::amount || form == LimitForm::instant;
  }
  friend bool operator==(const TimeLimit&, const TimeLimit&) = default;
};

/// Reads one limit. `unit` is the unit of a separate field (portal tables) or a column header; it
/// applies to a bare number and must agree with a unit in the text. Source: domain table in
/// docs/time-limits.md.
[[nodiscard]] TimeLimit read_time_limit(std::string_view text, std::string_view unit = {});

/// "5个工作日" / "5 working days", in the user's language.
[[nodiscard]] std::string quantity_zh(const Quantity& quantity);
[[nodiscard]] std::string quantity_en(const Quantity& quantity);

}  // namespace flowproof
