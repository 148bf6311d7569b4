// What a severity looks like, the same on charts, pages and in workbooks. Each colour comes with a
// word, so that all of them mean the same in grey; white text on them has a contrast of at
// least 4.5.
#pragma once

#include <cstdint>

#include "flowproof/diagnostic.hpp"

namespace flowproof {

/// 0xRRGGBB.
[[nodiscard]] constexpr std::uint32_t severity_color(Severity severity) {
  constexpr std::uint32_t colors[] = {0x5A5A5A, 0x1D4ED8, 0xB45309, 0xB91C1C};
  return colors[static_cast<std::size_t>(severity)];
}

}  // namespace flowproof
