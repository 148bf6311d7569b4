// Numbers of findings beside the boxes they are about.
#pragma once

#include <vector>

#include "scene/chart.hpp"

namespace flowproof::scene {

/// The marks of the boxes and lanes of a band, to be drawn on top of everything.
[[nodiscard]] std::vector<Group> mark_groups(const Source& source, const Band& band,
                                             const std::vector<Mark>& marks);

}  // namespace flowproof::scene
