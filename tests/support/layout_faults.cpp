#include "support/layout_faults.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>
#include <vector>

namespace flowproof::test {

namespace {

constexpr double tolerance = 0.01;
constexpr double least_distance = 7.5;

struct Piece {
  std::size_t edge = 0;
  Point a, b;
  double left = 0, right = 0, top = 0, bottom = 0;
  [[nodiscard]] bool flat() const { return a.y == b.y; }
};

Piece piece_of(std::size_t edge, Point a, Point b) {
  return {
      edge, a, b, std::min(a.x, b.x), std::max(a.x, b.x), std::min(a.y, b.y), std::max(a.y, b.y)};
}

bool inside(const Piece& piece, const Rect& box, double shrink) {
  return piece.left < box.right() - shrink && piece.right > box.x + shrink &&
         piece.top < box.bottom() - shrink && piece.bottom > box.y + shrink;
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x + tolerance < b.right() && b.x + tolerance < a.right() &&
         a.y + tolerance < b.bottom() && b.y + tolerance < a.bottom();
}

class Judge {
 public:
  Judge(const Flow& flow, const Measured& measured, const Layout& layout)
      : flow_(flow), measured_(measured), layout_(layout) {}

  LayoutFaults run() {
    judge_lines();
    judge_pairs();
    judge_boxes();
    judge_labels();
    judge_ends();
    judge_lanes();
    judge_page();
    judge_main_line();
    return faults_;
  }

 private:
  void judge_lines() {
    for (std::size_t e = 0; e < layout_.edges.size(); ++e) {
      const Polyline& path = layout_.edges[e].path;
      for (std::size_t i = 1; i < path.size(); ++i) {
        const bool straight = path[i - 1].x == path[i].x || path[i - 1].y == path[i].y;
        if (!straight) ++faults_.slanted;
        pieces_.push_back(piece_of(e, path[i - 1], path[i]));
      }
      faults_.bends += path.size() < 2 ? 0 : path.size() - 2;
    }
    // By left end: what lies beside a piece is found by a sweep.
    std::stable_sort(pieces_.begin(), pieces_.end(),
                     [](const Piece& a, const Piece& b) { return a.left < b.left; });
  }

  template <class Visit>
  void near_pieces(double left, double right, Visit visit) const {
    // Pieces are sorted by their left end; the widest decides how far to look back.
    auto piece = std::partition_point(pieces_.begin(), pieces_.end(),
                                      [&](const Piece& p) { return p.left <= right; });
    while (piece != pieces_.begin()) {
      --piece;
      if (piece->right >= left) visit(*piece);
    }
  }

  void judge_pairs() {
    std::vector<std::size_t> active;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      std::erase_if(active, [&](std::size_t k) {
        return pieces_[k].right < pieces_[i].left - least_distance;
      });
      for (const std::size_t k : active) judge_pair(pieces_[i], pieces_[k]);
      active.push_back(i);
    }
  }

  // Lines with a common start, or a common end, may run together there.
  bool trunk(const Piece& p, const Piece& q) const {
    const Edge& a = flow_.edges[p.edge];
    const Edge& b = flow_.edges[q.edge];
    return a.from == b.from || a.to == b.to;
  }

  void judge_pair(const Piece& p, const Piece& q) {
    if (p.edge == q.edge) return;
    if (p.flat() != q.flat()) {
      const Piece& flat = p.flat() ? p : q;
      const Piece& upright = p.flat() ? q : p;
      const bool meet =
          upright.left >= flat.left - tolerance && upright.left <= flat.right + tolerance &&
          flat.top >= upright.top - tolerance && flat.top <= upright.bottom + tolerance;
      if (!meet) return;
      const bool through = upright.left > flat.left + 0.5 && upright.left < flat.right - 0.5 &&
                           flat.top > upright.top + 0.5 && flat.top < upright.bottom - 0.5;
      if (through) {
        ++faults_.crossings;
      } else if (!trunk(p, q)) {
        ++faults_.overlaps;  // one ends on the other: they look joined
      }
      return;
    }
    const double apart = p.flat() ? std::abs(p.top - q.top) : std::abs(p.left - q.left);
    const double along = p.flat() ? std::min(p.right, q.right) - std::max(p.left, q.left)
                                  : std::min(p.bottom, q.bottom) - std::max(p.top, q.top);
    if (apart >= least_distance || along <= tolerance) return;
    if (apart <= tolerance) {
      if (!trunk(p, q)) ++faults_.overlaps;
    } else {
      ++faults_.close;
    }
  }

