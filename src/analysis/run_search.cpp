#include "analysis/run_search.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "analysis/counterexample.hpp"
#include "analysis/fingerprint.hpp"
#include "analysis/loop_forest.hpp"

namespace flowproof {

namespace {

constexpr std::size_t state_limit = 20'000;
constexpr std::size_t token_limit = 20'000'000;  // in all states of one search together
constexpr std::size_t random_runs = 400;
constexpr std::size_t random_firings = 2'000'000;  // in all runs together

// Marked edges in order, and whether an end has fired.
using State = std::pair<std::vector<std::uint32_t>, bool>;

struct Visit {
  std::size_t before;
  Firing by;
};

enum class Moves : std::uint8_t {
  all,       ///< whatever is enabled
  foremost,  ///< one node, the first in the order of the graph
};

class Search {
 public:
  Search(const ControlGraph& graph, Ends ends, Moves moves);

  RunSearch run();

 private:
  bool expand(std::size_t number);
  bool step(std::size_t number, const Firing& firing);
  [[nodiscard]] bool all_complete() const;
  [[nodiscard]] std::vector<Firing> run_to(std::size_t number) const;
  [[nodiscard]] std::vector<Firing> moves_of(const std::vector<std::uint32_t>& marked) const;

  const ControlGraph& graph_;
  Ends ends_;
  std::vector<std::uint32_t> rank_;  // per node, for Moves::foremost; else empty
  std::map<State, std::size_t> numbers_;
  std::vector<const State*> states_;
  std::vector<Visit> visits_;
  std::vector<std::pair<std::size_t, std::size_t>> steps_;  // from state, to state
  std::size_t tokens_ = 0;
  std::vector<Firing> found_;
};

Search::Search(const ControlGraph& graph, Ends ends, Moves moves) : graph_(graph), ends_(ends) {
  if (moves == Moves::all) return;
  rank_.resize(graph.node_count());
  std::uint32_t rank = 0;
  const LoopForest forest(graph);
  for (const std::uint32_t node : forest.order()) rank_[node] = rank++;
}

std::vector<Firing> Search::run_to(std::size_t number) const {
  std::vector<Firing> firings;
  for (; number != 0; number = visits_[number].before) firings.push_back(visits_[number].by);
  std::reverse(firings.begin(), firings.end());
  return firings;
}

// By which node, and which of its entries, the state may go on; exits are left open.
std::vector<Firing> Search::moves_of(const std::vector<std::uint32_t>& marked) const {
  std::vector<Firing> moves;
  for (const std::uint32_t edge : marked) {
    const bool start = edge == graph_.edge_count();
    const std::uint32_t node = start ? graph_.source() : graph_.to(edge);
    const bool every = !start && graph_.join(node) == Gate::parallel;
    if (every) {
      const auto entries = graph_.entries(node);
      if (edge != entries.front()) continue;  // looked at once only
      if (!std::all_of(entries.begin(), entries.end(), [&](std::uint32_t entry) {
            return std::binary_search(marked.begin(), marked.end(), entry);
          })) {
        continue;
      }
    }
    const Firing move{.node = node, .from = start || every ? nothing : edge};
    if (rank_.empty() || moves.empty()) {
      moves.push_back(move);
    } else if (rank_[node] < rank_[moves.front().node]) {
      moves.front() = move;
    }
  }
  std::sort(moves.begin(), moves.end(), [](const Firing& a, const Firing& b) {
    return std::pair(a.node, a.from) < std::pair(b.node, b.from);
  });
  return moves;
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
  const bool second = graph_.is_end(firing.node) && ended && ends_ == Ends::exclusive;
  if (doubled || second) {
    found_ = run_to(number);
    found_.push_back(firing);
    return true;
  }
  next.second = ended || (graph_.is_end(firing.node) && ends_ == Ends::exclusive);
  const auto [place, fresh] = numbers_.try_emplace(std::move(next), states_.size());
  steps_.emplace_back(number, place->second);
  if (fresh) {
    tokens_ += place->first.first.size();
    states_.push_back(&place->first);
    visits_.push_back({number, firing});
  }
  return false;
}

bool Search::expand(std::size_t number) {
  const std::vector<std::uint32_t> marked = states_[number]->first;
  const std::vector<Firing> moves = moves_of(marked);
  if (moves.empty() && !marked.empty()) {
    found_ = run_to(number);
    return true;
  }
  for (Firing move : moves) {
    const auto exits = graph_.exits(move.node);
    if (graph_.split(move.node) == Gate::parallel || exits.empty()) {
      if (step(number, move)) return true;
      continue;
    }
    for (const std::uint32_t exit : exits) {
      move.to = exit;
      if (step(number, move)) return true;
    }
  }
  return false;
}

// Every state leads to one without tokens; that it has passed just one end is known by then.
bool Search::all_complete() const {
  std::vector<std::vector<std::size_t>> before(states_.size());
  for (const auto& [from, to] : steps_) before[to].push_back(from);
  std::vector<bool> completes(states_.size(), false);
  std::vector<std::size_t> queue;
  const auto reach = [&](std::size_t number) {
    if (completes[number]) return;
    completes[number] = true;
    queue.push_back(number);
  };
  for (std::size_t number = 0; number < states_.size(); ++number) {
    if (states_[number]->first.empty()) reach(number);
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const std::size_t number : before[queue[i]]) reach(number);
  }
  return queue.size() == states_.size();
}

RunSearch Search::run() {
  const auto start = numbers_.try_emplace(State{{graph_.edge_count()}, false}, 0).first;
  states_.push_back(&start->first);
  visits_.push_back({0, {}});
  for (std::size_t number = 0; number < states_.size(); ++number) {
    if (number >= state_limit || tokens_ > token_limit) return {};
    if (expand(number)) return {.run = std::move(found_)};
  }
  return {.run = {}, .sound = all_complete()};
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

RunSearch search_runs(const ControlGraph& graph, const std::vector<std::uint32_t>& to_end) {
  // Where ends swallow tokens, the proof holds too if that never made a difference.
  RunSearch patient = Search(graph, Ends::exclusive, Moves::foremost).run();
  if (patient.sound) return patient;
  RunSearch shortest = Search(graph, graph.ends(), Moves::all).run();
  if (!shortest.run.empty() || shortest.sound) return shortest;
  if (graph.ends() == Ends::exclusive && !patient.run.empty()) return patient;
  std::size_t budget = random_firings;
  const std::uint64_t seed = seed_of(graph);
  for (std::uint64_t i = 0; i < random_runs && budget > 0; ++i) {
    TokenGame game(graph);
    if (!random_run(graph, game, mix(seed + i), budget)) continue;
    if (violation_of(graph, game, to_end) != Violation::none) return {.run = game.firings()};
  }
  return {};
}

}  // namespace flowproof
