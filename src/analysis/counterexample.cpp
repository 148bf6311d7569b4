#include "analysis/counterexample.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <set>
#include <utility>

#include "analysis/run_search.hpp"

namespace flowproof {

bool replay(TokenGame& game, const std::vector<Firing>& firings) {
  for (const Firing& firing : firings) {
    if (!game.enabled(firing.node)) return false;
    if (firing.from != nothing && game.tokens(firing.from) == 0) return false;
    game.fire(firing.node, firing.to, firing.from);
  }
  return true;
}

Violation violation_of(const ControlGraph& graph, const TokenGame& game,
                       const std::vector<std::uint32_t>& to_end) {
  if (game.doubled()) return Violation::doubled;
  for (std::uint32_t edge = 0; edge < graph.edge_count(); ++edge) {
    if (game.tokens(edge) > 0 && to_end[graph.to(edge)] == nothing) return Violation::trapped;
  }
  if (game.tokens(graph.edge_count()) > 0 && to_end[graph.source()] == nothing) {
    return Violation::trapped;
  }
  if (graph.ends() == Ends::exclusive && game.ended().size() > 1) return Violation::second_end;
  if (game.token_count() > 0) {
    for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
      if (game.enabled(node)) return Violation::none;
    }
    return Violation::stuck;
  }
  return Violation::none;
}

namespace {

// Edges the search for outcomes that keep the failure may look at.
constexpr std::uint64_t condition_limit = 400'000'000;

using Keys = std::vector<std::uint32_t>;

std::vector<std::uint32_t> ends_of(const ControlGraph& graph) {
  std::vector<std::uint32_t> ends;
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    if (graph.is_end(node)) ends.push_back(node);
  }
  return ends;
}

/// How tokens are moved: which node fires next, and by which exit a decision is left.
struct Policy {
  const Keys& order;               ///< smallest first; `nothing`: never
  const Keys& toward;              ///< decisions take the exit whose target has the smallest key
  std::uint32_t stop = nothing;    ///< node: enough as soon as a token lies before it
  std::uint32_t forced = nothing;  ///< edge: its node is left by it
};

class Driver {
 public:
  explicit Driver(const ControlGraph& graph)
      : graph_(graph),
        game_(graph),
        levels_(graph),
        to_end_(distances_to(graph, ends_of(graph))),
        loop_keys_(graph.node_count(), nothing) {}

  Soundness run(const Failure& failure, const ControlGraph& whole);

 private:
  using Nodes = std::vector<std::uint32_t>;

  void play_failure(const Failure& failure);
  void lead_to(std::uint32_t node, bool stop, std::uint32_t last_edge);
  void play_level(const Failure& failure);
  void play_unit(const Level& level, std::uint32_t unit, std::uint32_t exit);
  void play_loop(const Level& level, std::uint32_t unit, std::uint32_t exit);
  void finish();
  void advance(const Nodes& seeds, const Policy& policy);
  [[nodiscard]] std::uint32_t nearest_exit(std::uint32_t node, const Keys& keys) const;
  [[nodiscard]] bool over() const;
  [[nodiscard]] std::vector<bool> cone_of(const Level& level, std::uint32_t unit) const;
  [[nodiscard]] Nodes outcomes_of(const Level& level, std::uint32_t unit) const;
  [[nodiscard]] Choices condition(const Level& level, const Failure& failure,
                                  const std::vector<bool>& cone) const;

  const ControlGraph& graph_;
  TokenGame game_;
  LoopLevels levels_;
  Keys to_end_;
  Keys loop_keys_;
};

bool Driver::over() const {
  const std::size_t size = std::size_t{graph_.node_count()} + graph_.edge_count();
  if (graph_.ends() == Ends::exclusive && game_.ended().size() > 1) return true;
  return game_.doubled().has_value() || game_.firings().size() > 16 * size + 10'000;
}

std::uint32_t Driver::nearest_exit(std::uint32_t node, const Keys& keys) const {
  std::uint32_t best = nothing;
  for (const std::uint32_t edge : graph_.exits(node)) {
    if (best == nothing || keys[graph_.to(edge)] < keys[graph_.to(best)]) best = edge;
  }
  return best;
}

void Driver::advance(const Nodes& seeds, const Policy& policy) {
  using Item = std::pair<std::uint32_t, std::uint32_t>;
  std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
  const auto offer = [&](std::uint32_t node) {
    if (policy.order[node] != nothing && game_.enabled(node))
      queue.push({policy.order[node], node});
  };
  for (const std::uint32_t node : seeds) offer(node);
  while (!queue.empty() && !over()) {
    const std::uint32_t node = queue.top().second;
    queue.pop();
    if (!game_.enabled(node)) continue;
    const bool forced = policy.forced != nothing && node == graph_.from(policy.forced);
    game_.fire(node, forced ? policy.forced : nearest_exit(node, policy.toward));
    offer(node);
    for (const std::uint32_t edge : graph_.exits(node)) {
      if (game_.tokens(edge) == 0) continue;
      if (graph_.to(edge) == policy.stop) return;
      offer(graph_.to(edge));
    }
  }
}

