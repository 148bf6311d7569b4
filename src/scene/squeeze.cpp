#include "scene/squeeze.hpp"

#include <algorithm>
#include <utility>

namespace flowproof::scene {

namespace {

constexpr double padding = 5;         // between what stands in a lane and its sides, at least
constexpr double air = 9.5;           // the same if there is room; 8 pt where text is printed at 9
constexpr double entry_air = 14;      // from a side of a lane to a box that an arrow enters there
constexpr double header_padding = 6;  // around the words of a header
constexpr std::size_t most_work = 2'000'000;

// About that: where words end is not asked.
double width_in_two_lines(const TextBlock& words) {
  double width = 0;
  for (const TextLine& line : words.lines) width += line.width;
  return words.lines.size() > 2 ? width / 2 + 1.5 * words.lines.front().size : 0;
}

double width_of(const FittedLane& lane) { return lane.right - lane.left; }

// As far from one towards the other as there is room.
void widen(std::vector<FittedLane>& lanes, const std::vector<FittedLane>& wanted, double room) {
  const double missing = total_width(wanted) - total_width(lanes);
  const double spare = room - total_width(lanes);
  if (missing <= 0 || spare <= 0) return;
  const double share = std::min(1.0, spare / missing);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    lanes[i].left += share * (wanted[i].left - lanes[i].left);
    lanes[i].right += share * (wanted[i].right - lanes[i].right);
  }
}

}  // namespace

double total_width(const std::vector<FittedLane>& lanes) {
  double width = 0;
  for (const FittedLane& lane : lanes) width += width_of(lane);
  return width;
}

void LaneExtents::Span::add(double from, double to) {
  low = std::min(low, from);
  high = std::max(high, to);
}

LaneExtents::LaneExtents(const Source& source)
    : headed_(!source.layout.lanes.empty()), airy_(source.airy) {
  const Layout& layout = source.layout;
  // One that is empty on all sheets would be seen on none.
  std::vector<bool> kept(layout.lanes.size(), true);
  for (const Node& node : source.flow.nodes) {
    if (node.lane != no_lane) kept[at(node.lane)] = source.all_lanes;
  }
  for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
    const Rect& lane = layout.lanes[i];
    const TextBlock& words = source.measured.lanes[i];
    const double header = header_width(source, i) + 2 * header_padding;
    lanes_.push_back({lane.x,
                      lane.right(),
                      source.header_lines > 0 ? header : std::min(header, lane.width),
                      width_in_two_lines(words) + 2 * header_padding,
                      kept[i],
                      {},
                      {},
                      {}});
  }
  if (lanes_.empty()) lanes_.push_back({0, layout.size.width, 0, 0, true, {}, {}, {}});
  // Lines may run along the right edge, outside of all lanes.
  lanes_.back().right = std::max(lanes_.back().right, layout.size.width);
}

LaneExtents::Lane& LaneExtents::lane_at(double x) {
  const auto lane = std::partition_point(lanes_.begin(), lanes_.end(),
                                         [x](const Lane& each) { return each.right < x; });
  return lane == lanes_.end() ? lanes_.back() : *lane;
}

void LaneExtents::add(double low, double high) {
  auto lane = std::partition_point(lanes_.begin(), lanes_.end(),
                                   [low](const Lane& each) { return each.right < low; });
  for (; lane != lanes_.end() && lane->left <= high; ++lane) {
    lane->contents.add(std::max(low, lane->left), std::min(high, lane->right));
  }
}

void LaneExtents::add_connector(double x, double caption) {
  lane_at(x).connectors.add(x - connector_radius, x + connector_radius + caption);
}

void LaneExtents::add_entry(Point before, Point tip) {
  if (before.y != tip.y) return;
  const double outwards = before.x < tip.x ? -1 : 1;
  const double border = tip.x + outwards * entry_air;
  lane_at(tip.x - outwards).entries.add(std::min(tip.x, border), std::max(tip.x, border));
}

