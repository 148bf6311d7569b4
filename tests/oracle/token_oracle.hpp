// The definition of soundness, applied literally: every reachable state, one by one.
//
// Shares no code with src/. Small graphs only (128 edges); a cap on states makes it say so instead
// of answering. Definition: docs/soundness.md, "Semantics".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace oracle {

struct Graph {
  std::vector<char> and_join, and_split, is_end;  // per node
  std::vector<std::pair<int, int>> edges;
  int source = 0;
  bool swallow = false;  // ends take their token and others go on

  int add(bool join = false, bool split = false) {
    and_join.push_back(join);
    and_split.push_back(split);
    is_end.push_back(0);
    return static_cast<int>(and_join.size()) - 1;
  }
  void connect(int from, int to) { edges.emplace_back(from, to); }
  [[nodiscard]] int size() const { return static_cast<int>(and_join.size()); }
  /// Every node without exits becomes an end.
  void close() {
    for (char& end : is_end) end = 1;
    for (const auto& [from, to] : edges) is_end[static_cast<std::size_t>(from)] = 0;
  }
};

struct State {
  std::uint64_t low = 0, high = 0;
  std::uint8_t ended = 0;
  std::uint8_t started = 0;
  friend bool operator==(const State&, const State&) = default;
};

struct StateHash {
  std::size_t operator()(const State& s) const {
    std::uint64_t h =
        s.low * 0x9E3779B97F4A7C15u ^ (s.high + s.ended * 7u + s.started) * 0xC2B2AE3D27D4EB4Fu;
    return h ^ (h >> 29);
  }
};

class Game {
 public:
  explicit Game(const Graph& graph) : g_(graph), in_(nodes()), out_(nodes()) {
    for (std::size_t e = 0; e < g_.edges.size(); ++e) {
      out_[static_cast<std::size_t>(g_.edges[e].first)].push_back(static_cast<int>(e));
      in_[static_cast<std::size_t>(g_.edges[e].second)].push_back(static_cast<int>(e));
    }
  }

  struct Verdict {
    bool capped = false, sound = false, doubled = false;
  };

  // From the start, or from a given state.
  Verdict explore(std::size_t cap, const State& from = {}, bool dead_nodes_matter = true) const {
    Verdict verdict;
    std::unordered_map<State, int, StateHash> number;
    std::vector<State> states{from};
    number.emplace(from, 0);
    std::vector<std::vector<int>> before(1);
    std::vector<char> fired(nodes(), 0);
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (states.size() > cap) {
        verdict.capped = true;
        return verdict;
      }
      bool bad = false;
      const State here = states[i];
      each_step(here, [&](int node, int, int, const State& next, bool two) {
        fired[static_cast<std::size_t>(node)] = 1;
        if (two || next.ended > 1) {
          bad = true;
          verdict.doubled |= two;
          return;
        }
        const auto [place, fresh] = number.emplace(next, static_cast<int>(states.size()));
        if (fresh) {
          states.push_back(next);
          before.emplace_back();
        }
        before[static_cast<std::size_t>(place->second)].push_back(static_cast<int>(i));
      });
      if (bad) return verdict;
    }
    std::vector<char> completes(states.size(), 0);
    std::vector<int> queue;
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (complete(states[i])) {
        completes[i] = 1;
        queue.push_back(static_cast<int>(i));
      }
    }
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (int b : before[static_cast<std::size_t>(queue[i])]) {
        if (completes[static_cast<std::size_t>(b)]) continue;
        completes[static_cast<std::size_t>(b)] = 1;
        queue.push_back(b);
      }
    }
    verdict.sound = queue.size() == states.size();
    if (dead_nodes_matter) {
      for (char f : fired) verdict.sound &= f != 0;
    }
    return verdict;
  }

  bool complete(const State& s) const {
    return s.started && s.low == 0 && s.high == 0 && (g_.swallow || s.ended == 1);
  }

  /// Calls f(node, entry, exit, next, two tokens on an edge) for every firing.
  template <class F>
  void each_step(const State& s, F f) const {
    for (int n = 0; n < g_.size(); ++n) {
      const auto u = static_cast<std::size_t>(n);
      if (n == g_.source) {
        if (!s.started) {
          State after = s;
          after.started = 1;
          leave(n, -1, after, f);
        }
        continue;
      }
      if (out_[u].empty() && !g_.is_end[u]) continue;  // nothing can leave: it never fires
      if (g_.and_join[u]) {
        bool all = !in_[u].empty();
        State after = s;
        for (int e : in_[u]) {
          all &= has(s, e);
          clear(after, e);
        }
        if (all) leave(n, in_[u].size() == 1 ? in_[u][0] : -1, after, f);
      } else {
        for (int e : in_[u]) {
          if (!has(s, e)) continue;
          State after = s;
          clear(after, e);
          leave(n, e, after, f);
        }
      }
    }
  }

  static bool has(const State& s, int e) {
    return ((e < 64 ? s.low >> e : s.high >> (e - 64)) & 1u) != 0;
  }

 private:
  std::size_t nodes() const { return g_.and_join.size(); }
  static void clear(State& s, int e) {
    if (e < 64)
      s.low &= ~(std::uint64_t{1} << e);
    else
      s.high &= ~(std::uint64_t{1} << (e - 64));
  }
  static bool set(State& s, int e) {
    const bool two = has(s, e);
    if (e < 64)
      s.low |= std::uint64_t{1} << e;
    else
      s.high |= std::uint64_t{1} << (e - 64);
    return two;
  }
  template <class F>
  void leave(int n, int entry, State after, F& f) const {
    const auto u = static_cast<std::size_t>(n);
    if (out_[u].empty()) {
      if (!g_.swallow) ++after.ended;
      f(n, entry, -1, after, false);
    } else if (g_.and_split[u]) {
      bool two = false;
      for (int e : out_[u]) two |= set(after, e);
      f(n, entry, out_[u].size() == 1 ? out_[u][0] : -1, after, two);
    } else {
      for (int e : out_[u]) {
        State next = after;
        const bool two = set(next, e);
        f(n, entry, e, next, two);
      }
    }
  }

  const Graph& g_;
  std::vector<std::vector<int>> in_, out_;
};

struct Step {
  int node, entry, exit;  // -1: none or all
};

/// True if the steps can be played and end where something is wrong: two tokens on an edge, a
/// second end, or a state from which the flow cannot complete any more. Empty if the cap was hit.
inline std::optional<bool> shows_defect(const Graph& graph, const std::vector<Step>& run,
                                        std::size_t cap) {
  const Game game(graph);
  State state;
  for (std::size_t i = 0; i < run.size(); ++i) {
    bool found = false, two = false;
    State next;
    game.each_step(state, [&](int node, int entry, int exit, const State& after, bool doubled) {
      if (node != run[i].node || (run[i].entry >= 0 && entry != run[i].entry) ||
          (run[i].exit >= 0 && exit != run[i].exit)) {
        return;
      }
      found = true;
      two = doubled;
      next = after;
    });
    if (!found) return false;
    if (two || next.ended > 1) return i + 1 == run.size();
    state = next;
  }
  // From here no complete state may be reachable.
  std::vector<State> states{state};
  std::unordered_map<State, int, StateHash> seen{{state, 0}};
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states.size() > cap) return std::nullopt;
    if (game.complete(states[i])) return false;
    const State here = states[i];
    game.each_step(here, [&](int, int, int, const State& after, bool) {
      if (after.ended > 1) return;
      if (seen.emplace(after, 0).second) states.push_back(after);
    });
  }
  return true;
}

}  // namespace oracle