  void judge_boxes() {
    std::vector<Rect> boxes = layout_.nodes;
    for (const Rect& note : layout_.notes) {
      if (note.width > 0) boxes.push_back(note);
    }
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) faults_.box_over_box += overlap(boxes[i], boxes[k]);
      near_pieces(boxes[i].x, boxes[i].right(), [&](const Piece& piece) {
        // A line touches its own boxes from outside; half a point absorbs rounding.
        faults_.line_over_box += inside(piece, boxes[i], 0.5);
      });
    }
  }

  void judge_labels() {
    std::vector<std::pair<std::size_t, Rect>> labels;
    for (std::size_t e = 0; e < layout_.edges.size(); ++e) {
      const bool wanted = !measured_.labels[e].lines.empty();
      if (wanted != layout_.edges[e].label.has_value()) ++faults_.lost_labels;
      if (layout_.edges[e].label) labels.emplace_back(e, *layout_.edges[e].label);
    }
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const Rect& area = labels[i].second;
      for (const Rect& box : layout_.nodes) faults_.label_over_box += overlap(area, box);
      for (const Rect& note : layout_.notes) {
        faults_.label_over_box += note.width > 0 && overlap(area, note);
      }
      for (std::size_t k = 0; k < i; ++k)
        faults_.label_over_label += overlap(area, labels[k].second);
      near_pieces(area.x, area.right(),
                  [&](const Piece& piece) { faults_.label_over_line += inside(piece, area, 0.1); });
    }
  }

  static bool touches_diamond_corner(Point p, const Rect& box) {
    const Point c = box.center();
    for (const Point corner : {Point{c.x, box.y}, Point{c.x, box.bottom()}, Point{box.x, c.y},
                               Point{box.right(), c.y}}) {
      if (std::hypot(p.x - corner.x, p.y - corner.y) < 0.5) return true;
    }
    return false;
  }

  static bool on_border(Point p, const Rect& box) {
    const bool in = p.x > box.x - 0.1 && p.x < box.right() + 0.1 && p.y > box.y - 0.1 &&
                    p.y < box.bottom() + 0.1;
    const double nearest = std::min(std::min(std::abs(p.x - box.x), std::abs(p.x - box.right())),
                                    std::min(std::abs(p.y - box.y), std::abs(p.y - box.bottom())));
    return in && nearest < 0.1;
  }

  void judge_ends() {
    std::map<std::tuple<std::uint32_t, long, long>, int> roles;
    for (std::size_t e = 0; e < layout_.edges.size(); ++e) {
      const Edge& edge = flow_.edges[e];
      const Polyline& path = layout_.edges[e].path;
      if (path.size() < 2) {
        ++faults_.loose_ends;
        continue;
      }
      for (const auto& [point, node, role] :
           {std::tuple{path.front(), at(edge.from), 1}, std::tuple{path.back(), at(edge.to), 2}}) {
        const Rect& box = layout_.nodes[node];
        if (!on_border(point, box)) ++faults_.loose_ends;
        const bool decision = flow_.nodes[node].kind == NodeKind::decision;
        if (decision && !touches_diamond_corner(point, box)) ++faults_.off_corner;
        roles[{node, std::lround(point.x), std::lround(point.y)}] |= role;
      }
    }
    for (const auto& [place, role] : roles) faults_.mixed_ends += role == 3;
  }

  void judge_lanes() {
    for (std::size_t i = 1; i < layout_.lanes.size(); ++i) {
      if (layout_.lanes[i - 1].right() > layout_.lanes[i].x + tolerance) ++faults_.lanes;
    }
    for (std::size_t i = 0; i < layout_.nodes.size() && !layout_.lanes.empty(); ++i) {
      const LaneIndex lane = flow_.nodes[i].lane;
      // Bars reach over the lanes of their branches.
      if (lane == no_lane || is_bar(flow_.nodes[i].kind)) continue;
      const Rect& band = layout_.lanes[at(lane)];
      const Rect& box = layout_.nodes[i];
      const bool in = box.x >= band.x && box.right() <= band.right() &&
                      box.y >= band.y + layout_.lane_header && box.bottom() <= band.bottom();
      if (!in) ++faults_.lanes;
    }
  }

  void judge_page() {
    const auto in = [&](const Rect& area) {
      return area.x >= -tolerance && area.y >= -tolerance &&
             area.right() <= layout_.size.width + tolerance &&
             area.bottom() <= layout_.size.height + tolerance;
    };
    for (const Rect& box : layout_.nodes) faults_.outside += !in(box);
    for (const Rect& box : layout_.notes) faults_.outside += !in(box);
    for (const Rect& box : layout_.lanes) faults_.outside += !in(box);
    for (const EdgeLayout& edge : layout_.edges) {
      for (const Point& p : edge.path) faults_.outside += !in({p.x, p.y, 0, 0});
      if (edge.label) faults_.outside += !in(*edge.label);
    }
  }

  // Lines that rise are ways back: their target leads to their source.
  void judge_main_line() {
    std::map<std::uint32_t, double> axes, beside;
    bool even = false;  // between bars with an even number of branches: these stand at both sides
    for (const NodeIndex node : layout_.main_line) {
      const Node& box = flow_.nodes[at(node)];
      // Bars reach over their branches, to one side more than to the other.
      if (is_bar(box.kind)) {
        const auto branches =
            std::count_if(flow_.edges.begin(), flow_.edges.end(), [&](const Edge& edge) {
              return edge.from == node && flow_.nodes[at(edge.to)].lane == box.lane;
            });
        even = box.kind == NodeKind::parallel && branches % 2 == 0;
        beside.clear();
        continue;
      }
      const double x = layout_.nodes[at(node)].center().x;
      const auto [axis, first] = (even ? beside : axes).emplace(at(box.lane), x);
      if (std::abs(axis->second - x) > tolerance) ++faults_.crooked;
    }
    std::vector<std::vector<std::uint32_t>> next(flow_.nodes.size());
    for (const Edge& edge : flow_.edges) next[at(edge.from)].push_back(at(edge.to));
    for (std::size_t e = 0; e < layout_.edges.size(); ++e) {
      const Polyline& path = layout_.edges[e].path;
      if (path.size() < 2 || path.back().y >= path.front().y - 1) continue;
      if (!leads_to(next, at(flow_.edges[e].to), at(flow_.edges[e].from))) ++faults_.rising;
    }
  }

  static bool leads_to(const std::vector<std::vector<std::uint32_t>>& next, std::uint32_t from,
                       std::uint32_t goal) {
    std::vector<bool> seen(next.size());
    std::vector<std::uint32_t> open{from};
    while (!open.empty()) {
      const std::uint32_t node = open.back();
      open.pop_back();
      if (node == goal) return true;
      if (seen[node]) continue;
      seen[node] = true;
      open.insert(open.end(), next[node].begin(), next[node].end());
    }
    return false;
  }

  const Flow& flow_;
  const Measured& measured_;
  const Layout& layout_;
  LayoutFaults faults_;
  std::vector<Piece> pieces_;
};

}  // namespace

