#include "scene/squeeze.hpp"

#include <algorithm>
#include <utility>

namespace flowproof::scene {

namespace {

constexpr double padding = 5;         // between what stands in a lane and its sides
constexpr double header_padding = 6;  // around the words of a header
constexpr std::size_t most_work = 2'000'000;

}  // namespace

LaneExtents::LaneExtents(const Source& source) {
  const Layout& layout = source.layout;
  // One that is empty on all sheets would be seen on none.
  std::vector<bool> kept(layout.lanes.size(), true);
  for (const Node& node : source.flow.nodes) {
    if (node.lane != no_lane) kept[at(node.lane)] = source.all_lanes;
  }
  for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
    const Rect& lane = layout.lanes[i];
    const double header = source.measured.lanes[i].size.width + 2 * header_padding;
    lanes_.push_back({lane.x, lane.right(), std::min(header, lane.width), kept[i]});
  }
  if (lanes_.empty()) lanes_.push_back({0, layout.size.width, 0, true});
  // Lines may run along the right edge, outside of all lanes.
  lanes_.back().right = std::max(lanes_.back().right, layout.size.width);
}

void LaneExtents::add(double low, double high) {
  auto lane = std::partition_point(lanes_.begin(), lanes_.end(),
                                   [low](const Lane& each) { return each.right < low; });
  for (; lane != lanes_.end() && lane->left <= high; ++lane) {
    lane->low = std::min(lane->low, std::max(low, lane->left));
    lane->high = std::max(lane->high, std::min(high, lane->right));
  }
}

void LaneExtents::add(const LaneExtents& other) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i].low = std::min(lanes_[i].low, other.lanes_[i].low);
    lanes_[i].high = std::max(lanes_[i].high, other.lanes_[i].high);
  }
}

FittedLane LaneExtents::fitted(const Lane& lane) {
  const bool empty = lane.low > lane.high;
  const double middle = (lane.left + lane.right) / 2;
  if (empty && !lane.kept) return {middle, middle};
  double left = empty ? middle : std::max(lane.left, lane.low - padding);
  double right = empty ? middle : std::min(lane.right, lane.high + padding);
  const double missing = lane.least - (right - left);
  if (missing > 0) {
    left = std::clamp(left - missing / 2, lane.left, lane.right - lane.least);
    right = left + lane.least;
  }
  return {left, right};
}

std::vector<FittedLane> LaneExtents::fitted() const {
  std::vector<FittedLane> all;
  for (const Lane& lane : lanes_) all.push_back(fitted(lane));
  return all;
}

double LaneExtents::width() const {
  double width = 0;
  for (const Lane& lane : lanes_) {
    const FittedLane part = fitted(lane);
    width += part.right - part.left;
  }
  return width;
}

void add_contents(LaneExtents& extents, const Source& source, const Band& band) {
  const double caption = connector_caption(source);
  const Layout& layout = source.layout;
  const auto add = [&](const Rect& area) { extents.add(area.x, area.right()); };
  for (const NodeIndex node : band.nodes) add(layout.nodes[at(node)]);
  for (std::size_t i = 0; i < layout.notes.size(); ++i) {
    const Rect& note = layout.notes[i];
    if (note.width > 0 && note.y >= band.top && note.y < band.bottom) add(note);
  }
  for (const LinePart& part : band.lines) {
    for (const Point& point : part.path) extents.add(point.x, point.x);
    if (part.label) add(*layout.edges[at(part.edge)].label);
  }
  for (const Connector& connector : band.connectors) {
    extents.add(connector.x - connector_radius, connector.x + connector_radius + caption);
  }
}

Squeeze::Squeeze(const Layout& layout, std::vector<FittedLane> lanes) : lanes_(std::move(lanes)) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    borders_.push_back(i < layout.lanes.size() ? layout.lanes[i].right() : layout.size.width);
    shifts_.push_back(width_ - lanes_[i].left);
    width_ += lanes_[i].right - lanes_[i].left;
  }
}

double Squeeze::operator()(double x) const {
  const auto border = std::lower_bound(borders_.begin(), borders_.end(), x);
  const auto lane = std::min<std::ptrdiff_t>(border - borders_.begin(),
                                             static_cast<std::ptrdiff_t>(borders_.size()) - 1);
  return x + shifts_[static_cast<std::size_t>(lane)];
}

Layout Squeeze::of(Layout layout) const {
  const auto move = [this](Rect& area) { area.x = (*this)(area.center().x) - area.width / 2; };
  // A bar may reach over several lanes.
  for (Rect& node : layout.nodes) {
    const double right = (*this)(node.right());
    node.x = (*this)(node.x);
    node.width = right - node.x;
  }
  for (Rect& note : layout.notes) move(note);
  for (EdgeLayout& edge : layout.edges) {
    for (Point& point : edge.path) point.x = (*this)(point.x);
    for (Point& point : edge.bridges) point.x = (*this)(point.x);
    if (edge.label) move(*edge.label);
  }
  double x = 0;
  for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
    layout.lanes[i].x = x;
    layout.lanes[i].width = lanes_[i].right - lanes_[i].left;
    x += layout.lanes[i].width;
  }
  layout.size.width = width_;
  return layout;
}

PartWidths::PartWidths(const Source& source, const std::vector<double>& places)
    : whole_(source.layout.size.width), empty_(source) {
  const Layout& layout = source.layout;
  const std::size_t count = places.size();
  const std::size_t lanes = std::max<std::size_t>(layout.lanes.size(), 1);
  if (count < 2 || count * lanes * 16 > most_work || count * layout.edges.size() > most_work) {
    return;
  }
  parts_.assign(count - 1, empty_);
  cuts_.assign(count, empty_);
  const auto part_of = [&](double y) {
    const auto place = std::upper_bound(places.begin(), places.end(), y) - places.begin();
    return static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(place - 1, 0, static_cast<std::ptrdiff_t>(count) - 2));
  };
  const auto add = [&](const Rect& area) {
    parts_[part_of(area.center().y)].add(area.x, area.right());
  };
  for (const Rect& node : layout.nodes) add(node);
  for (const Rect& note : layout.notes) {
    if (note.width > 0) add(note);
  }
  const double caption = connector_caption(source);
  for (const EdgeLayout& edge : layout.edges) {
    if (edge.label) add(*edge.label);
    for (std::size_t i = 1; i < edge.path.size(); ++i) {
      const Point a = edge.path[i - 1], b = edge.path[i];
      const std::size_t first = part_of(std::min(a.y, b.y)), last = part_of(std::max(a.y, b.y));
      for (std::size_t part = first; part <= last; ++part) {
        parts_[part].add(a.x, a.x);
        parts_[part].add(b.x, b.x);
        if (part > first) cuts_[part].add(a.x - connector_radius, a.x + connector_radius + caption);
      }
    }
  }
}

PartWidths::Growing::Growing(const PartWidths& widths, std::size_t from)
    : widths_(widths), from_(from), all_(widths.empty_) {
  if (!widths_.parts_.empty()) all_.add(widths_.cuts_[from_]);
}

double PartWidths::Growing::width_to(std::size_t to) {
  // A chart that is not cut is drawn as it is.
  const bool whole = from_ == 0 && to == widths_.parts_.size();
  if (widths_.parts_.empty() || whole) return widths_.whole_;
  all_.add(widths_.parts_[to - 1]);
  LaneExtents with_end = all_;
  with_end.add(widths_.cuts_[to]);
  return with_end.width();
}

}  // namespace flowproof::scene
