#include "analysis/clock.hpp"

#include <algorithm>
#include <limits>

#include "analysis/stretch.hpp"

namespace flowproof {

namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t greatest_rounds = 32;  // beyond it, more rounds tell a reader nothing new

/// The applicant's time is outside every clock (行政许可法 32); 预审 comes before acceptance.
constexpr std::uint32_t outside_clocks = bit_of(Stage::precheck) | bit_of(Stage::supplement);

/// Stages are declared in the order of a procedure.
constexpr std::uint32_t stages_up_to(Stage last) { return (bit_of(last) << 1U) - 1; }

bool runs_from_start(const TimeLimit& limit, StageSpan span) {
  return limit.ordinal || (limit.start == LimitStart::acceptance && span.from == Stage::accept);
}

/// "自受理后第15个工作日" is no amount of a clock that starts at the decision.
bool says_nothing_here(const TimeLimit& limit, StageSpan span) {
  return limit.start == LimitStart::acceptance && span.from > Stage::accept;
}

void weigh(const Flow& flow, const Facts& facts, const std::vector<bool>& before_start,
           Stretch& stretch, ClockFacts& clock) {
  const StageSpan span = clock.span;
  for (std::uint32_t i = 0; i < flow.nodes.size(); ++i) {
    const Node& node = flow.nodes[i];
    if (!stretch.inside[i] || !facts.counted[i] || node.kind == NodeKind::start) continue;
    const std::uint32_t stages = facts.meanings[i].stages;
    const std::uint32_t later = stages & ~(stages_up_to(span.from) | outside_clocks);
    if (later == 0 && (stages != 0 || before_start[i])) continue;
    if (!node.limit.has_amount() || says_nothing_here(node.limit, span)) {
      if (node.kind == NodeKind::step || node.kind == NodeKind::special) clock.complete = false;
      continue;
    }
    const Quantity amount = node.limit.amount;
    stretch.weight[i] = amount.milli;
    stretch.deadline[i] = runs_from_start(node.limit, span);
    if (amount.milli == 0) continue;
    const auto same_unit = [&](NodeIndex other) {
      return flow.node(other).limit.amount.unit == amount.unit;
    };
    if (std::none_of(clock.units.begin(), clock.units.end(), same_unit)) {
      clock.units.push_back(NodeIndex{i});
    }
  }
}

Stretch stretch_of(const Flow& flow, const Facts& facts, ClockFacts& clock) {
  Stretch stretch;
  const std::size_t n = flow.nodes.size();
  std::vector<NodeIndex> from;
  stretch.is_from.resize(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    if (!facts.reachable[i]) continue;
    const Meaning& meaning = facts.meanings[i];
    stretch.is_from[i] = meaning.is(clock.span.from);
    if (stretch.is_from[i]) from.push_back(NodeIndex{i});
    if (meaning.is(clock.span.to)) stretch.to.push_back(NodeIndex{i});
  }
  const Graph& graph = facts.graph;
  const std::vector<bool> after = reach(flow, graph, from, Direction::forward);
  const std::vector<bool> before = reach(flow, graph, stretch.to, Direction::backward);
  stretch.inside.resize(n);
  for (std::size_t i = 0; i < n; ++i) stretch.inside[i] = after[i] && before[i];
  stretch.weight.resize(n);
  stretch.deadline.resize(n);
  // "After the last node of `from`": what still leads to one, other than by a way back, is before.
  weigh(flow, facts, reach(flow, graph, from, Direction::backward, &facts.returns), stretch, clock);
  return stretch;
}

/// Longest ways to every (node, round): inside a strongly connected component each way back leads
/// to the next round, so what remains is acyclic.
class LongestWay {
 public:
  LongestWay(const Flow& flow, const Facts& facts, const Stretch& stretch, bool with_rounds)
      : flow_(flow), facts_(facts), stretch_(stretch) {
    const std::size_t n = flow.nodes.size();
    rounds_.resize(n);
    if (with_rounds) count_rounds();
    first_.resize(n + 1);
    for (std::size_t i = 0; i < n; ++i) first_[i + 1] = first_[i] + rounds_[i] + 1;
    states_.resize(first_.back());
    best_.assign(n, none);
    run();
  }

  [[nodiscard]] std::optional<TimedPath> best_path() const {
    std::uint32_t best = none;
    for (const NodeIndex node : stretch_.to) {
      if (better(best_[at(node)], best)) best = best_[at(node)];
    }
    if (best == none) return std::nullopt;
    TimedPath path;
    path.total.milli = states_[best].length;
    for (std::uint32_t state = best; state != none; state = states_[state].previous) {
      const NodeIndex node = states_[state].node;
      path.steps.push_back({node, stretch_.weight[at(node)]});
    }
    std::reverse(path.steps.begin(), path.steps.end());
    return path;
  }

 private:
  struct State {
    std::int64_t length = -1;  // -1: no way leads here
    std::uint32_t previous = none;
    NodeIndex node{};
  };

