#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <queue>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr double lane_padding = 5;
constexpr double header_padding = 8;
constexpr double least_lane = 64;
constexpr double box_clearance = 8;    // from a box to a line that is not its own
constexpr double flat_clearance = 10;  // around the label of a flat line, arrow included
constexpr int sweeps = 12;
constexpr double unbounded = 1e30;

// Least distances of neighbours in a row.
class Spacing {
 public:
  Spacing(const Chart& chart, const Ranks& ranks) : chart_(chart), ranks_(ranks) {}

  [[nodiscard]] double between(const Item& left, const Item& right) const {
    return left.right + right.left + gap(left, right);
  }

 private:
  [[nodiscard]] double gap(const Item& left, const Item& right) const {
    const bool left_box = left.kind == ItemKind::box || left.kind == ItemKind::note;
    const bool right_box = right.kind == ItemKind::box || right.kind == ItemKind::note;
    if (left_box && right_box) return box_gap(left, right);
    if (left_box || right_box) {
      const Item& box = left_box ? left : right;
      const Item& line = left_box ? right : left;
      const bool own =
          line.kind == ItemKind::turn && box.kind == ItemKind::box && line.owner == box.subject;
      return own ? 0 : box_clearance;
    }
    return 0;
  }

  [[nodiscard]] double box_gap(const Item& left, const Item& right) const {
    if (left.kind == ItemKind::note || right.kind == ItemKind::note) {
      return chart_.options.node_gap / 2;
    }
    for (const auto& [from, to] : {std::pair{&left, &right}, std::pair{&right, &left}}) {
      const std::uint32_t edge = ranks_.beside[to->subject];
      if (edge == none || at(chart_.flow.edges[edge].from) != from->subject) continue;
      const double label = chart_.measured.labels[edge].size.width;
      return std::max(chart_.options.node_gap, label + 2 * flat_clearance);
    }
    return chart_.options.node_gap;
  }

  const Chart& chart_;
  const Ranks& ranks_;
};

// An even number of branches between two bars has no middle one to stand on the axis of the bars:
// those in their lane move aside together, so that the axis is in their middle, if what stands
// beside them leaves room.
class ForkCentring {
 public:
  ForkCentring(const Chart& chart, const Skeleton& skeleton, const Rows& rows,
               const std::vector<std::uint32_t>& position, const Spacing& spacing,
               std::vector<double>& x)
      : chart_(chart),
        skeleton_(skeleton),
        rows_(rows),
        position_(position),
        spacing_(spacing),
        x_(x),
        moves_(x.size()),
        has_note_(chart.flow.nodes.size()) {
    for (const Note& note : chart.flow.notes) {
      if (note.target) has_note_[at(*note.target)] = true;
    }
  }

  void run() {
    for (std::uint32_t node = 0; node < chart_.flow.nodes.size(); ++node) {
      if (chart_.flow.nodes[node].kind == NodeKind::parallel) centre(node);
    }
  }

 private:
  void centre(std::uint32_t fork) {
    items_.clear();
    std::uint32_t join = none;
    std::size_t branches = 0;
    double first = unbounded, last = -unbounded;
    for (const EdgeIndex exit : chart_.facts.graph.exits(NodeIndex(fork))) {
      if (chart_.lane_of(at(chart_.flow.edge(exit).to)) != chart_.lane_of(fork)) continue;
      const std::size_t before = items_.size();
      const std::uint32_t end = follow(fork, exit);
      if (end == none || (join != none && end != join) || items_.size() == before) return;
      join = end;
      first = std::min(first, x_[items_[before]]);
      last = std::max(last, x_[items_[before]]);
      ++branches;
    }
    if (branches == 0 || branches % 2 != 0 || std::abs(x_[fork] - x_[join]) > 0.01) return;
    const double shift = x_[fork] - (first + last) / 2;
    for (const std::uint32_t i : items_) moves_[i] = true;
    const bool may_move = std::all_of(items_.begin(), items_.end(),
                                      [&](std::uint32_t i) { return has_room(i, shift); });
    for (const std::uint32_t i : items_) {
      moves_[i] = false;
      if (may_move) x_[i] += shift;
    }
  }

