#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "scene/chart.hpp"
#include "scene/squeeze.hpp"

namespace flowproof::scene {

namespace {

std::size_t band_at(double y, const std::vector<double>& cuts) {
  return static_cast<std::size_t>(std::lower_bound(cuts.begin(), cuts.end(), y) - cuts.begin());
}

long row_of(const Rect& box) { return std::lround(box.center().y); }

// Per box: how many boxes side by side with it lead to it, one after another.
std::vector<std::size_t> steps_aside(const Source& source) {
  const Facts& facts = source.facts;
  const std::vector<Rect>& boxes = source.layout.nodes;
  std::vector<std::size_t> steps(boxes.size(), 0);
  if (facts.order.size() != boxes.size()) return steps;
  for (const NodeIndex node : facts.order) {
    for (const EdgeIndex entry : facts.graph.entries(node)) {
      const NodeIndex from = source.flow.edge(entry).from;
      if (facts.returns[at(entry)] || row_of(boxes[at(from)]) != row_of(boxes[at(node)])) continue;
      steps[at(node)] = std::max(steps[at(node)], steps[at(from)] + 1);
    }
  }
  return steps;
}

}  // namespace

std::vector<NodeIndex> reading_order(const Source& source) {
  const Layout& layout = source.layout;
  const std::size_t count = layout.nodes.size();
  std::vector<std::size_t> place(count, layout.main_line.size());
  for (std::size_t i = 0; i < layout.main_line.size(); ++i) place[at(layout.main_line[i])] = i;
  const std::vector<std::size_t> steps = steps_aside(source);
  std::vector<NodeIndex> order(count);
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = NodeIndex{i};
  const auto key = [&](NodeIndex node) {
    const Rect& box = layout.nodes[at(node)];
    return std::make_tuple(row_of(box), steps[at(node)], place[at(node)], box.x, at(node));
  };
  std::sort(order.begin(), order.end(), [&](NodeIndex a, NodeIndex b) { return key(a) < key(b); });
  return order;
}

namespace {

std::string letters(std::size_t number) {
  std::string text;
  for (++number; number > 0; number = (number - 1) / 26) {
    text.insert(text.begin(), static_cast<char>('A' + (number - 1) % 26));
  }
  return text;
}

Shape shape_of(const Source& source, NodeIndex node) {
  return source.profile.theme.nodes[static_cast<std::size_t>(source.flow.node(node).kind)].shape;
}

// Parts of a line that are drawn: those at its ends and the one with the label. What only passes
// through a page is left to the connectors.
std::vector<Piece> kept_pieces(std::vector<Piece> pieces, const std::optional<Rect>& label,
                               const std::vector<double>& cuts) {
  if (pieces.size() <= 2) return pieces;
  const std::size_t labelled = label ? band_at(label->center().y, cuts) : pieces.front().band;
  std::vector<Piece> kept;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool end = i == 0 || i + 1 == pieces.size();
    if (end || (pieces[i].band == labelled && pieces.front().band != labelled &&
                pieces.back().band != labelled)) {
      kept.push_back(std::move(pieces[i]));
    }
  }
  return kept;
}

// Places where lines arrive have a number; lines that arrive at one place share it.
class Arrivals {
 public:
  std::size_t at(std::size_t band, bool below, double x) {
    return numbers_.try_emplace({band, below, std::lround(x * 4)}, numbers_.size()).first->second;
  }

