// The chart itself: lanes, boxes, lines, labels, notes, as groups in process order.
//
// A chart may be cut into horizontal bands, one for a page. A line that crosses a cut ends there in
// a circle connector and goes on at a circle with the same letter (GB/T 1526 连接符). All in the
// coordinates of the layout; bands are moved and scaled onto their pages by compose.
#pragma once

#include <vector>

#include "scene/items.hpp"
#include "scene/lines.hpp"
#include "scene/words.hpp"

namespace flowproof::scene {

/// One end of a cut line.
struct Connector {
  double x = 0;
  std::size_t number = 0;  ///< the same at both ends
  std::string letter;
  std::size_t row = 0;         ///< 0 stands next to the cut
  std::size_t other_page = 0;  ///< from 1
  bool below = false;          ///< at the bottom of its band
  bool enters = false;         ///< the flow goes into it
};

/// One line in one band.
struct LinePart {
  EdgeIndex edge{};
  Polyline path;
  bool arrow = false;  ///< its end is the end of the whole line
  bool label = false;  ///< carries the label
};

/// The part of a lane that a sheet shows.
struct FittedLane {
  double left = 0, right = 0;
};

struct Band {
  double top = 0, bottom = 0;
  std::vector<NodeIndex> nodes;  ///< in reading order
  std::vector<LinePart> lines;   ///< sorted by edge
  std::vector<Connector> connectors;
  double strip_top = 0, strip_bottom = 0;  ///< room for connectors beyond the cuts
  double width = 0;                        ///< of its lanes
  std::vector<FittedLane> lanes;           ///< what is left of them; none: the whole chart

  /// What the band takes with its connectors and a repeated lane header.
  [[nodiscard]] double outer_top(double lane_header) const {
    return top - strip_top - (top > 0 ? lane_header : 0);
  }
  [[nodiscard]] double outer_bottom() const { return bottom + strip_bottom; }
};

/// Room one row of connectors takes beyond a cut.
inline constexpr double connector_row = 22;
inline constexpr double connector_radius = 8;
inline constexpr double connector_gap = 3;  ///< between circle and caption
/// Room for "→第2页" beside the circle.
[[nodiscard]] double connector_caption(const Source& source);

/// How wide the words of a lane's header are: as measured, or broken into as many lines as the
/// source allows.
[[nodiscard]] double header_width(const Source& source, std::size_t lane);

/// Top to bottom; of boxes side by side one that leads to another comes before it, then those of
/// the main line first, in its order, then left to right.
[[nodiscard]] std::vector<NodeIndex> reading_order(const Source& source);

/// `cuts` ascending, inside the chart, through no box and no label. The bands of a chart that is
/// cut have lanes as wide as their contents ask for, and wider as far as there is `room`; then all
/// bands are as wide as the widest. Their lines and connectors are already moved, the rest is in
/// `squeezed`.
[[nodiscard]] std::vector<Band> bands_of(const Source& source, const std::vector<double>& cuts,
                                         double room);

/// The layout as a band shows it: that of the chart, or with narrower lanes.
[[nodiscard]] Layout squeezed(const Source& source, const Band& band);

/// The least size of any text of the chart, its ruler and its connectors, in the layout's units.
[[nodiscard]] double smallest_text(const Source& source);

[[nodiscard]] std::vector<Group> band_groups(const Source& source, const Band& band);

}  // namespace flowproof::scene
