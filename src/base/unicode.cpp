#include "base/unicode.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace flowproof {

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead >= 0xE4 && lead <= 0xE9) {  // Chinese: any two bytes that continue it
    if (text.size() - at < 3 || (byte(1) & 0xC0U) != 0x80U || (byte(2) & 0xC0U) != 0x80U) {
      return {lead, 0};
    }
    return {(lead & 0xFU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
  }
  const std::uint8_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - at < length) return {lead, 0};
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {lead, 0};
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  static constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least[length] || value > 0x10FFFF || surrogate) return {lead, 0};
  return {value, length};
}

namespace {

struct Range {
  char32_t first, last;
  CharacterKind kind;
};

// Sorted. U+0085 NEL is a control here: XML 1.0 does not end lines at it, some editors do.
constexpr Range special_ranges[] = {
    {0x00, 0x08, CharacterKind::forbidden},      {0x0B, 0x0C, CharacterKind::forbidden},
    {0x0E, 0x1F, CharacterKind::forbidden},      {0x7F, 0x9F, CharacterKind::control},
    {0xAD, 0xAD, CharacterKind::control},        {0x061C, 0x061C, CharacterKind::bidi},
    {0x180E, 0x180E, CharacterKind::zero_width}, {0x200B, 0x200D, CharacterKind::zero_width},
    {0x200E, 0x200F, CharacterKind::bidi},       {0x2028, 0x2029, CharacterKind::control},
    {0x202A, 0x202E, CharacterKind::bidi},       {0x2060, 0x2064, CharacterKind::zero_width},
    {0x2066, 0x206F, CharacterKind::bidi},       {0xFEFF, 0xFEFF, CharacterKind::byte_order_mark},
    {0xFFFE, 0xFFFF, CharacterKind::forbidden},  {0xE0000, 0xE007F, CharacterKind::zero_width},
};

}  // namespace

CharacterKind kind_of(char32_t character) {
  // Nearly all are in the two widest gaps of the table.
  if (character > 0x206F ? character < 0xFEFF : character >= 0x20 && character < 0x7F) {
    return CharacterKind::ordinary;
  }
  const auto* found = std::find_if(std::begin(special_ranges), std::end(special_ranges),
                                   [&](const Range& range) { return character <= range.last; });
  if (found == std::end(special_ranges) || character < found->first) return CharacterKind::ordinary;
  return found->kind;
}

bool is_combining(char32_t character) {
  if (character < 0x300 || (character > 0x309A && character < 0xFE00)) return false;
  static constexpr std::pair<char32_t, char32_t> marks[] = {
      {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2},
      {0x05C4, 0x05C5}, {0x05C7, 0x05C7}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},
      {0x06D6, 0x06DC}, {0x06DF, 0x06E4}, {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x0E31, 0x0E31},
      {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF},
      {0x302A, 0x302F}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF}};
  const auto* found =
      std::lower_bound(std::begin(marks), std::end(marks), character,
                       [](const auto& mark, char32_t c) { return mark.second < c; });
  return found != std::end(marks) && character >= found->first;
}

