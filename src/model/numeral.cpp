#include "model/numeral.hpp"

#include <algorithm>
#include <iterator>

namespace flowproof {

namespace {

/// What a character is worth: a digit, or a power of ten that multiplies what stands before it.
struct Worth {
  char32_t character;
  std::int32_t value;
  bool multiplies;
};

constexpr Worth worths[] = {
    {U'〇', 0, false},   {U'零', 0, false},    {U'○', 0, false},     {U'一', 1, false},
    {U'二', 2, false},   {U'两', 2, false},    {U'三', 3, false},    {U'四', 4, false},
    {U'五', 5, false},   {U'六', 6, false},    {U'七', 7, false},    {U'八', 8, false},
    {U'九', 9, false},   {U'壹', 1, false},    {U'贰', 2, false},    {U'貳', 2, false},
    {U'弍', 2, false},   {U'叁', 3, false},    {U'參', 3, false},    {U'肆', 4, false},
    {U'伍', 5, false},   {U'陆', 6, false},    {U'陸', 6, false},    {U'柒', 7, false},
    {U'捌', 8, false},   {U'玖', 9, false},    {U'兩', 2, false},    {U'十', 10, true},
    {U'拾', 10, true},   {U'百', 100, true},   {U'佰', 100, true},   {U'千', 1000, true},
    {U'仟', 1000, true}, {U'万', 10000, true}, {U'萬', 10000, true}, {U'亿', 100000000, true},
};

constexpr Numeral malformed{0, NumeralFault::malformed};
constexpr std::int64_t most = 1'000'000'000;  // far beyond every limit, far from overflow

const Worth* worth_of(char32_t character) {
  const auto* found = std::find_if(std::begin(worths), std::end(worths),
                                   [&](const Worth& w) { return w.character == character; });
  return found == std::end(worths) ? nullptr : found;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// A decimal fraction: at most three digits that matter. "2.10" is refused: as likely item 2 of a
// list followed by 10.
Numeral with_decimals(std::int64_t whole, const std::u32string& decimals) {
  const std::size_t last = decimals.find_last_not_of(U'0');
  if (last == std::u32string::npos) return {whole * 1000, NumeralFault::none};
  if (last + 1 != decimals.size()) return malformed;
  if (decimals.size() > 3) return {0, NumeralFault::too_fine};
  std::int64_t milli = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    milli = milli * 10 + (i < decimals.size() ? static_cast<std::int64_t>(decimals[i] - U'0') : 0);
  }
  return {whole * 1000 + milli, NumeralFault::none};
}

Numeral read_digits(std::u32string_view run) {
  const std::size_t point = std::min(run.find(U'.'), run.size());
  std::int64_t whole = 0;
  for (const char32_t c : run.substr(0, point)) {
    if (!is_digit(c)) return malformed;
    whole = std::min(most + 1, whole * 10 + static_cast<std::int64_t>(c - U'0'));
  }
  if (whole > most) return {0, NumeralFault::too_large};
  if (point == run.size()) return {whole * 1000, NumeralFault::none};
  const std::u32string decimals(run.substr(point + 1));
  if (point == 0 || decimals.empty() || !std::all_of(decimals.begin(), decimals.end(), is_digit)) {
    return malformed;
  }
  return with_decimals(whole, decimals);
}

// 二〇二四, 二〇: digits one after another. Two bare digits (三五) also mean "three to five".
Numeral read_positional(std::u32string_view run) {
  std::int64_t value = 0;
  bool zero = false;
  for (const char32_t c : run) {
    const std::int32_t digit = worth_of(c)->value;
    zero = zero || digit == 0;
    value = std::min(most + 1, value * 10 + digit);
  }
  if (run.size() == 2 && !zero) return malformed;
  if (value > most) return {0, NumeralFault::too_large};
  return {value * 1000, NumeralFault::none};
}

/// One pass over 一千零二十五 with 万 and 亿 closing a section.
class Sections {
 public:
  // False if the characters do not make a number.
  bool take(const Worth& w) {
    if (w.multiplies) return w.value >= 10000 ? close(w.value) : multiply(w.value);
    if (digit_ > 0) return false;
    // After 百 and above a unit may be left out in speech (一百五 is 150): only 零 makes it clear.
    if (w.value == 0 && smallest_ == ten_thousand && section_ == 0 && total_ == 0) return false;
    zero_ = zero_ || w.value == 0;
    digit_ = w.value == 0 ? -1 : w.value;
    return true;
  }
  [[nodiscard]] Numeral finish() const {
    if (digit_ > 0 && !zero_ && smallest_ > 10 && (section_ > 0 || total_ > 0)) return malformed;
    const std::int64_t value = total_ + section_ + (digit_ > 0 ? digit_ : 0);
    if (value > most) return {0, NumeralFault::too_large};
    return {value * 1000, NumeralFault::none};
  }

