#include "base/unicode.hpp"

#include <gtest/gtest.h>

#include <random>

namespace flowproof {
namespace {

/// What skip_ordinary promises, one character at a time.
bool all_ordinary(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    if (point.length == 0 || kind_of(point.value) != CharacterKind::ordinary) return false;
    i += point.length;
  }
  return true;
}

TEST(SkipOrdinary, StopsAtEveryCharacterOfAnotherKind) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    const std::size_t size = text.size();
    for (const char* behind : {"", "ab", "一二三", "abcdefghijkl"}) {
      text.resize(size);
      text += behind;
      if (skip_ordinary(text) == text.size()) {
        ASSERT_EQ(kind_of(c), CharacterKind::ordinary) << code_point_name(c);
      } else {
        ASSERT_EQ(skip_ordinary(text), 0U) << code_point_name(c);
      }
      const bool gap = c == '\t' || c == '\n' || c == '\r';
      const bool mark = c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
      ASSERT_EQ(skip_printing(text), gap ? 0 : skip_ordinary(text)) << code_point_name(c);
      ASSERT_EQ(skip_unmarked(text), mark ? 0 : skip_printing(text)) << code_point_name(c);
      if (skip_plain(text) != 0) {
        ASSERT_LE(skip_plain(text), skip_printing(text)) << code_point_name(c);
        ASSERT_FALSE(c > 0x7F && c < 0x2180) << code_point_name(c);
      }
    }
  }
}

TEST(SkipUnmarked, StopsAtEachMarkAtEveryPlace) {
  for (const char mark : {'&', '<', '>', '"', '\'', '\n', '\x7F'}) {
    for (std::size_t before = 0; before < 40; ++before) {
      std::string text(before % 3, '%');
      for (std::size_t i = 0; i < before / 3; ++i) text += "→";
      const std::size_t place = text.size();
      ASSERT_EQ(skip_unmarked(text + mark + "受理 = ?#(;"), place) << mark << " at " << place;
    }
  }
}

/// Wherever it stands among others: sixteen bytes are looked at together.
TEST(SkipOrdinary, StopsAtThemAtEveryPlace) {
  for (const char32_t c : {U'\0', U'\x7F', U'\x85', U'\xAD', U'\u061C', U'\u180E', U'\u200B',
                           U'\u202E', U'\u2060', U'\uFEFF', U'\uFFFE', U'\U000E0020'}) {
    for (std::size_t before = 0; before < 40; ++before) {
      std::string text(before % 3, 'a');
      for (std::size_t i = 0; i < before / 3; ++i) text += "受";
      const std::size_t place = text.size();
      append_utf8(text, c);
      text += "受理决定书送达";
      ASSERT_EQ(skip_ordinary(text), place) << code_point_name(c) << " at " << place;
      ASSERT_EQ(skip_printing(text), place) << code_point_name(c) << " at " << place;
    }
  }
}

TEST(IsCombining, TellsMarksFromLetters) {
  for (const char32_t mark : {U'\u0301', U'\u05BF', U'\u064B', U'\u0E31', U'\u20DD', U'\u302A',
                              U'\u3099', U'\uFE0F', U'\U000E0100'}) {
    EXPECT_TRUE(is_combining(mark)) << code_point_name(mark);
  }
  for (const char32_t letter : {U'a', U'\u02FF', U'\u0370', U'\u05BE', U'\u05D0', U'\u0627',
                                U'\u0E01', U'\u20AC', U'\u3042', U'受', U'，', U'\U0001F600'}) {
    EXPECT_FALSE(is_combining(letter)) << code_point_name(letter);
  }
}

TEST(SkipPrinting, StopsAtTabsAndLineEnds) {
  for (const char gap : {'\t', '\n', '\r'}) {
    for (std::size_t before = 0; before < 40; ++before) {
      const std::string text = std::string(before, 'a') + gap + "受理决定书";
      ASSERT_EQ(skip_printing(text), before);
      ASSERT_EQ(skip_ordinary(text), text.size());
    }
  }
}

TEST(SkipOrdinary, PassesOverWhatPeopleWrite) {
  for (const std::string_view text :
       {"", "a", "<flow title=\"食品经营许可\">\r\n\t",
        "（一）“补正”：是／否、①②③ → 5～10个工作日…", "·×÷±°§ àéü Ω Я", "𠮷𫚥 😀", "；。？！《》"}) {
    EXPECT_EQ(skip_ordinary(text), text.size()) << text;
  }
}

TEST(SkipOrdinary, NeverPassesOverBytesThatAreNotUtf8) {
  std::mt19937 dice(7);
  static constexpr std::string_view pieces[] = {"a",    "plain ascii text",
                                                "一",   "工作日",
                                                "“",    "，",
                                                "\x80", "\xC2",
                                                "\xA0", "\xC2\xB7",
                                                "\xE2", "\x80",
                                                "\x8B", "\xEF",
                                                "\xBF", "\xBB",
                                                "\xE4", "\xF0\xA0\xAE\xB7",
                                                "\xF0", "\xED",
                                                "\xA0", "\xE0",
                                                "\x9F", "\x7F",
                                                "\n",   std::string_view{"\0", 1},
                                                "\xF4", "\x90",
                                                "\xE1", "\xA0\x8E",
                                                "\xD8", "\x9C"};
  for (int round = 0; round < 200'000; ++round) {
    std::string text;
    for (std::size_t n = 1 + dice() % 6; n > 0; --n) text += pieces[dice() % std::size(pieces)];
    const std::size_t at = skip_ordinary(text);
    ASSERT_LE(at, text.size());
    ASSERT_TRUE(all_ordinary(std::string_view(text).substr(0, at)));
    if (at < text.size()) {
      ASSERT_EQ(skip_ordinary(text, at), at);
    }
  }
}

}  // namespace
}  // namespace flowproof
