// How wide the lanes have to be on one sheet: a part of a chart seldom fills all of them.
//
// A lane that holds nothing on a sheet needs room for its header only, or none if it is left out
// there; one that holds a single column needs room for that. What stands in a lane moves as one, so
// distances inside it stay as the layout made them; only level lines from lane to lane become
// shorter or longer. A lane may get wider than in the layout: for the captions of connectors, and
// for air beside its borders where a sheet has room to spare. A chart without lanes is treated as
// one lane without a header.
#pragma once

#include <vector>

#include "scene/chart.hpp"

namespace flowproof::scene {

/// Of all lanes together.
[[nodiscard]] double total_width(const std::vector<FittedLane>& lanes);

/// What stands in each lane, from the leftmost to the rightmost point.
class LaneExtents {
 public:
  explicit LaneExtents(const Source& source);

  /// Something between two x, in one lane or over several.
  void add(double low, double high);
  /// A connector and its caption, all in the lane the line stands in.
  void add_connector(double x, double caption);
  /// An arrow that comes level to the side of a box.
  void add_entry(Point before, Point tip);
  void add(const LaneExtents& other);

  /// As narrow as can be; what is left of `room` then goes where air is missing.
  [[nodiscard]] std::vector<FittedLane> fitted(double room) const;
  /// Of all lanes together: as narrow as can be, or with air if the sheets are `airy`.
  [[nodiscard]] double width() const;

 private:
  struct Span {
    double low = 1e30, high = -1e30;
    void add(double from, double to);
    void add(const Span& other) { add(other.low, other.high); }
    [[nodiscard]] bool empty() const { return low > high; }
    [[nodiscard]] FittedLane fitted() const { return {low, high}; }
  };
  struct Lane {
    double left = 0, right = 0;  ///< in the layout
    double least = 0;            ///< for the header
    double short_header = 0;     ///< for the header in two lines
    bool kept = true;            ///< even if nothing stands in it
    Span contents, connectors, entries;
  };
  [[nodiscard]] Lane& lane_at(double x);
  [[nodiscard]] static Span narrow(const Lane& lane);
  [[nodiscard]] static Span airy(const Lane& lane, Span narrow);
  [[nodiscard]] static Span even(const Lane& lane, Span airy);
  [[nodiscard]] static Span headed(const Lane& lane, Span even);

  std::vector<Lane> lanes_;
  bool headed_ = false;  ///< there are lanes, so there are borders
  bool airy_ = false;
};

/// What a band draws.
void add_contents(LaneExtents& extents, const Source& source, const Band& band);

/// The x of a layout on a sheet with fitted lanes. Pre: one for each lane.
class Squeeze {
 public:
  Squeeze(const Layout& layout, std::vector<FittedLane> lanes);

  [[nodiscard]] double operator()(double x) const;
  /// Everything moved; post: in the part that the extents were taken from nothing touches what it
  /// did not touch before.
  [[nodiscard]] Layout of(Layout layout) const;
  [[nodiscard]] double width() const { return width_; }

 private:
  std::vector<double> borders_;  ///< right ends in the layout
  std::vector<double> shifts_;   ///< per lane
  std::vector<FittedLane> lanes_;
  double width_ = 0;
};

/// What parts of a chart between gaps need, for choose_cuts.
class PartWidths {
 public:
  /// `places` are heights from 0 to that of the chart. If there are too many to look at, every part
  /// counts as wide as the chart.
  PartWidths(const Source& source, const std::vector<double>& places);

  /// Parts that begin at one place, each a piece longer than the one before.
  class Growing {
   public:
    Growing(const PartWidths& widths, std::size_t from);
    /// Up to place `to`, one further than the last time.
    [[nodiscard]] double width_to(std::size_t to);

   private:
    const PartWidths& widths_;
    std::size_t from_;
    LaneExtents all_;
  };

 private:
  double whole_ = 0;
  LaneExtents empty_;
  std::vector<LaneExtents> parts_;  ///< between place i and the next; none: too many
  std::vector<LaneExtents> cuts_;   ///< connectors at a place
};

}  // namespace flowproof::scene
