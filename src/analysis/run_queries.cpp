#include "analysis/run_queries.hpp"

#include <algorithm>
#include <utility>

#include "flowproof/run_queries.hpp"

namespace flowproof {

namespace {

std::uint64_t completes_from(const ControlGraph& graph, const PassQuestions& questions,
                             const std::vector<std::uint64_t>& completes, std::uint32_t node) {
  if (graph.is_end(node)) return questions.ends[node] & ~questions.nodes[node];
  const bool every = graph.split(node) == Gate::parallel;
  std::uint64_t bits = every ? ~std::uint64_t{0} : 0;
  for (const std::uint32_t edge : graph.exits(node)) {
    const std::uint64_t next = completes[graph.to(edge)];
    bits = every ? bits & next : bits | next;
  }
  return bits & ~questions.nodes[node];
}

// Plays the nodes that have a choice (or need none), each decision by its choice, until nothing
// more can be done; empty if tokens are left.
std::vector<Firing> play(const ControlGraph& graph, const std::vector<std::uint32_t>& choice,
                         const std::vector<bool>& wanted) {
  TokenGame game(graph);
  std::vector<std::uint32_t> waiting{graph.source()};
  std::size_t steps = 4 * (std::size_t{graph.node_count()} + graph.edge_count());
  while (!waiting.empty() && !game.doubled() && steps-- > 0) {
    const std::uint32_t node = waiting.back();
    waiting.pop_back();
    if (!wanted[node] || !game.enabled(node)) continue;
    const auto exits = graph.exits(node);
    game.fire(node, choice[node] == nothing && !exits.empty() ? exits.front() : choice[node]);
    for (const std::uint32_t edge : exits) {
      if (game.tokens(edge) > 0) waiting.push_back(graph.to(edge));
    }
  }
  if (game.token_count() > 0) return {};
  return game.firings();
}

}  // namespace

std::uint64_t missed(const ControlGraph& graph, const PassQuestions& questions) {
  std::vector<std::uint64_t> completes(graph.node_count(), 0);
  std::vector<std::uint32_t> changed;
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    if (!graph.is_end(node)) continue;
    completes[node] = completes_from(graph, questions, completes, node);
    if (completes[node] != 0) changed.push_back(node);
  }
  while (!changed.empty()) {
    const std::uint32_t node = changed.back();
    changed.pop_back();
    for (const std::uint32_t edge : graph.entries(node)) {
      const std::uint32_t before = graph.from(edge);
      const std::uint64_t bits = completes_from(graph, questions, completes, before);
      if (bits == completes[before]) continue;
      completes[before] = bits;
      changed.push_back(before);
    }
  }
  return completes[graph.source()];
}

std::vector<Firing> run_that_misses(const ControlGraph& graph, const PassQuestions& questions,
                                    unsigned bit) {
  const std::uint64_t mask = std::uint64_t{1} << bit;
  std::vector<std::uint32_t> choice(graph.node_count(), nothing), open(graph.node_count(), 0);
  std::vector<bool> completes(graph.node_count(), false);
  std::vector<std::uint32_t> queue;  // breadth first: decisions take the shortest way out
  const auto settle = [&](std::uint32_t node, std::uint32_t exit) {
    if (completes[node] || (questions.nodes[node] & mask) != 0) return;
    completes[node] = true;
    choice[node] = exit;
    queue.push_back(node);
  };
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    if (graph.is_end(node) && (questions.ends[node] & mask) != 0) settle(node, nothing);
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const std::uint32_t edge : graph.entries(queue[i])) {
      const std::uint32_t node = graph.from(edge);
      const bool every = graph.split(node) == Gate::parallel;
      if (!every || ++open[node] == graph.exits(node).size()) settle(node, edge);
    }
  }
  if (!completes[graph.source()]) return {};
  return play(graph, choice, completes);
}

// From here on in terms of flows.

static std::vector<RunStep> to_steps(const Flow& flow, const std::vector<Firing>& firings) {
  std::vector<RunStep> steps;
  for (const Firing& firing : firings) {
    if (firing.node >= flow.nodes.size()) continue;  // the virtual start
    RunStep step{.node = NodeIndex{firing.node}, .from = {}, .to = {}};
    if (firing.from < flow.edges.size()) step.from = EdgeIndex{firing.from};
    if (firing.to < flow.edges.size()) step.to = EdgeIndex{firing.to};
    steps.push_back(step);
  }
  return steps;
}

// Cases that answer so; questions that have found theirs are left alone.
static void look_for_cases(const Flow& flow, const Answers& way,
                           std::span<const PassesThrough> questions,
                           std::span<std::optional<std::vector<RunStep>>> found) {
  const ControlGraph graph = control_graph_of(flow, way);
  for (std::size_t first = 0; first < questions.size(); first += 64) {
    const std::size_t count = std::min<std::size_t>(64, questions.size() - first);
    PassQuestions asked{.nodes = std::vector<std::uint64_t>(graph.node_count(), 0),
                        .ends = std::vector<std::uint64_t>(graph.node_count(), 0)};
    for (std::size_t k = 0; k < count; ++k) {
      const PassesThrough& question = questions[first + k];
      const std::uint64_t bit = std::uint64_t{1} << k;
      for (const NodeIndex node : question.nodes) asked.nodes[at(node)] |= bit;
      for (const NodeIndex end : question.ends) asked.ends[at(end)] |= bit;
      for (std::uint64_t& end : asked.ends) end |= question.ends.empty() ? bit : 0;
    }
    const std::uint64_t bits = missed(graph, asked);
    for (std::size_t k = 0; k < count; ++k) {
      if ((bits >> k & 1U) == 0 || found[first + k]) continue;
      found[first + k] = to_steps(flow, run_that_misses(graph, asked, static_cast<unsigned>(k)));
    }
  }
}

std::vector<std::optional<std::vector<RunStep>>> cases_that_miss(
    const Flow& flow, std::span<const Answers> answers, std::span<const PassesThrough> questions) {
  std::vector<std::optional<std::vector<RunStep>>> found(questions.size());
  for (const Answers& way : answers) look_for_cases(flow, way, questions, found);
  return found;
}

}  // namespace flowproof
