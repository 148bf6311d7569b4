// From the end of a game to the story told about it: who waits for whom, and since which decision.
#include <algorithm>
#include <queue>

#include "analysis/counterexample.hpp"

namespace flowproof {

namespace {

using Numbers = std::vector<std::uint32_t>;

std::vector<EdgeIndex> to_edges(const Numbers& edges) {
  std::vector<EdgeIndex> indices;
  indices.reserve(edges.size());
  for (const std::uint32_t edge : edges) indices.push_back(EdgeIndex{edge});
  return indices;
}

class Storyteller {
 public:
  Storyteller(const ControlGraph& graph, const TokenGame& game) : graph_(graph), game_(game) {}

  Soundness tell(Violation violation, const Failure& failure);

 private:
  void trapped(const Failure& failure);
  void stuck(const Failure& failure);
  void doubled(const Failure& failure);
  void second_end();
  bool waits(std::uint32_t node, const Failure& failure);
  void branches(std::uint32_t left, std::uint32_t left_edge, std::uint32_t right,
                std::uint32_t right_edge);
  [[nodiscard]] std::uint32_t last_chance(std::uint32_t missing) const;
  [[nodiscard]] std::vector<bool> leading_to(std::uint32_t edge) const;
  [[nodiscard]] std::uint32_t common_origin(std::uint32_t a, std::uint32_t b) const;
  [[nodiscard]] Numbers way(std::uint32_t from, std::uint32_t to) const;

  const ControlGraph& graph_;
  const TokenGame& game_;
  Soundness told_;
};

// The latest firing both tokens come from; it made them two.
std::uint32_t Storyteller::common_origin(std::uint32_t a, std::uint32_t b) const {
  if (a == nothing || b == nothing) return nothing;
  std::vector<bool> of_a(game_.firings().size(), false);
  Numbers stack{a};
  of_a[a] = true;
  while (!stack.empty()) {
    const std::uint32_t number = stack.back();
    stack.pop_back();
    for (const TokenGame::Origin& origin : game_.origins(number)) {
      if (origin.firing == nothing || of_a[origin.firing]) continue;
      of_a[origin.firing] = true;
      stack.push_back(origin.firing);
    }
  }
  std::priority_queue<std::uint32_t> latest;  // ancestors of b, the latest first
  latest.push(b);
  while (!latest.empty()) {
    const std::uint32_t number = latest.top();
    if (of_a[number]) return number;
    while (!latest.empty() && latest.top() == number) latest.pop();
    for (const TokenGame::Origin& origin : game_.origins(number)) {
      if (origin.firing != nothing) latest.push(origin.firing);
    }
  }
  return nothing;
}

// Edges a token took from firing `from` (`nothing`: the start) to firing `to`, shortest way.
Numbers Storyteller::way(std::uint32_t from, std::uint32_t to) const {
  if (to == nothing || from == to) return {};
  struct Step {
    std::uint32_t later = nothing, edge = nothing;
  };
  std::vector<Step> steps(game_.firings().size());
  std::vector<bool> seen(game_.firings().size(), false);
  Numbers queue{to};
  seen[to] = true;
  Numbers edges;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const TokenGame::Origin& origin : game_.origins(queue[i])) {
      if (origin.firing == from) {
        if (origin.edge < graph_.edge_count()) edges.push_back(origin.edge);
        for (std::uint32_t n = queue[i]; n != to; n = steps[n].later) {
          edges.push_back(steps[n].edge);
        }
        return edges;
      }
      if (origin.firing == nothing || seen[origin.firing]) continue;
      seen[origin.firing] = true;
      steps[origin.firing] = {queue[i], origin.edge};
      queue.push_back(origin.firing);
    }
  }
  return edges;
}

// Trunk and branches, from two firings and the edges their tokens went on by.
void Storyteller::branches(std::uint32_t left, std::uint32_t left_edge, std::uint32_t right,
                           std::uint32_t right_edge) {
  const std::uint32_t split = common_origin(left, right);
  Numbers left_way = way(split, left), right_way = way(split, right);
  if (left_edge != nothing) left_way.push_back(left_edge);
  if (right_edge != nothing) right_way.push_back(right_edge);
  told_.left = to_edges(left_way);
  told_.right = to_edges(right_way);
  if (split == nothing) return;
  told_.trunk = to_edges(way(nothing, split));
  told_.split = NodeIndex{game_.firings()[split].node};
}

void Storyteller::trapped(const Failure& failure) {
  told_.defect = failure.kind == Failure::Kind::dead_end ? Defect::dead_end : Defect::livelock;
  told_.node = NodeIndex{failure.node};
  if (game_.firings().empty()) return;
  const auto last = static_cast<std::uint32_t>(game_.firings().size()) - 1;
  Numbers trunk = way(nothing, last);
  for (const std::uint32_t edge : graph_.entries(failure.node)) {
    if (game_.tokens(edge) == 0) continue;
    trunk.push_back(edge);
    break;
  }
  told_.trunk = to_edges(trunk);
}

// Nodes from which a token could still come to the edge without passing its join.
std::vector<bool> Storyteller::leading_to(std::uint32_t edge) const {
  std::vector<bool> leads(graph_.node_count(), false);
  const std::uint32_t join = graph_.to(edge);
  Numbers queue;
  const auto reach = [&](std::uint32_t node) {
    if (node == join || leads[node]) return;
    leads[node] = true;
    queue.push_back(node);
  };
  reach(graph_.from(edge));
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const std::uint32_t entry : graph_.entries(queue[i])) reach(graph_.from(entry));
  }
  return leads;
}

