// Where a chart is cut into sheets: in the gaps between ranks, through no box, label or level line.
//
// As few sheets as possible; then few lines cut, ends of stages preferred, sheets evenly filled.
#pragma once

#include <vector>

#include "scene/words.hpp"

namespace flowproof::scene {

/// Heights of chart that fit on a sheet, in the layout's units; the chart's own lane header and the
/// connectors' strips are already taken off.
struct SheetRoom {
  double only = 0;   ///< the chart on one sheet
  double first = 0;  ///< of several
  double inner = 0;
  double last = 0;
};

/// A height where a cut hits nothing, and what it costs.
struct Gap {
  double y = 0;
  double cost = 0;
};

/// From top to bottom.
[[nodiscard]] std::vector<Gap> gaps_of(const Source& source);

/// Ascending. A stretch without a gap stays on one sheet, however high it is.
[[nodiscard]] std::vector<double> choose_cuts(const std::vector<Gap>& gaps, double height,
                                              const SheetRoom& room);

}  // namespace flowproof::scene
