// Source texts and places in them.
//
// Made by the readers' front door (src/base/source_file), used by readers, rules and reports.
// A SourceText is valid UTF-8 once it has been decoded; a place in it is a byte offset, so that
// values stay small; line and column are worked out only when something is printed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace flowproof {

/// Index into the list of sources of one run (flow 0, then its guide, subflows, profiles).
enum class SourceIndex : std::uint16_t {};

struct SourceText {
  std::string path;  ///< as the user wrote it; "-" is standard input
  std::string text;  ///< UTF-8 without byte order mark; the raw bytes if decoding failed
  /// Nothing in it needs a second look: decode found ordinary characters alone.
  bool ordinary = false;
};

using Sources = std::vector<SourceText>;

/// A run of bytes in one source. length 0 is a point.
struct Span {
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  SourceIndex source{};

  friend bool operator==(const Span&, const Span&) = default;
};

/// Both count from 1; the column counts characters (code points), as editors do.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend bool operator==(const Place&, const Place&) = default;
};

/// Lines end at LF, CR LF or a lone CR (XML 1.0, 2.11). Offsets past the end give the end.
[[nodiscard]] Place place_of(std::string_view text, std::uint32_t offset);

}  // namespace flowproof
