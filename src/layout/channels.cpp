#include <algorithm>
#include <cmath>
#include <queue>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

constexpr double exit_room = 7.5;        // below a box before a line turns
constexpr double label_room = 3;         // around a label under a box
constexpr std::size_t soft_limit = 128;  // lines in a channel that are compared pair by pair

// A line that has to move sideways between two rows: a horizontal piece, verticals up and down.
struct Shift {
  std::uint32_t link = 0;
  std::vector<std::uint32_t> joined;  // more links, which meet this one and go on together
  std::vector<double> up, down;       // x of its verticals
  double low = 0, high = 0;
  bool second = false;  // lower part of a line that needs two tracks

  void span() {
    low = 1e30;
    high = -1e30;
    for (const std::vector<double>* side : {&up, &down}) {
      for (const double x : *side) {
        low = std::min(low, x);
        high = std::max(high, x);
      }
    }
  }
};

// Orders and numbers the tracks of one channel.
class Channel {
 public:
  Channel(std::vector<Shift> shifts, std::vector<double> verticals, double gap)
      : shifts_(std::move(shifts)), verticals_(std::move(verticals)), gap_(gap) {}

  struct Placed {
    Shift shift;
    std::uint32_t level = 0;
  };

  std::vector<Placed> run() {
    for (Shift& shift : shifts_) shift.span();
    build_hard();
    build_soft();
    sort();
    return levels();
  }

 private:
  // `first` must lie above `second`, else a vertical of one would lie on a vertical of the other.
  void build_hard() {
    std::vector<std::pair<double, std::uint32_t>> ups;
    for (std::uint32_t i = 0; i < shifts_.size(); ++i) {
      for (const double x : shifts_[i].up) ups.emplace_back(x, i);
    }
    std::sort(ups.begin(), ups.end());
    above_.resize(shifts_.size());
    waiting_.assign(shifts_.size(), 0);
    for (std::uint32_t i = 0; i < shifts_.size(); ++i) {
      for (const double x : shifts_[i].down) {
        auto near = std::lower_bound(ups.begin(), ups.end(), std::pair{x - gap_ + 0.01, 0U});
        for (; near != ups.end() && near->first < x + gap_ - 0.01; ++near) {
          if (near->second == i) continue;
          above_[near->second].push_back(i);
          ++waiting_[i];
        }
      }
    }
  }

