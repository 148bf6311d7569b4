#include "report/excerpt.hpp"

#include <gtest/gtest.h>

#include "report/places.hpp"

namespace flowproof {
namespace {

std::string drawn(std::string_view source, std::uint32_t offset, std::uint32_t length) {
  const Excerpt excerpt = excerpt_of(source, {offset, length, {}});
  return excerpt.text + "\n" + std::string(excerpt.mark_column, ' ') + "^" +
         std::string(excerpt.mark_width - 1, '~');
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST(ExcerptTest, MarksTheSpanInItsLine) {
  EXPECT_EQ(drawn("first\n  <step id=\"a\"/>\nlast", 9, 4),
            "  <step id=\"a\"/>\n"
            "   ^~~~");
}

TEST(ExcerptTest, ChineseCharactersTakeTwoColumns) {
  EXPECT_EQ(drawn("text=\"受理\"", 6, 6),
            "text=\"受理\"\n"
            "      ^~~~");
  EXPECT_EQ(drawn("受理 x", 7, 1),
            "受理 x\n"
            "     ^");
}

TEST(ExcerptTest, MarksAPointAtTheEnd) {
  EXPECT_EQ(drawn("abc", 3, 0), "abc\n   ^");
  EXPECT_EQ(drawn("", 0, 0), "\n^");
  EXPECT_EQ(drawn("abc\n", 99, 5), "\n^");
}

TEST(ExcerptTest, AMarkStaysInItsLine) { EXPECT_EQ(drawn("ab\ncd", 1, 4), "ab\n ^"); }

TEST(ExcerptTest, CutsALongLineAroundTheSpan) {
  const std::string line = repeated("受", 1000) + "X" + repeated("理", 1000);
  const Excerpt excerpt = excerpt_of(line, {3000, 1, {}});
  EXPECT_EQ(excerpt.text, "…" + repeated("受", 20) + "X" + repeated("理", 19) + "…");
  EXPECT_EQ(excerpt.mark_column, 41U);
  EXPECT_EQ(excerpt.mark_width, 1U);
}

TEST(ExcerptTest, ShowsTheBeginningOfALongLineWhenTheSpanIsThere) {
  const std::string line = "id=" + repeated("x", 500);
  const Excerpt excerpt = excerpt_of(line, {3, 500, {}});
  EXPECT_EQ(excerpt.text, "id=" + repeated("x", 77) + "…");
  EXPECT_EQ(excerpt.mark_column, 3U);
  EXPECT_EQ(excerpt.mark_width, 77U);
}

TEST(ExcerptTest, ALineThatFitsIsShownWhole) {
  const std::string line = repeated("x", 79) + "!";
  EXPECT_EQ(excerpt_of(line, {79, 1, {}}).text, line);
}

TEST(ExcerptTest, ManyMarksOnOneBaseDoNotGrowIt) {
  const std::string line = "a" + repeated("\u0301", 100000) + "b";
  EXPECT_LE(excerpt_of(line, {0, 1, {}}).text.size(), 400U);
}

TEST(ExcerptTest, ShowsBytesThatAreNotText) {
  EXPECT_EQ(drawn("a\xffz", 1, 1),
            "a<FF>z\n"
            " ^~~~");
}

TEST(PlacesTest, AgreesWithPlaceOfEverywhere) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += i % 7 == 0 ? "受理\r\n" : i % 11 == 0 ? "\r" : "ab\n c";
  const Sources sources{{"a", text}};
  Places places(sources);
  for (std::uint32_t offset = 0; offset <= text.size() + 2; offset += 13) {
    EXPECT_EQ(places.at({offset, 0, {}}), place_of(text, offset)) << offset;
  }
}

}  // namespace
}  // namespace flowproof
