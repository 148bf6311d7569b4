#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "flowproof/drawing.hpp"
#include "flowproof/facts.hpp"

namespace flowproof {

namespace {

constexpr double tolerance = 0.01;
constexpr double rounding = 0.5;
constexpr double most_pairs = 20e6;

/// A straight part of a line.
struct Piece {
  EdgeIndex edge{};
  double left = 0, right = 0, top = 0, bottom = 0;
};

bool overlap(const Rect& a, const Rect& b, double shrink) {
  return a.x + shrink < b.right() && b.x + shrink < a.right() && a.y + shrink < b.bottom() &&
         b.y + shrink < a.bottom();
}

/// What takes room: boxes, notes, labels.
struct Solid {
  Rect area;
  std::optional<NodeIndex> node;  ///< a box, or the box a note belongs to
  std::optional<EdgeIndex> label;
};

/// Finds what overlaps an area: solids in horizontal bands, sorted by x in each.
class SolidIndex {
 public:
  static constexpr double band_height = 64;

  SolidIndex(std::vector<Solid> solids, double height)
      : solids_(std::move(solids)),
        bands_(static_cast<std::size_t>(std::clamp(height / band_height, 0.0, 1e6)) + 1) {
    for (std::uint32_t i = 0; i < solids_.size(); ++i) {
      widest_ = std::max(widest_, solids_[i].area.width);
      const auto [first, last] = bands_of(solids_[i].area);
      for (std::size_t band = first; band <= last; ++band) bands_[band].push_back(i);
    }
    for (std::vector<std::uint32_t>& band : bands_) {
      std::sort(band.begin(), band.end(), [&](std::uint32_t a, std::uint32_t b) {
        return solids_[a].area.x < solids_[b].area.x;
      });
    }
  }

  [[nodiscard]] const std::vector<Solid>& all() const { return solids_; }

  template <class Visit>
  void near(const Rect& area, Visit visit) const {
    const auto [first, last] = bands_of(area);
    for (std::size_t band = first; band <= last; ++band) {
      auto at = std::partition_point(
          bands_[band].begin(), bands_[band].end(),
          [&](std::uint32_t i) { return solids_[i].area.x < area.x - widest_; });
      for (; at != bands_[band].end() && solids_[*at].area.x <= area.right(); ++at) {
        // In several bands: seen in the first one they share.
        if (band == std::max(first, bands_of(solids_[*at].area).first)) visit(*at);
      }
    }
  }

 private:
  [[nodiscard]] std::pair<std::size_t, std::size_t> bands_of(const Rect& area) const {
    const auto band = [&](double y) {
      const double last = static_cast<double>(bands_.size() - 1);
      return static_cast<std::size_t>(std::clamp(y / band_height, 0.0, last));
    };
    return {band(area.y), band(area.bottom())};
  }

  std::vector<Solid> solids_;
  std::vector<std::vector<std::uint32_t>> bands_;
  double widest_ = 0;
};

class Inspector {
 public:
  Inspector(const Flow& flow, const Facts& facts, const Measured& measured, const Layout& layout)
      : flow_(flow),
        facts_(facts),
        measured_(measured),
        layout_(layout),
        solids_(solids_of(flow, layout), layout.size.height) {}

  Inspection run() {
    collect_pieces();
    inspect_solids();
    inspect_lines_over_solids();
    inspect_parallel(level_, [](const Piece& p) { return p.top; });
    inspect_parallel(upright_, [](const Piece& p) { return p.left; });
    inspect_crossings();
    inspect_labels();
    inspect_ends();
    inspect_lanes();
    inspect_page();
    inspect_main_line();
    std::vector<Fault>& faults = found_.faults;
    const auto key = [](const Fault& f) {
      return std::tie(f.kind, f.node, f.edge, f.other, f.other_edge);
    };
    std::sort(faults.begin(), faults.end(),
              [&](const Fault& a, const Fault& b) { return key(a) < key(b); });
    faults.erase(std::unique(faults.begin(), faults.end()), faults.end());
    return std::move(found_);
  }