 private:
  std::map<std::tuple<std::size_t, bool, long>, std::size_t> numbers_;
};

void join_pieces(std::vector<Band>& bands, const Piece& from, const Piece& to, Arrivals& arrivals) {
  const bool out_below = from.path.back().y >= bands[from.band].bottom;
  const bool in_below = to.path.front().y >= bands[to.band].bottom;
  const std::size_t number = arrivals.at(to.band, in_below, to.path.front().x);
  bands[from.band].connectors.push_back(
      {from.path.back().x, number, {}, 0, to.band + 1, out_below, true});
  bands[to.band].connectors.push_back(
      {to.path.front().x, number, {}, 0, from.band + 1, in_below, false});
}

// The line of a connector must not run through the caption of another one: of two that are close,
// the left one stands farther from the cut.
void stagger(std::vector<Connector>& connectors, bool below, double caption, double& strip) {
  std::vector<Connector*> row;
  for (Connector& connector : connectors) {
    if (connector.below == below) row.push_back(&connector);
  }
  for (std::size_t i = row.size(); i-- > 0;) {
    for (std::size_t j = i + 1; j < row.size(); ++j) {
      if (row[j]->x - connector_radius < row[i]->x + connector_radius + caption) {
        row[i]->row = std::max(row[i]->row, row[j]->row + 1);
      }
    }
    strip = std::max(strip, static_cast<double>(row[i]->row + 1) * connector_row);
  }
}

void settle_connectors(Band& band, double caption) {
  const auto key = [](const Connector& c) { return std::tie(c.below, c.x, c.number); };
  std::sort(band.connectors.begin(), band.connectors.end(),
            [&](const Connector& a, const Connector& b) { return key(a) < key(b); });
  const auto same = [](const Connector& a, const Connector& b) {
    return a.below == b.below && a.number == b.number && std::abs(a.x - b.x) < 1;
  };
  band.connectors.erase(std::unique(band.connectors.begin(), band.connectors.end(), same),
                        band.connectors.end());
  stagger(band.connectors, false, caption, band.strip_top);
  stagger(band.connectors, true, caption, band.strip_bottom);
}

// All lanes in proportion, what stands in them keeps to their middle.
void widen(std::vector<FittedLane>& lanes, double share) {
  for (FittedLane& lane : lanes) {
    const double more = (lane.right - lane.left) * (share - 1) / 2;
    lane = {lane.left - more, lane.right + more};
  }
}

// The frame is equally wide on all sheets if it may be.
void fit_lanes(const Source& source, std::vector<Band>& bands, double room) {
  double widest = 0;
  for (Band& band : bands) {
    LaneExtents extents(source);
    add_contents(extents, source, band);
    band.lanes = extents.fitted(room);
    widest = std::max(widest, total_width(band.lanes));
  }
  const double frame = source.layout.lanes.empty() ? 0 : std::min(widest, room);
  for (Band& band : bands) {
    const double width = total_width(band.lanes);
    if (width > 0 && width < frame) widen(band.lanes, frame / width);
    const Squeeze squeeze(source.layout, band.lanes);
    band.width = squeeze.width();
    for (LinePart& part : band.lines) {
      for (Point& point : part.path) point.x = squeeze(point.x);
    }
    for (Connector& connector : band.connectors) connector.x = squeeze(connector.x);
  }
}

// A, B, C … from the first sheet to the last, left to right.
void name_connectors(std::vector<Band>& bands) {
  std::map<std::size_t, std::string> names;
  for (Band& band : bands) {
    for (Connector& connector : band.connectors) {
      connector.letter = names.try_emplace(connector.number, letters(names.size())).first->second;
    }
  }
}

}  // namespace

std::vector<Band> bands_of(const Source& source, const std::vector<double>& cuts, double room) {
  const Layout& layout = source.layout;
  std::vector<Band> bands(cuts.size() + 1);
  for (std::size_t i = 0; i < bands.size(); ++i) {
    bands[i].top = i == 0 ? 0 : cuts[i - 1];
    bands[i].bottom = i < cuts.size() ? cuts[i] : layout.size.height;
  }
  for (const NodeIndex node : reading_order(source)) {
    bands[band_at(layout.nodes[at(node)].center().y, cuts)].nodes.push_back(node);
  }
  Arrivals arrivals;
  for (std::uint32_t i = 0; i < layout.edges.size(); ++i) {
    const EdgeLayout& edge = layout.edges[i];
    if (edge.path.size() < 2) continue;
    const auto& [from, to] = std::pair(source.flow.edges[i].from, source.flow.edges[i].to);
    Polyline path = attach(edge.path, {shape_of(source, from), layout.nodes[at(from)]},
                           {shape_of(source, to), layout.nodes[at(to)]});
    if (cuts.empty()) {
      bands.front().lines.push_back({EdgeIndex{i}, std::move(path), true, edge.label.has_value()});
      continue;
    }
    const std::vector<Piece> pieces = kept_pieces(cut(path, cuts), edge.label, cuts);
    const std::size_t labelled = edge.label ? band_at(edge.label->center().y, cuts) : bands.size();
    bool label_open = true;
    for (std::size_t p = 0; p < pieces.size(); ++p) {
      const bool label = label_open && pieces[p].band == labelled;
      label_open = label_open && !label;
      bands[pieces[p].band].lines.push_back(
          {EdgeIndex{i}, pieces[p].path, p + 1 == pieces.size(), label});
      if (p > 0) join_pieces(bands, pieces[p - 1], pieces[p], arrivals);
    }
  }
  if (cuts.empty()) {
    bands.front().width = layout.size.width;
  } else {
    fit_lanes(source, bands, room);
  }
  for (Band& band : bands) settle_connectors(band, connector_caption(source));
  name_connectors(bands);
  return bands;
}

Layout squeezed(const Source& source, const Band& band) {
  if (band.lanes.empty()) return source.layout;
  return Squeeze(source.layout, band.lanes).of(source.layout);
}

}  // namespace flowproof::scene
