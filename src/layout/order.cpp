#include <algorithm>
#include <array>
#include <numeric>
#include <span>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

// A box with the turns and flat neighbours that cling to it, or a single bend: moved as one.
struct Unit {
  std::vector<std::uint32_t> items;  // left to right
  std::uint32_t lane = 0;
  int pin = 0;  // -1: keeps to the left end of its lane, 1: to the right end

  [[nodiscard]] std::pair<std::uint32_t, int> group() const { return {lane, pin}; }
};

constexpr std::size_t sweeps = 12;
constexpr std::size_t large = 1500;       // items of a chart that gets fewer sweeps
constexpr std::size_t pair_limit = 4096;  // link pairs compared to decide about two neighbours

// Inversions in a sequence by a Fenwick tree.
class InversionCounter {
 public:
  explicit InversionCounter(std::size_t size) : tree_(size + 1) {}

  std::uint64_t add(std::uint32_t position) {
    std::uint64_t greater = total_;
    for (std::uint32_t i = position + 1; i > 0; i &= i - 1) greater -= tree_[i];
    for (std::size_t i = position + 1; i < tree_.size(); i += i & (~i + 1)) ++tree_[i];
    ++total_;
    return greater;
  }

 private:
  std::vector<std::uint32_t> tree_;
  std::uint64_t total_ = 0;
};

// Per item: those it is linked to in the row above, or below.
class Neighbours {
 public:
  Neighbours(const Skeleton& skeleton, std::uint32_t Link::*own, std::uint32_t Link::*other)
      : begin_(skeleton.items.size() + 1) {
    for (const Link& link : skeleton.links) {
      if (!link.over) ++begin_[link.*own + 1];
    }
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    others_.resize(begin_.back());
    std::vector<std::uint32_t> end(begin_.begin(), begin_.end() - 1);
    for (const Link& link : skeleton.links) {
      if (!link.over) others_[end[link.*own]++] = link.*other;
    }
  }
  [[nodiscard]] std::span<const std::uint32_t> operator[](std::uint32_t item) const {
    return {others_.data() + begin_[item], begin_[item + 1] - begin_[item]};
  }

 private:
  std::vector<std::uint32_t> begin_, others_;
};

class Ordering {
 public:
  Ordering(const Chart& chart, const Ranks& ranks, const Wiring& wiring, const Skeleton& skeleton)
      : chart_(chart),
        wiring_(wiring),
        skeleton_(skeleton),
        rows_(ranks.count),
        position_(skeleton.items.size()),
        up_(skeleton, &Link::lower, &Link::upper),
        down_(skeleton, &Link::upper, &Link::lower) {}

  Rows run() {
    build_units();
    initial_order();
    if (const std::uint64_t now = crossings(); now > 0) uncross(now);
    Rows rows(rows_.size());
    for (std::size_t rank = 0; rank < rows_.size(); ++rank) {
      for (const Unit& unit : rows_[rank]) {
        rows[rank].insert(rows[rank].end(), unit.items.begin(), unit.items.end());
      }
    }
    return rows;
  }

 private:
  // Leaves the best of several orders.
  void uncross(std::uint64_t fewest) {
    std::vector<std::vector<Unit>> best = rows_;
    const std::size_t rounds = skeleton_.items.size() > large ? sweeps / 6 : sweeps;
    for (std::size_t sweep = 0; sweep < rounds && fewest > 0; ++sweep) {
      sort_by_neighbours(sweep % 2 == 0);
      transpose();
      const std::uint64_t now = crossings();
      if (now >= fewest) continue;
      fewest = now;
      best = rows_;
    }
    rows_ = std::move(best);
  }

