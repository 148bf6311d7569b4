// What is wrong with a finished layout, judged on its geometry alone.
//
// Used by the property tests of the layout and by bench/layout_quality. The measures are those of
// graph drawing and of the musts for charts: see the fields.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "flowproof/flow.hpp"
#include "flowproof/layout.hpp"

namespace flowproof::test {

struct LayoutFaults {
  // Costs: no chart is without them.
  std::size_t crossings = 0;  ///< bridges a reader sees; lines that join do not cross
  std::size_t bends = 0;
  // Faults: none may occur.
  std::size_t overlaps = 0;  ///< pairs of lines on one another without a common start or end
  std::size_t close = 0;     ///< pairs of parallel pieces nearer than 7.5 pt
  std::size_t line_over_box = 0;
  std::size_t box_over_box = 0;  ///< boxes and notes
  std::size_t label_over_box = 0;
  std::size_t label_over_line = 0;  ///< any line, its own too
  std::size_t label_over_label = 0;
  std::size_t lost_labels = 0;  ///< labels that were not placed
  std::size_t slanted = 0;      ///< pieces that are neither horizontal nor vertical
  std::size_t loose_ends = 0;   ///< ends that do not touch the border of their box
  std::size_t mixed_ends = 0;   ///< an end and a beginning at the same point
  std::size_t off_corner = 0;   ///< ends at a decision away from its corners
  std::size_t rising = 0;       ///< lines upwards that are no ways back
  std::size_t lanes = 0;        ///< boxes outside their lane, lanes that overlap or change order
  std::size_t outside = 0;      ///< things outside the page
  std::size_t crooked = 0;      ///< boxes of the main line off their lane's axis

  [[nodiscard]] std::size_t total() const;
  /// "overlaps 2, outside 1"; empty if there are no faults.
  [[nodiscard]] std::string text() const;
};

struct FaultColumn {
  std::string_view name;
  std::size_t LayoutFaults::*value;
};
/// The faults, without the costs.
[[nodiscard]] const std::array<FaultColumn, 16>& fault_columns();

[[nodiscard]] LayoutFaults find_faults(const Flow& flow, const Measured& measured,
                                       const Layout& layout);

}  // namespace flowproof::test
