// Puts a chart on sheets with the gaps between its ranks wider or closer than the layout made them.
//
// In a gap nothing stands but upright lines, so a chart may be pulled apart or pushed together
// there without anything being drawn another way. Closer gaps may save a sheet; what room is left
// on a sheet goes between its ranks. Heights only: widths are the matter of squeeze.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "scene/cuts.hpp"
#include "scene/pages.hpp"

namespace flowproof::scene {

/// The y of a chart whose gaps are changed.
class Stretch {
 public:
  /// `more` by gap, negative to bring ranks together. Pre: gaps from top to bottom.
  Stretch(const std::vector<Gap>& gaps, const std::vector<double>& more);

  [[nodiscard]] double operator()(double y) const;
  [[nodiscard]] Layout of(Layout layout) const;
  [[nodiscard]] std::vector<double> of(std::vector<double> heights) const;

 private:
  std::vector<double> at_, sums_;  // from this height on, everything is moved so far
};

enum class Closeness : std::uint8_t {
  close,    ///< with every gap that the layout has
  closest,  ///< as close as a reader can bear
};
/// Pushes a chart together: what stands in it keeps its distance from what stands below.
[[nodiscard]] Stretch closer(const Layout& layout, Closeness closeness);

/// A chart as it comes on sheets.
struct FittedChart {
  Layout layout;
  std::vector<StageBand> stages;
  PagePlan plan;
};

/// The source of what is on them; holds on to the chart's layout.
[[nodiscard]] Source shown(const Source& source, const FittedChart& chart);

/// Post: no more sheets than with the gaps of the layout. `list`, if any, gives the height of what
/// is to come below the chart if there is room.
[[nodiscard]] FittedChart fit_sheets(
    const Source& source, const SurroundingsFor& surroundings,
    const std::function<double(const Source&, double width)>& list);

}  // namespace flowproof::scene
