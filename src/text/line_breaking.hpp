// Breaks a text into lines by the rules of Chinese typesetting (禁则), balanced and in linear time.
//
// Used by measure. No line begins with 、。，） or ends with （《; a number keeps its unit; 《…》
// and words stay whole where they fit.
#pragma once

#include <string_view>
#include <vector>

#include "flowproof/layout.hpp"

namespace flowproof::text {

struct LineStyle {
  double size = 10.5;  ///< font size
  bool muted = false;
};

/// As few lines as `max_width` allows, of about the same width. A piece that cannot be broken and
/// is wider than `max_width` is broken between characters.
[[nodiscard]] std::vector<TextLine> break_lines(std::string_view utf8, double max_width,
                                                LineStyle style);

}  // namespace flowproof::text
