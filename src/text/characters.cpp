#include "text/characters.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/unicode.hpp"

namespace flowproof::text {

namespace {

// U+0020 to U+007E, thousandths of an em.
constexpr std::array<std::uint16_t, 95> ascii_advances{
    256, 323, 474, 574, 555, 923, 779, 278, 364, 364, 478, 580, 327, 347, 327, 392, 636, 636,  636,
    636, 636, 636, 636, 636, 636, 636, 327, 327, 580, 580, 580, 474, 946, 718, 686, 698, 770,  652,
    629, 774, 853, 405, 535, 731, 625, 975, 796, 787, 641, 787, 715, 634, 659, 797, 714, 1053, 700,
    687, 685, 344, 392, 344, 580, 563, 606, 612, 638, 549, 634, 615, 388, 634, 663, 332, 311,  607,
    334, 974, 661, 611, 638, 634, 462, 520, 392, 653, 591, 838, 591, 591, 524, 374, 316, 374,  580};

struct Range {
  std::uint32_t first, last;
  float advance;
};

// What charts show by its name, as <U+202E>: it must not pass unseen.
constexpr float named = 5.3F;

// Sorted; what is in no row is 1 em wide. Blanks and joiners take no room.
constexpr Range ranges[] = {
    {0x0000, 0x001F, 0.0F},   {0x007F, 0x009F, named}, {0x00A0, 0x00A0, 0.256F},
    {0x00AD, 0x00AD, named},  {0x00B2, 0x00B3, 0.45F}, {0x00B9, 0x00B9, 0.45F},
    {0x00C0, 0x00DE, 0.8F},   {0x00DF, 0x00F6, 0.67F}, {0x00F8, 0x00FF, 0.67F},
    {0x0100, 0x02FF, 0.8F},   {0x0370, 0x0482, 0.85F}, {0x048A, 0x0590, 0.9F},
    {0x05BE, 0x060F, 0.7F},   {0x061B, 0x061B, 0.8F},  {0x061C, 0x061C, named},
    {0x061D, 0x06D5, 0.8F},   {0x0E01, 0x0E33, 0.75F}, {0x0E3F, 0x0E46, 0.75F},
    {0x1E00, 0x1EFF, 0.85F},  {0x200B, 0x200D, 0.0F},  {0x200E, 0x200F, named},
    {0x2028, 0x202E, named},  {0x2060, 0x2065, 0.0F},  {0x2066, 0x206F, named},
    {0xFEFF, 0xFEFF, named},  {0xFF61, 0xFFDC, 0.5F},  {0x1F000, 0x1FAFF, 1.3F},
    {0xE0000, 0xE00FF, 0.0F},
};

constexpr CharacterSet openings(U"（《〈“‘「『【〔［｛([{〖￥¥$#＃№");
constexpr CharacterSet closings(
    U"）》〉”’」』】〕］｝)]}〗、。，；：？！,.;:?!%％‰℃°…—·・～~ー々①②③④⑤⑥⑦⑧⑨⑩");
// What is counted: a number and the first character of its unit stay on one line.
constexpr CharacterSet counted_units(
    U"个日天月年周时分秒元件份次项条款号级类名人户套步环页万亿倍米吨%％℃度");
constexpr CharacterSet numerals(U"一二三四五六七八九十百千两零〇");

bool is_letter(std::uint32_t code) {
  return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_' ||
         code == '\'' || code == '-' || code == '/' || code == '@' || code == '&' ||
         (code >= 0xC0 && code < 0x2000 && !(code >= 0x0E00 && code < 0x0E80));
}

bool is_digit(std::uint32_t code) {
  return (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19);
}

Break kind_of(std::uint32_t code, float advance) {
  if (code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0x3000) {
    return Break::space;
  }
  if (is_digit(code)) return Break::digit;
  if (is_letter(code)) return Break::letter;
  if (openings.has(code)) return Break::opening;
  if (closings.has(code)) return Break::closing;
  return advance <= 0 ? Break::glue : Break::ideograph;
}

bool joins_number(std::uint32_t code) { return is_digit(code) || numerals.has(code); }

// 5个工作日, 三十日, 第四十五条, 2名以上 stay on one line: what belongs to the number becomes glue.
void glue_numbers(std::vector<Character>& all) {
  constexpr std::u32string_view working_day = U"个工作";
  constexpr CharacterSet sides(U"上下内外前后");
  bool joins = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::uint32_t code = all[i].code;
    if (code == U'以' && i > 0 && all[i - 1].kind == Break::glue && i + 1 < all.size() &&
        sides.has(all[i + 1].code)) {
      all[i].kind = all[i + 1].kind = Break::glue;
    }
    const bool joined = std::exchange(joins, joins_number(code));
    const bool after_number = joined || (i > 0 && all[i - 1].code == U'第') ||
                              (i > 1 && all[i - 1].code == '.' && is_digit(all[i - 2].code));
    if (after_number && (joins || counted_units.has(code))) {
      all[i].kind = Break::glue;
      if (code != working_day[0]) continue;
    } else if (!(after_number && code == working_day[1])) {
      continue;
    }
    // 个工作日, 工作日, 个月, 个小时
    const std::size_t from = code == working_day[0] ? i + 1 : i;
    static constexpr std::u32string_view tails[] = {U"工作日", U"工作小时", U"自然日",
                                                    U"日历天", U"小时",     U"月"};
    for (const std::u32string_view tail : tails) {
      if (from + tail.size() > all.size()) continue;
      const auto same = [](char32_t left, const Character& right) { return left == right.code; };
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
      if (!std::equal(tail.begin(), tail.end(), begin, same)) continue;
      for (std::size_t k = 0; k < tail.size(); ++k) all[from + k].kind = Break::glue;
      break;
    }
  }
}

}  // namespace

std::uint32_t next_code(std::string_view utf8, std::size_t& offset) {
  const CodePoint point = code_point_at(utf8, offset);
  offset += std::max<std::size_t>(point.length, 1);
  return point.length == 0 ? 0xFFFD : point.value;
}

float advance_of(std::uint32_t code) {
  if (code >= 0x4E00 && code < 0xA000) return 1;  // Chinese
  if (code >= 0x20 && code < 0x7F) return static_cast<float>(ascii_advances[code - 0x20]) / 1000;
  if (is_combining(code)) return 0;
  const auto row = std::upper_bound(std::begin(ranges), std::end(ranges), code,
                                    [](std::uint32_t c, const Range& r) { return c < r.first; });
  if (row == std::begin(ranges) || code > std::prev(row)->last) return 1;
  return std::prev(row)->advance;
}

std::vector<Character> characters_of(std::string_view utf8) {
  std::vector<Character> all;
  all.reserve(utf8.size() / 2);
  for (std::size_t offset = 0; offset < utf8.size();) {
    const auto begin = static_cast<std::uint32_t>(offset);
    const std::uint32_t code = next_code(utf8, offset);
    if (code >= 0x4E00 && code < 0xA000) {  // Chinese, in none of the tables
      all.push_back({begin, code, 1, Break::ideograph});
      continue;
    }
    const float advance = advance_of(code);
    all.push_back({begin, code, advance, kind_of(code, advance)});
  }
  glue_numbers(all);
  return all;
}

}  // namespace flowproof::text