namespace {

// What a byte may begin, for skip_ordinary.
enum class Lead : std::uint8_t {
  doubtful,     // a control, no lead at all, or one whose characters are not all ordinary
  ascii,        // itself
  two,          // any character of two bytes
  latin,        // C2: controls to U+009F, the soft hyphen U+00AD, then signs
  three,        // any character of three bytes
  mongolian,    // E1: holds U+180E
  punctuation,  // E2: U+2000 to U+206F holds both quotation marks and invisible characters
  wide,         // EF: full-width forms, and what is no character
  rare,         // F0: rare Chinese characters, pictures
};

constexpr auto leads = [] {
  std::array<Lead, 256> table{};
  const auto fill = [&](std::size_t first, std::size_t last, Lead lead) {
    for (std::size_t byte = first; byte <= last; ++byte) table[byte] = lead;
  };
  fill(0x20, 0x7E, Lead::ascii);
  for (const char blank : {'\t', '\n', '\r'})
    table[static_cast<unsigned char>(blank)] = Lead::ascii;
  fill(0xC3, 0xDF, Lead::two);
  table[0xD8] = Lead::doubtful;   // U+061C
  fill(0xE3, 0xEC, Lead::three);  // E0 and ED have forms that are not UTF-8
  table[0xEE] = Lead::three;
  table[0xC2] = Lead::latin;
  table[0xE1] = Lead::mongolian;
  table[0xF0] = Lead::rare;
  table[0xE2] = Lead::punctuation;
  table[0xEF] = Lead::wide;
  return table;
}();

constexpr bool continues(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

// Which ordinary characters are passed over.
enum class Passed : std::uint8_t {
  ordinary,  // all
  printing,  // all but tabs and line ends
  unmarked,  // and but for those that XML has a use for
};

constexpr std::string_view markup = "&<>\"'";

constexpr bool is_passed(char ascii, Passed passed) {
  if (passed == Passed::ordinary) return true;
  if (ascii < ' ') return false;
  return passed == Passed::printing || markup.find(ascii) == std::string_view::npos;
}

#ifdef __SSE2__

using Block = __m128i;  // 16 bytes

// One bit a byte.
inline unsigned bits(Block bytes) { return static_cast<unsigned>(_mm_movemask_epi8(bytes)); }
inline Block each(unsigned byte) { return _mm_set1_epi8(static_cast<char>(byte)); }
inline unsigned equal(Block bytes, unsigned byte) {
  return bits(_mm_cmpeq_epi8(bytes, each(byte)));
}
// Taken as signed, so 0x80 is the least.
inline unsigned above(Block bytes, unsigned byte) {
  return bits(_mm_cmpgt_epi8(bytes, each(byte)));
}

// How many bytes at the front are whole characters of ASCII, or of three bytes that begin with E2
// to EF, and ordinary. E2 but for arrows, ED and most of EF are left to the caller: their
// characters are not all ordinary.
template <Passed passed>
inline unsigned ordinary_bytes(Block bytes) {
  const unsigned beyond = bits(bytes);
  unsigned ascii = above(bytes, 0x1F) & ~equal(bytes, 0x7F);
  if constexpr (passed == Passed::ordinary) {
    ascii |= equal(bytes, '\t') | equal(bytes, '\n') | equal(bytes, '\r');
  } else if constexpr (passed == Passed::unmarked) {
    // markup: & and ', < and > differ in one bit
    ascii &= ~(equal(bytes, '"') | equal(_mm_or_si128(bytes, each(1)), '\'') |
               equal(_mm_or_si128(bytes, each(2)), '>'));
  }
  if (beyond == 0) return static_cast<unsigned>(std::countr_one(ascii & 0xFFFFU));
  const unsigned continuing = ~above(bytes, 0xBF) & beyond;
  const unsigned lead = above(bytes, 0xE1) & ~above(bytes, 0xEF) & ~equal(bytes, 0xED) & beyond;
  const unsigned doubtful = (equal(bytes, 0xEF) << 1U & ~equal(bytes, 0xBC)) |
                            (equal(bytes, 0xE2) << 1U & ~equal(bytes, 0x86));
  const unsigned awaited = lead << 1U | lead << 2U;
  const unsigned good = ((ascii | lead) & ~awaited) | (continuing & awaited & ~doubtful);
  const auto front = static_cast<unsigned>(std::countr_one(good & 0xFFFFU));
  const unsigned cut = lead << 16U >> front;  // a lead one or two bytes before the end: bits 15, 14
  return front - ((cut & 0x8000U) != 0 ? 1 : (cut & 0x4000U) != 0 ? 2 : 0);
}

// The place behind the ordinary ASCII and most Chinese characters at `at`; it may stop early.
template <Passed passed>
std::size_t skip_common(std::string_view text, std::size_t at) {
  while (text.size() - at >= sizeof(Block)) {
    const unsigned front =
        ordinary_bytes<passed>(_mm_loadu_si128(reinterpret_cast<const Block*>(text.data() + at)));
    at += front;
    if (front < sizeof(Block) - 2) return at;
  }
  if (at == text.size()) return at;
  std::array<char, sizeof(Block)> rest;
  rest.fill(' ');
  std::copy(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), rest.begin());
  const std::size_t front =
      ordinary_bytes<passed>(_mm_loadu_si128(reinterpret_cast<const Block*>(rest.data())));
  return std::min(at + front, text.size());
}

#else

// How many of eight bytes are printing ASCII or blanks but for line ends and tabs, from the front.
std::size_t plain_ascii(const char* bytes) {
  constexpr std::uint64_t each = 0x0101010101010101U, high = 0x80 * each;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  // A borrow reaches only bytes behind one that is marked anyway.
  const std::uint64_t del = word ^ (0x7F * each);
  const std::uint64_t marked = (word | (word - 0x20 * each) | (del - each)) & high;
  return static_cast<std::size_t>(std::countr_zero(marked)) / 8;
}

// The place behind the printing ASCII and the Chinese characters at `at`, eight bytes or a
// character at a time; it may stop early.
template <Passed passed>
std::size_t skip_common([[maybe_unused]] std::string_view text, std::size_t at) {
  if constexpr (std::endian::native == std::endian::little) {
    const char* bytes = text.data();
    while (text.size() - at >= 8) {
      if (passed == Passed::unmarked) break;
      const std::size_t plain = plain_ascii(bytes + at);
      at += plain;
      if (plain < 8) break;
    }
    // Leads E3 to EC and EE, as in the table above, each with two bytes that continue it.
    constexpr std::uint32_t plain_leads = 0x5FF8;
    while (text.size() - at >= 4) {
      std::uint32_t word = 0;
      std::memcpy(&word, bytes + at, sizeof word);
      if ((word & 0xC0C0F0U) != 0x8080E0U || (plain_leads >> (word & 0xFU) & 1U) == 0) break;
      at += 3;
    }
  }
  return at;
}

#endif

template <Passed passed>
std::size_t skip(std::string_view text, std::size_t at) {
  const std::size_t size = text.size();
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (at = skip_common<passed>(text, at); at < size; at = skip_common<passed>(text, at)) {
    const Lead lead = leads[byte(at)];
    if (lead == Lead::ascii) {
      if (!is_passed(text[at], passed)) return at;
      ++at;
      continue;
    }
    if (lead == Lead::two || lead == Lead::latin) {
      if (size - at < 2 || !continues(byte(at + 1))) return at;
      if (lead == Lead::latin && (byte(at + 1) < 0xA0 || byte(at + 1) == 0xAD)) return at;
      at += 2;
      continue;
    }
    if (lead == Lead::doubtful || size - at < 3) return at;
    const unsigned char second = byte(at + 1), third = byte(at + 2);
    if (!continues(second) || !continues(third)) return at;
    // U+200B to U+200F, U+2028 to U+202E, U+2060 to U+206F; U+FEC0 to U+FEFF, U+FFFE, U+FFFF.
    if (lead == Lead::punctuation &&
        ((second == 0x80 && third >= 0x8B && third <= 0xAE && (third <= 0x8F || third >= 0xA8)) ||
         (second == 0x81 && third >= 0xA0 && third <= 0xAF))) {
      return at;
    }
    if (lead == Lead::wide && (second == 0xBB || (second == 0xBF && third >= 0xBE))) return at;
    if (lead == Lead::mongolian && second == 0xA0 && third == 0x8E) return at;
    if (lead == Lead::rare) {
      if (second < 0x90 || size - at < 4 || !continues(byte(at + 3))) return at;
      ++at;
    }
    at += 3;
  }
  return size;
}

}  // namespace

