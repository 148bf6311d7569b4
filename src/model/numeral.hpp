// Numbers as Chinese documents write them: 5, ０．５, 十五, 廿, 一百二十, 二〇, 贰拾, 一点五.
//
// Used by the reader of time limits. Exact: thousandths, no rounding.
#pragma once

#include <cstdint>
#include <string_view>

namespace flowproof {

enum class NumeralFault : std::uint8_t {
  none,
  malformed,  ///< 1.2.3, 2百, 一百五 (150 or 105?), 三五 (35, or 3 to 5?)
  too_fine,   ///< more than three decimals
  too_large,
};

struct Numeral {
  std::int64_t milli = 0;
  NumeralFault fault = NumeralFault::none;
};

/// A character that may stand in a number; full-width digits must have been folded to ASCII.
[[nodiscard]] bool is_numeral(char32_t character);

/// Reads a whole run of such characters.
[[nodiscard]] Numeral read_numeral(std::u32string_view run);

}  // namespace flowproof