 private:
  static std::vector<Solid> solids_of(const Flow& flow, const Layout& layout) {
    std::vector<Solid> solids;
    for (std::uint32_t i = 0; i < layout.nodes.size(); ++i) {
      solids.push_back({layout.nodes[i], NodeIndex{i}, {}});
    }
    for (std::size_t i = 0; i < layout.notes.size(); ++i) {
      if (layout.notes[i].width > 0) solids.push_back({layout.notes[i], flow.notes[i].target, {}});
    }
    for (std::uint32_t i = 0; i < layout.edges.size(); ++i) {
      if (layout.edges[i].label) solids.push_back({*layout.edges[i].label, {}, EdgeIndex{i}});
    }
    return solids;
  }

  void add(Fault fault) { found_.faults.push_back(fault); }
  void add_lines(FaultKind kind, EdgeIndex a, EdgeIndex b) {
    add({.kind = kind, .edge = std::min(a, b), .other_edge = std::max(a, b)});
  }

  void collect_pieces() {
    for (std::uint32_t e = 0; e < layout_.edges.size(); ++e) {
      const Polyline& path = layout_.edges[e].path;
      for (std::size_t i = 1; i < path.size(); ++i) {
        const Point a = path[i - 1], b = path[i];
        const Piece piece{EdgeIndex{e}, std::min(a.x, b.x), std::max(a.x, b.x), std::min(a.y, b.y),
                          std::max(a.y, b.y)};
        if (a.x != b.x && a.y != b.y) add({.kind = FaultKind::line_loose, .edge = EdgeIndex{e}});
        (a.x == b.x ? upright_ : level_).push_back(piece);
      }
      const std::size_t bends = path.size() < 2 ? 0 : path.size() - 2;
      found_.bends += bends;
      found_.most_bends = std::max(found_.most_bends, bends);
      if (bends > most_bends_of_line) {
        add({.kind = FaultKind::line_winds, .edge = EdgeIndex{e}});
      }
      const Edge& edge = flow_.edges[e];
      const bool back = facts_.component[at(edge.from)] == facts_.component[at(edge.to)];
      if (path.size() > 1 && path.back().y < path.front().y - 1 && !back) {
        add({.kind = FaultKind::line_rises, .edge = EdgeIndex{e}});
      }
    }
  }

  void inspect_solids() {
    for (std::uint32_t i = 0; i < solids_.all().size(); ++i) {
      const Solid& a = solids_.all()[i];
      solids_.near(a.area, [&](std::uint32_t k) {
        const Solid& b = solids_.all()[k];
        if (k >= i || !overlap(a.area, b.area, tolerance)) return;
        if (!a.label && !b.label) {
          add({.kind = FaultKind::boxes_overlap, .node = b.node, .other = a.node});
        } else if (a.label && b.label) {
          add_lines(FaultKind::label_covered, *a.label, *b.label);
        } else {
          add({.kind = FaultKind::label_covered,
               .node = a.label ? b.node : a.node,
               .edge = a.label ? a.label : b.label});
        }
      });
    }
    for (std::uint32_t i = 0; i < layout_.nodes.size(); ++i) {
      const Size text = measured_.nodes[i].size;
      const Rect& box = layout_.nodes[i];
      if (text.width > box.width + rounding || text.height > box.height + rounding) {
        add({.kind = FaultKind::text_cut, .node = NodeIndex{i}});
      }
    }
  }

  void inspect_lines_over_solids() {
    for (const std::vector<Piece>* pieces : {&level_, &upright_}) {
      for (const Piece& piece : *pieces) {
        const Rect area{piece.left, piece.top, piece.right - piece.left, piece.bottom - piece.top};
        if (!spend(1 + area.height / SolidIndex::band_height)) return;
        solids_.near(area, [&](std::uint32_t i) {
          const Solid& solid = solids_.all()[i];
          // A line touches its own boxes from outside.
          if (!overlap(area, solid.area, solid.label ? 0.1 : rounding)) return;
          if (solid.label) {
            add({.kind = FaultKind::label_covered, .edge = solid.label, .other_edge = piece.edge});
          } else {
            add({.kind = FaultKind::line_through_box, .node = solid.node, .edge = piece.edge});
          }
        });
      }
    }
  }

  [[nodiscard]] bool spend(double count = 1) {
    pairs_ += count;
    found_.complete = found_.complete && pairs_ < most_pairs;
    return found_.complete;
  }

