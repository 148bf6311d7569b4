// From a line of text to glyphs in visual order.
//
// Chinese, Latin and the like map one character to one glyph. Scripts whose letters join, stack or
// run from right to left (Uyghur, Tibetan, Mongolian …) are ordered by FriBidi and shaped by
// HarfBuzz.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cairo/handles.hpp"
#include "cairo/lettering.hpp"

namespace flowproof::cairo {

/// Glyphs of one font, left to right, and which bytes each cluster of them stands for.
struct GlyphRun {
  std::size_t font = 0;
  std::string bytes = {};
  std::vector<cairo_glyph_t> glyphs = {};  ///< x from the start of the run, y 0
  std::vector<cairo_text_cluster_t> clusters = {};
  bool backward = false;  ///< clusters run from the last glyph to the first
  double advance = 0;
};

/// Runs from left to right.
[[nodiscard]] std::vector<GlyphRun> shape(const Lettering& lettering, std::string_view text,
                                          double size);

/// Characters that one glyph each would draw wrongly.
[[nodiscard]] bool needs_shaping(char32_t character);

}  // namespace flowproof::cairo
