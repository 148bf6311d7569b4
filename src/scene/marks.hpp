// Numbers of findings beside the boxes they are about, and the list that explains them.
#pragma once

#include <vector>

#include "scene/chart.hpp"

namespace flowproof::scene {

/// The marks of the boxes and lanes of a band, to be drawn on top of everything.
[[nodiscard]] std::vector<Group> mark_groups(const Source& source, const Band& band,
                                             const std::vector<Mark>& marks);

/// The mark of the whole chart beside the first line of its title.
void mark_title(const Source& source, const std::vector<Mark>& marks, Block& title);

/// The findings with their numbers, one block each under a heading; none if there are none.
[[nodiscard]] std::vector<Block> finding_list(const Source& source, const Diagnostics& findings,
                                              double width);

}  // namespace flowproof::scene