const std::array<FaultColumn, 16>& fault_columns() {
  static constexpr std::array<FaultColumn, 16> columns{{
      {"overlaps", &LayoutFaults::overlaps},
      {"close", &LayoutFaults::close},
      {"line/box", &LayoutFaults::line_over_box},
      {"box/box", &LayoutFaults::box_over_box},
      {"label/box", &LayoutFaults::label_over_box},
      {"label/line", &LayoutFaults::label_over_line},
      {"label/label", &LayoutFaults::label_over_label},
      {"lost labels", &LayoutFaults::lost_labels},
      {"slanted", &LayoutFaults::slanted},
      {"loose ends", &LayoutFaults::loose_ends},
      {"mixed ends", &LayoutFaults::mixed_ends},
      {"off corner", &LayoutFaults::off_corner},
      {"rising", &LayoutFaults::rising},
      {"lanes", &LayoutFaults::lanes},
      {"outside", &LayoutFaults::outside},
      {"crooked", &LayoutFaults::crooked},
  }};
  return columns;
}

std::size_t LayoutFaults::total() const {
  const auto& columns = fault_columns();
  return std::accumulate(
      columns.begin(), columns.end(), std::size_t{0},
      [this](std::size_t sum, const FaultColumn& column) { return sum + this->*column.value; });
}

std::string LayoutFaults::text() const {
  std::string out;
  for (const FaultColumn& column : fault_columns()) {
    if (this->*column.value == 0) continue;
    if (!out.empty()) out += ", ";
    out += std::string(column.name) + ' ' + std::to_string(this->*column.value);
  }
  return out;
}

LayoutFaults find_faults(const Flow& flow, const Measured& measured, const Layout& layout) {
  return Judge(flow, measured, layout).run();
}

}  // namespace flowproof::test
