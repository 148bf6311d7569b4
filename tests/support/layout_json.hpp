// Reads the geometry that `render --format layout` writes, so that a rule's page can show a drawing
// that the program itself would not make.
#pragma once

#include <optional>
#include <string_view>

#include "flowproof/layout.hpp"

namespace flowproof::test {

/// What the text does not place is empty. None if it is no JSON object.
[[nodiscard]] std::optional<Layout> read_layout_json(const Flow& flow, std::string_view text);

}  // namespace flowproof::test