  // cost_[i, k]: crossings of the two if i lies above k, minus those if it lies below.
  void build_soft() {
    const std::size_t count = shifts_.size();
    if (count > soft_limit) return;
    cost_.assign(count * count, 0);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t k = i + 1; k < count; ++k) {
        const int i_above = crossings(shifts_[i], shifts_[k]);
        const int k_above = crossings(shifts_[k], shifts_[i]);
        cost_[i * count + k] = i_above - k_above;
        cost_[k * count + i] = k_above - i_above;
      }
    }
  }

  static int crossings(const Shift& above, const Shift& below) {
    int total = 0;
    for (const double x : below.up) total += x > above.low && x < above.high ? 1 : 0;
    for (const double x : above.down) total += x > below.low && x < below.high ? 1 : 0;
    return total;
  }

  // Repeatedly the free line that costs least above the rest.
  void sort() {
    const std::size_t count = shifts_.size();
    std::vector<bool> done(count);
    for (std::size_t placed = 0; placed < count;) {
      std::uint32_t best = none;
      double best_key = 0;
      for (std::uint32_t i = 0; i < count; ++i) {
        if (done[i] || waiting_[i] > 0) continue;
        const double key = soft_key(i, done);
        if (best == none || key < best_key) {
          best = i;
          best_key = key;
        }
      }
      if (best == none) {
        split(done);
        continue;
      }
      done[best] = true;
      ++placed;
      order_.push_back(shifts_[best]);
      for (const std::uint32_t other : above_[best]) --waiting_[other];
    }
  }

  double soft_key(std::uint32_t i, const std::vector<bool>& done) const {
    const std::size_t count = shifts_.size();
    if (cost_.empty()) {
      // Of a fan the outer lines turn first.
      const Shift& shift = shifts_[i];
      const double x = shift.up.empty() ? shift.low : shift.up[0];
      return x <= shift.low + 0.01 ? -x : x;
    }
    double key = 0;
    for (std::size_t k = 0; k < count; ++k) {
      if (!done[k] && k != i) key += cost_[i * count + k];
    }
    return key;
  }

  // Lines wait for one another in a circle: one of them takes two tracks.
  void split(const std::vector<bool>& done) {
    std::uint32_t victim = none;
    for (std::uint32_t i = 0; i < shifts_.size(); ++i) {
      const bool whole = !shifts_[i].second && !shifts_[i].up.empty();
      if (!done[i] && whole && (victim == none || waiting_[i] < waiting_[victim])) {
        victim = i;
      }
    }
    if (victim ==
        none) {  // cannot happen: what has no upper vertical waits for nothing in a circle
      std::fill(waiting_.begin(), waiting_.end(), 0);
      return;
    }
    Shift& lower = shifts_[victim];
    Shift upper = lower;
    const double x = free_x(lower);
    upper.down = {x};
    lower.up = {x};
    lower.second = true;
    upper.span();
    lower.span();
    verticals_.push_back(x);
    order_.push_back(upper);
    // The upper part goes first; whoever waited for the victim's upper vertical is free.
    for (const std::uint32_t other : above_[victim]) --waiting_[other];
    above_[victim].clear();
  }

  // Near the middle of the shift, away from every vertical of the channel.
  double free_x(const Shift& shift) const {
    const double middle = (shift.low + shift.high) / 2;
    for (int step = 0;; ++step) {
      const double x = middle + (step % 2 == 0 ? 1 : -1) * ((step + 1) / 2) * gap_ / 2;
      const bool taken = std::any_of(verticals_.begin(), verticals_.end(),
                                     [&](double other) { return std::abs(other - x) < gap_; });
      if (!taken) return x;
    }
  }

  // A track is taken once at every x.
  std::vector<Placed> levels() const {
    std::vector<Placed> placed;
    for (const Shift& shift : order_) {
      std::uint32_t level = 0;
      for (const Placed& other : placed) {
        const bool apart =
            other.shift.high + gap_ <= shift.low || shift.high + gap_ <= other.shift.low;
        if (!apart) level = std::max(level, other.level + 1);
      }
      placed.push_back({shift, level});
    }
    return placed;
  }

  std::vector<Shift> shifts_;
  std::vector<double> verticals_;
  double gap_;
  std::vector<std::vector<std::uint32_t>> above_;
  std::vector<std::uint32_t> waiting_;
  std::vector<int> cost_;
  std::vector<Shift> order_;
};

class HeightPlacing {
 public:
  HeightPlacing(const Chart& chart, const Wiring& wiring, const Ranks& ranks,
                const Skeleton& skeleton, const Ports& ports, const Columns& columns)
      : chart_(chart),
        wiring_(wiring),
        ranks_(ranks),
        skeleton_(skeleton),
        ports_(ports),
        columns_(columns) {
    heights_.tracks.resize(skeleton.links.size());
  }

  Heights run() {
    collect();
    double y = 0;
    for (std::uint32_t rank = 0; rank <= ranks_.count; ++rank) {
      y = place_channel(rank, y);
      if (rank == ranks_.count) break;
      heights_.row_middle.push_back(y + half_[rank]);
      y += 2 * half_[rank];
    }
    heights_.bottom = y;
    return std::move(heights_);
  }

 private:
  // Half heights of the rows; room for labels below and above them; links by channel.
  void collect() {
    half_.assign(ranks_.count, 0);
    below_.assign(ranks_.count, 0);
    above_.assign(ranks_.count, 0);
    channel_links_.resize(ranks_.count + 1);
    for (const Item& item : skeleton_.items) {
      double height = 0;
      if (item.kind == ItemKind::box) height = chart_.measured.node_sizes[item.subject].height;
      if (item.kind == ItemKind::note) {
        height = note_size(chart_.measured.notes[item.subject]).height;
      }
      half_[item.rank] = std::max(half_[item.rank], height / 2);
    }
    for (std::uint32_t edge = 0; edge < wiring_.size(); ++edge) {
      const Wire& wire = wiring_[edge];
      const double label = chart_.measured.labels[edge].size.height;
      if (label <= 0) continue;
      const std::uint32_t rank = ranks_.of[at(wire.reversed ? wire.lower : wire.upper)];
      const Side side = wire.reversed ? wire.lower_side : wire.upper_side;
      if (side == Side::bottom) {
        below_[rank] = std::max(below_[rank], label + 2 * label_room);
      } else if (side == Side::top) {
        above_[rank] = std::max(above_[rank], label + 2 * label_room);
      } else {
        half_[rank] = std::max(half_[rank], label + label_room);
      }
    }
    for (std::uint32_t i = 0; i < skeleton_.links.size(); ++i) {
      const Link& link = skeleton_.links[i];
      channel_links_[skeleton_.items[link.lower].rank].push_back(i);
    }
  }

