// The characters of the scenes to be written, each with its glyph in a font cut down to what is
// used.
//
// Fonts are cut down with HarfBuzz before Cairo sees them: Cairo would read a whole CJK font (19
// MB) to embed fifty glyphs of it.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "cairo/fonts.hpp"
#include "cairo/handles.hpp"
#include "flowproof/result.hpp"
#include "flowproof/writer.hpp"

namespace flowproof::cairo {

struct Glyph {
  std::size_t font = 0;     ///< for Lettering::face
  unsigned long index = 0;  ///< in the cut-down font
  double advance = 0;       ///< in em
};

class Lettering {
 public:
  /// An error names the characters that no font has.
  static Result<Lettering> prepare(std::span<const Scene> scenes, const WriteOptions& options);

  /// Null for characters that are not drawn (joiners, variation selectors).
  [[nodiscard]] const Glyph* find(char32_t character) const;
  [[nodiscard]] cairo_font_face_t* face(std::size_t font) const { return fonts_[font].cairo.get(); }
  /// For scripts that need shaping; null if the font draws none of them.
  [[nodiscard]] hb_font_t* shaper(std::size_t font) const { return fonts_[font].shaper.get(); }

 private:
  Result<Done> embed(const FontFile& file, const std::vector<char32_t>& characters);

  struct Font {
    FontFace cairo;
    HbFont shaper;
  };

  std::vector<Font> fonts_;
  std::unordered_map<char32_t, Glyph> glyphs_;
};

/// Characters without a picture of their own, which need no glyph.
[[nodiscard]] bool is_ignorable(char32_t character);

}  // namespace flowproof::cairo
