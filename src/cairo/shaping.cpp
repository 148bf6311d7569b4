#include "cairo/shaping.hpp"

#include <fribidi.h>

#include <algorithm>
#include <iterator>

#include "base/unicode.hpp"

namespace flowproof::cairo {

namespace {

struct Letter {
  char32_t character = 0;
  std::size_t font = 0;
  const Glyph* glyph = nullptr;  ///< null: nothing to draw by itself
};

std::vector<Letter> letters_of(const Lettering& lettering, std::string_view text) {
  std::vector<Letter> letters;
  std::size_t font = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    const char32_t character = point.length == 0 ? 0xFFFD : point.value;
    const Glyph* glyph = lettering.find(character);
    if (glyph != nullptr) font = glyph->font;
    letters.push_back({character, font, glyph});
    i += std::max<std::size_t>(point.length, 1);
  }
  return letters;
}

using Letters = std::vector<Letter>::const_iterator;

GlyphRun plain_run(Letters first, Letters last, double size) {
  GlyphRun run{.font = first->font};
  for (auto letter = first; letter != last; ++letter) {
    if (letter->glyph == nullptr) continue;
    run.glyphs.push_back({letter->glyph->index, run.advance, 0});
    const std::size_t before = run.bytes.size();
    append_utf8(run.bytes, letter->character);
    run.clusters.push_back({static_cast<int>(run.bytes.size() - before), 1});
    run.advance += letter->glyph->advance * size;
  }
  return run;
}

using Buffer = std::unique_ptr<hb_buffer_t, Destroy<hb_buffer_destroy>>;

// HarfBuzz numbers clusters by their first byte; Cairo wants the lengths of both sides.
void add_clusters(GlyphRun& run, const std::vector<unsigned>& starts) {
  for (std::size_t i = 0; i < starts.size();) {
    std::size_t next = i + 1;
    while (next < starts.size() && starts[next] == starts[i]) ++next;
    const std::size_t end = next < starts.size() ? starts[next] : run.bytes.size();
    run.clusters.push_back({static_cast<int>(end - starts[i]), static_cast<int>(next - i)});
    i = next;
  }
}

GlyphRun shaped_run(Letters first, Letters last, hb_font_t* font, bool leftward, double size) {
  GlyphRun run{.font = first->font, .backward = leftward};
  for (auto letter = first; letter != last; ++letter) append_utf8(run.bytes, letter->character);
  const Buffer buffer(hb_buffer_create());
  hb_buffer_add_utf8(buffer.get(), run.bytes.data(), static_cast<int>(run.bytes.size()), 0, -1);
  hb_buffer_set_direction(buffer.get(), leftward ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_set_language(buffer.get(), hb_language_from_string("und", -1));
  hb_buffer_guess_segment_properties(buffer.get());
  hb_shape(font, buffer.get(), nullptr, 0);
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
  const double unit = size / std::max(hb_face_get_upem(hb_font_get_face(font)), 1U);
  std::vector<unsigned> starts;
  for (unsigned i = 0; i < count; ++i) {
    run.glyphs.push_back({infos[i].codepoint, run.advance + positions[i].x_offset * unit,
                          -positions[i].y_offset * unit});
    run.advance += positions[i].x_advance * unit;
    starts.push_back(infos[i].cluster);
  }
  if (leftward) std::reverse(starts.begin(), starts.end());
  add_clusters(run, starts);
  return run;
}

std::vector<FriBidiLevel> levels_of(const std::vector<Letter>& letters) {
  std::vector<FriBidiChar> characters;
  for (const Letter& letter : letters) characters.push_back(letter.character);
  const auto count = static_cast<FriBidiStrIndex>(characters.size());
  std::vector<FriBidiCharType> types(letters.size());
  std::vector<FriBidiBracketType> brackets(letters.size());
  std::vector<FriBidiLevel> levels(letters.size());
  fribidi_get_bidi_types(characters.data(), count, types.data());
  fribidi_get_bracket_types(characters.data(), count, types.data(), brackets.data());
  FriBidiParType base = FRIBIDI_PAR_ON;
  if (fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), count, &base,
                                          levels.data()) == 0) {
    std::fill(levels.begin(), levels.end(), FriBidiLevel{0});
  }
  return levels;
}

// Rule L2 of the Unicode Bidirectional Algorithm (UAX #9), on runs.
void order_visually(std::vector<GlyphRun>& runs, std::vector<FriBidiLevel>& levels) {
  const int highest = levels.empty() ? 0 : *std::max_element(levels.begin(), levels.end());
  for (int level = highest; level > 0; --level) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
      std::size_t end = i;
      while (end < levels.size() && levels[end] >= level) ++end;
      const auto from = static_cast<std::ptrdiff_t>(i), to = static_cast<std::ptrdiff_t>(end);
      std::reverse(runs.begin() + from, runs.begin() + to);
      std::reverse(levels.begin() + from, levels.begin() + to);
      i = std::max(i, end);
    }
  }
}

struct Range {
  char32_t first, last;
};

// Hebrew to Myanmar; Hangul Jamo; Philippine scripts to Mongolian; Limbu to Vedic; Indic and other
// scripts; forms of Arabic; scripts of the supplementary planes.
constexpr Range shaped_ranges[] = {
    {0x0590, 0x109F}, {0x1100, 0x11FF}, {0x1700, 0x18AF},   {0x1900, 0x1CFF},   {0xA800, 0xABFF},
    {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x11FFF}, {0x1E800, 0x1EFFF},
};

}  // namespace

bool needs_shaping(char32_t character) {
  if (character < 0x300) return false;
  if (is_combining(character)) return true;
  return std::any_of(std::begin(shaped_ranges), std::end(shaped_ranges), [&](const Range& range) {
    return character >= range.first && character <= range.last;
  });
}

std::vector<GlyphRun> shape(const Lettering& lettering, std::string_view text, double size) {
  const std::vector<Letter> letters = letters_of(lettering, text);
  const bool complex = std::any_of(letters.begin(), letters.end(), [](const Letter& letter) {
    return needs_shaping(letter.character);
  });
  std::vector<FriBidiLevel> levels =
      complex ? levels_of(letters) : std::vector<FriBidiLevel>(letters.size());
  std::vector<GlyphRun> runs;
  std::vector<FriBidiLevel> run_levels;
  for (std::size_t first = 0; first < letters.size();) {
    std::size_t last = first + 1;
    while (last < letters.size() && letters[last].font == letters[first].font &&
           levels[last] == levels[first]) {
      ++last;
    }
    const auto begin = letters.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = letters.begin() + static_cast<std::ptrdiff_t>(last);
    hb_font_t* shaper = complex ? lettering.shaper(letters[first].font) : nullptr;
    runs.push_back(shaper == nullptr
                       ? plain_run(begin, end, size)
                       : shaped_run(begin, end, shaper, levels[first] % 2 != 0, size));
    run_levels.push_back(levels[first]);
    first = last;
  }
  order_visually(runs, run_levels);
  return runs;
}

}  // namespace flowproof::cairo
