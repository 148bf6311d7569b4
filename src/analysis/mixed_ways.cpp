#include <algorithm>
#include <limits>

#include "analysis/stretch.hpp"

namespace flowproof {

namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t most_ways = 24;           // at one node
constexpr std::size_t most_states = 200'000;    // in all
constexpr std::size_t most_turns_of_unit = 64;  // on one way

/// A way up to a node: what it takes so far, neighbours of one unit added.
struct State {
  std::vector<Quantity> limits;
  std::uint32_t previous = none;
  NodeIndex node{};
};

/// What is done in `a` is done in `b` in the same order and takes no less there: then `b` ends no
/// earlier whatever day it starts, as a limit never ends earlier for starting later.
bool covered(const std::vector<Quantity>& a, const std::vector<Quantity>& b) {
  std::size_t k = 0;
  for (const Quantity& need : a) {
    while (k < b.size() && (b[k].unit != need.unit || b[k].milli < need.milli)) ++k;
    if (k++ == b.size()) return false;
  }
  return true;
}

class Ways {
 public:
  Ways(const Flow& flow, const Facts& facts, const Stretch& stretch)
      : flow_(flow), facts_(facts), stretch_(stretch), at_node_(flow.nodes.size()) {}

  [[nodiscard]] std::vector<MixedWay> all() {
    std::vector<std::uint32_t> last;
    for (const Answers& answers : facts_.answers) {
      const std::vector<bool> possible = facts_.reached_with(flow_, answers);
      for (std::vector<std::uint32_t>& states : at_node_) states.clear();
      for (const NodeIndex node : facts_.order) {
        const bool inside = stretch_.inside[at(node)] && possible[at(node)];
        if (inside && !extend(node, answers)) return {};
      }
      for (const NodeIndex node : stretch_.to) {
        for (const std::uint32_t state : at_node_[at(node)]) {
          if (!keep(last, ended(state))) return {};
        }
      }
    }
    std::vector<MixedWay> ways;
    for (const std::uint32_t state : last) ways.push_back(way_to(state));
    return ways;
  }

 private:
  // All ways into the node go on through it. False if there are too many.
  bool extend(NodeIndex node, const Answers& answers) {
    std::vector<std::uint32_t>& here = at_node_[at(node)];
    if (stretch_.is_from[at(node)] && !add(here, {}, none, node)) return false;
    for (const EdgeIndex e : facts_.graph.entries(node)) {
      if (facts_.returns[at(e)] || !answers.allow(e)) continue;
      for (const std::uint32_t before : at_node_[at(flow_.edge(e).from)]) {
        std::vector<Quantity> limits = states_[before].limits;
        const NodeIndex from = flow_.edge(e).from;
        append(limits, stretch_.once.by_exit(e), from);
        if (!add(here, std::move(limits), before, node)) return false;
      }
    }
    return true;
  }

  void append(std::vector<Quantity>& limits, std::int64_t milli, NodeIndex node) const {
    if (milli == 0) return;
    const TimeUnit unit = facts_.time_of(flow_, node)->unit;
    if (!limits.empty() && limits.back().unit == unit) {
      limits.back().milli += milli;
    } else {
      limits.push_back({milli, unit});
    }
  }

  // A way that ends in a call takes that whole.
  std::uint32_t ended(std::uint32_t state) {
    const State way = states_[state];
    if (stretch_.once.whole(way.node) == 0) return state;
    states_.push_back(way);
    append(states_.back().limits, stretch_.once.whole(way.node), way.node);
    return static_cast<std::uint32_t>(states_.size() - 1);
  }

  bool add(std::vector<std::uint32_t>& here, std::vector<Quantity> limits, std::uint32_t previous,
           NodeIndex node) {
    if (stretch_.deadline[at(node)]) {
      limits.clear();
      previous = none;
    }
    append(limits, stretch_.weight[at(node)], node);
    if (limits.size() > most_turns_of_unit || states_.size() >= most_states) return false;
    states_.push_back({std::move(limits), previous, node});
    return keep(here, static_cast<std::uint32_t>(states_.size() - 1));
  }

  // Only ways no other one covers.
  bool keep(std::vector<std::uint32_t>& here, std::uint32_t state) {
    const std::vector<Quantity>& limits = states_[state].limits;
    for (const std::uint32_t other : here) {
      if (covered(limits, states_[other].limits)) return true;
    }
    std::erase_if(here,
                  [&](std::uint32_t other) { return covered(states_[other].limits, limits); });
    here.push_back(state);
    return here.size() <= most_ways;
  }

  [[nodiscard]] MixedWay way_to(std::uint32_t state) const {
    MixedWay way{.nodes = {}, .limits = states_[state].limits};
    for (; state != none; state = states_[state].previous) {
      const NodeIndex node = states_[state].node;
      const bool takes_time = stretch_.weight[at(node)] != 0 || stretch_.once.whole(node) != 0;
      if (takes_time) way.nodes.push_back(node);
    }
    std::reverse(way.nodes.begin(), way.nodes.end());
    return way;
  }

  const Flow& flow_;
  const Facts& facts_;
  const Stretch& stretch_;
  std::vector<State> states_;
  std::vector<std::vector<std::uint32_t>> at_node_;
};

}  // namespace

std::vector<MixedWay> mixed_ways(const Flow& flow, const Facts& facts, const Stretch& stretch) {
  return Ways(flow, facts, stretch).all();
}

}  // namespace flowproof
