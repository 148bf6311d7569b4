#include "analysis/soundness.hpp"

#include <algorithm>
#include <utility>

namespace flowproof {

namespace {

// Enough for loops nested 60 deep in the largest flows, and for any depth in flows people draw.
constexpr std::uint64_t work_per_edge = 60;
constexpr std::uint64_t work_floor = 20'000'000;

class Judge {
 public:
  explicit Judge(const ControlGraph& graph)
      : graph_(graph), levels_(graph), counts_(graph, levels_, seed_of(graph)) {}

  Judgement run();

 private:
  std::optional<Failure> shape(const Level& top) const;
  std::optional<Failure> loop_conditions(const Level& level, std::uint32_t unit) const;
  void test(Level& level, bool top);
  void keep(Failure failure);

  const ControlGraph& graph_;
  LoopLevels levels_;
  TokenCounts counts_;
  std::vector<Level> waiting_;  // loops found and not yet entered
  std::optional<Failure> failure_;
  bool too_concurrent_ = false;
};

// Every node a case comes to has to lead on to an end.
std::optional<Failure> Judge::shape(const Level& top) const {
  std::vector<std::uint32_t> ends;
  for (std::uint32_t node = 0; node < graph_.node_count(); ++node) {
    if (graph_.is_end(node)) ends.push_back(node);
  }
  const std::vector<std::uint32_t> distance = distances_to(graph_, ends);
  Failure found{.kind = Failure::Kind::livelock};
  for (const std::uint32_t node : top.order) {
    if (distance[node] != nothing) continue;
    if (graph_.exits(node).empty()) return Failure{.kind = Failure::Kind::dead_end, .node = node};
    found.node = node;  // the last one in topological order lies in the trap itself
  }
  if (found.node == nothing) return {};
  return found;
}

std::optional<Failure> Judge::loop_conditions(const Level& level, std::uint32_t unit) const {
  for (const std::uint32_t node : levels_.entries_of(level, unit)) {
    if (graph_.join(node) == Gate::exclusive) continue;
    return Failure{.kind = Failure::Kind::loop_entry_joins, .node = node, .level = {}};
  }
  for (const std::uint32_t node : level.nodes(unit)) {
    if (graph_.split(node) == Gate::exclusive) continue;
    for (const std::uint32_t edge : graph_.exits(node)) {
      if (!levels_.leaves(edge)) continue;
      return Failure{.kind = Failure::Kind::loop_exit_splits, .node = node, .edge = edge};
    }
  }
  return {};
}

// The failure of the deepest level says most: outer levels take their loops for granted.
void Judge::keep(Failure failure) {
  if (!failure_ || failure.level.depth > failure_->level.depth) failure_ = std::move(failure);
}

void Judge::test(Level& level, bool top) {
  bool contractible = true;
  for (std::uint32_t unit = 0; unit < level.unit_count(); ++unit) {
    if (!levels_.is_loop(level, unit)) continue;
    if (std::optional<Failure> failure = loop_conditions(level, unit)) {
      failure->level.depth = level.depth;
      keep(std::move(*failure));
      contractible = false;
    } else {
      waiting_.push_back(levels_.inner(level, unit));
    }
  }
  if (!contractible) return;
  const bool swallowing = top && graph_.ends() == Ends::swallowing;
  // Where the ends do sum to 1, swallowing or not makes no difference.
  CountCheck check = counts_.check(level, true);
  const bool several = swallowing && check.result == CountCheck::Result::wrong_sum;
  if (several) check = {};
  switch (check.result) {
    case CountCheck::Result::unequal_join:
      keep({.kind = Failure::Kind::unequal_join, .level = std::move(level), .unit = check.unit});
      break;
    case CountCheck::Result::wrong_sum:
      keep({.kind = Failure::Kind::wrong_sum, .level = std::move(level)});
      break;
    case CountCheck::Result::passes:
      if (!several) break;
      const PairTest pairs = test_pairs(graph_, levels_, level);
      too_concurrent_ = pairs.too_large;
      if (pairs.meeting) {
        keep({.kind = Failure::Kind::concurrent_merge,
              .level = std::move(level),
              .meeting = pairs.meeting});
      }
      break;
  }
}

Judgement Judge::run() {
  Level top = levels_.top();
  if (std::optional<Failure> failure = shape(top)) {
    return {.verdict = SoundnessVerdict::unsound, .failure = std::move(failure)};
  }
  const std::size_t reached = top.order.size();
  const std::uint64_t limit = work_floor + work_per_edge * graph_.edge_count();
  test(top, true);
  top = {};
  while (!waiting_.empty()) {
    if (levels_.work() > limit) {
      if (failure_) break;
      return {.reason = Undecided::too_deep};
    }
    Level level = std::move(waiting_.back());
    waiting_.pop_back();
    levels_.enter(level);
    test(level, false);
  }
  if (failure_) return {.verdict = SoundnessVerdict::unsound, .failure = std::move(failure_)};
  if (reached < graph_.node_count()) {
    std::uint32_t node = 0;
    for (levels_.enter(top = levels_.top()); levels_.contains(node);) ++node;
    return {.verdict = SoundnessVerdict::unsound,
            .failure = Failure{.kind = Failure::Kind::unreachable, .node = node}};
  }
  if (too_concurrent_) return {.reason = Undecided::too_concurrent};
  return {.verdict = SoundnessVerdict::sound};
}

}  // namespace

Judgement judge(const ControlGraph& graph) {
  bool ends = false;
  for (std::uint32_t node = 0; node < graph.node_count() && !ends; ++node) {
    ends = graph.is_end(node);
  }
  if (!ends) return {.reason = Undecided::no_end};
  return Judge(graph).run();
}

std::string_view name_of(SoundnessVerdict verdict) {
  constexpr std::string_view names[] = {"sound", "unsound", "undecided"};
  return names[static_cast<std::size_t>(verdict)];
}

// Several starts hang on a virtual node; it is no part of the story.
static void drop_virtual(const Flow& flow, Soundness& told) {
  const auto is_virtual = [&](EdgeIndex edge) { return at(edge) >= flow.edges.size(); };
  for (std::vector<EdgeIndex>* way : {&told.trunk, &told.left, &told.right}) {
    way->erase(std::remove_if(way->begin(), way->end(), is_virtual), way->end());
  }
  for (std::optional<EdgeIndex>* edge : {&told.edge, &told.missing, &told.bypass}) {
    if (*edge && is_virtual(**edge)) edge->reset();
  }
  if (!told.run.empty() && at(told.run.front().node) >= flow.nodes.size()) {
    told.run.erase(told.run.begin());
  }
  for (RunStep& step : told.run) {
    if (step.from && is_virtual(*step.from)) step.from.reset();
  }
}

Soundness verify(const Flow& flow) {
  Soundness told;
  const auto has = [&](NodeKind kind) {
    return std::any_of(flow.nodes.begin(), flow.nodes.end(),
                       [&](const Node& node) { return node.kind == kind; });
  };
  if (!has(NodeKind::start)) {
    told.reason = Undecided::no_start;
  } else if (!has(NodeKind::end)) {
    told.reason = Undecided::no_end;
  } else if (std::any_of(flow.nodes.begin(), flow.nodes.end(),
                         [](const Node& node) { return node.incomplete; })) {
    told.reason = Undecided::incomplete;
  } else {
    told = verify(control_graph_of(flow));
    drop_virtual(flow, told);
  }
  return told;
}

}  // namespace flowproof
