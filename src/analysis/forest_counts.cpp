#include "analysis/forest_counts.hpp"

#include <span>
#include <vector>

#include "analysis/fingerprint.hpp"

namespace flowproof {

namespace {

class ForestCounts {
 public:
  ForestCounts(const ControlGraph& graph, const LoopForest& forest, std::uint64_t seed)
      : graph_(graph),
        forest_(forest),
        seed_(seed),
        tokens_(graph.node_count()),
        entered_(forest.loop_count()),
        boundary_(forest.loop_count()),
        fails_(forest.loop_count(), false),
        sealed_(forest.loop_count(), false) {}

  std::optional<std::uint32_t> run();

 private:
  void check_contractible(std::uint32_t loop);
  void check_exits(std::uint32_t node);
  void pass(std::uint32_t node);
  void pass_loop(std::uint32_t loop);
  template <class Crosses>
  void share(std::span<const std::uint32_t> edges, const Fingerprint& value, std::uint32_t level,
             bool others, Crosses crosses);
  void send(std::uint32_t edge, const Fingerprint& value);
  [[nodiscard]] std::optional<std::uint32_t> deepest() const;

  const ControlGraph& graph_;
  const LoopForest& forest_;
  std::uint64_t seed_;
  std::vector<ArrivedTokens> tokens_;  // per node, in its own level; a header's is always 1
  std::vector<Fingerprint> entered_;   // per loop, in the level around it
  std::vector<Fingerprint> boundary_;  // per loop: sum over ways back and ways out
  std::vector<bool> fails_, sealed_;   // sealed: cannot be contracted, its inside says nothing
};

void ForestCounts::send(std::uint32_t edge, const Fingerprint& value) {
  const std::uint32_t to = graph_.to(edge);
  if (forest_.is_header(to)) {
    entered_[forest_.loop_of(to)] += value;
    return;
  }
  tokens_[to].receive(value, graph_.join(to));
}

void ForestCounts::check_contractible(std::uint32_t loop) {
  if (graph_.join(forest_.header(loop)) == Gate::exclusive) return;
  sealed_[loop] = true;
  fails_[forest_.outer(loop)] = true;
}

// A loop is left by decisions only.
void ForestCounts::check_exits(std::uint32_t node) {
  for (const std::uint32_t edge : graph_.exits(node)) {
    const std::uint32_t loop = forest_.loop_of(node);
    if (forest_.left_loop(edge) == 0) continue;
    sealed_[loop] = true;
    fails_[forest_.outer(loop)] = true;
  }
}

// Alternatives that stay in the level share the value by random weights that sum to 1; those that
// cross its boundary together take what is left.
template <class Crosses>
void ForestCounts::share(std::span<const std::uint32_t> edges, const Fingerprint& value,
                         std::uint32_t level, bool others, Crosses crosses) {
  Fingerprint rest = Fingerprint::one();
  std::uint32_t held = nothing;
  const auto release = [&] {
    const Fingerprint weight = Fingerprint::random(seed_, held);
    send(held, value * weight);
    rest -= weight;
  };
  for (const std::uint32_t edge : edges) {
    if (crosses(edge)) {
      others = true;
      continue;
    }
    if (held != nothing) release();
    held = edge;
  }
  if (others) {
    if (held != nothing) release();
    boundary_[level] += value * rest;
  } else if (held != nothing) {
    send(held, value * rest);
  }
}

// The ways out of a loop are alternatives, whatever it does inside. Those that leave the level too
// are not among its ways_out here.
void ForestCounts::pass_loop(std::uint32_t loop) {
  const std::uint32_t head = forest_.header(forest_.outer(loop));
  share(forest_.ways_out(loop), entered_[loop], forest_.outer(loop), forest_.leaves_outer(loop),
        [&](std::uint32_t edge) { return graph_.to(edge) == head; });
}

void ForestCounts::pass(std::uint32_t node) {
  const std::uint32_t level = forest_.loop_of(node);
  const bool header = forest_.is_header(node);
  const ArrivedTokens& slot = tokens_[node];
  const Fingerprint value = header || node == graph_.source() ? Fingerprint::one() : slot.value;
  if (!header && graph_.join(node) == Gate::parallel &&
      (slot.unequal || (slot.arrived < graph_.entries(node).size() && value != Fingerprint()))) {
    fails_[level] = true;
  }
  const auto crosses = [&](std::uint32_t edge) {
    return forest_.left_loop(edge) != 0 || graph_.to(edge) == forest_.header(level);
  };
  if (graph_.is_end(node)) {
    boundary_[0] += value;
  } else if (graph_.split(node) == Gate::exclusive) {
    share(graph_.exits(node), value, level, false, crosses);
  } else {
    if (level != 0) check_exits(node);
    for (const std::uint32_t edge : graph_.exits(node)) {
      if (crosses(edge)) {
        boundary_[level] += value;
      } else {
        send(edge, value);
      }
    }
  }
}

std::optional<std::uint32_t> ForestCounts::deepest() const {
  std::optional<std::uint32_t> found;
  std::vector<bool> hidden = sealed_;
  for (std::uint32_t loop = 0; loop < forest_.loop_count(); ++loop) {
    if (loop > 0 && hidden[forest_.outer(loop)]) hidden[loop] = true;
    if (hidden[loop] || !fails_[loop]) continue;
    if (!found || forest_.depth(loop) > forest_.depth(*found)) found = loop;
  }
  return found;
}

std::optional<std::uint32_t> ForestCounts::run() {
  for (std::uint32_t loop = 1; loop < forest_.loop_count(); ++loop) check_contractible(loop);
  for (const std::uint32_t node : forest_.order()) {
    if (forest_.is_header(node)) pass_loop(forest_.loop_of(node));
    pass(node);
  }
  for (std::uint32_t loop = 0; loop < forest_.loop_count(); ++loop) {
    if (boundary_[loop] != Fingerprint::one()) fails_[loop] = true;
  }
  return deepest();
}

}  // namespace

std::optional<std::uint32_t> failing_level(const ControlGraph& graph, const LoopForest& forest,
                                           std::uint64_t seed) {
  return ForestCounts(graph, forest, seed).run();
}

}  // namespace flowproof
