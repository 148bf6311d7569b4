#include "analysis/clock.hpp"

#include <algorithm>

#include "analysis/longest_way.hpp"

namespace flowproof {

namespace {

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
  clock.within.resize(flow.nodes.size());
  for (std::uint32_t i = 0; i < flow.nodes.size(); ++i) {
    const Node& node = flow.nodes[i];
    if (!stretch.inside[i] || !facts.counted[i] || node.kind == NodeKind::start) continue;
    const std::uint32_t stages = facts.meanings[i].stages;
    const std::uint32_t later = stages & ~(stages_up_to(span.from) | outside_clocks);
    if (later == 0 && (stages != 0 || before_start[i])) continue;
    clock.within[i] = true;
    if (says_nothing_here(node.limit, span)) {
      if (node.kind == NodeKind::step || node.kind == NodeKind::special) clock.complete = false;
      continue;
    }
    add_box(flow, facts, NodeIndex{i}, runs_from_start(node.limit, span), stretch, clock);
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

}  // namespace

ClockFacts measure_clock(const Flow& flow, const Facts& facts, StageSpan span) {
  ClockFacts clock;
  clock.span = span;
  const Stretch stretch = stretch_of(flow, facts, clock);
  clock.started = std::any_of(stretch.to.begin(), stretch.to.end(),
                              [&](NodeIndex node) { return stretch.inside[at(node)]; });
  if (clock.started && clock.units.size() > 1) clock.mixed = mixed_ways(flow, facts, stretch);
  if (!clock.started || clock.units.size() > 1) return clock;
  const TimeUnit unit =
      clock.units.empty() ? TimeUnit::working_day : facts.time_of(flow, clock.units.front())->unit;
  clock.longest = longest_paths(flow, facts, stretch, false, std::span(&stretch.to, 1)).front();
  if (clock.longest) clock.longest->total.unit = unit;
  const bool may_return = std::any_of(flow.edges.begin(), flow.edges.end(), [&](const Edge& edge) {
    return edge.max && stretch.inside[at(edge.from)] && stretch.inside[at(edge.to)];
  });
  const bool may_repeat = stretch.repeating.of_exit != stretch.once.of_exit ||
                          stretch.repeating.of_node != stretch.once.of_node;
  if ((!may_return && !may_repeat) || !clock.longest) return clock;
  std::optional<TimedPath> repeating =
      longest_paths(flow, facts, stretch, true, std::span(&stretch.to, 1)).front();
  if (repeating && repeating->total.milli > clock.longest->total.milli) {
    repeating->total.unit = unit;
    repeating->proven = rounds_proven(flow, facts, *repeating);
    clock.repeating = std::move(repeating);
  }
  return clock;
}

}  // namespace flowproof