// Brings a token before `node`. What does not lie on the way moves only when all else waits, and a
// token on `last_edge` moves last of all.
void Driver::lead_to(std::uint32_t node, bool stop, std::uint32_t last_edge) {
  if (stop && node == graph_.source()) return;
  Keys keys = distances_to(graph_, std::vector{node});
  for (std::uint32_t n = 0; n < graph_.node_count(); ++n) {
    if (keys[n] != nothing) continue;
    keys[n] = graph_.node_count() + std::min(to_end_[n], graph_.node_count());
  }
  if (last_edge != nothing) keys[graph_.to(last_edge)] = nothing - 1;
  advance({graph_.source()}, {.order = keys, .toward = keys, .stop = stop ? node : nothing});
}

// A loop that is sound inside can be left by any of its exits: walk the shortest way there.
void Driver::play_loop(const Level& level, std::uint32_t unit, std::uint32_t exit) {
  Nodes queue{graph_.from(exit)};
  loop_keys_[queue.front()] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const std::uint32_t edge : graph_.entries(queue[i])) {
      const std::uint32_t from = graph_.from(edge);
      if (!levels_.contains(from) || levels_.leaves(edge) || levels_.unit_of(from) != unit)
        continue;
      if (loop_keys_[from] != nothing) continue;
      loop_keys_[from] = loop_keys_[queue[i]] + 1;
      queue.push_back(from);
    }
  }
  advance(levels_.entries_of(level, unit),
          {.order = loop_keys_, .toward = loop_keys_, .forced = exit});
  for (const std::uint32_t node : queue) loop_keys_[node] = nothing;
}

void Driver::play_unit(const Level& level, std::uint32_t unit, std::uint32_t exit) {
  if (exit == nothing) {
    const Nodes outcomes = outcomes_of(level, unit);
    if (!outcomes.empty()) exit = outcomes.front();
  }
  if (levels_.is_loop(level, unit)) {
    play_loop(level, unit, exit);
    return;
  }
  const std::uint32_t node = level.nodes(unit).front();
  if (exit == nothing && !graph_.exits(node).empty()) exit = graph_.exits(node).front();
  do {
    if (!game_.enabled(node)) return;
    game_.fire(node, exit);
  } while (!levels_.is_entry(node) && !over());
}

std::vector<bool> Driver::cone_of(const Level& level, std::uint32_t unit) const {
  std::vector<bool> cone(level.unit_count(), false);
  Nodes queue{unit};
  cone[unit] = true;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const std::uint32_t node : level.nodes(queue[i])) {
      for (const std::uint32_t edge : graph_.entries(node)) {
        if (!levels_.inside(edge)) continue;
        const std::uint32_t before = levels_.unit_of(graph_.from(edge));
        if (cone[before]) continue;
        cone[before] = true;
        queue.push_back(before);
      }
    }
  }
  return cone;
}

// Ways out of an exclusive unit, the one nearest to an end first; none for parallel splits.
Driver::Nodes Driver::outcomes_of(const Level& level, std::uint32_t unit) const {
  Nodes outcomes;
  const auto nodes = level.nodes(unit);
  if (nodes.size() == 1 && graph_.split(nodes.front()) == Gate::parallel) return outcomes;
  for (const std::uint32_t node : nodes) {
    for (const std::uint32_t edge : graph_.exits(node)) {
      if (levels_.leaves(edge)) outcomes.push_back(edge);
    }
  }
  std::stable_sort(outcomes.begin(), outcomes.end(), [&](std::uint32_t a, std::uint32_t b) {
    return to_end_[graph_.to(a)] < to_end_[graph_.to(b)];
  });
  return outcomes;
}

// Fixes decision after decision, in topological order, so that the counts stay wrong: if they are
// wrong as polynomials, they are wrong for at least one outcome of each. Decisions that make no
// difference are fixed in growing batches, so that few tests are needed.
Choices Driver::condition(const Level& level, const Failure& failure,
                          const std::vector<bool>& cone) const {
  Choices choices{.exit = Nodes(level.unit_count(), nothing)};
  TokenCounts counts(graph_, levels_, seed_of(graph_));
  const bool sum = failure.kind == Failure::Kind::wrong_sum;
  const auto fails = [&] {
    return counts.run(level, choices, cone, failure.unit, sum).result != CountCheck::Result::passes;
  };
  for (const std::uint32_t entry : level.entries) {
    choices.entry = entry;
    if (fails()) break;
  }
  struct Split {
    std::uint32_t unit;
    Nodes outcomes;
  };
  std::vector<Split> splits;
  for (std::uint32_t unit = 0; unit < level.unit_count(); ++unit) {
    if (!cone.empty() && !cone[unit]) continue;
    Nodes outcomes = outcomes_of(level, unit);
    if (outcomes.size() > 1) splits.push_back({unit, std::move(outcomes)});
  }
  for (std::size_t done = 0, batch = 1; done < splits.size();) {
    const std::size_t end = std::min(done + batch, splits.size());
    for (std::size_t i = done; i < end; ++i) {
      choices.exit[splits[i].unit] = splits[i].outcomes.front();
    }
    if (counts.work() > condition_limit) return choices;
    if (fails()) {
      done = end;
      batch *= 2;
      continue;
    }
    for (std::size_t i = done; i < end; ++i) choices.exit[splits[i].unit] = nothing;
    if (end - done > 1) {
      batch = (end - done) / 2;
      continue;
    }
    for (const std::uint32_t outcome : splits[done].outcomes) {
      choices.exit[splits[done].unit] = outcome;
      if (fails()) break;
    }
    ++done;
    batch = 1;
  }
  return choices;
}

