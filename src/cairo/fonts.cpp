#include "cairo/fonts.hpp"

#include <hb-ot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "cairo/font_folders.hpp"

namespace flowproof::cairo {

namespace {

std::string family_of(hb_face_t* face) {
  std::array<char, 256> text{};
  unsigned size = text.size();
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_FONT_FAMILY, hb_language_from_string("en", 2), &size,
                      text.data());
  return std::string(text.data(), size);
}

// Of the faces of a collection the one with the forms of simplified Chinese.
unsigned chinese_face(hb_blob_t* blob, unsigned faces) {
  for (unsigned i = 0; faces > 1 && i < faces; ++i) {
    const HbFace face(hb_face_create(blob, i));
    const std::string family = family_of(face.get());
    if (family.ends_with(" SC") || family.ends_with(" CN")) return i;
  }
  return 0;
}

bool has_table(hb_face_t* face, hb_tag_t tag) {
  const HbBlob table(hb_face_reference_table(face, tag));
  return hb_blob_get_length(table.get()) > 0;
}

// Fonts of pictures (emoji) have characters but nothing a document can embed.
bool has_outlines(hb_face_t* face) {
  return has_table(face, HB_TAG('g', 'l', 'y', 'f')) || has_table(face, HB_TAG('C', 'F', 'F', ' '));
}

// In units of weight; a slanted font is further off than any upright one.
double distance_from_regular(hb_face_t* face) {
  constexpr double regular = 400, slanted = 1000;
  const HbFont font(hb_font_create(face));
  return std::abs(double{hb_style_get_value(font.get(), HB_STYLE_TAG_WEIGHT)} - regular) +
         (hb_style_get_value(font.get(), HB_STYLE_TAG_ITALIC) > 0 ||
                  hb_style_get_value(font.get(), HB_STYLE_TAG_SLANT_ANGLE) != 0
              ? slanted
              : 0);
}

Error font_missing(const std::string& name) {
  return {ErrorKind::usage,
          {{"找不到字体“{font}”", "cannot find the font '{font}'"}, {{"font", name}}}};
}

// A font the user asked for: a file, or the name of a family or file in the font folders.
Result<std::string> resolve(const std::string& wanted, const std::vector<std::string>& folders,
                            std::vector<std::string>& all) {
  std::error_code error;
  if (std::filesystem::is_regular_file(wanted, error)) return wanted;
  if (wanted.find('/') != std::string::npos) return font_missing(wanted);
  if (all.empty()) all = all_fonts(folders);
  const std::string name = simplified(wanted);
  if (name.empty()) return font_missing(wanted);
  for (const std::string& path : all) {
    const std::filesystem::path file(path);
    if (simplified(file.stem().string()) == name) return path;
    if (file.filename().string() == wanted) return path;
  }
  const std::string* nearest = nullptr;
  double least = 0;
  for (const std::string& path : all) {
    const std::optional<double> distance = FontFile::distance(path, name);
    if (!distance || (nearest != nullptr && *distance >= least)) continue;
    nearest = &path;
    least = *distance;
    if (least <= 0) break;
  }
  if (nearest == nullptr) return font_missing(wanted);
  return *nearest;
}

}  // namespace

std::string simplified(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c + 32);
    } else if (c != ' ' && c != '-' && c != '_') {
      out += c;
    }
  }
  return out;
}

std::unique_ptr<FontFile> FontFile::open(const std::string& path) {
  const HbBlob blob(hb_blob_create_from_file_or_fail(path.c_str()));
  if (!blob) return nullptr;
  const unsigned faces = hb_face_count(blob.get());
  if (faces == 0) return nullptr;
  auto file = std::make_unique<FontFile>();
  file->face_.reset(hb_face_create(blob.get(), chinese_face(blob.get(), faces)));
  if (!has_outlines(file->face_.get())) return nullptr;
  file->font_.reset(hb_font_create(file->face_.get()));
  return file;
}

hb_codepoint_t FontFile::glyph(char32_t character) const {
  hb_codepoint_t glyph = 0;
  return hb_font_get_nominal_glyph(font_.get(), character, &glyph) != 0 ? glyph : 0;
}

double FontFile::advance(hb_codepoint_t glyph) const {
  const unsigned em = std::max(hb_face_get_upem(face_.get()), 1U);
  return static_cast<double>(hb_font_get_glyph_h_advance(font_.get(), glyph)) / em;
}

std::optional<double> FontFile::distance(const std::string& path, std::string_view name) {
  std::optional<double> least;
  const HbBlob blob(hb_blob_create_from_file_or_fail(path.c_str()));
  if (!blob) return least;
  for (unsigned i = 0; i < hb_face_count(blob.get()); ++i) {
    const HbFace face(hb_face_create(blob.get(), i));
    unsigned count = 0;
    const hb_ot_name_entry_t* entries = hb_ot_name_list_names(face.get(), &count);
    for (unsigned k = 0; k < count; ++k) {
      const hb_ot_name_id_t id = entries[k].name_id;
      const bool own = id == HB_OT_NAME_ID_FULL_NAME || id == HB_OT_NAME_ID_POSTSCRIPT_NAME;
      if (!own && id != HB_OT_NAME_ID_FONT_FAMILY) continue;
      std::array<char, 256> text{};
      unsigned size = text.size();
      hb_ot_name_get_utf8(face.get(), id, entries[k].language, &size, text.data());
      if (simplified({text.data(), size}) != name) continue;
      const double distance = own ? 0 : distance_from_regular(face.get());
      least = std::min(least.value_or(distance), distance);
    }
  }
  return least;
}

Result<FontChain> FontChain::create(Typeface typeface, const WriteOptions& options) {
  FontChain chain;
  chain.typeface_ = typeface;
  chain.folders_ = font_folders(options);
  std::vector<std::string> all;
  for (const std::string& wanted : options.fonts) {
    Result<std::string> path = resolve(wanted, chain.folders_, all);
    if (!path) return path.error();
    if (FontFile::open(*path) == nullptr) {
      return Error{ErrorKind::input,
                   {{"“{font}”不是可用的字体文件", "'{font}' is not a usable font file"},
                    {{"font", *path}}}};
    }
    chain.paths_.push_back(*std::move(path));
  }
  return chain;
}

const FontFile* FontChain::open_next() {
  while (true) {
    if (next_ == paths_.size()) {
      if (source_ == Source::everywhere) return nullptr;
      const bool first = source_ == Source::wanted;
      source_ = first ? Source::known : Source::everywhere;
      for (std::string& path : first ? known_fonts(typeface_, folders_) : all_fonts(folders_)) {
        const bool listed = std::find(paths_.begin(), paths_.end(), path) != paths_.end();
        if (!listed) paths_.push_back(std::move(path));
      }
      continue;
    }
    if (auto font = FontFile::open(paths_[next_++])) {
      opened_.push_back(std::move(font));
      return opened_.back().get();
    }
  }
}

const FontFile* FontChain::font_for(char32_t character) {
  for (const auto& font : opened_) {
    if (font->glyph(character) != 0) return font.get();
  }
  while (const FontFile* font = open_next()) {
    if (font->glyph(character) != 0) return font;
  }
  return nullptr;
}

bool FontChain::empty() { return opened_.empty() && open_next() == nullptr; }

}  // namespace flowproof::cairo