  // Collects the boxes and bends of a branch; the bar it leads to through boxes of one way in and
  // one out in the lane of the fork, or none.
  std::uint32_t follow(std::uint32_t fork, EdgeIndex edge) {
    const std::uint32_t lane = chart_.lane_of(fork);
    while (!chart_.goes_back(edge)) {
      const std::uint32_t begin = skeleton_.first_link[at(edge)];
      const std::uint32_t end = skeleton_.first_link[at(edge) + 1];
      if (begin == end) return none;
      for (std::uint32_t i = begin; i < end; ++i) {
        const Link& link = skeleton_.links[i];
        const ItemKind upper = skeleton_.items[link.upper].kind;
        const Item& lower = skeleton_.items[link.lower];
        if (upper == ItemKind::turn || lower.kind == ItemKind::turn) return none;
        if (lower.lane != lane) return none;
        if (lower.kind == ItemKind::bend) items_.push_back(link.lower);
      }
      const NodeIndex box = chart_.flow.edge(edge).to;
      if (chart_.is_bar(at(box))) return at(box);
      const auto exits = chart_.facts.graph.exits(box);
      const bool is_link = exits.size() == 1 && chart_.facts.graph.entries(box).size() == 1;
      if (!is_link || has_note_[at(box)]) return none;
      items_.push_back(at(box));
      edge = exits[0];
    }
    return none;
  }

  bool has_room(std::uint32_t i, double shift) const {
    const std::vector<std::uint32_t>& row = rows_[skeleton_.items[i].rank];
    const std::size_t beside = position_[i] + (shift < 0 ? std::size_t(-1) : 1);
    if (beside >= row.size() || moves_[row[beside]]) return true;
    const Item& item = skeleton_.items[i];
    const Item& other = skeleton_.items[row[beside]];
    if (item.lane != other.lane) return true;
    const double least = shift < 0 ? spacing_.between(other, item) : spacing_.between(item, other);
    return std::abs(x_[i] - x_[row[beside]]) - least >= std::abs(shift);
  }

  const Chart& chart_;
  const Skeleton& skeleton_;
  const Rows& rows_;
  const std::vector<std::uint32_t>& position_;
  const Spacing& spacing_;
  std::vector<double>& x_;
  std::vector<bool> moves_;           // per item
  std::vector<bool> has_note_;        // per node
  std::vector<std::uint32_t> items_;  // of the branches of one fork
};

// Which side of the main line's axis a block must keep to.
enum class Flank : std::uint8_t { open, left, right };

// Items that share an axis. Merging is a union-find with offsets.
class Blocks {
 public:
  explicit Blocks(std::size_t items) : parent_(items), offset_(items, 0), flank_(items) {
    std::iota(parent_.begin(), parent_.end(), 0U);
    members_.resize(items);
    for (std::uint32_t i = 0; i < items; ++i) members_[i] = {i};
  }
  [[nodiscard]] std::uint32_t of(std::uint32_t item) const { return parent_[item]; }
  /// x of the item minus x of its block.
  [[nodiscard]] double offset(std::uint32_t item) const { return offset_[item]; }
  [[nodiscard]] const std::vector<std::uint32_t>& members(std::uint32_t block) const {
    return members_[block];
  }
  [[nodiscard]] Flank& flank(std::uint32_t block) { return flank_[block]; }
  /// x(second) = x(first) + shift from now on. The smaller block is renamed.
  void merge(std::uint32_t first, std::uint32_t second, double shift) {
    std::uint32_t a = parent_[first];
    std::uint32_t b = parent_[second];
    double delta = offset_[first] + shift - offset_[second];  // added to the offsets of b
    if (members_[a].size() < members_[b].size()) {
      std::swap(a, b);
      delta = -delta;
    }
    for (const std::uint32_t item : members_[b]) {
      parent_[item] = a;
      offset_[item] += delta;
    }
    members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
    members_[b].clear();
    if (flank_[a] == Flank::open) flank_[a] = flank_[b];
  }

 private:
  std::vector<std::uint32_t> parent_;
  std::vector<double> offset_;
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<Flank> flank_;
};

struct Constraint {
  std::uint32_t block = 0;
  double distance = 0;  // of the block's axes
};

