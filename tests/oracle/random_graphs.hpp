// Random flows for comparisons with the oracle: structured ones, structured ones with a few things
// broken, and ones with no structure at all; with and without loops. Deterministic in the seed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>

#include "flowproof/profile.hpp"
#include "oracle/token_oracle.hpp"

namespace oracle {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::uint32_t below(std::uint32_t n) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    const auto bits = static_cast<std::uint32_t>((state_ ^ (state_ >> 22)) >> 29);
    return static_cast<std::uint32_t>((std::uint64_t{bits} * n) >> 32);
  }
  bool chance(std::uint32_t percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

class RandomGraphs {
 public:
  explicit RandomGraphs(std::uint64_t seed) : dice_(seed) {}

  Graph structured(std::uint32_t blocks, bool loops) {
    graph_ = {};
    loops_ = loops;
    graph_.source = graph_.add();
    int last = graph_.source;
    budget_ = blocks;
    last = block(last, 0);
    graph_.connect(last, graph_.add());
    graph_.close();
    return graph_;
  }

  void mutate(Graph& g) {
    const auto node = [&] {
      return static_cast<int>(dice_.below(static_cast<std::uint32_t>(g.size())));
    };
    const auto edge = [&] { return dice_.below(static_cast<std::uint32_t>(g.edges.size())); };
    switch (dice_.below(7)) {
      case 0: {
        const auto n = static_cast<std::size_t>(node());
        g.and_join[n] = !g.and_join[n];
        break;
      }
      case 1: {
        const auto n = static_cast<std::size_t>(node());
        g.and_split[n] = !g.and_split[n];
        break;
      }
      case 2: {
        const int to = node();
        if (to != g.source) g.edges[edge()].second = to;
        break;
      }
      case 3: {
        const int from = node(), to = node();
        if (to != g.source && g.edges.size() < 120) g.connect(from, to);
        break;
      }
      case 4: {
        const int end = g.add();
        g.edges[edge()].second = end;
        break;
      }
      case 5: {  // a way out in the middle
        if (g.edges.size() > 110) break;
        const int end = g.add();
        g.connect(node(), end);
        break;
      }
      default:
        if (g.edges.size() > 1)
          g.edges.erase(g.edges.begin() + static_cast<std::ptrdiff_t>(edge()));
    }
    g.close();
  }

  Graph unstructured(std::uint32_t nodes, bool loops, std::uint32_t ands) {
    Graph g;
    for (std::uint32_t i = 0; i < nodes; ++i) g.add(dice_.chance(ands), dice_.chance(ands));
    g.and_join[0] = 0;
    for (std::uint32_t i = 1; i < nodes; ++i) {
      const std::uint32_t ins = 1 + (dice_.chance(40) ? 1 : 0);
      for (std::uint32_t k = 0; k < ins; ++k) {
        const std::uint32_t near = i < 4 || dice_.chance(30) ? i : 4;
        g.connect(static_cast<int>(i - 1 - dice_.below(near)), static_cast<int>(i));
      }
    }
    if (loops) {
      for (std::uint32_t k = 1 + dice_.below(3); k > 0; --k) {
        const std::uint32_t to = 1 + dice_.below(nodes - 1);
        g.connect(static_cast<int>(to + dice_.below(nodes - to)), static_cast<int>(to));
      }
    }
    g.close();
    return g;
  }

  /// Divides the entries of a node between it and a copy that goes on to the same nodes. Where none
  /// of these is a join, nothing changes for the case, but a loop may get several entries.
  void duplicate(Graph& g) {
    if (g.edges.size() > 100) return;
    const auto node = static_cast<int>(dice_.below(static_cast<std::uint32_t>(g.size())));
    const auto u = static_cast<std::size_t>(node);
    if (node == g.source || g.and_join[u]) return;
    const auto entries = std::count_if(g.edges.begin(), g.edges.end(),
                                       [&](const auto& edge) { return edge.second == node; });
    if (entries < 2) return;
    const int copy = g.add(false, g.and_split[u]);
    bool own = true;
    const std::size_t count = g.edges.size();
    for (std::size_t e = 0; e < count; ++e) {
      if (g.edges[e].second == node && (own = !own)) g.edges[e].second = copy;
    }
    for (std::size_t e = 0; e < count; ++e) {
      if (g.edges[e].first == node) g.connect(copy, g.edges[e].second);
    }
    g.close();
  }

  /// Everything mixed; what most comparisons use.
  Graph any() {
    const std::uint32_t kind = dice_.below(10);
    const bool loops = dice_.chance(60);
    Graph g;
    if (kind < 2) {
      g = unstructured(3 + dice_.below(12), loops, 15 + dice_.below(40));
    } else {
      g = structured(1 + dice_.below(9), loops);
      if (loops && dice_.chance(30)) {
        for (std::uint32_t k = 20; k > 0; --k) duplicate(g);
      }
      for (std::uint32_t k = kind < 4 ? 0 : dice_.below(4); k > 0; --k) mutate(g);
    }
    g.swallow = dice_.chance(50);
    return g;
  }

  Dice& dice() { return dice_; }

 private:
  int block(int before, int depth) {
    const std::uint32_t length = 1 + dice_.below(3);
    for (std::uint32_t i = 0; i < length; ++i) before = part(before, depth);
    return before;
  }

  int step(int before) {
    const int n = graph_.add();
    graph_.connect(before, n);
    return n;
  }

  int part(int before, int depth) {
    if (budget_ == 0 || depth > 4 || graph_.edges.size() > 60) return step(before);
    --budget_;
    const std::uint32_t kind = dice_.below(loops_ ? 5 : 4);
    if (kind == 0) return step(before);
    if (kind <= 3) {
      const bool both = kind == 1 || (kind == 3 && dice_.chance(50));
      const int split = graph_.add(false, both), join = graph_.add(both, false);
      graph_.connect(before, split);
      const std::uint32_t ways = 2 + (dice_.chance(20) ? 1 : 0);
      for (std::uint32_t w = 0; w < ways; ++w) {
        graph_.connect(dice_.chance(25) ? split : block(split, depth + 1), join);
      }
      if (!both && dice_.chance(15)) {  // an outcome that ends
        graph_.connect(split, graph_.add());
      }
      return join;
    }
    const int head = graph_.add();
    graph_.connect(before, head);
    const int tail = graph_.add();
    graph_.connect(block(head, depth + 1), tail);
    if (dice_.chance(30)) {
      graph_.connect(tail, head);
    } else {
      graph_.connect(block(tail, depth + 1), head);
    }
    if (dice_.chance(15)) graph_.connect(tail, graph_.add());
    return tail;
  }

  Dice dice_;
  Graph graph_;
  bool loops_ = false;
  std::uint32_t budget_ = 0;
};

/// Words for three stages.
inline flowproof::Profile small_profile() {
  using flowproof::Stage;
  flowproof::Profile profile;
  profile.vocabulary.stages.add("受理", Stage::accept);
  profile.vocabulary.stages.add("审查", Stage::review);
  profile.vocabulary.stages.add("决定", Stage::decide);
  return profile;
}

}  // namespace oracle
