// Font files: opened without fontconfig, asked which characters they have.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cairo/handles.hpp"
#include "flowproof/writer.hpp"

namespace flowproof::cairo {

/// One face of a font file, mapped into memory.
class FontFile {
 public:
  /// Of a collection the face for simplified Chinese is taken. Null if it is no font.
  [[nodiscard]] static std::unique_ptr<FontFile> open(const std::string& path);

  /// Glyph of a character; 0 if the font has none.
  [[nodiscard]] hb_codepoint_t glyph(char32_t character) const;
  /// Advance in em.
  [[nodiscard]] double advance(hb_codepoint_t glyph) const;
  [[nodiscard]] hb_face_t* face() const { return face_.get(); }
  /// How far the font that goes by a simplified name is from it: 0 if the name is that of this very
  /// font, more the further a font of that family is from upright and regular. Nothing if no font
  /// in the file has the name.
  [[nodiscard]] static std::optional<double> distance(const std::string& path,
                                                      std::string_view name);

 private:
  HbFace face_;
  HbFont font_;
};

/// "Noto Sans CJK SC" and "notosanscjksc" are one name: lower case letters and digits, Chinese as
/// it is.
[[nodiscard]] std::string simplified(std::string_view name);

/// Fonts in the order they are asked for a character. Files are opened one after the other, only
/// when the former ones lack something.
class FontChain {
 public:
  static Result<FontChain> create(Typeface typeface, const WriteOptions& options);

  /// The first font that has the character; null if none has.
  [[nodiscard]] const FontFile* font_for(char32_t character);
  /// No font could be opened at all.
  [[nodiscard]] bool empty();

 private:
  const FontFile* open_next();

  std::vector<std::string> paths_;
  std::size_t next_ = 0;
  std::vector<std::unique_ptr<FontFile>> opened_;
  std::vector<std::string> folders_;
  Typeface typeface_ = Typeface::sans;
  // How far the list of paths goes: fonts asked for, then known ones, then any font at all.
  enum class Source : std::uint8_t { wanted, known, everywhere } source_ = Source::wanted;
};

}  // namespace flowproof::cairo
