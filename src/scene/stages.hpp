// The ruler at the left of a chart: the stages (环节) of the main line, each as high as its boxes
// and with the time it takes, so that the edge of the page is the time budget.
#pragma once

#include <vector>

#include "scene/chart.hpp"

namespace flowproof::scene {

/// Stages of the main line from top to bottom, without gaps. Empty if they would not make a ruler:
/// fewer than three, or the main line runs upwards somewhere.
[[nodiscard]] std::vector<StageBand> stage_bands(const Source& source);

/// As wide as its words need, within reason.
[[nodiscard]] double ruler_width(const Source& source);

/// The ruler's part beside one band of the chart, left of it.
[[nodiscard]] std::vector<Group> ruler_groups(const Source& source, const Band& band);

}  // namespace flowproof::scene
