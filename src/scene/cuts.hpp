// Where a chart is cut into sheets: in the gaps between ranks, through no box, label or level line.
//
// As few sheets as possible; then few lines cut, ends of stages preferred, sheets evenly filled.
#pragma once

#include <vector>

#include "scene/squeeze.hpp"

namespace flowproof::scene {

/// Heights of chart that fit on a sheet, in the layout's units; the chart's own lane header and the
/// connectors' strips are already taken off.
struct SheetRoom {
  double only = 0;   ///< the chart on one sheet
  double first = 0;  ///< of several
  double inner = 0;
  double last = 0;
  double width = 1e30;  ///< of the lanes

  [[nodiscard]] double on(bool is_first, bool is_last) const {
    if (is_first) return is_last ? only : first;
    return is_last ? last : inner;
  }
};

/// A height where a cut hits nothing, and what it costs.
struct Gap {
  double y = 0;
  double cost = 0;
  double free = 0;  ///< height in which a cut would hit nothing
};

struct Cuts {
  std::vector<double> at;  ///< ascending
  double cost = 0;         ///< in lines cut
  bool fit = true;         ///< every part fits on its sheet
};

/// From top to bottom.
[[nodiscard]] std::vector<Gap> gaps_of(const Source& source);

/// A stretch without a gap stays on one sheet, however high or wide it is. `widths` is
/// about the places of the same gaps; null: width does not matter.
[[nodiscard]] Cuts choose_cuts(const std::vector<Gap>& gaps, double height, const SheetRoom& room,
                               const PartWidths* widths = nullptr);

/// The top of the chart, its gaps and its bottom.
[[nodiscard]] std::vector<double> places_of(const std::vector<Gap>& gaps, double height);

}  // namespace flowproof::scene
