// Code points of UTF-8 text and the kinds of characters that readers must not let pass unseen.
//
// Used by charset (whole files) and by the XML document (values with character references).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace flowproof {

struct CodePoint {
  char32_t value = 0;
  std::uint8_t length = 0;  ///< bytes; 0: not UTF-8 (overlong, surrogate, cut, > U+10FFFF)
};

/// The code point at `at`, strictly as RFC 3629. Pre: at < text.size().
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t at);

enum class CharacterKind : std::uint8_t {
  ordinary,
  forbidden,   ///< not allowed in XML 1.0: NUL, C0, U+FFFE, U+FFFF
  control,     ///< allowed but invisible: DEL, C1, U+2028, U+2029, soft hyphen
  bidi,        ///< reorders what a reader sees (CVE-2021-42574)
  zero_width,  ///< U+200B-D, U+2060, U+180E, tags U+E0000..
  byte_order_mark,
};
[[nodiscard]] CharacterKind kind_of(char32_t character);

/// Marks of Latin, Greek, Cyrillic, Hebrew, Arabic, Thai and Japanese text and of symbols, and
/// variation selectors: they belong to the character before them and take no room.
[[nodiscard]] bool is_combining(char32_t character);

/// The first place at or after `at` that may hold something else than an ordinary character in
/// UTF-8: bytes that are not, a character of another kind, or a rare one that was not looked into.
/// text.size() if there is none. Most of what this project reads is ordinary, so this is quick.
[[nodiscard]] std::size_t skip_ordinary(std::string_view text, std::size_t at = 0);
/// The same, but a tab or a line end is not passed over either.
[[nodiscard]] std::size_t skip_printing(std::string_view text, std::size_t at = 0);
/// The same, but none of & < > " ' is passed over either: what is passed stands for itself in XML.
[[nodiscard]] std::size_t skip_unmarked(std::string_view text, std::size_t at = 0);
/// The first place that may hold something else than printing ASCII, Chinese, arrows or full-width
/// forms; it may stop early.
[[nodiscard]] std::size_t skip_plain(std::string_view text);

/// "U+202E"
[[nodiscard]] std::string code_point_name(char32_t character);

void append_utf8(std::string& out, char32_t character);

}  // namespace flowproof
