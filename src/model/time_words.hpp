// The words of time limits: cuts a text into tokens for read_time_limit.
//
// The lexicon is one table (time_words.cpp); the longest word wins, so 工作日 is never 日 and 年级
// is never 年. Blanks vanish, except between two Latin or numeral characters, where they separate.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace flowproof {

enum class TokenKind : std::uint8_t {
  other,        ///< a character or Latin word without meaning here
  number,       ///< value: thousandths, or Token::fault
  half,         ///< 半
  counter,      ///< 个
  rough,        ///< 余, 多: after a number
  indefinite,   ///< 几, 数, 若干: no number at all
  unit,         ///< value: TimeUnit
  range,        ///< -, 至, 到, ~
  minus,        ///< a hyphen: a range between numbers, a sign before one
  link,         ///< between two numbers it makes the second doubtful: / , 、 :
  alternative,  ///< 或, 或者
  list,         ///< 和, 及: between the members of an exclusion
  comma,
  stop,  ///< 。 ; line end
  open,
  close,
  ordinal,            ///< 第
  instant,            ///< 当场, 即办
  instant_kind,       ///< 即办件: instant unless a number stands beside it
  not_instant,        ///< 不能当场: opens the other branch
  exclude,            ///< 不含 …: the object follows
  excluded,           ///< … 除外, … 不计入: the subject precedes
  except,             ///< 除 … 外
  outside,            ///< 外
  part,               ///< 其中, 含: times of parts of the limit
  extend,             ///< 延长, 顺延
  validity,           ///< 有效期
  about,              ///< 约: right before a number
  vague,              ///< 左右, 原则上
  least,              ///< 不少于: before a number
  above,              ///< 以上: after a number
  most,               ///< 内, 不超过, within: says nothing that is not understood anyway
  before,             ///< 前
  condition,          ///< 满: before a number
  every,              ///< 每
  batch,              ///< 批次, 定期
  times,              ///< 次: "一年一次"
  no_limit,           ///< 无明确规定
  start_open,         ///< 自, 从
  start_close,        ///< 之日起
  after,              ///< 后
  event_got,          ///< 收到
  event_application,  ///< 申请, 材料
  event_acceptance,   ///< 受理
  event_decision,     ///< 决定, 批准
  date,               ///< 年底, 月份, 周一
  itself,             ///< 本环节, 该时间: the limit spoken of
  plain,              ///< 时限, 办结, 但: adds nothing
};

struct Token {
  TokenKind kind = TokenKind::other;
  bool latin = false;  ///< letters or digits; touches its neighbours only without a blank
  bool blank_before = false;
  std::uint8_t fault = 0;  ///< NumeralFault of a number
  std::int64_t value = 0;
  std::uint32_t begin = 0;  ///< bytes of the text
  std::uint32_t end = 0;
};

struct Tokens {
  std::vector<Token> list;  ///< closed by a token of kind stop at the end of the text
  bool valid = true;        ///< false: not UTF-8
  bool numbers = false;     ///< a number occurs
  bool digits = false;      ///< an Arabic digit occurs
};

[[nodiscard]] Tokens tokenize(std::string_view text);

/// The whole text is one of the ways to write that there is no limit: 无, 暂无, "/", —.
[[nodiscard]] bool is_placeholder(std::string_view text);

}  // namespace flowproof