  // A component may be gone through again as often as its ways back allow together.
  void count_rounds() {
    std::vector<std::uint32_t> of_component(flow_.nodes.size());
    for (std::size_t e = 0; e < flow_.edges.size(); ++e) {
      const Edge& edge = flow_.edges[e];
      if (!facts_.returns[e] || !edge.max) continue;
      std::uint32_t& rounds = of_component[facts_.component[at(edge.from)]];
      const auto allowed_rounds = static_cast<std::uint32_t>(*edge.max);
      rounds = std::min(greatest_rounds, rounds + std::min(greatest_rounds, allowed_rounds));
    }
    for (std::size_t i = 0; i < rounds_.size(); ++i) rounds_[i] = of_component[facts_.component[i]];
  }

  [[nodiscard]] bool better(std::uint32_t candidate, std::uint32_t than) const {
    if (candidate == none || states_[candidate].length < 0) return false;
    return than == none || states_[candidate].length > states_[than].length;
  }

  // Components stand together in the order, and their nodes so that only ways back go backward.
  void run() {
    const std::vector<NodeIndex>& order = facts_.order;
    for (std::size_t begin = 0; begin < order.size();) {
      const std::uint32_t component = facts_.component[at(order[begin])];
      std::size_t end = begin;
      while (end < order.size() && facts_.component[at(order[end])] == component) ++end;
      for (std::uint32_t round = 0; round <= rounds_[at(order[begin])]; ++round) {
        for (std::size_t i = begin; i < end; ++i) extend(order[i], round);
      }
      begin = end;
    }
  }

  /// The state that an edge into `node` continues in this round; none if it cannot be taken.
  [[nodiscard]] std::uint32_t source_of(EdgeIndex e, NodeIndex node, std::uint32_t round) const {
    const NodeIndex from = flow_.edge(e).from;
    if (!stretch_.inside[at(from)]) return none;
    if (facts_.component[at(from)] != facts_.component[at(node)]) {
      return round == 0 ? best_[at(from)] : none;
    }
    if (!facts_.returns[at(e)]) return first_[at(from)] + round;
    return round > 0 && flow_.edge(e).max ? first_[at(from)] + round - 1 : none;
  }

  void extend(NodeIndex node, std::uint32_t round) {
    const std::size_t i = at(node);
    if (!stretch_.inside[i]) return;
    State state{-1, none, node};
    if (round == 0 && stretch_.is_from[i]) state.length = 0;
    for (const EdgeIndex e : facts_.graph.entries(node)) {
      const std::uint32_t source = source_of(e, node, round);
      if (source == none || states_[source].length <= state.length) continue;
      state.length = states_[source].length;
      state.previous = source;
    }
    if (state.length >= 0 && stretch_.deadline[i]) {
      state.length = stretch_.weight[i];
      state.previous = none;
    } else if (state.length >= 0) {
      state.length += stretch_.weight[i];
    }
    const std::uint32_t index = first_[i] + round;
    states_[index] = state;
    if (better(index, best_[i])) best_[i] = index;
  }

  const Flow& flow_;
  const Facts& facts_;
  const Stretch& stretch_;
  std::vector<std::uint32_t> rounds_, first_, best_;
  std::vector<State> states_;
};

bool is_proven(const Flow& flow, const Facts& facts, const TimedPath& path) {
  std::vector<std::pair<EdgeIndex, std::int32_t>> taken;
  for (std::size_t i = 1; i < path.steps.size(); ++i) {
    if (facts.meanings[at(path.steps[i].node)].is(Stage::supplement)) return false;
    for (const EdgeIndex e : facts.graph.exits(path.steps[i - 1].node)) {
      if (flow.edge(e).to != path.steps[i].node || !facts.returns[at(e)]) continue;
      auto known = std::find_if(taken.begin(), taken.end(),
                                [&](const auto& entry) { return entry.first == e; });
      if (known == taken.end()) known = taken.insert(taken.end(), {e, 0});
      if (++known->second > flow.edge(e).max.value_or(0)) return false;
      break;
    }
  }
  return true;
}

}  // namespace

ClockFacts measure_clock(const Flow& flow, const Facts& facts, StageSpan span) {
  ClockFacts clock;
  clock.span = span;
  const Stretch stretch = stretch_of(flow, facts, clock);
  clock.started = std::any_of(stretch.to.begin(), stretch.to.end(),
                              [&](NodeIndex node) { return stretch.inside[at(node)]; });
  if (clock.started && clock.units.size() > 1) clock.mixed = mixed_ways(flow, facts, stretch);
  if (!clock.started || clock.units.size() > 1) return clock;
  const TimeUnit unit = clock.units.empty() ? TimeUnit::working_day
                                            : flow.node(clock.units.front()).limit.amount.unit;
  clock.longest = LongestWay(flow, facts, stretch, false).best_path();
  if (clock.longest) clock.longest->total.unit = unit;
  const bool may_return = std::any_of(flow.edges.begin(), flow.edges.end(), [&](const Edge& edge) {
    return edge.max && stretch.inside[at(edge.from)] && stretch.inside[at(edge.to)];
  });
  if (!may_return || !clock.longest) return clock;
  std::optional<TimedPath> repeating = LongestWay(flow, facts, stretch, true).best_path();
  if (repeating && repeating->total.milli > clock.longest->total.milli) {
    repeating->total.unit = unit;
    repeating->proven = is_proven(flow, facts, *repeating);
    clock.repeating = std::move(repeating);
  }
  return clock;
}

}  // namespace flowproof
