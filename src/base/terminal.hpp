// Text for a terminal: whatever a document or a file name holds, it cannot steer the terminal.
//
// Everything the program prints for people goes through TerminalText: control characters, bidi
// controls, invisible characters and broken bytes are shown as what they are ("<U+202E>", "<FF>");
// only a Style makes escape sequences.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace flowproof {

enum class Style { plain, strong, error, warning, info, mark, quiet };

/// Columns of a terminal a character takes: 2 for East Asian wide ones, 0 for combining marks.
[[nodiscard]] std::size_t terminal_columns(char32_t character);

/// What a character takes once it is made visible.
struct Extent {
  std::size_t columns = 0;
  std::size_t length = 1;  ///< bytes of the text
};
/// Pre: at < text.size(). A tab or line end is one blank; a byte that is not UTF-8 is by itself.
[[nodiscard]] Extent extent_at(std::string_view text, std::size_t at);
/// Columns a text takes once it is made visible.
[[nodiscard]] std::size_t terminal_columns(std::string_view text);

class TerminalText {
 public:
  explicit TerminalText(bool color) : color_(color) {}

  TerminalText& operator<<(std::string_view text);  ///< made visible
  TerminalText& ours(std::string_view text);        ///< a text of the program itself, as it is
  TerminalText& operator<<(std::size_t number);
  TerminalText& operator<<(Style style);
  TerminalText& line_end();
  TerminalText& blanks(std::size_t count);
  TerminalText& repeat(char character, std::size_t count);

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  bool color_;
  std::string out_;
};

}  // namespace flowproof
