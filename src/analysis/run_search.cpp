#include "analysis/run_search.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "analysis/counterexample.hpp"
#include "analysis/fingerprint.hpp"

namespace flowproof {

namespace {

constexpr std::size_t state_limit = 20'000;
constexpr std::size_t random_runs = 400;
constexpr std::size_t random_firings = 2'000'000;  // in all runs together

// Marked edges in order, and whether an end has fired.
using State = std::pair<std::vector<std::uint32_t>, bool>;

struct Visit {
  std::size_t before;
  Firing by;
};

class Search {
 public:
  explicit Search(const ControlGraph& graph) : graph_(graph) {}

  std::vector<Firing> run();

 private:
  bool expand(std::size_t number);
  bool step(std::size_t number, const Firing& firing);
  [[nodiscard]] std::vector<Firing> run_to(std::size_t number) const;
  [[nodiscard]] std::vector<std::uint32_t> enabled(const std::vector<std::uint32_t>& marked) const;

  const ControlGraph& graph_;
  std::map<State, std::size_t> numbers_;
  std::vector<const State*> states_;
  std::vector<Visit> visits_;
  std::vector<Firing> found_;
};

std::vector<Firing> Search::run_to(std::size_t number) const {
  std::vector<Firing> firings;
  for (; number != 0; number = visits_[number].before) firings.push_back(visits_[number].by);
  std::reverse(firings.begin(), firings.end());
  return firings;
}

std::vector<std::uint32_t> Search::enabled(const std::vector<std::uint32_t>& marked) const {
  std::vector<std::uint32_t> nodes;
  for (const std::uint32_t edge : marked) {
    const std::uint32_t node = edge == graph_.edge_count() ? graph_.source() : graph_.to(edge);
    if (graph_.join(node) == Gate::parallel) {
      const auto entries = graph_.entries(node);
      if (edge != entries.front()) continue;  // looked at once only
      if (!std::all_of(entries.begin(), entries.end(), [&](std::uint32_t entry) {
            return std::binary_search(marked.begin(), marked.end(), entry);
          })) {
        continue;
      }
    }
    nodes.push_back(node);
  }
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

// True if the firing is a violation; else the state it leads to is known from now on.
bool Search::step(std::size_t number, const Firing& firing) {
  const auto& [marked, ended] = *states_[number];
  State next{{}, ended};
  for (const std::uint32_t edge : marked) {
    const bool start = edge == graph_.edge_count();
    const bool before = !start && graph_.to(edge) == firing.node;
    const bool taken = start || (before && (firing.from == nothing || firing.from == edge));
    if (!taken) next.first.push_back(edge);
  }
  bool doubled = false;
  const auto put = [&](std::uint32_t edge) {
    const auto place = std::lower_bound(next.first.begin(), next.first.end(), edge);
    doubled |= place != next.first.end() && *place == edge;
    next.first.insert(place, edge);
  };
  if (graph_.split(firing.node) == Gate::parallel) {
    for (const std::uint32_t edge : graph_.exits(firing.node)) put(edge);
  } else if (firing.to != nothing) {
    put(firing.to);
  }
  const bool second = graph_.is_end(firing.node) && ended && graph_.ends() == Ends::exclusive;
  if (doubled || second) {
    found_ = run_to(number);
    found_.push_back(firing);
    return true;
  }
  next.second = ended || (graph_.is_end(firing.node) && graph_.ends() == Ends::exclusive);
  const auto [place, fresh] = numbers_.try_emplace(std::move(next), states_.size());
  if (fresh) {
    states_.push_back(&place->first);
    visits_.push_back({number, firing});
  }
  return false;
}

bool Search::expand(std::size_t number) {
  const std::vector<std::uint32_t> marked = states_[number]->first;
  const std::vector<std::uint32_t> nodes = enabled(marked);
  if (nodes.empty() && !marked.empty()) {
    found_ = run_to(number);
    return true;
  }
  for (const std::uint32_t node : nodes) {
    std::vector<std::uint32_t> from{nothing};
    if (graph_.join(node) == Gate::exclusive && node != graph_.source()) {
      from.clear();
      for (const std::uint32_t edge : graph_.entries(node)) {
        if (std::binary_search(marked.begin(), marked.end(), edge)) from.push_back(edge);
      }
    }
    std::vector<std::uint32_t> to{nothing};
    if (graph_.split(node) == Gate::exclusive && !graph_.exits(node).empty()) {
      to.assign(graph_.exits(node).begin(), graph_.exits(node).end());
    }
    for (const std::uint32_t entry : from) {
      for (const std::uint32_t exit : to) {
        if (step(number, {node, entry, exit})) return true;
      }
    }
  }
  return false;
}

std::vector<Firing> Search::run() {
  const auto start = numbers_.try_emplace(State{{graph_.edge_count()}, false}, 0).first;
  states_.push_back(&start->first);
  visits_.push_back({0, {}});
  for (std::size_t number = 0; number < states_.size() && number < state_limit; ++number) {
    if (expand(number)) return found_;
  }
  return {};
}

// One run in which everything is decided by chance.
bool random_run(const ControlGraph& graph, TokenGame& game, std::uint64_t seed,
                std::size_t& budget) {
  std::vector<std::uint32_t> waiting{graph.source()};
  for (std::uint64_t i = 0; !waiting.empty() && budget > 0; ++i, --budget) {
    const std::uint64_t chance = mix(seed ^ mix(i));
    const std::size_t pick = chance % waiting.size();
    const std::uint32_t node = waiting[pick];
    waiting[pick] = waiting.back();
    waiting.pop_back();
    if (!game.enabled(node)) continue;
    const auto exits = graph.exits(node);
    game.fire(node, exits.empty() ? nothing : exits[(chance >> 32) % exits.size()]);
    if (game.doubled()) return true;
    if (graph.ends() == Ends::exclusive && game.ended().size() > 1) return true;
    waiting.push_back(node);
    for (const std::uint32_t edge : exits) {
      if (game.tokens(edge) > 0) waiting.push_back(graph.to(edge));
    }
  }
  return waiting.empty();
}

}  // namespace

std::vector<Firing> search_run(const ControlGraph& graph,
                               const std::vector<std::uint32_t>& to_end) {
  std::vector<Firing> found = Search(graph).run();
  if (!found.empty()) return found;
  std::size_t budget = random_firings;
  const std::uint64_t seed = seed_of(graph);
  for (std::uint64_t i = 0; i < random_runs && budget > 0; ++i) {
    TokenGame game(graph);
    if (!random_run(graph, game, mix(seed + i), budget)) continue;
    if (violation_of(graph, game, to_end) != Violation::none) return game.firings();
  }
  return {};
}

}  // namespace flowproof
