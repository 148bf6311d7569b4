// Characters of a text for measuring and line breaking: code points, advances, break classes.
//
// Used inside src/text only. Advances are the larger of common sans and serif faces (Noto Sans CJK,
// Noto Serif CJK; letters and digits also DejaVu Sans), so that a box is never too small for its
// text whatever font draws it. Line breaking classes follow GB/T 15834 and JIS X 4051 (禁则).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace flowproof::text {

enum class Break : std::uint8_t {
  ideograph,  ///< a line may end and begin here
  letter,     ///< Latin and the like, digits: words stay together
  digit,      ///< a digit, of any writing
  opening,    ///< （《“: no line ends with it
  closing,    ///< ）》、。，: no line begins with it
  glue,       ///< combining marks, joiners, units of measure after digits: stays with what precedes
  space,
};

struct Character {
  std::uint32_t offset = 0;  ///< of its first byte
  std::uint32_t code = 0;
  float advance = 0;  ///< in em
  Break kind = Break::ideograph;
};

/// Characters with a word of bits, by their last six, that tells most others apart at once.
class CharacterSet {
 public:
  constexpr explicit CharacterSet(std::u32string_view members) : members_(members) {
    for (const char32_t member : members) last_bits_ |= 1ULL << (member & 63U);
  }
  [[nodiscard]] constexpr bool has(std::uint32_t code) const {
    return (last_bits_ >> (code & 63U) & 1U) != 0 &&
           members_.find(static_cast<char32_t>(code)) != std::u32string_view::npos;
  }

 private:
  std::u32string_view members_;
  std::uint64_t last_bits_ = 0;
};

/// Pre: none; bytes that are no UTF-8 count as U+FFFD each.
[[nodiscard]] std::vector<Character> characters_of(std::string_view utf8);

/// The code point at `offset`, which moves behind it.
[[nodiscard]] std::uint32_t next_code(std::string_view utf8, std::size_t& offset);
/// In em.
[[nodiscard]] float advance_of(std::uint32_t code);

}  // namespace flowproof::text
