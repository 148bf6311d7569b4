#include "analysis/stretch.hpp"

#include <algorithm>

namespace flowproof {

namespace {

/// The first box of each unit stands for it.
void note_unit(const Flow& flow, const Facts& facts, NodeIndex node, TimeUnit unit,
               ClockFacts& clock) {
  const bool known = std::any_of(clock.units.begin(), clock.units.end(), [&](NodeIndex other) {
    return facts.time_of(flow, other)->unit == unit;
  });
  if (!known) clock.units.push_back(node);
}

/// A call takes as long as the end it comes to, which its exit tells.
void add_call(const Flow& flow, const Facts& facts, NodeIndex node, Stretch& stretch,
              ClockFacts& clock) {
  const CalledFlow* called = facts.calls.flow_of(node);
  if (called == nullptr || !called->complete) clock.complete = false;
  if (called == nullptr || called->ends.empty()) return;
  if (!called->timed) {
    clock.unmeasured.push_back(node);
    return;
  }
  for (const bool repeating : {false, true}) {
    CallTimes& times = repeating ? stretch.repeating : stretch.once;
    times.of_exit.resize(flow.edges.size());
    times.of_node.resize(flow.nodes.size());
    const auto milli = [&](std::optional<EdgeIndex> exit) {
      const CalledTime* time = facts.calls.time_of(node, exit, repeating);
      return time == nullptr ? 0 : time->milli;
    };
    times.of_node[at(node)] = milli(std::nullopt);
    for (const EdgeIndex e : facts.graph.exits(node)) times.of_exit[at(e)] = milli(e);
  }
  if (stretch.repeating.whole(node) != 0) note_unit(flow, facts, node, called->unit, clock);
}

}  // namespace

void add_box(const Flow& flow, const Facts& facts, NodeIndex node, bool deadline, Stretch& stretch,
             ClockFacts& clock) {
  const Node& box = flow.node(node);
  if (box.limit.has_amount()) {
    stretch.weight[at(node)] = box.limit.amount.milli;
    stretch.deadline[at(node)] = deadline;
    if (box.limit.amount.milli != 0) {
      note_unit(flow, facts, node, box.limit.amount.unit, clock);
    }
  } else if (box.kind == NodeKind::subflow) {
    add_call(flow, facts, node, stretch, clock);
  } else if (box.kind == NodeKind::step || box.kind == NodeKind::special) {
    clock.complete = false;
  }
}

Stretch with_answers(const Flow& flow, const Facts& facts, const Answers& answers,
                     Stretch stretch) {
  const std::vector<bool> possible = facts.reached_with(flow, answers);
  for (std::size_t i = 0; i < possible.size(); ++i) {
    stretch.inside[i] = stretch.inside[i] && possible[i];
  }
  return stretch;
}

}  // namespace flowproof