struct Pull {
  std::uint32_t block = 0;
  double offset = 0;  // wanted: x(this) = x(block) + offset
  double weight = 0;
};

class ColumnPlacing {
 public:
  ColumnPlacing(const Chart& chart, const MainLine& main, const Ranks& ranks,
                const Skeleton& skeleton, const Rows& rows, const Ports& ports)
      : chart_(chart),
        main_(main),
        skeleton_(skeleton),
        rows_(rows),
        ports_(ports),
        spacing_(chart, ranks),
        blocks_(skeleton.items.size()),
        position_(skeleton.items.size()),
        axis_(skeleton.lanes + 1, none),
        x_(skeleton.items.size(), 0) {
    for (const std::vector<std::uint32_t>& row : rows) {
      for (std::uint32_t i = 0; i < row.size(); ++i) position_[row[i]] = i;
    }
  }

  Columns run() {
    align_main_line();
    align_links();
    build_constraints();
    place_first();
    int still = 0;  // sweeps in a row, one each way, that moved nothing: no later one will
    for (int sweep = 0; sweep < sweeps && still < 2; ++sweep) {
      still = improve(sweep % 2 == 0) ? 0 : still + 1;
    }
    Columns columns;
    columns.x.resize(skeleton_.items.size());
    for (std::uint32_t i = 0; i < columns.x.size(); ++i) {
      columns.x[i] = x_[blocks_.of(i)] + blocks_.offset(i);
    }
    ForkCentring(chart_, skeleton_, rows_, position_, spacing_, columns.x).run();
    place_lanes(columns);
    return columns;
  }

 private:
  const Item& item(std::uint32_t i) const { return skeleton_.items[i]; }

  // Neighbour in the row and in the lane, or none.
  std::uint32_t left_of(std::uint32_t i) const {
    const std::uint32_t at = position_[i];
    if (at == 0) return none;
    const std::uint32_t other = rows_[item(i).rank][at - 1];
    return item(other).lane == item(i).lane ? other : none;
  }
  std::uint32_t right_of(std::uint32_t i) const {
    const std::uint32_t at = position_[i] + 1;
    if (at == rows_[item(i).rank].size()) return none;
    const std::uint32_t other = rows_[item(i).rank][at];
    return item(other).lane == item(i).lane ? other : none;
  }

  double upper_port(const Link& link) const {
    return item(link.upper).kind == ItemKind::box ? ports_.upper[link.edge].x : 0;
  }
  double lower_port(const Link& link) const {
    return item(link.lower).kind == ItemKind::box ? ports_.lower[link.edge].x : 0;
  }

  // ---- alignment

  // The boxes of the main line in one lane, and its bends there, share one axis.
  void align_main_line() {
    std::vector<std::uint32_t> main_items;
    for (const NodeIndex node : main_.nodes) main_items.push_back(at(node));
    for (std::uint32_t i = 0; i < skeleton_.items.size(); ++i) {
      const Item& bend = item(i);
      const bool stands = bend.kind == ItemKind::bend && bend.lane < skeleton_.lanes;
      if (stands && main_.has_edge[bend.subject]) main_items.push_back(i);
    }
    for (const std::uint32_t i : main_items) {
      std::uint32_t& axis = axis_[item(i).lane];
      if (axis == none) {
        axis = i;
      } else {
        blocks_.merge(axis, i, 0);
      }
    }
    for (const std::uint32_t i : main_items) {
      for (std::uint32_t k = left_of(i); k != none; k = left_of(k)) {
        blocks_.flank(blocks_.of(k)) = Flank::left;
      }
      for (std::uint32_t k = right_of(i); k != none; k = right_of(k)) {
        blocks_.flank(blocks_.of(k)) = Flank::right;
      }
    }
  }