 private:
  bool multiply(std::int32_t power) {
    if (power >= smallest_) return false;
    if (digit_ < 0) {  // only ten may stand without a digit: 十五, 一百十五
      if (power != 10) return false;
      digit_ = 1;
    }
    section_ += digit_ * power;
    smallest_ = power;
    digit_ = -1;
    zero_ = false;
    return true;
  }
  bool close(std::int32_t power) {
    const std::int64_t value = section_ + (digit_ > 0 ? digit_ : 0);
    if (value == 0 || power >= last_close_ || total_ > 0) return false;
    total_ = std::min(value, most) * power;
    section_ = 0;
    smallest_ = ten_thousand;
    last_close_ = power;
    digit_ = -1;
    zero_ = false;
    return true;
  }

  static constexpr std::int32_t ten_thousand = 10000;
  std::int64_t total_ = 0;
  std::int64_t section_ = 0;
  std::int32_t smallest_ = ten_thousand;
  std::int32_t last_close_ = 1'000'000'000;
  std::int32_t digit_ = -1;  // pending; -1: none
  bool zero_ = false;
};

// 廿, 卅, 卌 are two characters in one.
std::u32string spelled_out(std::u32string_view run) {
  std::u32string text;
  for (const char32_t c : run) {
    switch (c) {
      case U'廿':
        text += U"二十";
        break;
      case U'卅':
        text += U"三十";
        break;
      case U'卌':
        text += U"四十";
        break;
      default:
        text += c;
    }
  }
  return text;
}

Numeral read_chinese_whole(std::u32string_view run) {
  const bool positional = std::none_of(run.begin(), run.end(), [](char32_t c) {
    const Worth* w = worth_of(c);
    return w == nullptr || w->multiplies;
  });
  if (positional) return read_positional(run);
  Sections sections;
  for (const char32_t c : run) {
    const Worth* w = worth_of(c);
    if (w == nullptr || !sections.take(*w)) return malformed;
  }
  return sections.finish();
}

}  // namespace

bool is_numeral(char32_t c) {
  return is_digit(c) || c == U'廿' || c == U'卅' || c == U'卌' || worth_of(c) != nullptr;
}

Numeral read_numeral(std::u32string_view run) {
  if (run.size() > 32) return {0, NumeralFault::too_large};
  if (run.size() > 1 && run[0] == U'零' && is_digit(run[1])) run.remove_prefix(1);  // 1年零6个月
  if (run.empty()) return malformed;
  if (is_digit(run[0])) return read_digits(run);
  const std::size_t point = run.find(U'点');
  if (point == std::u32string_view::npos) return read_chinese_whole(spelled_out(run));
  const Numeral whole = read_chinese_whole(spelled_out(run.substr(0, point)));
  if (whole.fault != NumeralFault::none || point == 0 || point + 1 == run.size()) return malformed;
  std::u32string decimals;
  for (const char32_t c : run.substr(point + 1)) {
    const Worth* w = worth_of(c);
    if (w == nullptr || w->multiplies) return malformed;
    decimals += static_cast<char32_t>(U'0' + w->value);
  }
  return with_decimals(whole.milli / 1000, decimals);
}

}  // namespace flowproof