void LaneExtents::add(const LaneExtents& other) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i].contents.add(other.lanes_[i].contents);
    lanes_[i].connectors.add(other.lanes_[i].connectors);
    lanes_[i].entries.add(other.lanes_[i].entries);
  }
}

LaneExtents::Span LaneExtents::narrow(const Lane& lane) {
  Span span;
  if (!lane.contents.empty()) {
    span.add(std::max(lane.left, lane.contents.low - padding),
             std::min(lane.right, lane.contents.high + padding));
  }
  if (!lane.connectors.empty()) {
    span.add(lane.connectors.low - padding, lane.connectors.high + padding);
  }
  if (span.empty()) {
    const double middle = (lane.left + lane.right) / 2;
    span = {middle, middle};
    if (!lane.kept) return span;
  }
  const double missing = std::max(0.0, lane.least - (span.high - span.low));
  return {span.low - missing / 2, span.high + missing / 2};
}

// What crosses a side of the lane asks for no air there.
LaneExtents::Span LaneExtents::airy(const Lane& lane, Span narrow) {
  const Span& contents = lane.contents;
  if (!contents.empty() && contents.low > lane.left) narrow.add(contents.low - air, narrow.high);
  if (!contents.empty() && contents.high < lane.right) narrow.add(narrow.low, contents.high + air);
  if (!lane.connectors.empty()) narrow.add(lane.connectors.low - air, lane.connectors.high + air);
  if (!lane.entries.empty()) narrow.add(lane.entries);
  return narrow;
}

// A caption does not push the boxes out of the middle of their lane.
LaneExtents::Span LaneExtents::even(const Lane& lane, Span airy) {
  const bool inside = lane.contents.low > lane.left && lane.contents.high < lane.right;
  if (lane.contents.empty() || !inside) return airy;
  const double middle = (lane.contents.low + lane.contents.high) / 2;
  const double reach = std::max(middle - airy.low, airy.high - middle);
  return {middle - reach, middle + reach};
}

LaneExtents::Span LaneExtents::headed(const Lane& lane, Span even) {
  const double missing = lane.short_header - (even.high - even.low);
  if (missing <= 0 || even.high <= even.low) return even;
  return {even.low - missing / 2, even.high + missing / 2};
}

std::vector<FittedLane> LaneExtents::fitted(double room) const {
  std::vector<FittedLane> lanes, with_air, balanced, roomy;
  for (const Lane& lane : lanes_) {
    const Span least = narrow(lane), more = airy(lane, least);
    lanes.push_back(least.fitted());
    with_air.push_back(more.fitted());
    balanced.push_back(even(lane, more).fitted());
    roomy.push_back(headed(lane, even(lane, more)).fitted());
  }
  if (headed_) {
    widen(lanes, with_air, room);
    widen(lanes, balanced, room);
    widen(lanes, roomy, room);
  }
  return lanes;
}

double LaneExtents::width() const {
  double width = 0;
  for (const Lane& lane : lanes_) {
    const Span least = narrow(lane);
    width += width_of((airy_ && headed_ ? airy(lane, least) : least).fitted());
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
    if (part.arrow) extents.add_entry(part.path[part.path.size() - 2], part.path.back());
  }
  for (const Connector& connector : band.connectors) extents.add_connector(connector.x, caption);
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
    if (edge.path.size() > 1) {
      const Point tip = edge.path.back();
      parts_[part_of(tip.y)].add_entry(edge.path[edge.path.size() - 2], tip);
    }
    for (std::size_t i = 1; i < edge.path.size(); ++i) {
      const Point a = edge.path[i - 1], b = edge.path[i];
      const std::size_t first = part_of(std::min(a.y, b.y)), last = part_of(std::max(a.y, b.y));
      for (std::size_t part = first; part <= last; ++part) {
        parts_[part].add(a.x, a.x);
        parts_[part].add(b.x, b.x);
        if (part > first) cuts_[part].add_connector(a.x, caption);
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