// The last firing that decided against every way to the edge; `nothing` if none did.
std::uint32_t Storyteller::last_chance(std::uint32_t missing) const {
  const std::vector<bool> leads = leading_to(missing);
  const std::vector<Firing>& firings = game_.firings();
  for (std::size_t i = firings.size(); i-- > 0;) {
    const Firing& firing = firings[i];
    if (!leads[firing.node] || firing.to == nothing || firing.to == missing) continue;
    if (graph_.exits(firing.node).size() > 1 && !leads[graph_.to(firing.to)]) {
      return static_cast<std::uint32_t>(i);
    }
  }
  return nothing;
}

// Tells the deadlock at one join. False if no decision is to blame for it.
bool Storyteller::waits(std::uint32_t node, const Failure& failure) {
  std::uint32_t arrived = nothing, missing = nothing, blamed = nothing;
  for (const std::uint32_t edge : graph_.entries(node)) {
    if (game_.tokens(edge) > 0) {
      arrived = edge;
      continue;
    }
    const std::uint32_t chance = last_chance(edge);
    if (missing != nothing && (blamed != nothing || chance == nothing)) continue;
    missing = edge;
    blamed = chance;
  }
  if (arrived == nothing || missing == nothing) return false;
  const bool own_loop = failure.kind == Failure::Kind::loop_entry_joins && node == failure.node;
  told_.defect = own_loop ? Defect::loop_entry_waits : Defect::deadlock;
  told_.node = NodeIndex{node};
  told_.missing = EdgeIndex{missing};
  told_.bypass.reset();
  const std::uint32_t here = game_.makers(arrived).front();
  if (blamed == nothing) {
    told_.trunk = to_edges(way(nothing, here));
    told_.left = {EdgeIndex{arrived}};
    told_.right.clear();
    return own_loop;
  }
  told_.bypass = EdgeIndex{game_.firings()[blamed].to};
  branches(here, arrived, blamed, game_.firings()[blamed].to);
  return true;
}

void Storyteller::stuck(const Failure& failure) {
  const std::uint32_t expected = failure.kind == Failure::Kind::unequal_join
                                     ? failure.level.order[failure.level.begin[failure.unit]]
                                     : failure.node;
  if (expected != nothing && waits(expected, failure)) return;
  for (std::uint32_t node = 0; node < graph_.node_count(); ++node) {
    if (graph_.join(node) == Gate::parallel && waits(node, failure)) return;
  }
}

// Both tokens lie on one edge. Back along their common way to the merge that let both through.
void Storyteller::doubled(const Failure& failure) {
  const std::uint32_t edge = *game_.doubled();
  const Numbers makers = game_.makers(edge);
  std::uint32_t first = makers[0], second = makers[1];
  told_.edge = EdgeIndex{edge};
  if (failure.kind == Failure::Kind::loop_exit_splits && graph_.from(edge) == failure.node) {
    told_.defect = Defect::loop_emits;
    told_.node = told_.split = NodeIndex{failure.node};
    told_.trunk = to_edges(way(nothing, first));
    told_.right = to_edges(way(first, second));
    return;
  }
  told_.defect = Defect::lack_of_synchronisation;
  while (true) {
    const TokenGame::Origin one = game_.origins(first).front();
    const TokenGame::Origin two = game_.origins(second).front();
    if (one.edge != two.edge || one.firing == nothing || two.firing == nothing) {
      told_.node = NodeIndex{game_.firings()[first].node};
      branches(one.firing, one.edge, two.firing, two.edge);
      return;
    }
    first = one.firing;
    second = two.firing;
  }
}

void Storyteller::second_end() {
  const std::uint32_t first = game_.ended()[0], second = game_.ended()[1];
  const Firing& one = game_.firings()[first];
  const Firing& two = game_.firings()[second];
  told_.defect = one.node == two.node ? Defect::lack_of_synchronisation : Defect::end_in_parallel;
  told_.node = NodeIndex{one.node};
  if (one.from != nothing) told_.edge = EdgeIndex{one.from};
  branches(first, nothing, second, nothing);
}

Soundness Storyteller::tell(Violation violation, const Failure& failure) {
  told_.verdict = SoundnessVerdict::unsound;
  switch (violation) {
    case Violation::none:
      break;
    case Violation::trapped:
      trapped(failure);
      break;
    case Violation::stuck:
      stuck(failure);
      break;
    case Violation::doubled:
      doubled(failure);
      break;
    case Violation::second_end:
      second_end();
      break;
  }
  if (violation == Violation::none) return told_;
  for (const Firing& firing : game_.firings()) {
    RunStep step{.node = NodeIndex{firing.node}, .from = {}, .to = {}};
    if (firing.from != nothing) step.from = EdgeIndex{firing.from};
    if (firing.to != nothing) step.to = EdgeIndex{firing.to};
    told_.run.push_back(step);
  }
  return told_;
}

}  // namespace

Soundness story_of(const ControlGraph& graph, const TokenGame& game, Violation violation,
                   const Failure& failure) {
  return Storyteller(graph, game).tell(violation, failure);
}

}  // namespace flowproof
