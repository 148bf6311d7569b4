// The ruler at the left of a chart: the stages (环节) from top to bottom, each as high as its boxes
// and with the time it takes, so that the edge of the page is the time budget.
//
// A stage never stands beside a row of boxes none of which is of it: a row has the stage of its box
// on the main line, else that of most boxes from which a case goes on. Where a row has only boxes
// beside the way, of a stage that is not next to it, the ruler is empty.
#pragma once

#include <vector>

#include "scene/chart.hpp"

namespace flowproof::scene {

/// From top to bottom, without gaps. None if they would not make a ruler: fewer than three, or too
/// much of it would be empty.
[[nodiscard]] std::vector<StageBand> stage_bands(const Source& source);

/// Of the line along the stages whose time is part of the promised limit.
inline constexpr double promised_line = 3;

/// As wide as its words need, within reason.
[[nodiscard]] double ruler_width(const Source& source);

/// The ruler's part beside one band of the chart, left of it.
[[nodiscard]] std::vector<Group> ruler_groups(const Source& source, const Band& band);

}  // namespace flowproof::scene