  double x_of(std::uint32_t item, std::uint32_t edge, bool upper_end) const {
    if (skeleton_.items[item].kind != ItemKind::box) return columns_.x[item];
    return columns_.x[item] + (upper_end ? ports_.upper : ports_.lower)[edge].x;
  }

  double place_channel(std::uint32_t rank, double top) {
    std::vector<Shift> shifts;
    std::vector<double> verticals;
    for (const std::uint32_t i : channel_links_[rank]) {
      const Link& link = skeleton_.links[i];
      const double from = x_of(link.upper, link.edge, true);
      const double to = x_of(link.lower, link.edge, false);
      verticals.push_back(from);
      verticals.push_back(to);
      if (!link.over && std::abs(from - to) < 0.01) continue;
      if (Shift* other = link.over ? mirrored(shifts, link, from, to) : joined(shifts, link, to)) {
        other->joined.push_back(i);
        (link.over ? other->down : other->up).push_back(link.over ? to : from);
        continue;
      }
      Shift shift{i, {}, {}, {}};
      (link.over ? shift.down : shift.up).push_back(from);
      shift.down.push_back(to);
      shifts.push_back(std::move(shift));
    }
    const bool first = rank == 0;
    const bool last = rank == ranks_.count;
    if (shifts.empty() && (first || last)) {
      return top + (first ? (rank < above_.size() ? above_[0] : 0) : below_[rank - 1]);
    }
    const auto placed =
        Channel(std::move(shifts), std::move(verticals), chart_.options.line_gap).run();
    return place_tracks(rank, top, placed);
  }

  // Lines that come in at one point of a box share their last piece: the one that the new one
  // joins.
  Shift* joined(std::vector<Shift>& shifts, const Link& link, double to) const {
    if (skeleton_.items[link.lower].kind != ItemKind::box) return nullptr;
    for (Shift& shift : shifts) {
      const Link& other = skeleton_.links[shift.link];
      if (!other.over && other.lower == link.lower && std::abs(shift.down[0] - to) < 0.01) {
        return &shift;
      }
    }
    return nullptr;
  }

  // Lines that come back over one box from its two sides meet above its middle.
  Shift* mirrored(std::vector<Shift>& shifts, const Link& link, double from, double to) const {
    for (Shift& shift : shifts) {
      const Link& other = skeleton_.links[shift.link];
      const bool both_sides = shift.down.size() == 2 && (shift.down[1] < from) != (to < from);
      if (other.over && other.upper == link.upper && both_sides &&
          std::abs(shift.down[0] - from) < 0.01) {
        return &shift;
      }
    }
    return nullptr;
  }

  double place_tracks(std::uint32_t rank, double top, const std::vector<Channel::Placed>& placed) {
    const double before = rank == 0 ? 0 : std::max(exit_room, below_[rank - 1]);
    const double after =
        rank == ranks_.count ? 0 : std::max(chart_.options.arrow_room, above_[rank]);
    std::uint32_t levels = 0;
    for (const Channel::Placed& each : placed) levels = std::max(levels, each.level + 1);
    const double least = before + after + levels * chart_.options.line_gap;
    const double height = std::max(least, chart_.options.rank_gap);
    // Spare room goes between the tracks.
    const double step = levels == 0 ? 0 : (height - before - after) / levels;
    for (const Channel::Placed& each : placed) {
      const double y = top + before + step * (each.level + 0.5);
      const auto add = [&](std::uint32_t i) {
        const Link& link = skeleton_.links[i];
        const double to = link.over ? x_of(link.lower, link.edge, false) : each.shift.down[0];
        heights_.tracks[i].push_back({y, to});
      };
      add(each.shift.link);
      for (const std::uint32_t i : each.shift.joined) add(i);
    }
    return top + height;
  }

  const Chart& chart_;
  const Wiring& wiring_;
  const Ranks& ranks_;
  const Skeleton& skeleton_;
  const Ports& ports_;
  const Columns& columns_;
  Heights heights_;
  std::vector<double> half_, below_, above_;
  std::vector<std::vector<std::uint32_t>> channel_links_;
};

}  // namespace

Heights place_channels(const Chart& chart, const Wiring& wiring, const Ranks& ranks,
                       const Skeleton& skeleton, const Ports& ports, const Columns& columns) {
  return HeightPlacing(chart, wiring, ranks, skeleton, ports, columns).run();
}

}  // namespace flowproof::layout