  // Other lines are made straight by weight; lines that cross a straight one between two ranks
  // cannot be.
  void align_links() {
    std::vector<std::pair<int, std::uint32_t>> order;
    for (std::uint32_t i = 0; i < skeleton_.links.size(); ++i) {
      const Link& link = skeleton_.links[i];
      if (link.over || item(link.upper).lane != item(link.lower).lane) continue;
      order.emplace_back(-straightness(link), i);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    straight_.resize(rows_.size());
    down_taken_.resize(skeleton_.items.size());
    up_taken_.resize(skeleton_.items.size());
    for (const auto& [weight, i] : order) align(skeleton_.links[i]);
  }

  // How much a crooked line would hurt the eye.
  int straightness(const Link& link) const {
    if (main_.has_edge[link.edge]) return 1000;
    const auto is_bend = [&](std::uint32_t i) { return item(i).kind == ItemKind::bend; };
    const auto is_box = [&](std::uint32_t i) { return item(i).kind == ItemKind::box; };
    if (is_bend(link.upper) && is_bend(link.lower)) return 100;
    if (!is_box(link.upper) && !is_box(link.lower)) return 90;
    if (!is_box(link.upper) || !is_box(link.lower)) return 60;
    const bool only = chart_.facts.graph.exits(NodeIndex(link.upper)).size() == 1 &&
                      chart_.facts.graph.entries(NodeIndex(link.lower)).size() == 1;
    return only ? 70 : 50;
  }

  void align(const Link& link) {
    const std::uint32_t a = blocks_.of(link.upper);
    const std::uint32_t b = blocks_.of(link.lower);
    const double shift = upper_port(link) - lower_port(link);
    std::map<std::uint32_t, std::uint32_t>& known = straight_[item(link.upper).rank];
    if (a == b) {
      if (std::abs(blocks_.offset(link.lower) - blocks_.offset(link.upper) - shift) < 0.01) {
        known[position_[link.upper]] = position_[link.lower];
      }
      return;
    }
    const auto next = known.lower_bound(position_[link.upper]);
    if (next != known.end() &&
        (next->first == position_[link.upper] || next->second <= position_[link.lower])) {
      return;
    }
    if (next != known.begin() && std::prev(next)->second >= position_[link.lower]) return;
    // A block has one item in a rank.
    if (down_taken_[link.upper] || up_taken_[link.lower] || !can_merge(a, b)) return;
    down_taken_[link.upper] = true;
    up_taken_[link.lower] = true;
    known[position_[link.upper]] = position_[link.lower];
    const Flank before_a = blocks_.flank(a);
    const Flank before_b = blocks_.flank(b);
    blocks_.merge(link.upper, link.lower, shift);
    const std::uint32_t merged = blocks_.of(link.upper);
    if (before_a != before_b) spread_flank(merged);
  }

  bool is_axis(std::uint32_t block) const {
    const std::uint32_t axis = axis_[item(blocks_.members(block)[0]).lane];
    return axis != none && blocks_.of(axis) == block;
  }

  bool can_merge(std::uint32_t a, std::uint32_t b) {
    const Flank fa = blocks_.flank(a);
    const Flank fb = blocks_.flank(b);
    if (is_axis(a) || is_axis(b)) return false;
    return fa == Flank::open || fb == Flank::open || fa == fb;
  }

  // What stands left of a block that is left of the main line is left of it too.
  void spread_flank(std::uint32_t block) {
    std::vector<std::uint32_t> open{block};
    while (!open.empty()) {
      const std::uint32_t b = open.back();
      open.pop_back();
      const Flank flank = blocks_.flank(b);
      for (const std::uint32_t i : blocks_.members(b)) {
        const std::uint32_t other = flank == Flank::left ? left_of(i) : right_of(i);
        if (other == none) continue;
        Flank& theirs = blocks_.flank(blocks_.of(other));
        if (theirs != Flank::open || is_axis(blocks_.of(other))) continue;
        theirs = flank;
        open.push_back(blocks_.of(other));
      }
    }
  }

  // ---- placing

  void build_constraints() {
    left_.resize(skeleton_.items.size());
    right_.resize(skeleton_.items.size());
    pulls_.resize(skeleton_.items.size());
    for (std::uint32_t i = 0; i < skeleton_.items.size(); ++i) {
      const std::uint32_t next = right_of(i);
      if (next == none) continue;
      const std::uint32_t a = blocks_.of(i);
      const std::uint32_t b = blocks_.of(next);
      const double distance =
          spacing_.between(item(i), item(next)) + blocks_.offset(i) - blocks_.offset(next);
      right_[a].push_back({b, distance});
      left_[b].push_back({a, distance});
    }
    for (const Link& link : skeleton_.links) {
      if (link.over || item(link.upper).lane != item(link.lower).lane) continue;
      const std::uint32_t a = blocks_.of(link.upper);
      const std::uint32_t b = blocks_.of(link.lower);
      if (a == b) continue;
      const double weight = straightness(link);
      const double offset = upper_port(link) + blocks_.offset(link.upper) - lower_port(link) -
                            blocks_.offset(link.lower);
      pulls_[b].push_back({a, offset, weight});
      pulls_[a].push_back({b, -offset, weight});
    }
    sort_blocks();
  }

  // From left to right: every block after those it must stay right of.
  void sort_blocks() {
    std::vector<std::uint32_t> waiting(skeleton_.items.size(), 0);
    std::vector<std::uint32_t> ready;
    for (std::uint32_t b = 0; b < waiting.size(); ++b) {
      if (blocks_.members(b).empty()) continue;
      waiting[b] = static_cast<std::uint32_t>(left_[b].size());
      if (waiting[b] == 0) ready.push_back(b);
    }
    for (std::size_t next = 0; next < ready.size(); ++next) {
      for (const Constraint& c : right_[ready[next]]) {
        if (--waiting[c.block] == 0) ready.push_back(c.block);
      }
    }
    sorted_ = std::move(ready);
  }

  // The main line stands at 0; what is left of it close to it, the rest from there to the right.
  void place_first() {
    std::vector<bool> placed(x_.size());
    for (const std::uint32_t axis : axis_) {
      if (axis == none) continue;
      const std::uint32_t b = blocks_.of(axis);
      x_[b] = -blocks_.offset(axis);
      placed[b] = true;
    }
    for (auto b = sorted_.rbegin(); b != sorted_.rend(); ++b) {
      if (placed[*b] || blocks_.flank(*b) != Flank::left) continue;
      double x = unbounded;
      for (const Constraint& c : right_[*b]) {
        if (placed[c.block]) x = std::min(x, x_[c.block] - c.distance);
      }
      x_[*b] = x == unbounded ? 0 : x;
      placed[*b] = true;
    }
    for (const std::uint32_t b : sorted_) {
      if (placed[b]) continue;
      double x = -unbounded;
      for (const Constraint& c : left_[b]) x = std::max(x, x_[c.block] + c.distance);
      x_[b] = x == -unbounded ? std::min(wanted(b, placed), 0.0) : x;
      placed[b] = true;
    }
  }

  double wanted(std::uint32_t b, const std::vector<bool>& placed) const {
    double sum = 0;
    double weight = 0;
    for (const Pull& pull : pulls_[b]) {
      if (!placed[pull.block]) continue;
      sum += (x_[pull.block] + pull.offset) * pull.weight;
      weight += pull.weight;
    }
    return weight > 0 ? sum / weight : 0;
  }

  // Moves every block as far as its neighbours let it to where its lines are shortest. False if
  // none moved.
  bool improve(bool rightwards) {
    bool moved = false;
    const auto move = [&](std::uint32_t b) {
      if (is_axis(b)) return;
      double low = -unbounded;
      double high = unbounded;
      for (const Constraint& c : left_[b]) low = std::max(low, x_[c.block] + c.distance);
      for (const Constraint& c : right_[b]) high = std::min(high, x_[c.block] - c.distance);
      const double x = std::max(low, std::min(high, best_x(b)));
      moved = moved || x != x_[b];
      x_[b] = x;
    };
    if (rightwards) {
      std::for_each(sorted_.rbegin(), sorted_.rend(), move);
    } else {
      std::for_each(sorted_.begin(), sorted_.end(), move);
    }
    return moved;
  }

  // Weighted median of what its lines want; nearest to the axis if several will do.
  double best_x(std::uint32_t b) {
    wishes_.clear();
    double total = 0;
    for (const Pull& pull : pulls_[b]) {
      wishes_.emplace_back(x_[pull.block] + pull.offset, pull.weight);
      total += pull.weight;
    }
    if (wishes_.empty()) return 0;
    std::sort(wishes_.begin(), wishes_.end());
    double before = 0;
    for (std::size_t i = 0; i < wishes_.size(); ++i) {
      before += wishes_[i].second;
      if (before * 2 < total - 1e-9) continue;
      if (before * 2 > total + 1e-9 || i + 1 == wishes_.size()) return wishes_[i].first;
      return std::clamp(0.0, wishes_[i].first, wishes_[i + 1].first);
    }
    return wishes_.back().first;
  }

  // ---- lanes

  void place_lanes(Columns& columns) const {
    const std::size_t lanes = skeleton_.lanes;
    std::vector<double> low(lanes, unbounded);
    std::vector<double> high(lanes, -unbounded);
    for (std::uint32_t i = 0; i < columns.x.size(); ++i) {
      if (item(i).lane == lanes) continue;
      low[item(i).lane] = std::min(low[item(i).lane], columns.x[i] - item(i).left);
      high[item(i).lane] = std::max(high[item(i).lane], columns.x[i] + item(i).right);
    }
    const bool banded = !chart_.flow.lanes.empty();
    double x = 0;
    std::vector<double> shift(lanes);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      if (low[lane] > high[lane]) low[lane] = high[lane] = 0;
      const double content = high[lane] - low[lane];
      double width = content;
      if (banded) {
        const double header = chart_.measured.lanes[lane].size.width + 2 * header_padding;
        width = std::max({content + 2 * lane_padding, header, least_lane});
        columns.lane_left.push_back(x);
        columns.lane_right.push_back(x + width);
      }
      shift[lane] = x + (width - content) / 2 - low[lane];
      x += width;
    }
    for (std::uint32_t i = 0; i < columns.x.size(); ++i) {
      if (item(i).lane < lanes) columns.x[i] += shift[item(i).lane];
    }
    place_express(columns, x);
  }