void Driver::play_level(const Failure& failure) {
  Level level = failure.level;
  levels_.enter(level);
  const std::uint32_t last = failure.meeting ? failure.meeting->unit : failure.unit;
  const std::vector<bool> cone = last == nothing ? std::vector<bool>{} : cone_of(level, last);
  const Choices choices =
      failure.meeting ? Choices{.exit = failure.meeting->choices} : condition(level, failure, cone);
  if (choices.entry != nothing) lead_to(choices.entry, true, nothing);
  for (std::uint32_t unit = 0; unit < level.unit_count() && !over(); ++unit) {
    const std::uint32_t node = level.nodes(unit).front();
    if (!cone.empty() && !cone[unit]) continue;
    if (choices.entry != nothing && levels_.is_entry(node) && node != choices.entry) continue;
    if (unit == failure.unit) break;  // the join that will wait
    if (graph_.is_end(node) && last == nothing) continue;
    play_unit(level, unit, choices.exit[unit]);
  }
}

// Plays what is left until nothing is enabled; ends last, so that tokens meet if they can.
void Driver::finish() {
  Keys order = to_end_;
  Nodes all(graph_.node_count());
  for (std::uint32_t node = 0; node < graph_.node_count(); ++node) {
    all[node] = node;
    if (graph_.is_end(node)) order[node] = nothing - 1;
  }
  advance(all, {.order = order, .toward = to_end_});
}

void Driver::play_failure(const Failure& failure) {
  switch (failure.kind) {
    case Failure::Kind::dead_end:
    case Failure::Kind::livelock:
      lead_to(failure.node, true, nothing);
      break;
    case Failure::Kind::loop_entry_joins:
      lead_to(failure.node, false, nothing);
      break;
    case Failure::Kind::loop_exit_splits:
      lead_to(failure.node, false, failure.edge);
      break;
    case Failure::Kind::unequal_join:
    case Failure::Kind::wrong_sum:
    case Failure::Kind::concurrent_merge:
      play_level(failure);
      break;
    case Failure::Kind::unreachable:
      break;
  }
}

// The story knows the choices of the whole, so that it can blame the one that was made.
Soundness tell(const ControlGraph& graph, const std::vector<Firing>& firings,
               const Failure& failure) {
  TokenGame fresh(graph);
  const bool played = replay(fresh, firings);
  const Violation violation =
      played ? violation_of(graph, fresh, distances_to(graph, ends_of(graph))) : Violation::none;
  return story_of(graph, fresh, violation, failure);
}

Soundness Driver::run(const Failure& failure, const ControlGraph& whole) {
  play_failure(failure);
  Violation violation = violation_of(graph_, game_, to_end_);
  if (violation == Violation::none) {
    finish();
    violation = violation_of(graph_, game_, to_end_);
  }
  std::vector<Firing> firings = game_.firings();
  if (violation == Violation::none) {
    RunSearch searched = search_runs(graph_, to_end_);
    if (searched.sound) return {.verdict = SoundnessVerdict::sound};
    if (searched.run.empty()) return {.reason = Undecided::too_entangled};
    firings = std::move(searched.run);
  }
  Soundness told = tell(whole, firings, failure);
  // What is a trap for lack of choices is none where there are more.
  return told.defect == Defect::none ? tell(graph_, firings, failure) : told;
}

}  // namespace

Soundness explain(const ControlGraph& graph, const Failure& failure) {
  return explain(graph, failure, graph);
}

Soundness explain(const ControlGraph& graph, const Failure& failure, const ControlGraph& whole) {
  if (failure.kind == Failure::Kind::unreachable) {
    return {.verdict = SoundnessVerdict::unsound,
            .defect = Defect::unreachable,
            .node = NodeIndex{failure.node}};
  }
  return Driver(graph).run(failure, whole);
}

Soundness verify(const ControlGraph& graph) {
  const Judgement judgement = judge(graph);
  Soundness told = judgement.failure
                       ? explain(graph, *judgement.failure)
                       : Soundness{.verdict = judgement.verdict, .reason = judgement.reason};
  if (told.verdict == SoundnessVerdict::unsound || told.reason == Undecided::no_end) return told;
  if (const std::optional<Failure> island = island_of(graph)) return explain(graph, *island);
  return told;
}

}  // namespace flowproof
