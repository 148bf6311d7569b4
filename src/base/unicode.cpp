#include "base/unicode.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace flowproof {

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::uint8_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - at < length) return {lead, 0};
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {lead, 0};
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  static constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least[length] || value > 0x10FFFF || surrogate) return {lead, 0};
  return {value, length};
}

namespace {

struct Range {
  char32_t first, last;
  CharacterKind kind;
};

// Sorted. U+0085 NEL is a control here: XML 1.0 does not end lines at it, some editors do.
constexpr Range special_ranges[] = {
    {0x00, 0x08, CharacterKind::forbidden},      {0x0B, 0x0C, CharacterKind::forbidden},
    {0x0E, 0x1F, CharacterKind::forbidden},      {0x7F, 0x9F, CharacterKind::control},
    {0xAD, 0xAD, CharacterKind::control},        {0x061C, 0x061C, CharacterKind::bidi},
    {0x180E, 0x180E, CharacterKind::zero_width}, {0x200B, 0x200D, CharacterKind::zero_width},
    {0x200E, 0x200F, CharacterKind::bidi},       {0x2028, 0x2029, CharacterKind::control},
    {0x202A, 0x202E, CharacterKind::bidi},       {0x2060, 0x2064, CharacterKind::zero_width},
    {0x2066, 0x206F, CharacterKind::bidi},       {0xFEFF, 0xFEFF, CharacterKind::byte_order_mark},
    {0xFFFE, 0xFFFF, CharacterKind::forbidden},  {0xE0000, 0xE007F, CharacterKind::zero_width},
};

}  // namespace

CharacterKind kind_of(char32_t character) {
  const auto* found = std::find_if(std::begin(special_ranges), std::end(special_ranges),
                                   [&](const Range& range) { return character <= range.last; });
  if (found == std::end(special_ranges) || character < found->first) return CharacterKind::ordinary;
  return found->kind;
}

std::string code_point_name(char32_t character) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                 static_cast<std::uint32_t>(character), 16)
                       .ptr;
  std::string hex(digits.data(), end);
  std::transform(hex.begin(), hex.end(), hex.begin(),
                 [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
  return "U+" + std::string(hex.size() < 4 ? 4 - hex.size() : 0, '0') + hex;
}

void append_utf8(std::string& out, char32_t character) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (character < 0x80) return put(character);
  if (character < 0x800) {
    put(0xC0 | (character >> 6U));
  } else {
    if (character < 0x10000) {
      put(0xE0 | (character >> 12U));
    } else {
      put(0xF0 | (character >> 18U));
      put(0x80 | ((character >> 12U) & 0x3FU));
    }
    put(0x80 | ((character >> 6U) & 0x3FU));
  }
  put(0x80 | (character & 0x3FU));
}

}  // namespace flowproof
