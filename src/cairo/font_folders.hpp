// Where fonts are looked for, and which ones are known by name.
#pragma once

#include <string>
#include <vector>

#include "flowproof/writer.hpp"

namespace flowproof::cairo {

/// The user's folders, then those of the system.
[[nodiscard]] std::vector<std::string> font_folders(const WriteOptions& options);

/// Known fonts that exist, best first for this kind of lettering. One file system query each.
[[nodiscard]] std::vector<std::string> known_fonts(Typeface typeface,
                                                   const std::vector<std::string>& folders);

/// All font files below the folders, sorted by path within each folder.
[[nodiscard]] std::vector<std::string> all_fonts(const std::vector<std::string>& folders);

/// The Debian package to install if there is no font.
inline constexpr const char* recommended_package = "fonts-noto-cjk";

}  // namespace flowproof::cairo
