// From bytes to clean UTF-8: the implementation of decode (flowproof/readers.hpp).
//
// The only place with iconv. Nothing is replaced or guessed: bytes that are not what the file says
// they are make it unreadable, with the exact place and, where the whole file fits, the likely
// encoding. Characters a reader cannot see are findings (XML 1.0 2.2, Unicode UAX #9).
#pragma once

#include "flowproof/readers.hpp"

namespace flowproof {

enum class Charset : std::uint8_t { utf8, utf16_le, utf16_be, gb18030 };

struct Transcoded {
  std::string text;          ///< UTF-8, as far as the bytes could be read
  std::size_t consumed = 0;  ///< bytes read; all of them on success
  bool complete = false;
};
/// Strict. GB18030 also reads GBK and GB2312, its subsets.
[[nodiscard]] Transcoded transcode(std::string_view bytes, Charset from);

/// Offset of the first byte at or after `begin` that is not UTF-8; npos if there is none.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view bytes, std::size_t begin = 0);

}  // namespace flowproof