  // Lines with a common start, or a common end, may run together there.
  [[nodiscard]] bool trunk(const Piece& p, const Piece& q) const {
    const Edge& a = flow_.edge(p.edge);
    const Edge& b = flow_.edge(q.edge);
    return a.from == b.from || a.to == b.to;
  }

  template <class Across>
  void inspect_parallel(std::vector<Piece>& pieces, Across across) {
    std::stable_sort(pieces.begin(), pieces.end(),
                     [&](const Piece& a, const Piece& b) { return across(a) < across(b); });
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const Piece& p = pieces[i];
      for (std::size_t k = i + 1; k < pieces.size(); ++k) {
        const Piece& q = pieces[k];
        const double apart = across(q) - across(p);
        if (apart >= least_line_distance || !spend()) break;
        const double along = std::max(std::min(p.right, q.right) - std::max(p.left, q.left),
                                      std::min(p.bottom, q.bottom) - std::max(p.top, q.top));
        if (p.edge == q.edge || along <= tolerance) continue;
        if (apart > tolerance || !trunk(p, q)) {
          add_lines(FaultKind::lines_together, p.edge, q.edge);
        }
      }
    }
  }

  void inspect_crossings() {
    for (const Piece& level : level_) {
      auto upright = std::partition_point(
          upright_.begin(), upright_.end(),
          [&](const Piece& piece) { return piece.left < level.left - tolerance; });
      for (; upright != upright_.end() && upright->left <= level.right + tolerance; ++upright) {
        if (!spend()) return;
        inspect_crossing(level, *upright);
      }
    }
  }

  void inspect_crossing(const Piece& level, const Piece& upright) {
    if (level.edge == upright.edge || level.top < upright.top - tolerance ||
        level.top > upright.bottom + tolerance) {
      return;
    }
    const bool through =
        upright.left > level.left + rounding && upright.left < level.right - rounding &&
        level.top > upright.top + rounding && level.top < upright.bottom - rounding;
    // One that ends on the other looks joined to it, as lines of one box may be.
    if (!through && trunk(level, upright)) return;
    add_lines(through ? FaultKind::lines_cross : FaultKind::lines_together, level.edge,
              upright.edge);
  }

  void inspect_labels() {
    for (std::uint32_t e = 0; e < layout_.edges.size(); ++e) {
      const TextBlock& text = measured_.labels[e];
      const std::optional<Rect>& label = layout_.edges[e].label;
      const bool lost =
          !text.lines.empty() && (!label || label->width + rounding < text.size.width);
      if (lost) add({.kind = FaultKind::label_lost, .edge = EdgeIndex{e}});
    }
  }

  static bool on_border(Point p, const Rect& box) {
    const double out = std::max({box.x - p.x, p.x - box.right(), box.y - p.y, p.y - box.bottom()});
    return std::abs(out) < 0.1;
  }

  static bool on_corner(Point p, const Rect& box) {
    const Point c = box.center();
    const double dx = std::min(std::abs(p.x - box.x), std::abs(p.x - box.right()));
    const double dy = std::min(std::abs(p.y - box.y), std::abs(p.y - box.bottom()));
    return (std::abs(p.x - c.x) < rounding && dy < rounding) ||
           (std::abs(p.y - c.y) < rounding && dx < rounding);
  }

  void inspect_ends() {
    struct Ends {
      std::optional<EdgeIndex> in, out;
    };
    std::map<std::tuple<NodeIndex, long, long>, Ends> places;
    for (std::uint32_t e = 0; e < layout_.edges.size(); ++e) {
      const Edge& edge = flow_.edges[e];
      const EdgeIndex index{e};
      const Polyline& path = layout_.edges[e].path;
      if (path.size() < 2) {
        add({.kind = FaultKind::line_loose, .edge = index});
        continue;
      }
      for (const bool out : {true, false}) {
        const Point point = out ? path.front() : path.back();
        const NodeIndex node = out ? edge.from : edge.to;
        const Rect& box = layout_.nodes[at(node)];
        if (!on_border(point, box)) add({.kind = FaultKind::line_loose, .edge = index});
        if (flow_.node(node).kind == NodeKind::decision && !on_corner(point, box)) {
          add({.kind = FaultKind::off_corner, .node = node, .edge = index});
        }
        Ends& ends = places[{node, std::lround(point.x), std::lround(point.y)}];
        (out ? ends.out : ends.in) = index;
      }
    }
    for (const auto& [place, ends] : places) {
      if (!ends.in || !ends.out) continue;
      add({.kind = FaultKind::ends_mixed,
           .node = std::get<0>(place),
           .edge = ends.in,
           .other_edge = ends.out});
    }
  }

