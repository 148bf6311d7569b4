#include "cairo/lettering.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "base/unicode.hpp"
#include "cairo/font_folders.hpp"
#include "cairo/shaping.hpp"

namespace flowproof::cairo {

namespace {

std::vector<char32_t> characters_of(std::span<const Scene> scenes) {
  std::vector<char32_t> all;
  for (const Scene& scene : scenes) {
    for (const ScenePage& page : scene.pages) {
      for (const Group& group : page.groups) {
        for (const Item& item : group.items) {
          const auto* text = std::get_if<TextItem>(&item);
          if (text == nullptr) continue;
          for (std::size_t i = 0; i < text->text.size();) {
            const CodePoint point = code_point_at(text->text, i);
            all.push_back(point.length == 0 ? 0xFFFD : point.value);
            i += std::max<std::size_t>(point.length, 1);
          }
        }
      }
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::erase_if(all, is_ignorable);
  return all;
}

Error no_font() {
  return {ErrorKind::input,
          {{"没有找到可用的字体（Debian 软件包：{package}）",
            "no font was found (Debian package: {package})"},
           {{"package", std::string(recommended_package)}}}};
}

Error missing_glyphs(const std::vector<char32_t>& missing) {
  constexpr std::size_t most_named = 20;
  std::vector<std::string> names;
  for (const char32_t character : missing) {
    if (names.size() == most_named) {
      names.emplace_back("…");
      break;
    }
    std::string name;
    if (kind_of(character) == CharacterKind::ordinary) append_utf8(name, character);
    names.push_back(name + " (" + code_point_name(character) + ')');
  }
  return {ErrorKind::input,
          {{"没有字体含有这些字符：{characters}", "no font has these characters: {characters}"},
           {{"characters", names}}}};
}

Error broken_font() {
  return {ErrorKind::input, {{"字体文件已损坏", "a font file is damaged"}, {}}};
}

// The characters and what is needed to draw them; tables for shaping only where it is done.
HbPlan plan_subset(hb_face_t* face, const std::vector<char32_t>& characters, bool shaping) {
  const HbInput input(hb_subset_input_create_or_fail());
  if (!input) return nullptr;
  hb_set_t* wanted = hb_subset_input_unicode_set(input.get());
  for (const char32_t character : characters) hb_set_add(wanted, character);
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
  hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  const auto drop = [&](std::initializer_list<const char*> tables) {
    for (const char* table : tables) hb_set_add(dropped, hb_tag_from_string(table, 4));
  };
  drop({"BASE", "DSIG", "VORG", "gasp", "kern", "morx", "vhea", "vmtx"});
  if (!shaping) drop({"GDEF", "GPOS", "GSUB"});
  return HbPlan(hb_subset_plan_create_or_fail(face, input.get()));
}

// What a Cairo font is made from. It lives as long as that font, which Cairo keeps in a cache by
// the address of the face: freed too early, the next font at that address would be taken for this
// one. Each has its own library, because faces of one library may not be freed by two threads.
struct FontData {
  HbBlob bytes;
  Library library;
  Face face;
};

FontFace cairo_face(HbBlob bytes) {
  static const cairo_user_data_key_t key{};
  auto data = std::make_unique<FontData>();
  data->bytes = std::move(bytes);
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) return nullptr;
  data->library.reset(library);
  unsigned size = 0;
  const char* start = hb_blob_get_data(data->bytes.get(), &size);
  FT_Face face = nullptr;
  if (FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(start),
                         static_cast<FT_Long>(size), 0, &face) != 0) {
    return nullptr;
  }
  data->face.reset(face);
  FontFace font(cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING));
  const auto destroy = [](void* owned) { delete static_cast<FontData*>(owned); };
  if (cairo_font_face_set_user_data(font.get(), &key, data.get(), destroy) ==
      CAIRO_STATUS_SUCCESS) {
    static_cast<void>(data.release());
  }
  return font;
}

}  // namespace

bool is_ignorable(char32_t c) {
  return c == 0xAD || c == 0x034F || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
         (c >= 0xE0000 && c <= 0xE0FFF) || c < 0x20;
}

Result<Lettering> Lettering::prepare(std::span<const Scene> scenes, const WriteOptions& options) {
  const Typeface typeface = scenes.empty() ? Typeface::sans : scenes.front().typeface;
  Result<FontChain> chain = FontChain::create(typeface, options);
  if (!chain) return chain.error();
  std::map<std::size_t, std::vector<char32_t>> wanted;  // by order of first use
  std::vector<const FontFile*> files;
  std::vector<char32_t> missing;
  for (const char32_t character : characters_of(scenes)) {
    const FontFile* file = chain->font_for(character);
    if (file == nullptr) {
      if (chain->empty()) return no_font();
      missing.push_back(character);
      continue;
    }
    const auto known = std::find(files.begin(), files.end(), file);
    wanted[static_cast<std::size_t>(known - files.begin())].push_back(character);
    if (known == files.end()) files.push_back(file);
  }
  if (!missing.empty()) return missing_glyphs(missing);

  Lettering lettering;
  for (const auto& [file, characters] : wanted) {
    if (Result<Done> done = lettering.embed(*files[file], characters); !done) return done.error();
  }
  return lettering;
}

Result<Done> Lettering::embed(const FontFile& file, const std::vector<char32_t>& characters) {
  const bool shaping = std::any_of(characters.begin(), characters.end(), needs_shaping);
  const HbPlan plan = plan_subset(file.face(), characters, shaping);
  const HbFace subset(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
  if (!subset) return broken_font();
  Font font{cairo_face(HbBlob(hb_face_reference_blob(subset.get()))), nullptr};
  if (!font.cairo) return broken_font();
  if (shaping) font.shaper.reset(hb_font_create(subset.get()));
  const hb_map_t* renumbered = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  for (const char32_t character : characters) {
    const hb_codepoint_t glyph = file.glyph(character);
    glyphs_[character] = {fonts_.size(), hb_map_get(renumbered, glyph), file.advance(glyph)};
  }
  fonts_.push_back(std::move(font));
  return Done{};
}

const Glyph* Lettering::find(char32_t character) const {
  const auto found = glyphs_.find(character);
  return found == glyphs_.end() ? nullptr : &found->second;
}

}  // namespace flowproof::cairo
