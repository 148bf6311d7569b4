// The piece of a source line that a finding is about, cut to fit a terminal.
//
// Used by text_report. Works on lines of any length in time that does not depend on it.
#pragma once

#include <string>
#include <string_view>

#include "flowproof/source.hpp"

namespace flowproof {

struct Excerpt {
  std::string text;             ///< made visible, at most 80 columns and a mark at each cut end
  std::size_t mark_column = 0;  ///< columns before the span
  std::size_t mark_width = 1;   ///< columns of the part of the span that is shown, at least 1
};

[[nodiscard]] Excerpt excerpt_of(std::string_view source, const Span& span);

}  // namespace flowproof