  void inspect_lanes() {
    for (std::size_t i = 1; i < layout_.lanes.size(); ++i) {
      if (layout_.lanes[i - 1].right() > layout_.lanes[i].x + tolerance) {
        add({.kind = FaultKind::outside_lane});
      }
    }
    for (std::uint32_t i = 0; i < layout_.nodes.size() && !layout_.lanes.empty(); ++i) {
      const LaneIndex lane = flow_.nodes[i].lane;
      // Bars reach over the lanes of their branches.
      if (lane == no_lane || is_bar(flow_.nodes[i].kind)) continue;
      const Rect& band = layout_.lanes[at(lane)];
      const Rect room{band.x, band.y + layout_.lane_header, band.width,
                      band.height - layout_.lane_header};
      if (!inside(layout_.nodes[i], room)) {
        add({.kind = FaultKind::outside_lane, .node = NodeIndex{i}});
      }
    }
  }

  static bool inside(const Rect& area, const Rect& room) {
    return area.x >= room.x - tolerance && area.y >= room.y - tolerance &&
           area.right() <= room.right() + tolerance && area.bottom() <= room.bottom() + tolerance;
  }

  void inspect_page() {
    const Rect page{0, 0, layout_.size.width, layout_.size.height};
    for (const Solid& solid : solids_.all()) {
      if (inside(solid.area, page)) continue;
      add({.kind = FaultKind::outside_page, .node = solid.node, .edge = solid.label});
    }
    for (const std::vector<Piece>* pieces : {&level_, &upright_}) {
      for (const Piece& p : *pieces) {
        if (inside({p.left, p.top, p.right - p.left, p.bottom - p.top}, page)) continue;
        add({.kind = FaultKind::outside_page, .edge = p.edge});
      }
    }
  }

  // An even number of branches stands at both sides of the axis.
  bool has_middle_branch(NodeIndex fork) const {
    const auto exits = facts_.graph.exits(fork);
    return std::count_if(exits.begin(), exits.end(),
                         [&](EdgeIndex exit) {
                           return flow_.node(flow_.edge(exit).to).lane == flow_.node(fork).lane;
                         }) %
               2 ==
           1;
  }

  void inspect_main_line() {
    std::map<LaneIndex, double> axes, beside;  // in all, between the last bars
    bool is_beside = false;
    for (const NodeIndex node : layout_.main_line) {
      // Bars reach over their branches, to one side more than to the other.
      const NodeKind kind = flow_.node(node).kind;
      if (is_bar(kind)) {
        is_beside = kind == NodeKind::parallel && !has_middle_branch(node);
        beside.clear();
        continue;
      }
      const double x = layout_.nodes[at(node)].center().x;
      const auto [axis, first] = (is_beside ? beside : axes).emplace(flow_.node(node).lane, x);
      if (std::abs(axis->second - x) > tolerance) {
        add({.kind = FaultKind::main_line_bends, .node = node});
      }
    }
  }

  const Flow& flow_;
  const Facts& facts_;
  const Measured& measured_;
  const Layout& layout_;
  SolidIndex solids_;
  std::vector<Piece> level_, upright_;
  double pairs_ = 0;
  Inspection found_;
};

}  // namespace

std::size_t Inspection::count(FaultKind kind) const {
  return static_cast<std::size_t>(std::count_if(
      faults.begin(), faults.end(), [&](const Fault& fault) { return fault.kind == kind; }));
}

Inspection inspect(const Flow& flow, const Facts& facts, const Measured& measured,
                   const Layout& layout) {
  return Inspector(flow, facts, measured, layout).run();
}

}  // namespace flowproof