std::size_t skip_ordinary(std::string_view text, std::size_t at) {
  return skip<Passed::ordinary>(text, at);
}

std::size_t skip_printing(std::string_view text, std::size_t at) {
  return skip<Passed::printing>(text, at);
}

std::size_t skip_unmarked(std::string_view text, std::size_t at) {
  return skip<Passed::unmarked>(text, at);
}

std::size_t skip_plain(std::string_view text) { return skip_common<Passed::printing>(text, 0); }

std::string code_point_name(char32_t character) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                 static_cast<std::uint32_t>(character), 16)
                       .ptr;
  std::string hex(digits.data(), end);
  std::transform(hex.begin(), hex.end(), hex.begin(),
                 [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
  return "U+" + std::string(hex.size() < 4 ? 4 - hex.size() : 0, '0') + hex;
}

void append_utf8(std::string& out, char32_t character) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (character < 0x80) return put(character);
  if (character < 0x800) {
    put(0xC0 | (character >> 6U));
  } else {
    if (character < 0x10000) {
      put(0xE0 | (character >> 12U));
    } else {
      put(0xF0 | (character >> 18U));
      put(0x80 | ((character >> 12U) & 0x3FU));
    }
    put(0x80 | ((character >> 6U) & 0x3FU));
  }
  put(0x80 | (character & 0x3FU));
}

}  // namespace flowproof
