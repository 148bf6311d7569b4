#include <algorithm>
#include <array>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

// One end of a line at a box.
struct Attachment {
  std::uint32_t edge = 0;
  bool upper_end = false;
  std::uint32_t toward = 0;  // position of the other end in its row
  bool rises = false;        // at a side: the line goes up from its turn
  bool straight = false;     // belongs to the column of the box
  std::uint32_t reach = 0;   // at a side: how far out its turn stands, 0 next to the box
};

class PortPlacing {
 public:
  PortPlacing(const Chart& chart, const Spines& spines, const Wiring& wiring,
              const Skeleton& skeleton, const Rows& rows)
      : chart_(chart),
        spines_(spines),
        wiring_(wiring),
        skeleton_(skeleton),
        position_(skeleton.items.size()) {
    for (const std::vector<std::uint32_t>& row : rows) {
      for (std::uint32_t i = 0; i < row.size(); ++i) position_[row[i]] = i;
    }
    ports_.upper.resize(wiring.size());
    ports_.lower.resize(wiring.size());
  }

  Ports run() {
    std::vector<std::array<std::vector<Attachment>, 4>> sides(chart_.flow.nodes.size());
    for (std::uint32_t edge = 0; edge < wiring_.size(); ++edge) {
      const Wire& wire = wiring_[edge];
      sides[at(wire.upper)][static_cast<std::size_t>(wire.upper_side)].push_back(
          end_of(edge, true));
      sides[at(wire.lower)][static_cast<std::size_t>(wire.lower_side)].push_back(
          end_of(edge, false));
    }
    for (std::uint32_t node = 0; node < sides.size(); ++node) {
      place_across(node, sides[node][static_cast<std::size_t>(Side::top)], -1);
      place_across(node, sides[node][static_cast<std::size_t>(Side::bottom)], 1);
      place_beside(node, sides[node][static_cast<std::size_t>(Side::left)], -1);
      place_beside(node, sides[node][static_cast<std::size_t>(Side::right)], 1);
    }
    return std::move(ports_);
  }

 private:
  Attachment end_of(std::uint32_t edge, bool upper_end) const {
    const Wire& wire = wiring_[edge];
    Attachment end{edge, upper_end, 0, false, 0};
    const std::uint32_t first = skeleton_.first_link[edge];
    const std::uint32_t last = skeleton_.first_link[edge + 1];
    const Side side = upper_end ? wire.upper_side : wire.lower_side;
    const bool sideways = side == Side::left || side == Side::right;
    const std::uint32_t node = at(upper_end ? wire.upper : wire.lower);
    end.straight = (upper_end ? spines_.exit : spines_.entry)[node] == edge;
    if (first == last) {  // flat, or a loop beside its box
      if (wire.flat) end.reach = none;
      end.rises = wire.loop && upper_end;
      return end;
    }
    const Link& link = skeleton_.links[upper_end ? first : last - 1];
    if (sideways) {
      const std::uint32_t turn = upper_end && !wire.loop ? link.upper : link.lower;
      const std::uint32_t box = at(upper_end ? wire.upper : wire.lower);
      end.reach = position_[turn] > position_[box] ? position_[turn] - position_[box]
                                                   : position_[box] - position_[turn];
      end.rises = !upper_end || wire.loop;
    } else {
      end.toward = position_[upper_end ? link.lower : link.upper];
      if (link.over) end.toward = wire.turn_side == Side::left ? 0 : none;
    }
    return end;
  }

  Point& port(const Attachment& end) {
    return (end.upper_end ? ports_.upper : ports_.lower)[end.edge];
  }

  // Even for one the library's sort asks for memory; most sides have no more.
  template <class Less>
  static void sort(std::vector<Attachment>& ends, Less less) {
    if (ends.size() > 1) std::stable_sort(ends.begin(), ends.end(), less);
  }

  // At top or bottom: in the order of where the lines go.
  void place_across(std::uint32_t node, std::vector<Attachment>& ends, int sign) {
    const Size size = chart_.measured.node_sizes[node];
    const double y = sign * size.height / 2;
    sort(ends, [](const Attachment& a, const Attachment& b) { return a.toward < b.toward; });
    const auto count = static_cast<double>(ends.size());
    double step = 0;
    if (!chart_.is_decision(node) && !chart_.is_bar(node) && count > 1) {
      step = std::min(2 * chart_.options.line_gap,
                      (size.width - chart_.options.line_gap) / (2 * count));
    }
    // The straight line keeps the middle.
    double middle = (count - 1) / 2;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].straight) middle = static_cast<double>(i);
    }
    for (std::size_t i = 0; i < ends.size(); ++i) {
      port(ends[i]) = {(static_cast<double>(i) - middle) * step, y};
    }
  }

  // At a side: rising lines above falling ones, so that none crosses another beside the box.
  void place_beside(std::uint32_t node, std::vector<Attachment>& ends, int sign) {
    const Size size = chart_.measured.node_sizes[node];
    const double x = sign * size.width / 2;
    sort(ends, [](const Attachment& a, const Attachment& b) {
      if (a.rises != b.rises) return a.rises;
      return a.rises ? a.reach < b.reach : a.reach > b.reach;
    });
    const auto count = static_cast<double>(ends.size());
    double step = 0;
    if (!chart_.is_decision(node) && count > 1) {
      step = std::min(1.5 * chart_.options.line_gap,
                      (size.height - chart_.options.line_gap / 2) / count);
    }
    for (std::size_t i = 0; i < ends.size(); ++i) {
      port(ends[i]) = {x, (static_cast<double>(i) - (count - 1) / 2) * step};
    }
  }

  const Chart& chart_;
  const Spines& spines_;
  const Wiring& wiring_;
  const Skeleton& skeleton_;
  std::vector<std::uint32_t> position_;
  Ports ports_;
};

}  // namespace

Ports place_ports(const Chart& chart, const Spines& spines, const Wiring& wiring,
                  const Skeleton& skeleton, const Rows& rows) {
  return PortPlacing(chart, spines, wiring, skeleton, rows).run();
}

}  // namespace flowproof::layout
