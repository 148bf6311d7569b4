#include "analysis/longest_way.hpp"

#include <algorithm>

namespace flowproof {

// Beyond it, more rounds tell a reader nothing new.
static constexpr std::uint32_t greatest_rounds = 32;

LongestWay::LongestWay(const Flow& flow, const Facts& facts, const Stretch& stretch,
                       bool with_rounds, const Answers& answers)
    : flow_(flow),
      facts_(facts),
      stretch_(stretch),
      answers_(answers),
      calls_(with_rounds ? stretch.repeating : stretch.once) {
  const std::size_t n = flow.nodes.size();
  rounds_.resize(n);
  if (with_rounds) count_rounds();
  first_.resize(n + 1);
  for (std::size_t i = 0; i < n; ++i) first_[i + 1] = first_[i] + rounds_[i] + 1;
  states_.resize(first_.back());
  best_.assign(n, none);
  run();
}

std::optional<TimedPath> LongestWay::best_path(std::span<const NodeIndex> to) const {
  std::uint32_t best = none;
  std::int64_t longest = -1;
  for (const NodeIndex node : to) {
    const std::uint32_t state = best_[at(node)];
    if (state == none) continue;
    const std::int64_t length = states_[state].length + calls_.whole(node);
    if (length <= longest) continue;
    longest = length;
    best = state;
  }
  if (best == none) return std::nullopt;
  TimedPath path;
  path.total.milli = longest;
  std::int64_t leaving = calls_.whole(states_[best].node);
  std::optional<EdgeIndex> exit;
  for (std::uint32_t state = best; state != none; state = states_[state].previous) {
    const NodeIndex node = states_[state].node;
    path.steps.push_back(
        {node, stretch_.weight[at(node)] + leaving, leaving != 0 ? exit : std::nullopt});
    exit = states_[state].by;
    leaving = exit ? calls_.by_exit(*exit) : 0;
  }
  std::reverse(path.steps.begin(), path.steps.end());
  return path;
}

// A component may be gone through again as often as its ways back allow together.
void LongestWay::count_rounds() {
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

bool LongestWay::better(std::uint32_t candidate, std::uint32_t than) const {
  if (candidate == none || states_[candidate].length < 0) return false;
  return than == none || states_[candidate].length > states_[than].length;
}

// Components stand together in the order, and their nodes so that only ways back go backward.
void LongestWay::run() {
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
std::uint32_t LongestWay::source_of(EdgeIndex e, NodeIndex node, std::uint32_t round) const {
  const NodeIndex from = flow_.edge(e).from;
  if (!stretch_.inside[at(from)] || !answers_.allow(e)) return none;
  if (facts_.component[at(from)] != facts_.component[at(node)]) {
    return round == 0 ? best_[at(from)] : none;
  }
  if (!facts_.returns[at(e)]) return first_[at(from)] + round;
  return round > 0 && flow_.edge(e).max ? first_[at(from)] + round - 1 : none;
}

void LongestWay::extend(NodeIndex node, std::uint32_t round) {
  const std::size_t i = at(node);
  if (!stretch_.inside[i]) return;
  State state{-1, none, node};
  if (round == 0 && stretch_.is_from[i]) state.length = 0;
  for (const EdgeIndex e : facts_.graph.entries(node)) {
    const std::uint32_t source = source_of(e, node, round);
    if (source == none || states_[source].length < 0) continue;
    const std::int64_t length = states_[source].length + calls_.by_exit(e);
    if (length <= state.length) continue;
    state.length = length;
    state.previous = source;
    state.by = e;
  }
  if (state.length >= 0 && stretch_.deadline[i]) {
    state.length = stretch_.weight[i];
    state.previous = none;
    state.by.reset();
  } else if (state.length >= 0) {
    state.length += stretch_.weight[i];
  }
  const std::uint32_t index = first_[i] + round;
  states_[index] = state;
  if (better(index, best_[i])) best_[i] = index;
}

std::vector<std::optional<TimedPath>> longest_paths(const Flow& flow, const Facts& facts,
                                                    const Stretch& stretch, bool with_rounds,
                                                    std::span<const std::vector<NodeIndex>> to) {
  std::vector<std::optional<TimedPath>> longest(to.size());
  for (const Answers& answers : facts.answers) {
    std::optional<Stretch> possible;
    if (!answers.ruled_out.empty()) possible = with_answers(flow, facts, answers, stretch);
    const LongestWay ways(flow, facts, possible ? *possible : stretch, with_rounds, answers);
    for (std::size_t k = 0; k < to.size(); ++k) {
      std::optional<TimedPath> path = ways.best_path(to[k]);
      if (path && (!longest[k] || path->total.milli > longest[k]->total.milli)) {
        longest[k] = std::move(path);
      }
    }
  }
  return longest;
}

static bool proven_inside(const Flow& flow, const Facts& facts, const TimedPath::Step& step) {
  if (step.milli == 0 || flow.node(step.node).limit.has_amount()) return true;
  const CalledTime* time = facts.calls.time_of(step.node, step.exit, true);
  return time == nullptr || time->proven;
}

bool rounds_proven(const Flow& flow, const Facts& facts, const TimedPath& path) {
  for (const TimedPath::Step& step : path.steps) {
    if (!proven_inside(flow, facts, step)) return false;
  }
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

}  // namespace flowproof
