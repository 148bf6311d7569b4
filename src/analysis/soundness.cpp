#include "analysis/soundness.hpp"

#include <algorithm>
#include <utility>

#include "analysis/counterexample.hpp"
#include "analysis/forest_counts.hpp"
#include "analysis/loop_forest.hpp"

namespace flowproof {

namespace {

// Enough for loops nested 60 deep in the largest flows, and for any depth in flows people draw.
constexpr std::uint64_t work_per_edge = 60;
constexpr std::uint64_t work_floor = 20'000'000;

/// Level by level, outermost first.
class LevelJudge {
 public:
  LevelJudge(const ControlGraph& graph, std::uint64_t seed)
      : graph_(graph), levels_(graph), counts_(graph, levels_, seed) {}

  Judgement all();
  Judgement only(Level level);

 private:
  std::optional<Failure> loop_conditions(const Level& level, std::uint32_t unit) const;
  void test(Level& level);
  void keep(Failure failure);
  Judgement result();

  const ControlGraph& graph_;
  LoopLevels levels_;
  TokenCounts counts_;
  std::vector<Level> waiting_;  // loops found and not yet entered
  std::optional<Failure> failure_;
  bool too_concurrent_ = false;
};

std::optional<Failure> LevelJudge::loop_conditions(const Level& level, std::uint32_t unit) const {
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
void LevelJudge::keep(Failure failure) {
  if (!failure_ || failure.level.depth > failure_->level.depth) failure_ = std::move(failure);
}

void LevelJudge::test(Level& level) {
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
  const bool swallowing = level.depth == 0 && graph_.ends() == Ends::swallowing;
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

Judgement LevelJudge::result() {
  if (failure_) return {.verdict = SoundnessVerdict::unsound, .failure = std::move(failure_)};
  if (too_concurrent_) return {.reason = Undecided::too_concurrent};
  return {.verdict = SoundnessVerdict::sound};
}

Judgement LevelJudge::all() {
  const std::uint64_t limit = work_floor + work_per_edge * graph_.edge_count();
  waiting_.push_back(levels_.top());
  while (!waiting_.empty()) {
    if (levels_.work() > limit) {
      if (failure_) break;
      return {.reason = Undecided::too_deep};
    }
    Level level = std::move(waiting_.back());
    waiting_.pop_back();
    levels_.enter(level);
    test(level);
  }
  return result();
}

// Pre: the loops inside it are sound.
Judgement LevelJudge::only(Level level) {
  levels_.enter(level);
  test(level);
  return result();
}

/// Nodes in an order in which only ways back go backward, as far as the source reaches.
std::optional<Failure> shape(const ControlGraph& graph, const std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> ends;
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    if (graph.is_end(node)) ends.push_back(node);
  }
  const std::vector<std::uint32_t> distance = distances_to(graph, ends);
  Failure found{.kind = Failure::Kind::livelock};
  for (const std::uint32_t node : order) {
    if (distance[node] != nothing) continue;
    if (graph.exits(node).empty()) return Failure{.kind = Failure::Kind::dead_end, .node = node};
    found.node = node;  // the last one lies in a loop itself
  }
  if (found.node == nothing) return {};
  return found;
}

/// The inside of a loop, or the whole graph, as a level.
Level level_of(const LoopForest& forest, std::uint32_t source, std::uint32_t loop) {
  Level level;
  level.depth = forest.depth(loop);
  level.entries = {loop == 0 ? source : forest.header(loop)};
  std::vector<bool> inside(forest.loop_count(), false);
  for (std::uint32_t inner = loop; inner < forest.loop_count(); ++inner) {
    inside[inner] = inner == loop || inside[forest.outer(inner)];
  }
  for (const std::uint32_t node : forest.order()) {
    if (inside[forest.loop_of(node)]) level.order.push_back(node);
  }
  return level;
}

Judgement judge_levels(const ControlGraph& graph, const LoopForest& forest) {
  const std::uint64_t seed = seed_of(graph);
  if (!forest.reducible()) return LevelJudge(graph, seed).all();
  const std::optional<std::uint32_t> failing = failing_level(graph, forest, seed);
  if (!failing) return {.verdict = SoundnessVerdict::sound};
  return LevelJudge(graph, seed).only(level_of(forest, graph.source(), *failing));
}

}  // namespace

Judgement judge(const ControlGraph& graph) {
  bool ends = false;
  for (std::uint32_t node = 0; node < graph.node_count() && !ends; ++node) {
    ends = graph.is_end(node);
  }
  if (!ends) return {.reason = Undecided::no_end};
  const LoopForest forest(graph);
  if (std::optional<Failure> failure = shape(graph, forest.order())) {
    return {.verdict = SoundnessVerdict::unsound, .failure = std::move(failure)};
  }
  return judge_levels(graph, forest);
}

static std::vector<bool> reached_by_source(const ControlGraph& graph) {
  std::vector<bool> reached(graph.node_count(), false);
  std::vector<std::uint32_t> queue{graph.source()};
  reached[graph.source()] = true;
  while (!queue.empty()) {
    const std::uint32_t node = queue.back();
    queue.pop_back();
    for (const std::uint32_t edge : graph.exits(node)) {
      if (reached[graph.to(edge)]) continue;
      reached[graph.to(edge)] = true;
      queue.push_back(graph.to(edge));
    }
  }
  return reached;
}

static std::optional<Failure> first_missing(const std::vector<bool>& reached) {
  const auto island = std::find(reached.begin(), reached.end(), false);
  if (island == reached.end()) return {};
  return Failure{.kind = Failure::Kind::unreachable,
                 .node = static_cast<std::uint32_t>(island - reached.begin())};
}

std::optional<Failure> island_of(const ControlGraph& graph) {
  return first_missing(reached_by_source(graph));
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

// Each case keeps to one way of answering, so each is judged by itself. What is sound with all
// choices free is sound with fewer, but for nodes no case comes to any more.
static Soundness verify_each(const Flow& flow, std::span<const Answers> answers) {
  const ControlGraph whole = control_graph_of(flow);
  Soundness told = verify(whole);
  if (answers.size() < 2 || told.reason == Undecided::no_end) return told;
  const bool passes = told.verdict == SoundnessVerdict::sound;
  if (!passes) told = {.verdict = SoundnessVerdict::sound};
  std::vector<bool> reached(flow.nodes.size());
  for (const Answers& way : answers) {
    const ControlGraph graph = control_graph_of(flow, way);
    const Judgement judgement = passes ? Judgement{SoundnessVerdict::sound} : judge(graph);
    if (judgement.failure) {
      Soundness shown = explain(graph, *judgement.failure, whole);
      if (shown.verdict == SoundnessVerdict::unsound) return shown;
      if (shown.verdict == SoundnessVerdict::undecided) told = std::move(shown);
    } else if (judgement.verdict == SoundnessVerdict::undecided) {
      told = {.reason = judgement.reason};
    }
    const std::vector<bool> here = reached_by_source(graph);
    for (std::size_t node = 0; node < reached.size(); ++node) {
      reached[node] = reached[node] || here[node];
    }
  }
  const std::optional<Failure> island = first_missing(reached);
  return island ? explain(whole, *island) : told;
}

Soundness verify(const Flow& flow, std::span<const Answers> answers) {
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
    told = verify_each(flow, answers);
    drop_virtual(flow, told);
  }
  return told;
}

}  // namespace flowproof
