// One amount of time inside a text: "3-5个工作日", "五（5）日", "一个半月", "第15个工作日".
//
// Made from the tokens of time_words, used by read_time_limit, which decides what it is an amount
// of.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "flowproof/time_limit.hpp"
#include "model/time_words.hpp"

namespace flowproof {

/// What an amount in the text is, apart from the limit itself.
enum class MentionRole : std::uint8_t {
  limit,
  aside,      ///< belongs to the start event, a condition, a validity or a part: not the limit
  exclusion,  ///< "公示7日不计入": it does not count
  extension,
};

struct Mention {
  std::size_t begin = 0;  ///< tokens [begin, end)
  std::size_t end = 0;
  Quantity upper = {};
  std::optional<Quantity> lower = {};
  bool has_unit = false;
  bool instant = false;  ///< 当场: no number at all
  bool ordinal = false;
  bool vague = false;
  bool least = false;        ///< 不少于, 以上
  bool within_year = false;  ///< "1年内"
  bool date = false;         ///< 5月1日; 3月 alone keeps its number in `upper`
  NotComparable fault = NotComparable::none;
  MentionRole role = MentionRole::limit;
  LimitStart start = LimitStart::unsaid;
};

/// The mention that begins at token `at`, a number or 半; nothing if none does.
[[nodiscard]] std::optional<Mention> read_mention(const std::vector<Token>& tokens, std::size_t at);

/// More than a hundred years, or less than nothing.
[[nodiscard]] bool out_of_range(const Quantity& quantity);

}  // namespace flowproof
