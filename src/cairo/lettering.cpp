#include "cairo/lettering.hpp"

#include <algorithm>
#include <string>

#include "base/unicode.hpp"
#include "cairo/font_folders.hpp"
#include "cairo/shaping.hpp"
#include "cairo/writers.hpp"

namespace flowproof::cairo {

namespace {

template <class Visit>
void for_each_text(std::span<const Scene> scenes, const Visit& visit) {
  for (const Scene& scene : scenes) {
    for (const ScenePage& page : scene.pages) {
      for (const Group& group : page.groups) {
        for (const Item& item : group.items) {
          if (const auto* text = std::get_if<TextItem>(&item)) visit(scene, text->text);
        }
      }
    }
  }
}

std::vector<char32_t> characters_of(std::span<const Scene> scenes) {
  std::vector<char32_t> all;
  for_each_text(scenes, [&](const Scene& /*scene*/, const std::string& text) {
    for (std::size_t i = 0; i < text.size();) {
      const CodePoint point = code_point_at(text, i);
      all.push_back(point.length == 0 ? 0xFFFD : point.value);
      i += std::max<std::size_t>(point.length, 1);
    }
  });
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

// Where a character stands: the chart, and the first lines of it that help to find it.
struct Places {
  std::string title;
  std::vector<std::string> lines;
};

Places places_of(std::span<const Scene> scenes, char32_t character) {
  constexpr std::size_t most_lines = 3;
  std::string wanted;
  append_utf8(wanted, character);
  Places places;
  for_each_text(scenes, [&](const Scene& scene, const std::string& text) {
    std::vector<std::string>& lines = places.lines;
    if (lines.size() == most_lines || text.find(wanted) == std::string::npos) return;
    if (lines.empty()) places.title = scene.title;
    if (std::find(lines.begin(), lines.end(), text) == lines.end()) lines.push_back(text);
  });
  return places;
}

Error missing_glyphs(std::span<const Scene> scenes, const std::vector<char32_t>& missing) {
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
  const Places places = places_of(scenes, missing.front());
  return {ErrorKind::input,
          {{"没有字体含有“{title}”中的这些字符：{characters}，见“{lines}”；可用 --font 指定字体",
            "no font has these characters of '{title}': {characters}, as in '{lines}'; name a font "
            "that has them with --font"},
           {{"title", places.title}, {"characters", names}, {"lines", places.lines}}}};
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
  const bool selects_variant = (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
  return kind_of(c) != CharacterKind::ordinary || selects_variant || c < 0x20 || c == 0x034F;
}

namespace {

struct Share {
  const FontFile* file;
  std::vector<char32_t> characters;
};

// Which font draws which characters, by order of first use.
Result<std::vector<Share>> shares_of(FontChain& chain, std::span<const Scene> scenes) {
  std::vector<Share> shares;
  std::vector<char32_t> missing;
  for (const char32_t character : characters_of(scenes)) {
    const FontFile* file = chain.font_for(character);
    if (file == nullptr) {
      if (chain.empty()) return no_font();
      missing.push_back(character);
      continue;
    }
    auto share = std::find_if(shares.begin(), shares.end(),
                              [&](const Share& known) { return known.file == file; });
    if (share == shares.end()) share = shares.insert(share, {file, {}});
    share->characters.push_back(character);
  }
  if (!missing.empty()) return missing_glyphs(scenes, missing);
  return shares;
}

Result<FontChain> chain_for(std::span<const Scene> scenes, const WriteOptions& options) {
  return FontChain::create(scenes.empty() ? Typeface::sans : scenes.front().typeface, options);
}

}  // namespace

Result<Lettering> Lettering::prepare(std::span<const Scene> scenes, const WriteOptions& options) {
  Result<FontChain> chain = chain_for(scenes, options);
  if (!chain) return chain.error();
  const Result<std::vector<Share>> shares = shares_of(*chain, scenes);
  if (!shares) return shares.error();
  Lettering lettering;
  for (const Share& share : *shares) {
    if (Result<Done> done = lettering.embed(*share.file, share.characters); !done) {
      return done.error();
    }
  }
  return lettering;
}

Result<std::vector<std::string>> font_subsets(const Scene& scene, const WriteOptions& options) {
  const std::span<const Scene> scenes(&scene, 1);
  Result<FontChain> chain = chain_for(scenes, options);
  if (!chain) return chain.error();
  const Result<std::vector<Share>> shares = shares_of(*chain, scenes);
  if (!shares) return shares.error();
  std::vector<std::string> files;
  for (const Share& share : *shares) {
    const bool shaping =
        std::any_of(share.characters.begin(), share.characters.end(), needs_shaping);
    const HbPlan plan = plan_subset(share.file->face(), share.characters, shaping);
    const HbFace subset(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
    if (!subset) return broken_font();
    const HbBlob bytes(hb_face_reference_blob(subset.get()));
    unsigned size = 0;
    const char* start = hb_blob_get_data(bytes.get(), &size);
    files.emplace_back(start, size);
  }
  return files;
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