  // Lines along the right edge, one beside another where their ranks overlap.
  void place_express(Columns& columns, double edge_x) const {
    struct Run {
      std::uint32_t top = 0, foot = 0, first = 0, second = 0;
    };
    std::vector<Run> runs;
    for (std::uint32_t i = 0; i + 1 < skeleton_.items.size(); ++i) {
      const bool express = item(i).lane == skeleton_.lanes && item(i + 1).lane == skeleton_.lanes &&
                           item(i).subject == item(i + 1).subject;
      if (express) runs.push_back({item(i).rank, item(i + 1).rank, i, i + 1});
    }
    std::stable_sort(runs.begin(), runs.end(),
                     [](const Run& a, const Run& b) { return a.top < b.top; });
    using Free = std::pair<std::uint32_t, std::uint32_t>;  // last rank taken, track
    std::priority_queue<Free, std::vector<Free>, std::greater<>> tracks;
    for (const Run& run : runs) {
      auto track = static_cast<std::uint32_t>(tracks.size());
      if (!tracks.empty() && tracks.top().first + 1 < run.top) {
        track = tracks.top().second;
        tracks.pop();
      }
      tracks.emplace(run.foot, track);
      const double x = edge_x + (track + 1) * chart_.options.line_gap;
      columns.x[run.first] = columns.x[run.second] = x;
    }
  }

  const Chart& chart_;
  const MainLine& main_;
  const Skeleton& skeleton_;
  const Rows& rows_;
  const Ports& ports_;
  Spacing spacing_;
  Blocks blocks_;
  std::vector<std::uint32_t> position_;  // per item, in its row
  std::vector<std::uint32_t> axis_;      // per lane: an item of the main line
  std::vector<std::map<std::uint32_t, std::uint32_t>>
      straight_;                                       // per rank: positions, above to below
  std::vector<bool> down_taken_, up_taken_;            // per item: aligned with one below, above
  std::vector<std::vector<Constraint>> left_, right_;  // per block
  std::vector<std::vector<Pull>> pulls_;
  std::vector<std::uint32_t> sorted_;
  std::vector<double> x_;  // per block
  std::vector<std::pair<double, double>> wishes_;
};

}  // namespace

Columns place_columns(const Chart& chart, const MainLine& main, const Ranks& ranks,
                      const Skeleton& skeleton, const Rows& rows, const Ports& ports) {
  return ColumnPlacing(chart, main, ranks, skeleton, rows, ports).run();
}

}  // namespace flowproof::layout