  void build_units() {
    std::vector<std::array<std::vector<std::uint32_t>, 2>> turns(chart_.flow.nodes.size());
    std::vector<std::array<std::vector<std::uint32_t>, 2>> notes(chart_.flow.nodes.size());
    for (std::uint32_t i = 0; i < skeleton_.items.size(); ++i) {
      const Item& item = skeleton_.items[i];
      if (item.kind == ItemKind::turn && item.lane != skeleton_.items[item.owner].lane) {
        rows_[item.rank].push_back({{i}, item.lane, item.side == Side::left ? 1 : -1});
      } else if (item.kind == ItemKind::turn) {
        turns[item.owner][item.side == Side::left ? 0 : 1].push_back(i);
      } else if (item.kind == ItemKind::note) {
        notes[item.owner][item.side == Side::left ? 0 : 1].push_back(i);
      } else if (item.kind == ItemKind::bend) {
        rows_[item.rank].push_back({{i}, item.lane});
      }
    }
    const std::vector<int> pins = pins_of_boxes();
    std::vector<std::array<std::uint32_t, 2>> flat(turns.size(), {none, none});
    std::vector<bool> follows(turns.size());
    for (const Wire& wire : wiring_) {
      if (!wire.flat || wire.upper_lane != wire.lower_lane) continue;
      flat[at(wire.upper)][wire.upper_side == Side::left ? 0 : 1] = at(wire.lower);
      follows[at(wire.lower)] = true;
    }
    for (std::uint32_t node = 0; node < turns.size(); ++node) {
      if (follows[node]) continue;
      const Item& box = skeleton_.items[node];
      const std::uint32_t left = flat[node][0];
      const std::uint32_t right = flat[node][1];
      Unit unit{{}, box.lane, pins[node]};
      for (const std::uint32_t beside : flat[node]) {
        if (unit.pin == 0 && beside != none) unit.pin = pins[beside];
      }
      const auto put = [&](const std::vector<std::uint32_t>& more) {
        unit.items.insert(unit.items.end(), more.begin(), more.end());
      };
      const auto put_left = [&](std::uint32_t n) {
        unit.items.insert(unit.items.end(), turns[n][0].rbegin(), turns[n][0].rend());
      };
      // Turns at a side with a flat line lead over the box there.
      put(notes[node][0]);
      if (left != none) {
        put_left(node);
        put(notes[left][0]);
        put(notes[left][1]);
        put_left(left);
        unit.items.push_back(left);
        put(turns[left][1]);
      } else {
        put_left(node);
      }
      unit.items.push_back(node);
      if (right != none) {
        put_left(right);
        unit.items.push_back(right);
        put(turns[right][1]);
        put(notes[right][0]);
        put(notes[right][1]);
      }
      put(turns[node][1]);
      put(notes[node][1]);
      rows_[box.rank].push_back(std::move(unit));
    }
  }

  // A box with a line into another lane keeps to that end of its own.
  std::vector<int> pins_of_boxes() const {
    std::vector<int> pins(chart_.flow.nodes.size(), 0);
    for (const Item& item : skeleton_.items) {
      if (item.kind != ItemKind::turn || item.lane == skeleton_.items[item.owner].lane) continue;
      pins[item.owner] = item.side == Side::left ? -1 : 1;
    }
    for (const Wire& wire : wiring_) {
      if (!wire.flat || chart_.lane_of(at(wire.upper)) == chart_.lane_of(at(wire.lower))) continue;
      const int side = wire.upper_side == Side::left ? -1 : 1;
      pins[at(wire.upper)] = side;
      pins[at(wire.lower)] = -side;
    }
    return pins;
  }

  // Depth first from the starts, left before right: branches of a tree come out uncrossed.
  void initial_order() {
    std::vector<std::uint32_t> seen(skeleton_.items.size(), none);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> unit_of(skeleton_.items.size());
    for (std::uint32_t rank = 0; rank < rows_.size(); ++rank) {
      for (std::uint32_t u = 0; u < rows_[rank].size(); ++u) {
        for (const std::uint32_t item : rows_[rank][u].items) unit_of[item] = {rank, u};
      }
    }
    std::uint32_t clock = 0;
    std::vector<std::uint32_t> stack;
    const auto visit = [&](std::uint32_t root) {
      stack.push_back(root);
      while (!stack.empty()) {
        const std::uint32_t item = stack.back();
        stack.pop_back();
        if (seen[item] != none) continue;
        const auto [rank, u] = unit_of[item];
        const Unit& unit = rows_[rank][u];
        for (const std::uint32_t each : unit.items) seen[each] = clock;
        ++clock;
        for (auto each = unit.items.rbegin(); each != unit.items.rend(); ++each) {
          for (auto next = down_[*each].rbegin(); next != down_[*each].rend(); ++next) {
            if (seen[*next] == none) stack.push_back(*next);
          }
        }
      }
    };
    for (const NodeIndex node : chart_.facts.order) {
      if (up_[at(node)].empty()) visit(at(node));
    }
    for (std::uint32_t item = 0; item < seen.size(); ++item) visit(item);
    for (std::uint32_t rank = 0; rank < rows_.size(); ++rank) {
      std::stable_sort(rows_[rank].begin(), rows_[rank].end(), [&](const Unit& a, const Unit& b) {
        return a.group() != b.group() ? a.group() < b.group() : seen[a.items[0]] < seen[b.items[0]];
      });
      number(rank);
    }
  }

  void number(std::size_t rank) {
    std::uint32_t position = 0;
    for (const Unit& unit : rows_[rank]) {
      for (const std::uint32_t item : unit.items) position_[item] = position++;
    }
  }

  std::uint64_t crossings() const {
    std::uint64_t total = 0;
    for (std::size_t rank = 0; rank + 1 < rows_.size(); ++rank) total += crossings_below(rank);
    return total;
  }

