#include "base/terminal.hpp"

#include <algorithm>

#include "base/unicode.hpp"

namespace flowproof {

namespace {

struct Range {
  char32_t first, last;
};

// Sorted. Unicode 14 EastAsianWidth W and F, and the planes of Chinese characters; neighbours
// joined across unassigned code points.
constexpr Range wide_ranges[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
    {0x23F0, 0x23F0},   {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},
    {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},
    {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x27BF, 0x27BF},
    {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
    {0x3041, 0x3247},   {0x3250, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7AF},   {0xF900, 0xFAFF},   {0xFE10, 0xFE1F},   {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x1B2FF}, {0x1F004, 0x1F004},
    {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320},
    {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA},
    {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E},
    {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E},
    {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4},
    {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6DF},
    {0x1F6EB, 0x1F6FF}, {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945},
    {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
};

bool is_wide(char32_t character) {
  const Range* found =
      std::lower_bound(std::begin(wide_ranges), std::end(wide_ranges), character,
                       [](const Range& range, char32_t value) { return range.last < value; });
  return found != std::end(wide_ranges) && character >= found->first;
}

bool is_gap(char byte) { return byte == '\t' || byte == '\n' || byte == '\r'; }

// The character at `at`, or what is wrong with it.
std::string visible_at(std::string_view text, std::size_t at) {
  const CodePoint point = code_point_at(text, at);
  if (point.length == 0) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(text[at]);
    return {'<', digits[byte >> 4U], digits[byte & 15U], '>'};
  }
  if (is_gap(text[at])) return " ";
  if (kind_of(point.value) != CharacterKind::ordinary) {
    return "<" + code_point_name(point.value) + ">";
  }
  return std::string(text.substr(at, point.length));
}

// SGR sequences, by Style.
constexpr std::string_view sequences[] = {"\x1b[0m",    "\x1b[1m",    "\x1b[1;31m", "\x1b[1;35m",
                                          "\x1b[1;36m", "\x1b[1;32m", "\x1b[2m"};

}  // namespace

std::size_t terminal_columns(char32_t character) {
  if (character < 0x300) return 1;
  if (character >= 0x4E00 && character < 0xA000) return 2;  // Chinese
  if (is_combining(character)) return 0;
  return is_wide(character) ? 2 : 1;
}

std::size_t terminal_columns(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Extent extent = extent_at(text, i);
    columns += extent.columns;
    i += extent.length;
  }
  return columns;
}

Extent extent_at(std::string_view text, std::size_t at) {
  if (text[at] >= ' ' && text[at] <= '~') return {1, 1};
  const CodePoint point = code_point_at(text, at);
  if (point.length > 0 && kind_of(point.value) == CharacterKind::ordinary) {
    return {is_gap(text[at]) ? 1 : terminal_columns(point.value), point.length};
  }
  return {visible_at(text, at).size(), std::max<std::size_t>(point.length, 1)};
}

TerminalText& TerminalText::operator<<(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = skip_printing(text, i);
    out_.append(text, i, end - i);
    i = end;
    if (i == text.size()) break;
    out_ += visible_at(text, i);
    i += extent_at(text, i).length;
  }
  return *this;
}

TerminalText& TerminalText::ours(std::string_view text) {
  out_ += text;
  return *this;
}

TerminalText& TerminalText::operator<<(std::size_t number) {
  out_ += std::to_string(number);
  return *this;
}

TerminalText& TerminalText::operator<<(Style style) {
  if (color_) out_ += sequences[static_cast<std::size_t>(style)];
  return *this;
}

TerminalText& TerminalText::line_end() {
  out_ += '\n';
  return *this;
}

TerminalText& TerminalText::blanks(std::size_t count) { return repeat(' ', count); }

TerminalText& TerminalText::repeat(char character, std::size_t count) {
  out_.append(count, character);
  return *this;
}

}  // namespace flowproof
