// Breaks a text into lines by the rules of Chinese typesetting (禁则), balanced and in linear time.
//
// Used by measure. No line begins with 、。，） or ends with （《; a number keeps its unit; 《…》
// and known words stay whole where they fit. A pause at the end of a line may hang over.
#pragma once

#include <string_view>
#include <vector>

#include "flowproof/layout.hpp"
#include "text/terms.hpp"

namespace flowproof::text {

struct LineStyle {
  double size = 10.5;  ///< font size
  bool muted = false;
  bool fewest = false;  ///< rather tear a word than take another line
};

struct BrokenText {
  std::vector<TextLine> lines;
  bool torn = false;  ///< through a word, or one character alone on a line
};

/// Lines no wider than `max_width`, broken between words and of about the same width: as few as
/// that allows. A piece that cannot be broken and is wider than `max_width` is broken between
/// characters.
[[nodiscard]] BrokenText break_lines(std::string_view utf8, double max_width, LineStyle style,
                                     const Terms& terms);

/// Without what of a pause at the end may hang over.
[[nodiscard]] double visible_width(const TextLine& line);

}  // namespace flowproof::text