  std::uint64_t crossings_below(std::size_t rank) const {
    std::size_t size = 0;
    for (const Unit& unit : rows_[rank + 1]) size += unit.items.size();
    InversionCounter counter(size);
    std::uint64_t total = 0;
    std::vector<std::uint32_t> ends;
    for (const Unit& unit : rows_[rank]) {
      for (const std::uint32_t item : unit.items) {
        ends.clear();
        for (const std::uint32_t next : down_[item]) ends.push_back(position_[next]);
        std::sort(ends.begin(), ends.end());
        for (const std::uint32_t end : ends) total += counter.add(end);
      }
    }
    return total;
  }

  // Barycentres of the row above (or below); units without neighbours keep their place.
  void sort_by_neighbours(bool downwards) {
    for (std::size_t step = 1; step < rows_.size(); ++step) {
      const std::size_t rank = downwards ? step : rows_.size() - 1 - step;
      std::vector<Unit>& row = rows_[rank];
      std::vector<std::pair<double, std::size_t>> keys(row.size());
      double last = -1;
      for (std::size_t u = 0; u < row.size(); ++u) {
        double sum = 0;
        std::size_t count = 0;
        for (std::size_t k = 0; k < row[u].items.size(); ++k) {
          for (const std::uint32_t other : (downwards ? up_ : down_)[row[u].items[k]]) {
            sum += position_[other];
            ++count;
          }
        }
        if (count > 0) last = sum / static_cast<double>(count);
        keys[u] = {last, u};
      }
      std::stable_sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
        const auto group_a = row[a.second].group();
        const auto group_b = row[b.second].group();
        return group_a != group_b ? group_a < group_b : a.first < b.first;
      });
      std::vector<Unit> sorted;
      sorted.reserve(row.size());
      for (const auto& key : keys) sorted.push_back(std::move(row[key.second]));
      row = std::move(sorted);
      number(rank);
    }
  }

  // Swaps neighbours while that removes crossings; rows near a swap are looked at again.
  void transpose() {
    std::vector<bool> open(rows_.size() + 2, true);  // row r at r + 1
    bool better = true;
    for (int round = 0; better && round < 8; ++round) {
      better = false;
      for (std::size_t rank = 0; rank < rows_.size(); ++rank) {
        if (!open[rank + 1]) continue;
        open[rank + 1] = false;
        if (!transpose_row(rows_[rank])) continue;
        open[rank] = open[rank + 1] = open[rank + 2] = true;
        better = true;
      }
    }
  }

  bool transpose_row(std::vector<Unit>& row) {
    bool better = false;
    for (Unit& unit : row) better = transpose_turns(unit) || better;
    for (std::size_t u = 0; u + 1 < row.size(); ++u) {
      if (row[u].group() != row[u + 1].group()) continue;
      if (gain(row[u].items, row[u + 1].items) <= 0) continue;
      std::uint32_t position = position_[row[u].items[0]];
      std::swap(row[u], row[u + 1]);
      for (const Unit* unit : {&row[u], &row[u + 1]}) {
        for (const std::uint32_t item : unit->items) position_[item] = position++;
      }
      better = true;
    }
    return better;
  }

  // The lines that leave one side of a box: which turns next to it, and which further out.
  bool transpose_turns(Unit& unit) {
    bool better = false;
    for (std::size_t k = 0; k + 1 < unit.items.size(); ++k) {
      std::uint32_t& left = unit.items[k];
      std::uint32_t& right = unit.items[k + 1];
      const Item& a = skeleton_.items[left];
      const Item& b = skeleton_.items[right];
      if (a.kind != ItemKind::turn || b.kind != ItemKind::turn || a.owner != b.owner) continue;
      if (gain({&left, 1}, {&right, 1}) <= 0) continue;
      std::swap(position_[left], position_[right]);
      std::swap(left, right);
      better = true;
    }
    return better;
  }

  using Items = std::span<const std::uint32_t>;

  std::int64_t gain(Items left, Items right) const {
    return gain(left, right, up_) + gain(left, right, down_);
  }

  // Crossings saved by swapping, on one side of the row.
  std::int64_t gain(Items left, Items right, const Neighbours& neighbours) const {
    std::int64_t saved = 0;
    std::size_t pairs = 0;
    for (const std::uint32_t a : left) {
      for (const std::uint32_t b : right) {
        pairs += neighbours[a].size() * neighbours[b].size();
        if (pairs > pair_limit) return 0;
        for (const std::uint32_t x : neighbours[a]) {
          for (const std::uint32_t y : neighbours[b]) {
            if (position_[x] > position_[y]) ++saved;
            if (position_[x] < position_[y]) --saved;
          }
        }
      }
    }
    return saved;
  }

  const Chart& chart_;
  const Wiring& wiring_;
  const Skeleton& skeleton_;
  std::vector<std::vector<Unit>> rows_;
  std::vector<std::uint32_t> position_;  // per item, in its row
  Neighbours up_, down_;
};

}  // namespace

Rows order_rows(const Chart& chart, const Ranks& ranks, const Wiring& wiring,
                const Skeleton& skeleton) {
  return Ordering(chart, ranks, wiring, skeleton).run();
}

}  // namespace flowproof::layout
