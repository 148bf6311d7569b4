// What stands around the chart: title block, legend, footer. Blocks as wide as they are told.
#pragma once

#include <algorithm>

#include "flowproof/drawing.hpp"
#include "scene/items.hpp"
#include "scene/words.hpp"

namespace flowproof::scene {

/// "实施机关：…", what the title block says of the item and of its limits, and the footer.
[[nodiscard]] std::vector<std::string> office_facts(const Source& source);
[[nodiscard]] std::vector<std::string> limit_facts(const Source& source);
[[nodiscard]] std::vector<std::string> closing_facts(const Source& source);

/// Size of what stands around the chart, which is not shrunk with it.
[[nodiscard]] inline double furniture_size(const Theme& theme) {
  return std::max(theme.font_size - 1.5, good_text_size);
}

/// Title, item code, authority, limits.
[[nodiscard]] Block title_block(const Source& source, double width);
/// Title of a second and later page.
[[nodiscard]] Block continued_title(const Source& source, double width);
/// Explains the symbols that occur and that a reader may not know; empty if there are none.
[[nodiscard]] Block legend(const Source& source, double width);
/// Notes that belong to no box.
[[nodiscard]] Block remarks(const Source& source, double width);
/// Phones, version, date; "第 n/N 页" if there are pages (page counts from 1; 0: none).
[[nodiscard]] Block footer(const Source& source, double width, std::size_t page, std::size_t pages);

}  // namespace flowproof::scene
