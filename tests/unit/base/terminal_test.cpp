#include "base/terminal.hpp"

#include <gtest/gtest.h>

namespace flowproof {
namespace {

std::string shown(std::string_view text) {
  TerminalText out(true);
  out << text;
  return out.take();
}

TEST(TerminalTest, ShowsOrdinaryTextAsItIs) { EXPECT_EQ(shown("受理 step 1"), "受理 step 1"); }

TEST(TerminalTest, NothingInATextSteersTheTerminal) {
  EXPECT_EQ(shown("a\x1b[31mb"), "a<U+001B>[31mb");
  EXPECT_EQ(shown("\x1b]52;c;eA==\x07"), "<U+001B>]52;c;eA==<U+0007>");
  EXPECT_EQ(shown("a\r\nb\tc"), "a  b c");
  EXPECT_EQ(shown("\u202Eabc"), "<U+202E>abc");
  EXPECT_EQ(shown("\u009B31m"), "<U+009B>31m");
  EXPECT_EQ(shown("a\u200Bb"), "a<U+200B>b");
  EXPECT_EQ(shown("\x7f"), "<U+007F>");
}

TEST(TerminalTest, ShowsBrokenBytes) {
  EXPECT_EQ(shown("\xff\xc0\xaf"), "<FF><C0><AF>");
  EXPECT_EQ(shown("\xe5\x8f"), "<E5><8F>");
}

TEST(TerminalTest, ColoursOnlyWhenAsked) {
  TerminalText plain(false);
  plain << Style::error << "x" << Style::plain;
  EXPECT_EQ(plain.take(), "x");
  TerminalText colored(true);
  colored << Style::error << "x" << Style::plain;
  EXPECT_EQ(colored.take(), "\x1b[1;31mx\x1b[0m");
}

TEST(TerminalTest, CountsColumns) {
  EXPECT_EQ(terminal_columns(U'a'), 1U);
  EXPECT_EQ(terminal_columns(U'受'), 2U);
  EXPECT_EQ(terminal_columns(U'，'), 2U);
  EXPECT_EQ(terminal_columns(U'\u0301'), 0U);
  EXPECT_EQ(terminal_columns(U'\U00020000'), 2U);
  EXPECT_EQ(terminal_columns(U'“'), 1U);
}

}  // namespace
}  // namespace flowproof
